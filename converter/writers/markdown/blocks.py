"""Block nodes as pandoc's."""

import re
from collections.abc import Iterable
from itertools import product
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
    ListItem,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Section,
    Strong,
    Table,
    Text,
)
from converter.writers.markdown.escape import attributes, clean, escape, is_command, verbatim
from converter.writers.markdown.inlines import inlines, line, page_break, picture
from converter.writers.markdown.scope import (
    BETWEEN,
    EMPTY,
    HEADINGS,
    Json,
    Scope,
    div,
    header,
    para,
    raw,
    raw_block,
    space,
    span,
)
from converter.writers.markdown.tables import fits_grid, one_line, table
from converter.writers.markdown.wrap import CLOSE
from converter.writers.numbering import item_marks, numbering

_LISTS: Final = ("BulletList", "OrderedList")
# A list and what pandoc would read as more of it: another list, code behind a definition.
_JOINED: Final = frozenset(
    {*product(_LISTS, _LISTS), *product(["DefinitionList"], ["DefinitionList", "RawBlock"])}
)
# What code is called whose language nobody knows: linters want one.
_PLAIN: Final = "text"
_WORD: Final = re.compile(r"[^\W_]+")
_LANGUAGE: Final = re.compile(r"[\w+#.-]+")
_BACKTICKS: Final = re.compile("`+")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def blocks(nodes: Iterable[Block], scope: Scope, *, level: int) -> list[Json]:
    """Return block nodes. ``level`` is that of the outermost heading among them, from 1 to 6."""
    written: list[Json] = []
    for node in nodes:
        for block in _block(node, scope, level):
            if written and (written[-1]["t"], block["t"]) in _JOINED:
                written.append(BETWEEN)
            written.append(block)
    return written


def _block(node: Block, scope: Scope, level: int) -> list[Json]:  # noqa: C901 - every node kind
    match node:
        case Paragraph():
            return _paragraph(node, scope)
        case Heading():
            return [_heading(node, scope, level)]
        case Section():
            return _section(node, scope, level)
        case List():
            return _list(node, scope, level)
        case DefinitionList(items=items):
            return [_definitions(node, scope, level) if items else div("definitions", [])]
        case Quote(children=kids):
            return [_quote(blocks(kids, scope, level=level))]
        case LineBlock(lines=lines) if scope.forge:
            joined = tuple(inline for each in lines for inline in (*each, LineBreak()))
            return _paragraph(Paragraph(joined), scope)
        case LineBlock(lines=lines):
            return [_line_block([line(each, scope) for each in lines])]
        case CodeBlock():
            return _code(node, scope)
        case Table(caption=caption) if scope.forge and caption:
            # pandoc would print it below the table, where nobody reads it first.
            return [
                *_paragraph(Paragraph(caption), scope),
                *_block(replace(node, caption=()), scope, level),
            ]
        case Table():
            return [_table(node, scope, level)]
        case Figure(image=image, caption=caption):
            seen = picture(image, scope, opens=True)
            shown = [*([para(seen)] if seen else []), *blocks(caption, scope, level=level)]
            return shown if scope.forge else [div("figure", shown)]
        case Rule():
            return [raw_block("* * *")]
        case PageBreak():
            return [para(page_break(node, scope))]
        case _:
            assert_never(node)


def _paragraph(node: Paragraph, scope: Scope) -> list[Json]:
    written = inlines(node.children, scope)
    if scope.forge:
        return [para(written)] if written else []
    held = [para(written or [raw(EMPTY)])]
    if node.role:
        return [div(node.role, held)]
    # A page break in a paragraph of its own is one between paragraphs.
    is_page = len(node.children) == 1 and isinstance(node.children[0], PageBreak)
    return [div("paragraph", held)] if is_page else held


def _heading(node: Heading, scope: Scope, level: int) -> Json:
    """Return a heading; its level is said where it does not show."""
    shown = level + node.level - 1
    hidden = not (scope.forge or 1 <= shown <= HEADINGS)
    values = {"level": str(node.level)} if hidden else {}
    return header(max(1, shown), line(node.children, scope), **values)


