"""What the text objects of a page say, glyph by glyph, where letters run from right to left.

PDFium puts such letters in order line by line, and turns around those of a ligature too.
"""

import ctypes
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final, NamedTuple, TypeAlias

from pypdfium2 import raw  # type: ignore[import-untyped] # it has no types

from converter.verify.letters import runs_leftward

Glyphs: TypeAlias = dict[int, "list[Glyph]"]

_NUMBERS: Final = 4
_REVERSED: Final = "ReversedChars"
_LONGEST: Final = 64


class Glyph(NamedTuple):
    """A letter with its place, in points; letters of one ligature have the same ``box``."""

    letter: str
    x: float
    base: float
    box: tuple[float, ...]


def glyphs(text: Any) -> Glyphs:
    """Return the glyphs of a page by the address of the object that shows them."""
    found: Glyphs = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    box = [ctypes.c_double() for _ in range(_NUMBERS)]
    for place in range(raw.FPDFText_CountChars(text)):
        shown = raw.FPDFText_GetTextObject(text, place)
        if not shown or raw.FPDFText_IsGenerated(text, place):
            continue
        raw.FPDFText_GetCharOrigin(text, place, x, y)
        raw.FPDFText_GetCharBox(text, place, *box)
        letter = chr(raw.FPDFText_GetUnicode(text, place))
        glyph = Glyph(letter, x.value, y.value, tuple(each.value for each in box))
        before = found.setdefault(ctypes.addressof(shown.contents), [])
        if before and (whole := _paired(before[-1].letter, letter)):
            before[-1] = before[-1]._replace(letter=whole)
        else:
            before.append(glyph)
    return found


def _paired(one: str, other: str) -> str:
    """Return the letter that two units of UTF-16 are, in whatever order; empty if they are none."""
    halves = sorted((one, other))
    is_pair = "\ud800" <= halves[0] < "\udc00" <= halves[1] < "\ue000"
    return _joined(halves) if is_pair else ""


def spoken(found: list[Glyph], *, is_turned: bool) -> str:
    """Return what ``found`` say, from right to left if they run so or the file says it."""
    if is_turned or runs_leftward("".join(glyph.letter for glyph in found)):
        return _joined(_from_the_right(found))
    return _joined(glyph.letter for glyph in sorted(found, key=_x))


def _joined(units: Iterable[str]) -> str:
    """Return the text of ``units`` of UTF-16, which PDFium has."""
    return "".join(units).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def is_reversed(shown: Any) -> bool:
    """Return whether the file says that ``shown`` is in reverse. See ISO 32000-1, 14.8.2.3.3."""
    marks = (
        raw.FPDFPageObj_GetMark(shown, place) for place in range(raw.FPDFPageObj_CountMarks(shown))
    )
    return any(_name(mark) == _REVERSED for mark in marks)


def _name(mark: Any) -> str:
    buffer, length = (ctypes.c_ushort * _LONGEST)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length)
    return bytes(buffer)[: length.value].decode("utf-16-le", "replace").rstrip("\0")


def _from_the_right(found: list[Glyph]) -> Iterator[str]:
    is_turned = found[0].x >= found[-1].x
    turned = found if is_turned else found[::-1]
    for _, ligature in groupby(sorted(turned, key=_x, reverse=True), key=_box):
        yield from (glyph.letter for glyph in reversed([*ligature]))


def _x(glyph: Glyph) -> float:
    return glyph.x


def _box(glyph: Glyph) -> tuple[float, ...]:
    return glyph.box
