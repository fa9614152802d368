"""The sheets of a booklet held against its pages, by folding them in the mind.

The file of a booklet carries its pages in reading order. They are what is read; the sheets have
to show the same letters where folding brings the page.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Final

from converter.verify.difference import Difference
from converter.verify.letters import letters, runs_leftward

# More letters than a running head has.
_LINE: Final = 150
# What PDFium makes of hyphens that divide words, of some of them.
_DIVIDING: Final = "\x02"


def differences(sheets: Any, pages: Any, told: Callable[[Any], int]) -> Iterator[Difference]:
    """Yield the pages of a booklet whose letters its ``sheets``, PDFium's, do not show.

    ``told`` says how many letters of a page stand for others: PDFium does not move these with
    what they are drawn in.
    """
    halves = list(_folded(len(sheets)))
    letters_of = [_shown(page) for page in pages]
    for number in range(max(len(halves), len(pages))):
        expected = letters_of[number] if number < len(pages) else Counter()
        if number >= len(halves):
            is_there = not expected
        else:
            side, right = halves[number]
            found = _shown(sheets[side], right)
            beside = [*_beside(halves, side, len(pages))]
            is_there = found == expected or (
                _shown(sheets[side]) == sum((letters_of[each] for each in beside), Counter())
                and _is_uncertain(expected, found, sum(told(pages[each]) for each in beside))
            )
        if not is_there:
            text = f"page {number + 1} is not where folding the sheets would bring it"
            yield Difference("sheet-differs", text, f"page {number + 1}")


def _beside(halves: list[tuple[int, bool]], side: int, pages: int) -> Iterator[int]:
    """Yield the numbers of the pages, of so many, that stand on ``side``, counted from 0."""
    return (number for number, (each, _) in enumerate(halves[:pages]) if each == side)


def _is_uncertain(expected: Counter[str], found: Counter[str], told: int) -> bool:
    """Return whether PDFium may take what stands on one half of a side for what the other has.

    It does so with letters that run leftward, with heads that stand side by side on a line, and
    with those that are ``told`` in place of others.
    """
    differing = (expected - found) + (found - expected)
    return differing.total() <= _LINE + told or any(map(runs_leftward, differing))


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
    shown = text.get_text_bounded(start, 0, end, height)
    return Counter(letters(shown.replace(_DIVIDING, "")))
