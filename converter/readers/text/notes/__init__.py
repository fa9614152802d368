"""Notes of a text dump: the list at the end, the calls in the text, and which calls which.

    listing    lines -> the items of the list
    sites      text  -> the places that may be calls, with their evidence
    numbering  marks -> what each is to the one before it
    aligner    all   -> links, each with a confidence, which ``ways`` sums up

What is below the threshold is not linked: its digits stay in the text as they were, the note
stays in the list, and a message names the places that were considered.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from operator import attrgetter
from typing import Final, NamedTuple

from msgspec.structs import replace

from converter.readers.text.dump import Dump, Line
from converter.readers.text.fixes import FixedCall
from converter.readers.text.header import read_header
from converter.readers.text.inlines import Cut
from converter.readers.text.notes.aligner import CERTAIN, Fit, Link, align
from converter.readers.text.notes.corrections import (
    correct_fit,
    correct_groups,
    correct_links,
    fixed_links,
    is_fixed,
    part_calls,
)
from converter.readers.text.notes.gathered import gather_list
from converter.readers.text.notes.listing import NoteItem, find_backlinks, is_numeral
from converter.readers.text.notes.numbering import Mark, parse_mark
from converter.readers.text.notes.shapes import find_all_sites
from converter.readers.text.notes.sites import Site, find_sites

# A note on a paper follows the paper's number or date ...
REFERENCE_FITS: Final = 1.5
# Digits that look like part of a number call nothing on the sole ground that it would be their
# turn: what stands around them and what the note says must leave at least this.
LEAST: Final = -4.5
# ... and one on a person the person's name.
NAME_FITS: Final = 2.0
# The notes of a list do not bear witness independently of one another, and what speaks for a
# slip by chance adds up over a long list: together they weigh as much as so many.
WITNESSES: Final = 10
# A text that so many notes share is a formula, and no sign that they print the same mark.
FORMULA: Final = 20
_AFTER_NUMBERS: Final = frozenset(
    {
        "after a number",
        "after a paper's number",
        "after a day",
        "after what may be a day",
        "after a number and point",
        "after a number and comma",
    }
)
_REFERENCE: Final = re.compile(
    r"(?:(?:\w+\s){0,3}not printed|neither printed|(?:see\s)?(?:ante|post|ibid|supra|infra|vol\."
    r"|foreign relations|document|footnote|telegram|despatch|instruction|dated)\b)",
    re.IGNORECASE,
)
_NAME: Final = re.compile(r"[^\W\d_]{3,}")
_CAPITALIZED: Final = re.compile(r"[^\W\d_a-z][^\W\d_]{2,}")
_HEAD: Final = 100
_LOOK_BACK: Final = 30
# A note that no text calls may be called by another note: by one of so many before it.
_NESTED_WITHIN: Final = 4
_NESTED_FROM: Final = 2.0
_CALL_AGAIN: Final = 3.0
# As many calls in a row may be such that they could be anything.
_LEFT_OUT: Final = 1


class Notes(NamedTuple):
    """The list of notes, the lines above it, and for each item its possible links, best first.

    ``again`` are further calls of notes that are linked.
    """

    above: Sequence[Line]
    items: Sequence[NoteItem]
    links: Sequence[Sequence[Link]]
    again: Sequence[Link] = ()

    def linked(self) -> dict[int, Link]:
        """Return the links that are certain enough, by the position of the note in the list."""
        return {links[0].note: links[0] for links in self.links if _is_certain(links)}


def find_notes(
    dump: Dump, lines: Sequence[Line], pages: Sequence[Cut], *, fixed: Sequence[FixedCall] = ()
) -> Notes:
    """Return the notes of ``lines``; without any items if they do not end in a list of notes.

    ``fixed`` is what a user knows better, in the order of the text: of calls there, in the notes
    themselves, and in comments. Claims nothing.
    """
    above, items = gather_list(lines)
    if not items:
        return Notes(lines, (), ())
    texts = [dump.text[item.start : item.end] for item in items]
    # File numbers are full of digits, and nobody annotates them.
    front = len(read_header(dump, above).front)
    inside, elsewhere = part_calls(fixed, above)
    sites = find_all_sites(dump, above[front:], pages, items)
    groups = tuple(correct_groups(sites, dump, pages, inside))
    fit = correct_fit(_fit(dump, texts), inside)
    printed = [parse_mark(item.printed) for item in items if item.printed]
    likely = filter(None, map(_likely, groups))
    links = align(likely, len(items), repeats=_repeats(texts), fit=fit, printed=printed)
    notes = Notes(above, items, correct_links(links, dump, pages, inside))
    named = any(call.note is not None for call in fixed)
    if not named and not _are_notes(dump, notes, texts):
        return Notes(lines, (), ())
    notes = notes._replace(links=_with_nested(dump, notes, pages, elsewhere))
    notes = notes._replace(again=_called_again(notes, groups))
    return _with_calls(notes, fixed_links(dump, pages, elsewhere))


def calls_of_nothing(dump: Dump, lines: Sequence[Line], pages: Sequence[Cut]) -> Sequence[Site]:
    """Return the sites in ``lines`` that count from 1 on as the calls of a list of notes would.

    Only those that are surely calls by themselves are looked at, between which others may stand.
    """
    found: list[Site] = []
    last = 0
    for group in find_sites(dump, lines, pages):
        for site in filter(_stands_alone, group):
            if last < parse_mark(site.mark).number <= last + _LEFT_OUT + 1:
                last = parse_mark(site.mark).number
                found.append(site)
                break
    return found


def _is_certain(links: Sequence[Link]) -> bool:
    """Whether the first of ``links`` holds, or it and others of its mark: a note called twice."""
    if not links or links[0].confidence > CERTAIN:
        return bool(links)
    mark = links[0].site.mark
    return (
        sum(
            link.confidence
            for link in links
            if link is links[0] or (link.site.mark == mark and _stands_alone(link.site))
        )
        > CERTAIN
    )


def _stands_alone(site: Site) -> bool:
    """Whether a site is a call by its own evidence, whatever the other marks are."""
    return site.weight >= _CALL_AGAIN and not site.split


def _called_again(notes: Notes, groups: Iterable[tuple[Site, ...]]) -> Sequence[Link]:
    """Return links for the calls that print the mark of just one linked note once more."""
    linked = notes.linked()
    taken = {link.site.end for link in linked.values()}
    marks = Counter(link.site.mark for link in linked.values())
    by_mark = {link.site.mark: link for link in linked.values()}
    return [
        replace(by_mark[site.mark], site=site)
        for group in groups
        for site in group
        if marks[site.mark] == 1 and site.end not in taken and _stands_alone(site)
    ]


def _with_calls(notes: Notes, fixed: Iterable[Link]) -> Notes:
    """Return ``notes`` with the links ``fixed``: first calls where there is none, else further."""
    linked, links, again = notes.linked(), list(notes.links), list(notes.again)
    for link in fixed:
        if link.note in linked:
            again.append(link)
        else:
            linked[link.note] = link
            links[link.note] = (link, *links[link.note])
    return notes._replace(links=links, again=again)


def _are_notes(dump: Dump, notes: Notes, texts: Sequence[str]) -> bool:
    """Whether the list is one of notes, not a list of the text's own.

    Notes are called, or lead back with an arrow, or read like notes. A single item is no list.
    Where two are listed, a call of the second alone is chance: ``wave2`` above a list of two.
    At the left edge, what reads like notes may be the text's own paragraphs, unless a line is
    drawn above them.
    """
    links, count = notes.linked(), len(texts)
    linked = len(links)
    if is_numeral(notes.items[-1].printed):
        # Words end in what numerals are made of.
        return linked >= count - 1
    called = linked * 2 >= count and (count > 2 or 0 in links)
    if called or any(find_backlinks(dump, notes.items)):
        return True
    first = notes.items[0]
    if (first.flush and not first.rules) or _is_introduced(notes.above):
        return False
    like_notes = sum(bool(_REFERENCE.match(text)) for text in texts)
    return (count == 1 and not first.flush) or (linked + like_notes) * 2 > count


def _is_introduced(above: Sequence[Line]) -> bool:
    """Whether the last line above the list ends in a colon, and is no mere ``Notes:``."""
    last = next((line.text for line in reversed(above) if not line.blank), "")
    return last.endswith(":") and not re.fullmatch(r"(?i)\W*(?:foot|end)?notes?\W*", last)


def _repeats(texts: Sequence[str]) -> Sequence[int]:
    """Return for each text how many places before it the same text stood last, 0 if nowhere."""
    seen: dict[str, int] = {}
    times = Counter(map(str.strip, texts))
    distances = []
    for place, text in enumerate(texts):
        key = text.strip()
        again = key in seen and times[key] <= FORMULA
        distances.append(place - seen[key] if again else 0)
        seen[key] = place
    return distances


def _fit(dump: Dump, texts: Sequence[str]) -> Fit:
    """Return what the texts of the notes say about a site, in log-odds."""
    references = [bool(_REFERENCE.match(text)) for text in texts]
    faith = min(1.0, WITNESSES / len(texts))

    # A site is weighed for many notes, a note for many sites.
    @cache
    def names_in(note: int) -> frozenset[str]:
        return frozenset(_NAME.findall(texts[note][:_HEAD]))

    @cache
    def name_before(start: int) -> str:
        names = _CAPITALIZED.findall(dump.text, max(0, start - _LOOK_BACK), start)
        return names[-1] if names else ""

    def said(note: int, site: Site) -> float:
        if site.lead in _AFTER_NUMBERS:
            return REFERENCE_FITS if references[note] else -REFERENCE_FITS
        name = name_before(site.start)
        return NAME_FITS if name and name in names_in(note) else 0.0

    def fit(note: int, site: Site) -> float:
        says = said(note, site)
        return faith * says if site.weight + says > LEAST else -math.inf

    return fit


def _likely(group: tuple[Site, ...]) -> tuple[Site, ...]:
    """Return the sites of ``group`` that some note may fit."""
    return tuple(site for site in group if site.weight + NAME_FITS > LEAST)


def _with_nested(
    dump: Dump, notes: Notes, pages: Sequence[Cut], fixed: Sequence[FixedCall]
) -> Sequence[Sequence[Link]]:
    """Return all links, with those from one note to another where the text calls neither.

    Sites that ``fixed`` speaks of are left out of account.
    """
    linked, links = notes.linked(), list(notes.links)
    taken: set[int] = set()
    for note in range(1, len(links)):
        if note in linked:
            continue
        for site in _sites_before(dump, notes, pages, note=note):
            free = site.end not in taken and not is_fixed(site, fixed)
            printed = notes.items[note].printed
            marks = (parse_mark(printed),) if printed else _next_marks(note, linked)
            if free and parse_mark(site.mark) in marks:
                link = linked[note] = Link(note, site, 1 / (1 + math.exp(-site.weight)))
                links[note] = (link, *links[note])
                taken.add(site.end)
                break
    return links


def _next_marks(note: int, linked: Mapping[int, Link]) -> tuple[Mark, ...]:
    """Return the marks that ``note`` may have, by its place and by the note before it."""
    if note - 1 not in linked:
        return (Mark(note + 1),)
    before = parse_mark(linked[note - 1].site.mark)
    following = Mark(before.number + 1), Mark(before.number, before.letter + 1)
    return Mark(note + 1), *following, Mark(sign=before.sign + 1)


def _sites_before(dump: Dump, notes: Notes, pages: Sequence[Cut], *, note: int) -> Iterator[Site]:
    """Yield the sites in the texts of the notes just before ``note`` that may well be calls."""
    for item in reversed(notes.items[max(0, note - _NESTED_WITHIN) : note]):
        first = bisect_left(pages, item.start, key=attrgetter("start"))
        last = bisect_left(pages, item.end, key=attrgetter("start"))
        for group in find_sites(dump, item.lines, pages[first:last]):
            yield from (site for site in group if site.weight >= _NESTED_FROM)
