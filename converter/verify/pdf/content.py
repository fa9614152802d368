"""From tagged pages to passages: the running text, notes at the foot and at the end, comments."""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

import msgspec

from converter.verify.difference import Difference
from converter.verify.heads import reduced
from converter.verify.letters import faced, letters
from converter.verify.pdf.pages import Box, Chunk, Link, Page, Spot, Tag
from converter.verify.reading import (
    Address,
    Call,
    CommentDraft,
    Entry,
    Heading,
    NoteDraft,
    Within,
    Writing,
)
from converter.words import Words

_HYPHEN: Final = "\u2010"
# Where a line may end in what has no spaces.
_BREAK: Final = "\u200b"
# What stands for the label of a page that has none.
NO_LABEL: Final = "–"
# Beside letters that run to the left, PDFium takes one bracket for the other.
_LABEL: Final = re.compile(r"\s*[\[\]](.*)[\[\]]\s*", re.DOTALL)
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)*(?:\+\d+)?")
_HEADINGS: Final = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
# How many letters of a title at least fill a page, to go on on the next.
_FULL_PAGE: Final = 20
# How long the mark of a note that nobody calls may be, to be told from its first words.
_LONGEST_MARK: Final = 8
# How far a link may be from the middle of its text, and a label from the column, in points.
_NEAR: Final = 6.0
_APART: Final = 1.0
# How far the number of a paragraph is from its text at most, and from all other text.
_BEFORE: Final = 20.0
_AWAY: Final = 2.5
# How much of a link its text takes up at least, from side to side and from top to bottom, where
# that is no single line: the rest of an entry of the contents may be dots.
_MUCH: Final = 0.1
_LINE: Final = 36.0
# How wide a space is at least, in parts of the height of letters.
_SPACE: Final = 0.15
# And in parts of the width of letters, where narrow ones have as much room as others.
_NARROW: Final = 0.8

Item: TypeAlias = Tag | Chunk | Callable[[], object]


class Placed(NamedTuple):
    """Something that links lead to, by where it stands and by its key.

    ``right`` is how far it reaches, in whatever direction it runs.
    """

    spot: Spot
    key: str
    right: float = math.inf


class FoundNote(msgspec.Struct):
    """A note as it was read, with the pages on which its text stands, counted from 0.

    ``ways`` are where its links back lead.
    """

    draft: NoteDraft
    at_foot: bool
    pages: list[int]
    ways: list[Spot] = msgspec.field(default_factory=list)


class FoundComment(msgspec.Struct):
    """A comment as it was read: its number, level of indentation, and where it says it answers."""

    draft: CommentDraft
    number: str
    level: int
    document: int
    answers: Spot | None = None


class FoundReference(NamedTuple):
    """A link in the text, a note or a comment: where it leads, and the page that it is on."""

    target: Spot
    within: Within
    place: str


class _Column(NamedTuple):
    """From where to where the text of a page reaches."""

    left: float
    right: float

    def excludes(self, box: Box) -> bool:
        return box.right <= self.left + _APART or box.left >= self.right - _APART


