"""Calls of shapes that only the list of notes tells from text: by themselves they are anything.

Numerals glued to words (``Goldsmithsi``) where the list counts i, ii, iii; marks in round brackets
that stand apart (``the reeve (b) had``) where its items begin so; and numbers with a word
(``(note 3)``) where its items have one, or are printed with it in brackets.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Final, TypeAlias

from converter.readers.text.dump import Dump, Line
from converter.readers.text.inlines import Cut
from converter.readers.text.notes.listing import NoteItem, is_numeral
from converter.readers.text.notes.numbering import number_of
from converter.readers.text.notes.sites import Site, find_sites, follow_of

Group: TypeAlias = tuple[Site, ...]
_Find: TypeAlias = Callable[[str, Line, int], Iterator[Group]]

_APART: Final = re.compile(r"(?<=[\w.,;!?”’\"'] )\((?P<mark>\d{1,3}|[a-z])\)(?!\w)")
# Behind these stands no call, but an item of a list in a sentence.
_LEADS_IN: Final = re.compile(r"(?i:\b(?:and|or|und|oder|et|ou|y|o|e|see|to|that|zu)) $|[:;] $")
# Such an item opens what follows; only a call is followed by a stop, or glued to one.
_CLOSED: Final = re.compile(r"\((?:\d{1,3}|[a-z])\)(?:[.,;:!?]|$)|[.,;!?]\((?:\d{1,3}|[a-z])\)")
_WORDED: Final = re.compile(
    r"[\[(]\s?(?i:(?:foot|end)?notes?|fn\.?|anm\.?)\s(?P<mark>\d{1,4})\s?[\])]"
)
_WORD: Final = re.compile(r"(?i)[\[(]?(?:foot|end)?note\s")
_NUMERALS: Final = re.compile(r"(?<=[\w.,;:!?)\]”’\"'])(?P<mark>[ivxl]{1,8})(?![\w’'])")
_STOPS: Final = frozenset(".,;:!?)]”’\"'")


def find_all_sites(
    dump: Dump, lines: Sequence[Line], pages: Sequence[Cut], items: Sequence[NoteItem]
) -> Iterator[Group]:
    """Yield the sites of ``lines`` in their order, those of the shapes that ``items`` tell too."""
    plain = find_sites(dump, lines, pages)
    finders = list(_finders(dump, lines, items))
    if not finders:
        yield from plain
        return
    groups = [(group[0].start, group) for group in plain]
    taken = {site.end for _, group in groups for site in group}
    starts = [page.start for page in pages]
    for line in lines:
        page = sum(start <= line.start for start in starts)
        for find in finders:
            found = find(dump.text, line, page)
            groups += ((each[0].start, each) for each in found if each[0].end not in taken)
    yield from map(itemgetter(1), sorted(groups, key=itemgetter(0)))


def _finders(dump: Dump, lines: Sequence[Line], items: Sequence[NoteItem]) -> Iterator[_Find]:
    if is_numeral(items[-1].printed):
        yield _numerals
    openings = [dump.text[slice(*item.marker)] for item in items]
    if all(map(_WORD.match, openings)):
        yield _worded
    if all(opening.startswith("(") for opening in openings) and any(
        _CLOSED.search(line.text) for line in lines
    ):
        yield _apart


def _apart(text: str, line: Line, page: int) -> Iterator[Group]:
    for found in _APART.finditer(text, line.start, line.end):
        if not _LEADS_IN.search(text, line.start, found.start()):
            lead = "in round brackets apart"
            yield (Site(*found.span(), found["mark"], lead, "whatever follows", page),)


def _worded(text: str, line: Line, page: int) -> Iterator[Group]:
    for found in _WORDED.finditer(text, line.start, line.end):
        lead = "in brackets with a word"
        yield (Site(*found.span(), found["mark"], lead, "whatever follows", page),)


def _numerals(text: str, line: Line, page: int) -> Iterator[Group]:
    """Yield the numerals at the ends of words, each for every way to part it from its word."""
    for found in _NUMERALS.finditer(text, line.start, line.end):
        start, end = found.span("mark")
        follow = follow_of(text, end, line.end)
        sites = (_numeral(text, at, end, follow, page) for at in range(start, end))
        if group := tuple(site for site in sites if site):
            yield group


def _numeral(text: str, start: int, end: int, follow: str, page: int) -> Site | None:
    mark = text[start:end]
    if number_of(mark) is None or not (text[start - 1] in _STOPS or text[start - 1].isalpha()):
        return None
    lead = "a numeral after a stop" if text[start - 1] in _STOPS else "a numeral after a word"
    return Site(start, end, mark, lead, follow, page)
