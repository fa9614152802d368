"""The account of what pandoc read: all words of its document, and what became of each.

The words are gathered from pandoc's document without regard to how it is read here, so that a
node which the reader forgot shows as a word that is missing.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from converter.readers.pandoc import ast
from converter.readers.pandoc.raw import is_markup


def words(content: Any) -> list[str]:
    """Return the words of ``content``: nodes, or metadata.

    Notes and what was struck out are apart from the text around them, so that a word with a call
    in it is one word. Tags are no words.
    """
    gathering = _Gathering()
    gathering.take(content)
    return gathering.words()


def count(texts: Iterable[str]) -> Counter[str]:
    """Return how often each word is in ``texts``."""
    return Counter(word for text in texts for word in text.split())


class _Gathering:
    """Text gathered in reading order, and the texts that stand apart from it."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._apart: list[str] = []

    def words(self) -> list[str]:
        return [*"".join(self._pieces).split(), *self._apart]

    def take(self, value: Any) -> None:  # noqa: C901 - lists the nodes that hold text
        match value:
            case ast.Str(c=text) | ast.MetaString(c=text):
                self._pieces.append(text)
            case ast.Code(c=(_, text)) | ast.Math(c=(_, text)):
                self._pieces.append(text)
            case ast.Space() | ast.SoftBreak() | ast.LineBreak():
                self._pieces.append(" ")
            case ast.RawInline(c=(form, text)) | ast.RawBlock(c=(form, text)):
                self._apart += () if is_markup(form, text) else text.split()
            case ast.Note():
                self._apart += words(value.c)
            case ast.Span(c=(attr, kids)) if is_apart(attr):
                self._apart += words(kids)
            case ast.Quoted(c=(kind, kids)):
                opening, closing = quotes(kind)
                self._pieces.append(opening)
                self.take(kids)
                self._pieces.append(closing)
            case ast.Image(c=(_, alt, _)):
                self._take_alternative(alt)
            case ast.CodeBlock(c=(_, text)):
                self._pieces.append(f" {text} ")
            case ast.LineBlock(c=lines):
                for line in lines:
                    self._take_apart_by_spaces(line)
            case ast.DefinitionList(c=items):
                for item in items:
                    self._take_apart_by_spaces(item)
            case tuple() if not isinstance(value, ast.Attr):
                for each in value:
                    self.take(each)
            case dict():
                for each in value.values():
                    self._take_apart_by_spaces(each)
            case ast.Node() if isinstance(value, ast.Block | ast.MetaValue):
                self._take_apart_by_spaces(getattr(value, "c", ()))
            case ast.Node():
                self.take(getattr(value, "c", ()))
            case _:
                pass

    def _take_apart_by_spaces(self, value: Any) -> None:
        self._pieces.append(" ")
        self.take(value)
        self._pieces.append(" ")

    def _take_alternative(self, alt: ast.Inlines) -> None:
        """Take the text for a picture, which has single spaces and none around it."""
        inner = _Gathering()
        inner.take(alt)
        self._pieces.append(" ".join("".join(inner._pieces).split()))
        self._apart += inner._apart


def is_apart(attr: ast.Attr) -> bool:
    """Whether a span with ``attr`` is no part of the text around it."""
    return "deletion" in attr.classes or is_page(attr)


def is_page(attr: ast.Attr) -> bool:
    """Whether a span with ``attr`` is the start of a page of the printed source."""
    kinds = (*attr.classes, attr.get("type"), attr.get("epub:type"), attr.get("role"))
    return not {"pagebreak", "doc-pagebreak"}.isdisjoint(kinds)


def page_label(attr: ast.Attr, kids: ast.Inlines) -> str:
    """Return what the page is called that begins at a span."""
    return attr.get("title") or attr.get("aria-label") or " ".join(words(kids))


def quotes(kind: ast.Kind) -> tuple[str, str]:
    """Return the marks around a quotation."""
    return ("‘", "’") if kind.t == "SingleQuote" else ("“", "”")
