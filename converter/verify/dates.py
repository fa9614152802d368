"""Dates as editions show them."""

import re
from typing import Final

# The T between day and time, and the seconds, which people do not write; and where the clock is.
_TIME: Final = re.compile(r"(\d)T(\d\d:\d\d)(:\d\d)?(\.\d+)?")
_ZONE: Final = re.compile(r"(?<=:\d\d)(?:Z|([+-]\d\d:?\d\d))$")
_NO_OFFSET: Final = re.compile(r"(?<=UTC)[+-]00:?00$")


def day_of(date: str) -> str:
    """Return the day of an ISO date with its time, any other date as it is."""
    return date.partition("T")[0] if _TIME.search(date) else date


def shown(date: str) -> str:
    """Return an ISO date with its time as editions print it, any other as it is."""
    if not _TIME.search(date):
        return date
    zoned = _ZONE.sub(r" UTC\1", _TIME.sub(r"\1 \2", date))
    return _NO_OFFSET.sub("", zoned)