class Content:
    """What has been read of the pages so far; ``words`` are those that the edition adds."""

    def __init__(self, words: Words) -> None:
        self.further = _further(words)
        self.comment_ref = re.compile(rf"\s*{re.escape(words.comment.lower())}\s*\d[\d.+]*\s*")
        self._above_comments = words.comments
        self._pointer = letters(words.moved_note.partition("{page}")[0])
        self.body = Writing()
        self.notes: list[FoundNote] = []
        self.comments: list[FoundComment] = []
        self.calls: list[tuple[Placed, Spot | None]] = []
        self.note_spots: list[Placed] = []
        self.comment_spots: list[Placed] = []
        # Headings by what they say, pages of the source by their labels, blocks of the running text
        # by keys for which ``starts`` tells where they begin in it.
        self.heading_spots: list[Placed] = []
        self.label_spots: list[Placed] = []
        self.block_spots: list[Placed] = []
        self.starts: dict[str, int] = {}
        self.references: list[FoundReference] = []
        self.title_page: tuple[str, ...] | None = None
        self.headings: set[str] = set()
        # All headings in texts, notes and comments, in order.
        self.titles: list[Heading] = []
        self.table_heads: set[str] = set()
        self.untagged: list[tuple[int, str]] = []
        self.labels: list[str] = []
        self.cut: list[tuple[int, str]] = []
        self.faults: list[Difference] = []
        self.addresses: list[Address] = []
        self.entries: list[Entry] = []
        self.contents: list[tuple[str, Spot, str]] = []
        self.is_tagged = False
        self._documents = 0
        self._title = ""
        self._page = Page(0, (), (), ())
        self._column = _Column(0, 0)
        self._named: dict[str, FoundNote] = {}
        self._last: Chunk | None = None
        # Where what was read last stands, be it text or a call.
        self._beside = Box(0, 0, 0, 0)
        self._numbered = 0

    def add(self, page: Page, title: str) -> None:
        """Read the next page of the book called ``title``."""
        self._page = page
        self._column = _column(page.tags)
        self._last = None
        self.is_tagged = self.is_tagged or bool(page.tags)
        # In whatever order columns are painted, one follows the other.
        counted = sorted(filter(_is_decimal, page.untagged), key=lambda chunk: int(chunk.text))
        numbers = [chunk for chunk in counted if self._is_paragraph_number(chunk.text, chunk)]
        untagged = [chunk for chunk in page.untagged if chunk not in numbers]
        self.untagged += ((page.number, line) for line in _lines(untagged))
        self.labels.append(page.label)
        self.faults += page.faults
        self.cut += ((page.number, text) for text in page.cut)
        place = f"page {page.number + 1}"
        self.addresses += (Address(each, place=place) for each in page.addresses)
        if added := _added_links(page):
            text = f"{added} links lead into the book, of which the structure knows nothing"
            self.faults.append(Difference("link-added", text, place))
        for tag in page.tags:
            match tag.kind:
                case "Sect" if _has_link(tag):
                    self._read_contents(tag)
                case "Sect" if self._is_title_page(tag, title):
                    self.headings.add(letters(title))
                    self._place_heading(tag)
                    self.title_page = (*(self.title_page or ()), *map(text_of, tag.kids))
                case "Art":
                    self._read_document(tag)
                case "NonStruct":
                    self._read_footnotes(tag)
                case _:
                    self._take([tag], self.body)

    @property
    def place(self) -> str:
        """Where we are, as users say it."""
        return f"page {self._page.number + 1}"

    def _is_title_page(self, section: Tag, title: str) -> bool:
        """Return whether ``section`` is cover or title page or, without a heading, their rest."""
        title = faced(title)
        heading = faced("".join(text_of(kid) for kid in section.kids if _is_heading(kid)))
        if not heading:
            shown = faced(text_of(section))
            named = title in shown or _fills_page(shown, title)
            return bool(self.title_page) or (self._page.number == 0 and named)
        read = self._title + heading
        named = read == title or (title.startswith(read) and _fills_page(heading, title))
        first = not self._documents and not self.contents
        # Or it follows a cover.
        goes_on = self._page.number == 0 or bool(self._title or self.title_page)
        if first and named and goes_on:
            self._title = read
        return first and named and goes_on

    # -------------------------------------------------------------- parts of a page

    def _read_contents(self, section: Tag) -> None:
        """Read entries of the table of contents: what they say, lead to, and print as page."""
        for entry in section.kids:
            links = [kid for kid in _tags(entry) if kid.kind == "Link"]
            if isinstance(entry, Chunk) or not links:
                self.headings.add(letters(text_of(entry)))
                self._place_heading(entry)
                continue
            target = self._target(links[0])
            label = "".join(map(text_of, entry.kids[:-1]))
            self.entries.append(Entry(label, target is not None, self.place))
            if target:
                self.contents.append((self.place, target, text_of(entry.kids[-1]).strip()))

    def _read_document(self, article: Tag) -> None:
        """Read what of a document is on the page: its text, its comments, its notes at the end."""
        self._documents += any(_is_heading(kid) for kid in article.kids)
        for kid in article.kids:
            if not isinstance(kid, Tag) or kid.kind != "Sect":
                self._take([kid], self.body)
            elif any(tag.kind == "Art" for tag in _tags(kid)):
                self._read_comments(kid)
            else:
                self._read_notes(kid)

    def _read_footnotes(self, area: Tag) -> None:
        """Read the notes at the foot; one that has been read before goes on from the last page."""
        for tag in _tags(area):
            if tag.kind == "Note" and tag.name and tag.name in self._named:
                note = self._named[tag.name]
                self._take(tag.kids, note.draft.writing, note)
            elif tag.kind == "Note" and self._pointer not in letters(text_of(tag)):
                self._begin_note(tag, at_foot=True)

    def _read_notes(self, section: Tag) -> None:
        """Read the notes at the end of a document; one without mark goes on from the last page.

        What stands at the foot of that page was read after it.
        """
        for tag in section.kids:
            if isinstance(tag, Chunk) or _is_heading(tag):
                self._place_heading(tag)
                continue
            begun = next((note for note in reversed(self.notes) if not note.at_foot), None)
            if begun is None or _mark_of(tag):
                self._begin_note(tag, at_foot=False)
            else:
                self._take(tag.kids, begun.draft.writing, begun)

    def _begin_note(self, tag: Tag, *, at_foot: bool) -> None:
        key = f"{self.place}, note {len(self.notes) + 1}"
        note = FoundNote(NoteDraft(key, self.place), at_foot, [])
        mark = _mark_of(tag)
        note.draft.mark = text_of(mark).strip() if mark else ""
        if mark and mark.kind == "Link" and (way := self._target(mark)):
            note.ways.append(way)
        note.draft.writing.at(self.place)
        self.notes.append(note)
        self._named[tag.name] = note
        if any(_chunks(tag)):
            first = mark if mark and any(_chunks(mark)) else tag
            self.note_spots.append(Placed(self._spot_of(first), key, _right(tag)))
        self._take(_without(tag, mark), note.draft.writing, note)

    # ------------------------------------------------------------------- comments

    def _read_comments(self, section: Tag) -> None:
        """Read comments, those that answer others in divisions a level deeper."""
        stack = [(iter(section.kids), 1)]
        while stack:
            kids, level = stack[-1]
            kid = next(kids, None)
            match kid:
                case None:
                    stack.pop()
                case Tag(kind="Art"):
                    self._read_comment(kid, level)
                case Tag(kind="Div"):
                    stack.append((iter(kid.kids), level + 1))
                case _:
                    self._place_heading(kid)
                    self._place_heading(kid, self._above_comments)

    def _read_comment(self, article: Tag, level: int) -> None:
        """Read a comment; one without a line above it goes on from the last page."""
        head, *rest = article.kids
        if isinstance(head, Tag) and head.kind == "P":
            self._begin_comment(head, level)
        else:
            rest = [head, *rest]
        if self.comments:
            self._take(rest, self.comments[-1].draft.writing)

    def _begin_comment(self, head: Tag, level: int) -> None:
        key = f"{self.place}, comment {len(self.comments) + 1}"
        draft = CommentDraft(key, None, level, self.place)
        text = text_of(head)
        draft.fields = (reduced(text),)
        comment = FoundComment(draft, _number(head), level, self._documents)
        for tag in _tags(head):
            if tag.kind == "Link" and (target := self._target(tag)):
                comment.answers = target
        draft.writing.at(self.place)
        self.comments.append(comment)
        first = next(_chunks(head), None)
        if first:
            self.comment_spots.append(Placed(self._spot(first.box), key, _right(head)))

    # ----------------------------------------------------------------------- text

    def _take(
        self, items: "Iterable[Tag | Chunk]", writing: Writing, note: FoundNote | None = None
    ) -> None:
        """Take down ``items``, which belong to ``note`` if it is given."""
        writing.at(self.place)
        self._last = None
        stack: list[Iterator[Item]] = [iter(items)]
        while stack:
            item = next(stack[-1], None)
            match item:
                case None:
                    stack.pop()
                case Chunk():
                    self._take_chunk(item, writing, note)
                case Tag():
                    stack.append(iter(self._visit(item, writing, note)))
                case _:
                    item()

    def _visit(self, tag: Tag, writing: Writing, note: FoundNote | None) -> Iterable[Item]:
        """Take down what ``tag`` is and return what of it is to be read."""
        match tag.kind:
            case "Span" if (label := self._label(tag)) is not None:
                self.label_spots.append(Placed(self._spot_of(tag), label))
                writing.page(label)
                return ()
            case "Span" if note and self.further.fullmatch(text_of(tag)):
                note.ways += self._ways(tag)
                return ()
            case "NonStruct" if self.comment_ref.fullmatch(text_of(tag)) and self._ways(tag):
                return ()
            case "NonStruct" if link := self._call(tag):
                self._take_call(link, writing)
                return ()
            case "Lbl" if not any(map(str.isalnum, text_of(tag))):
                return ()
            case "Figure":
                writing.text(f" {tag.alt} ")
                return ()
            case "Link":
                self._take_reference(tag, writing, note)
                return tag.kids
            case "Span" | "NonStruct":
                return tag.kids
            case _:
                self._remember_head(tag, writing)
                self._end(writing)
                return (*self._unnumbered(tag), lambda: self._end(writing))

    def _remember_head(self, tag: Tag, writing: Writing) -> None:
        """Keep what ``tag`` says if pages may have it as a head, or tables that go on on them."""
        if tag.kind in _HEADINGS:
            text = self._bare(tag)
            self.headings.add(letters(text))
            self._place_heading(tag)
            in_body = writing is self.body
            self.titles.append(Heading(text.strip(), int(tag.kind[1:]), self.place, in_body))
        if tag.kind == "THead":
            self.table_heads.add(letters(text_of(tag)))

    def _place_heading(self, item: "Tag | Chunk", text: str | None = None) -> None:
        """Keep where ``item`` begins, if it shows something, and what it says or is called."""
        first = next(_chunks(item), None)
        if first:
            if text is None:
                text = self._bare(item) if isinstance(item, Tag) else item.text
            self.heading_spots.append(Placed(self._spot(first.box), faced(text)))

    def _end(self, writing: Writing) -> None:
        writing.space()
        self._last = None

    def _take_reference(self, link: Tag, writing: Writing, note: FoundNote | None) -> None:
        if target := self._target(link):
            within: Within = "note" if note else "comment"
            within = "text" if writing is self.body else within
            self.references.append(FoundReference(target, within, self.place))

    def _take_chunk(self, chunk: Chunk, writing: Writing, note: FoundNote | None) -> None:
        if note and self._page.number not in note.pages:
            note.pages.append(self._page.number)
        if self._last is None and writing is self.body:
            key = f"block {len(self.block_spots) + 1}"
            self.starts[key] = writing.reached()
            self.block_spots.append(Placed(self._spot(chunk.box), key))
        elif self._last and not _goes_on(self._last, self._beside, chunk):
            writing.space()
        text = chunk.text.rstrip()
        writing.text(text.removesuffix(_HYPHEN) if text.endswith(_HYPHEN) else chunk.text)
        self._last = chunk
        self._beside = chunk.box

    def _label(self, tag: Tag) -> str | None:
        """Return the label of a page of the source that stands in the margin, None for text."""
        if len(tag.kids) != 1 or isinstance(tag.kids[0], Chunk):
            return None
        found = _LABEL.fullmatch(text_of(tag))
        apart = all(self._column.excludes(chunk.box) for chunk in _chunks(tag))
        if not found or not apart:
            return None
        return "" if found[1] == NO_LABEL else found[1]

    def _unnumbered(self, block: Tag) -> "tuple[Tag | Chunk, ...]":
        """Return what is in ``block`` but for the number that a handout sets beside it."""
        match block:
            case Tag(kind="P", kids=(Tag(kind="Lbl") as number, *rest)):
                is_beside = self._is_paragraph_number(text_of(number), *_chunks(number))
                return tuple(rest) if is_beside else block.kids
            case _:
                return block.kids

    def _is_paragraph_number(self, text: str, *chunks: Chunk) -> bool:
        """Return whether ``text`` is a number that a handout sets beside a paragraph."""
        if not text.strip().isdecimal():
            return False
        follows = int(text) == self._numbered + 1 > 1
        is_number = all(self._is_beside(chunk.box, follows=follows) for chunk in chunks)
        if is_number:
            self._numbered = int(text)
        return is_number

    def _is_beside(self, box: Box, *, follows: bool) -> bool:
        """Return whether a number in ``box`` is beside the text: in the margin, or before a line.

        A line that runs leftward has it at the right. There is no line where a paragraph begins
        with a picture; then it ``follows`` the last.
        """
        if self._column.excludes(box):
            return True
        middle = (box.bottom + box.top) / 2
        level = [
            each
            for each in map(attrgetter("box"), _printed(self._page.tags))
            if each.bottom < middle < each.top
        ]
        away = [max(each.left - box.right, box.left - each.right) for each in level]
        nearest = min(away, default=math.inf)
        return nearest > _AWAY and (follows or nearest < _BEFORE)

    def _call(self, tag: Tag) -> Tag | None:
        """Return the link that ``tag`` raises and that leads into the document, if it is one."""
        match tag.kids:
            case (Tag(kind="Link") as link,) if self._target(link):
                return link if text_of(link).strip() else None
            case _:
                return None

    def _take_call(self, link: Tag, writing: Writing) -> None:
        key = f"{self.place}, call {len(self.calls) + 1}"
        mark = text_of(link).strip()
        target = self._target(link)
        self.calls.append((Placed(self._spot_of(link), key), target))
        *_, call = _chunks(link)
        self._beside = call.box
        writing.call(Call("", key, mark))

    def _ways(self, tag: Tag) -> list[Spot]:
        """Return where the links in ``tag`` lead, those that stand in another link left out."""
        links = [each for each in _tags(tag) if each.kind == "Link"]
        inner = [id(kid) for link in links for kid in link.kids]
        spots = (self._target(link) for link in links if id(link) not in inner)
        return [spot for spot in spots if spot]

    def _bare(self, tag: Tag) -> str:
        """Return the text of a heading without calls and labels, however deep they stand in it."""
        texts: list[str] = []
        for kid in tag.kids:
            if isinstance(kid, Chunk):
                texts.append(kid.text)
            elif kid.kind == "Figure":
                texts.append(kid.alt)
            elif not self._call(kid) and self._label(kid) is None:
                texts.append(self._bare(kid))
        return "".join(texts)

    # --------------------------------------------------------------------- places

    def _spot(self, box: Box) -> Spot:
        return Spot(self._page.number, box.left, box.top)

    def _target(self, tag: Tag) -> Spot | None:
        """Return where the link leads whose text is ``tag``, None if out of the document."""
        link = self._link(tag)
        return link and link.target

    def _spot_of(self, tag: Tag) -> Spot:
        """Return where the first of ``tag`` stands: of a link its area, as its text may be low."""
        link = self._link(tag) if tag.kind == "Link" else None
        return self._spot(link.box if link else next(_chunks(tag)).box)

    def _link(self, tag: Tag) -> Link | None:
        """Return the link whose text is ``tag``, None if it leads out of the document."""
        chunk = next(_chunks(tag), None)
        if chunk is None:
            return None
        x, y = (chunk.box.left + chunk.box.right) / 2, (chunk.box.bottom + chunk.box.top) / 2
        near = [
            (abs((link.box.bottom + link.box.top) / 2 - y), link)
            for link in self._page.links
            if _grown(link.box).holds(x, y)
        ]
        return min(near, key=lambda each: each[0])[1] if near else None


