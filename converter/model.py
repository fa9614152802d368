"""The document model: all that readers make and writers print, in one file.

Every node is a frozen value whose children are tuples; a changed document is a new one
(``msgspec.structs.replace``). Inline and block nodes form the two closed unions ``Inline`` and
``Block``. Notes and comments do not sit where they are called or nested: a document holds them
in flat tuples, and ``NoteRef.note`` and ``Comment.parent`` name them by id. A note can so be
called twice, from a title or from another note, and a thread can be of any depth.

``to_json`` and ``from_json`` are the model's form on disk, ``json_schema`` its contract, published
beside this file by ``python -m converter.model``.
"""

from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

import msgspec

VERSION: Final = 1
SCHEMA_FILE: Final = Path(__file__).with_name("model.schema.json")

_CERTAIN: Final = 1.0
_DIVISION: Final = "section"
_REPLY: Final = "comment"


class Prov(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False):
    """Where a node came from. Absent on what was generated. See https://www.w3.org/TR/prov-dm/.

    Text sources give lines and columns (both count from 1, ``end_line`` is the last line and
    included), marked-up sources the id or path of an element.
    """

    source: str
    line: int | None = None
    end_line: int | None = None
    column: int | None = None
    element: str | None = None

    def __str__(self) -> str:
        where = self.line if self.line is not None else self.element
        return self.source if where is None else f"{self.source}:{where}"


class Node(
    msgspec.Struct,
    frozen=True,
    tag_field="type",
    tag=str.lower,
    omit_defaults=True,
    forbid_unknown_fields=True,
    gc=False,
):
    """What all nodes share: immutable, tagged in JSON with the name of their class."""


def _settle(node: Node, name: str, default: object) -> None:
    """Make a field that equals its default be the default.

    msgspec leaves out what is the default, and not what equals it: a word or number that was
    computed would stand in the JSON of one book and be left out of that of its equal.
    """
    if getattr(node, name) == default:
        msgspec.structs.force_setattr(node, name, default)


# ------------------------------------------------------------------ inline nodes


class Text(Node, frozen=True):
    text: str


class Emphasis(Node, frozen=True):
    children: tuple["Inline", ...]


class Strong(Node, frozen=True):
    children: tuple["Inline", ...]


class SmallCaps(Node, frozen=True):
    children: tuple["Inline", ...]


class Superscript(Node, frozen=True):
    children: tuple["Inline", ...]


class Subscript(Node, frozen=True):
    children: tuple["Inline", ...]


class Strikeout(Node, frozen=True):
    children: tuple["Inline", ...]


class Underline(Node, frozen=True):
    children: tuple["Inline", ...]


class Code(Node, frozen=True):
    text: str


class Math(Node, frozen=True):
    """TeX source. ``display`` sets it on lines of its own."""

    text: str
    display: bool = False


class LineBreak(Node, frozen=True):
    pass


class Name(Node, frozen=True):
    """A marked name or term: TEI ``persName``, ``placeName``, ``gloss``. ``key`` identifies it."""

    children: tuple["Inline", ...]
    kind: Literal["person", "place", "organization", "term"]
    key: str = ""


class Link(Node, frozen=True):
    """A link out of the book. ``href`` is an absolute URL."""

    children: tuple["Inline", ...]
    href: str


class Reference(Node, frozen=True):
    """A link inside the book: to a document by its id, or to a note or source page in it."""

    children: tuple["Inline", ...]
    document: str
    note: str = ""
    page: str = ""


class Image(Node, frozen=True):
    """The place of a picture. ``src`` names one of ``Document.pictures``.

    ``alt`` is its text alternative, and all that can be shown where the document does not hold
    the picture; ``src`` is then what the source says.
    """

    src: str
    alt: str = ""
    prov: Prov | None = None


class NoteRef(Node, frozen=True):
    """The place in the text where a note is called.

    ``confidence`` is 1.0 where the source says so, and less where a reader inferred the link.
    """

    note: str
    confidence: float = _CERTAIN
    prov: Prov | None = None

    def __post_init__(self) -> None:
        _settle(self, "confidence", _CERTAIN)


