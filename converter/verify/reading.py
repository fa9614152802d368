"""What is read of an edition and of the model alike, so that the two can be compared.

A ``Reading`` knows nothing of formats: it holds words, and where among them notes are called and
pages of the source begin. Notes and comments are passages of their own, named by keys that mean
something only within one reading, such as the file and id of an element.
"""

from bisect import bisect_right
from sys import intern
from typing import Final, NamedTuple

from converter.verify.difference import Difference

# A call among words, and what goes before the label of a page; no word holds these characters.
CALL: Final = "\x01"
PAGE: Final = "\x02"


class Call(NamedTuple):
    """The place in the text where a note is called: the key of the note, its own, its mark."""

    note: str
    name: str = ""
    mark: str = ""


class Passage(NamedTuple):
    """Words in reading order, among them calls and page breaks.

    A call or page break inside a word stands behind it. ``calls`` are held by their position,
    ``places`` name where the passage is from the position given on.
    """

    words: tuple[str, ...]
    calls: dict[int, Call]
    places: tuple[tuple[int, str], ...]

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

    ``fields`` are what it says about itself: kind, author, date, likes.
    """

    key: str
    parent: str
    passage: Passage
    place: str = ""
    fields: tuple[str, ...] = ()


class Reading(NamedTuple):
    """All that was read. ``faults`` are what is wrong with it whatever the source says."""

    body: Passage
    notes: tuple[Note, ...]
    comments: tuple[Comment, ...]
    title_page: tuple[str, ...] | None = None
    faults: tuple[Difference, ...] = ()

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

    def text(self, text: str) -> None:
        """Take down ``text``; what touches it without white space belongs to the same word."""
        words = text.split()
        if not words:
            if text:
                self.space()
            return
        if text[0].isspace():
            self.space()
        self._open.append(words[0])
        if len(words) > 1:
            self.space()
            self._words.extend(map(intern, words[1:-1]))
            self._open.append(words[-1])
        if text[-1].isspace():
            self.space()

    def space(self) -> None:
        """End the word, if one is open."""
        if self._open:
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

    def passage(self) -> Passage:
        """Return what was taken down."""
        self.space()
        return Passage(tuple(self._words), self._calls, tuple(self._places))

    def _event(self, word: str, call: Call | None) -> None:
        if self._open:
            self._inside.append((word, call))
        else:
            self._add(word, call)

    def _add(self, word: str, call: Call | None) -> None:
        if call:
            self._calls[len(self._words)] = call
        self._words.append(intern(word))
