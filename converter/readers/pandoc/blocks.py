"""Blocks of pandoc as the model's; flat headings as sections that nest."""

from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from converter.model import (
    Block,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    Image,
    Inline,
    LineBlock,
    LineBreak,
    List,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    Section,
    Text,
)
from converter.readers.pandoc import ast
from converter.readers.pandoc.context import Context
from converter.readers.pandoc.inlines import drop_raw, read_inlines
from converter.readers.pandoc.numbering import numbered
from converter.readers.pandoc.tables import contents, read_table

# Deeper nesting of quotations and lists than anybody means; writers give up not far below.
_DEEPEST: Final = 30


def read_sections(nodes: ast.Blocks, context: Context) -> tuple[Block, ...]:
    """Return ``nodes`` with all that follows a heading in a section, down to the next as high."""
    text: list[Block] = []
    open_: list[tuple[int, Heading, list[Block]]] = []

    def close(level: int) -> None:
        while open_ and open_[-1][0] >= level:
            _, heading, inner = open_.pop()
            outer = open_[-1][2] if open_ else text
            outer.append(Section(tuple(inner), heading, prov=heading.prov))

    for node in unwrapped(nodes):
        if not isinstance(node, ast.Header):
            (open_[-1][2] if open_ else text).extend(_block(node, context, 0))
            continue
        level, attr, kids = max(node.c[0], 1), *node.c[1:]
        if title := read_inlines(kids, context):
            close(level)
            heading = Heading(title, level=len(open_) + 1, prov=context.prov(attr.id))
            open_.append((level, heading, []))
    close(0)
    return tuple(text)


def unwrapped(nodes: ast.Blocks) -> Iterator[ast.Block]:
    """Yield ``nodes``, and what is in divisions without meaning in their place."""
    stack = [iter(nodes)]
    while stack:
        for node in stack[-1]:
            if isinstance(node, ast.Div) and "line-block" not in node.c[0].classes:
                stack.append(iter(node.c[1]))
                break
            yield node
        else:
            stack.pop()


def read_blocks(nodes: ast.Blocks, context: Context, depth: int = 0) -> tuple[Block, ...]:
    """Return ``nodes``, which stand in as many quotations, lists and cells as ``depth``."""
    return tuple(made for node in unwrapped(nodes) for made in _block(node, context, depth))


def _block(node: ast.Block, context: Context, depth: int) -> Iterable[Block]:  # noqa: C901 - every node kind
    match node:
        case ast.Plain(c=kids) | ast.Para(c=kids):
            return _paragraph(kids, context)
        case ast.LineBlock(c=lines):
            read = tuple(read_inlines(line, context) for line in lines)
            return (LineBlock(read, context.prov()),)
        case ast.Div(c=(_, blocks)):
            return _line_block(blocks, context, depth)
        case ast.CodeBlock(c=(attr, text)):
            language = next(iter(attr.classes), "")
            return (CodeBlock(text, language, context.prov(attr.id)),)
        case ast.RawBlock(c=(form, text)):
            return drop_raw(form, text, context)
        case ast.BlockQuote(c=blocks):
            children = read_blocks(blocks, context, depth + 1)
            return (Quote(children, context.prov()),) if _may_nest(context, depth) else children
        case ast.OrderedList(c=((start, style, delimiter), items)):
            markers = _markers(start, style.t, delimiter.t, len(items))
            return _list(items, context, depth, start=start, markers=markers)
        case ast.BulletList(c=items):
            return _list(items, context, depth)
        case ast.DefinitionList(c=items):
            return _definitions(items, context, depth)
        case ast.Header(c=(level, attr, kids)):
            title = read_inlines(kids, context)
            return (Heading(title, max(level, 1), context.prov(attr.id)),) if title else ()
        case ast.HorizontalRule():
            return (Rule(context.prov()),)
        case ast.Table() if not _may_nest(context, depth):
            return read_blocks(contents(node), context, depth)
        case ast.Table(c=(attr, *_)):
            return tuple(
                read_table(
                    node,
                    lambda blocks: read_blocks(blocks, context, depth + 1),
                    context.prov(attr.id),
                )
            )
        case ast.Figure(c=(attr, caption, blocks)):
            return _figure(attr, caption.blocks, blocks, context, depth)
        case _:
            assert_never(node)


