"""Dates as editions show them."""

import re
from typing import Final

# The T between day and time, and the seconds, which people do not write.
_TIME: Final = re.compile(r"(\d)T(\d\d:\d\d)(:\d\d)?(\.\d+)?")


def day_of(date: str) -> str:
    """Return the day of an ISO date with its time, any other date as it is."""
    return date.partition("T")[0] if _TIME.search(date) else date


def shown(date: str) -> str:
    """Return an ISO date with its time as editions print it, any other as it is."""
    return _TIME.sub(r"\1 \2", date)
