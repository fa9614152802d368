"""From lines to blocks: paragraphs, and lists nested by the column of their markers.

In a dump a blank line ends a paragraph, a list item begins with ``•`` or ``1.``, and what
belongs to the item stands two columns to the right of its marker.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

from msgspec.structs import replace

from converter.model import Block, Inline, List, ListItem, PageBreak, Paragraph, Prov, Text
from converter.readers.text.dump import Dump, Line
from converter.report import Report

MARKER: Final = re.compile(r"(?:(?P<bullet>[•◦▪‣])|(?P<number>\d{1,6})\.)(?:\s+|$)")

# Deeper nesting of lists than anybody means; writers give up not far below.
DEEPEST: Final = 30

ReadInlines: TypeAlias = Callable[[int, int], tuple[Inline, ...]]
ReadBlocks: TypeAlias = Callable[[Sequence[Line]], tuple[Block, ...]]


class Marker(NamedTuple):
    """The marker of a list item. ``number`` is None for a bullet; ``body`` is where text starts."""

    number: int | None
    body: int


def marker_of(line: Line) -> Marker | None:
    """Return the list marker that an indented ``line`` begins with, None if there is none."""
    found = MARKER.match(line.text) if line.indent >= 2 else None
    if found is None:
        return None
    number = found["number"]
    return Marker(int(number) if number else None, line.start + found.end())


def read_blocks(
    dump: Dump, lines: Sequence[Line], read: ReadInlines, *, report: Report
) -> tuple[Block, ...]:
    """Return ``lines`` as blocks, and claim all of them.

    ``read`` turns a span of the dump into inline nodes. Lists nest by the column of their
    markers; a paragraph belongs to the innermost item whose marker stands left of it. Items
    further in than ``DEEPEST`` lists stand level, with a message.
    """
    outline = _Outline()
    for marker, group in _paragraphs(lines):
        start = group[0].start
        if marker is not None:
            dump.structure(start, marker.body)
            outline.item(group[0].indent, marker, ListItem((), prov=dump.prov(start)))
            start = max(start, marker.body)
        if start < group[-1].end:
            outline.add(group[0].indent, marker, _paragraph(dump, start, group, read))
    if outline.flattened:
        text = f"lists nest more than {DEEPEST} deep; what is below stands level"
        report.info("nesting-flattened", text, prov=outline.flattened)
    return outline.close()


def _paragraphs(lines: Sequence[Line]) -> list[tuple[Marker | None, list[Line]]]:
    """Return the runs of lines between blank lines, list markers and returns to the left."""
    groups: list[tuple[Marker | None, list[Line]]] = []
    fresh = True
    for line in lines:
        marker = marker_of(line)
        if line.blank:
            fresh = True
        elif fresh or marker is not None or line.indent < groups[-1][1][0].indent:
            groups.append((marker, [line]))
            fresh = False
        else:
            groups[-1][1].append(line)
    return groups


def _paragraph(
    dump: Dump, start: int, lines: Sequence[Line], read: ReadInlines
) -> tuple[Block, ...]:
    end = lines[-1].end
    interrupted = lines[-1].number - lines[0].number >= len(lines)
    inlines = _read_parts(_parts(start, lines), read) if interrupted else read(start, end)
    if inlines and all(isinstance(node, PageBreak) for node in inlines):
        return tuple(node for node in inlines if isinstance(node, PageBreak))
    return (Paragraph(inlines, prov=dump.prov(start, end)),)


def _parts(start: int, lines: Sequence[Line]) -> Sequence[tuple[int, int]]:
    """Return the spans of a paragraph that the notes at the foot of a page interrupt."""
    parts = [(start, lines[0].end)]
    for above, line in pairwise(lines):
        if line.number == above.number + 1:
            parts[-1] = parts[-1][0], line.end
        else:
            parts.append((line.start, line.end))
    return parts


def _read_parts(parts: Sequence[tuple[int, int]], read: ReadInlines) -> tuple[Inline, ...]:
    """Return what stands in ``parts``, a space between two of them."""
    nodes: list[Inline] = []
    for part in parts:
        first, *rest = read(*part)
        if nodes and isinstance(first, Text):
            first = replace(first, text=f" {first.text}")
        elif nodes and isinstance(nodes[-1], Text):
            nodes[-1] = replace(nodes[-1], text=f"{nodes[-1].text} ")
        nodes += [first, *rest]
    return tuple(nodes)


class _OpenList:
    """A list whose items are still coming in, at the column of its markers."""

    def __init__(self, column: int, marker: Marker) -> None:
        self.column = column
        self.ordered = marker.number is not None
        self.start = self.last = marker.number or 0
        self.items: list[tuple[ListItem, list[Block]]] = []

    def takes(self, marker: Marker) -> bool:
        """Whether ``marker`` goes on with this list: the same kind, and the next number."""
        if marker.number is None:
            return not self.ordered
        return self.ordered and marker.number == self.last + 1

    def node(self) -> List:
        items = tuple(
            ListItem(tuple(blocks), item.marker, item.prov) for item, blocks in self.items
        )
        start = self.start if self.ordered else 1
        return List(items, ordered=self.ordered, start=start, prov=items[0].prov)


class _Outline:
    """Blocks being gathered, with a stack of the lists that are open.

    ``flattened`` is the place of the first item that stood further in than lists may nest.
    """

    def __init__(self) -> None:
        self.flattened: Prov | None = None
        self._root: list[Block] = []
        self._open: list[_OpenList] = []

    def item(self, column: int, marker: Marker, item: ListItem) -> None:
        """Begin an item whose marker stands at ``column``."""
        if len(self._open) == DEEPEST and column > self._open[-1].column:
            self.flattened = self.flattened or item.prov
            column = self._open[-1].column
        self._close(lambda open_list: open_list.column > column)
        if self._open and self._open[-1].column == column and not self._open[-1].takes(marker):
            self._close(lambda open_list: open_list.column == column)
        if not self._open or self._open[-1].column < column:
            self._open.append(_OpenList(column, marker))
        self._open[-1].items.append((item, []))
        self._open[-1].last = marker.number or 0

    def add(self, column: int, marker: Marker | None, blocks: tuple[Block, ...]) -> None:
        """Add ``blocks`` whose first line stands at ``column``, behind ``marker`` if it has one."""
        if marker is None:
            self._close(lambda open_list: open_list.column >= column)
        self._inside().extend(blocks)

    def close(self) -> tuple[Block, ...]:
        self._close(lambda _: True)
        return tuple(self._root)

    def _inside(self) -> list[Block]:
        return self._open[-1].items[-1][1] if self._open else self._root

    def _close(self, ends: Callable[[_OpenList], bool]) -> None:
        while self._open and ends(self._open[-1]):
            done = self._open.pop().node()
            self._inside().append(done)
