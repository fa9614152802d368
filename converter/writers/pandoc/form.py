"""What a format decides for itself, and the document that is on its way."""

from collections.abc import Mapping
from typing import Final, Protocol

from converter.model import (
    Comment,
    CommentRef,
    Document,
    Emphasis,
    Image,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Underline,
)
from converter.walk import body, thread_numbers, walk
from converter.words import Words
from converter.writers.pandoc.ast import Json
from converter.writers.pandoc.notes import Notes
from converter.writers.targets import PageNames, Targets

# What pandoc calls the nodes that say how text looks.
STYLES: Final[Mapping[type, str]] = {
    Emphasis: "Emph",
    Strong: "Strong",
    SmallCaps: "SmallCaps",
    Superscript: "Superscript",
    Subscript: "Subscript",
    Strikeout: "Strikeout",
    Underline: "Underline",
}


class Form(Protocol):
    """A format. ``styles`` are the looks of text that it has.

    ``margin`` says whether it has comments in the margin, ``review`` being called for no other.
    """

    styles: Mapping[type, str]
    margin: bool

    def whole(self, document: Document, blocks: list[Json]) -> list[Json]:
        """Return all of a document, its language and direction of writing said."""

    def footnote(self, name: str, mark: str, body: list[Json]) -> list[Json]:
        """Return the call of a note with its text."""

    def inner_footnote(self, name: str, mark: str, body: list[Json]) -> list[Json]:
        """Return the text of a note that is called in the one before it."""

    def call_again(self, name: str, mark: str) -> list[Json]:
        """Return a call of a note whose text stands at another."""

    def page_break(self, name: str, label: str, word: str) -> list[Json]:
        """Return the mark at which a page of the source begins; ``word`` is the one for page."""

    def picture(self, node: Image, document: Document) -> str | None:
        """Return the address of a picture, None if the edition cannot hold it."""

    def review(self, comment: Comment, kids: list[Json]) -> list[Json]:
        """Return a comment in the margin of the text."""

    def paragraphs(self, style: str, blocks: list[Json]) -> list[Json]:
        """Return blocks whose paragraphs look like ``style``."""

    def characters(self, style: str, kids: list[Json]) -> list[Json]:
        """Return inlines that look like ``style``."""


class Scope:
    """A document on its way. ``inside`` is true while the text of a note is written."""

    def __init__(self, document: Document, form: Form, targets: Targets, *, words: Words) -> None:
        self.document = document
        self.form = form
        self.targets = targets
        self.words = words
        self.notes = Notes(document)
        self.numbers = thread_numbers(document.comments)
        self._places = {name: place for place, name in enumerate(self.numbers, start=1)}
        self.margin = self._margin() if form.margin else {}
        self.inside = False
        self._pages = PageNames(document, targets)
        self._reviewed: set[str] = set()

    @property
    def anchor(self) -> str:
        """The name under which links find the document."""
        return self.targets[self.document.id, "", ""]

    def note_name(self, note: str) -> str:
        """Return the name under which links find a note."""
        return identifier(self.targets[self.document.id, note, ""])

    def comment_name(self, comment: str) -> str:
        """Return the name under which links find a comment."""
        return identifier(f"{self.anchor}-c{self._places[comment]}")

    def page_name(self, label: str) -> str:
        """Return the name of the page that begins, another one each time that a label comes."""
        return identifier(self._pages.take(label))

    def reviews(self, comment: str) -> tuple[Comment, ...]:
        """Return a comment in the margin with those that answer it, the first time it is met."""
        if comment in self._reviewed or self.inside:
            return ()
        self._reviewed.add(comment)
        return self.margin.get(comment, ())

    def _margin(self) -> dict[str, tuple[Comment, ...]]:
        """Return the comments for the margin, those that the text calls, with their answers."""
        document = self.document
        called = {node.comment for node in walk(body(document)) if isinstance(node, CommentRef)}
        roots: dict[str, str] = {}
        for comment in document.comments:
            if comment.kind == "review":
                root = roots.get(comment.parent or "") or comment.id
                if root in called and (root != comment.id or not comment.parent):
                    roots[comment.id] = root
        return {
            root: tuple(each for each in document.comments if roots.get(each.id) == root)
            for root in dict.fromkeys(roots.values())
        }


def identifier(name: str) -> str:
    """Return ``name`` as Word allows it for a bookmark: letters, digits, underscores."""
    return "".join(letter if letter.isalnum() else "_" for letter in name)
