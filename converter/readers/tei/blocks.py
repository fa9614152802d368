"""Elements that stand by themselves, to blocks: a function for each name.

Paragraphs of TEI may hold lists, tables and quotations, those of the model may not: such a
paragraph becomes several blocks, in the order of the text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Literal, TypeAlias

from msgspec.structs import replace

from converter.model import (
    Block,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    Inline,
    LineBlock,
    List,
    ListItem,
    NoteRef,
    PageBreak,
    Paragraph,
    ParagraphRole,
    Prov,
    Quote,
    Row,
    Section,
    Table,
    Text,
)
from converter.readers.tei.context import Context
from converter.readers.tei.elements import (
    Element,
    Part,
    content,
    in_line,
    is_call,
    is_div,
    is_wording,
    name_of,
    plain,
    running,
    split_heading,
)
from converter.readers.tei.inlines import INLINES, described_by, read_image, read_inlines
from converter.spans import fitted
from converter.walk import plain_text, walk

Read: TypeAlias = Callable[[Element, Context], Iterable[Block]]

# Elements that are blocks where they hold one, and words otherwise.
_EITHER: Final = (
    *("add", "app", "cit", "corr", "damage", "lem", "mod", "noteGrp", "q", "quote", "rdg"),
    *("rdgGrp", "restore", "said", "secl", "seg", "subst", "supplied", "surplus", "unclear"),
)
_QUOTED: Final = ("cit", "q", "quote", "said")
# What holds paragraphs: a quotation that stands there is one more.
_HOLDERS: Final = ("attachment", "back", "body", "epigraph", "front", "postscript", "text")
# Such as 1. and (a) and IV. and § 3 and Article 2. and 3d: and 5 [sic].
_ENUMERATOR: Final = re.compile(
    r"\W*(?:(?:no|art|article|sec|section|chapter)\W+)?(?:\d+(?:st|nd|rd|th|d)?|[ivxlc]+|[a-z])"
    r"\W*(?:sic\W*)?",
    re.IGNORECASE,
)
_ORDERED: Final = {"ordered", "numbered"}
_WIDEST: Final = 1000
_LINES: Final = ("l", "addrLine", "head")
# fmt: off
# They set their content apart, and have no look of their own in the model.
_PLAIN: Final = (
    "ab", "back", "body", "castItem", "cell", "docEdition", "docImprint", "docTitle", "epigraph",
    "epilogue", "figDesc", "floatingText", "front", "group", "imprimatur", "item", "opener",
    "org", "p", "performance", "person", "personGrp", "place", "prologue", "row", "set", "sp",
    "speaker", "spGrp", "stage", "standOff", "text", "titlePage", "titlePart", "trailer",
)
# fmt: on


def read_blocks(element: Element, context: Context, role: ParagraphRole = "") -> tuple[Block, ...]:
    """Return what is in ``element`` as blocks, loose words as paragraphs in ``role``."""
    return read_parts(content(element), context, context.prov(element), role)


def read_parts(
    parts: Iterable[Part], context: Context, prov: Prov, role: ParagraphRole = ""
) -> tuple[Block, ...]:
    """Return ``parts`` as blocks. Words between blocks become paragraphs in ``role``.

    Calls of notes that stand alone join the paragraph before them.
    """
    blocks: list[Block] = []
    loose: list[Part] = []
    for part in parts:
        if isinstance(part, str) or not _is_block(part):
            loose.append(part)
            continue
        _append(blocks, _paragraph(loose, context, prov, role))
        loose = []
        blocks += BLOCKS.get(name_of(part), _unknown)(part, context)
    _append(blocks, _paragraph(loose, context, prov, role))
    return tuple(blocks)


def _is_block(element: Element) -> bool:
    name = name_of(element)
    if name == "note":
        return not is_call(element) and _is_block_note(element)
    if name == "quote" and "block" in element.get("rend", ""):
        return True
    if name in _QUOTED and _is_apart(element):
        return True
    if name == "address":
        return any(name_of(child) == "addrLine" for child in element)
    if name in _EITHER or not (name in BLOCKS or name in INLINES):
        return any(map(_is_block, element))
    return name in BLOCKS


def _is_apart(element: Element) -> bool:
    above = element.getparent()
    return above is not None and (is_div(above) or name_of(above) in _HOLDERS)


def _is_block_note(note: Element) -> bool:
    return not in_line(note) or any(map(_is_block, note))


def _paragraph(
    parts: Iterable[Part], context: Context, prov: Prov, role: ParagraphRole
) -> tuple[Paragraph | PageBreak, ...]:
    """Return ``parts`` as a paragraph, page breaks alone as such, white space as nothing."""
    inlines = read_inlines(parts, context)
    breaks = tuple(node for node in inlines if isinstance(node, PageBreak))
    return breaks if len(breaks) == len(inlines) else (Paragraph(inlines, role, prov),)


def _append(blocks: list[Block], added: Sequence[Paragraph | PageBreak]) -> None:
    match blocks[-1:], added:
        case [Paragraph() as last], [Paragraph(children=kids)] if _is_calls(kids):
            blocks[-1] = replace(last, children=(*last.children, *kids))
        case _:
            blocks += added


def _is_calls(nodes: Iterable[Inline]) -> bool:
    return all(isinstance(node, NoteRef) or node == Text(" ") for node in nodes)


def _unknown(element: Element, context: Context) -> Iterable[Block]:
    context.unknown(element)
    return read_blocks(element, context)


def _blocks(element: Element, context: Context) -> Iterable[Block]:
    return read_blocks(element, context)


def _in_role(role: ParagraphRole) -> Read:
    def read(element: Element, context: Context) -> Iterable[Block]:
        return with_role(read_blocks(element, context, role), role)

    return read


def with_role(blocks: Iterable[Block], role: ParagraphRole) -> tuple[Block, ...]:
    """Return ``blocks``, the paragraphs among them that have no role in ``role``."""
    return tuple(
        replace(block, role=role) if isinstance(block, Paragraph) and not block.role else block
        for block in blocks
    )


def _note(element: Element, context: Context) -> Iterable[Block]:
    role: ParagraphRole = "source" if element.get("type") == "source" else ""
    return with_role(read_blocks(element, context, role), role)


def _heading(element: Element, context: Context) -> Iterable[Block]:
    inlines = read_inlines(content(element), context)
    return (Heading(inlines, prov=context.prov(element)),) if inlines else ()


def _section(kind: Literal["section", "attachment"]) -> Read:
    """Return what reads divisions; what is above their heading comes before the section."""

    def read(element: Element, context: Context) -> Iterable[Block]:
        prov = context.prov(element)
        before, head, after = split_heading(tuple(content(element)))
        above = read_parts(before, context, prov)
        inlines = read_inlines(content(head), context) if head is not None else ()
        heading = Heading(inlines, prov=prov) if inlines else None
        return (*above, Section(read_parts(after, context, prov), heading, kind, prov))

    return read


def _quote(element: Element, context: Context) -> Iterable[Block]:
    return (Quote(read_blocks(element, context), context.prov(element)),)


def _citation(element: Element, context: Context) -> Iterable[Block]:
    """Yield what is in ``element``; apart from sentences, a paragraph for each thing."""
    if not _is_apart(element):
        yield from read_blocks(element, context)
        return
    for part in content(element):
        if isinstance(part, str) or name_of(part) != "quote":
            yield from read_parts((part,), context, context.prov(element))
        else:
            yield from _quote(part, context)


def _code(element: Element, context: Context) -> Iterable[Block]:
    if len(element):
        return read_blocks(element, context)
    return (CodeBlock(element.text or "", element.get("lang", ""), context.prov(element)),)


# ------------------------------------------------------------------- lists


def _list(element: Element, context: Context) -> Iterable[Block]:
    labels = [child for child in element if name_of(child) == "label"]
    marks = sum(bool(_ENUMERATOR.fullmatch(plain(label))) for label in labels)
    terms = element.get("type") == "gloss" or marks * 2 < len(labels)
    yield from _heads(element, context)
    yield from (_definitions if labels and terms else _items)(element, context)


def _heads(element: Element, context: Context) -> Iterable[Block]:
    for child in element:
        if name_of(child) == "head":
            yield from _heading(child, context)


def _members(
    element: Element, context: Context, *names: str
) -> Iterator[tuple[tuple[Block, ...], Element | None]]:
    """Yield the children of ``element`` of these names, each with what stands before it.

    At the end comes what stands behind the last, with None. The headings of lists and tables
    are left out: those are read elsewhere.
    """
    headed = name_of(element) != "row"
    between: list[Part] = []
    for part in content(element):
        if not isinstance(part, str) and name_of(part) in names:
            yield read_parts(between, context, context.prov(element)), part
            between = []
        elif isinstance(part, str) or name_of(part) != "head" or not headed:
            between.append(part)
    yield read_parts(between, context, context.prov(element)), None


def _items(element: Element, context: Context) -> Iterable[Block]:
    """Yield a list whose labels are the markers of its items.

    What stands above a label closes the item before it, what stands below opens its own.
    """
    items: list[ListItem] = []
    label: Element | None = None
    leading: tuple[Block, ...] = ()
    for before, member in _members(element, context, "item", "label"):
        leading += before
        if label is not None and (member is None or name_of(member) == "label"):
            items.append(_item(label, None, leading, context))
            label, leading = None, ()
        if member is None:
            break
        if name_of(member) == "item":
            items.append(_item(label, member, leading, context))
            label = None
        else:
            yield from () if items else leading
            items[-1:] = (_closed(item, leading) for item in items[-1:])
            label = member
        leading = ()
    if items:
        ordered = element.get("type") in _ORDERED or element.get("rend") in _ORDERED
        yield List(tuple(items), ordered=ordered, prov=context.prov(element))
    yield from leading


def _item(
    label: Element | None, item: Element | None, leading: tuple[Block, ...], context: Context
) -> ListItem:
    """Return an item with what ``leading`` stands between its label and its text."""
    marker, place = "", item
    if label is not None:
        marker, opening = _marker(label, context)
        leading = (*opening, *leading)
        place = label if item is None else item
    blocks = read_blocks(item, context) if item is not None else ()
    prov = context.prov(place) if place is not None else None
    return ListItem(_joined(leading, blocks), marker, prov)


def _marker(label: Element, context: Context) -> tuple[str, tuple[Block, ...]]:
    """Return the marker that ``label`` is, and what of it belongs into the item."""
    inlines = read_inlines(content(label), context)
    marks = tuple(node for node in walk(inlines) if isinstance(node, NoteRef | PageBreak))
    if not is_wording(label, marks=True):
        return "", (Paragraph(inlines),) if inlines else ()
    context.keep(running(label))
    return plain_text(inlines), (Paragraph(marks),) if marks else ()


def _closed(item: ListItem, trailing: tuple[Block, ...]) -> ListItem:
    """Return ``item`` with ``trailing`` at its end, marks at the end of its last paragraph."""
    marks = _marks(trailing)
    match item.children:
        case (*others, Paragraph(children=kids) as last) if marks is not None:
            return replace(item, children=(*others, replace(last, children=(*kids, *marks))))
        case blocks:
            return replace(item, children=(*blocks, *trailing))


def _definitions(element: Element, context: Context) -> Iterable[Block]:
    """Yield a list whose labels are terms, each defined by the items below it."""
    entries: list[Definition] = []
    leading: tuple[Block, ...] = ()
    for before, member in _members(element, context, "item", "label"):
        leading += before
        if member is None:
            break
        if name_of(member) == "label":
            marks = _marks(leading)
            leading = leading if marks is None else ()
            term = (*(marks or ()), *read_inlines(content(member), context))
            entries.append(Definition(term, ()))
            continue
        children = _joined(leading, read_blocks(member, context))
        leading = ()
        last = entries.pop() if entries else Definition((), ())
        entries.append(replace(last, children=(*last.children, *children)))
    yield DefinitionList(tuple(entries), context.prov(element))
    yield from leading


def _joined(leading: tuple[Block, ...], blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return ``blocks`` behind ``leading``; marks of pages and notes open their first paragraph."""
    marks = _marks(leading)
    match blocks:
        case (Paragraph(children=kids) as first, *others) if marks is not None:
            return (replace(first, children=(*marks, *kids)), *others)
        case _:
            return (*leading, *blocks)