def _further(words: Words) -> re.Pattern[str]:
    """Return what the pointers from a note to its further calls look like."""
    before, _, after = (
        r"\s*".join(map(re.escape, part.split())) for part in words.also_called.partition("{pages}")
    )
    page = rf"{re.escape(words.page)}\s*\d+"
    return re.compile(rf"\s*{before}\s*{page}(?:\s*,\s*{page})*\s*{after}\s*")


def text_of(item: "Tag | Chunk") -> str:
    """Return the text in ``item``, that of pictures included."""
    return "".join(_texts(item))


def _texts(item: "Tag | Chunk") -> Iterator[str]:
    stack = [item]
    while stack:
        each = stack.pop()
        if isinstance(each, Chunk):
            yield each.text
        elif each.kind == "Figure":
            yield each.alt
        else:
            stack.extend(reversed(each.kids))


def _tags(item: "Tag | Chunk") -> Iterator[Tag]:
    """Yield ``item`` and all elements in it, in reading order."""
    stack = [item]
    while stack:
        each = stack.pop()
        if isinstance(each, Tag):
            yield each
            stack.extend(reversed(each.kids))


def _chunks(item: "Tag | Chunk") -> Iterator[Chunk]:
    stack = [item]
    while stack:
        each = stack.pop()
        if isinstance(each, Chunk):
            yield each
        else:
            stack.extend(reversed(each.kids))


