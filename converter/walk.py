"""Ways through the model that everybody shares: children, walks, plain text, thread numbers.

Walks keep a stack of their own, so that no document is too deep for them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from operator import attrgetter
from typing import Any, Final, TypeAlias, TypeVar, assert_never

from msgspec.structs import replace

from converter.model import (
    AnyNode,
    Block,
    Book,
    Cell,
    Code,
    CodeBlock,
    Comment,
    CommentRef,
    Definition,
    DefinitionList,
    Document,
    Emphasis,
    Figure,
    Heading,
    Image,
    Inline,
    LineBlock,
    LineBreak,
    Link,
    List,
    ListItem,
    Math,
    Name,
    Note,
    NoteRef,
    PageBreak,
    Paragraph,
    Part,
    Picture,
    Prov,
    Quote,
    Reference,
    Row,
    Rule,
    Section,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    Underline,
)

NUMBERED_DEPTH: Final = 12

_OWN: Final = attrgetter("children")

# How the children of each kind of node are got at; None for kinds that have none. It is asked for
# each node of each walk: a ``match`` over all kinds takes several times as long.
CHILDREN: Final[dict[type, Callable[[Any], tuple[AnyNode, ...]] | None]] = {
    **dict.fromkeys((Text, Code, Math, LineBreak, Image, NoteRef, PageBreak)),
    **dict.fromkeys((CodeBlock, Rule, CommentRef)),
    **dict.fromkeys((Paragraph, Heading, ListItem, Quote, Cell, Note, Comment), _OWN),
    **dict.fromkeys((Emphasis, Strong, SmallCaps, Superscript, Subscript), _OWN),
    **dict.fromkeys((Strikeout, Underline, Name, Link, Reference), _OWN),
    **dict.fromkeys((List, DefinitionList), attrgetter("items")),
    Section: lambda node: (node.heading, *node.children) if node.heading else node.children,
    Definition: lambda node: (*node.term, *node.children),
    LineBlock: lambda node: tuple(inline for line in node.lines for inline in (*line, LineBreak())),
    Row: attrgetter("cells"),
    Table: lambda node: (*node.caption, *node.rows),
    Figure: lambda node: (node.image, *node.caption),
    Document: lambda node: (*body(node), *node.notes, *node.comments),
    Part: attrgetter("documents"),
    Book: attrgetter("parts"),
}

# Most nodes: what has no text of its own, and what stands in its place in running text.
_TEXTLESS: Final[dict[type, str]] = {
    **dict.fromkeys((LineBreak, Paragraph, Heading, Cell, LineBlock, Definition), " "),
    **dict.fromkeys((Table, Figure), " "),
    **dict.fromkeys((NoteRef, PageBreak, Note), ""),
}

# What holds items or rows, one after the other.
Listing: TypeAlias = List | DefinitionList | Table

Container = TypeVar("Container", ListItem, Cell, Quote, Note, Comment)


def children(node: AnyNode) -> tuple[AnyNode, ...]:
    """Return the nodes directly inside ``node``, in reading order, line breaks between lines."""
    inner = CHILDREN[type(node)]
    return inner(node) if inner else ()


def body(document: Document) -> tuple[Inline | Block, ...]:
    """Return the running text of ``document`` in reading order, from above its title on."""
    head = (*document.front, LineBreak(), *document.title, LineBreak(), *document.subject)
    return (*head, *document.children)


def walk(nodes: Iterable[AnyNode]) -> Iterator[AnyNode]:
    """Yield ``nodes`` and all nodes below them, parents first, in reading order."""
    stack = [*nodes]
    stack.reverse()
    while stack:
        node = stack.pop()
        yield node
        if inner := CHILDREN[type(node)]:
            stack += inner(node)[::-1]


def located(nodes: Iterable[AnyNode]) -> Iterator[tuple[AnyNode, Prov | None]]:
    """Yield what ``walk`` does, with where each came from, as near as nodes before it tell."""
    prov: Prov | None = None
    for node in walk(nodes):
        prov = getattr(node, "prov", None) or prov
        yield node, prov


def places(table: Table) -> int:
    """Return how many places of a grid the cells of ``table`` cover together."""
    left = range(len(table.rows), 0, -1)
    return sum(
        cell.colspan * min(cell.rowspan, below)
        for row, below in zip(table.rows, left, strict=True)
        for cell in row.cells
    )


def is_deeper(node: AnyNode, depth: int) -> bool:
    """Whether the tree of ``node`` has more than ``depth`` levels, its own included."""
    return any(True for _ in islice(levels(node), depth, None))


def levels(node: AnyNode) -> Iterator[Sequence[AnyNode]]:
    """Yield ``node``, then the nodes directly inside it, and so on, level by level."""
    level: Sequence[AnyNode] = [node]
    while level:
        yield level
        level = list(chain.from_iterable(map(children, level)))


def text_of(node: AnyNode) -> str:
    """Return the text that ``node`` itself adds to running text, without its children.

    Blocks, cells and lines are set off by a space; inline nodes are not. Note calls and page
    breaks add nothing.
    """
    instead = _TEXTLESS.get(type(node))
    if instead is not None:
        return instead
    match node:
        case Text(text=text) | Code(text=text) | Math(text=text) | Image(alt=text):
            return text
        case CodeBlock(text=text) | ListItem(marker=text) if text:
            return f" {text} "
        case _:
            return ""


def plain_text(nodes: Iterable[AnyNode]) -> str:
    """Return the text of ``nodes`` without note calls and page breaks, with single spaces."""
    return " ".join(words(nodes))


def words(nodes: Iterable[AnyNode]) -> list[str]:
    """Return the words of ``nodes``, in reading order."""
    return "".join(map(text_of, walk(nodes))).split()


def joined(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Yield ``nodes`` with neighbouring texts made one."""
    texts: list[str] = []
    for node in nodes:
        if isinstance(node, Text):
            texts.append(node.text)
            continue
        if texts:
            yield Text("".join(texts))
            texts = []
        yield node
    if texts:
        yield Text("".join(texts))


