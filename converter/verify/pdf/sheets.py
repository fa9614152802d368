"""The sheets of a booklet held against its pages, by folding them in the mind.

The file of a booklet carries its pages in reading order. They are what is read; the sheets have
to show the same letters where folding brings the page.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from converter.verify.difference import Difference
from converter.verify.letters import letters


def differences(sheets: Any, pages: Any) -> Iterator[Difference]:
    """Yield the pages of a booklet whose letters its ``sheets``, PDFium's, do not show."""
    halves = list(_folded(len(sheets)))
    for number in range(max(len(halves), len(pages))):
        expected = _shown(pages[number]) if number < len(pages) else Counter()
        found: Counter[str] = Counter()
        if number < len(halves):
            side, right = halves[number]
            found = _shown(sheets[side], right)
        if expected != found:
            text = f"page {number + 1} is not where folding the sheets would bring it"
            yield Difference("sheet-differs", text, f"page {number + 1}")


def _folded(sides: int) -> Iterator[tuple[int, bool]]:
    """Yield the side and half, whether the right one, on which each page stands in turn."""
    for side in range(sides):
        yield side, side % 2 == 0
    for side in reversed(range(sides)):
        yield side, side % 2 == 1


def _shown(page: Any, right: bool | None = None) -> Counter[str]:
    """Return the letters on ``page``, or on its right or left half."""
    width, height = page.get_size()
    start = width / 2 if right else 0.0
    end = width if right is None else start + width / 2
    text = page.get_textpage()
    return Counter(letters(text.get_text_bounded(start, 0, end, height)))
