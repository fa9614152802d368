"""Which part of a document goes into which XHTML file of the package.

Decided from the model alone, by estimated sizes, before any markup is made: links across files
are then known when a file is rendered, and files can be written and forgotten one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple, assert_never

from msgspec.structs import replace

from converter.model import (
    AnyNode,
    Block,
    Book,
    Cell,
    Code,
    CodeBlock,
    Comment,
    Definition,
    DefinitionList,
    Document,
    Link,
    List,
    ListItem,
    Math,
    Note,
    NoteRef,
    PageBreak,
    Row,
    Section,
    Table,
    Text,
)
from converter.slug import slug
from converter.walk import Listing, as_one, walk
from converter.writers.thread import Entry, entries

# E-readers load a file whole and grow slow above some 300 kB. The estimate errs on the large
# side, so that the files themselves stay below.
LIMIT: Final = 290_000

_SKELETON: Final = 2_000
# Bytes of markup that each kind of node makes, in round numbers; measured on rendered files and
# rounded up.
_MARKUP: Final = {
    Text: 0,
    Comment: 750,
    Note: 250,
    NoteRef: 400,
    PageBreak: 200,
    **dict.fromkeys((Cell, Row, ListItem, Definition), 40),
}
_OTHER: Final = 70
# What of the node itself is written beside its markup.
_WRITTEN: Final[dict[type, Callable[[Any], str]]] = {
    **dict.fromkeys((Text, Code, Math, CodeBlock), attrgetter("text")),
    Comment: lambda comment: 2 * (comment.author or "") + (comment.url or ""),
    Link: attrgetter("href"),
}


class ContentFile(NamedTuple):
    """One XHTML file of a document, holding in this order head, blocks, notes and comments.

    The ``first`` file of a document has its head: what stands above the title, title, subject.
    As many sections as ``continues`` counts, one in the other, began in the file before; the
    innermost of them may be a list or table.
    """

    name: str
    document: Document
    first: bool
    blocks: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    entries: tuple[Entry, ...] = ()
    continues: int = 0

    def nodes(self) -> Iterator[AnyNode]:
        """Yield the outermost nodes in the order in which they are rendered."""
        if self.first:
            yield from _head(self.document)
        yield from self.blocks
        yield from self.notes
        yield from (entry.comment for entry in self.entries)


class _Piece(NamedTuple):
    """What no file boundary goes through, and the notes that are first called in it.

    A boundary is welcome where a piece ``starts`` something. ``around`` are the sections that
    boundaries go through, outermost first, and in them the list or table; the piece ``opens``
    the last if it is the first one in it: of a section the heading, without block or comment.
    """

    size: int
    notes: tuple[Note, ...]
    starts: bool
    block: Block | None = None
    entry: Entry | None = None
    around: tuple[Section | Listing, ...] = ()
    opens: bool = False


def book_files(book: Book) -> Iterator[tuple[Document, tuple[ContentFile, ...]]]:
    """Yield the documents of ``book`` in reading order, each with its files."""
    for position, document in enumerate(book.documents, start=1):
        name = ascii_slug(document.id) or "document"
        yield document, document_files(document, f"{position:04}-{name}")


def ascii_slug(text: str) -> str:
    """Return ``text`` as it may stand in file names and ids: other letters, some systems break."""
    return slug(text).encode("ascii", "ignore").decode().strip("-")


def document_files(document: Document, stem: str) -> tuple[ContentFile, ...]:
    """Return the files of ``document``: one, unless it is larger than ``LIMIT``.

    A larger one is cut between blocks, and its thread between comments at top level; a list or
    table that is larger by itself is cut between its items or rows. Within what hangs together
    and is too large all the same, the cut is where the limit is reached. A note goes with
    the text that first calls it, unless its file is full.
    """
    files: Iterable[ContentFile]
    if _size([document]) + _SKELETON <= LIMIT:
        thread = tuple(entries(document.comments))
        files = [ContentFile("", document, True, document.children, document.notes, thread)]
    else:
        files = _files_cut(document)
    return tuple(
        file._replace(
            name=f"{stem}-{position}.xhtml" if position > 1 else f"{stem}.xhtml",
            first=position == 1,
        )
        for position, file in enumerate(files, start=1)
    )


def _files_cut(document: Document) -> Iterator[ContentFile]:
    """Yield the files of a ``document`` that is too large for one."""
    text, comments = _pieces(document)
    order = {note.id: position for position, note in enumerate(document.notes)}
    for pack in (*_pack(text), *_pack(comments)):
        yield from _with_notes(document, pack, order)


def _head(document: Document) -> tuple[AnyNode, ...]:
    return (*document.front, *document.title, *document.subject)


def _pieces(document: Document) -> tuple[list[_Piece], list[_Piece]]:
    """Return the pieces of the text, the head with its first block, and those of the thread."""
    waiting = {note.id: note for note in document.notes}
    text = [_piece(_head(document), waiting), *_cut(document.children, waiting)]
    if len(text) > 1:
        text[:2] = [_together(*text[:2])]
    comments = [
        _piece([entry.comment], waiting)._replace(entry=entry, starts=entry.depth == 1)
        for entry in entries(document.comments)
    ]
    text[-1] = _with_uncalled(text[-1], waiting)
    return text, comments


def _cut(
    blocks: Iterable[Block], waiting: dict[str, Note], around: tuple[Section, ...] = ()
) -> Iterator[_Piece]:
    """Yield a piece for each block, those in it for what is too large for a file."""
    for block in blocks:
        if isinstance(block, Section) and _size([block]) > LIMIT - _SKELETON:
            within = (*around, block)
            heading = _piece(filter(None, [block.heading]), waiting)
            yield heading._replace(around=within, opens=True)
            yield from _cut(block.children, waiting, within)
        elif isinstance(block, Listing) and _size([block]) > LIMIT - _SKELETON:
            for position, part in enumerate(_parts(block)):
                piece = _piece([part], waiting)
                yield piece._replace(block=part, around=(*around, block), opens=not position)
        else:
            yield _piece([block], waiting)._replace(block=block, around=around)


def _parts(listing: Listing) -> Iterator[Listing]:
    """Yield ``listing`` item by item, the numbers going on, or row by row; at least one part."""
    match listing:
        case List(items=items, start=start):
            for number, item in enumerate(items, start):
                yield replace(listing, items=(item,), start=number)
        case DefinitionList(items=items):
            yield from (replace(listing, items=(item,)) for item in items)
        case Table(rows=rows):
            first, *others = [*_loose_rows(rows)] or [()]
            yield replace(listing, rows=first)
            yield from (replace(listing, rows=held, caption=()) for held in others)
        case _:
            assert_never(listing)


def _loose_rows(rows: Iterable[Row]) -> Iterator[tuple[Row, ...]]:
    """Yield ``rows`` one by one, together those that a cell spans."""
    held: list[Row] = []
    spanned = 0
    for row in rows:
        held.append(row)
        spanned = max(spanned, *(cell.rowspan for cell in row.cells), 1) - 1
        if not spanned:
            yield tuple(held)
            held = []
    if held:
        yield tuple(held)


def _together(head: _Piece, first: _Piece) -> _Piece:
    """Return the piece that has the head of a document, and its first block or section."""
    return first._replace(size=head.size + first.size, notes=(*head.notes, *first.notes))


def _piece(nodes: Iterable[AnyNode], waiting: dict[str, Note]) -> _Piece:
    """Return ``nodes`` as a piece with the notes they call, which wait no longer."""
    size = 0
    notes: list[Note] = []
    open_nodes = [iter(nodes)]
    while open_nodes:
        for node in walk(open_nodes.pop()):
            size += _cost(node)
            if isinstance(node, NoteRef) and (note := waiting.pop(node.note, None)):
                notes.append(note)
                open_nodes.append(iter([note]))
    return _Piece(size, tuple(notes), starts=True)


def _with_uncalled(piece: _Piece, waiting: dict[str, Note]) -> _Piece:
    """Return ``piece`` with the notes that nobody called."""
    size = piece.size + _size(waiting.values())
    return piece._replace(size=size, notes=(*piece.notes, *waiting.values()))


def _pack(pieces: Iterable[_Piece]) -> Iterator[list[_Piece]]:
    """Yield ``pieces`` in lists for a file each, cut where a piece starts something if possible."""
    limit = LIMIT - _SKELETON
    packed: list[_Piece] = []
    run: list[_Piece] = []
    packed_size = run_size = 0
    for piece in pieces:
        if piece.starts:
            packed.extend(run)
            packed_size += run_size
            run, run_size = [], 0
        if packed and packed_size + run_size + piece.size > limit:
            yield packed
            packed, packed_size = [], 0
        if run and run_size + piece.size > limit:
            yield run
            run, run_size = [], 0
        run.append(piece)
        run_size += piece.size
    if packed or run:
        yield [*packed, *run]


def _with_notes(
    document: Document, pieces: Sequence[_Piece], order: Mapping[str, int]
) -> Iterator[ContentFile]:
    """Yield the file of ``pieces`` with its notes in ``order``, or before them if they are many."""
    notes = sorted(
        (note for piece in pieces for note in piece.notes), key=lambda note: order[note.id]
    )
    thread = tuple(piece.entry for piece in pieces if piece.entry is not None)
    file = ContentFile(
        "",
        document,
        first=False,
        blocks=tuple(_blocks(pieces)),
        entries=thread,
        continues=len(pieces[0].around) - pieces[0].opens,
    )
    if sum(piece.size for piece in pieces) + _SKELETON <= LIMIT:
        yield file._replace(notes=tuple(notes))
        return
    yield file
    sizes = (_Piece(_size([note]), (note,), starts=True) for note in notes)
    for pack in _pack(sizes):
        yield ContentFile("", document, first=False, notes=tuple(n for p in pack for n in p.notes))


def _blocks(pieces: Iterable[_Piece], depth: int = 0) -> Iterator[Block]:
    """Yield the blocks of ``pieces`` in what is around them, from the one at ``depth`` on."""

    def container_of(piece: _Piece) -> int:
        return id(piece.around[depth]) if len(piece.around) > depth else 0

    for container, group in groupby(pieces, key=container_of):
        held = list(group)
        if not container:
            yield from (piece.block for piece in held if piece.block is not None)
            continue
        whole = held[0].around[depth]
        if not isinstance(whole, Section):
            yield as_one([piece.block for piece in held if isinstance(piece.block, Listing)])
            continue
        begins = held[0].opens and len(held[0].around) == depth + 1
        heading = whole.heading if begins else None
        yield replace(whole, heading=heading, children=tuple(_blocks(held[begins:], depth + 1)))


def _size(nodes: Iterable[AnyNode]) -> int:
    return sum(_cost(node) for node in walk(nodes))


def _cost(node: AnyNode) -> int:
    """Return about how many bytes ``node`` takes without its children."""
    markup = _MARKUP.get(type(node), _OTHER)
    written = _WRITTEN.get(type(node))
    return markup + _bytes(written(node)) if written else markup


def _bytes(text: str) -> int:
    """Return the length of ``text`` in UTF-8 with its escapes."""
    escapes = 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))
    return len(text.encode("utf-8", "surrogatepass")) + escapes
