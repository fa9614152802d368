"""What a line of a thread says: a heading, a form, a signature, a date, a number of likes.

Each function looks at the text of one line, without white space around it, and at nothing else.
"""

import re
from datetime import datetime
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias

from converter.readers.text.comments import wording

# Furniture is short; longer lines are somebody's text.
_LONGEST: Final = 200
_LONGEST_TRACE: Final = 80
_LONGEST_HEADING: Final = 400

Kind: TypeAlias = Literal["comment", "pingback", "trackback"]


def _any(table: dict[str, str]) -> str:
    return "|".join(dict.fromkeys(table.values()))


class _Pattern:
    """A pattern for any case, compiled when it is first needed.

    All of them together take a tenth of a second, and most texts need few.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._text, re.IGNORECASE)

    def fullmatch(self, text: str, *bounds: int) -> re.Match[str] | None:
        return self._compiled.fullmatch(text, *bounds)

    def match(self, text: str) -> re.Match[str] | None:
        return self._compiled.match(text)

    def search(self, text: str) -> re.Match[str] | None:
        return self._compiled.search(text)


def _whole(table: dict[str, str], ending: str = "") -> _Pattern:
    return _Pattern(rf"(?:{_any(table)}){ending}")


_NUMBER: Final = rf"(?:{wording.COUNT}|\b(?:{wording.ONE})\b)"
_NOUN: Final = rf"(?:{_any(wording.NOUNS)})"
# "29 thoughts on “...”", "12 Comments", "12 de comentarii la ...", "条评论 12".
_COUNT_FIRST: Final = _Pattern(
    rf"\W{{0,3}}(?P<count>{_NUMBER})\s*(?:de\s+|件の\s*)?{_NOUN}(?!\w)(?P<rest>.*)"
)
# "Comments (12)", "Kommentare: 12", "コメント 12".
_COUNT_LAST: Final = _Pattern(
    rf"\W{{0,3}}(?:\w+\s+)?(?:ال)?{_NOUN}\s*[(:：（\[-]?\s*(?P<count>{wording.COUNT})\s*[)）\]]?\W*"
)
# "“...” üzerine 29 yorum", "「...」への29件のフィードバック", "《...》有29个想法".
_QUOTED_FIRST: Final = _Pattern(
    rf"[“\"„«「《〈‘”].*[”\"“»」》〉’]\D{{0,40}}(?P<count>{wording.COUNT})\s*{_NOUN}\W*"
)
# What may follow the noun in a heading: nothing, what the comments are about, or an aside.
_ABOUT: Final = _Pattern(
    r"\s*(?:[.:;–—(\[|]|$|(?:so far|yet)\b|.{0,40}?[“\"„«「《‘'”]|(?:"
    r"on|to|for|about|in|at|sur|à|pour|zu|auf|su|a|al|en|sobre|em|para|op|over|do|na|о|об|к|на|"
    r"для|про|o|u|u vezi|la|despre|till|på|om|til|حول|على|عن|hakkında|k|pro|untuk|pada|về|trên"
    r")(?:\W|$))"
)
_SECTION: Final = _whole(wording.SECTIONS, r"\s*[:：…]?")
_CANCEL: Final = (
    "cancel|annuler|abbrechen|annulla|cancelar|annuleren|anuluj|отменить|إلغاء|откажи|avbryt"
)
_FORM: Final = _whole(wording.FORM, rf"(?:\s+(?:{_CANCEL}).*)?\s*[:：!…]?")
_CLOSED: Final = _whole(wording.CLOSED)
_PAGING: Final = _whole(wording.PAGING, r"\s*[→»›]?")
_SHARE: Final = _whole(wording.SHARE, r"\s*[:：]")
_BUTTON: Final = _Pattern(rf"(?:[•◦▪‣]\s*)?(?:{wording.BUTTONS})")
_APPEAL: Final = _Pattern(wording.APPEALS)
_FORM_LINE: Final = _whole(wording.FORM_LINES)
_TRACE: Final = _Pattern(rf"\W{{0,2}}(?:{_any(wording.TRACES)})\s*[↓→↵⤵]?\W{{0,2}}")
_LIKES: Final = _Pattern(
    "|".join(rf"(?:{line.replace('%s', _NUMBER)})" for line in wording.LIKES.values())
)
_PING: Final = _Pattern(rf"(?P<kind>{_any(wording.PINGS)})\s*[:：]\s*")
_PING_HEADING: Final = _Pattern(
    rf"(?:{wording.COUNT})?\s*(?:{_any(wording.PINGS)})s?(?!\w).{{0,40}}"
)
_TRACKBACK: Final = _Pattern(wording.TRACKBACKS)
_AWAITING: Final = _Pattern(
    r"(?:your comment|votre commentaire|dein kommentar|il tuo commento|tu comentario|"
    r"o seu comentário|ваш комментарий) .{0,30}(?:moder|модер|freischalt).*"
)


class Heading(NamedTuple):
    """A heading of comments. ``span`` is where the number stands, if it has one."""

    declared: int | None = None
    span: tuple[int, int] | None = None


def heading_of(text: str) -> Heading | None:
    """Return what a heading of comments declares, None for any other line."""
    if len(text) > _LONGEST_HEADING:
        return None
    for pattern in (_COUNT_FIRST, _COUNT_LAST, _QUOTED_FIRST):
        found = pattern.fullmatch(text)
        if found and _ABOUT.match(found.groupdict().get("rest") or ""):
            return Heading(_number(found["count"]), found.span("count"))
    return Heading() if _SECTION.fullmatch(text) else None


def _number(text: str) -> int:
    digits = "".join(char for char in text if char.isdigit())
    return int(digits) if digits else 1


def is_form(text: str) -> bool:
    """Whether ``text`` heads the form for new comments."""
    return len(text) <= _LONGEST and bool(_FORM.fullmatch(text))


def is_closed(text: str) -> bool:
    """Whether ``text`` says that comments are closed."""
    return len(text) <= _LONGEST and bool(_CLOSED.fullmatch(text))


def is_paging(text: str) -> bool:
    """Whether ``text`` leads to older or newer comments."""
    return len(text) <= _LONGEST and bool(_PAGING.fullmatch(text))


def is_form_line(text: str) -> bool:
    """Whether ``text`` is a line of the form for new comments, below its heading."""
    return len(text) <= _LONGEST and bool(_FORM_LINE.fullmatch(text))


def is_share_heading(text: str) -> bool:
    """Whether ``text`` heads the buttons to share or to like a post."""
    return len(text) <= _LONGEST_TRACE and bool(_SHARE.fullmatch(text))


def is_appeal(text: str) -> bool:
    """Whether ``text`` asks those who read it to subscribe."""
    return len(text) <= _LONGEST and bool(_APPEAL.fullmatch(text))


def is_button(text: str) -> bool:
    """Whether ``text`` may be one of these buttons, or what heads them."""
    return len(text) <= _LONGEST and bool(_BUTTON.fullmatch(text) or _SHARE.fullmatch(text))


def is_trace(text: str) -> bool:
    """Whether ``text`` is what a theme prints behind a comment: links to reply, likes."""
    if len(text) > _LONGEST_TRACE:
        return False
    return bool(_TRACE.fullmatch(text) or _LIKES.fullmatch(text) or _AWAITING.fullmatch(text))


def likes_of(text: str) -> tuple[int, tuple[int, int]] | None:
    """Return the likes that ``text`` counts and the span of the number in it."""
    if len(text) > _LONGEST_TRACE or not _LIKES.fullmatch(text):
        return None
    found = re.search(_NUMBER, text, re.IGNORECASE)
    return (_number(found[0]), found.span()) if found else (1, (0, 0))


def ping_of(text: str) -> tuple[Kind, int] | None:
    """Return the kind of ping that ``text`` announces and where its own text begins."""
    found = _PING.match(text)
    if found is None:
        return None
    return "trackback" if _TRACKBACK.fullmatch(found["kind"]) else "pingback", found.end()


def heads_pings(text: str) -> bool:
    """Whether ``text`` heads a section of pings: "2 Pingbacks", "Trackbacks/Pingbacks"."""
    return len(text) <= _LONGEST_TRACE and bool(_PING_HEADING.fullmatch(text))


# ------------------------------------------------------------- who, and when

_SAYS: Final = _any(wording.SAYS)
_WHEN: Final = r"(?:\b(?:on|le|am|il|el|em|op|dnia|den|в|у|at)|[,(•·|–—-])"
# Two patterns, the verb and what is before it: as one, each end of a name would be tried with
# each verb. "Ann says:", "Ann on March 3, 2011 at 10:00 said:", "Ann (12 May 2009) wrote:".
_SAYS_LAST: Final = _Pattern(
    rf"\)?(?:(?<!\s)\s+(?:{_SAYS})|(?:님의 말|より|说道|說道|说|表示))\s*[:：]\Z"
)
_NAME_DATE: Final = _Pattern(
    rf"(?P<name>\S.{{0,79}}?)?(?:\s*{_WHEN}\s*(?P<date>[^:]{{0,40}}?\d.{{3,40}}))?"
)
_SAYS_ALONE: Final = _Pattern(rf"(?:{_SAYS})\s*[:：]")
_SAYS_NAME: Final = _Pattern(r"(?:يقول|تقول|قال|قالت|کتب|כתב)\s+(?P<name>\S.{0,79}?)\s*[:：]")


class Signature(NamedTuple):
    """Who speaks and when, as spans of the line; ``sure`` where the line says that it is one."""

    name: tuple[int, int] | None
    date: tuple[int, int] | None
    sure: bool


def signature_of(text: str) -> Signature | None:
    """Return what ``text`` says of author and date, None if it does not look like a signature."""
    if len(text) > _LONGEST:
        return None
    if text.endswith((":", "：")):
        spoken = _spoken(text)
        if spoken is not None:
            return spoken
    name = text.rstrip(":： \u00a0")
    # "Ann says:" in words that are in no table; more words than that lead in what follows.
    most = _NAME_WORDS if name == text else _SPOKEN_WORDS
    return Signature((0, len(name)), None, sure=False) if _is_name(name, most) else None


def _spoken(text: str) -> Signature | None:
    if _SAYS_ALONE.fullmatch(text):
        return Signature(None, None, sure=True)
    says = _SAYS_LAST.search(text)
    found = _SAYS_NAME.fullmatch(text) or (says and _NAME_DATE.fullmatch(text, 0, says.start()))
    if not found:
        return None
    name, date = found["name"], found.groupdict().get("date")
    return Signature(
        found.span("name") if name else None, found.span("date") if date else None, sure=True
    )


_NAME_WORDS: Final = 5
_SPOKEN_WORDS: Final = 3
_FULL_NAME_WORDS: Final = 4
_NAME: Final = re.compile(r"[^.!?…:;,\"“”«»@#<>=\[\]{}|]{1,50}(?:\.|[JS]r\.)?")


def _is_name(text: str, most: int) -> bool:
    """Whether ``text`` could be a name: ``most`` words, without the marks of a sentence."""
    words = text.split()
    return 1 <= len(words) <= most and bool(_NAME.fullmatch(text)) and not text.endswith("..")


def may_sign(text: str) -> bool:
    """Whether ``text`` is a name even where nothing but a verb behind it says so.

    It is one word, or a few with a capital at either end: no "As the keeper once" (said).
    """
    words = text.split()
    begun = not (text[:1].islower() or words[-1][:1].islower()) if words else False
    return _is_name(text, _FULL_NAME_WORDS) and (begun or len(words) == 1)


_CLOCK: Final = r"(?P<hour>\d{1,2})(?:[:.]| ?h ?)(?P<minute>\d{2})(?:[:.]\d{2})?(?: ?min)?"
_HALF: Final = r"(?:\s*(?P<half>[ap])\.?\s?m\.?)?"
_TIME: Final = rf"(?:{_CLOCK}{_HALF})"
_MONTH: Final = "|".join(sorted(map(re.escape, wording.MONTHS), key=len, reverse=True))
_DAYS: Final = (
    rf"(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?\s+(?:de\s+|of\s+)?(?P<month>{_MONTH})\.?,?\s+"
    r"(?:de\s+|del\s+)?(?P<year>\d{4})",
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
    r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
    r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
)
_DATES: Final = tuple(
    _Pattern(
        rf"(?:[^\W\d]{{2,12}},?\s+)?(?:\w{{1,4}}\s+)?{day}[.,]?"
        rf"(?:\s+\S{{1,8}}){{0,3}}?(?:\s*[@,:|•·-]?\s*{_TIME})?"
        r"(?:\s*(?:uhr|г\.|น\.))?\W{0,2}"
    )
    for day in _DAYS
)


def date_of(text: str) -> str | None:
    """Return the date that ``text`` is, in ISO 8601, None for any other text.

    Days and months in figures only, which may stand in either order, are left as printed:
    such a text comes back as it is.
    """
    if len(text) > _LONGEST or not any(char.isdigit() for char in text):
        return None
    for pattern in _DATES:
        found = pattern.fullmatch(text)
        if found:
            return _iso(found.groupdict())
    return text if re.fullmatch(rf"\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\D{{0,10}}{_TIME}?", text) else None


def _iso(parts: dict[str, str | None]) -> str | None:
    month = parts["month"] or ""
    number = wording.MONTHS.get(month.casefold()) or (int(month) if month.isdigit() else 0)
    hour, minute = parts["hour"], parts["minute"]
    try:
        day = datetime(int(parts["year"] or 0), number, int(parts["day"] or 0))
        if hour is None:
            return day.date().isoformat()
        late = {"p": 12, "a": 0}.get((parts["half"] or "").casefold())
        clock = int(hour) if late is None else int(hour) % 12 + late
        return day.replace(hour=clock, minute=int(minute or 0)).isoformat(timespec="minutes")
    except ValueError:
        return None