def _right(tag: Tag) -> float:
    return max(chunk.box.right for chunk in _chunks(tag))


def _lines(chunks: Iterable[Chunk]) -> Iterator[str]:
    """Yield the text of ``chunks``, what is together on a line as one."""
    chunks = [chunk for chunk in chunks if chunk.text]
    line = ""
    for last, chunk in zip((None, *chunks), chunks, strict=False):
        if last and not _are_near(last.box, chunk.box):
            yield line
            line = ""
        line += chunk.text
    if line:
        yield line


def _are_near(one: Box, other: Box) -> bool:
    """Return whether there is no more than a wide space between two boxes on a line."""
    space = 2 * max(one.top - one.bottom, other.top - other.bottom, _NEAR)
    beside = one.left - space <= other.right and other.left <= one.right + space
    return beside and one.bottom - _NEAR <= other.top and other.bottom <= one.top + _NEAR


def _column(tags: Iterable[Tag]) -> _Column:
    """Return how far text reaches that is no label or number in the margin, tables left out."""
    boxes = [chunk.box for chunk in _printed(tags)]
    if not boxes:
        return _Column(math.inf, -math.inf)
    return _Column(min(box.left for box in boxes), max(box.right for box in boxes))


def _printed(tags: Iterable[Tag]) -> Iterator[Chunk]:
    """Yield text that is no label or number in the margin, tables left out."""
    for chunk in chain.from_iterable(map(_in_lines, tags)):
        if not _LABEL.fullmatch(chunk.text) and not _is_decimal(chunk):
            yield chunk


