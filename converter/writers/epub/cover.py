"""The cover: the title, set as large as it fits."""

import unicodedata
from typing import Final

from converter.model import Book
from converter.writers.epub.skeleton import Skeleton
from converter.writers.xhtml import Element, clean

_SVG: Final = "http://www.w3.org/2000/svg"
# The room for the title in the skeleton, in its units, and the sizes of type to try.
_WIDTH: Final = 1180
_HEIGHT: Final = 1250
_MIDDLE: Final = 1180
_SIZES: Final = (176, 160, 144, 128, 114, 102, 90, 80, 72, 64, 56, 50, 44, 38, 32, 26)
_LEADING: Final = 1.22
_SPACE: Final = 0.27
_NARROWER: Final = 0.95
_LONGEST: Final = 24


def cover(book: Book, skeleton: Skeleton) -> Element:
    """Return the cover of ``book`` as SVG."""
    root = skeleton.filled(
        {"authors": " · ".join(book.authors)[:90], "date": book.date[:4], "title": book.title}
    )
    for element in root.iter(f"{{{_SVG}}}text"):
        if element.get("class") == "title":
            _set_title(element, book.title)
    return root


def _set_title(element: Element, title: str) -> None:
    size, lines = fit(title)
    element.text = None
    element.set("font-size", str(size))
    top = _MIDDLE - round((len(lines) - 1) * size * _LEADING / 2)
    for position, line in enumerate(lines):
        span = element.makeelement(f"{{{_SVG}}}tspan")
        span.text = clean(line)
        span.set("x", element.get("x", "800"))
        span.set("y", str(top + round(position * size * _LEADING)))
        element.append(span)


def fit(title: str) -> tuple[int, list[str]]:
    """Return the largest size of type in which ``title`` has room, and its lines."""
    for size in _SIZES:
        lines = _break(title, _WIDTH / size)
        if len(lines) * size * _LEADING <= _HEIGHT:
            return size, lines
    return _SIZES[-1], lines[: int(_HEIGHT / _SIZES[-1] / _LEADING)]


def _break(title: str, measure: float) -> list[str]:
    """Return ``title`` in lines of at most ``measure`` ems, of about equal length."""
    pieces = _pieces(title)
    shortest = len(_fill(pieces, measure))
    while measure > 1 and len(_fill(pieces, measure * _NARROWER)) == shortest:
        measure *= _NARROWER
    return _fill(pieces, measure)


def _fill(pieces: list[str], measure: float) -> list[str]:
    lines = [""]
    room = measure
    for piece in pieces:
        width = _width(piece)
        if lines[-1] and width > room:
            lines.append("")
            room = measure
        lines[-1] += piece
        room -= width + _SPACE
    return [line.strip() for line in lines]


def _pieces(title: str) -> list[str]:
    """Return the words with the space behind them; ideographs, which break anywhere, singly."""
    pieces: list[str] = []
    for word in title.split():
        if any(unicodedata.east_asian_width(letter) == "W" for letter in word):
            pieces.extend(word)
        else:
            pieces.extend(word[at : at + _LONGEST] for at in range(0, len(word), _LONGEST))
        pieces[-1] += " "
    return pieces


def _width(text: str) -> float:
    """Return about how wide ``text`` is in ems. The fonts of the reading system are unknown."""
    return sum(_letter_width(letter) for letter in text.rstrip())


def _letter_width(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1
    if letter in "iljtfrI.,:;'|!()[]’‘ ":
        return 0.32
    return 0.72 if letter.isupper() or letter in "mw—%@" else 0.53
