"""A text dump being read: its lines, and what has become of every character.

Spans are pairs of character offsets, the end excluded. Each character that is not white space
is claimed once: as text of the model, as a field of it, as structure, or as dropped. The ledger
is counted from these claims, and ``kept_words`` lets the reader prove that what it claims to
have kept is what the model holds.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

import msgspec

from converter.ledger import (
    DROPPED,
    FIELD,
    STRUCTURE,
    TEXT,
    Drop,
    Ledger,
    account,
    kept_words,
)
from converter.model import Prov

_TAB: Final = 8


class Line(msgspec.Struct, frozen=True, gc=False):
    """A line without its ending. ``start`` and ``end`` leave out white space around it.

    ``number`` counts from 1, ``indent`` in columns. A blank line has ``start == end``.
    """

    number: int
    start: int
    end: int
    indent: int
    text: str

    @property
    def blank(self) -> bool:
        return self.start == self.end


class Dump:
    """The text of one source and the account of its characters."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.lines = split_lines(text)
        self._claims = bytearray(len(text))
        self._drops: list[tuple[int, Drop]] = []
        self._starts = [line.start for line in self.lines]
        # Where lines begin, white space included: to look back for it is slow in long lines.
        self._margins = [0, *(found.end() for found in re.finditer("\n", text))]

    def keep(self, start: int, end: int) -> None:
        """Claim a span as text of the model."""
        self._claims[start:end] = bytes((TEXT,)) * (end - start)

    def field(self, start: int, end: int) -> None:
        """Claim a span as the value of a field: an author, a date, a number."""
        self._claims[start:end] = bytes((FIELD,)) * (end - start)

    def structure(self, start: int, end: int) -> None:
        """Claim a span as having become markup."""
        self._claims[start:end] = bytes((STRUCTURE,)) * (end - start)

    def drop(self, start: int, end: int, reason: str) -> None:
        """Claim a span as left out on purpose."""
        self._claims[start:end] = bytes((DROPPED,)) * (end - start)
        self._drops.append((start, Drop(self.text[start:end], reason, self.line_at(start))))

    def drop_lines(self, lines: Iterable[Line], reason: str) -> None:
        for line in lines:
            if not line.blank:
                self.drop(line.start, line.end, reason)

    def line_at(self, offset: int) -> int:
        """Return the number of the line that holds ``offset``."""
        return max(1, bisect_right(self._starts, offset))

    def prov(self, start: int, end: int | None = None) -> Prov:
        """Return where the span is, for nodes and messages."""
        line = self.line_at(start)
        column = start - self._margins[bisect_right(self._margins, start) - 1] + 1
        last = line if end is None else self.line_at(max(start, end - 1))
        return Prov(self.name, line, last if last > line else None, column)

    def kept_words(self) -> list[str]:
        """Return the words claimed as text, and those that nobody claimed."""
        return kept_words(self.text, bytes(self._claims), (0, len(self.text)))

    def ledger(self) -> Ledger:
        """Return the account in words."""
        return account(self.text, bytes(self._claims), self._drops)


def split_lines(text: str) -> tuple[Line, ...]:
    """Return the lines of ``text``; tabs indent to the next multiple of eight."""
    lines = []
    offset = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        body = raw.strip()
        lead = raw[: len(raw) - len(raw.lstrip())] if body else ""
        start = offset + len(lead)
        lines.append(Line(number, start, start + len(body), len(lead.expandtabs(_TAB)), body))
        offset += len(raw) + 1
    return tuple(lines)
