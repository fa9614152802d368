"""Books of every shape that the model allows, for property tests: ``books``.

They are such as readers make: ids are unique, whatever is named is there, links do not nest,
neighbouring texts are one, and nothing holds what no file format could. Notes are called from
titles, cells, captions, comments and other notes; threads are wide, deep and have orphans.
"""

import struct
import zlib
from collections.abc import Callable
from random import Random
from typing import Any, Final, TypeVar

from hypothesis import strategies as st

from converter.model import (
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
from converter.pictures.kinds import picture_of
from converter.walk import joined, with_pictures

T = TypeVar("T")

WORDS = (
    *("Lamp", "oil", "is", "dear;", "17", "42a", "(see", "above)", "& <b>", "co-operate", "*star*"),
    *("_low_", "# hash", "1.", "a|b", "`tick`", "~", "[9]", "$5", "\\", "“quoted”", "—", "é", "ñ̃"),
    *("وصل السفير", "השגריר", "大使", "日記", "राजदूत", "👩‍👩‍👧", "\u00a0", "\u00ad", "\U0001d518"),
)
LABELS = ("1", "17a", "*", "†", "xiv", "[12]", "A&B", "3")
LANGUAGES = ("", "en", "fr-CA", "ar", "he", "zh", "sr-Latn")
DATES = ("", "1931", "1931-03", "1931-03-03", "2011-03-03T14:05:09", "2011-03-03T14:05:09+02:00")
ADDRESSES = (
    "https://example.org/",
    "https://example.org/a%20b?x=1&y=é#z",
    "mailto:ann@example.org",
)
TEX = ("x^2", r"\frac{a}{b} < 1 & c", r"\sum_{i=0}^n i")

NOTES = ("n1", "n2", "fn 3")
COMMENTS = ("c1", "c2", "c 3", "c4", "c5")
IDS = ("memo", "d19", "Ünïcode id", "7")
ROLES = ("source", "dateline", "salute", "signed", "closer", "byline", "argument", "postscript")


def _chunk(kind: bytes, data: bytes) -> bytes:
    """Return a piece of a PNG. See https://www.w3.org/TR/png-3/#5Chunk-layout."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(grey: int) -> bytes:
    """Return a picture of one pixel, as bright as ``grey`` says, from 0 to 255."""
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixel = _chunk(b"IDAT", zlib.compress(bytes((0, grey))))
    return b"\x89PNG\r\n\x1a\n" + header + pixel + _chunk(b"IEND", b"")


SQUARE: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)


def pictures() -> tuple[Picture, ...]:
    """Return pictures such as documents hold, of several kinds, named by what is in them."""
    made = (picture_of(content, "made") for content in (png(0), png(255), SQUARE))
    return tuple(each for each in made if isinstance(each, Picture))


PICTURES: Final = {picture.name: picture for picture in pictures()}
STYLES: Final = (Emphasis, Strong, SmallCaps, Superscript, Subscript, Strikeout, Underline)


class Maker:
    """Makes books by chance, the same ones of the same ``random``."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._notes: dict[str, tuple[str, ...]] = {}
        self._here = ""
        self._comments: tuple[str, ...] = ()

    def book(self) -> Book:
        names = self._some(IDS, 1)
        self._notes = {name: self._some(NOTES) for name in names}
        return Book(
            title=self.words(),
            parts=self._parts([self.document(name) for name in names]),
            language=self._one(LANGUAGES),
            authors=self._tuple(self.words, 0, 2),
            rights=self._one(("", "© the Lamp Board & heirs")),
            date=self._one(("", "1983", "1983-03-01")),
            modified=self._one(("", "1983-03-01T12:00:00Z")),
            identifier=self._one(("urn:uuid:8c1ab1c4-6a1a-4b0f-9d1e-2f6f4e7b8a90", "x:1")),
        )

    def _parts(self, waiting: list[Document]) -> tuple[Part, ...]:
        """Return documents in parts; each chapter follows a part that it belongs to."""
        parts: list[Part] = []
        while waiting:
            count = self._random.randint(1, len(waiting))
            held, waiting = tuple(waiting[:count]), waiting[count:]
            title = self._maybe(self.words, "")
            if title and self._random.random() < 0.4:
                parts += (Part((), title), Part(held, self.words(), 2))
            else:
                below = bool(parts and parts[0].title)
                parts.append(Part(held, title, self._random.randint(1, 1 + below)))
        return tuple(parts)

    def document(self, name: str) -> Document:
        self._here = name
        self._comments = COMMENTS[: self._random.randint(0, len(COMMENTS))]
        children = self._maybe(self.blocks, ())
        document = Document(
            name,
            title=self._maybe(self.inlines, ()),
            number=self._one(("", "17", "17a")),
            subject=self._maybe(self.inlines, ()),
            front=self._maybe(self.blocks, ()),
            children=children,
            notes=tuple(
                Note(note, self._one((*LABELS, "")), self._maybe(self.blocks, ()))
                for note in self._notes[name]
            ),
            comments=self._thread(),
            declared_comments=self._one((None, 0, 5, 30)),
            language=self._one(LANGUAGES),
            authors=self._tuple(self.words, 0, 2),
            date=self._one((*DATES, "in winter")),
            tags=self._tuple(self.words, 0, 2),
            collection=self._one(("", "Lamp Papers")),
            part=self._one(((), ("Oil",), ("Oil", "Prices, new & old"))),
            url=self._one(("", "https://example.org/post")),
            source=self._one(("", "letters/1.txt", "volume.xml#d1")),
        )
        return with_pictures(document, PICTURES.values())

    def _thread(self) -> tuple[Comment, ...]:
        """Return comments in an order as sources print them."""
        path: list[Comment] = []
        made: list[Comment] = []
        for name in self._comments:
            del path[self._random.randint(0, len(path)) :]
            parent = path[-1] if path else None
            depth = parent.depth + 1 if parent else self._random.randint(1, 3)
            path.append(self._comment(name, parent.id if parent else None, depth))
            made.append(path[-1])
        return tuple(made)

    def _comment(self, name: str, parent: str | None, depth: int) -> Comment:
        return Comment(
            name,
            self._maybe(self.blocks, ()),
            parent,
            depth,
            orphan=parent is None and depth > 1,
            kind=self._one(("comment", "comment", "pingback", "trackback", "review")),
            author=self._maybe(self.words, None),
            date=self._one((None, *DATES[1:], "yesterday at noon")),
            likes=self._one((None, 0, 1, 5_000)),
            url=self._one((None, "https://example.org/post#c1")),
        )

    # ---------------------------------------------------------------------- blocks

    def blocks(self, depth: int = 0) -> tuple[Block, ...]:
        return self._tuple(lambda: self._block(depth))

    def _block(self, depth: int) -> Block:
        leaves: tuple[Callable[[], Block], ...] = (
            lambda: Paragraph(self.inlines(), self._one(("", "", *ROLES))),
            lambda: Paragraph(self.inlines()),
            lambda: Heading(self.inlines(), self._random.randint(1, 7)),
            lambda: LineBlock(self._tuple(self.inlines)),
            lambda: CodeBlock(self.words(), self._one(("", "python", "c++"))),
            Rule,
            self._page,
        )
        containers: tuple[Callable[[], Block], ...] = (
            lambda: Quote(self.blocks(depth + 1)),
            lambda: self._section(depth + 1),
            lambda: List(self._items(depth + 1), True, self._random.randint(1, 30)),
            lambda: List(self._items(depth + 1)),
            lambda: DefinitionList(self._tuple(lambda: self._definition(depth + 1))),
            lambda: self._table(depth + 1),
            lambda: Figure(self._image(), self._maybe(self._caption, ())),
        )
        return self._one(containers if depth < 3 and self._random.random() < 0.3 else leaves)()

    def _page(self) -> PageBreak:
        return PageBreak(self._one((*LABELS, "")))

    def _caption(self) -> tuple[Block, ...]:
        return (Paragraph(self.inlines()),)

    def _section(self, depth: int) -> Section:
        heading = self._maybe(lambda: Heading(self.inlines()), None)
        return Section(self.blocks(depth), heading, self._one(("section", "attachment")))

    def _items(self, depth: int) -> tuple[ListItem, ...]:
        return self._tuple(
            lambda: ListItem(self._maybe(self.blocks, (), depth), self._one(("", "", "b)", "—")))
        )

    def _definition(self, depth: int) -> Definition:
        return Definition(self.inlines(), self.blocks(depth))

    def _table(self, depth: int) -> Table:
        rows = self._tuple(lambda: Row(self._tuple(lambda: self._cell(depth))))
        return Table(rows, self._maybe(self.inlines, ()))

    def _cell(self, depth: int) -> Cell:
        header, spans = self._random.random() < 0.2, (1, 1, 2, 3)
        children = self._maybe(self.blocks, (), depth)
        return Cell(children, header, self._one(spans), self._one(spans))

    # --------------------------------------------------------------------- inlines

    def inlines(self) -> tuple[Inline, ...]:
        return self._run(lambda: self._inline(linking=True))

    def _run(self, make: Callable[[], Inline]) -> tuple[Inline, ...]:
        return tuple(joined(self._tuple(make)))

    def _inline(self, depth: int = 0, *, linking: bool) -> Inline:
        chance = self._random.random()
        inner = lambda: self._run(lambda: self._inline(depth + 1, linking=False))  # noqa: E731
        if chance < 0.15 and depth < 3:
            return self._one(STYLES)(inner())
        if chance < 0.2:
            kind = self._one(("person", "place", "organization", "term"))
            return Name(inner() if depth < 3 else self._text(), kind, self._one(("", "ann", "p 1")))
        if chance < 0.25 and linking:
            return Link(inner(), self._one(ADDRESSES))
        if chance < 0.3 and linking:
            name = self._one(tuple(self._notes))
            return Reference(inner(), name, self._one(("", *self._notes[name])))
        return self._leaf()

    def _leaf(self) -> Inline:
        notes, comments = self._notes[self._here], self._comments
        kinds: list[Callable[[], Inline]] = [
            *[lambda: self._text()[0]] * 8,
            lambda: Code(self.words()),
            lambda: Math(self._one(TEX), self._random.random() < 0.3),
            LineBreak,
            self._page,
            self._image,
        ]
        if notes:
            confidence = self._one((1.0, 1.0, 0.9, 0.55))
            kinds += [lambda: NoteRef(self._one(notes), confidence)] * 3
        if comments:
            kinds.append(lambda: CommentRef(self._one(comments)))
        return self._one(kinds)()

    def _image(self) -> Image:
        return Image(self._one(("missing.png", *PICTURES)), self.words())

    def _text(self) -> tuple[Text]:
        """Return text as it stands among other nodes, with and without space around it."""
        return (Text(self._one(("", " ")) + self.words() + self._one(("", " "))),)

    def words(self) -> str:
        return " ".join(self._tuple(lambda: self._one(WORDS))).strip() or "Oil"

    # --------------------------------------------------------------------- chance

    def _one(self, values: Any) -> Any:
        return self._random.choice(values)

    def _some(self, values: tuple[str, ...], least: int = 0) -> tuple[str, ...]:
        return values[: self._random.randint(least, len(values))]

    def _tuple(self, make: Callable[[], T], least: int = 1, most: int = 3) -> tuple[T, ...]:
        return tuple(make() for _ in range(self._random.randint(least, most)))

    def _maybe(self, make: Callable[..., T], otherwise: Any, *arguments: int) -> Any:
        return make(*arguments) if self._random.random() < 0.7 else otherwise


# Made of a number each: hypothesis would need too many choices to make a book of its own, and
# would throw most of them away.
books: st.SearchStrategy[Book] = st.integers(0, 2**32).map(lambda seed: Maker(Random(seed)).book())
