"""Bylines: the lines that say who comments and when, where no column tells comments apart.

A byline is a line, or two or three short ones, of one of three shapes::

    Ann says:                     Ann • 6 years ago               Ann
    3 March 2011 at 10:00                                         •
                                                                  3d ago
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, Literal, NamedTuple, TypeAlias

from converter.readers.text.comments import wording
from converter.readers.text.comments.phrases import date_of, likes_of, signature_of
from converter.readers.text.dump import Line

Span: TypeAlias = tuple[int, int]
Shape: TypeAlias = Literal["says", "dated", "stacked"]

_LONGEST: Final = 120
_NAME_LENGTH: Final = 60
_NAME_WORDS: Final = 6
# So many short lines may stand between a name and its date, or below the date.
_BETWEEN: Final = 3

_LEAD: Final = re.compile(r"(?:(?:\[[–—+-]\]|[▲△•*]|\d{1,5}[.)](?=\s))\s*)+")
_AGE: Final = re.compile("|".join(wording.AGES.values()), re.IGNORECASE)
_OUTLINE: Final = r"#(?P<number>\d{1,5}(?:\.\d{1,5})*)\s+(?:[—–-]\s+)?"
_BEFORE_DATE: Final = re.compile(rf"{_OUTLINE}|(?:{wording.BEFORE_DATE})\s+", re.IGNORECASE)
# What stands at the end of a name, and leads in the date behind it.
_LED_IN: Final = re.compile(
    rf"(?:\s+(?:{wording.BEFORE_DATE}))?(?:[\s,]+(?:{wording.WEEKDAYS}))?$", re.IGNORECASE
)
_LEADS_IN: Final = re.compile(rf"\s+(?:{wording.BEFORE_DATE})$", re.IGNORECASE)
_EDITED: Final = re.compile(
    r"\s*\((?:edited|bearbeitet|modifié|editado|изменено)\)$", re.IGNORECASE
)
# Where a date may begin behind a name, and what a page prints behind it.
_GAP: Final = re.compile(r"\s*[•·|,(–—]\s*|\s+-\s+|\s+")
_TAIL: Final = re.compile(r"\s*(?:[|•·)]|\[[–—+-]\]|\(?edited\b|#\d|$)", re.IGNORECASE)
_BEHIND: Final = re.compile(r"\s*(?:[|•·]|\(edited|#\d|$)")
_LINKS: Final = re.compile(r"\b(?:root|parent|prev|next)\b")
_POINTS: Final = re.compile(r"(?:\[S\])?\s+(?:(?P<points>-?\d+)|\[score hidden\])(?:\spoints?)?$")
_TO: Final = re.compile(rf"\s+(?:[>→▸➜»]|{'|'.join(wording.IN_REPLY.values())})\s+", re.IGNORECASE)
_ANSWERS: Final = re.compile(
    rf"[↩↪>@\s]*(?:{'|'.join(wording.IN_REPLY.values())})\s+@?(?P<name>\S.{{0,59}}?)\W?",
    re.IGNORECASE,
)
_BADGE: Final = re.compile(rf"[•·|]|{wording.BADGES}", re.IGNORECASE)
_NO_NAME: Final = re.compile(rf"{_BADGE.pattern}|{wording.BEFORE_DATE}", re.IGNORECASE)
_LIKED_BY: Final = re.compile(r"liked by \S.{0,79}", re.IGNORECASE)
_COUNTED: Final = re.compile(r"#?\d{1,5}")
_WORD: Final = re.compile(r"[^\s!?…:;,\"“”«»<>={}|]+")
_GONE: Final = frozenset({"[deleted]", "[removed]"})


class Byline(NamedTuple):
    """Who comments and when, as offsets; its lines are those from ``first`` to before ``last``.

    ``to`` is the name of who is answered, ``likes`` a number; ``links`` are those to the comments
    around it: root, parent, prev, next. ``number`` is that of an outline: 2.1 answers 2.
    """

    first: int
    last: int
    name: Span | None = None
    date: Span | None = None
    to: Span | None = None
    likes: Span | None = None
    links: frozenset[str] = frozenset()
    number: str = ""


def when_of(text: str) -> str | None:
    """Return the date or the age that ``text`` is, a date in ISO 8601, None for other text."""
    if len(text) > _LONGEST:
        return None
    before = _BEFORE_DATE.match(text)
    text = _EDITED.sub("", text[before.end() :] if before else text)
    return date_of(text) or (text if _AGE.fullmatch(text) else None)


def find_bylines(lines: Sequence[Line], shape: Shape) -> Iterator[Byline]:
    """Yield the bylines of one ``shape`` in ``lines``, by index."""
    find = {"says": _says, "dated": _dated, "stacked": _stacked}[shape]
    for index, line in enumerate(lines):
        if 0 < len(line.text) <= _LONGEST:
            found = find(lines, index)
            if found:
                yield _with_more(lines, found)


def is_name(text: str) -> bool:
    """Whether ``text`` could be the name of who comments: a few words that are no sentence."""
    words = text.split()
    if text in _GONE:
        return True
    if not 1 <= len(words) <= _NAME_WORDS or len(text) > _NAME_LENGTH:
        return False
    if not any(map(str.isalpha, text)) or _NO_NAME.fullmatch(text):
        return False
    return all(map(_may_be_part, words))


def _may_be_part(word: str) -> bool:
    return bool(_WORD.fullmatch(word)) and (not word.endswith(".") or len(word) <= 4)


def _says(lines: Sequence[Line], index: int) -> Byline | None:
    line = lines[index]
    lead, text = _without_lead(line)
    spoken = re.sub(r"(?:\.\.\.|…)$", ":", text)
    signature = signature_of(spoken) if spoken.endswith((":", "：")) else None
    if signature is None or not signature.sure or signature.name is None:
        return None
    start = line.start + lead
    name, date = signature.name, signature.date
    if date is None or not when_of(text[slice(*date)]):
        name, date = _name_and_date(text[: (date or name)[1]]) or (name, date)
    name, date = _moved(name, start), date and _moved(date, start)
    if date or (below := _next_filled(lines, index)) is None or not when_of(lines[below].text):
        return Byline(index, index + 1, name, date)
    return Byline(index, below + 1, name, (lines[below].start, lines[below].end))


def _name_and_date(text: str) -> tuple[Span, Span] | None:
    """Return where a name and a date behind it are, whatever the name is made of.

    The date is as short as it can be: what a day of the week could be may be part of a name.
    """
    for gap in reversed(list(_GAP.finditer(text))):
        if gap.start() and when_of(text[gap.end() :]):
            before = _LEADS_IN.search(text[: gap.start()])
            return (0, before.start() if before else gap.start()), (gap.end(), len(text))
    return None


def _dated(lines: Sequence[Line], index: int) -> Byline | None:
    line = lines[index]
    lead, text = _without_lead(line)
    if not any(map(str.isdigit, text)) and not _AGE.search(text):
        return None
    gaps = list(_GAP.finditer(text))
    ages = ((gap.start(), _age_at(text, gap.end())) for gap in gaps)
    dates = ((gap.start(), _date_at(text, gap.end())) for gap in reversed(gaps))
    for end, date in chain(ages, dates):
        if date and (named := _named(text[:end])):
            name, to, likes = (span and _moved(span, line.start + lead) for span in named)
            links = frozenset(_LINKS.findall(text, date[1]))
            return Byline(index, index + 1, name, _moved(date, line.start + lead), to, likes, links)
    return None


def _age_at(text: str, start: int) -> Span | None:
    """Return the span of an age that begins at ``start``, with nothing of note behind."""
    age = _AGE.match(text, start)
    return age.span() if age and _TAIL.match(text, age.end()) else None


def _date_at(text: str, start: int) -> Span | None:
    """Return the span of a date that begins at ``start``, with nothing of note behind."""
    tail = _BEHIND.search(text[start:])
    end = start + tail.start() if tail else len(text)
    return (start, end) if when_of(text[start:end].rstrip(")")) else None


def _named(text: str) -> tuple[Span, Span | None, Span | None] | None:
    """Return where the name is in ``text``, the name that it answers, and its points."""
    points = _POINTS.search(text)
    likes = points.span("points") if points and points["points"] else None
    text = text[: points.start()] if points else text
    text = _LED_IN.sub("", text)
    answers = _TO.search(text)
    name = text[: answers.start()] if answers else text
    if not is_name(name) or (answers and not is_name(text[answers.end() :])):
        return None
    return (0, len(name)), (answers.end(), len(text)) if answers else None, likes


def _stacked(lines: Sequence[Line], index: int) -> Byline | None:
    """Return the byline that begins with the name in the line at ``index``, its date below."""
    line = lines[index]
    lead, text = _without_lead(line)
    if not is_name(text) or when_of(text):
        return None
    below = index
    for _ in range(_BETWEEN):
        found = _next_filled(lines, below)
        if found is None:
            return None
        below = found
        if when_of(lines[below].text):
            numbered = _BEFORE_DATE.match(lines[below].text)
            number = (numbered["number"] or "") if numbered else ""
            start = numbered.end() if numbered and number else 0
            date = lines[below].start + start, lines[below].end
            name = line.start + lead, line.end
            return Byline(index, below + 1, name, date, number=number)
        if not _BADGE.fullmatch(lines[below].text):
            return None
    return None


def _with_more(lines: Sequence[Line], byline: Byline) -> Byline:
    """Return ``byline`` with the short lines below it that are no text: who is answered, badges."""
    last, to = byline.last, byline.to
    for _ in range(_BETWEEN):
        below = _next_filled(lines, last - 1)
        text = "" if below is None else lines[below].text
        answers = _ANSWERS.fullmatch(text)
        numbered = byline.date and below == last and _COUNTED.fullmatch(text)
        if below is None or not (
            answers or numbered or _BADGE.fullmatch(text) or _LIKED_BY.fullmatch(text)
        ):
            break
        if likes_of(text):
            break
        to = _moved(answers.span("name"), lines[below].start) if answers else to
        last = below + 1
    return byline._replace(last=last, to=to)


def _without_lead(line: Line) -> tuple[int, str]:
    found = _LEAD.match(line.text)
    lead = found.end() if found else 0
    return lead, line.text[lead:]


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by


def _next_filled(lines: Sequence[Line], index: int) -> int | None:
    """Return the index of the next line that is not blank, if at most one blank one is between."""
    near = range(index + 1, min(index + 3, len(lines)))
    return next((at for at in near if not lines[at].blank), None)
