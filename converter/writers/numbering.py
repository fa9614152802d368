"""How the items of a list are numbered, for writers whose formats number them on their own."""

import re
from typing import Final

from converter.model import List

_MARKER: Final = re.compile(r"(\(?)(\d{1,9})([.)])")
# Pandoc's names for what stands around a number.
_DELIMITERS: Final = {("", "."): "Period", ("", ")"): "OneParen", ("(", ")"): "TwoParens"}
_LARGEST: Final = 999_999_999


def numbering(node: List) -> tuple[int, str] | None:
    """Return the first number and the delimiter, None if the items are not numbered in order."""
    if not any(item.marker for item in node.items):
        return (node.start, "Period") if node.ordered and 0 <= node.start <= _LARGEST else None
    found = [match for item in node.items if (match := _MARKER.fullmatch(item.marker))]
    styles = {(match[1], match[3]) for match in found}
    if len(found) != len(node.items) or len(styles) != 1:
        return None
    first = int(found[0][2])
    delimiter = _DELIMITERS.get(styles.pop())
    in_order = [int(match[2]) for match in found] == list(range(first, first + len(found)))
    return (first, delimiter) if delimiter and in_order else None


def item_marks(node: List) -> list[str]:
    """Return what stands before each item: the source's own mark, or the number of its place."""
    return [
        item.marker or (f"{number}." if node.ordered else "")
        for number, item in enumerate(node.items, start=node.start)
    ]
