"""Two sequences side by side: which of their elements belong together, in order.

Sequences that are nearly alike, as an edition and its source are, take time linear in their
length: what is alike at both ends goes first, then runs of three that occur once in each, and
only the short stretches between these are compared element with element.
See https://bramcohen.livejournal.com/73318.html for the idea.
"""

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import Final, NamedTuple

from converter.verify.letters import letters
from converter.verify.reading import CALL, PAGE

_RUN: Final = 3
# Comparing all with all costs the product of two lengths, at worst times the length again.
_SMALL: Final = 40_000


class Gap(NamedTuple):
    """A stretch of one sequence that the other has not, or has otherwise: ends excluded."""

    start: int
    end: int
    other_start: int
    other_end: int


class _Match(NamedTuple):
    start: int
    other: int
    size: int


def pairs(one: Sequence[Hashable], other: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Yield the positions of elements that belong together, in order."""
    for match in _matches(one, other):
        yield from ((match.start + step, match.other + step) for step in range(match.size))


def gaps(one: Sequence[Hashable], other: Sequence[Hashable]) -> Iterator[Gap]:
    """Yield the stretches in which the sequences differ, in order."""
    start = other_start = 0
    for match in (*_matches(one, other), _Match(len(one), len(other), 0)):
        if match.start > start or match.other > other_start:
            yield Gap(start, match.start, other_start, match.other)
        start, other_start = match.start + match.size, match.other + match.size


def gaps_in_letters(one: Sequence[str], other: Sequence[str]) -> Iterator[Gap]:
    """Yield the stretches in which words differ, between the first and last other letter.

    Where lines end within words, or words are written without spaces, the same letters make
    other words: that alone is no difference at the start and end of the sequences.
    """
    start, other_start = _agreement(one, other)
    ours, theirs = one[start:], other[other_start:]
    backwards = _agreement(*([word[::-1] for word in words[::-1]] for words in (ours, theirs)))
    ours = ours[: len(ours) - backwards[0]]
    theirs = theirs[: len(theirs) - backwards[1]]
    for gap in gaps(ours, theirs):
        ends = (gap.start + start, gap.end + start)
        yield Gap(*ends, gap.other_start + other_start, gap.other_end + other_start)


def _agreement(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """Return how many words at the start of each sequence have the same letters in all."""
    agreed = 0, 0
    place = other_place = 0
    ours = theirs = ""
    while ours == theirs or ours.startswith(theirs) or theirs.startswith(ours):
        if ours == theirs:
            agreed = place, other_place
            ours = theirs = ""
        if len(ours) <= len(theirs) and place < len(one):
            ours += letters(one[place])
            place += 1
        elif len(ours) >= len(theirs) and other_place < len(other):
            theirs += letters(other[other_place])
            other_place += 1
        else:
            break
    return agreed


def joined(found: Iterable[Gap], distance: int, words: Sequence[str]) -> Iterator[Gap]:
    """Yield gaps in ``words``, those as one that no more than ``distance`` words lie between.

    Calls and page breaks do not count.
    """
    last: Gap | None = None
    for gap in found:
        if last and _are_near(words[last.end : gap.start], distance):
            last = Gap(last.start, gap.end, last.other_start, gap.other_end)
        else:
            if last:
                yield last
            last = gap
    if last:
        yield last


def _are_near(between: Sequence[str], distance: int) -> bool:
    plain = (word for word in between if word[0] not in (CALL, PAGE))
    return next(islice(plain, distance, None), None) is None


def _matches(one: Sequence[Hashable], other: Sequence[Hashable]) -> Iterator[_Match]:
    if one == other:
        yield _Match(0, 0, len(one))
        return
    whole = Gap(0, len(one), 0, len(other))
    head, middle, tail = _trimmed(one, other, whole)
    yield head
    place = Gap(middle.start, middle.start, middle.other_start, middle.other_start)
    for anchor in _anchors(one, other, middle):
        if anchor.start < place.end or anchor.other < place.other_end:
            continue
        between = Gap(place.end, anchor.start, place.other_end, anchor.other)
        yield from _between(one, other, between)
        yield anchor
        end, other_end = anchor.start + anchor.size, anchor.other + anchor.size
        place = Gap(end, end, other_end, other_end)
    yield from _between(one, other, Gap(place.end, middle.end, place.other_end, middle.other_end))
    yield tail


def _trimmed(
    one: Sequence[Hashable], other: Sequence[Hashable], gap: Gap
) -> tuple[_Match, Gap, _Match]:
    """Return what is alike at the start of ``gap``, what is left, and what is alike at its end."""
    start, end, other_start, other_end = gap
    while start < end and other_start < other_end and one[start] == other[other_start]:
        start, other_start = start + 1, other_start + 1
    while start < end and other_start < other_end and one[end - 1] == other[other_end - 1]:
        end, other_end = end - 1, other_end - 1
    head = _Match(gap.start, gap.other_start, start - gap.start)
    tail = _Match(end, other_end, gap.end - end)
    return head, Gap(start, end, other_start, other_end), tail


def _between(one: Sequence[Hashable], other: Sequence[Hashable], gap: Gap) -> Iterator[_Match]:
    """Yield what is alike in a stretch that has no anchor: if it is long, at its ends only."""
    head, left, tail = _trimmed(one, other, gap)
    yield head
    size = (left.end - left.start) * (left.other_end - left.other_start)
    if 0 < size <= _SMALL:
        matcher = SequenceMatcher(
            a=one[left.start : left.end],
            b=other[left.other_start : left.other_end],
            autojunk=False,
        )
        for start, other_start, length in matcher.get_matching_blocks():
            yield _Match(left.start + start, left.other_start + other_start, length)
    yield tail


def _anchors(one: Sequence[Hashable], other: Sequence[Hashable], gap: Gap) -> list[_Match]:
    """Return the runs that occur once in each sequence, as many as are in the same order."""
    if gap.start == gap.end or gap.other_start == gap.other_end:
        return []
    first = _unique_runs(one, gap.start, gap.end)
    second = _unique_runs(other, gap.other_start, gap.other_end)
    shared = [(start, second[run]) for run, start in first.items() if run in second]
    return [_Match(start, place, _RUN) for start, place in _longest_rise(shared)]


def _unique_runs(
    words: Sequence[Hashable], start: int, end: int
) -> dict[tuple[Hashable, ...], int]:
    """Return the runs of words that occur once, with where they begin, in order."""
    found: dict[tuple[Hashable, ...], int] = {}
    for place in range(start, end - _RUN + 1):
        run = tuple(words[place : place + _RUN])
        found[run] = -1 if run in found else place
    return {run: place for run, place in found.items() if place >= 0}


def _longest_rise(shared: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of ``shared`` whose second numbers rise as the first do."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, (_, number) in enumerate(shared):
        at = bisect_left(tops, number)
        before.append(ends[at - 1] if at else -1)
        tops[at : at + 1] = [number]
        ends[at : at + 1] = [place]
    rise = []
    place = ends[-1] if ends else -1
    while place >= 0:
        rise.append(shared[place])
        place = before[place]
    return rise[::-1]
