"""Marks: what pandoc would lose of a source is written into the text before pandoc reads it.

A mark is text that pandoc passes on, between characters that no text has: the place of a comment,
the number and printed mark of a note at the head of it, a second call of a note or a reference to
one, the text alternative of the picture behind it, the style of a paragraph, the start of a page of
the printed source or of a comment, with who wrote it. Read back, a mark
is an empty span whose first class is the kind of the mark, or what it stands for.
"""

import re
from collections.abc import Iterator
from typing import Final, Literal, TypeAlias
from urllib.parse import quote, unquote

from converter.readers.pandoc import ast
from converter.readers.pandoc.ast import Content

Kind: TypeAlias = Literal[
    "comment",
    "body",
    "note",
    "noteref",
    "notebody",
    "notes",
    "defined",
    "call",
    "see",
    "alt",
    "page",
    "reply",
    "said",
    "title",
    "subtitle",
]

# Characters that XML allows and no text has: https://www.unicode.org/faq/private_use.html#nonchar1.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK: Final = re.compile(f"{_OPEN}([a-z]+):([^:{_CLOSE}]*):([^{_CLOSE}]*){_CLOSE}")
_PREFIX: Final = "mark-"


def mark(kind: Kind, name: str = "", text: str = "") -> str:
    """Return a mark: ``name`` is the number of a note or comment, ``text`` what is printed."""
    return f"{_OPEN}{kind}:{quote(name, safe='')}:{quote(text, safe='')}{_CLOSE}"


def page(printed: str, name: str = "") -> str:
    """Return the mark of the page that ``printed`` says begins, ``name`` being that of the place.

    It has the form in which our own editions print it: ``[p. 90]``, the word for page in any
    language and a no-break space behind it, or ``[12]``, where the label itself has brackets.
    What has another form is returned as it is.
    """
    if not (printed.startswith("[") and printed.endswith("]")):
        return printed
    _, spaced, label = printed[1:-1].partition("\u00a0")
    return mark("page", name, ("" if label == "…" else label) if spaced else printed)


def unmarked(text: str) -> str:
    """Return ``text`` without marks."""
    return _MARK.sub("", text)


def kind_of(node: ast.Node) -> tuple[str, str, str]:
    """Return kind, name and text of the mark that ``node`` is, all empty for what is none."""
    match node:
        case ast.Span(c=(attr, _)) if attr.classes and attr.classes[0].startswith(_PREFIX):
            return attr.classes[0].removeprefix(_PREFIX), attr.id, attr.get("text")
        case _:
            return "", "", ""


def take_marks(content: Content) -> Content:
    """Return ``content`` with marks as spans, those of pictures as what the pictures show."""
    waiting: list[str] = []

    def change(node: ast.Node) -> Iterator[ast.Node]:
        match node:
            case ast.Str(c=text) if _OPEN in text:
                for each in _spans(text):
                    kind, _, shown = kind_of(each)
                    waiting[:] = [shown] if kind == "alt" else []
                    yield from () if kind == "alt" else (each,)
            case ast.Image(c=(attr, _, target)) if waiting:
                yield ast.Image((attr, (ast.Str(waiting.pop()),), target))
            case _:
                yield node

    return ast.rewrite(content, change)


def span(kind: str, name: str, text: str) -> ast.Span:
    """Return what a mark becomes when it is read back."""
    if kind == "page":
        return ast.Span((ast.Attr(name, ("pagebreak",), (("title", text),)), ()))
    # What is printed where a note is referred to, is a word of the source.
    kids = (ast.Str(text),) if kind == "see" else ()
    return ast.Span((ast.Attr(name, (_PREFIX + kind,), (("text", text),)), kids))


def _spans(text: str) -> Iterator[ast.Node]:
    place = 0
    for found in _MARK.finditer(text):
        if found.start() > place:
            yield ast.Str(text[place : found.start()])
        place = found.end()
        kind, name, shown = found[1], unquote(found[2]), unquote(found[3])
        if kind == "comment":
            yield ast.Span((ast.Attr("", ("comment-end",), (("id", name),)), ()))
        else:
            yield span(kind, name, shown)
    if place < len(text):
        yield ast.Str(text[place:])


def leading(block: ast.Block) -> tuple[str, str, str]:
    """Return the mark that ``block`` consists of, all empty for other blocks."""
    match block:
        case ast.Para(c=(span,)) | ast.Plain(c=(span,)):
            return kind_of(span)
        case _:
            return "", "", ""


def take_titles(blocks: ast.Blocks) -> tuple[dict[str, ast.MetaValue], ast.Blocks]:
    """Return the first paragraphs that are marked as title and subtitle, and the other blocks."""
    found: dict[str, ast.MetaValue] = {}
    rest: list[ast.Block] = []
    for block in blocks:
        match block:
            case ast.Para(c=(span, *kids)) if (kind := kind_of(span)[0]) in ("title", "subtitle"):
                if kind in found or rest:
                    rest.append(ast.Para(tuple(kids)))
                else:
                    found[kind] = ast.MetaInlines(tuple(kids))
            case _:
                rest.append(block)
    return found, tuple(rest)
