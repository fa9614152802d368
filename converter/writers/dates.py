"""Dates as XHTML."""

import re
from typing import Final

from converter.writers.xhtml import Element, add, clean

# The dates that HTML has an element for: https://html.spec.whatwg.org/#the-time-element.
_DATE: Final = re.compile(
    r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])"
    r"([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?)?)?)?"
)


def add_date(parent: Element, date: str, shown: str) -> None:
    """Append ``date`` as it is ``shown``: as a time where HTML knows such dates."""
    element = add(parent, "time" if _DATE.fullmatch(date) else "span", shown, class_="date")
    if shown != date:
        element.set("datetime" if _DATE.fullmatch(date) else "data-date", clean(date))
