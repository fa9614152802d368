"""Which site calls which note: the sequence of marks as one problem.

The text is read from left to right as a hidden Markov model. Each site either calls the next
note of the list or is ordinary text; a state is how many notes have been called and the mark
that the last of them printed. Calling a note at a site is worth, in log-odds against its being
ordinary text,

    what the site's surroundings say             (``sites.WEIGHTS``)
  + how likely this mark is after the last one   (``NUMBERING``: 19 after 18; 18a; 1 on a new page)
  - how likely this mark is in any text          (``CHANCE``)
  + what note and text say of each other         (``fit``)

and a note that no site calls costs ``UNCALLED``. Numbering by position, numbering that runs on
through a volume, restarts on each page, inserted marks and signs are all ways through the same
states, so no scheme is chosen beforehand: the whole text weighs them against one another.

All ways are summed, forwards and backwards, and the **confidence** of a link is the share of the
sum that goes through it. Links above one half can not contradict one another, since any two of
them share a way; that is the threshold. Less likely states are forgotten (``BEAM``), hence time
is linear in the number of sites and memory in that of the steps worth remembering.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import groupby
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

from converter.readers.text.notes.sites import SIGNS, Site

# Log-probabilities of a mark, given the one before it.
NUMBERING: Final[dict[str, float]] = {
    "begins at 1": math.log(0.6),
    "begins at a low number": math.log(0.1 / 4),  # on a page that another document began
    "begins at another number": math.log(0.28 / 94),  # running on from earlier documents
    "begins at a high number": math.log(0.02 / 900),
    "begins with a sign": math.log(0.03),
    "next": math.log(0.9),
    "inserted": math.log(0.02),  # 18a after 18
    "same": math.log(0.02),  # a note printed twice under one mark
    "same, and the same text": math.log(0.45),
    "earlier, and the same text": math.log(0.1),
    "1 on a new page": math.log(0.03),
    "1 on a new page, as before": math.log(0.9),  # numbering that is known to begin on each page
    "next on a new page, as never before": math.log(0.1),
    "1 after 99": math.log(0.5),
    "one left out": math.log(0.01),
    "leap": math.log(0.02 / 99),
    "sign among numbers": math.log(0.02),
    "next sign": math.log(0.9),
}
# Log-probabilities of a mark in text that calls nothing: a number by its length, the last digits
# of a number, a sign.
CHANCE: Final = {1: math.log(1 / 15), 2: math.log(1 / 120), 3: math.log(1 / 1200)}
SPLIT_CHANCE: Final = math.log(1 / 50)
SIGN_CHANCE: Final = math.log(1 / 5)
UNCALLED: Final = math.log(0.002)
CERTAIN: Final = 0.5
# How many states are remembered, and how far below the best way, in log-odds.
BEAM: Final = 32
DEPTH: Final = 18.0
# Long lists leave less doubt, and very long texts, in sites, no time for it.
LONG_LIST: Final = 500
LONG_TEXT: Final = 20_000
DEPTH_OF_LONG: Final = 10.0
# What having called one note more is worth when ways are compared half-way.
PROMISE: Final = 1.0
# Ways so much less likely than others to the same state are counted, but not remembered.
NEGLIGIBLE: Final = 12.0
_LEAP_FROM: Final = 1.0
_SURE_SPLITS: Final = frozenset({"after a year", "after a day"})
_REMEMBERED: Final = 12
_ORIGINS: Final = 8
_LEAPERS: Final = 4
_LONGEST_REPEAT: Final = 8

Fit: TypeAlias = Callable[[int, Site], float]


class Mark(NamedTuple):
    """A mark taken apart: 18a is number 18, letter 1; b is letter 2; ‡ is sign 3."""

    number: int = 0
    letter: int = 0
    sign: int = 0


class Link(NamedTuple):
    """Note ``note`` (from 0) is called at ``site``, with this confidence."""

    note: int
    site: Site
    confidence: float


class _State:
    """So many notes are called, the last with ``mark`` on ``page``.

    ``forward`` is the sum over all ways here, ``backward`` over all ways on from here. A state
    holds the steps that lead to it and nothing holds it but the steps from it, so that ways
    that end nowhere take no memory.
    """

    __slots__ = ("alive", "backward", "called", "forward", "incoming", "mark", "page", "paged")

    def __init__(self, called: int, mark: Mark, page: int, paged: bool) -> None:
        self.called, self.mark, self.page, self.paged = called, mark, page, paged
        self.forward = self.backward = -math.inf
        self.alive = True
        self.incoming: list[_Step] = []


class _Step(NamedTuple):
    """A way from one state to another by calling a note at a site. ``forward`` as it was then.

    ``time`` counts the groups of sites.
    """

    time: int
    origin: _State
    target: _State
    site: Site
    weight: float
    forward: float


def parse_mark(text: str) -> Mark:
    """Return ``text``, a number with or without a letter, or a sign, taken apart."""
    if text in SIGNS:
        return Mark(sign=SIGNS.index(text) + 1)
    digits = text.rstrip("abcd")
    return Mark(int(digits or "0"), ord(text[-1]) - 96 if len(digits) < len(text) else 0)


def align(
    groups: Iterable[tuple[Site, ...]], count: int, *, repeats: Sequence[int], fit: Fit
) -> tuple[tuple[Link, ...], ...]:
    """Return for each of ``count`` notes its possible links, the most likely first.

    ``groups`` are sites in the order of the text, those that exclude one another together.
    ``repeats[k]`` says how many notes before note k its text stood last, 0 if nowhere.
    ``fit(k, site)`` is what the text of note k says for or against a call at the site, in
    log-odds.
    """
    lattice = _Lattice(count, repeats, fit)
    for group in groups:
        lattice.read(group)
    return lattice.links()


class _Lattice:
    """All ways worth remembering through the sites read so far."""

    def __init__(self, count: int, repeats: Sequence[int], fit: Fit) -> None:
        self._count, self._repeats, self._fit = count, repeats, fit
        self._start = _State(0, Mark(), 0, paged=False)
        self._start.forward = self._best = 0.0
        self._states: dict[tuple[int, Mark, int, bool], _State] = {}
        self._alive = [self._start]
        self._final: list[_State] = []
        self._time = 0
        self._depth = DEPTH if count <= LONG_LIST else DEPTH_OF_LONG
        self._expecting: dict[Mark, list[_State]] = defaultdict(list)

    def read(self, group: tuple[Site, ...]) -> None:
        """Add the steps that call a note at one of the sites of ``group``."""
        self._time += 1
        if self._time == LONG_TEXT:
            self._depth = DEPTH_OF_LONG
        for step in [step for site in group for step in self._steps_at(site)]:
            self._take(step)
        if len(self._alive) > 2 * BEAM:
            self._prune()

    def _steps_at(self, site: Site) -> Iterator[_Step]:
        mark = parse_mark(site.mark)
        gain = site.weight - _chance(site)
        for state in self._origins(site, mark):
            for skipped in (0, 1):
                note = state.called + skipped
                if note >= self._count or not state.alive:
                    continue
                chance = _numbering(state, mark, site.page, skipped, self._repeats[note])
                weight = gain + chance + skipped * UNCALLED + self._fit(note, site)
                if self._promise(state.forward + weight, note + 1) < self._best - self._depth:
                    continue
                paged = state.paged or _restarts(state, mark, site.page)
                top = _top(state.mark, mark, self._repeats[note])
                target = self._state(note + 1, top, site.page, paged)
                yield _Step(self._time, state, target, site, weight, state.forward)

    def _origins(self, site: Site, mark: Mark) -> Iterable[_State]:
        """Return the states from which a call with ``mark`` is worth considering."""
        expecting: Sequence[_State] = self._expecting.get(mark, ())
        if self._time > LONG_TEXT and len(expecting) > _ORIGINS:
            alive = (state for state in expecting if state.alive)
            expecting = nlargest(_ORIGINS, alive, key=self._rank)
        leapers = (*self._alive[:_LEAPERS], *self._alive[-_LEAPERS:])
        leaping = leapers if site.weight >= _LEAP_FROM else ()
        return dict.fromkeys((self._start, *expecting, *leaping))

    def _state(self, called: int, mark: Mark, page: int, paged: bool) -> _State:
        key = (called, mark, page, paged)
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = _State(*key)
            if called == self._count:
                self._final.append(state)
            else:
                self._alive.append(state)
                self._expect(state)
        return state

    def _expect(self, state: _State) -> None:
        for mark in _expected(state.mark, self._repeats[state.called]):
            self._expecting[mark].append(state)

    def _take(self, step: _Step) -> None:
        forward = step.forward + step.weight
        if forward > step.target.forward - NEGLIGIBLE:
            step.target.incoming.append(step)
        step.target.forward = _add(step.target.forward, forward)
        self._best = max(self._best, self._promise(step.target.forward, step.target.called))

    def _prune(self) -> None:
        """Forget the least likely states."""
        ranked = sorted(self._alive, key=self._rank, reverse=True)
        self._alive = [
            state for state in ranked[:BEAM] if self._rank(state) >= self._best - self._depth
        ]
        for state in ranked[len(self._alive) :]:
            state.alive = False
        self._states.clear()
        self._expecting.clear()
        for state in self._alive:
            self._states[state.called, state.mark, state.page, state.paged] = state
            self._expect(state)

    def _rank(self, state: _State) -> float:
        return self._promise(state.forward, state.called)

    @staticmethod
    def _promise(forward: float, called: int) -> float:
        """Return the rank of a way: notes it has called can no longer cost ``UNCALLED``."""
        return forward + PROMISE * called

    def links(self) -> tuple[tuple[Link, ...], ...]:
        """Return the shares of all steps in the sum of all ways, note by note."""
        ends = [*self._alive, *self._final]
        total = -math.inf
        for state in ends:
            state.backward = (self._count - state.called) * UNCALLED
            total = _add(total, state.forward + state.backward)
        shares: list[dict[Site, float]] = [{} for _ in range(self._count)]
        for _, group in groupby(_steps_to(ends), key=attrgetter("time")):
            steps = [(step, step.weight + step.target.backward) for step in group]
            for step, onward in steps:
                note = shares[step.target.called - 1]
                share = math.exp(step.forward + onward - total)
                note[step.site] = note.get(step.site, 0.0) + share
            for step, onward in steps:
                step.origin.backward = _add(step.origin.backward, onward)
        return tuple(_ranked(note, sites) for note, sites in enumerate(shares))


def _steps_to(ends: Iterable[_State]) -> list[_Step]:
    """Return all steps on ways to ``ends``, the latest first."""
    steps: list[_Step] = []
    found = set(ends)
    stack = list(found)
    while stack:
        for step in stack.pop().incoming:
            steps.append(step)
            if step.origin not in found:
                found.add(step.origin)
                stack.append(step.origin)
    return sorted(steps, key=attrgetter("time"), reverse=True)


def _ranked(note: int, sites: dict[Site, float]) -> tuple[Link, ...]:
    best = sorted(sites.items(), key=lambda item: (-item[1], item[0].start))[:_REMEMBERED]
    return tuple(Link(note, site, min(1.0, share)) for site, share in best)


def _chance(site: Site) -> float:
    if site.lead in _SURE_SPLITS:
        return SPLIT_CHANCE
    return CHANCE[min(len(site.mark), 3)] if site.mark[0].isdigit() else SIGN_CHANCE


def _add(a: float, b: float) -> float:
    """Return log(exp(a) + exp(b))."""
    high, low = (a, b) if a > b else (b, a)
    return high if low == -math.inf else high + math.log1p(math.exp(low - high))


def _top(last: Mark, mark: Mark, repeat: int) -> Mark:
    """Return the mark that numbering goes on from: a mark printed again does not turn it back."""
    again = repeat and not mark.letter and last.number - repeat < mark.number < last.number
    return last if again else mark


def _expected(last: Mark, repeat: int) -> Iterator[Mark]:
    """Yield the marks that may well follow ``last``, or be printed again by a repeated note."""
    yield last
    if last.sign:
        yield Mark(sign=last.sign + 1)
        yield Mark(sign=1)
        return
    yield Mark(last.number + 1)
    yield Mark(last.number + 2)
    yield Mark(last.number, last.letter + 1)
    yield Mark(1)
    yield Mark(sign=1)
    for back in range(1, min(repeat, _LONGEST_REPEAT)):
        yield Mark(last.number - back)


def _numbering(state: _State, mark: Mark, page: int, skipped: int, repeat: int) -> float:
    """Return the log-probability of ``mark`` after ``state`` and ``skipped`` uncalled notes."""
    return NUMBERING[_relation(state, mark, page, skipped, repeat)]


def _relation(state: _State, mark: Mark, page: int, skipped: int, repeat: int) -> str:
    last, turned = state.mark, page > state.page
    if not state.called:
        return _beginning(mark, skipped)
    if repeat and not mark.letter and last.number - repeat < mark.number <= last.number:
        return "same, and the same text" if mark == last else "earlier, and the same text"
    if mark == last:
        return "same"
    if mark.sign:
        return _sign_relation(last, mark, turned)
    if mark == (last.number + 1 + skipped, 0, 0) and not last.sign:
        return "next on a new page, as never before" if state.paged and turned else "next"
    if mark.number == last.number and mark.letter == last.letter + 1:
        return "inserted" if mark.number else "next"
    if mark == Mark(1) and turned:
        return "1 on a new page, as before" if state.paged else "1 on a new page"
    if mark == Mark(1) and last.number == 99:
        return "1 after 99"
    return "one left out" if mark.number == last.number + 2 else "leap"


def _beginning(mark: Mark, skipped: int) -> str:
    if not mark.number and not mark.sign:
        return "begins with a sign" if mark.letter == 1 else "leap"
    if mark.sign:
        return "begins with a sign" if mark.sign == 1 else "leap"
    if mark == (1 + skipped, 0, 0):
        return "begins at 1"
    if mark.number < 6:
        return "begins at a low number"
    return "begins at another number" if mark.number < 100 else "begins at a high number"


def _sign_relation(last: Mark, mark: Mark, turned: bool) -> str:
    if last.sign and mark.sign == last.sign + 1:
        return "next sign"
    if mark.sign == 1 and turned and last.sign:
        return "1 on a new page"
    return "sign among numbers" if mark.sign == 1 else "leap"


def _restarts(state: _State, mark: Mark, page: int) -> bool:
    return bool(state.called) and mark == Mark(1) and page > state.page
