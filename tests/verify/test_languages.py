"""Documents that are said to be in another language, or to run the other way, are named."""

import re
from zipfile import ZipFile

import pytest
from msgspec.structs import replace

from converter.model import Book, Document, Part, Text
from tests.verify.conftest import paragraph

LETTER = Document("letter", (Text("Letter"),), children=(paragraph("Dear boy,"),), language="en")
LETTRE = Document("lettre", (Text("Lettre"),), children=(paragraph("Mon cher,"),), language="fr")
NOBODY = Document("nobody", (Text("רשימה"),), children=(paragraph("שלום"),))
BOOK = Book("Letters", (Part((LETTER, LETTRE, NOBODY), "Family"),), language="en")


@pytest.mark.parametrize("writer", ["epub", "html"])
def test_editions_in_many_languages_are_whole(write, judged, writer):
    assert judged(write(BOOK, writer), BOOK) == {}
    alone = Book("Letters", (Part((NOBODY,), "Family"),))
    assert judged(write(alone, writer), alone) == {}


@pytest.mark.parametrize("writer", ["epub", "html"])
@pytest.mark.parametrize(
    "other",
    [
        replace(LETTRE, language="de"),
        replace(LETTRE, language=""),
        replace(LETTRE, language="ar"),
    ],
)
def test_another_language_than_that_of_the_document_is_named(write, judged, writer, other):
    others = replace(BOOK, parts=(Part((LETTER, other, NOBODY), "Family"),))
    assert set(judged(write(others, writer), BOOK)) == {"language-differs"}


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("0001", ' lang="en"', ' lang="fr"'),
        ("0001", ' xml:lang="en"', ' xml:lang="fr"'),
        ("0003", ' dir="rtl"', ""),
        ("0002", ' xml:lang="fr"', ' xml:lang="fr" dir="rtl"'),
        ("0002", "<p>Mon", '<p lang="de">Mon'),
        ("0002", "<p>Mon", '<p dir="rtl">Mon'),
    ],
)
def test_other_language_of_a_file_or_paragraph_is_named(tmp_path, write, judged, file, old, new):
    whole, broken = write(BOOK, "epub"), tmp_path / "broken.epub"
    with ZipFile(whole) as source, ZipFile(broken, "w") as copy:
        for entry in source.infolist():
            content = source.read(entry).decode()
            if entry.filename.startswith(f"EPUB/{file}"):
                content, count = re.subn(old, new, content)
                assert count == 1
            copy.writestr(entry.filename, content)
    assert set(judged(broken, BOOK)) == {"language-differs"}
