"""A letter with every kind of note and a thread, and a desk that writes it in any format."""

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree

from converter import plugins
from converter.model import (
    Book,
    Comment,
    CommentRef,
    Document,
    Inline,
    List,
    ListItem,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Reference,
    Text,
)
from converter.options import Options
from converter.report import Report


def texts(*parts: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


FERRY = Picture("image-0a.gif", "image/gif", b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00")

LETTER = Document(
    "letter",
    title=(Text("Letter from the ferry"), NoteRef("one")),
    children=(
        texts(
            "Dawn", NoteRef("star"), " and kno", PageBreak("90"), "wn dusk", NoteRef("star"), "."
        ),
        texts("Nobody pays", CommentRef("said"), " the toll", NoteRef("two"), "."),
    ),
    notes=(
        Note("one", "1", (texts("Found in a coat."),)),
        Note("star", "*", (texts("See ", NoteRef("inner"), "."),)),
        Note("inner", "†", (texts("Burnt."),)),
        Note("two", "2", (texts("Not printed."),)),
        Note("lost", "9", (texts("On the back."),)),
    ),
    comments=(
        Comment("said", (texts("Is that so?"),), kind="review", author="Ann", date="2011-03-03"),
        Comment("answer", (texts("It is."),), parent="said", depth=2, kind="review", author="Bo"),
        Comment("a", (texts("My uncle did."),), author="Cy", likes=2),
        Comment("b", (texts("Which uncle?"),), parent="a", depth=2),
    ),
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., tuple[Path, Report]]:
    """Return a function that writes documents in a format, and tells what was reported."""

    def write(form: str, *documents: Document, **fields: str) -> tuple[Path, Report]:
        report = Report()
        target = tmp_path / f"edition{plugins.writer(form).suffix}"
        book = Book(fields.pop("title", "Papers"), (Part(documents),), **fields)
        plugins.writer(form).write(book, target, report, options=Options())
        return target, report

    return write


@pytest.fixture
def part() -> Callable[[Path, str], etree._Element]:
    """Return a function that reads a part of a package."""

    def part(target: Path, name: str) -> etree._Element:
        with ZipFile(target) as package:
            return etree.fromstring(package.read(name))

    return part


@pytest.fixture
def letter() -> Document:
    return LETTER


@pytest.fixture
def lost_call() -> Document:
    return Document("a", (Text("Tolls"),), children=(texts("Dawn", NoteRef("gone")),))


@pytest.fixture
def ferry() -> Picture:
    return FERRY


@pytest.fixture
def pages() -> tuple[Document, ...]:
    """Return a document with pages in, between and before its words, and a reference to one."""
    children = (
        texts("See ", Reference((Text("page"),), "pages", page="xii")),
        PageBreak("90"),
        texts("Da", PageBreak("xii"), "wn."),
        texts(PageBreak("[12]"), "Dusk."),
        texts("Night.", PageBreak("")),
        texts("Noon."),
    )
    return (Document("pages", (Text("Pages"),), children=children),)


@pytest.fixture
def post() -> Document:
    """Return a post with a thread in which comments say all that they can."""
    oars = List((ListItem((texts("oars"),)), ListItem((texts("a lantern"),))))
    return Document(
        "post",
        (Text("Who rows?"),),
        children=(texts("Somebody must."),),
        comments=(
            Comment("a", (texts("My uncle did."), oars), author="Cy", date="2011-03-03T14:05"),
            Comment("b", (texts("Which uncle?"),), "a", 2, author="Ann · Bo", likes=1),
            Comment("c", (texts("The tall one."), texts("And so on.")), "b", 3, date="in May"),
            Comment("d", (texts("[…] as others say"),), kind="pingback", url="https://a.example/"),
            Comment("e", (texts("Quite."),), "a", 2, date="2011-03-04", url="https://b.example/"),
        ),
        declared_comments=9,
    )
