"""The list of notes at the end of a document, as lines.

A dump prints the notes as a numbered list two columns in, ``1.`` to the last, whatever marks the
text uses; what belongs to a note (further paragraphs, lists, quotations) stands further in::

      1. Not printed.
      2. The note reads as follows:

        “First paragraph ...

        ↩

Texts that were copied by hand have the list at the left edge, each note a paragraph, its number
bare or with any sign: ``1 Not printed.``, ``1) ...``, ``[1] ...``. So do lists of the text's own:
only its calls tell that such a list is one of notes.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from msgspec.structs import replace

from converter.readers.text.blocks import Marker, marker_of
from converter.readers.text.dump import Dump, Line
from converter.readers.text.inlines import Cut

_BACKLINK: Final = re.compile(r"\s*[↩⏎↑]\ufe0e?\s*$")
_ARROWS: Final = ("↩", "⏎", "↑", "\ufe0e")
_FLUSH: Final = re.compile(r"\[?(?P<number>\d{1,6})[\].)]?\s+(?=\S)")
_INDENTED: Final = 2
# Lines of a paragraph that somebody has broken are not longer.
_BROKEN: Final = 120


class NoteItem(NamedTuple):
    """An item of the list. Its first line begins behind the number, ``flush`` at the left edge."""

    number: int
    marker: tuple[int, int]
    lines: Sequence[Line]
    flush: bool = False

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return max(line.end for line in self.lines)

    def behind(self, mark: str) -> "NoteItem":
        """Return the item without ``mark``, which our editions print in brackets before its text.

        They do so where the number of the item, by which dumps go, is another.
        """
        first, *rest = self.lines
        printed = f"[{mark}] "
        if not first.text.startswith(printed):
            return self
        start = first.start + len(printed)
        head = replace(first, start=start, text=first.text[len(printed) :])
        marker = self.marker[0], start
        return self._replace(marker=marker, lines=(head, *rest))


def find_list(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[NoteItem]]:
    """Return the lines above the last numbered list, and its items if it ends the document.

    The list begins at the last ``1.`` in the column of the last number, and counts on from
    there without a gap. Whether it is a list of notes at all, its calls must tell.
    """
    heads = _heads(lines) or _flush_heads(lines)
    if not heads:
        return lines, ()
    bounds = [*heads, len(lines)]
    items = tuple(_item(lines[first:last]) for first, last in pairwise(bounds))
    return lines[: heads[0]], items


def _heads(lines: Sequence[Line]) -> list[int]:
    """Return the indices of the lines that begin an item of the last list, in order."""
    column: int | None = None
    heads: list[int] = []
    expected = 0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.blank:
            continue
        marker = marker_of(line)
        if marker is None or marker.number is None or (column and line.indent > column):
            if line.indent < (column or 2):
                return []
            continue
        if column is not None and (line.indent < column or marker.number != expected):
            return []
        column, expected = line.indent, marker.number - 1
        heads.append(index)
        if marker.number == 1:
            return heads[::-1]
    return []


def _flush_heads(lines: Sequence[Line]) -> list[int]:
    """Return the indices of the lines that begin an item of a last list at the left edge."""
    heads: list[int] = []
    expected: int | None = None
    is_within = False
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        marker = _flush_marker(line)
        if marker and expected in (None, marker.number):
            heads.append(index)
            if marker.number == 1:
                return heads[::-1]
            expected, is_within = (marker.number or 0) - 1, False
        elif line.blank and is_within:
            return []
        elif not line.blank and line.indent < _INDENTED:
            if len(line.text) > _BROKEN:
                return []
            is_within = True
    return []


def _flush_marker(line: Line) -> Marker | None:
    found = _FLUSH.match(line.text) if line.indent < _INDENTED else None
    return found and Marker(int(found["number"]), line.start + found.end())


def _item(lines: Sequence[Line]) -> NoteItem:
    first = lines[0]
    marker = marker_of(first) or _flush_marker(first)
    if marker is None or marker.number is None:
        raise ValueError(first.text)
    body = min(marker.body, first.end)
    text = first.text[body - first.start :]
    head = replace(first, start=body, indent=0, text=text)
    is_flush = first.indent < _INDENTED
    return NoteItem(marker.number, (first.start, body), (head, *lines[1:]), is_flush)


def find_backlinks(dump: Dump, items: Sequence[NoteItem]) -> Iterator[Cut]:
    """Yield a cut for the arrow at the end of each item that leads back to the text."""
    for item in items:
        last = next((line for line in reversed(item.lines) if not line.blank), item.lines[0])
        ends_in_arrow = last.text.endswith(_ARROWS)
        found = ends_in_arrow and _BACKLINK.search(dump.text, last.start, last.end)
        if found and found.start() < found.end():
            yield Cut(found.start(), last.end, None)
