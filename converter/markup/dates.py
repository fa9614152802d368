"""Dates as pages and exports print them, in ISO 8601. Uses dateparser for months in words."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Final, Literal, TypeAlias

Order: TypeAlias = Literal["", "day", "month"]

_LONGEST: Final = 100
_ISO: Final = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_CLOCK: Final = re.compile(
    r"(?<!\d)(?P<hour>\d{1,2})\s?[:.hH]\s?(?P<minute>\d{2})(?::\d{2})?(?!\d)(?:\s?min\b)?"
    r"(?:\s*(?P<half>[ap](?=\.?\s?m\b)|[مص]\b)(?:\.?\s?m\b\.?)?)?",
    re.IGNORECASE,
)
_FIGURES: Final = re.compile(
    r"(?<!\d)(?:(?P<year>\d{4})[-/. ]{1,2}(?P<m>\d{1,2})[-/. ]{1,2}(?P<d>\d{1,2})"
    r"|(?P<first>\d{1,2})[-/.]\s?(?P<second>\d{1,2})[-/.]\s?(?P<last>\d{4}))(?!\d)"
)
# Words between date and time, which dateparser would stumble over.
_JOINT: Final = re.compile(
    r"[\s,]*(?:\b(?:at|om|um|à|a las|às|alle|alle ore|kl|klo|o|в|у|saat|στις|la)"
    r"|الساعة|@|\||•|·|-|–|—)"
    r"[\s.,:]*$",
    re.IGNORECASE,
)


def iso(text: str) -> str | None:
    """Return the ISO 8601 date that ``text`` begins with, None if it does not."""
    found = _ISO.match(text.strip())
    if found is None:
        return None
    day, clock, zone = found.groups()
    if clock is None:
        return day
    return f"{day}T{clock}{'+00:00' if zone == 'Z' else zone or ''}"


def rfc_2822(text: str) -> str | None:
    """Return a date as RSS writes it, ``Tue, 27 Jan 2015 14:56:57 +0000``, in ISO 8601."""
    try:
        moment = parsedate_to_datetime(text.strip())
    except (TypeError, ValueError):
        return None
    return moment.astimezone(UTC).isoformat() if moment.tzinfo else moment.isoformat()


def order_of(texts: Iterable[str]) -> Order:
    """Return which figure stands first in dates like 03/04/2011, judging by all of ``texts``.

    Empty if none of them has a figure above 12 in either place.
    """
    for text in texts:
        found = _FIGURES.search(text)
        if found and found["first"]:
            if int(found["first"]) > 12:
                return "day"
            if int(found["second"]) > 12:
                return "month"
    return ""


def read_date(text: str, language: str = "", order: Order = "") -> str | None:
    """Return the date that ``text`` prints, with its time if it has one, in ISO 8601.

    None for what cannot be read, and for figures that may be day and month in either order.
    """
    text = " ".join(text.split())[:_LONGEST]
    if (found := iso(text)) is not None:
        return found
    clock = _CLOCK.search(text)
    figures = _FIGURES.search(text)
    if clock and figures and clock.start() < figures.end() and figures.start() < clock.end():
        clock = _CLOCK.search(text, figures.end())
    day = _day_in_figures(figures, order) if figures else None
    if day is None and figures is None:
        rest = text[: clock.start()] + " " + text[clock.end() :] if clock else text
        day = _day_in_words(_JOINT.sub("", rest.strip()).strip(" ,"), language.partition("-")[0])
    if day is None:
        return None
    return f"{day}T{_time(clock)}" if clock else day


def _day_in_figures(found: re.Match[str], order: Order) -> str | None:
    if found["year"]:
        year, month, day = int(found["year"]), int(found["m"]), int(found["d"])
    else:
        first, second, year = int(found["first"]), int(found["second"]), int(found["last"])
        order = order_of([found[0]]) or order or ("day" if "." in found[0] else "")
        if not order and first != second:
            return None
        day, month = (second, first) if order == "month" else (first, second)
    try:
        return datetime(year, month, day).date().isoformat()
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _day_in_words(text: str, language: str) -> str | None:
    if not re.search(r"\d", text):
        return None
    # Loaded when needed: a tenth of a second that most sources do without.
    import dateparser  # type: ignore[import-untyped]  # ships no types

    known: tuple[list[str] | None, ...] = ([language], ["en"]) if language else (["en"], None)
    for languages in known:
        try:
            moment = dateparser.parse(
                text,
                languages=languages,
                # Dates that are whole, and nothing that depends on the clock.
                settings={
                    "PARSERS": ["absolute-time"],
                    "STRICT_PARSING": True,
                    "RETURN_AS_TIMEZONE_AWARE": False,
                },
            )
        except (ValueError, OverflowError):
            continue
        if moment is not None:
            return str(moment.date())
    return None


def _time(clock: re.Match[str]) -> str:
    half = {"p": 12, "a": 0, "م": 12, "ص": 0}.get((clock["half"] or "").lower())
    hour = int(clock["hour"]) if half is None else int(clock["hour"]) % 12 + half
    return f"{min(hour, 23):02}:{min(int(clock['minute']), 59):02}"