def _may_nest(context: Context, depth: int) -> bool:
    if depth >= _DEEPEST:
        context.warn("deep-nesting", f"blocks nest more than {_DEEPEST} deep: the rest is level")
    return depth < _DEEPEST


def _paragraph(kids: ast.Inlines, context: Context) -> tuple[Paragraph, ...]:
    children = trimmed(read_inlines(kids, context))
    return (Paragraph(children, prov=context.prov()),) if children else ()


def trimmed(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return ``nodes`` without line breaks and blank texts at either end."""
    start, end = 0, len(nodes)
    while start < end and _is_blank(nodes[start]):
        start += 1
    while start < end and _is_blank(nodes[end - 1]):
        end -= 1
    return nodes[start:end]


def _is_blank(node: Inline) -> bool:
    return isinstance(node, LineBreak) or (isinstance(node, Text) and not node.text.strip(" "))


def _line_block(blocks: ast.Blocks, context: Context, depth: int) -> tuple[Block, ...]:
    """Return the division that HTML has for a block of lines, which pandoc breaks in paragraphs."""
    read = read_blocks(blocks, context, depth)
    if not all(isinstance(block, Paragraph) for block in read):
        return read
    lines: list[tuple[Inline, ...]] = []
    for block in read:
        line: list[Inline] = []
        for node in block.children if isinstance(block, Paragraph) else ():
            if isinstance(node, LineBreak):
                lines.append(tuple(line))
                line = []
            else:
                line.append(node)
        lines.append(tuple(line))
    return (LineBlock(tuple(lines), context.prov()),)


def _list(
    items: tuple[ast.Blocks, ...],
    context: Context,
    depth: int,
    *,
    start: int | None = None,
    markers: tuple[str, ...] = (),
) -> tuple[Block, ...]:
    """Return a list, ordered if it has a ``start``; too deep, what is in it."""
    if not _may_nest(context, depth):
        return tuple(block for item in items for block in read_blocks(item, context, depth + 1))
    read = tuple(
        ListItem(
            read_blocks(item, context, depth + 1),
            marker=context.make(markers[position]) if markers else "",
            prov=context.prov(),
        )
        for position, item in enumerate(items)
    )
    ordered = start is not None
    return (List(read, ordered, 1 if start is None else start, context.prov()),)


def _definitions(
    items: tuple[tuple[ast.Inlines, tuple[ast.Blocks, ...]], ...], context: Context, depth: int
) -> tuple[Block, ...]:
    nests = _may_nest(context, depth)
    read: list[Definition] = []
    level: list[Block] = []
    for term, texts in items:
        name = read_inlines(term, context)
        children = tuple(block for text in texts for block in read_blocks(text, context, depth + 1))
        read.append(Definition(name, children))
        level += (Paragraph(name, prov=context.prov()), *children)
    return (DefinitionList(tuple(read), context.prov()),) if nests else tuple(level)


def _figure(
    attr: ast.Attr, caption: ast.Blocks, blocks: ast.Blocks, context: Context, depth: int
) -> tuple[Block, ...]:
    """Return a picture with its caption; of other figures, what is in them above the caption."""
    inner = read_blocks(blocks, context, depth + 1)
    below = read_blocks(caption, context, depth + 1)
    match inner:
        case (Paragraph(children=(Image() as image,)),):
            return (Figure(image, below, context.prov(attr.id)),)
        case _:
            return (*inner, *below)


def _markers(start: int, style: str, delimiter: str, count: int) -> tuple[str, ...]:
    """Return what is printed before the items, nothing for plain numbers with a full stop."""
    plain = style in ("DefaultStyle", "Decimal", "Example")
    if plain and delimiter in ("DefaultDelim", "Period"):
        return ()
    before = "(" if delimiter == "TwoParens" else ""
    after = ")" if delimiter in ("OneParen", "TwoParens") else "."
    return tuple(
        f"{before}{numbered(number, style)}{after}" for number in range(start, start + count)
    )