def _marks(blocks: Iterable[Block]) -> tuple[Inline, ...] | None:
    """Return the page breaks and calls that ``blocks`` are, None if they are more than that."""
    marks: list[Inline] = []
    for block in blocks:
        nodes = block.children if isinstance(block, Paragraph) else (block,)
        for node in nodes:
            if not isinstance(node, NoteRef | PageBreak):
                return None
            marks.append(node)
    return tuple(marks)


def _statements(element: Element, context: Context) -> tuple[Block, ...]:
    """Return a paragraph for each thing that is said of a person or place."""
    prov = context.prov(element)
    return tuple(block for part in content(element) for block in read_parts((part,), context, prov))


def _entries(
    *names: str, read_entry: Callable[[Element, Context], tuple[Block, ...]] = read_blocks
) -> Read:
    """Return what reads lists whose items are called by one of ``names``."""

    def read(element: Element, context: Context) -> Iterable[Block]:
        yield from _heads(element, context)
        items: list[ListItem] = []
        leading: tuple[Block, ...] = ()
        for before, member in _members(element, context, *names):
            leading += before
            if member is not None:
                children = _joined(leading, read_entry(member, context))
                items.append(ListItem(children, prov=context.prov(member)))
                leading = ()
        if items:
            yield List(tuple(items), prov=context.prov(element))
        yield from leading

    return read