class CommentRef(Node, frozen=True):
    """The place in the text that a comment of kind ``review`` speaks of."""

    comment: str
    prov: Prov | None = None


class PageBreak(Node, frozen=True):
    """The start of page ``label`` of the printed source. Stands among inlines and blocks alike."""

    label: str
    prov: Prov | None = None


Inline: TypeAlias = (
    Text
    | Emphasis
    | Strong
    | SmallCaps
    | Superscript
    | Subscript
    | Strikeout
    | Underline
    | Code
    | Math
    | LineBreak
    | Name
    | Link
    | Reference
    | Image
    | NoteRef
    | CommentRef
    | PageBreak
)

# What only says how its children look or what they are, wherever they stand.
Styled: TypeAlias = (
    Emphasis | Strong | SmallCaps | Superscript | Subscript | Strikeout | Underline | Name
)


# ------------------------------------------------------------------- block nodes

ParagraphRole: TypeAlias = Literal[
    "", "source", "dateline", "salute", "signed", "closer", "byline", "argument", "postscript"
]


class Paragraph(Node, frozen=True):
    """``role`` names the paragraphs that letters set apart, after the TEI elements."""

    children: tuple[Inline, ...]
    role: ParagraphRole = ""
    prov: Prov | None = None


class Heading(Node, frozen=True):
    """A heading inside a document; the document's own title is no heading. ``level`` from 1."""

    children: tuple[Inline, ...]
    level: int = 1
    prov: Prov | None = None


class Section(Node, frozen=True):
    """A division with its heading: TEI ``div`` with ``head``, or an attachment to a document."""

    children: tuple["Block", ...]
    heading: Heading | None = None
    kind: Literal["section", "attachment"] = _DIVISION
    prov: Prov | None = None

    def __post_init__(self) -> None:
        _settle(self, "kind", _DIVISION)


class ListItem(Node, frozen=True):
    """``marker`` is what the source printed in place of the number that the order gives."""

    children: tuple["Block", ...]
    marker: str = ""
    prov: Prov | None = None


class List(Node, frozen=True):
    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    prov: Prov | None = None


class Definition(Node, frozen=True):
    term: tuple[Inline, ...]
    children: tuple["Block", ...]


class DefinitionList(Node, frozen=True):
    items: tuple[Definition, ...]
    prov: Prov | None = None


class Quote(Node, frozen=True):
    children: tuple["Block", ...]
    prov: Prov | None = None


class LineBlock(Node, frozen=True):
    """Verse, addresses and the like: every line is kept as a line."""

    lines: tuple[tuple[Inline, ...], ...]
    prov: Prov | None = None


class CodeBlock(Node, frozen=True):
    text: str
    language: str = ""
    prov: Prov | None = None


class Cell(Node, frozen=True):
    children: tuple["Block", ...]
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


class Row(Node, frozen=True):
    cells: tuple[Cell, ...]


class Table(Node, frozen=True):
    rows: tuple[Row, ...]
    caption: tuple[Inline, ...] = ()
    prov: Prov | None = None


class Figure(Node, frozen=True):
    image: Image
    caption: tuple["Block", ...] = ()
    prov: Prov | None = None


class Rule(Node, frozen=True):
    """A break between two thoughts: a line or ornament."""

    prov: Prov | None = None


Block: TypeAlias = (
    Paragraph
    | Heading
    | Section
    | List
    | DefinitionList
    | Quote
    | LineBlock
    | CodeBlock
    | Table
    | Figure
    | Rule
    | PageBreak
)


# ------------------------------------------------------- notes, comments, documents


class Note(Node, frozen=True):
    """A footnote or endnote. ``label`` is the mark the source printed: 1, 19, 17a, *, †."""

    id: str
    label: str
    children: tuple[Block, ...]
    prov: Prov | None = None