def _quote(held: list[Json]) -> Json:
    return {"t": "BlockQuote", "c": held} if held else div("quote", [])


def _line_block(lines: list[list[Json]]) -> Json:
    return {"t": "LineBlock", "c": lines} if lines else div("lines", [])


def _code(node: CodeBlock, scope: Scope) -> list[Json]:
    """Return code between fences: set in, it would be lost at the start of a list's item.

    What a generator of sites would find a command in however it is written becomes lines of text.
    """
    text = _CONTROLS.sub("\ufffd", node.text.replace("\r\n", "\n").replace("\r", "\n"))
    if scope.site and is_command(text):
        lines = (inline for each in text.split("\n") for inline in (Text(each), LineBreak()))
        return _paragraph(Paragraph(tuple(lines)), scope)
    longest = max(map(len, _BACKTICKS.findall(text)), default=0)
    fence = "`" * max(3, longest + 1)
    block = f"{fence}{_info(node, scope)}\n{text}\n{fence}"
    return [raw_block(verbatim(block, scope.style, between="\n\n"))]


def _info(node: CodeBlock, scope: Scope) -> str:
    """Return what stands behind the fence of code: its language."""
    plain = _LANGUAGE if scope.forge else _WORD
    if not node.language:
        return _PLAIN
    if plain.fullmatch(node.language) and (scope.forge or node.language != _PLAIN):
        return node.language
    return _PLAIN if scope.forge else attributes("", language=node.language)


def _section(node: Section, scope: Scope, level: int) -> list[Json]:
    if node.heading is None:
        held = blocks(node.children, scope, level=level + 1)
        return held if scope.forge else [div(f"{node.kind} untitled", held)]
    depth = level - scope.base + 1
    hidden = node.heading.level != depth and not scope.forge
    values = {"level": str(node.heading.level)} if hidden else {}
    heading = header(level, line(node.heading.children, scope), **values)
    held = blocks(node.children, scope, level=level + 1)
    return [heading, *held] if scope.forge else [div(node.kind, [heading, *held])]


# ------------------------------------------------------------------------- lists


def _list(node: List, scope: Scope, level: int) -> list[Json]:
    """Return a list with the numbers that the source printed, or its marks as text."""
    numbering = _numbering(node, scope)
    items = [_item(item, scope, level) for item in node.items]
    if numbering is None:
        marked = zip(node.items, item_marks(node), items, strict=True)
        shown: Json = {"t": "BulletList", "c": _tight([_marked(*each, scope) for each in marked])}
    else:
        start, delimiter = numbering
        style = [start, {"t": "Decimal"}, {"t": delimiter}]
        shown = {"t": "OrderedList", "c": [style, _close(_tight(items))]}
    values = {} if scope.forge else _unseen(node, numbering)
    if values or not items:
        return [] if scope.forge else [div("list", [shown] if items else [], **values)]
    return [shown]


def _close(items: list[list[Json]]) -> list[list[Json]]:
    """Return items with one space behind their numbers where their blocks allow it.

    Paragraphs, code and lists may be set in by a space more than the text that they go with.
    """
    if not all(_is_loose(block) for item in items for block in item):
        return items
    return [_closed(item) for item in items]


def _is_loose(block: Json) -> bool:
    match block["t"]:
        case "Para" | "Plain":
            return True
        case "RawBlock":
            return str(block["c"][1]).startswith("```")
        case "BulletList":
            return all(_is_loose(below) for item in block["c"] for below in item)
        case "OrderedList":
            return all(_is_loose(below) for item in block["c"][1] for below in item)
        case _:
            return False


def _closed(item: list[Json]) -> list[Json]:
    if not item or item[0]["t"] not in ("Para", "Plain"):
        return item
    return [{**item[0], "c": [raw(CLOSE), *item[0]["c"]]}, *item[1:]]


