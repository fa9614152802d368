"""From a span of a dump to inline nodes: text, with note calls and page breaks cut out of it."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from operator import attrgetter
from typing import Final, NamedTuple

from converter.model import Inline, LineBreak, Text
from converter.readers.text.dump import Dump

# White space that means one space. The no-break space (U+00A0) and its kin are text.
_SPACE: Final = re.compile(r"[ \t]+")


class Cut(NamedTuple):
    """A span that is markup, not text, and the node it stands for (None: nothing is left)."""

    start: int
    end: int
    node: Inline | None


class Cuts:
    """The cuts of a dump, in order, never overlapping."""

    def __init__(self, cuts: Iterable[Cut] = ()) -> None:
        self._cuts = sorted(cuts, key=attrgetter("start"))
        self._starts = [cut.start for cut in self._cuts]

    def within(self, start: int, end: int) -> list[Cut]:
        """Return the cuts that begin in the span."""
        return self._cuts[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def read_inlines(dump: Dump, start: int, end: int, cuts: Cuts) -> tuple[Inline, ...]:
    """Return the span as inline nodes, and claim all of it.

    A line ending inside the span is a line break: that is what dumps make of ``<br>``.
    """
    nodes: list[Inline] = []
    for cut in cuts.within(start, end):
        nodes.extend(_text(dump, start, cut.start))
        dump.structure(cut.start, cut.end)
        if cut.node is not None:
            nodes.append(cut.node)
        start = cut.end
    nodes.extend(_text(dump, start, end))
    return tuple(nodes)


def _text(dump: Dump, start: int, end: int) -> Iterable[Inline]:
    if start >= end:
        return
    dump.keep(start, end)
    text = dump.text[start:end]
    # Patterns take long to find nothing, and most text has no wide spaces.
    if "  " in text or "\t" in text:
        text = _SPACE.sub(" ", text)
    lines = text.split("\n")
    for position, line in enumerate(lines, start=1):
        if position > 1:
            yield LineBreak()
            line = line.removeprefix(" ")
        if position < len(lines):
            line = line.removesuffix(" ")
        if line:
            yield Text(line)