def as_one(parts: Sequence[Listing]) -> Listing:
    """Return the first of ``parts`` with the items or rows of all, which are of one kind."""
    name = "rows" if isinstance(parts[0], Table) else "items"
    held = tuple(chain.from_iterable(getattr(part, name) for part in parts))
    return replace(parts[0], **{name: held})


def with_pictures(document: Document, pictures: Iterable[Picture]) -> Document:
    """Return ``document`` with those of ``pictures`` that it shows, in their order there."""
    by_name = {picture.name: picture for picture in pictures}
    shown = dict.fromkeys(node.src for node in walk([document]) if isinstance(node, Image))
    return replace(document, pictures=tuple(by_name[src] for src in shown if src in by_name))


def calls(document: Document) -> dict[str, int]:
    """Return how often each note of ``document`` is called, notes never called included."""
    counts = {note.id: 0 for note in document.notes}
    for node in walk([document]):
        if isinstance(node, NoteRef):
            counts[node.note] = counts.get(node.note, 0) + 1
    return counts


def page_labels(document: Document) -> tuple[str, ...]:
    """Return the labels of the source's pages that begin in ``document``, in reading order."""
    return tuple(node.label for node in walk([document]) if isinstance(node, PageBreak))


def thread_numbers(comments: Iterable[Comment]) -> dict[str, str]:
    """Return each comment's place in its thread as a number such as ``9.2.1``, by its id.

    An orphan is numbered among the comments at top level. Below ``NUMBERED_DEPTH`` levels, where
    numbers would grow longer than what they number, comments are counted on from their last
    ancestor above, as in ``1.1.1.1.1.1.1.1.1.1.1.1+3``.
    """
    numbers: dict[str, str] = {}
    counted: dict[str, int] = {}
    for comment in comments:
        above = numbers.get(comment.parent or "", "")
        base, deep, _ = above.partition("+")
        if deep or above.count(".") == NUMBERED_DEPTH - 1:
            stem = f"{base}+"
        else:
            stem = f"{above}." if above else ""
        position = counted[stem] = counted.get(stem, 0) + 1
        numbers[comment.id] = f"{stem}{position}"
    return numbers


