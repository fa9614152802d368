"""What text says whose glyphs do not tell it, for all who search, copy or listen to a PDF.

A font names one text for a glyph. That is not enough where several glyphs make a letter, or a
glyph depends on its neighbours, and what runs from right to left stands in the order of the eye:
such text says itself, line by line, what it is: in the structure, for assistive technology, and in
the page for viewers where they could not tell. Those know how to turn around what runs leftward,
and mark it word by word then. See ISO 32000-1, clause 14.9.4.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, Final
from unicodedata import bidirectional, category, normalize

from converter.writers.pdf.weasyprint.engine import Layout, glyphs, pydyf
from converter.writers.pdf.weasyprint.structure import Content, Element

# Thai and Lao vowels that fonts take apart.
_PARTED: Final = frozenset("\u0e33\u0eb3")
# Combining marks, joiners and other marks without width of their own.
_SHAPED: Final = frozenset({"Mn", "Mc", "Me", "Cf"})
# U+2060, which shows as nothing and parts no words.
_JOINER: Final = b"<2060>"
_LEFTWARD: Final = frozenset({"R", "AL"})
# In what runs leftward, the glyph of one of a pair stands for the other.
_PAIRED: Final = frozenset("()[]{}<>«»‹›")


def name_text(layout: Layout, pdf: Any, pages: Iterable[Sequence[Content]]) -> None:
    """Give the text on ``pages`` of ``pdf`` what it says where its glyphs do not tell it."""
    letters: set[str] = set()
    for contents in pages:
        texts = {content.number: content.box.text for content in contents}
        for content in _untold(contents):
            letters.update(content.box.text)
            if _is_shaped(content.box):
                content.properties["ActualText"] = pydyf.String(content.box.text)
            if content.element:
                _name_element(content.element, texts)
    _map_letters(layout, pdf, letters)


def _name_element(element: Element, texts: Mapping[int, str]) -> None:
    """Give ``element`` the text of its contents, unless other elements are among these."""
    numbers = [kid for kid in element.kids if isinstance(kid, int)]
    if element.kind == "Span" or len(element.kids) - len(numbers) <= 1:
        text = "".join(texts[number] for number in numbers)
        element.entries["ActualText"] = pydyf.String(text)


def _untold(contents: Sequence[Content]) -> Iterator[Content]:
    """Yield the text whose glyphs do not tell what it says.

    Viewers turn around the whole of a line in which anything runs from right to left.
    """
    boxes = [content.box for content in contents]
    turned = {_baseline(box) for box in boxes if _runs_leftward(box.text)}
    for content in contents:
        box = content.box
        if box.style["direction"] == "rtl" or _baseline(box) in turned or _is_shaped(box):
            yield content


def _is_shaped(box: Any) -> bool:
    """Return whether glyphs stand for several letters, or letters for several glyphs."""
    # A small capital may be that of two letters, such as i and the dotless one.
    return not box.text.isascii() and (
        box.style["font_variant_caps"] != "normal"
        or normalize("NFC", box.text) != box.text
        or any(letter in _PARTED or category(letter) in _SHAPED for letter in box.text)
    )


def _runs_leftward(text: str) -> bool:
    """Return whether any of ``text`` runs from right to left."""
    return not text.isascii() and any(bidirectional(letter) in _LEFTWARD for letter in text)


def _baseline(box: Any) -> int:
    return int(box.position_y + box.baseline + 0.5)


def _map_letters(layout: Layout, pdf: Any, letters: AbstractSet[str]) -> None:
    """Let each glyph stand for one of the ``letters`` if the font has it for that letter.

    WeasyPrint lets it stand for what it was used for first: if that was part of a letter with
    accents, for all of that or for nothing, wherever else it is; if that was a bracket in what
    runs leftward, for the other of its pair. Viewers themselves turn brackets around there.
    """
    known = letters and letters | _PAIRED
    maps = [item for item in pdf.objects if b"begincmap" in getattr(item, "stream", ())]
    for font, unicode_map in zip(layout.fonts.values(), maps, strict=False):
        single = {
            f"<{glyph:04x}> ".encode(): letter.encode("utf-16-be").hex()
            for glyph, letter in (glyphs(font, known) if known else ())
            if letter in _PAIRED or len(font.to_unicode.get(glyph, letter)) != 1
        }
        unicode_map.stream[:] = [_mapped(line, single) for line in unicode_map.stream]


def _mapped(line: Any, single: Mapping[bytes, str]) -> Any:
    """Return a line of a map with the letter that ``single`` has for its glyph, or with any.

    What stands for nothing by itself is no character: see ISO 14289-1, clause 7.21.7.
    """
    start = bytes(line)[: len(b"<0000> ")]
    if start in single and b"<ffff>" not in line:
        return start + f"<{single[start]}>".encode()
    return start + _JOINER if line == start + b"<>" else line
