"""Notes that are too tall for the foot of a page, cut into pieces that run over to the next.

WeasyPrint breaks no footnote between pages, but sets one that does not fit at the foot of the
next. So a tall note becomes several footnotes in a row, cut where its lines end. Lines end in the
same places again, as all feet of pages are equally wide. Places in a note are counted in letters,
that is in characters but white space and breaks, which layout and markup have in common.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final
from xml.etree.ElementTree import Element

from converter.writers.pdf.weasyprint.breaks import BREAK, JOINER, START
from converter.writers.pdf.weasyprint.engine import BlockBox, Engine, LineBox, TextBox

HYPHEN: Final = "\u2010"

# What is not cut: their lines do not follow each other, or their breaks are those of the text.
_WHOLE: Final = frozenset({"table", "figure", "pre"})
_LINES: Final = 3
# In lines, and in letters that make fewer lines than these on any paper.
_LONG: Final = 10
_SHORT: Final = 300
_PIECE: Final = "-piece"
_LETTER: Final = re.compile(rf"[^\s{BREAK}{JOINER}{START}]")


def cuts(engine: Engine) -> dict[str, tuple[int, ...]]:
    """Return where the long notes of the book can be cut, in letters, by their ids.

    They are set below each other to see where their lines end.
    """
    body = Element("body")
    for document in engine.body.iter("article"):
        notes = [each for each in document.iter("div") if _is_long(each)]
        said = {name: value for name, value in document.items() if name in ("lang", "dir")}
        wrapper = Element("article", said)
        wrapper.extend(notes)
        if notes and "document" in document.get("class", ""):
            body.append(wrapper)
    if not len(body):
        return {}
    lines: dict[str, list[tuple[Any, bool]]] = defaultdict(list)
    for page in engine.measure(body).pages:
        for box in page._page_box.descendants():
            if isinstance(box, BlockBox) and box.element is not None and _is_footnote(box.element):
                lines[box.element.get("id", "")] += _lines(box, whole=False)
    return {name: _ends(found) for name, found in lines.items() if len(found) >= _LONG}


def _is_long(element: Element) -> bool:
    return _is_footnote(element) and _letters(element) > _SHORT


def _is_footnote(element: Element) -> bool:
    return "footnote" in element.get("class", "").split()


def _ends(lines: Sequence[tuple[Any, bool]]) -> tuple[int, ...]:
    """Return where the pieces of a note of ``lines`` end, but for the last.

    No piece has fewer lines than ``_LINES``, and no word is divided between two.
    """
    ends: list[int] = []
    letters = taken = 0
    for line, whole in lines:
        text = "".join(_texts(line))
        letters += len(_LETTER.findall(text.removesuffix(HYPHEN)))
        taken += 1
        if taken >= _LINES and not whole and not text.endswith(HYPHEN):
            ends.append(letters)
            taken = 0
    return tuple(ends if taken >= _LINES else ends[:-1])


def _lines(box: Any, *, whole: bool) -> Iterator[tuple[Any, bool]]:
    """Yield the lines in ``box``, and whether each belongs to what is not cut."""
    whole = whole or box.element_tag in _WHOLE
    for child in box.children:
        if isinstance(child, LineBox):
            yield child, whole
        elif hasattr(child, "children"):
            yield from _lines(child, whole=whole)


def _texts(line: Any) -> Iterator[str]:
    """Yield the text on ``line`` that is in the markup, not what style sheets add to it."""
    for box in line.descendants(placeholders=True):
        if isinstance(box, TextBox) and "::" not in (box.element_tag or ""):
            yield box.text


def footnotes(root: Element) -> Iterator[str]:
    """Yield the ids of the notes, and of the pieces of notes, that stand at the feet of pages."""
    for element in root.iter("div"):
        if _is_footnote(element):
            yield element.get("id", "")


def whole(name: str) -> str:
    """Return the id of the note that ``name`` is, or is a piece of."""
    return name.partition(_PIECE)[0]


def cut_notes(root: Element, places: Mapping[str, Sequence[int]]) -> None:
    """Replace each note named in ``places`` by its pieces, which end after so many letters."""
    for parent in list(root.iter()):
        for place, note in reversed(list(enumerate(parent))):
            if ends := places.get(note.get("id", "")):
                parent[place : place + 1] = _pieces(note, ends)


def _pieces(note: Element, ends: Sequence[int]) -> list[Element]:
    bounds = pairwise((0, *ends, _letters(note) + 1))
    pieces = [_Piece(start, end).of(note) for start, end in bounds]
    for number, piece in enumerate(pieces[1:], start=2):
        piece.set("id", f"{note.get('id')}{_PIECE}{number}")
    pieces[-1].tail = note.tail
    return pieces


def _letters(element: Element) -> int:
    return sum(len(_LETTER.findall(text)) for text in element.itertext())


class _Piece:
    """Copies what of an element stands between two places of the note it is in."""

    def __init__(self, start: int, end: int) -> None:
        self._start = start
        self._end = end
        self._at = 0

    def of(self, element: Element) -> Element:
        """Return the part of ``element``; its classes say if it goes on here, or further on."""
        begin = self._at
        copy = Element(element.tag, element.attrib)
        copy.text = self._text(element.text)
        skipped = 0
        for child in element:
            before = self._at
            part = self.of(child)
            if self._holds(before):
                copy.append(part)
            skipped += not len(copy)
            _add_text(copy, self._text(child.tail))
        if begin < self._start:
            _continue(copy, skipped)
        if self._at > self._end:
            _add_class(copy, "goes-on")
        return copy

    def _holds(self, before: int) -> bool:
        """Whether of an element that ends here and began at ``before`` anything is in the piece.

        What has no letters, such as a picture, is with the letters behind it.
        """
        if before == self._at:
            return self._start <= before < self._end
        return before < self._end and self._at > self._start

    def _text(self, text: str | None) -> str | None:
        if not text:
            return text
        places = [match.start() for match in _LETTER.finditer(text)]
        first, end = self._start - self._at, self._end - self._at
        self._at += len(places)
        if end <= 0 or first > len(places):
            return ""
        begin = places[first] if 0 < first < len(places) else 0 if first <= 0 else len(text)
        # White space that ends a piece would be counted as part of its last line.
        return text[begin : places[end - 1] + 1 if end <= len(places) else len(text)]


def _continue(element: Element, skipped: int) -> None:
    """Mark ``element`` as the continuation of one that began before with ``skipped`` children."""
    element.attrib.pop("id", None)
    _add_class(element, "continued")
    if element.tag == "ol":
        element.set("start", str(int(element.get("start", "1")) + skipped))


def _add_class(element: Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _add_text(element: Element, text: str | None) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + (text or "")
    else:
        element.text = (element.text or "") + (text or "")
