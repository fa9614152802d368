"""The blocks that HTML nests in one another, and the nodes that each becomes when it ends."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final, NamedTuple, TypeAlias

from msgspec.structs import replace

from converter.markup.page import Element, classes
from converter.model import (
    Block,
    Cell,
    Code,
    CodeBlock,
    Definition,
    DefinitionList,
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
    NoteRef,
    PageBreak,
    Paragraph,
    Prov,
    Quote,
    Reference,
    Row,
    Rule,
    Styled,
    Table,
    Text,
)
from converter.spans import fitted
from converter.walk import plain_text, text_of, walk

_MOST: Final = 1000
# What a line shows, and has nothing in it.
_LEAVES: Final = (Text, Code, Math, Image, LineBreak, NoteRef, PageBreak)


class Term(NamedTuple):
    """A ``dt`` that waits for its ``dd``."""

    children: tuple[Inline, ...]


class Details(NamedTuple):
    """A ``dd`` that waits for the end of its list."""

    children: tuple[Block, ...]


class Caption(NamedTuple):
    """A caption that waits for the end of what it belongs to."""

    children: tuple[Block, ...]


Kid: TypeAlias = Block | ListItem | Row | Cell | Term | Details | Caption


class Frame:
    """A block that is open, and what has gathered in it.

    ``level`` is that of the highest heading of the page, which becomes level 1.
    """

    def __init__(self, element: Element, prov: Prov, level: int) -> None:
        self.element = element
        self.prov = prov
        self.level = level
        self.kids: list[Kid] = []

    @property
    def breaks(self) -> bool:
        """Whether line feeds in it can be line breaks."""
        return self.element.tag not in {"h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption"}

    def nodes(self) -> Iterable[Kid]:
        """Return what the block becomes, nothing if it is empty."""
        return FRAMES[str(self.element.tag)](self)

    def blocks(self) -> tuple[Block, ...]:
        """Return what has gathered as blocks, with a home for parts that stray from theirs."""
        found: list[Block] = []
        for kind, kids in groupby(self.kids, key=_home):
            match kind:
                case "list":
                    items = (kid for kid in kids if isinstance(kid, ListItem))
                    plain = tuple(replace(item, marker="") for item in items)
                    found.append(List(plain, prov=self.prov))
                case "definitions":
                    found.append(DefinitionList(_definitions(kids), prov=self.prov))
                case _:
                    found.extend(block for kid in kids for block in _loose(kid))
        return tuple(found)

    def attribute(self, name: str, default: int) -> int:
        """Return a whole number that the element gives as ``name``."""
        value = (self.element.get(name) or "").strip()
        return int(value) if value.isdecimal() and len(value) < 7 else default


def _home(kid: Kid) -> str:
    match kid:
        case ListItem():
            return "list"
        case Term() | Details():
            return "definitions"
        case _:
            return ""


def _loose(kid: Kid) -> tuple[Block, ...]:
    match kid:
        case Row(cells=cells):
            return tuple(block for cell in cells for block in cell.children)
        case Cell() | Caption() | ListItem() | Details():
            return kid.children
        case Term(children=children):
            return (Paragraph(children),)
        case _:
            return (kid,)


# ------------------------------------------------------------------ one for each element


def _heading(frame: Frame) -> Iterable[Kid]:
    """Return the heading; a list or picture that stands in it follows it."""
    level = max(1, int(str(frame.element.tag)[1]) - frame.level + 1)
    nodes: list[Inline] = []
    others: list[Block] = []
    for block in frame.blocks():
        match block:
            case Paragraph(children=children):
                nodes += (*([LineBreak()] if nodes else ()), *children)
            case PageBreak():
                nodes.append(block)
            case _:
                others.append(block)
    heading = Heading(tuple(nodes), level=level, prov=frame.prov)
    return (*([heading] if plain_text(nodes) else _paragraph(nodes, frame.prov)), *others)


def _paragraph(nodes: list[Inline], prov: Prov) -> tuple[Block, ...]:
    return (Paragraph(tuple(nodes), prov=prov),) if nodes else ()


def _quote(frame: Frame) -> Iterable[Kid]:
    blocks = frame.blocks()
    return (Quote(blocks, prov=frame.prov),) if blocks else ()


def _list(frame: Frame) -> Iterable[Kid]:
    """Return the list, a new one where its numbers jump. What strays goes with the item before."""
    items: list[ListItem] = []
    early: tuple[Block, ...] = ()
    for kid in frame.kids:
        if isinstance(kid, ListItem):
            items.append(replace(kid, children=early + kid.children))
            early = ()
        elif items:
            items[-1] = replace(items[-1], children=items[-1].children + _loose(kid))
        else:
            early += _loose(kid)
    if frame.element.tag != "ol":
        plain = tuple(replace(item, marker="") for item in items)
        return (*early, *((List(plain, prov=frame.prov),) if plain else ()))
    return (*early, *_runs(items, frame.attribute("start", 1), frame.prov))


def _runs(items: list[ListItem], start: int, prov: Prov) -> Iterable[List]:
    """Yield a list for each run of numbers; an item names its own where the order does not."""
    run: list[ListItem] = []
    for item in items:
        number = int(item.marker or start + len(run))
        if number != start + len(run):
            if run:
                yield List(tuple(run), ordered=True, start=start, prov=prov)
            run, start = [], number
        run.append(replace(item, marker=""))
    if run:
        yield List(tuple(run), ordered=True, start=start, prov=prov)


def _item(frame: Frame) -> Iterable[Kid]:
    value = frame.attribute("value", -1)
    return (ListItem(frame.blocks(), marker=str(value) if value >= 0 else "", prov=frame.prov),)


def _definition_list(frame: Frame) -> Iterable[Kid]:
    items = _definitions(frame.kids)
    return (DefinitionList(items, prov=frame.prov),) if items else ()


def _definitions(kids: Iterable[Kid]) -> tuple[Definition, ...]:
    items: list[Definition] = []
    for kid in kids:
        if isinstance(kid, Term) and items and not items[-1].children:
            term = (*items[-1].term, LineBreak(), *kid.children)
            items[-1] = replace(items[-1], term=term)
        elif isinstance(kid, Term):
            items.append(Definition(kid.children, ()))
        elif items:
            items[-1] = replace(items[-1], children=items[-1].children + _loose(kid))
        else:
            items.append(Definition((), _loose(kid)))
    return tuple(items)


def _term(frame: Frame) -> Iterable[Kid]:
    return (Term(inlines_of(frame.blocks())),)


def inlines_of(blocks: Iterable[Block]) -> tuple[Inline, ...]:
    """Return the inline nodes of ``blocks``, a line break between one block and the next."""
    joined: list[Inline] = []
    for block in blocks:
        nodes = _inlines(block)
        joined += (*([LineBreak()] if joined and nodes else ()), *nodes)
    return tuple(joined)


def _inlines(block: Block) -> tuple[Inline, ...]:
    """Return what is in ``block`` as inline nodes; blocks within lose all but their lines."""
    match block:
        case Paragraph(children=children) | Heading(children=children):
            return children
        case PageBreak():
            return (block,)
        case CodeBlock(text=text):
            return (Text(text),)
        case _:
            return inlines_of(map(_as_paragraph, _leaves(block)))


def _leaves(block: Block) -> Iterator[tuple[Inline, ...]]:
    """Yield the inline nodes in ``block``, those of each paragraph or cell together."""
    line: list[Inline] = []
    for node in walk([block]):
        if isinstance(node, _LEAVES):
            line.append(node)
        elif not isinstance(node, Styled | Link | Reference):
            yield tuple(line)
            line = [Text(node.text)] if isinstance(node, CodeBlock) else []
    yield tuple(line)


def _as_paragraph(nodes: tuple[Inline, ...]) -> Paragraph:
    return Paragraph(nodes)


def _details(frame: Frame) -> Iterable[Kid]:
    return (Details(frame.blocks()),)


def _caption(frame: Frame) -> Iterable[Kid]:
    blocks = frame.blocks()
    return (Caption(blocks),) if blocks else ()


def _table(frame: Frame) -> Iterable[Kid]:
    """Return the table. What stands between its rows belongs to the cell before it."""
    rows: list[Row] = []
    early: tuple[Block, ...] = ()
    caption: tuple[Inline, ...] = ()
    for kid in frame.kids:
        if isinstance(kid, Row):
            rows += [kid] if kid.cells else []
        elif isinstance(kid, Caption):
            caption += inlines_of(kid.children)
        elif rows:
            rows[-1] = Row(_with_last(rows[-1].cells, _loose(kid)))
        else:
            early += _loose(kid)
    table = Table(fitted(rows), caption=caption, prov=frame.prov)
    return (*early, table) if rows else (*early, *_paragraph(list(caption), frame.prov))


def _row(frame: Frame) -> Iterable[Kid]:
    cells: tuple[Cell, ...] = ()
    for kid in frame.kids:
        if isinstance(kid, Cell):
            cells += (kid,)
        else:
            cells = _with_last(cells, _loose(kid))
    return (Row(cells),)


def _with_last(cells: tuple[Cell, ...], blocks: tuple[Block, ...]) -> tuple[Cell, ...]:
    if not cells:
        return (Cell(blocks),)
    return (*cells[:-1], replace(cells[-1], children=cells[-1].children + blocks))


def _cell(frame: Frame) -> Iterable[Kid]:
    cell = Cell(
        frame.blocks(),
        header=frame.element.tag == "th",
        colspan=min(max(frame.attribute("colspan", 1), 1), _MOST),
        rowspan=min(max(frame.attribute("rowspan", 1), 1), _MOST),
    )
    return (cell,)


def _figure(frame: Frame) -> Iterable[Kid]:
    """Return a figure if it shows one picture, a table with its caption, else what is in it."""
    captions = [kid for kid in frame.kids if isinstance(kid, Caption)]
    caption = tuple(block for kid in captions for block in kid.children)
    frame.kids = [kid for kid in frame.kids if not isinstance(kid, Caption)]
    blocks = frame.blocks()
    if len(blocks) == 1 and (image := _picture(blocks[0])):
        return (Figure(image, caption, prov=frame.prov),)
    if len(blocks) == 1 and isinstance(blocks[0], Table) and not blocks[0].caption:
        return (replace(blocks[0], caption=inlines_of(caption)),)
    return (*blocks, *caption)


def _picture(block: Block) -> Image | None:
    match block:
        case Paragraph(children=(Image() as image,)):
            return image
        case Paragraph(children=(Link(children=(Image() as image,)),)):
            return image
        case _:
            return None


def _preformatted(frame: Frame) -> Iterable[Kid]:
    """Return code as it is; verse, and what calls notes or shows pictures, line by line."""
    blocks = frame.blocks()
    rich = any(isinstance(node, NoteRef | PageBreak | Image) for node in walk(blocks))
    if rich or "wp-block-verse" in classes(frame.element):
        return (LineBlock(tuple(_lines(blocks)), prov=frame.prov),) if blocks else ()
    text = "\n".join(map(_raw, blocks)).removeprefix("\n").rstrip()
    return (CodeBlock(text, _language(frame.element), prov=frame.prov),) if text.strip() else ()


def _raw(block: Block) -> str:
    nodes = _inlines(block)
    return "".join("\n" if isinstance(node, LineBreak) else text_of(node) for node in walk(nodes))


def _language(element: Element) -> str:
    for each in (element, *element.iterchildren("code")):
        for name in classes(each):
            if name.startswith(("language-", "lang-")):
                return name.partition("-")[2]
    return ""


def _lines(blocks: Iterable[Block]) -> Iterable[tuple[Inline, ...]]:
    for block in blocks:
        line: list[Inline] = []
        for node in _inlines(block):
            if not isinstance(node, Text):
                line.append(node)
                continue
            first, *others = node.text.split("\n")
            line += [Text(first)] if first else []
            for text in others:
                yield tuple(line)
                line = [Text(text)] if text else []
        if line:
            yield tuple(line)


def _rule(frame: Frame) -> Iterable[Kid]:
    return (Rule(prov=frame.prov), *frame.blocks())


FRAMES: Final[Mapping[str, Callable[[Frame], Iterable[Kid]]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), _list),
    **dict.fromkeys(("td", "th"), _cell),
    **dict.fromkeys(("caption", "figcaption"), _caption),
    "blockquote": _quote,
    "li": _item,
    "dl": _definition_list,
    "dt": _term,
    "dd": _details,
    "table": _table,
    "tr": _row,
    "figure": _figure,
    "pre": _preformatted,
    "hr": _rule,
}
