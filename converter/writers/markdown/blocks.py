"""Block nodes as pandoc's."""

import re
from collections.abc import Iterable
from typing import Final, assert_never

from msgspec.structs import replace

from converter.model import (
    Block,
    Cell,
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    LineBlock,
    LineBreak,
    List,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Section,
    Strong,
    Table,
)
from converter.writers.markdown.escape import clean, escape
from converter.writers.markdown.inlines import inlines, line, page_break, picture
from converter.writers.markdown.scope import (
    SPACE,
    Json,
    Scope,
    div,
    header,
    para,
    raw,
    raw_block,
    span,
)
from converter.writers.markdown.tables import one_line, table
from converter.writers.numbering import item_marks, numbering

_BACKTICKS: Final = re.compile("`+")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def blocks(nodes: Iterable[Block], scope: Scope, *, level: int) -> list[Json]:
    """Return block nodes. ``level`` is that of the outermost heading among them, from 1 to 6."""
    return [written for node in nodes for written in _block(node, scope, level)]


def _block(node: Block, scope: Scope, level: int) -> list[Json]:  # noqa: C901 - every node kind
    match node:
        case Paragraph():
            return _paragraph(node, scope)
        case Heading(children=kids, level=below):
            return [header(level + below - 1, line(kids, scope))]
        case Section():
            return _section(node, scope, level)
        case List():
            return [_list(node, scope, level)]
        case DefinitionList():
            return [_definitions(node, scope, level)]
        case Quote(children=kids):
            return [{"t": "BlockQuote", "c": blocks(kids, scope, level=level)}]
        case LineBlock(lines=lines) if scope.forge:
            joined = tuple(inline for each in lines for inline in (*each, LineBreak()))
            return _paragraph(Paragraph(joined), scope)
        case LineBlock(lines=lines):
            return [{"t": "LineBlock", "c": [line(each, scope) for each in lines]}]
        case CodeBlock():
            return [_code(node)]
        case Table(caption=caption) if scope.forge and caption:
            # pandoc would print it below the table, where nobody reads it first.
            return [
                *_paragraph(Paragraph(caption), scope),
                *_block(replace(node, caption=()), scope, level),
            ]
        case Table():
            return [table(node, scope, lambda cell: _cell(cell, scope, level))]
        case Figure(image=image, caption=caption):
            shown = [para(picture(image, scope)), *blocks(caption, scope, level=level)]
            return shown if scope.forge else [div("figure", shown)]
        case Rule():
            return [raw_block("* * *")]
        case PageBreak():
            return [para(page_break(node, scope))]
        case _:
            assert_never(node)


def _paragraph(node: Paragraph, scope: Scope) -> list[Json]:
    written = inlines(node.children, scope)
    if not written:
        return []
    return [para(written)] if scope.forge or not node.role else [div(node.role, [para(written)])]


def _code(node: CodeBlock) -> Json:
    """Return code between fences: set in, it would be lost at the start of a list's item."""
    text = _CONTROLS.sub("\ufffd", node.text.replace("\r\n", "\n").replace("\r", "\n"))
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    language = node.language if node.language.isalnum() else ""
    return raw_block(f"{fence}{language}\n{text}\n{fence}")


def _section(node: Section, scope: Scope, level: int) -> list[Json]:
    heading = [header(level, line(node.heading.children, scope))] if node.heading else []
    held = [*heading, *blocks(node.children, scope, level=level + 1)]
    return held if scope.forge or not held else [div(node.kind, held)]


# ------------------------------------------------------------------------- lists


def _list(node: List, scope: Scope, level: int) -> Json:
    """Return a list with the numbers that the source printed, or its marks as text."""
    numbering = _numbering(node, scope)
    items = [blocks(item.children, scope, level=level) for item in node.items]
    if numbering is None:
        marked = zip(item_marks(node), items, strict=True)
        return {"t": "BulletList", "c": _tight([_marked(*each, scope) for each in marked])}
    start, delimiter = numbering
    style = [start, {"t": "Decimal"}, {"t": delimiter}]
    return {"t": "OrderedList", "c": [style, _tight(items)]}


def _numbering(node: List, scope: Scope) -> tuple[int, str] | None:
    """Return the first number and the delimiter, None if Markdown does not number like that."""
    found = numbering(node)
    return None if found and scope.forge and found[1] == "TwoParens" else found


def _marked(shown: str, held: list[Json], scope: Scope) -> list[Json]:
    """Return a list item with its mark before its text."""
    if not shown:
        return held
    mark = span([raw(escape(clean(shown), scope.flavour, opens=False))], scope, "marker")
    if held and held[0]["t"] == "Para":
        return [para([*mark, SPACE, *held[0]["c"]]), *held[1:]]
    return [para(mark), *held]


def _tight(items: list[list[Json]]) -> list[list[Json]]:
    """Return list items without space between them if each is a paragraph or has lists below."""
    if not all(
        first["t"] == "Para" and all(map(_follows, rest)) for first, *rest in filter(None, items)
    ):
        return items
    return [
        [{"t": "Plain", "c": block["c"]} if block["t"] == "Para" else block for block in item]
        for item in items
    ]


def _follows(block: Json) -> bool:
    """Return whether a block is a list that is read as one right behind a line of text.

    One that does not begin with 1 is not: https://spec.commonmark.org/0.31.2/#example-304.
    """
    first = block["c"][0][0] if block["t"] == "OrderedList" else None
    return first == 1 or block["t"] == "BulletList"


def _definitions(node: DefinitionList, scope: Scope, level: int) -> Json:
    """Return a list of terms, for a forge as a list of bullets."""
    held = [(item, blocks(item.children, scope, level=level)) for item in node.items]
    if not scope.forge:
        empty = [raw("[]{.empty}")]
        terms = [[line(item.term, scope, opens=True) or empty, [kids]] for item, kids in held]
        return {"t": "DefinitionList", "c": terms}
    items = [[para(inlines((Strong(item.term),), scope)), *kids] for item, kids in held]
    return {"t": "BulletList", "c": items}


def _cell(cell: Cell, scope: Scope, level: int) -> list[Json]:
    if scope.forge:
        return [{"t": "Plain", "c": one_line(cell.children, scope)}]
    return _tight([blocks(cell.children, scope, level=level)])[0]
