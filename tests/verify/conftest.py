"""A small book with every apparatus, written as an edition, to be broken on purpose."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from converter import plugins
from converter.model import (
    Block,
    Book,
    Comment,
    Document,
    Emphasis,
    Heading,
    Inline,
    List,
    ListItem,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Part,
    Quote,
    Text,
)
from converter.options import Options
from converter.report import Report
from converter.verify import judge


def paragraph(*parts: str | Inline) -> Paragraph:
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))


def note(name: str, label: str, *blocks: Block | str) -> Note:
    made = (paragraph(block) if isinstance(block, str) else block for block in blocks)
    return Note(name, label, tuple(made))


def _letter() -> Document:
    return Document(
        "letter",
        title=(Text("Letter from the ferry"), NoteRef("n1")),
        number="7",
        subject=(Text("The tolls of winter"),),
        children=(
            PageBreak("iv"),
            paragraph("The ferry sails at dawn", NoteRef("n2"), " and at dusk."),
            paragraph(
                "Nobody pays, as ",
                Emphasis((Text("everybody"),)),
                " kno",
                PageBreak("v"),
                "ws",
                NoteRef("n3"),
                "; nobody asks",
                NoteRef("n2"),
                ".",
            ),
            List(
                (ListItem((paragraph("oars"),)), ListItem((paragraph("a lantern"),))),
                ordered=True,
                start=3,
            ),
            Quote((paragraph("Keep to the left bank", NoteRef("n4"), "."),)),
            PageBreak("vi"),
            paragraph("The Harbour Office has been told."),
        ),
        notes=(
            note("n1", "1", "Found in a coat."),
            note("n2", "2", "Not printed."),
            note("n3", "3", "See the ledger", paragraph("and its copy", NoteRef("n5"), ".")),
            note("n4", "4", "Not printed."),
            note("n5", "*", "Burnt."),
            note("n6", "†", "On the back: “paid”."),
        ),
    )


def _comment(
    name: str, text: str | Block, parent: str | None = None, author: str | None = None
) -> Comment:
    block = paragraph(text) if isinstance(text, str) else text
    return Comment(name, (block,), parent=parent, depth=1, author=author)


def _post() -> Document:
    chain = [
        _comment(
            f"d{depth}", f"Deeper still, step {depth}.", f"d{depth - 1}" if depth > 1 else None
        )
        for depth in range(1, 16)
    ]
    return Document(
        "post",
        title=(Text("Who rows?"),),
        children=(
            Heading((Text("A question"),), 1),
            paragraph("Somebody must, said the fish."),
        ),
        comments=(
            _comment("c1", "My uncle did.", author="Ann"),
            _comment("c2", "Which uncle?", "c1", author="Bo"),
            _comment("c3", "The tall one.", "c2", author="Ann"),
            _comment("c4", "Mine never did.", "c1"),
            replace(_comment("c5", "What is a ferry?"), date="2011-03-03T14:05:09"),
            *chain,
        ),
        declared_comments=21,
    )


@pytest.fixture(scope="session")
def book() -> Book:
    return Book(
        "The Ferry Papers",
        (Part((_letter(),), "Letters"), Part((_post(),), "Talk")),
        authors=("A. Reader",),
        date="1983-03-01",
        identifier="urn:uuid:8c1ab1c4-6a1a-4b0f-9d1e-2f6f4e7b8a90",
    )


@pytest.fixture(scope="session")
def write(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that writes a book as an edition and returns where it is."""

    def written(book: Book, writer: str, options: Options | None = None) -> Path:
        suffix = plugins.writer(writer).suffix
        target = tmp_path_factory.mktemp(writer) / f"edition{suffix}"
        plugins.writer(writer).write(book, target, Report(), options=options or Options())
        return target

    return written


@pytest.fixture
def judged() -> Callable[[Path, Book | None], dict[str, list[str]]]:
    """Return a function that gives the places of all differences of an edition by their code."""

    def judged(edition: Path, book: Book | None = None) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for difference in judge(edition, book).differences:
            found.setdefault(difference.code, []).append(difference.place)
        return found

    return judged
