"""Whether the headings of an edition that has no other blocks are those of its source."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from converter.verify.align import pairs
from converter.verify.difference import Difference
from converter.verify.letters import faced, letters
from converter.verify.reading import CALL, PAGE, Heading, Passage, Reading
from converter.verify.templates import Templates

_HEADING: Final = re.compile(r"h(\d+)")
_LINE: Final = "br"
_LOWEST: Final = 6


def differing_headings(expected: Reading, found: Reading) -> Iterator[Difference]:
    """Yield what is a heading in one of the two only, and headings of another rank."""
    if found.headings is None:
        return
    ours = [each for passage in expected.passages() for each in _headings(passage)]
    notes = [each for note in expected.notes for each in _headings(note.passage)]
    own = (_without_templates(each, found.templates) for each in found.headings)
    theirs = list(_joined(filter(_key, own), {_key(each) for each in ours}))
    known, quiet, there = (Counter(map(_key, each)) for each in (ours, notes, theirs))
    # Typst sets those in notes as headings, and does not say so.
    lost = list(_more(ours, known - quiet - there))
    for heading in _more(theirs, there - known):
        if changed := next((each for each in lost if _are_alike(each, heading)), None):
            lost.remove(changed)
            continue
        text = f"“{heading.text}” is a heading, and none in the source"
        yield Difference("block-differs", text, heading.place)
    for heading in lost:
        yield Difference("block-differs", f"“{heading.text}” is no heading", heading.place)
    yield from _ranks(list(_headings(expected.body)), [each for each in theirs if each.in_body])


def _without_templates(heading: Heading, templates: Templates) -> Heading:
    rest = templates.rest(heading.text)
    return heading if rest == letters(heading.text) else heading._replace(text=rest)


def _headings(passage: Passage) -> Iterator[Heading]:
    """Yield the headings of ``passage``, whose ranks count from that of its titles, 0."""
    blocks = [block for block in passage.blocks if block[1] != _LINE]
    for (start, kind), (end, _) in pairwise((*blocks, (len(passage.words), ""))):
        text = " ".join(word for word in passage.words[start:end] if word[0] not in (CALL, PAGE))
        if text and (level := _HEADING.fullmatch(kind)):
            yield Heading(text, int(level[1]), passage.place(start))


def _key(heading: Heading) -> str:
    """Return the letters of ``heading``; that they are in order is proved with all text."""
    return "".join(sorted(faced(heading.text)))


def _are_alike(one: Heading, other: Heading) -> bool:
    """Return whether either has all of the other in it: its words are compared elsewhere."""
    own, others = faced(one.text), faced(other.text)
    return own in others or others in own


def _joined(headings: Iterable[Heading], known: set[str]) -> Iterator[Heading]:
    """Yield ``headings``, those as one that go on on the next page; ``known`` are keys of some."""
    begun: Heading | None = None
    for heading in headings:
        if _key(heading) in known:
            if begun:
                yield begun
            yield heading
            begun = None
            continue
        begun = begun._replace(text=f"{begun.text} {heading.text}") if begun else heading
        if _key(begun) in known:
            yield begun
            begun = None
    if begun:
        yield begun


def _more(headings: Iterable[Heading], surplus: Counter[str]) -> Iterator[Heading]:
    for heading in headings:
        if surplus[_key(heading)] > 0:
            surplus[_key(heading)] -= 1
            yield heading


def _ranks(ours: list[Heading], theirs: list[Heading]) -> Iterator[Difference]:
    """Yield headings below a title whose rank is not as far below it as in the source.

    No rank is left out on the way down: PDF/UA-1, clause 7.4.2.
    """
    matched = dict(pairs(list(map(_key, ours)), list(map(_key, theirs))))
    title = last = 0
    for place, heading in enumerate(ours):
        other = theirs[matched[place]] if place in matched else None
        if not heading.rank:
            title = last = other.rank if other else 0
        elif title:
            last = min(title + heading.rank, last + 1, _LOWEST)
            if other and other.rank != last:
                text = f"“{heading.text}” is a heading of rank {other.rank}, and not {last}"
                yield Difference("block-differs", text, other.place)
