"""The printed outline of a thread: paragraphs, items, and the lists that the items form.

The outline is what columns and numbers say, before anybody decides which lists are replies. A
list ends where its numbers stop going on; a paragraph belongs to the innermost item whose marker
stands left of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from typing import Final, NamedTuple

from converter.readers.text.blocks import MARKER
from converter.readers.text.comments.phrases import is_trace
from converter.readers.text.dump import Line

# The columns of a level in a dump.
STEP: Final = 2
# Numbers that leave out more than so many belong to another list.
_LEAP: Final = 20
# A line is a link below comments if it recurs so often, before so many of all items, and nearly
# always before one. "Thank you!" is often the end of a comment, but not of every fourth.
_RECURS: Final = 4
_OFTEN: Final = 0.25
_ALWAYS: Final = 0.8
_LINK_LENGTH: Final = 60
_DIGITS: Final = re.compile(r"\d+")


class Piece(NamedTuple):
    """Lines of one paragraph. ``gap`` is the number of blank lines above it.

    An item begins with a marker: ``number`` is None for a bullet, and ``body`` is where the text
    of the first line begins behind it. A ``trace`` is what a theme prints behind a comment.
    """

    lines: tuple[Line, ...]
    column: int
    gap: int
    marked: bool = False
    number: int | None = None
    body: int = 0
    trace: bool = False

    @property
    def text(self) -> str:
        """The first line without its marker."""
        return self.lines[0].text[self.body :]

    @property
    def start(self) -> int:
        return self.lines[0].start + self.body


class Outline:
    """The pieces of a section, and the lists that its items form.

    All are named by index: ``above[p]`` is the piece that opens the item around the item ``p``,
    -1 outside of all; ``list_of[p]`` the list that it is in; ``lists[n]`` the items of list ``n``.
    ``resumed`` holds the lists below which the text of the item around them goes on, and
    ``followed`` those below which another list begins in the same item and column.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.above = [-1] * len(pieces)
        self.list_of = [-1] * len(pieces)
        self.lists: list[list[int]] = []
        self.resumed: set[int] = set()
        self.followed: set[int] = set()
        self._read()
        self._outermost = min((pieces[items[0]].column for items in self.lists), default=0)

    def is_outermost(self, items: Sequence[int]) -> bool:
        """Whether the list of ``items`` stands at the outermost column that has markers."""
        return self.pieces[items[0]].column == self._outermost

    def _read(self) -> None:
        open_items: list[int] = []
        for index, piece in enumerate(self.pieces):
            left = -1
            while open_items and self.pieces[open_items[-1]].column >= piece.column:
                left = open_items.pop()
            around = open_items[-1] if open_items else -1
            if piece.marked:
                self._add(index, around, left)
                open_items.append(index)
            elif left >= 0 and self._resumes(left, index):
                self.resumed.add(self.list_of[left])

    def _add(self, index: int, around: int, left: int) -> None:
        """Add an item below ``around``; ``left`` is the item that it closes, if any."""
        self.above[index] = around
        if left >= 0 and _goes_on(self.pieces[left], self.pieces[index]):
            self.list_of[index] = self.list_of[left]
        else:
            if left >= 0 and self.pieces[left].column == self.pieces[index].column:
                self.followed.add(self.list_of[left])
            self.list_of[index] = len(self.lists)
            self.lists.append([])
        self.lists[self.list_of[index]].append(index)

    def _resumes(self, left: int, index: int) -> bool:
        """Whether the text around the item ``left`` goes on with piece ``index``.

        Not so below a trace: what a theme prints behind a comment ends its text.
        """
        piece, before = self.pieces[index], self.pieces[index - 1]
        if self.pieces[left].column != piece.column or piece.gap > 1:
            return False
        return not piece.trace and not before.trace


def _goes_on(last: Piece, piece: Piece) -> bool:
    """Whether ``piece`` is an item of the list that ``last`` is in.

    Numbers may leave out a few: those of items whose line a filter took.
    """
    if last.column != piece.column or (last.number is None) != (piece.number is None):
        return False
    if piece.number is None or last.number is None:
        return True
    return last.number < piece.number <= last.number + _LEAP


