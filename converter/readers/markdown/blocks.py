"""Blocks of pandoc as the model's, by the classes that the writer gives them."""

from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any, Final, Literal, TypeAlias, cast, get_args

from converter.model import (
    Block,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    Image,
    Inline,
    LineBlock,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    ParagraphRole,
    Quote,
    Row,
    Rule,
    Section,
    Table,
)
from converter.readers.markdown.context import Context
from converter.readers.markdown.inlines import read_inlines
from converter.readers.markdown.tree import (
    Json,
    attributes,
    is_generated,
    kind_of,
    leading_span,
    text_of,
    without_leading,
)

Read: TypeAlias = Callable[[Json, Context, int], Iterable[Block]]

_ROLES: Final = frozenset(get_args(ParagraphRole)) - {""}
_DELIMITERS: Final = {"OneParen": "{})", "TwoParens": "({})"}
# What code is called whose language nobody knows.
_PLAIN: Final = "text"


def read_text(nodes: Iterable[Json], context: Context, level: int) -> tuple[Block, ...]:
    """Return a text of its own, whose outermost headings are of ``level``."""
    context.base = level
    return read_blocks(nodes, context, level)


def read_blocks(nodes: Iterable[Json], context: Context, level: int) -> tuple[Block, ...]:
    """Return ``nodes``. ``level`` is that of the outermost headings among them."""
    return tuple(block for node in nodes for block in _block(node, context, level))


def _block(node: Json, context: Context, level: int) -> Iterable[Block]:
    read = _NODES.get(node["t"])
    return read(node, context, level) if read else (Paragraph(read_inlines([node], context)),)


def _paragraph(node: Json, context: Context, _: int) -> tuple[Block, ...]:
    """Return a paragraph, or the page break that is alone in one."""
    if node["c"] and all(map(is_generated, node["c"])):
        return ()
    kids = read_inlines(node["c"], context)
    if len(kids) == 1 and isinstance(kids[0], PageBreak):
        return (kids[0],)
    return (Paragraph(kids),)


def _heading(node: Json, context: Context, level: int) -> tuple[Block, ...]:
    if node["c"][2] and all(map(is_generated, node["c"][2])):
        return ()
    own = attributes(node).values.get("level")
    below = int(own) if own else node["c"][0] - level + 1
    return (Heading(read_inlines(node["c"][2], context), below),)


def _code(node: Json, _: Context, __: int) -> tuple[CodeBlock]:
    known = attributes(node)
    language = known.values.get("language", known.kind)
    own = "language" in known.values
    return (CodeBlock(node["c"][1], language if own or language != _PLAIN else ""),)


def _raw(node: Json, _: Context, __: int) -> tuple[Block, ...]:
    """Return markup of another kind as what it is, and nothing for a remark on the file."""
    kind, text = node["c"]
    return () if text.startswith("<!--") else (CodeBlock(text, kind),)


def _definitions(node: Json, context: Context, level: int) -> tuple[DefinitionList]:
    entries = (
        Definition(
            read_inlines(term, context),
            read_blocks([block for each in held for block in each], context, level),
        )
        for term, held in node["c"]
    )
    return (DefinitionList(tuple(entries)),)


# ------------------------------------------------------------------------- lists


def _bullets(node: Json, context: Context, level: int) -> tuple[List]:
    return (List(tuple(_item(each, context, level) for each in node["c"])),)


def _item(blocks: list[Json], context: Context, level: int) -> ListItem:
    """Return an item with the mark before its text, if there is one."""
    for kind in ("marker", "number"):
        if mark := leading_span(blocks, kind):
            marker = text_of(mark["c"][1]) if kind == "marker" else ""
            return ListItem(read_blocks(without_leading(blocks), context, level), marker)
    return ListItem(read_blocks(blocks, context, level))


def _ordered(node: Json, context: Context, level: int) -> tuple[List]:
    (start, _, delimiter), items = node["c"]
    pattern = _DELIMITERS.get(delimiter["t"])
    held = tuple(
        ListItem(read_blocks(each, context, level), pattern.format(number) if pattern else "")
        for number, each in enumerate(items, start=start)
    )
    return (List(held, ordered=True, start=1 if pattern else start),)


def _list(node: Json, context: Context, level: int) -> tuple[List]:
    """Return a list of which a div says what does not show."""
    values = attributes(node).values
    shown = node["c"][1]
    found = next(iter(read_blocks(shown, context, level)), None)
    held = found if isinstance(found, List) else List(())
    items = held.items
    if "marked" in values:
        numbers = count(shown[0]["c"][0][0])
        items = tuple(ListItem(each.children, f"{next(numbers)}.") for each in items)
    ordered = values["ordered"] == "true" if "ordered" in values else held.ordered
    start = 1 if "marked" in values else held.start
    return (List(items, ordered, int(values.get("start", start))),)


# ------------------------------------------------------------------------ tables


