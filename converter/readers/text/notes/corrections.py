"""Corrections by hand as evidence that outweighs all other, so that the rest falls into place."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from operator import attrgetter
from typing import Final

from converter.readers.text.dump import Dump, Line
from converter.readers.text.fixes import FixedCall, stands_in
from converter.readers.text.inlines import Cut
from converter.readers.text.notes.aligner import Fit, Link
from converter.readers.text.notes.sites import Site, plain_mark

_THIS_NOTE: Final = 60.0
_OTHER_NOTE: Final = -120.0


def correct_groups(
    groups: Iterable[tuple[Site, ...]],
    dump: Dump,
    pages: Sequence[Cut],
    fixed: Sequence[FixedCall],
) -> Iterator[tuple[Site, ...]]:
    """Yield ``groups`` without the sites that ``fixed`` speaks of, and with those it knows."""
    if not fixed:
        yield from groups
        return
    known = ((_site(dump, pages, call),) for call in fixed if call.note is not None)
    others = (tuple(site for site in group if not is_fixed(site, fixed)) for group in groups)
    yield from merge(filter(None, others), known, key=lambda group: group[0].start)


def correct_fit(fit: Fit, fixed: Sequence[FixedCall]) -> Fit:
    """Return ``fit`` with the notes that ``fixed`` joins to their calls."""
    if not fixed:
        return fit
    notes = {call.start: call.note for call in fixed}

    def corrected(note: int, site: Site) -> float:
        if site.start not in notes:
            return fit(note, site)
        return _THIS_NOTE if notes[site.start] == note else _OTHER_NOTE

    return corrected


def correct_links(
    links: Sequence[Sequence[Link]],
    dump: Dump,
    pages: Sequence[Cut],
    fixed: Sequence[FixedCall],
) -> Sequence[Sequence[Link]]:
    """Return ``links`` with those that ``fixed`` knows in front, certain."""
    corrected = list(links)
    for link in fixed_links(dump, pages, fixed):
        corrected[link.note] = (link, *corrected[link.note])
    return corrected


def fixed_links(dump: Dump, pages: Sequence[Cut], fixed: Iterable[FixedCall]) -> Iterator[Link]:
    """Yield the links that ``fixed`` knows, certain."""
    for call in fixed:
        if call.note is not None:
            yield Link(call.note, _site(dump, pages, call), 1.0)


def part_calls(
    fixed: Sequence[FixedCall], lines: Sequence[Line]
) -> tuple[Sequence[FixedCall], Sequence[FixedCall]]:
    """Return which of ``fixed`` stand in ``lines``, and which elsewhere."""
    inside = [call for call in fixed if stands_in(lines, call.start)]
    return inside, [call for call in fixed if call not in inside]


def _site(dump: Dump, pages: Sequence[Cut], call: FixedCall) -> Site:
    page = bisect_right(pages, call.start, key=attrgetter("start"))
    mark = plain_mark(dump.text[call.start : call.end])
    return Site(call.start, call.end, mark, "by hand", "before a space", page)


def is_fixed(site: Site, fixed: Sequence[FixedCall]) -> bool:
    """Whether ``fixed``, in the order of the text, speaks of ``site``."""
    at = bisect_left(fixed, site.end, key=attrgetter("start"))
    return at > 0 and fixed[at - 1].end > site.start