def read_pieces(lines: Iterable[Line], *, step: int) -> tuple[Piece, ...]:
    """Return ``lines`` as pieces: a blank line, a marker or a step to the left begins one.

    What a theme prints behind a comment is a piece of its own wherever it stands. Lines left of
    ``step`` are preformatted text, which keeps its own indentation, and go with the text above.
    """
    pieces: list[Piece] = []
    lines = tuple(lines)
    recurring = find_recurring(lines)
    for group, gap in _groups(lines, step, recurring):
        piece = _with_marker(group, gap, recurring)
        if piece.column < step and pieces:
            piece = piece._replace(column=_text_column(pieces[-1], step), marked=False, body=0)
        pieces.append(piece)
    if pieces and pieces[0].column < step:
        pieces[0] = pieces[0]._replace(column=_first_column(pieces, step))
    return tuple(pieces)


def _text_column(piece: Piece, step: int) -> int:
    return piece.column + step if piece.marked else piece.column


def _first_column(pieces: Sequence[Piece], step: int) -> int:
    """Return the column of a first marker whose indentation was cut off with the text above it.

    Its own paragraphs, or the item after it, say where it stood.
    """
    text = [piece.column for piece in takewhile(lambda piece: not piece.marked, pieces[1:])]
    if text:
        return max(step, min(text) - step)
    below = next((piece for piece in pieces[1:] if piece.marked), None)
    if below is None:
        return step
    return max(step, below.column - step if below.number == 1 else below.column)


def find_recurring(lines: Sequence[Line]) -> frozenset[str]:
    """Return the short lines that stand again and again where an item is about to begin.

    They are links behind comments, in whatever language the theme speaks. Digits are left out
    of account, so that counts of likes are one line.
    """
    all_of, closing = Counter[str](), Counter[str]()
    items = sum(bool(MARKER.match(line.text)) for line in lines)
    for line, following in pairwise(line for line in lines if not line.blank):
        if len(line.text) <= _LINK_LENGTH and not MARKER.match(line.text):
            text = _without_digits(line.text)
            all_of[text] += 1
            closing[text] += bool(MARKER.match(following.text))
    return frozenset(
        text
        for text, count in closing.items()
        if count >= max(_RECURS, _OFTEN * items) and count >= _ALWAYS * all_of[text]
    )


def _without_digits(text: str) -> str:
    return _DIGITS.sub("0", text)


def _is_link(line: Line, recurring: frozenset[str]) -> bool:
    if len(line.text) > _LINK_LENGTH:
        return False
    return is_trace(line.text) or _without_digits(line.text) in recurring


def _groups(
    lines: Iterable[Line], step: int, recurring: frozenset[str]
) -> Iterator[tuple[list[Line], int]]:
    group: list[Line] = []
    gap = blanks = 0
    for line in lines:
        if line.blank:
            blanks += 1
            continue
        if group and (blanks or _begins(group, line, step, recurring)):
            yield group, gap
            group = []
        if not group:
            gap = blanks
        group.append(line)
        blanks = 0
    if group:
        yield group, gap


def _begins(group: Sequence[Line], line: Line, step: int, recurring: frozenset[str]) -> bool:
    """Whether ``line`` begins a piece although no blank line is above it."""
    first = group[0]
    if line.indent < step:
        return False
    if line.indent < first.indent or MARKER.match(line.text):
        return True
    marked = bool(MARKER.match(first.text))
    if marked and line.indent == first.indent:
        return True
    return _is_link(line, recurring) != _is_link(first, recurring)


def _with_marker(group: Sequence[Line], gap: int, recurring: frozenset[str]) -> Piece:
    first = group[0]
    found = MARKER.match(first.text)
    if found is None:
        return Piece(tuple(group), first.indent, gap, trace=_is_link(first, recurring))
    number = int(found["number"]) if found["number"] else None
    return Piece(tuple(group), first.indent, gap, True, number, found.end())
