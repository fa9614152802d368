"""Block nodes as Typst: a function of the template for each kind.

Layout engines give up on deep nesting, and no text can be set in further and further: below
``_NESTED`` levels, what is nested stands level, lists with their numbers before the text.
"""

import re
from collections.abc import Iterable, Iterator
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
    List,
    PageBreak,
    Paragraph,
    Quote,
    Rule,
    Section,
    Table,
)
from converter.walk import plain_text
from converter.writers.grid import Grid, placed
from converter.writers.typst.inlines import inlines, page_break
from converter.writers.typst.markup import Code, Markup, call, divisible, text
from converter.writers.typst.scope import Scope

_NESTED: Final = 5
# How many characters of a cell, times the columns of its table, may be too tall for a small page.
_TALL: Final = 1200
# Words of how many letters may end anywhere in tables that are too wide: of few columns, of many.
_SOME: Final = 8
_FEW: Final = 4
_MANY: Final = 12
# What no line ends in, of writing that parts words by spaces and hyphens.
_UNBROKEN: Final = re.compile("[!-,.-~\u00a1-\u052f]+")


def blocks(nodes: Iterable[Block], scope: Scope, *, level: int = 2, depth: int = 1) -> Markup:
    """Return ``nodes`` as markup, a line each.

    ``level`` is that of the outermost heading among them, counted from the document's own, and
    ``depth`` that of what is nested, both from 1.
    """
    shown = (_block(node, scope, level, depth) for node in _led_in(nodes))
    lines = "".join(f"\n{line}" for line in shown)
    return Markup(f"{lines}\n" if lines else lines)


def _led_in(nodes: Iterable[Block]) -> Iterator[Block]:
    """Yield ``nodes``, page breaks before a paragraph put into it: alone, each took a line."""
    breaks: list[PageBreak] = []
    for node in nodes:
        if isinstance(node, PageBreak):
            breaks.append(node)
        elif isinstance(node, Paragraph):
            yield replace(node, children=(*breaks, *node.children))
            breaks.clear()
        else:
            yield from breaks
            breaks.clear()
            yield node
    yield from breaks


def _block(  # noqa: C901 - lists every node kind
    node: Block, scope: Scope, level: int, depth: int
) -> Markup:
    match node:
        case Paragraph(children=kids, role=role):
            shown = inlines(kids, scope)
            return call("p", shown, role=role or None, loose=scope.is_loose(shown) or None)
        case Heading(level=below):
            return _heading(node, scope, level + below - 1)
        case Section():
            return _section(node, scope, level, depth)
        case List():
            return _list(node, scope, level, depth)
        case DefinitionList():
            return _definitions(node, scope, level, depth)
        case Quote(children=kids):
            inner = blocks(kids, scope, level=level, depth=depth + 1)
            return call("quotation", inner) if depth <= _NESTED else inner
        case LineBlock(lines=lines):
            verse = (inlines(line, scope) for line in lines)
            return call("verse", Markup(call("linebreak").join(verse)))
        case CodeBlock(text=plain):
            return call("listing", text=divisible(plain))
        case Table():
            return _table(node, scope, level, depth)
        case Figure():
            return _figure(node, scope, level, depth)
        case Rule():
            return call("rule")
        case PageBreak():
            return call("page-between", page_break(node, scope))
        case _:
            assert_never(node)


def _heading(node: Heading, scope: Scope, level: int) -> Markup:
    """Return a heading, or a line like one: in a note, which stands outside the order of headings.

    Typst makes no PDF/UA-1 of one without text, which no bookmark could name.
    """
    shown = inlines(node.children, scope)
    plain = plain_text(node.children)
    if scope.in_note or not plain:
        return call("p", shown, role="heading")
    loose = scope.is_loose(shown) or None
    return call("head", shown, plain=text(plain), level=scope.rank(level), loose=loose)


def _section(node: Section, scope: Scope, level: int, depth: int) -> Markup:
    head = blocks([node.heading] if node.heading else [], scope, level=level, depth=depth)
    kids = blocks(node.children, scope, level=level + 1, depth=depth)
    return call("division", Markup(head + kids), kind=node.kind)


def _contents(nodes: tuple[Block, ...], scope: Scope, level: int, depth: int) -> Markup:
    """Return what is in an item or cell; a single paragraph needs no block of its own."""
    match nodes:
        case (Paragraph(children=kids, role=""),):
            return inlines(kids, scope)
        case _:
            return blocks(nodes, scope, level=level, depth=depth + 1)


