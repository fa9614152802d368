"""Why each note of a text dump was linked where it was: what ``inspect --explain`` shows."""

from collections.abc import Container, Sequence

from converter.explanation import Candidate, Explanation
from converter.readers.text.dump import Dump
from converter.readers.text.notes import Notes
from converter.readers.text.notes.aligner import Link
from converter.readers.text.notes.sites import WEIGHTS
from converter.readers.text.parts import find_parts
from converter.report import Report
from converter.source import Source

_AROUND = 30
_CANDIDATES = 5


def explain(source: Source) -> tuple[Explanation, ...]:
    """Return an explanation for each note of ``source``. Raises SourceError as ``read`` does."""
    parts = find_parts(source, Report())
    dump, notes = parts.dump, parts.notes
    linked = notes.linked()
    return tuple(_explanation(dump, notes, linked, place) for place in range(len(notes.items)))


def _explanation(dump: Dump, notes: Notes, linked: Container[int], place: int) -> Explanation:
    item, links = notes.items[place], notes.links[place]
    return Explanation(
        number=item.number,
        line=dump.line_at(item.marker[0]),
        text=" ".join(dump.text[item.start : item.end].split()),
        linked=place in linked,
        candidates=_candidates(dump, links[:_CANDIDATES]),
    )


def _candidates(dump: Dump, links: Sequence[Link]) -> tuple[Candidate, ...]:
    return tuple(_candidate(dump, link) for link in links)


def _candidate(dump: Dump, link: Link) -> Candidate:
    site = link.site
    return Candidate(
        line=dump.line_at(site.start),
        before=" ".join(dump.text[max(0, site.start - _AROUND) : site.start].split()),
        mark=site.mark,
        after=" ".join(dump.text[site.end : site.end + _AROUND].split()),
        evidence=tuple((name, WEIGHTS[name]) for name in (site.lead, site.follow)),
        confidence=link.confidence,
    )