# ------------------------------------------------ tables, verse, pictures


def _table(element: Element, context: Context) -> Iterable[Block]:
    """Yield a table; what stands between rows goes into the next cell, or behind the table."""
    caption = _caption(element, context)
    rows: list[Row] = []
    leading: tuple[Block, ...] = ()
    for before, row in _members(element, context, "row"):
        leading += before
        if row is None:
            break
        cells: list[Cell] = []
        for between, cell in _members(row, context, "cell"):
            leading += between
            if cell is not None:
                cells.append(_cell(cell, row, leading, context))
                leading = ()
        rows.append(Row(tuple(cells)))
    yield Table(fitted(rows), caption, context.prov(element))
    yield from leading


def _caption(element: Element, context: Context) -> tuple[Inline, ...]:
    heads = [child for child in element if name_of(child) == "head"]
    parts = [part for head in heads for part in (*content(head), " ")]
    return read_inlines(parts, context)


def _cell(cell: Element, row: Element, leading: tuple[Block, ...], context: Context) -> Cell:
    return Cell(
        _joined(leading, read_blocks(cell, context)),
        header="label" in (cell.get("role"), row.get("role")),
        colspan=_span(cell.get("cols", "")),
        rowspan=_span(cell.get("rows", "")),
    )


def _span(number: str) -> int:
    return max(1, min(int(number), _WIDEST)) if number.isdecimal() else 1


