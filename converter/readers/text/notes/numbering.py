"""How marks follow one another: 19 after 18, 18a, 1 on a new page, † after *.

Numbering by position, numbering that runs on through a volume, restarts on each page, inserted
marks and signs are all told by what a mark is to the one before it, a key of ``NUMBERING``.
"""

import math
from functools import lru_cache
from string import ascii_lowercase
from typing import Final

import msgspec

from converter.readers.text.notes.sites import SIGNS

# Log-probabilities of a mark, given the one before it.
NUMBERING: Final[dict[str, float]] = {
    "begins at 1": math.log(0.6),
    "begins at a low number": math.log(0.1 / 4),  # on a page that another document began
    "begins at another number": math.log(0.28 / 94),  # running on from earlier documents
    "begins at a high number": math.log(0.02 / 900),
    "begins with a sign": math.log(0.03),
    "next": math.log(0.9),
    "inserted": math.log(0.02),  # 18a after 18
    "same": math.log(0.02),  # a note printed twice under one mark
    "same, and the same text": math.log(0.45),
    "earlier, and the same text": math.log(0.1),
    "1 on a new page": math.log(0.03),
    "1 on a new page, as before": math.log(0.9),  # numbering that is known to begin on each page
    "next on a new page, as never before": math.log(0.1),
    "1 after 99": math.log(0.5),
    "one left out": math.log(0.01),
    "leap": math.log(0.02 / 99),
    "sign among numbers": math.log(0.02),
    "next sign": math.log(0.9),
    "as the list prints it": math.log(0.9),
}
# So many marks: the same come again and again.
_REMEMBERED: Final = 1_024
_NUMERALS: Final = {"i": 1, "v": 5, "x": 10, "l": 50}
_LARGEST: Final = 90
_LONGEST_REPEAT: Final = 8
LONGEST_GAP: Final = 30


class Mark(msgspec.Struct, frozen=True, gc=False):
    """A mark taken apart: 18a is number 18, letter 1; b is letter 2; ‡ is sign 3.

    Several letters, of numerals such as xiv, are digits to the base of 26.
    """

    number: int = 0
    letter: int = 0
    sign: int = 0


class Count(msgspec.Struct, frozen=True, gc=False):
    """So many notes are called, the last with ``mark`` on ``page``.

    ``paged`` says whether numbering is known to begin again on each page.
    """

    called: int = 0
    mark: Mark = Mark()
    page: int = 0
    paged: bool = False


@lru_cache(_REMEMBERED)
def parse_mark(text: str) -> Mark:
    """Return ``text``, a number with or without a letter, or a sign, taken apart."""
    if text in SIGNS:
        return Mark(sign=SIGNS.index(text) + 1)
    digits = text.rstrip(ascii_lowercase)
    letter = 0
    for char in text[len(digits) :]:
        letter = 26 * letter + ord(char) - 96
    return Mark(int(digits or "0"), letter)


@lru_cache(_REMEMBERED)
def number_of(numeral: str) -> int | None:
    """Return the number that a Roman ``numeral`` in small letters is, None if it is none."""
    values = [_NUMERALS.get(char, 0) for char in numeral]
    signed = (-value if value < max(values[at:]) else value for at, value in enumerate(values))
    number = sum(signed)
    return number if 0 < number < _LARGEST and as_numeral(number) == numeral else None


def as_numeral(number: int) -> str:
    """Return ``number``, from 1 to below 90, as a Roman numeral in small letters."""
    tens = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx")[number // 10]
    return tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]


def next_count(count: Count, note: int, mark: Mark, page: int, *, repeat: int) -> Count:
    """Return the count when ``mark`` has called ``note``. A mark printed again turns nothing back.

    ``repeat`` says how many notes before it the text of the note stood last, 0 if nowhere.
    """
    again = _is_again(count, mark, page, repeat)
    paged = count.paged or _restarts(count, mark, page)
    return Count(note + 1, count.mark if again else mark, page, paged)


@lru_cache(_REMEMBERED)
def expected(last: Mark, *, repeat: int) -> tuple[Mark, ...]:
    """Return the marks that may well follow ``last``, or be printed again by a repeated note."""
    if last.sign:
        return last, Mark(sign=last.sign + 1), Mark(sign=1)
    following = Mark(last.number + 1), Mark(last.number + 2), Mark(last.number, last.letter + 1)
    earlier = (Mark(last.number - back) for back in range(1, min(repeat, _LONGEST_REPEAT)))
    return last, *following, Mark(1), Mark(2), Mark(sign=1), *earlier


def gaps(count: Count, mark: Mark) -> tuple[int, ...]:
    """Return how many notes ``mark`` may have passed over: none, one, or all that it tells of."""
    gap = mark.number - count.mark.number - 1
    return (0, 1, gap) if 1 < gap <= LONGEST_GAP and count.called else (0, 1)


def tells_of_gap(last: Mark, mark: Mark, gap: int) -> bool:
    """Whether ``mark`` says that as many notes as ``gap`` stand between it and ``last``."""
    return mark in (Mark(last.number + 1 + gap), Mark(1 + gap))


def relation(count: Count, mark: Mark, page: int, *, skipped: int, repeat: int) -> str:
    """Return what ``mark`` is to the one before it, with ``skipped`` uncalled notes between."""
    last, turned = count.mark, page > count.page
    if not count.called:
        return _beginning(mark, skipped)
    if _is_again(count, mark, page, repeat):
        return "same, and the same text" if mark == last else "earlier, and the same text"
    if count.paged and turned and mark == Mark(1 + skipped):
        return "1 on a new page, as before"
    if _restarts(count, mark, page):
        return "1 on a new page, as before" if count.paged else "1 on a new page"
    if mark == last:
        return "same"
    if mark.sign:
        return _sign_relation(last, mark)
    if mark == Mark(last.number + 1 + skipped) and not last.sign:
        return "next on a new page, as never before" if count.paged and turned else "next"
    if mark.number == last.number and mark.letter == last.letter + 1:
        return "inserted" if mark.number else "next"
    if mark == Mark(1) and last.number == 99:
        return "1 after 99"
    return "one left out" if mark.number == last.number + 2 else "leap"


def _is_again(count: Count, mark: Mark, page: int, repeat: int) -> bool:
    """Whether ``mark`` is printed again, for a note of the same text as ``repeat`` notes before."""
    last = count.mark
    if not repeat or mark.letter or (count.paged and page > count.page):
        return False
    return mark == last or max(0, last.number - repeat) < mark.number <= last.number


def _beginning(mark: Mark, skipped: int) -> str:
    if not mark.number and not mark.sign:
        return "begins with a sign" if mark.letter == 1 else "leap"
    if mark.sign:
        return "begins with a sign" if mark.sign == 1 else "leap"
    if mark == Mark(1 + skipped):
        return "begins at 1"
    if mark.number < 6:
        return "begins at a low number"
    return "begins at another number" if mark.number < 100 else "begins at a high number"


def _sign_relation(last: Mark, mark: Mark) -> str:
    if last.sign and mark.sign == last.sign + 1:
        return "next sign"
    return "sign among numbers" if mark.sign == 1 else "leap"


def _restarts(count: Count, mark: Mark, page: int) -> bool:
    if not count.called or page <= count.page:
        return False
    return mark == (Mark(sign=1) if count.mark.sign else Mark(1))
