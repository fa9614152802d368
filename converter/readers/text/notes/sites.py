"""Sites: the places in the text where a mark may be the call of a note, with their evidence.

A call is a mark glued to what it annotates. What a mark is glued to and what follows it say how
likely it is a call, before anything is known of the numbers around it: ``meeting.3 The`` nearly
always is, ``$1.25 a`` never. The two pieces of evidence are added as log-odds from the table
``WEIGHTS``, which were counted in ten volumes of diplomatic papers and rounded, with less faith
in what was rare there. Digits glued to digits (``No. 1543``) give a site for each way to split
them, but none within a year or behind part of a number: nothing would make up for what speaks
against a call there. A mark that is printed apart, raised or in brackets, needs no stop behind it
to be one.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from converter.readers.text.dump import Dump, Line
from converter.readers.text.inlines import Cut
from converter.readers.text.pages import PAGE

RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰ", "0123456789abcdefgh")
SIGNS: Final = ("*", "†", "‡", "§", "||", "¶", "**", "††", "‡‡", "§§", "***")

_SPLITS: Final = frozenset(
    {
        "after a year",
        "after a day",
        "after what may be a day",
        "after a paper's number",
        "after a number",
    }
)
_RAISED: Final = r"[⁰¹²³⁴-⁹]{1,4}|[ᵃᵇᶜᵈᵉᶠᵍʰ]|\^[1-9]\d{0,2}(?!\w)"
_BRACKETED: Final = r"(?:\^?[1-9]\d{0,2}[a-d]?|[a-h]|\*{1,3}|††?|‡‡?|§§?)"
# A run of digits, perhaps with the letter of an inserted note; signs; a letter behind a stop.
_RUN: Final = re.compile(
    r"(?P<digits>[0-9]+)(?P<letter>[a-d]?)(?![\w%°½¼¾/\\$£])"
    r"|\*{1,3}|††?|‡‡?|§§?|\|\||¶"
    r"|(?<=[.,;:)\]”’])[a-h](?![\w.’'])"
    rf"|(?P<raised>{_RAISED})|(?P<square>\[{_BRACKETED}\])"
    rf"|(?<=[\w.,;:!?”’\"')])(?P<round>\({_BRACKETED}\))(?!\w)"
)
_APART: Final = frozenset({"raised", "square", "round"})
# Where a run may begin: ``re`` is quick to find one of a set of characters, and slow with a choice.
_BEGIN: Final = re.compile(
    r"[0-9*†‡§|¶.,;:)\]”’⁰¹²³⁴-⁹ᵃᵇᶜᵈᵉᶠᵍʰ\[(^]"
    r"(?:(?<=[0-9*†‡§|¶⁰¹²³⁴-⁹ᵃᵇᶜᵈᵉᶠᵍʰ])|(?=[a-h])|(?<=[\[(^])(?=[0-9a-h*†‡§^]))"
)
# What raised digits and letters follow that are no marks: 10², m², x².
_POWERED: Final = re.compile(r"(?:\d|(?<!\w)(?:[a-zA-Z]|[ckmd]?m|ft|in|km|yd|mi|sec|min))$")
_MONTH: Final = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)\s$"
)
_YEAR: Final = re.compile(r"(?<![\d.,])(?:1[5-9]\d\d|20[0-4]\d)$")
_MODERN: Final = re.compile(r"1[6-9]\d\d")
_ABBREVIATION: Final = re.compile(
    r"\b(?:Nos?|pp?|vols?|arts?|secs?|pars?|chap|ch|pt|fol|vs|fig|col|cl|Rs|Stat|Doc)\.$",
    re.IGNORECASE,
)
# Numbers that notes are about: "your telegram 586", "despatch No. 12", "page 9, line 15".
_PAPER: Final = re.compile(
    r"(?:\bNos?\.|\b(?:numbers?|your|my|our|telegrams?|despatch(?:es)?|instructions?|notes?"
    r"|circular|lines?|pages?|paragraphs?|articles?|annex|enclosure)|’s|’)\s$",
    re.IGNORECASE,
)
# The number that a letter bears, on a line of its own.
_NUMBERED: Final = re.compile(r"(?:.{0,12}\bNos?\.?|Article|Section|Chapter) \d+\]?", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"\d, $")
_UNIT: Final = re.compile(
    r"[—–]\d|[\s-]?(?:[ap]\.\s?m\b|o’clock|noon|midnight|per\s?cent|percent|inch|feet|tons?\b|miles?\b"
    r"|francs|dollars|pounds|million|knots|marks|rubles|taels|(?:19|18)\d\d\b)",
    re.IGNORECASE,
)
_NEW_SENTENCE: Final = re.compile(r"\d{1,3}[a-d]?(?:$|[)\]”’]|\s+[^a-z0-9])")
_TWO: Final = re.compile(r"\d{2}(?!\d)")
_THREE: Final = re.compile(r"\d{3}(?!\d)")
_LOOK_BACK: Final = 24
_LOOK_AHEAD: Final = 16
_LONGEST: Final = 7

# Log-odds of a site being a call, given that one of these stands before it ...
WEIGHTS: Final[dict[str, float]] = {
    "after a word": 4.5,
    "after a capital word": 2.0,
    "after a letter alone": -0.5,
    "after a code": -4.0,
    "after a sentence": 4.0,
    "after an abbreviation": -2.0,
    "after a number and point": 0.0,
    "after a decimal point": -5.0,
    "after a comma": 5.0,
    "after a number and comma": 3.0,
    "after a thousands comma": -6.0,
    "after a semicolon": 4.0,
    "after a colon": 4.0,
    "after a clock's colon": -3.0,
    "after a bracket": 4.0,
    "after a quotation": 4.0,
    "after an ellipsis": 3.0,
    "after its like": 5.0,
    "on its own line": 0.0,
    "after a year": 3.5,
    "after a day": 2.5,
    "after what may be a day": -5.0,
    "after a paper's number": -4.0,
    "after a number": -5.5,
    "a sign after a word": 4.0,
    "a sign after a stop": 4.0,
    "a sign alone": 0.0,
    "a letter after a stop": 0.0,
    "raised": 5.0,
    "raised like a power": -3.0,
    "in square brackets": 3.5,
    "in square brackets apart": 1.0,
    "in round brackets": 1.5,
    "in round brackets apart": 1.0,
    "in brackets with a word": 5.0,
    "a numeral after a stop": 4.0,
    "a numeral after a word": 1.0,
    "by hand": 30.0,
    # ... and given that this stands behind it.
    "before a space": 0.0,
    "before a line end": 0.5,
    "before a bracket": 0.0,
    "before a dash": -1.5,
    "before a stop": -6.5,
    "before an ellipsis": 0.0,
    "before a page": 0.0,
    "before a unit": -5.0,
    "before anything": -2.0,
    "whatever follows": 0.0,
}


class Site(msgspec.Struct, frozen=True, gc=False):
    """A place where ``mark`` may be a call. ``page`` counts the page breaks before it."""

    start: int
    end: int
    mark: str
    lead: str
    follow: str
    page: int

    @property
    def split(self) -> bool:
        """Whether the digits of the mark are but the last of a run of digits."""
        return self.lead in _SPLITS

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
        for run in _runs(text, line):
            while breaks[page][1] <= run.start() and page < len(breaks) - 1:
                page += 1
            if breaks[page][0] <= run.start():
                continue
            sites = tuple(_sites(text, line, run, page))
            if sites:
                yield sites


def _runs(text: str, line: Line) -> Iterator[re.Match[str]]:
    """Yield what may be a mark in ``line``, one behind the other."""
    at, end = line.start, line.end
    while begin := _BEGIN.search(text, at, end):
        # Here, or behind the stop that is here.
        run = _RUN.match(text, begin.start(), end) or _RUN.match(text, begin.end(), end)
        if run:
            yield run
        at = run.end() if run else begin.end()


def _sites(text: str, line: Line, run: re.Match[str], page: int) -> Iterator[Site]:
    if run.lastgroup in _APART:
        if lead := _lead_of_apart(text, run, line):
            yield Site(*run.span(), plain_mark(run[0]), lead, "whatever follows", page)
        return
    end = run.end()
    begins = () if _is_repeated(text, run, line) else tuple(_begins(text, line, run))
    follow = follow_of(text, end, line.end) if begins else ""
    for start, lead in begins:
        yield Site(start, end, text[start:end], lead, follow, page)


def _begins(text: str, line: Line, run: re.Match[str]) -> Iterator[tuple[int, str]]:
    """Yield where in ``run`` a call may begin, with what stands before it then."""
    lead = _lead(text, run, line)
    if lead and len(run[0]) <= _LONGEST and run[0][0] != "0":
        yield run.start(), lead
    if run["digits"]:
        yield from _splits(text, line, run.span("digits"))


def plain_mark(printed: str) -> str:
    """Return the mark in ``printed`` without brackets, and not raised."""
    return printed.strip("[]()^").translate(RAISED)


def _lead_of_apart(text: str, run: re.Match[str], line: Line) -> str | None:
    """Return how a mark is set apart from the text before it, None if it begins it."""
    if run.start() == line.start or run[0].startswith("⁰"):
        return None
    if run.lastgroup == "raised":
        before = text[max(line.start, run.start() - _LOOK_BACK) : run.start()]
        return "raised like a power" if _POWERED.search(before) else "raised"
    if run.lastgroup == "square":
        return _lead_of_square(text[line.start : run.start()])
    return "in round brackets"


def _lead_of_square(before: str) -> str | None:
    """Return how brackets stand behind ``before``: apart from a number they correct it."""
    glued = before.rstrip()
    if glued == before:
        return "in square brackets"
    return None if glued[-1].isdigit() else "in square brackets apart"


def _is_repeated(text: str, run: re.Match[str], line: Line) -> bool:
    """Whether the mark is printed twice, as ``years.* *``: the second one is the call."""
    after = run.end() + 1
    glued = run.start() > line.start and not text[run.start() - 1].isspace()
    if not glued or not text.startswith(f" {run[0]}", run.end()):
        return False
    return after + len(run[0]) == line.end or not run["digits"]


def _lead(text: str, run: re.Match[str], line: Line) -> str | None:
    """Return what ``run`` is glued to, None if to nothing that a call follows."""
    if run.start() == line.start:
        return "on its own line" if run.end() == line.end else None
    before = text[max(line.start, run.start() - _LOOK_BACK) : run.start()]
    if before[-1].isspace():
        if _ends_in_mark(before[:-1], run[0]):
            return "after its like"
        return "a sign alone" if run[0] in "†‡§" else None
    if not run["digits"]:
        return _sign_lead(before[-1], run[0])
    if before[-1].isalpha():
        return _after_letter(before)
    find = _AFTER_STOP.get(before[-1])
    after = text[run.start() : min(line.end, run.start() + _LOOK_AHEAD)]
    return find(before, after) if find else None


def _ends_in_mark(before: str, mark: str) -> bool:
    """Whether ``before`` ends in ``mark``, itself glued to something."""
    glued = before.removesuffix(mark)
    return glued != before and bool(glued) and not glued[-1].isspace() and not glued[-1].isdigit()


def _sign_lead(last: str, mark: str) -> str:
    if mark.isalpha():
        return "a letter after a stop"
    return "a sign after a word" if last.isalnum() else "a sign after a stop"


def _after_letter(before: str) -> str:
    last, previous = before[-1], before[-2:-1]
    if last.islower() and (previous.isalpha() or previous in ("’", "'")):
        return "after a word"
    if before[-3:].isalpha():
        return "after a capital word"
    return "after a code" if previous.strip() else "after a letter alone"


def _after_point(before: str, after: str) -> str:
    if _ABBREVIATION.search(before, _last_word(before)):
        return "after an abbreviation"
    if not before[-2:-1].isdigit() or _YEAR.search(before[:-1]):
        return "after a sentence"
    return "after a number and point" if _NEW_SENTENCE.match(after) else "after a decimal point"


def _after_comma(before: str, after: str) -> str:
    if not before[-2:-1].isdigit() or _YEAR.search(before[:-1]):
        return "after a comma"
    return "after a thousands comma" if _THREE.match(after) else "after a number and comma"


def _after_colon(before: str, after: str) -> str:
    clock = before[-2:-1].isdigit() and _TWO.match(after)
    return "after a clock's colon" if clock else "after a colon"


def _after_bracket(before: str, _: str) -> str | None:
    return None if PAGE.search(before) else "after a bracket"


def _always(lead: str) -> Callable[[str, str], str]:
    return lambda _before, _after: lead


_AFTER_STOP: Final[dict[str, Callable[[str, str], str | None]]] = {
    ")": _always("after a bracket"),
    "]": _after_bracket,
    **dict.fromkeys("”’\"'»", _always("after a quotation")),
    **dict.fromkeys(";?!", _always("after a semicolon")),
    "…": _always("after an ellipsis"),
    ".": _after_point,
    ",": _after_comma,
    ":": _after_colon,
}


def _splits(text: str, line: Line, digits: tuple[int, int]) -> Iterator[tuple[int, str]]:
    """Yield where a call may begin among ``digits``, with what stands before it then."""
    first, end = digits
    starts = [at for at in range(max(first + 1, end - 3), end) if text[at] != "0"]
    before = text[max(line.start, first - _LOOK_BACK) : first]
    if not starts or before[-1:] in ("$", "£", "#", "/") or _is_part(text, digits, before):
        return
    number = _number_lead(text, line, digits, before)
    of_month = before[-1:].isspace() and bool(_MONTH.search(before))
    for start in starts:
        lead = _date_lead(text[first:end], start - first, of_month=of_month) or number
        if lead:
            yield start, lead


def _is_part(text: str, digits: tuple[int, int], before: str) -> bool:
    """Whether ``digits`` behind ``before`` belong to a larger number, a code or a table."""
    first, end = digits
    if end - first == 3 and _THOUSANDS.search(before):
        return True
    glued = before and not before[-1].isspace() and before[-1] not in "([]“‘’—"
    return bool(glued) or before[-1:] == "\t" or text[end : end + 1] == "\t"


def _number_lead(text: str, line: Line, digits: tuple[int, int], before: str) -> str | None:
    """Return what ``digits`` behind ``before`` are, None if a year or what numbers a letter."""
    if digits[1] == line.end and _NUMBERED.fullmatch(line.text):
        return None
    if _PAPER.search(before, _last_word(before)):
        return "after a paper's number"
    return None if _MODERN.fullmatch(text, *digits) else "after a number"


def _last_word(before: str) -> int:
    """Return where the last word of ``before`` begins: patterns need not look at all of it."""
    return before.rstrip().rfind(" ") + 1


def _date_lead(whole: str, length: int, *, of_month: bool) -> str | None:
    """Return what the first ``length`` digits of ``whole`` are, None if no year and no day.

    ``of_month`` says whether they stand behind a month.
    """
    if length == 4 and _YEAR.search(whole[:length]):
        return "after a year"
    if of_month and length <= 2 and 1 <= int(whole[:length]) <= 31:
        return _after_day(whole)
    return None


def _after_day(whole: str) -> str:
    possible = int(whole) <= 31 or _YEAR.search(whole)
    return "after what may be a day" if possible else "after a day"


def follow_of(text: str, end: int, line_end: int) -> str:
    if end >= line_end:
        return "before a line end"
    if text.startswith("[Page", end):
        return "before a page"
    if _UNIT.match(text, end, line_end):
        return "before a unit"
    return _BEFORE.get(text[end], "before anything")


_BEFORE: Final = (
    dict.fromkeys(" \t\u00a0", "before a space")
    | dict.fromkeys(")]”’»", "before a bracket")
    | dict.fromkeys("—–-", "before a dash")
    | dict.fromkeys(".,;:!?", "before a stop")
    | {"…": "before an ellipsis"}
)
