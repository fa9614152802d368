"""What text says whose glyphs do not tell it, for all who search, copy or listen to a PDF.

A font names one text for a glyph. That is not enough where several glyphs make a letter, or a
glyph depends on its neighbours, and what runs from right to left stands in the order of the eye:
such text says itself, line by line, what it is: in the structure, for assistive technology, and in
the page for viewers where they could not tell. Those know how to turn around what runs leftward,
and mark it word by word then. See ISO 32000-1, clause 14.9.4.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import count
from typing import Any, Final
from unicodedata import bidirectional, category, normalize

from converter.writers.pdf.weasyprint.engine import (
    Layout,
    LineBox,
    TextBox,
    glyphs,
    pydyf,
)

# Thai and Lao vowels that fonts take apart.
_PARTED: Final = frozenset("\u0e33\u0eb3")
# Combining marks, joiners and other marks without width of their own.
_SHAPED: Final = frozenset({"Mn", "Mc", "Me", "Cf"})
_LEFTWARD: Final = frozenset({"R", "AL"})


def name_text(layout: Layout, pdf: Any) -> None:
    """Give the marked content of ``pdf`` the text of ``layout`` where its glyphs do not tell it."""
    objects = {item.reference: item for item in pdf.objects}
    owners = objects[objects[pdf.catalog["StructTreeRoot"]]["ParentTree"]]["Nums"]
    letters: set[str] = set()
    for number, page in enumerate(layout.pages):
        boxes = [box for _, box in sorted(_text_boxes(page._page_box), key=lambda each: each[0])]
        untold = {id(box) for box in _untold(boxes)}
        if not untold:
            continue
        marked = _by_number(_contents(pdf.page_references[number], objects))
        elements = [objects[reference] for reference in owners[2 * number + 1]]
        tagged = dict(zip(_numbers(elements), boxes, strict=True))
        for content, box in tagged.items():
            if id(box) in untold:
                letters.update(box.text)
                if _is_shaped(box):
                    marked[content]["ActualText"] = pydyf.String(box.text)
                _name_element(elements[content], tagged)
    _map_letters(layout, pdf, letters)


def _name_element(element: Any, tagged: Mapping[int, Any]) -> None:
    """Give ``element`` the text of its contents, unless other elements are among these."""
    contents = [kid for kid in element["K"] if kid in tagged]
    others = [kid for kid in element["K"] if kid not in tagged]
    if element["S"] == "/Span" or len(others) <= 1:
        element["ActualText"] = pydyf.String("".join(tagged[each].text for each in contents))


def _untold(boxes: Sequence[Any]) -> Iterator[Any]:
    """Yield the text whose glyphs do not tell what it says.

    Viewers turn around the whole of a line in which anything runs from right to left.
    """
    turned = {_baseline(box) for box in boxes if _runs_leftward(box.text)}
    for box in boxes:
        if box.style["direction"] == "rtl" or _baseline(box) in turned or _is_shaped(box):
            yield box


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


def _text_boxes(page: Any) -> Iterator[tuple[tuple[int, int], Any]]:
    """Yield the text on ``page``, each with its place in the order in which it is tagged.

    WeasyPrint makes an element for each box and each text, but gives text that stands in a link
    to the element of the link.
    """
    elements = count()
    texts = count()

    def below(box: Any) -> Iterator[tuple[tuple[int, int], Any]]:
        own = next(elements)
        box = getattr(box, "_box", box)
        for child in _children(box):
            if not isinstance(child, TextBox):
                yield from below(child)
            elif _is_link(box):
                yield (own, next(texts)), child
            else:
                yield (next(elements), next(texts)), child

    return below(page)


def _children(box: Any) -> Iterator[Any]:
    """Yield what stands in ``box``, in lines or not, and in the table that it is around."""
    table: Any = box.get_wrapped_table() if getattr(box, "is_table_wrapper", False) else None
    for child in getattr(box, "children", ()):
        if child is table or isinstance(child, LineBox):
            yield from child.children
        else:
            yield child


def _is_link(box: Any) -> bool:
    return box.element is not None and box.element_tag.partition(":")[0] == "a"


def _numbers(elements: Sequence[Any]) -> list[int]:
    """Return the numbers of marked content with text in the order in which it was tagged."""
    places = {
        number: (int(element.reference.split()[0]), element["K"].index(number))
        for number, element in enumerate(elements)
        if element["S"] != "/Figure"
    }
    return sorted(places, key=lambda number: places[number])


def _contents(page: bytes, objects: Any) -> Any:
    return objects[objects[page]["Contents"]]


def _by_number(contents: Any) -> dict[int, Any]:
    """Return the properties of marked content in a stream of a page."""
    properties = (item for item in contents.stream if isinstance(item, pydyf.Dictionary))
    return {item["MCID"]: item for item in properties if "MCID" in item}


def _map_letters(layout: Layout, pdf: Any, letters: AbstractSet[str]) -> None:
    """Let each glyph stand for one of the ``letters`` if the font has it for that letter.

    WeasyPrint lets it stand for what it was used for first: if that was part of a letter with
    accents, for all of that or for nothing, wherever else it is.
    """
    if not letters:
        return
    maps = [item for item in pdf.objects if b"begincmap" in getattr(item, "stream", ())]
    for font, unicode_map in zip(layout.fonts.values(), maps, strict=False):
        for glyph, letter in glyphs(font, letters):
            if len(font.to_unicode.get(glyph, letter)) != 1:
                start = f"<{glyph:04x}> ".encode()
                line = start + f"<{letter.encode('utf-16-be').hex()}>".encode()
                unicode_map.stream[:] = [
                    line if bytes(each).startswith(start) and b"<ffff>" not in each else each
                    for each in unicode_map.stream
                ]
