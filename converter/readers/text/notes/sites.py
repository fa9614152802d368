"""Sites: the places in the text where a mark may be the call of a note, with their evidence.

A call is a mark glued to what it annotates. What a mark is glued to and what follows it say how
likely it is a call, before anything is known of the numbers around it: ``meeting.3 The`` nearly
always is, ``$1.25 a`` never. The two pieces of evidence are added as log-odds from the table
``WEIGHTS``. Digits glued to digits (``No. 1543``) give a site for each way to split them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from converter.readers.text.dump import Dump, Line
from converter.readers.text.inlines import Cut

SIGNS: Final = ("*", "†", "‡", "§", "||", "¶", "**", "††", "‡‡", "§§")

# A run of digits, perhaps with the letter of an inserted note, or of signs.
_RUN: Final = re.compile(
    r"(?P<digits>[0-9]+)(?P<letter>[a-d]?)(?![\w%°½¼¾/\\$£])|\*{1,2}|[†‡§]{1,2}|\|\||¶"
)
_MONTH: Final = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)\s$"
)
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:Nos?|pp?|vols?|arts?|secs?|pars?|chap|ch|pt|fol|vs|fig|col|cl|Rs|Stat|Doc))\.$",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?<![\d.,])(?:1[5-9]\d\d|20[0-4]\d)$")
_LOOK_BACK: Final = 16

# Log-odds of a site being a call, given that one of these stands before it ...
WEIGHTS: Final[dict[str, float]] = {
    "after a word": 2.0,
    "after a capital": -3.0,
    "after a sentence": 2.0,
    "after an abbreviation": -4.0,
    "after a decimal point": -2.0,
    "after a comma": 2.0,
    "after a number and comma": 0.0,
    "after a semicolon": 2.0,
    "after a colon": 1.0,
    "after a clock's colon": -6.0,
    "after a bracket": 2.0,
    "after a quotation": 2.0,
    "after an ellipsis": 1.0,
    "after its like": 2.0,
    "on its own line": 1.0,
    "after a year": 1.5,
    "after a day": 1.5,
    "after what may be a day": -3.0,
    "after a number": -4.0,
    # ... and given that this stands behind it.
    "before a space": 0.0,
    "before a line end": 0.5,
    "before a bracket": 0.0,
    "before a dash": -1.0,
    "before a stop": -5.0,
    "before an ellipsis": -1.0,
    "before a page": 0.0,
    "before anything": -5.0,
}


class Site(NamedTuple):
    """A place where ``mark`` may be a call. ``page`` counts the page breaks before it."""

    start: int
    end: int
    mark: str
    lead: str
    follow: str
    page: int

    @property
    def weight(self) -> float:
        return WEIGHTS[self.lead] + WEIGHTS[self.follow]


def find_sites(
    dump: Dump, lines: Sequence[Line], pages: Sequence[Cut]
) -> Iterator[tuple[Site, ...]]:
    """Yield the sites of ``lines`` in their order, those that exclude one another together.

    ``pages`` are the page breaks, in order; their labels are no sites.
    """
    text, breaks, page = dump.text, [*(cut[:2] for cut in pages), (len(dump.text), 0)], 0
    for line in lines:
        for run in _RUN.finditer(text, line.start, line.end):
            while breaks[page][1] <= run.start() and page < len(breaks) - 1:
                page += 1
            if breaks[page][0] <= run.start():
                continue
            sites = tuple(_sites(text, line, run, page))
            if sites:
                yield sites


def _sites(text: str, line: Line, run: re.Match[str], page: int) -> Iterator[Site]:
    follow = _follow(text, run.end(), line.end)
    if not run["digits"]:
        lead = _sign_lead(text, run, line)
        if lead and run[0] in SIGNS:
            yield Site(run.start(), run.end(), run[0], lead, follow, page)
        return
    lead = _lead(text, run.start(), run.end(), line)
    if lead and run.end() - run.start() <= 4 and run["digits"][0] != "0":
        yield Site(run.start(), run.end(), run[0], lead, follow, page)
    for start in range(max(run.start() + 1, run.end("digits") - 3), run.end("digits")):
        lead = _split_lead(text, run.start(), start, run.end("digits"))
        if lead and text[start] != "0":
            yield Site(start, run.end(), text[start : run.end()], lead, follow, page)


def _lead(text: str, start: int, end: int, line: Line) -> str | None:
    """Return what the digits from ``start`` are glued to, None if to nothing a call follows."""
    if start == line.start:
        return "on its own line" if end == line.end else None
    before = text[max(line.start, start - _LOOK_BACK) : start]
    last = before[-1]
    if last in _AFTER:
        return _AFTER[last]
    if last.isalpha():
        return "after a word" if before[-2:-1].isalpha() and last.islower() else "after a capital"
    if last == ".":
        return _after_stop(before)
    if last == ",":
        return _after_comma(before, text[start:end])
    if last == ":":
        return "after a clock's colon" if before[-2:-1].isdigit() else "after a colon"
    if last == " " and before[:-1].endswith(text[start:end]) and before[: start - end - 1].strip():
        return "after its like"
    return None


_AFTER: Final = (
    dict.fromkeys(")]", "after a bracket")
    | dict.fromkeys("”’\"'»", "after a quotation")
    | dict.fromkeys(";?!", "after a semicolon")
    | {"…": "after an ellipsis"}
)


def _after_stop(before: str) -> str:
    if _ABBREVIATION.search(before):
        return "after an abbreviation"
    if before[-2:-1].isdigit():
        return "after a sentence" if _YEAR.search(before[:-1]) else "after a decimal point"
    return "after a sentence"


def _after_comma(before: str, digits: str) -> str:
    if not before[-2:-1].isdigit() or _YEAR.search(before[:-1]):
        return "after a comma"
    return "after a clock's colon" if len(digits) == 3 else "after a number and comma"


def _split_lead(text: str, first: int, start: int, end: int) -> str | None:
    """Return what stands before the call if the digits from ``first`` are split at ``start``."""
    before = text[max(0, first - _LOOK_BACK) : first]
    if before[-1:] and before[-1] in "$£#/":
        return None
    head, whole = text[first:start], text[first:end]
    if _YEAR.search(text[max(0, first - 1) : start]) and len(head) == 4:
        return "after a year"
    if _MONTH.search(before) and head[0] != "0" and 1 <= int(head[-3:]) <= 31 and len(head) <= 2:
        return "after a day" if int(whole) > 31 else "after what may be a day"
    return "after a number"


def _sign_lead(text: str, run: re.Match[str], line: Line) -> str | None:
    """Signs are glued to what they annotate; rows of them between spaces are omissions."""
    before = text[max(line.start, run.start() - _LOOK_BACK) : run.start()]
    if not before:
        return None
    if before[-1].isspace():
        return "after its like" if before[:-1].endswith(run[0]) else None
    return "after a bracket" if not before[-1].isalnum() else "after a word"


def _follow(text: str, end: int, line_end: int) -> str:
    if end >= line_end:
        return "before a line end"
    if text.startswith("[Page", end):
        return "before a page"
    return _BEFORE.get(text[end], "before anything")


_BEFORE: Final = (
    dict.fromkeys(" \t\u00a0", "before a space")
    | dict.fromkeys(")]”’»", "before a bracket")
    | dict.fromkeys("—–-", "before a dash")
    | dict.fromkeys(".,;:!?", "before a stop")
    | {"…": "before an ellipsis"}
)