def _list(node: List, scope: Scope, level: int, depth: int) -> Markup:
    marks = tuple(_marks(node))
    items = tuple(_contents(item.children, scope, level, depth) for item in node.items)
    if depth > _NESTED:
        return Markup("\n".join(map(_levelled, marks, items)))
    if any(item.marker for item in node.items):
        return call("marked-items", *items, marks=marks)
    if node.ordered:
        return call("numbered-items", *items, start=node.start)
    return call("items", *items)


def _levelled(mark: str, item: Markup) -> Markup:
    return call("levelled", text(mark), item)


def _marks(node: List) -> Iterator[str]:
    """Yield what stands before each item: its own mark, its number, nothing for a bullet."""
    for number, item in enumerate(node.items, start=node.start):
        yield item.marker or (f"{number}." if node.ordered else "")


def _definitions(node: DefinitionList, scope: Scope, level: int, depth: int) -> Markup:
    parts: list[Markup] = []
    for item in node.items:
        parts.append(inlines(item.term, scope))
        parts.append(blocks(item.children, scope, level=level, depth=depth + 1))
    if depth > _NESTED:
        return Markup("\n".join(call("levelled", Markup(), part) for part in parts))
    return call("definitions", *parts)


def _table(node: Table, scope: Scope, level: int, depth: int) -> Markup:
    caption = _caption(node, scope)
    grid = placed(node.rows)
    name = scope.table()
    is_tall = scope.is_tall(name)
    cells = [
        (place, cell, _contents(cell.children, scope, level, depth))
        for place, cell in grid.cells.items()
    ]
    if depth > _NESTED:
        return Markup("\n".join((caption, *(call("levelled", Markup(), c) for *_, c in cells))))
    if is_tall:
        return Markup(caption + call("table-in-lines", *(content for *_, content in cells)))
    columns = 1 + max((column for _, column in (*grid.cells, *grid.covered)), default=0)
    shown = tuple(
        _cell(
            place, cell, content, of=name, whole=is_tall is False or len(content) * columns < _TALL
        )
        for place, cell, content in cells
    )
    if not shown:
        return caption
    letters = (_FEW if columns > _MANY else _SOME) if scope.is_wide(name) else None
    longest = _longest(grid, columns)
    looks = {"longest": longest, "letters": letters, "cells": shown}
    table = call("data-table", of=name, columns=columns, heads=_heads(node), **looks)
    return Markup(caption + table)


def _longest(grid: Grid, columns: int) -> tuple[str, ...]:
    """Return the longest word of each column, of the cells that are in no other."""
    words = [""] * columns
    for (_, column), cell in grid.cells.items():
        if cell.colspan == 1:
            own = _UNBROKEN.findall(plain_text(cell.children))
            words[column] = max((words[column], *own), key=len)
    return tuple(map(divisible, words))


def _caption(node: Table, scope: Scope) -> Markup:
    shown = inlines(node.caption, scope)
    loose = scope.is_loose(shown) or None
    return call("p", shown, role="caption", loose=loose) if shown else shown


def _cell(place: tuple[int, int], cell: Cell, content: Markup, *, of: str, whole: bool) -> Code:
    """Return ``cell`` of a table, which no page divides if it is to stay ``whole``."""
    row, column = place
    return Code(
        call(
            "cell",
            content,
            x=column,
            y=row,
            of=of,
            colspan=cell.colspan,
            rowspan=cell.rowspan,
            head=cell.header or None,
            whole=whole or None,
        )[1:]
    )


def _heads(node: Table) -> int:
    """Return how many rows at the top are of headers alone, none if one reaches further down."""
    heads = 0
    for row in node.rows:
        if not row.cells or not all(cell.header for cell in row.cells):
            break
        heads += 1
    tops = node.rows[:heads]
    reach = max((y + cell.rowspan for y, row in enumerate(tops) for cell in row.cells), default=0)
    return heads if reach <= heads else 0


def _figure(node: Figure, scope: Scope, level: int, depth: int) -> Markup:
    caption = blocks(node.caption, scope, level=level, depth=depth + 1)
    path = scope.picture(node.image)
    if path is None:
        return Markup(call("p", call("missing-picture", text(node.image.alt))) + caption)
    return call("plate", caption, path=path, alt=node.image.alt)
