"""Review comments, as packages keep them and as pandoc's reading shows where they belong.

In what pandoc reads, the place of a comment is an empty span of class ``comment-end`` with the
comment's id, and its text stands in a span of class ``comment-start``: that is what pandoc makes
of Word files. Of OpenDocument it reads no comments. There a mark stands in the text at the place
of each, and at the end of the text a paragraph with a mark leads in the text of each.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from converter.readers.pandoc import ast
from converter.readers.pandoc.marks import kind_of, leading, span, take_marks


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


class LeftOut(NamedTuple):
    """Text that pandoc is not given, or does not read, and why."""

    text: str
    reason: str


class Prepared(NamedTuple):
    """A source made ready for pandoc, and what pandoc would not tell of it.

    ``marks`` are the marks of notes that were typed, ``text`` is all text that pandoc is expected
    to find, empty where nobody knows, ``pictures`` how many pictures.
    """

    data: bytes
    properties: Properties = Properties()
    remarks: tuple[Remark, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    marks: tuple[str, ...] = ()
    text: str = ""
    pictures: int = 0


def take_remarks(document: ast.Pandoc) -> tuple[ast.Pandoc, dict[str, ast.Blocks]]:
    """Return ``document`` without the texts of comments, and these by the ids of the comments.

    Marks in it become spans.
    """
    meta, blocks = take_marks((tuple(document.meta.values()), document.blocks))
    text, bodies = _split_bodies(blocks)
    found = {name: body for (kind, name), body in bodies.items() if kind == "body"}

    def change(node: ast.Node) -> Iterator[ast.Node]:
        match node:
            case ast.Span(c=(attr, kids)) if "comment-start" in attr.classes:
                found[attr.get("id")] = tuple(_paragraphs(kids))
            case ast.Span() if (noted := kind_of(node))[0] == "noteref":
                _, number, label = noted
                body = bodies.get(("notebody", number), ())
                yield ast.Note((ast.Para((span("note", number, label),)), *body))
            case _:
                yield node

    meta, text = ast.rewrite((meta, text), change)
    return ast.Pandoc(dict(zip(document.meta, meta, strict=True)), text), found


def place_of(attr: ast.Attr) -> str:
    """Return the id of the comment whose place a span with ``attr`` is, empty for other spans."""
    return attr.get("id") if "comment-end" in attr.classes else ""


def in_text_order(remarks: Iterable[Remark], text: object) -> tuple[Remark, ...]:
    """Return ``remarks`` in the order of their places in ``text``, then those without one."""
    spans = (node for node in ast.walk(text) if isinstance(node, ast.Span))
    names = (name for span in spans if (name := place_of(span.c[0])))
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return tuple(sorted(remarks, key=lambda remark: places.get(remark.id, len(places))))


def _split_bodies(
    blocks: ast.Blocks,
) -> tuple[ast.Blocks, dict[tuple[str, str], ast.Blocks]]:
    """Return what stands before the texts of comments and notes, and these by kind and id."""
    starts = [(place, key) for place, block in enumerate(blocks) if (key := _led_in(block))]
    ends = [*(place for place, _ in starts), len(blocks)][1:]
    pairs = zip(starts, ends, strict=False)
    bodies = {key: blocks[start + 1 : end] for (start, key), end in pairs}
    return blocks[: starts[0][0]] if starts else blocks, bodies


def _led_in(block: ast.Block) -> tuple[str, str] | None:
    kind, name, _ = leading(block)
    return (kind, name) if kind in ("body", "notebody") else None


def _paragraphs(nodes: ast.Inlines) -> Iterator[ast.Para]:
    """Yield the paragraphs of a comment, which pandoc joins with line breaks."""
    held: list[ast.Inline] = []
    for node in (*nodes, ast.LineBreak()):
        if not isinstance(node, ast.LineBreak):
            held.append(node)
        elif held:
            yield ast.Para(tuple(held))
            held = []
