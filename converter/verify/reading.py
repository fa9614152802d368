"""What is read of an edition and of the model alike, so that the two can be compared.

A ``Reading`` knows nothing of formats: it holds words, and where among them notes are called and
pages of the source begin. Notes and comments are passages of their own, named by keys that mean
something only within one reading, such as the file and id of an element.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from sys import intern
from typing import Final, Literal, NamedTuple, TypeAlias

import msgspec

from converter.verify.difference import Difference
from converter.verify.templates import Templates

# A call among words, and what goes before the label of a page; no word holds these characters.
CALL: Final = "\x01"
PAGE: Final = "\x02"

# What goes before the kind of a block where it ends.
END: Final = "/"

# Most passages have none.
_FORMLESS: Final[Mapping[str, tuple[tuple[int, str], ...]]] = {}

# Of Markdown: that of pandoc, those of forges and of generators of sites.
Dialect: TypeAlias = Literal["markdown", "gfm", "site"]
Within: TypeAlias = Literal["text", "note", "comment"]
# What is said beside the text: words of its own, the way back from a note, the number of a comment
# that is led to, how many replies there are, a page without number, the name of a document, of it
# or another part of the book, what names that on its title page, in lists that lead into the text,
# where something is in an index, what the cover shows, what nobody sees, and needless files.
Addition: TypeAlias = Literal[
    "text",
    "way",
    "comment",
    "replies",
    "page",
    "document",
    "name",
    "title page",
    "list",
    "locator",
    "cover",
    "hidden",
    "file",
]


class Call(NamedTuple):
    """The place in the text where a note is called: the key of the note, its own, its mark."""

    note: str
    name: str = ""
    mark: str = ""


class Passage(NamedTuple):
    """Words in reading order, among them calls and page breaks.

    A call or page break inside a word stands behind it. ``calls`` are held by their position,
    ``places`` name where the passage is from the position given on. ``forms`` hold the text that
    is set in some way (``superscript``), piece by piece with its position, and what tells
    ``picture`` from picture. ``blocks`` are where paragraphs, headings and the like begin, and
    where ends what others are in, each with its kind.
    """

    words: tuple[str, ...]
    calls: dict[int, Call]
    places: tuple[tuple[int, str], ...]
    forms: Mapping[str, tuple[tuple[int, str], ...]] = _FORMLESS
    blocks: Sequence[tuple[int, str]] = ()

    def place(self, position: int) -> str:
        """Return where the word at ``position`` is, or the last one before it."""
        found = bisect_right(self.places, position, key=lambda each: each[0])
        return self.places[max(0, found - 1)][1] if self.places else ""

    def plain(self) -> tuple[str, ...]:
        """Return the words alone."""
        return tuple(word for word in self.words if word[0] not in (CALL, PAGE))

    def pages(self) -> tuple[str, ...]:
        """Return the labels of the pages that begin in the passage."""
        return tuple(word[1:] for word in self.words if word[0] == PAGE)


class Note(NamedTuple):
    """A note with its printed mark.

    ``backlinks`` are the keys of the calls that it leads back to, None where those who show the
    edition make the ways back.
    """

    key: str
    mark: str
    passage: Passage
    place: str = ""
    backlinks: tuple[str, ...] | None = None


class Comment(NamedTuple):
    """A comment of a thread. ``parent`` is the key of the one it answers, empty for none.

    ``fields`` are what it says about itself: kind, author, date, likes; and where more is read,
    all of its head as one line, and how it is called by those who read aloud.
    """

    key: str
    parent: str
    passage: Passage
    place: str = ""
    fields: tuple[str, ...] = ()


class Medium(NamedTuple):
    """What a kind of edition can hold, and what it prints that is no text of the source.

    ``unheld`` characters become U+FFFD in it. ``loose`` says that words are told by their letters
    only, as lines may end within them. ``parts`` says that titles of parts stand in the text,
    ``bylines`` that authors and day stand below that of a document, ``alternatives`` that the
    text for a picture is there to be read. ``full_stop`` says that the number of a document has
    one even without a title, ``alone`` that the title page is that of the only document,
    ``heads`` that all that a comment says about itself is read as one line, ``brackets`` that
    the label of a page is read without those around it, ``unnumbered`` is what stands for one that
    is empty. ``marks`` says that the marks of all notes and calls are read that the source printed,
    ``added`` that it is read what editions add: numbers of notes, and all heads of comments;
    ``ordered`` that notes stand in the order of the source. ``forms`` are those that are read,
    ``blocks`` says that it is read where blocks begin, ``dialect`` which Markdown tells of them.
    """

    unheld: re.Pattern[str]
    loose: bool = False
    parts: bool = True
    bylines: bool = True
    full_stop: bool = False
    alone: bool = False
    heads: bool = False
    brackets: bool = False
    marks: bool = False
    added: bool = False
    ordered: bool = False
    unnumbered: str = ""
    forms: tuple[str, ...] = ()
    blocks: bool = False
    dialect: Dialect | None = None

    def label(self, text: str) -> str:
        """Return the label of a page as it is read from the edition."""
        own = self.brackets and text.startswith("[") and text.endswith("]")
        label = self.held(text[1:-1] if own else text)
        return "" if label == self.unnumbered else label

    def held(self, text: str) -> str:
        """Return ``text`` as the edition can hold it."""
        # What prints can be held anywhere, and hardly any text has more: that is seen at once.
        return text if text.isprintable() else self.unheld.sub("\ufffd", text)


class Reference(NamedTuple):
    """A link inside the book: what stands where it leads, as ``Openings`` tell it.

    It is ``within`` the running text, a note or a comment. To a document it may lead to its
    ``title`` as well, in editions on paper.
    """

    target: str
    within: Within
    text: str = ""
    place: str = ""
    title: str = ""


class Address(NamedTuple):
    """A link out of the book: the ``target`` it leads to, its text, empty if that tells nothing."""

    target: str
    text: str = ""
    place: str = ""


class Entry(NamedTuple):
    """An entry of the contents, and whether its label stands in what it leads to."""

    label: str
    leads_there: bool = True
    place: str = ""


class Said(NamedTuple):
    """Words that an edition has and its source has not, by the ``kind`` of what they are for.

    ``about`` is what they have to tell: the key and mark of a note, or how many there are.
    """

    kind: Addition
    text: str
    place: str = ""
    about: tuple[str | int, ...] = ()


class Heading(NamedTuple):
    """What a heading says, its rank, where it stands, and whether in the running text."""

    text: str
    rank: int
    place: str
    in_body: bool = True


class Reading(NamedTuple):
    """All that was read. ``faults`` are what is wrong with it whatever the source says.

    ``references``, the ``addresses`` that links out of the book lead to, the entries of the
    ``contents``, what the bookmarks of the ``outline`` say, what is said ``about`` the book, by the
    terms of Dublin Core, and the ``languages`` with the positions in the running text where
    documents begin that are set in them, what is ``said`` besides the words of the source, and the
    ``headings`` of what has no blocks are None where they are not read. Terms that are not read are
    not among what is said about the book. ``templates`` are those of a user that it was made with.
    """

    medium: Medium
    body: Passage
    notes: tuple[Note, ...]
    comments: tuple[Comment, ...]
    title_page: tuple[str, ...] | None = None
    references: tuple[Reference, ...] | None = None
    contents: tuple[Entry, ...] | None = None
    faults: tuple[Difference, ...] = ()
    outline: tuple[str, ...] | None = None
    addresses: tuple[Address, ...] | None = None
    about: Mapping[str, tuple[str, ...]] | None = None
    languages: tuple[tuple[int, str], ...] | None = None
    templates: Templates = Templates()
    said: tuple[Said, ...] | None = None
    headings: tuple[Heading, ...] | None = None

    def passages(self) -> tuple[Passage, ...]:
        """Return all passages: the running text, the notes, the comments."""
        notes = (note.passage for note in self.notes)
        comments = (comment.passage for comment in self.comments)
        return (self.body, *notes, *comments)


class Counts(NamedTuple):
    """How much a reading holds."""

    words: int
    notes: int
    pages: int
    comments: int


def counts(reading: Reading) -> Counts:
    """Return how many words, notes, page breaks and comments ``reading`` holds."""
    passages = reading.passages()
    pages = sum(1 for passage in passages for word in passage.words if word[0] == PAGE)
    calls = sum(len(passage.calls) for passage in passages)
    words = sum(len(passage.words) for passage in passages) - pages - calls
    return Counts(words, len(reading.notes), pages, len(reading.comments))


class Writing:
    """Takes down a passage as it is read, piece by piece."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._calls: dict[int, Call] = {}
        self._places: list[tuple[int, str]] = []
        self._open: list[str] = []
        self._inside: list[tuple[str, Call | None]] = []
        self._styles: list[str] = []
        self._forms: dict[str, list[tuple[int, str]]] = {}
        self._blocks: list[tuple[int, str]] = []
        self._item = -1

    def text(self, text: str) -> None:
        """Take down ``text``; what touches it without white space belongs to the same word."""
        if self._styles:
            for style in dict.fromkeys(self._styles):
                self.form(style, text)
        words = text.split()
        if not words:
            if text:
                self.space()
            return
        if self._open and not text[0].isspace():
            self._open.append(words.pop(0))
        ended = text[-1].isspace()
        if words or ended:
            self.space()
        if words and not ended:
            self._open.append(words.pop())
        self._words.extend(map(intern, words))

    def begin(self, style: str) -> None:
        """Begin text that is set in ``style``, until ``end``."""
        self._styles.append(style)

    def end(self) -> None:
        """End the text that is set in the style that was begun last."""
        self._styles.pop()

    def form(self, name: str, text: str) -> None:
        """Take down that ``text``, which is taken down too, has the form ``name``."""
        self._forms.setdefault(name, []).append((len(self._words), text))

    def block(self, kind: str) -> None:
        """Begin a block, or end it if its ``kind`` begins with ``END``."""
        self.space()
        self._blocks.append((len(self._words), kind))
        self._item = -1

    def resume(self, kind: str) -> bool:
        """Go on with a block that has ended just before, if one of this ``kind`` has."""
        has_ended = self._blocks[-1:] == [(len(self._words), END + kind)]
        if has_ended:
            self._blocks.pop()
        return has_ended

    def item(self, kind: str) -> None:
        """Begin a block that a paragraph may stand in without saying so."""
        self.block(kind)
        self._item = len(self._words)

    def line(self) -> None:
        """Begin a line of verse."""
        self.block("br")

    def picture(self, told: str) -> None:
        """Take down a picture by what is told of it."""
        self.form("picture", told)
        self.stand()

    def stand(self) -> None:
        """Take down that something is there which is no word."""
        self._item = -1

    def marked(self) -> None:
        """Have the paragraph of an item begin here, behind the mark of the item."""
        self.space()
        self._item = len(self._words)

    def paragraph(self) -> None:
        """Begin a paragraph. One that an item begins with is that item's."""
        self.space()
        if len(self._words) != self._item:
            self._blocks.append((len(self._words), "p"))

    def space(self) -> None:
        """End the word, if one is open."""
        if not self._open:
            return
        self._words.append(intern("".join(self._open)))
        self._open.clear()
        for word, call in self._inside:
            self._add(word, call)
        self._inside.clear()

    def call(self, call: Call) -> None:
        """Take down the call of a note."""
        self._event(CALL, call)

    def page(self, label: str) -> None:
        """Take down the start of a page of the source."""
        self._event(PAGE + " ".join(label.split()), None)

    def at(self, place: str) -> None:
        """Begin a block of text, which is at ``place``."""
        self.space()
        if self._places and self._places[-1][0] == len(self._words):
            self._places.pop()
        self._places.append((len(self._words), place))

    def here(self) -> str:
        """Return the place at which the passage has arrived."""
        return self._places[-1][1] if self._places else ""

    def reached(self) -> int:
        """Return the position of the word that is next."""
        return len(self._words)

    def passage(self) -> Passage:
        """Return what was taken down."""
        self.space()
        forms = {name: tuple(pieces) for name, pieces in self._forms.items()}
        return Passage(
            tuple(self._words),
            self._calls,
            tuple(self._places),
            forms or _FORMLESS,
            self._blocks,
        )

    def _event(self, word: str, call: Call | None) -> None:
        if self._open:
            self._inside.append((word, call))
        else:
            self._add(word, call)

    def _add(self, word: str, call: Call | None) -> None:
        if call:
            self._calls[len(self._words)] = call
        self._words.append(intern(word))


class CommentDraft(msgspec.Struct):
    """A comment as far as it has been read.

    ``around`` is the key of the comment that it is nested in, empty at top level, and None in a
    level that stands for a comment which is not there. ``answers`` is the key of the one that
    it says it replies to, None where it leaves that to the nesting. ``depth`` counts levels
    from 1. ``before_replies`` is how many words it had when the first reply began in it.
    """

    key: str
    around: str | None
    depth: int
    place: str = ""
    answers: str | None = None
    fields: tuple[str, ...] = ()
    before_replies: int | None = None
    writing: Writing = msgspec.field(default_factory=Writing)


class NoteDraft(msgspec.Struct):
    """A note as far as it has been read."""

    key: str
    place: str = ""
    mark: str = ""
    writing: Writing = msgspec.field(default_factory=Writing)
    backlinks: list[str] = msgspec.field(default_factory=list)
    ways: list[str] = msgspec.field(default_factory=list)
