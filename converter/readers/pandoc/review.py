"""Review comments, as packages keep them and as pandoc's reading shows where they belong.

In what pandoc reads, the place of a comment is an empty span of class ``comment-end`` with the
comment's id, and its text stands in a span of class ``comment-start``: that is what pandoc makes
of Word files. Of OpenDocument it reads no comments. There ``MARK`` stands in the text at the
place of each, and at the end of the text a paragraph with a mark leads in the text of each.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from converter.readers.pandoc import ast

# Characters that XML allows and no text has: https://www.unicode.org/faq/private_use.html#nonchar1.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK: Final = re.compile(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}")
_BODY: Final = "body:"


class Remark(NamedTuple):
    """What a package says of a comment besides its formatted text. ``text`` is its bare text."""

    id: str
    author: str = ""
    date: str = ""
    parent: str = ""
    text: str = ""


class Properties(NamedTuple):
    """What a package says of the document in it."""

    title: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()


class Prepared(NamedTuple):
    """A source made ready for pandoc, and what pandoc would not tell of it.

    ``deleted`` are the passages that were struck out of it and that pandoc leaves out, ``text``
    is all text that pandoc is expected to find, empty where nobody knows.
    """

    data: bytes
    properties: Properties = Properties()
    remarks: tuple[Remark, ...] = ()
    deleted: tuple[str, ...] = ()
    text: str = ""


def unmarked(text: str) -> str:
    """Return ``text`` without marks."""
    return _MARK.sub("", text)


def mark(name: str) -> str:
    """Return the text that marks the place of the comment ``name``."""
    return f"{_OPEN}{name}{_CLOSE}"


def body_mark(name: str) -> str:
    """Return the text of the paragraph that leads in the text of the comment ``name``."""
    return mark(_BODY + name)


def take_remarks(blocks: ast.Blocks) -> tuple[ast.Blocks, dict[str, ast.Blocks]]:
    """Return ``blocks`` without the texts of comments, and these by the ids of the comments."""
    found: dict[str, ast.Blocks] = {}
    text, bodies = _split_bodies(blocks)
    found.update(bodies)

    def change(node: ast.Node) -> Iterator[ast.Node]:
        match node:
            case ast.Str(c=text) if _OPEN in text:
                yield from _places(text)
            case ast.Span(c=(attr, kids)) if "comment-start" in attr.classes:
                found[attr.get("id")] = tuple(_paragraphs(kids))
            case _:
                yield node

    return ast.rewrite(text, change), found


def place_of(attr: ast.Attr) -> str:
    """Return the id of the comment whose place a span with ``attr`` is, empty for other spans."""
    return attr.get("id") if "comment-end" in attr.classes else ""


def in_text_order(remarks: Iterable[Remark], blocks: ast.Blocks) -> tuple[Remark, ...]:
    """Return ``remarks`` in the order of their places in ``blocks``, then those without one."""
    spans = (node for node in ast.walk(blocks) if isinstance(node, ast.Span))
    names = (name for span in spans if (name := place_of(span.c[0])))
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return tuple(sorted(remarks, key=lambda remark: places.get(remark.id, len(places))))


def _places(text: str) -> Iterator[ast.Node]:
    for position, piece in enumerate(_MARK.split(text)):
        if position % 2:
            yield ast.Span((ast.Attr("", ("comment-end",), (("id", piece),)), ()))
        elif piece:
            yield ast.Str(piece)


def _split_bodies(blocks: ast.Blocks) -> tuple[ast.Blocks, dict[str, ast.Blocks]]:
    """Return what stands before the first text of a comment, and these texts by their ids."""
    starts = [(place, name) for place, block in enumerate(blocks) if (name := _led_in(block))]
    ends = [*(place for place, _ in starts), len(blocks)][1:]
    pairs = zip(starts, ends, strict=False)
    bodies = {name: blocks[start + 1 : end] for (start, name), end in pairs}
    return blocks[: starts[0][0]] if starts else blocks, bodies


def _led_in(block: ast.Block) -> str:
    match block:
        case ast.Para(c=(ast.Str(c=text),)) if found := _MARK.fullmatch(text):
            return found[1].removeprefix(_BODY) if found[1].startswith(_BODY) else ""
        case _:
            return ""


def _paragraphs(nodes: ast.Inlines) -> Iterator[ast.Para]:
    """Yield the paragraphs of a comment, which pandoc joins with line breaks."""
    held: list[ast.Inline] = []
    for node in (*nodes, ast.LineBreak()):
        if not isinstance(node, ast.LineBreak):
            held.append(node)
        elif held:
            yield ast.Para(tuple(held))
            held = []
