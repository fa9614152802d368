"""The cover: title and authors, set as large as they fit."""

import unicodedata
from typing import Final

from converter.model import Book
from converter.writers.epub.skeleton import Skeleton
from converter.writers.xhtml import Element, clean

_SVG: Final = "http://www.w3.org/2000/svg"
_LEADING: Final = 1.22
# In ems: the space between words, and the longest run of letters that is not broken.
_SPACE: Final = 0.27
_LONGEST: Final = 24
_NARROWER: Final = 0.95
_SMALLER: Final = 0.9
_SMALLEST: Final = 20


def cover(book: Book, skeleton: Skeleton) -> Element:
    """Return the cover of ``book`` as SVG.

    In the skeleton, ``data-width`` and ``data-height`` are the room of a text around its point,
    and ``font-size`` is the largest size that it may have.
    """
    texts = {"title": book.title, "authors": ", ".join(book.authors), "date": book.date[:4]}
    root = skeleton.filled(texts)
    for element in root.iter(f"{{{_SVG}}}text"):
        if "data-width" in element.attrib:
            _set_lines(element)
    return root


def _set_lines(element: Element) -> None:
    """Put the text of ``element`` in lines around the height at which it stands."""
    width, height, size = (
        float(element.attrib.pop(name)) for name in ("data-width", "data-height", "font-size")
    )
    size, lines = fit(element.text or "", width, height, size)
    element.text = None
    element.set("font-size", f"{size:.0f}")
    top = float(element.attrib.pop("y")) - (len(lines) - 1) * size * _LEADING / 2
    for position, line in enumerate(lines):
        span = element.makeelement(f"{{{_SVG}}}tspan")
        span.text = clean(line)
        span.set("x", element.get("x", "0"))
        span.set("y", f"{top + position * size * _LEADING:.0f}")
        element.append(span)


def fit(text: str, width: float, height: float, size: float) -> tuple[float, list[str]]:
    """Return the largest size of type, at most ``size``, in which ``text`` has room; its lines."""
    lines = _break(text, width / size)
    while len(lines) * size * _LEADING > height and size > _SMALLEST:
        size *= _SMALLER
        lines = _break(text, width / size)
    return size, lines


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
