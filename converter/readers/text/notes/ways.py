"""Ways through the text from note to note: which is best, and how sure its links are."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Final, TypeAlias

import msgspec

from converter.readers.text.notes.numbering import Count
from converter.readers.text.notes.sites import Site

# How many steps of the best way are one stretch, and how many on both sides of it are looked at
# to say how sure its links are.
STRETCH: Final = 128
BOTH_SIDES: Final = 64

Shares: TypeAlias = dict[Site, float]


class State:
    """A count that ways have come to. ``best`` is what the best way here is worth.

    A state holds the steps that lead to it and nothing holds it but the steps from it, so that
    ways that end nowhere take no memory.
    """

    __slots__ = ("alive", "best", "count", "incoming")

    def __init__(self, count: Count) -> None:
        self.count = count
        self.best = -math.inf
        self.alive = True
        self.incoming: list[Step] = []


class Step(msgspec.Struct, frozen=True):
    """A way from one state to another by calling a note at a site.

    ``time`` counts the groups of sites; ``best`` is what the best way through here is worth.
    """

    time: int
    origin: State
    target: State
    site: Site
    weight: float
    best: float


Ends: TypeAlias = Mapping[State, float]


class _Stretch(msgspec.Struct, frozen=True):
    """All ways from one state, reached at a time, to the ends, each with what it is worth.

    ``first`` and ``last`` are the notes, the last excluded, whose links it tells of.
    """

    first: int
    last: int
    start: State
    begun: int
    ends: Ends
    ended: float


def shares(start: State, ends: Ends, count: int) -> list[Shares]:
    """Return for each of ``count`` notes the sites that may call it, with their shares.

    A share is that of the ways through the link in the sum of all ways from ``start`` to ``ends``
    that leave the best way only near it.
    """
    found: list[Shares] = [{} for _ in range(count)]
    for stretch in _stretches(start, ends, count):
        for note, site, share in _shares_in(stretch):
            if stretch.first <= note < stretch.last:
                found[note][site] = found[note].get(site, 0.0) + share
    return found


def _stretches(start: State, ends: Ends, count: int) -> Iterator[_Stretch]:
    """Yield stretches that overlap, so that links are judged away from where ways are bound."""
    way = _best_way(max(ends, key=lambda state: state.best + ends[state]))
    first = 0
    for at in range(0, max(1, len(way)), STRETCH):
        behind = at + STRETCH
        last = way[behind - 1].target.count.called if behind < len(way) else count
        before = at - BOTH_SIDES - 1
        bound, begun = (way[before].target, way[before].time) if before >= 0 else (start, 0)
        if behind + BOTH_SIDES < len(way):
            step = way[behind + BOTH_SIDES]
            yield _Stretch(first, last, bound, begun, {step.target: 0.0}, step.time)
        else:
            yield _Stretch(first, last, bound, begun, ends, math.inf)
        first = last


def _best_way(end: State) -> Sequence[Step]:
    """Return the steps of the best way to ``end``, the first step first."""
    way: list[Step] = []
    state, time = end, math.inf
    while incoming := [step for step in state.incoming if step.time < time]:
        way.append(max(incoming, key=attrgetter("best")))
        state, time = way[-1].origin, way[-1].time
    return way[::-1]


def _shares_in(stretch: _Stretch) -> Iterator[tuple[int, Site, float]]:
    """Yield for each step of the stretch its note, its site, and its share in the sum of ways.

    The sum is taken forwards to each step, then backwards from the ends.
    """
    forward = {stretch.start: 0.0}
    taken = [_advance(group, forward) for group in _steps(stretch)]
    backward = {state: worth for state, worth in stretch.ends.items() if state in forward}
    total = -math.inf
    for state, worth in backward.items():
        total = _add(total, forward[state] + worth)
    for reached in reversed(taken):
        onward = [(step, sum_, backward.get(step.target, -math.inf)) for step, sum_ in reached]
        for step, sum_, rest in onward:
            yield step.target.count.called - 1, step.site, math.exp(sum_ + rest - total)
        for step, _, rest in onward:
            known = backward.get(step.origin, -math.inf)
            backward[step.origin] = _add(known, step.weight + rest)


def _advance(group: Iterable[Step], forward: dict[State, float]) -> list[tuple[Step, float]]:
    """Return the steps of one time with the sums of ways up to them, and take them."""
    reached = [
        (step, forward[step.origin] + step.weight) for step in group if step.origin in forward
    ]
    for step, sum_ in reached:
        forward[step.target] = _add(forward.get(step.target, -math.inf), sum_)
    return reached


def _steps(stretch: _Stretch) -> Iterator[Iterable[Step]]:
    """Yield the steps on ways to the ends of ``stretch``, those of one time together."""
    steps: list[Step] = []
    found = set(stretch.ends)
    stack = list(found)
    while stack:
        for step in stack.pop().incoming:
            if stretch.begun < step.time <= stretch.ended:
                steps.append(step)
                if step.origin not in found:
                    found.add(step.origin)
                    stack.append(step.origin)
    steps.sort(key=attrgetter("time"))
    for _, group in groupby(steps, key=attrgetter("time")):
        yield group


def _add(a: float, b: float) -> float:
    """Return log(exp(a) + exp(b))."""
    high, low = (a, b) if a > b else (b, a)
    return high if low == -math.inf else high + math.log1p(math.exp(low - high))