Change: TypeAlias = Callable[[Inline, Prov | None], Iterable[Inline]]


def rewrite(document: Document, change: Change) -> Document:
    """Return ``document`` with every inline node replaced by what ``change`` makes of it.

    ``change`` gets a node, innermost first, and where the block around it came from.
    Nodes nest no deeper than ``Limits.nesting``, hence the recursion.
    """
    prov = Prov(document.source) if document.source else None
    return replace(
        document,
        title=_inlines(document.title, change, prov),
        subject=_inlines(document.subject, change, prov),
        front=_blocks(document.front, change, prov),
        children=_blocks(document.children, change, prov),
        notes=tuple(_with_blocks(note, change, note.prov or prov) for note in document.notes),
        comments=tuple(
            _with_blocks(comment, change, comment.prov or prov) for comment in document.comments
        ),
    )


def redirected(document: Document, names: Mapping[str, str]) -> Document:
    """Return ``document`` with references to documents by their new ``names``, others as are."""

    def follow(node: Inline, _: Prov | None) -> tuple[Inline]:
        if isinstance(node, Reference):
            return (replace(node, document=names.get(node.document, node.document)),)
        return (node,)

    return rewrite(document, follow) if names else document


def _inlines(nodes: tuple[Inline, ...], change: Change, prov: Prov | None) -> tuple[Inline, ...]:
    changed: list[Inline] = []
    for node in nodes:
        match node:
            case Emphasis() | Strong() | SmallCaps() | Superscript() | Subscript() | Strikeout():
                node = replace(node, children=_inlines(node.children, change, prov))
            case Underline() | Name() | Link() | Reference():
                node = replace(node, children=_inlines(node.children, change, prov))
            case _:
                pass
        changed.extend(change(node, prov))
    return tuple(changed)


def _blocks(nodes: tuple[Block, ...], change: Change, prov: Prov | None) -> tuple[Block, ...]:
    return tuple(_block(node, change, node.prov or prov) for node in nodes)


def _block(  # noqa: C901 - lists every node kind
    node: Block, change: Change, prov: Prov | None
) -> Block:
    match node:
        case Paragraph(children=kids) | Heading(children=kids):
            return replace(node, children=_inlines(kids, change, prov))
        case Section(heading=heading, children=kids):
            if heading is not None:
                heading = replace(heading, children=_inlines(heading.children, change, prov))
            return replace(node, heading=heading, children=_blocks(kids, change, prov))
        case List(items=items):
            return replace(node, items=tuple(_with_blocks(item, change, prov) for item in items))
        case DefinitionList(items=entries):
            return replace(node, items=tuple(_definition(each, change, prov) for each in entries))
        case Quote():
            return _with_blocks(node, change, prov)
        case LineBlock(lines=lines):
            return replace(node, lines=tuple(_inlines(line, change, prov) for line in lines))
        case Table(rows=rows, caption=caption):
            rows = tuple(
                replace(row, cells=tuple(_with_blocks(cell, change, prov) for cell in row.cells))
                for row in rows
            )
            return replace(node, rows=rows, caption=_inlines(caption, change, prov))
        case Figure(caption=blocks):
            return replace(node, caption=_blocks(blocks, change, prov))
        case CodeBlock() | Rule() | PageBreak():
            return node
        case _:
            assert_never(node)


def _with_blocks(node: Container, change: Change, prov: Prov | None) -> Container:
    return replace(node, children=_blocks(node.children, change, prov))


def _definition(node: Definition, change: Change, prov: Prov | None) -> Definition:
    return replace(
        node,
        term=_inlines(node.term, change, prov),
        children=_blocks(node.children, change, prov),
    )