def _is_decimal(chunk: Chunk) -> bool:
    return chunk.text.strip().isdecimal()


def _in_lines(tag: Tag) -> Iterator[Chunk]:
    stack: list[Tag | Chunk] = [tag]
    while stack:
        each = stack.pop()
        if isinstance(each, Chunk):
            yield each
        elif each.kind != "Table" and not _is_label(each):
            stack.extend(each.kids)


def _is_label(tag: Tag) -> bool:
    # What most elements say is long, and that it is none shows at its beginning.
    start = next(filter(str.strip, _texts(tag)), "")
    return start.lstrip().startswith(("[", "]")) and bool(_LABEL.fullmatch(text_of(tag)))


def _added_links(page: Page) -> int:
    """Return how many links are not on the text of an element that is one.

    What the contents lead to is compared by itself.
    """
    if any(tag.kind == "Sect" and _has_link(tag) for tag in page.tags):
        return 0
    links = [each for tag in page.tags for each in _tags(tag) if each.kind == "Link"]
    texts = [[chunk.box for chunk in _chunks(each)] for each in links]
    if not all(texts):
        return 0  # nobody can tell where the links on pictures are
    return sum(not any(_fills(text, link.box) for text in texts) for link in page.links)


def _fills(text: Iterable[Box], area: Box) -> bool:
    """Return whether ``area`` is around lines of ``text``, and little else if it is high."""
    grown = _grown(area)
    lines = [box for box in text if _meet(grown, box)]
    if not lines:
        return False
    if area.top - area.bottom < _LINE:
        return True
    width = max(box.right for box in lines) - min(box.left for box in lines)
    height = max(box.top for box in lines) - min(box.bottom for box in lines)
    return width >= _MUCH * (area.right - area.left) and height >= _MUCH * (area.top - area.bottom)


