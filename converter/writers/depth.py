"""How deep nodes may nest: parsers and layout engines give up long before the model does."""

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from msgspec.structs import replace

from converter.model import (
    AnyNode,
    Block,
    Cell,
    Definition,
    DefinitionList,
    Document,
    Figure,
    Inline,
    Link,
    List,
    ListItem,
    Paragraph,
    Prov,
    Quote,
    Reference,
    Section,
    Styled,
    Table,
    Text,
)
from converter.walk import children, is_deeper, rewrite

# An item of a list is two elements and its text a third: 20 levels stay below 100 elements, which
# every engine can nest, and far above what a reader can follow.
_DEEPEST: Final = 20

Container = TypeVar("Container", ListItem, Cell, Definition, Quote)


def shallow(document: Document) -> Document:
    """Return ``document`` with what is nested too deep set level, nothing left out."""
    if not is_deeper(document, _DEEPEST):
        return document
    level = replace(
        document,
        front=_blocks(document.front, 1),
        children=_blocks(document.children, 1),
        notes=tuple(replace(note, children=_blocks(note.children, 1)) for note in document.notes),
        comments=tuple(
            replace(comment, children=_blocks(comment.children, 1)) for comment in document.comments
        ),
    )
    return rewrite(level, _level_inline)


def _blocks(blocks: Iterable[Block], depth: int) -> tuple[Block, ...]:
    if depth > _DEEPEST:
        return tuple(_level(blocks))
    return tuple(_block(block, depth) for block in blocks)


def _block(block: Block, depth: int) -> Block:
    match block:
        case Quote():
            return _container(block, depth)
        case Section(children=kids):
            return replace(block, children=_blocks(kids, depth + 1))
        case List(items=items):
            return replace(block, items=tuple(_container(item, depth) for item in items))
        case DefinitionList(items=entries):
            return replace(block, items=tuple(_container(entry, depth) for entry in entries))
        case Table(rows=rows):
            return replace(
                block,
                rows=tuple(
                    replace(row, cells=tuple(_container(cell, depth) for cell in row.cells))
                    for row in rows
                ),
            )
        case Figure(caption=caption):
            return replace(block, caption=_blocks(caption, depth + 1))
        case _:
            return block


def _container(node: Container, depth: int) -> Container:
    return replace(node, children=_blocks(node.children, depth + 1))


def _level(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield ``blocks`` in reading order without anything that nests."""
    waiting = [iter(blocks)]
    while waiting:
        for block in waiting[-1]:
            inner = _unpacked(block)
            if inner is None:
                yield block
            else:
                waiting.append(iter(inner))
                break
        else:
            waiting.pop()


def _unpacked(block: Block) -> list[Block] | None:
    """Return what ``block`` is made of, None if nothing can be nested in it."""
    match block:
        case Quote(children=kids):
            return list(kids)
        case Section(heading=heading, children=kids):
            return [*filter(None, [heading]), *kids]
        case List(items=items):
            return [kid for item in items for kid in (*_marker(item), *item.children)]
        case DefinitionList(items=entries):
            return [kid for entry in entries for kid in (Paragraph(entry.term), *entry.children)]
        case Table(rows=rows, caption=caption):
            cells = [kid for row in rows for cell in row.cells for kid in cell.children]
            return [Paragraph(caption), *cells] if caption else cells
        case _:
            return None


def _marker(item: ListItem) -> tuple[Paragraph, ...]:
    return (Paragraph((Text(item.marker),)),) if item.marker else ()


def _level_inline(node: Inline, _: Prov | None) -> tuple[Inline, ...]:
    """Return ``node``, or what is in it if that alone is as deep as may be."""
    if isinstance(node, Styled | Link | Reference) and _height(node) > _DEEPEST:
        return node.children
    return (node,)


def _height(node: AnyNode) -> int:
    return 1 + max(map(_height, children(node)), default=0)