def _verse(element: Element, context: Context) -> Iterable[Block]:
    return (LineBlock(tuple(_lines(element, context)), context.prov(element)),)


def _lines(element: Element, context: Context) -> Iterator[tuple[Inline, ...]]:
    """Yield the lines of a stanza and of those in it; marks between lines open the next one."""
    between: list[Part] = []
    for part in _verses(element):
        if isinstance(part, str) or name_of(part) not in _LINES:
            between.append(part)
        else:
            yield read_inlines((*between, *content(part)), context)
            between = []
    if rest := read_inlines(between, context):
        yield rest


def _verses(element: Element) -> Iterator[Part]:
    for part in content(element):
        if isinstance(part, str) or name_of(part) != "lg":
            yield part
        else:
            yield from _verses(part)


def _line(element: Element, context: Context) -> Iterable[Block]:
    return (LineBlock((read_inlines(content(element), context),), context.prov(element)),)


def _figure(element: Element, context: Context) -> Iterable[Block]:
    """Yield a figure for each picture; the words below are the caption of the last.

    The description of the figure is the text alternative of its first picture.
    """
    pictures = [child for child in element if name_of(child) == "graphic"]
    if not pictures:
        yield from read_blocks(element, context)
        return
    own = [described_by(picture, "desc") for picture in pictures]
    if own[0] is None:
        own[0] = described_by(element, "figDesc")
    images = [read_image(*pair, context) for pair in zip(pictures, own, strict=True)]
    caption = _figure_caption(element, own, context)
    prov = context.prov(element)
    yield from (Figure(image, prov=prov) for image in images[:-1])
    yield Figure(images[-1], caption, prov)


def _figure_caption(
    element: Element, used: Iterable[Element | None], context: Context
) -> tuple[Block, ...]:
    """Return what is in a figure and its pictures, without the descriptions already used."""
    descriptions = {each for each in used if each is not None}
    words: list[Part] = []
    for part in content(element):
        inside = not isinstance(part, str) and name_of(part) == "graphic"
        words += content(part) if inside and not isinstance(part, str) else (part,)
    words = [part for part in words if isinstance(part, str) or part not in descriptions]
    blocks = read_parts(words, context, context.prov(element))
    return tuple(_as_paragraph(block) for block in blocks)


def _as_paragraph(block: Block) -> Block:
    """Return a heading as a paragraph: a caption is no section."""
    return Paragraph(block.children, prov=block.prov) if isinstance(block, Heading) else block


BLOCKS: Final[dict[str, Read]] = {
    "head": _heading,
    "note": _note,
    **dict.fromkeys(_EITHER, _blocks),
    "quote": _quote,
    "cit": _citation,
    "list": _list,
    "listBibl": _entries("bibl", "biblStruct", "biblFull"),
    "listPerson": _entries("person", "personGrp", "listPerson", read_entry=_statements),
    "listPlace": _entries("place", "listPlace", read_entry=_statements),
    "listOrg": _entries("org", "listOrg", read_entry=_statements),
    **dict.fromkeys(("castList", "castGroup"), _entries("castItem", "castGroup")),
    "table": _table,
    "lg": _verse,
    "l": _line,
    "address": _verse,
    "figure": _figure,
    "eg": _code,
    "egXML": _code,
    "attachment": _section("attachment"),
    **dict.fromkeys(("div", *(f"div{depth}" for depth in range(8))), _section("section")),
    "dateline": _in_role("dateline"),
    "salute": _in_role("salute"),
    "signed": _in_role("signed"),
    "closer": _in_role("closer"),
    "byline": _in_role("byline"),
    "argument": _in_role("argument"),
    "postscript": _in_role("postscript"),
    **dict.fromkeys(_PLAIN, _blocks),
}