def _meet(one: Box, other: Box) -> bool:
    across = one.left <= other.right and other.left <= one.right
    return across and one.bottom <= other.top and other.bottom <= one.top


def _grown(box: Box) -> Box:
    return Box(box.left - 1, box.bottom - _NEAR, box.right + 1, box.top + _NEAR)


def _goes_on(last: Chunk, beside: Box, chunk: Chunk) -> bool:
    """Return whether ``chunk`` stands ``beside`` what is on the line of ``last``, or goes on there.

    Text that is only a space is not in the file.
    """
    one, other = last.box, chunk.box
    between = max(other.left - beside.right, beside.left - other.right)
    space = _SPACE * max(one.top - one.bottom, other.top - other.bottom)
    near = between < max(space, _NARROW * max(last.pitch, chunk.pitch))
    on_line = min(one.top, other.top) > max(one.bottom, other.bottom)
    return (on_line and near) or last.text.rstrip().endswith((_HYPHEN, "-"))


def _fills_page(shown: str, title: str) -> bool:
    """Return whether ``shown`` is so much of ``title`` that it may go on on the next page."""
    return len(shown) >= _FULL_PAGE and shown in title


def _has_link(tag: Tag) -> bool:
    return any(each.kind == "Link" for each in _tags(tag))


def _is_heading(item: "Tag | Chunk") -> bool:
    return isinstance(item, Tag) and item.kind in _HEADINGS


