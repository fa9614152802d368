"""Which site calls which note: the sequence of marks as one problem.

The text is read from left to right as a hidden Markov model. Each site either calls the next
note of the list or is ordinary text; a state is how many notes have been called and the mark
that the last of them printed. Calling a note at a site is worth, in log-odds against its being
ordinary text,

    what the site's surroundings say             (``sites.WEIGHTS``)
  + how likely this mark is after the last one   (``numbering.NUMBERING``)
  - how likely this mark is in any text          (``CHANCE``)
  + what note and text say of each other         (``fit``)

and a note that no site calls costs ``UNCALLED``. All schemes of numbering are ways through the
same states, so none is chosen beforehand: the whole text weighs them against one another.

The whole list decides which way is best. The **confidence** of a link is the share, in the sum of
all ways, of those that go through it; in a long list, of those that leave the best way only near
it (``ways.STRETCH``). For the ways that slip by one note somewhere and make up for it far off
are each unlikely, but so many that their sum would drown the best way, though they have nothing
to say about a link between them. Links above one half can not contradict one another, since any
two of them share a way; that is the threshold.

Where each site is likely by itself and their marks count as the list does, there is but one way.

Less likely states are forgotten (``BEAM``), hence time is linear in the number of sites and
memory in that of the steps worth remembering.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import nlargest
from typing import Final, TypeAlias

import msgspec

from converter.readers.text.notes.numbering import (
    LONGEST_GAP,
    NUMBERING,
    Count,
    Mark,
    expected,
    gaps,
    next_count,
    parse_mark,
    relation,
    tells_of_gap,
)
from converter.readers.text.notes.sites import Site
from converter.readers.text.notes.ways import Shares, State, Step, shares

# Log-probabilities of a mark in text that calls nothing: a number by its length, the last digits
# of a number, a sign.
CHANCE: Final = {1: math.log(1 / 15), 2: math.log(1 / 120), 3: math.log(1 / 1200)}
SPLIT_CHANCE: Final = math.log(1 / 50)
SIGN_CHANCE: Final = math.log(1 / 5)
UNCALLED: Final = math.log(0.002)
# Calls are lost by the line: so much costs each further note of a gap that the marks tell of.
UNCALLED_TOO: Final = math.log(0.3)
# A note passed over while the marks go on as if none were moves all links behind it by one. In
# a list of n notes there are n² pairs of places for such a slip and for another that makes up
# for it: lists longer than this one are to be as safe from them as this one.
SAFE_FROM_SLIPS: Final = 100
CERTAIN: Final = 0.5
# In log-odds: a site with so much in its favour needs the marks around it only to agree.
EVIDENT: Final = 2.0
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
# What the marks before do not foresee is looked for from so many states on; they foresee what
# a state expects that ranks so close to the best.
_LEAPERS: Final = 8
_LIKELY: Final = 3.0
# More than this numbering and texts hardly say for a call.
_AT_MOST: Final = 2.0

Fit: TypeAlias = Callable[[int, Site], float]


class Link(msgspec.Struct, frozen=True, gc=False):
    """Note ``note`` (from 0) is called at ``site``, with this confidence."""

    note: int
    site: Site
    confidence: float


def align(
    groups: Iterable[tuple[Site, ...]],
    count: int,
    *,
    repeats: Sequence[int],
    fit: Fit,
    printed: Sequence[Mark] = (),
) -> tuple[tuple[Link, ...], ...]:
    """Return for each of ``count`` notes its possible links, the most likely first.

    ``groups`` are sites in the order of the text, those that exclude one another together.
    ``repeats[k]`` says how many notes before note k its text stood last, 0 if nowhere.
    ``fit(k, site)`` is what the text of note k says for or against a call at the site, in
    log-odds. ``printed`` are the marks of all notes, where the list prints those of the text:
    no other mark calls a note then.
    """
    held = tuple(groups)
    if _is_evident(held, count, fit, printed):
        return tuple((Link(note, group[0], 1.0),) for note, group in enumerate(held))
    lattice = _Lattice(count, repeats, fit, printed)
    for group in held:
        lattice.read(group)
    return lattice.links()


def _is_evident(
    groups: Sequence[tuple[Site, ...]], count: int, fit: Fit, printed: Sequence[Mark]
) -> bool:
    """Whether nothing is to be weighed: each site is a call by itself, and the next in order.

    All other ways together are then worth less than one in ten thousand.
    """
    marks = printed or tuple(map(Mark, range(1, count + 1)))
    return len(groups) == len(marks) == count and all(
        len(group) == 1
        and parse_mark(group[0].mark) == marks[note]
        and not group[0].split
        and group[0].weight + min(0.0, fit(note, group[0])) >= EVIDENT
        for note, group in enumerate(groups)
    )


class _Lattice:
    """All ways worth remembering through the sites read so far."""

    def __init__(
        self, count: int, repeats: Sequence[int], fit: Fit, printed: Sequence[Mark]
    ) -> None:
        self._count, self._repeats, self._fit = count, repeats, fit
        self._printed = printed
        self._start = State(Count())
        self._start.best = self._best = 0.0
        self._states: dict[Count, State] = {}
        self._alive = [self._start]
        self._final: list[State] = []
        self._time = 0
        self._depth = DEPTH if count <= LONG_LIST else DEPTH_OF_LONG
        self._slip = UNCALLED - 2 * math.log(max(1.0, count / SAFE_FROM_SLIPS))
        self._expecting: dict[Mark, list[State]] = defaultdict(list)

    def read(self, group: tuple[Site, ...]) -> None:
        """Add the steps that call a note at one of the sites of ``group``."""
        self._time += 1
        if self._time == LONG_TEXT:
            self._depth = DEPTH_OF_LONG
        for step in [step for site in group for step in self._steps_at(site)]:
            self._take(step)
        if len(self._alive) > 2 * BEAM:
            self._prune()

    def _steps_at(self, site: Site) -> Iterator[Step]:
        mark = parse_mark(site.mark)
        gain = site.weight - _chance(site)
        hopeless = self._best - self._depth
        for state in self._origins(site, mark):
            for skipped in self._gaps(state.count, mark) if state.alive else ():
                note = state.count.called + skipped
                if note >= self._count:
                    continue
                # How far a way may lag behind that calls this note.
                least = hopeless - PROMISE * (note + 1)
                weight = gain + self._passing(state, mark, skipped)
                if state.best + weight + _AT_MOST < least:
                    continue
                weight += self._numbering(state, site, mark, skipped)
                best = state.best + weight
                if best >= least:
                    repeat = self._repeats[note]
                    count = next_count(state.count, note, mark, site.page, repeat=repeat)
                    yield Step(self._time, state, self._state(count), site, weight, best)

    def _gaps(self, count: Count, mark: Mark) -> tuple[int, ...]:
        """Return how many notes ``mark`` may have passed over."""
        if not self._printed:
            return gaps(count, mark)
        ahead = self._printed[count.called : count.called + LONGEST_GAP]
        return tuple(skipped for skipped, each in enumerate(ahead) if each == mark)

    def _numbering(self, state: State, site: Site, mark: Mark, skipped: int) -> float:
        """Return what the mark and the text of the note behind those ``skipped`` say of a call."""
        count = state.count
        note = count.called + skipped
        if self._printed:
            return NUMBERING["as the list prints it"] + self._fit(note, site)
        kind = relation(count, mark, site.page, skipped=skipped, repeat=self._repeats[note])
        return NUMBERING[kind] + self._fit(note, site)

    def _passing(self, state: State, mark: Mark, skipped: int) -> float:
        """Return what it costs to pass over ``skipped`` notes between ``state`` and ``mark``."""
        if not skipped:
            return 0.0
        if self._printed or tells_of_gap(state.count.mark, mark, skipped):
            return UNCALLED + (skipped - 1) * UNCALLED_TOO
        return self._slip

    def _origins(self, site: Site, mark: Mark) -> Iterable[State]:
        """Return the states from which a call with ``mark`` is worth considering."""
        expecting: Sequence[State] = self._expecting.get(mark, ())
        if self._time > LONG_TEXT and len(expecting) > _ORIGINS:
            alive = (state for state in expecting if state.alive)
            expecting = nlargest(_ORIGINS, alive, key=self._rank)
        leaping: Sequence[State] = ()
        if site.weight >= _LEAP_FROM and not any(map(self._is_likely, expecting)):
            leaping = nlargest(_LEAPERS, self._alive, key=self._rank)
        return dict.fromkeys((self._start, *expecting, *leaping))

    def _is_likely(self, state: State) -> bool:
        return state.alive and self._rank(state) > self._best - _LIKELY

    def _state(self, count: Count) -> State:
        state = self._states.get(count)
        if state is None:
            state = self._states[count] = State(count)
            if count.called == self._count:
                self._final.append(state)
            else:
                self._alive.append(state)
                self._expect(state)
        return state

    def _expect(self, state: State) -> None:
        count = state.count
        for mark in self._printed[count.called : count.called + LONGEST_GAP] or expected(
            count.mark, repeat=self._repeats[count.called]
        ):
            self._expecting[mark].append(state)

    def _take(self, step: Step) -> None:
        target = step.target
        if step.best > target.best - NEGLIGIBLE:
            target.incoming.append(step)
        target.best = max(target.best, step.best)
        self._best = max(self._best, self._promise(target.best, target.count.called))

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
            self._states[state.count] = state
            self._expect(state)

    def _rank(self, state: State) -> float:
        return self._promise(state.best, state.count.called)

    @staticmethod
    def _promise(best: float, called: int) -> float:
        """Return the rank of a way: notes it has called can no longer cost ``UNCALLED``."""
        return best + PROMISE * called

    def links(self) -> tuple[tuple[Link, ...], ...]:
        """Return for each note its possible links, the most likely first."""
        ends = {state: self._rest(state) for state in (*self._alive, *self._final)}
        found = shares(self._start, ends, self._count)
        return tuple(_ranked(note, sites) for note, sites in enumerate(found))

    def _rest(self, state: State) -> float:
        """Return what it costs to call no more notes after ``state``."""
        left = self._count - state.count.called
        return self._slip + (left - 1) * UNCALLED if left else 0.0


def _ranked(note: int, sites: Shares) -> tuple[Link, ...]:
    best = sorted(sites.items(), key=lambda item: (-item[1], item[0].start))[:_REMEMBERED]
    return tuple(Link(note, site, min(1.0, share)) for site, share in best)


def _chance(site: Site) -> float:
    if site.lead in _SURE_SPLITS:
        return SPLIT_CHANCE
    return CHANCE[min(len(site.mark), 3)] if site.mark[0].isdigit() else SIGN_CHANCE
