"""Pages as a printer wants them: two to a side, in the order that folded sheets have them.

What is drawn on a page becomes a form that is shown on a sheet. Structure, links and bookmarks are
those of the pages, in their order, and lead to where the pages are now. The file carries the pages
themselves as an attachment for those who would read them on a screen.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

PAGES: Final = "pages.pdf"
_MANY: Final = 2**31 - 1
_LEFT: Final = "/Left"
_RIGHT: Final = "/Right"
_KEPT: Final = ("/Resources", "/StructParents")
# The places of distances from the left in a destination. See ISO 32000-1, clause 12.3.2.2.
_ACROSS: Final = {"/XYZ": (2,), "/FitV": (2,), "/FitR": (2, 4)}


class _Half(NamedTuple):
    """The half of a sheet on which a page is shown, so far from the left edge."""

    sheet: Any
    form: Any
    right: float


def impose(pages: Path, target: Path) -> None:
    """Write the ``pages`` of a file to ``target`` as a booklet, to be printed on both sides.

    Sheets are turned over along their short edge, folded in the middle, and laid into each other.
    Blank pages at the end make the number of pages a multiple of four.
    """
    reader = PdfReader(pages)
    # pypdf warns of files that have fewer objects than it makes of them.
    reader.trailer[NameObject("/Size")] = NumberObject(_MANY)
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    root = writer.root_object
    halves: dict[int, _Half] = {}
    single = [page.indirect_reference for page in writer.pages]
    sides = [_sheet(writer, side, single, halves) for side in sheets(len(single))]
    for item in list(writer._objects):
        _lead_to_sheets(item, halves)
    root.pop("/PageLabels", None)
    tree: Any = root["/Pages"]
    tree[NameObject("/Kids")] = ArrayObject(sides)
    tree[NameObject("/Count")] = NumberObject(len(sides))
    attached = writer.add_attachment(PAGES, pages.read_bytes())
    attached.pdf_object[NameObject("/UF")] = TextStringObject(PAGES)
    writer.compress_identical_objects(remove_duplicates=False)
    writer.write(target)


def sheets(count: int) -> Iterator[tuple[int, int]]:
    """Yield which pages, counted from 0, stand on each side of each sheet, left and right."""
    last = count + -count % 4 - 1
    for first in range(0, (last + 1) // 2, 2):
        yield last - first, first
        yield first + 1, last - first - 1


def _sheet(writer: PdfWriter, side: tuple[int, int], pages: Any, halves: dict[int, _Half]) -> Any:
    """Return a new sheet with two of the ``pages``, and add their ``halves``."""
    box = pages[0].get_object()["/MediaBox"]
    width, height = float(box[2]), float(box[3])
    forms, links, drawn = DictionaryObject(), ArrayObject(), ""
    sheet = DictionaryObject()
    reference = writer._add_object(sheet)
    for place, (name, number) in enumerate(zip((_LEFT, _RIGHT), side, strict=True)):
        if number < len(pages):
            half = _Half(reference, _form(pages[number].get_object()), place * width)
            halves[pages[number].idnum] = half
            forms[NameObject(name)] = half.form
            links.extend(_moved(pages[number].get_object().pop("/Annots", ()), half))
            drawn += f"q 1 0 0 1 {half.right:g} 0 cm {name} Do Q\n"
    content = StreamObject()
    content.set_data(drawn.encode())
    entries = {
        "/Type": NameObject("/Page"),
        "/Parent": writer.root_object.raw_get("/Pages"),
        "/MediaBox": ArrayObject(map(FloatObject, (0, 0, 2 * width, height))),
        "/Resources": DictionaryObject({NameObject("/XObject"): forms}),
        "/Contents": writer._add_object(content),
        "/Tabs": NameObject("/S"),
        "/Annots": links,
    }
    sheet.update({NameObject(key): value for key, value in entries.items()})
    return reference


def _form(page: Any) -> Any:
    """Return what is drawn on ``page`` as a form, which owns the structure of its content."""
    content = page.raw_get("/Contents")
    entries = {"/Type": "/XObject", "/Subtype": "/Form"}
    named = {NameObject(key): NameObject(value) for key, value in entries.items()}
    # A page that is blank has no structure.
    kept = {NameObject(key): page.raw_get(key) for key in _KEPT if key in page}
    content.get_object().update({**named, **kept, NameObject("/BBox"): page["/MediaBox"]})
    return content


def _moved(links: Any, half: _Half) -> Iterator[Any]:
    """Yield ``links``, their areas moved with the page."""
    for link in links:
        area = link.get_object()["/Rect"]
        for place in (0, 2):
            area[place] = FloatObject(float(area[place]) + half.right)
        yield link


def _lead_to_sheets(item: Any, halves: dict[int, _Half]) -> None:
    """Let destinations and elements of the structure below ``item`` name sheets, not pages."""
    if isinstance(item, ArrayObject):
        if len(item) > 1 and isinstance(item[1], NameObject) and (half := _half(item, 0, halves)):
            item[0] = half.sheet
            for place in _ACROSS.get(item[1], ()):
                item[place] = FloatObject(float(item[place]) + half.right)
        kids = list(item)
    elif isinstance(item, DictionaryObject):
        if half := _half(item, "/Pg", halves):
            _own_by_form(item, half)
        kids = [item.raw_get(key) for key in item if key != "/Parent"]
    else:
        return
    for kid in kids:
        _lead_to_sheets(kid, halves)


def _half(item: Any, key: Any, halves: dict[int, _Half]) -> _Half | None:
    """Return the half that shows the page to which ``item`` refers by ``key``, if it does."""
    try:
        reference = item.raw_get(key) if isinstance(item, DictionaryObject) else item[key]
    except KeyError:
        return None
    return halves.get(getattr(reference, "idnum", -1))


def _own_by_form(element: DictionaryObject, half: _Half) -> None:
    """Let content that ``element`` has by number be that of a form. See clause 14.7.4.2."""
    element[NameObject("/Pg")] = half.sheet
    if element.get("/Type") == "/MCR":
        element[NameObject("/Stm")] = half.form
    elif "/K" in element:
        kids: Any = element["/K"]
        kids = kids if isinstance(kids, ArrayObject) else [element.raw_get("/K")]
        element[NameObject("/K")] = ArrayObject(_content(kid, half) for kid in kids)


def _content(kid: Any, half: _Half) -> Any:
    if not isinstance(kid, NumberObject):
        return kid
    entries = {
        "/Type": NameObject("/MCR"),
        "/Pg": half.sheet,
        "/Stm": half.form,
        "/MCID": kid,
    }
    return DictionaryObject({NameObject(key): value for key, value in entries.items()})