def _number(head: Tag) -> str:
    """Return the number of a comment: what the line above it begins with, in an element of its own.

    The name behind it may be of digits too, and where lines run leftward, no space is in the file.
    """
    first = next(filter(text_of, head.kids), head)
    found = _NUMBER.match(text_of(first).replace(_BREAK, "").strip())
    return found[0] if found else ""


def _mark_of(tag: Tag) -> Tag | None:
    """Return the element with the mark that a note begins with, None if it has none."""
    paragraph = tag.kids[0] if tag.kids else None
    if not isinstance(paragraph, Tag) or not paragraph.kids:
        return None
    match paragraph.kids[0]:
        case Tag(kind="Span", kids=(Tag(kind="Link") as link,)):
            return link
        case Tag(kind="Span", kids=(Tag(kind="Span") as mark,)):
            return mark if len(text_of(mark).strip()) <= _LONGEST_MARK else None
        case _:
            return None


def _without(tag: Tag, mark: Tag | None) -> "Iterator[Tag | Chunk]":
    """Yield what is in a note but for its mark, which is the first thing in its first block."""
    for place, kid in enumerate(tag.kids):
        if mark and place == 0 and isinstance(kid, Tag):
            yield kid._replace(kids=kid.kids[1:])
        else:
            yield kid