class Comment(Node, frozen=True):
    """One comment of a thread. The thread is a flat tuple in printed order.

    ``parent`` is the id of an earlier comment, or None at top level. ``depth`` is the printed
    depth, from 1. An ``orphan`` answers a comment that the source does not hold: its ``parent``
    is None though its ``depth`` may be more than 1. ``date`` is ISO 8601 where the source can
    be read so, otherwise as printed. A ``review`` was made on a draft, at the place of its
    ``CommentRef``. ``prov`` covers the comment's own text, not its replies.
    """

    id: str
    children: tuple[Block, ...]
    parent: str | None = None
    depth: int = 1
    orphan: bool = False
    kind: Literal["comment", "pingback", "trackback", "review"] = _REPLY
    author: str | None = None
    date: str | None = None
    likes: int | None = None
    url: str | None = None
    prov: Prov | None = None

    def __post_init__(self) -> None:
        _settle(self, "kind", _REPLY)


class Picture(Node, frozen=True):
    """What an ``Image`` shows: PNG, JPEG, GIF, WebP, or SVG that neither acts nor reaches out.

    ``name`` is made of what is in it (``image-0123456789abcdef.png``): the same is one picture
    wherever it is. ``data`` is the file, in JSON as base64.
    """

    name: str
    media_type: str
    data: bytes


class Document(Node, frozen=True):
    """One document and its apparatus.

    ``front`` is what the source prints above the title (a file number, the kind of message).
    ``declared_comments`` is the number of comments that the source claims to have.
    ``collection`` is the title of the volume or site that the document belongs to, ``part`` the
    titles of its divisions around the document, outermost first. ``url`` is where it was published.
    Ids of notes and comments are unique within the document.
    """

    id: str
    title: tuple[Inline, ...] = ()
    number: str = ""
    subject: tuple[Inline, ...] = ()
    front: tuple[Block, ...] = ()
    children: tuple[Block, ...] = ()
    notes: tuple[Note, ...] = ()
    comments: tuple[Comment, ...] = ()
    pictures: tuple[Picture, ...] = ()
    declared_comments: int | None = None
    language: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    tags: tuple[str, ...] = ()
    collection: str = ""
    part: tuple[str, ...] = ()
    url: str = ""
    source: str = ""


class Part(Node, frozen=True):
    """Documents under a heading of their own. ``title`` is empty for a book without parts.

    Parts are flat: one of ``level`` 2 is a chapter of the last part of level 1 before it, and one
    without a title leads back from a chapter to what surrounds it. A part may have no documents
    of its own.
    """

    documents: tuple[Document, ...]
    title: str = ""
    level: int = 1

    @property
    def depth(self) -> int:
        """How many headings of parts stand above its documents."""
        return self.level if self.title else self.level - 1


class Book(Node, frozen=True):
    """Documents bound together; a document of its own is a book of one.

    Document ids are unique within the book. ``date`` is that of publication, ``modified`` that
    of the newest source, both ISO 8601. ``identifier`` is a URI that stays the same as long as
    the content does, or the one that the user gave.
    """

    title: str
    parts: tuple[Part, ...]
    language: str = ""
    authors: tuple[str, ...] = ()
    rights: str = ""
    date: str = ""
    modified: str = ""
    identifier: str = ""

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents in reading order."""
        return tuple(document for part in self.parts for document in part.documents)


AnyNode: TypeAlias = (
    Inline | Block | ListItem | Definition | Row | Cell | Note | Comment | Document | Part | Book
)


# ------------------------------------------------------------------ the JSON form


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The outermost object of the JSON form."""

    version: Literal[1]
    book: Book


def to_json(book: Book) -> bytes:
    """Return ``book`` as JSON, in UTF-8, the same bytes for equal books."""
    return msgspec.json.encode(_File(VERSION, book))


def from_json(data: bytes) -> Book:
    """Return the book that ``to_json`` wrote. Raises msgspec.ValidationError with the place."""
    return msgspec.json.decode(data, type=_File).book


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the JSON form."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **msgspec.json.schema(_File),
    }
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(schema))
    return plain


if __name__ == "__main__":
    SCHEMA_FILE.write_bytes(msgspec.json.format(msgspec.json.encode(json_schema())) + b"\n")