def _table(node: Json, context: Context, level: int) -> tuple[Table]:
    _, (_, caption), _, (_, head), bodies, (_, foot) = node["c"]
    rows = [(row, True) for row in head]
    rows += [(row, False) for _, _, above, below in bodies for row in (*above, *below)]
    rows += [(row, False) for row in foot]
    shown = _caption(caption, context)
    found = (Row(tuple(_cells(row[1], context, level, header=header))) for row, header in rows)
    return (Table(tuple(found), shown),)


def _caption(blocks: list[Json], context: Context) -> tuple[Inline, ...]:
    return read_inlines([inline for block in blocks for inline in block["c"]], context)


def _cells(cells: list[Any], context: Context, level: int, *, header: bool) -> Iterator[Cell]:
    """Yield the cells of a row but those that only fill it up."""
    for _, _, tall, wide, blocks in cells:
        if leading_span(blocks, "filler"):
            continue
        mark = leading_span(blocks, "cell")
        values = attributes(mark).values if mark else {}
        yield Cell(
            read_blocks(without_leading(blocks) if mark else blocks, context, level),
            values["header"] == "true" if "header" in values else header,
            int(values.get("colspan", wide)),
            int(values.get("rowspan", tall)),
        )


def _table_div(node: Json, context: Context, level: int) -> tuple[Table]:
    """Return a table of divs."""
    blocks = node["c"][1]
    captions = [block for each in blocks if kind_of(each) == "caption" for block in each["c"][1]]
    caption = _caption(captions, context)
    rows = (each["c"][1] for each in blocks if kind_of(each) == "row")
    found = tuple(Row(tuple(_cell_div(each, context, level) for each in row)) for row in rows)
    return (Table(found, caption),)


def _cell_div(node: Json, context: Context, level: int) -> Cell:
    known = attributes(node)
    return Cell(
        read_blocks(node["c"][1], context, level),
        "header" in known.classes,
        int(known.values.get("colspan", 1)),
        int(known.values.get("rowspan", 1)),
    )


# -------------------------------------------------------------------------- divs


def _div(node: Json, context: Context, level: int) -> Iterable[Block]:
    kind = attributes(node).kind
    if kind in _ROLES:
        return _with_role(node, context, level)
    read = _DIVS.get(kind)
    return read(node, context, level) if read else read_blocks(node["c"][1], context, level)


def _with_role(node: Json, context: Context, level: int) -> Iterator[Block]:
    role = cast(ParagraphRole, attributes(node).kind)
    for block in node["c"][1]:
        if block["t"] in ("Para", "Plain"):
            yield Paragraph(read_inlines(block["c"], context), role)
        else:
            yield from _block(block, context, level)


def _plain_paragraph(node: Json, context: Context, _: int) -> Iterator[Block]:
    """Yield the paragraphs of a div whatever is in them."""
    for block in node["c"][1]:
        yield Paragraph(read_inlines(block["c"], context))


def _section(node: Json, context: Context, level: int) -> tuple[Section]:
    known = attributes(node)
    kind: Literal["section", "attachment"] = (
        "attachment" if known.kind == "attachment" else "section"
    )
    blocks = node["c"][1]
    if "untitled" in known.classes or not blocks or blocks[0]["t"] != "Header":
        return (Section(read_blocks(blocks, context, level + 1), None, kind),)
    own = attributes(blocks[0]).values.get("level")
    depth = int(own) if own else level - context.base + 1
    heading = Heading(read_inlines(blocks[0]["c"][2], context), depth)
    return (Section(read_blocks(blocks[1:], context, level + 1), heading, kind),)


def _figure(node: Json, context: Context, level: int) -> Iterable[Block]:
    """Return a picture and what stands below it."""
    first, *rest = read_blocks(node["c"][1], context, level) or (Rule(),)
    kids = first.children if isinstance(first, Paragraph) else ()
    if len(kids) == 1 and isinstance(kids[0], Image):
        return (Figure(kids[0], tuple(rest)),)
    return read_blocks(node["c"][1], context, level)


def _nothing(_: Json, __: Context, ___: int) -> tuple[()]:
    return ()


_DIVS: Final[dict[str, Read]] = {
    "paragraph": _plain_paragraph,
    "section": _section,
    "attachment": _section,
    "list": _list,
    "quote": lambda node, context, level: (Quote(read_blocks(node["c"][1], context, level)),),
    "lines": lambda _, __, ___: (LineBlock(()),),
    "definitions": lambda _, __, ___: (DefinitionList(()),),
    "table": _table_div,
    "figure": _figure,
    "generated": _nothing,
    "contents": _nothing,
}

_NODES: Final[dict[str, Read]] = {
    "Para": _paragraph,
    "Plain": _paragraph,
    "Header": _heading,
    "CodeBlock": _code,
    "RawBlock": _raw,
    "HorizontalRule": lambda _, __, ___: (Rule(),),
    "BlockQuote": lambda node, context, level: (Quote(read_blocks(node["c"], context, level)),),
    "LineBlock": lambda node, context, _: (
        LineBlock(tuple(read_inlines(line, context) for line in node["c"])),
    ),
    "BulletList": _bullets,
    "OrderedList": _ordered,
    "DefinitionList": _definitions,
    "Table": _table,
    "Figure": lambda node, context, level: read_blocks(node["c"][2], context, level),
    "Div": _div,
}
