"""Pictures lie beside the edition, whole and under names of their own."""

from hashlib import sha256

import pytest

from converter.model import Book, Document, Figure, Image, Paragraph, Part, Text
from converter.options import MarkdownOptions, Options
from converter.pipeline import write
from converter.report import Report

MAP, PLAN = b"\x89PNG a map", b"\x89PNG a plan"


def named(stem, content):
    return f"{stem}-{sha256(content).hexdigest()[:8]}.png"


@pytest.fixture
def document(tmp_path):
    """Return a document with two pictures of the same name, one of them shown twice."""
    for folder, content in (("north", MAP), ("south", PLAN)):
        (tmp_path / "in" / folder).mkdir(parents=True)
        (tmp_path / "in" / folder / "The Map.PNG").write_bytes(content)
    (tmp_path / "in" / "keys.txt").write_text("secret", encoding="utf-8")
    return Document(
        "memo",
        children=(
            Figure(Image("north/The Map.PNG", "North")),
            Paragraph((Text("See "), Image("south/The Map.PNG", "South"))),
            Paragraph((Image("north/The Map.PNG", "North again"),)),
        ),
        source=str(tmp_path / "in" / "memo.html"),
    )


def edition(document, target, **options):
    report = Report()
    markdown = MarkdownOptions(**options)
    book = Book("A Book", (Part((document,)),), identifier="urn:example:book")
    write(book, target, "markdown", report, Options(markdown=markdown))
    return [str(message) for message in report.messages]


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_pictures_of_a_single_file_lie_in_a_folder_beside_it(document, tmp_path, flavour):
    target = tmp_path / "out" / "my memo.md"
    assert edition(document, target, flavour=flavour) == []
    north, south = named("the-map", MAP), named("the-map", PLAN)
    beside = tmp_path / "out" / "my memo-pictures"
    assert {file.name: file.read_bytes() for file in beside.iterdir()} == {north: MAP, south: PLAN}
    text = target.read_text(encoding="utf-8")
    assert f"![North](my%20memo-pictures/{north})" in text
    assert f"![South](my%20memo-pictures/{south})" in text
    assert f"![North again](my%20memo-pictures/{north})" in text


def test_pictures_of_a_folder_of_files_lie_in_it(document, tmp_path):
    assert edition(document, tmp_path / "out", folder=True) == []
    text = (tmp_path / "out" / "memo.md").read_text(encoding="utf-8")
    assert f"![North](pictures/{named('the-map', MAP)})" in text
    assert len(list((tmp_path / "out" / "pictures").iterdir())) == 2


def test_what_lies_in_the_folder_of_pictures_already_stays(document, tmp_path):
    (tmp_path / "memo-pictures").mkdir()
    (tmp_path / "memo-pictures" / "mine.png").write_bytes(b"mine")
    edition(document, tmp_path / "memo.md")
    assert len(list((tmp_path / "memo-pictures").iterdir())) == 3


def test_without_pictures_there_is_no_folder(tmp_path):
    edition(Document("memo"), tmp_path / "out" / "memo.md")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["memo.md"]


@pytest.mark.parametrize(
    ("src", "why"),
    [
        ("none.png", "there is no file none.png"),
        ("../../etc/passwd", "there is no file ../../etc/passwd"),
        ("keys.txt", "no picture is in the file keys.txt"),
    ],
)
@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_the_text_alternative_stands_for_what_cannot_be_shown(
    document, tmp_path, flavour, src, why
):
    missing = Document("memo", children=(Figure(Image(src, "1. Map")),), source=document.source)
    messages = edition(missing, tmp_path / "out" / "memo.md", flavour=flavour)
    assert messages == [f"warning: {why} [missing-image]"]
    text = (tmp_path / "out" / "memo.md").read_text(encoding="utf-8")
    assert "1. Map" in text
    assert "![" not in text


def test_a_picture_on_the_web_stays_there_with_a_message(tmp_path):
    document = Document("memo", children=(Figure(Image("https://example.org/a b.png", "A")),))
    messages = edition(document, tmp_path / "memo.md")
    assert [message.rpartition(" ")[2] for message in messages] == ["[remote-image]"]
    assert "![A](https://example.org/a%20b.png)" in (tmp_path / "memo.md").read_text("utf-8")