def _item(node: ListItem, scope: Scope, level: int) -> list[Json]:
    """Return what is in an item. Pandoc knows no caption with which an item ends."""
    held = blocks(node.children, scope, level=level)
    captioned = not scope.forge and held and held[-1]["t"] == "Table" and held[-1]["c"][1][1]
    return [*held, BETWEEN] if captioned else held


def _unseen(node: List, numbering: tuple[int, str] | None) -> dict[str, str]:
    """Return what the way a list is written does not say of it."""
    marked = any(item.marker for item in node.items)
    numbered = numbering is not None and bool(node.items)
    values: dict[str, str] = {}
    if node.ordered != numbered:
        values["ordered"] = str(node.ordered).lower()
    if node.start != (numbering[0] if numbering and numbered and not marked else 1):
        values["start"] = str(node.start)
    if marked and numbering and numbering[1] == "Period":
        values["marked"] = "true"
    return values


def _numbering(node: List, scope: Scope) -> tuple[int, str] | None:
    """Return the first number and the delimiter, None if Markdown does not number like that."""
    found = numbering(node)
    return None if found and scope.forge and found[1] == "TwoParens" else found


def _marked(item: ListItem, shown: str, held: list[Json], scope: Scope) -> list[Json]:
    """Return a list item with its mark before its text."""
    if not shown:
        return held
    kind = "marker" if item.marker or scope.forge else "number"
    # On a forge nothing keeps the mark from opening a list of its own.
    mark = span([raw(escape(clean(shown), scope.style, opens=scope.forge))], scope, kind)
    if held and held[0]["t"] == "Para":
        return [para([*mark, space(scope), *held[0]["c"]]), *held[1:]]
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

    One that does not begin with 1 is not: https://spec.commonmark.org/0.31.2/#example-304. The
    hyphen of an empty item would make a heading of the line.
    """
    match block["t"]:
        case "OrderedList":
            return bool(block["c"][0][0] == 1)
        case "BulletList":
            return bool(block["c"][0])
        case _:
            return False


def _definitions(node: DefinitionList, scope: Scope, level: int) -> Json:
    """Return a list of terms, for a forge as a list of bullets."""
    held = [(item, blocks(item.children, scope, level=level)) for item in node.items]
    if not scope.forge:
        empty = [raw(EMPTY)]
        terms = [[line(item.term, scope, opens=True) or empty, [kids]] for item, kids in held]
        return {"t": "DefinitionList", "c": terms}
    named = [(inlines((Strong(item.term),), scope), kids) for item, kids in held]
    # An empty line at its start would end an item.
    items = [[*([para(term)] if term else []), *kids] for term, kids in named]
    return {"t": "BulletList", "c": items}


def _table(node: Table, scope: Scope, level: int) -> Json:
    """Return a table, for pandoc as divs where no grid can hold it."""
    if scope.forge or fits_grid(node):
        inside = replace(scope, place="grid")
        return table(node, scope, lambda cell, hidden: _cell(cell, hidden, inside, level))
    caption = line(node.caption, scope, opens=True)
    rows = (div("row", [_cell_div(cell, scope, level) for cell in row.cells]) for row in node.rows)
    return div("table", [*([div("caption", [para(caption)])] if caption else []), *rows])


def _cell_div(cell: Cell, scope: Scope, level: int) -> Json:
    values = {
        name: str(getattr(cell, name))
        for name in ("colspan", "rowspan")
        if getattr(cell, name) != 1
    }
    name = "cell header" if cell.header else "cell"
    return div(name, blocks(cell.children, scope, level=level), **values)


def _cell(cell: Cell, hidden: dict[str, str], scope: Scope, level: int) -> list[Json]:
    if scope.forge:
        return [{"t": "Plain", "c": one_line(cell.children, scope)}]
    held = _tight([blocks(cell.children, scope, level=level)])[0]
    if not hidden:
        return held
    mark = raw(f"[]{attributes('', ('cell',), **hidden)}")
    if held and held[0]["t"] in ("Para", "Plain"):
        return [{**held[0], "c": [mark, *held[0]["c"]]}, *held[1:]]
    return [{"t": "Plain", "c": [mark]}, *held]
