"""Notes of a text dump: the list at the end, the calls in the text, and which calls which.

    listing   lines -> the items of the list
    sites     text  -> the places that may be calls, with their evidence
    aligner   both  -> links, each with a confidence

What is below the threshold is not linked: its digits stay in the text as they were, the note
stays in the list, and a message names the places that were considered.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from converter.readers.text.dump import Dump, Line
from converter.readers.text.inlines import Cut
from converter.readers.text.notes.aligner import CERTAIN, Fit, Link, align
from converter.readers.text.notes.listing import NoteItem, find_list
from converter.readers.text.notes.sites import Site, find_sites

# A note on a paper follows the paper's number or date ...
REFERENCE_FITS: Final = 1.5
# ... and one on a person the person's name.
NAME_FITS: Final = 2.0
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


class Notes(NamedTuple):
    """The list of notes, the lines above it, and for each item its possible links, best first."""

    above: Sequence[Line]
    items: Sequence[NoteItem]
    links: Sequence[Sequence[Link]]

    def linked(self) -> dict[int, Link]:
        """Return the links that are certain enough, by the position of the note in the list."""
        return {
            links[0].note: links[0]
            for links in self.links
            if links and links[0].confidence > CERTAIN
        }


def find_notes(dump: Dump, lines: Sequence[Line], pages: Sequence[Cut]) -> Notes:
    """Return the notes of ``lines``; without any items if they do not end in a list of notes."""
    above, items = find_list(lines)
    texts = [dump.text[item.start : item.end] for item in items]
    links = align(
        find_sites(dump, above, pages), len(items), repeats=_repeats(texts), fit=_fit(dump, texts)
    )
    return Notes(above, items, links)


def _repeats(texts: Sequence[str]) -> Sequence[int]:
    """Return for each text how many places before it the same text stood last, 0 if nowhere."""
    seen: dict[str, int] = {}
    distances = []
    for place, text in enumerate(texts):
        key = text.strip()
        distances.append(place - seen[key] if key in seen else 0)
        seen[key] = place
    return distances


def _fit(dump: Dump, texts: Sequence[str]) -> Fit:
    heads = [frozenset(_NAME.findall(text[:100])) for text in texts]

    references = [bool(_REFERENCE.match(text)) for text in texts]

    def fit(note: int, site: Site) -> float:
        if site.lead in _AFTER_NUMBERS:
            return REFERENCE_FITS if references[note] else -REFERENCE_FITS
        before = dump.text[max(0, site.start - 30) : site.start]
        names = _CAPITALIZED.findall(before)
        return NAME_FITS if names and names[-1] in heads[note] else 0.0

    return fit
