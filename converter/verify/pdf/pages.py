"""The pages of a PDF as PDFium reads them: tagged text with its place, and where links lead.

PDFium does not say to which element a link belongs, so links are found by where they are.
Points are counted from the bottom left corner of a page, pages from 0.
"""

import codecs
import ctypes
import math
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import reduce
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import pypdfium2 as pdfium  # type: ignore[import-untyped] # it has no types
from pypdfium2 import raw

from converter.errors import SourceError
from converter.verify.difference import Difference
from converter.verify.letters import letters, runs_leftward
from converter.verify.pdf.acting import acting
from converter.verify.pdf.glyphs import glyphs, is_reversed, spoken
from converter.verify.pdf.sheets import differences

# The attachment of a booklet that has its pages in reading order.
_PAGES: Final = "pages.pdf"
_MOST_PAGES: Final = 50_000
_DEEPEST: Final = 500
# How high and wide is at least what hides a letter, in points.
_LEAST: Final = 4.0
# How far the box of a letter may reach out of the paper, in points.
_EDGE: Final = 1.0
# What PDFium makes of a hyphen at the end of a line behind which a word goes on.
_BROKEN: Final = "\x02"
# So many bytes hold most of what elements say of themselves.
_SHORT: Final = 128
_ROOM: Final = ctypes.create_string_buffer(_SHORT)
# What ends a string, in bytes.
_ENDING: Final = 2
_UNPAINTED: Final = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_WHITE: Final = (255, 255, 255)
# Of what a file says of a font: ISO 32000-1, 9.8.2.
_FIXED_PITCH: Final = 1
# What PDFium puts between letters of one text where one of another stands between them.
_LINE_END: Final = "\r\n"
# Where a file says so, PDFium turns around all lines, those that run from left to right too.
_RIGHT_TO_LEFT: Final = re.compile(rb"/Direction\s*/R2L")


class Box(NamedTuple):
    """A rectangle on a page."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.bottom <= y <= self.top


class Spot(NamedTuple):
    """A point on a page: where something is, or where a link leads."""

    page: int
    x: float
    y: float


class Chunk(NamedTuple):
    """A piece of text on one line, shown at once.

    ``divides`` says of a hyphen that stands alone that it is there because a line ends. ``base``
    is the height of the line that it stands on, or near it. ``reversed`` is what the file says is
    shown from the last letter to the first. ``pitch`` is how far letters are from each other that
    are all as wide; it is found where the file says what a text stands for.
    """

    text: str
    box: Box
    divides: bool = False
    base: float = 0.0
    reversed: bool = False
    pitch: float = 0.0


class Tag(NamedTuple):
    """An element of the structure, as far as it is on one page.

    ``alt`` stands for a picture. ``name`` is the same on all pages that the element is on.
    ``language`` is that of a link, if it has one of its own.
    """

    kind: str
    kids: "tuple[Tag | Chunk, ...]"
    alt: str = ""
    name: str = ""
    language: str = ""


class Link(NamedTuple):
    """An area of a page that leads to a spot in the document."""

    box: Box
    target: Spot


class Page(NamedTuple):
    """``tags`` are the outermost elements, ``untagged`` the text that belongs to none.

    ``cut`` is the text that reaches out of the paper, ``label`` what viewers call the page,
    ``addresses`` are what links out of the document lead to, ``faults`` what else lies on it.
    """

    number: int
    tags: tuple[Tag, ...]
    links: tuple[Link, ...]
    untagged: tuple[Chunk, ...]
    cut: tuple[str, ...] = ()
    label: str = ""
    addresses: tuple[str, ...] = ()
    faults: tuple[Difference, ...] = ()


class _Links(NamedTuple):
    """The links of a page in the document, the addresses of those out of it, and how many others.

    Those lead nowhere, or do something else than to lead.
    """

    inner: tuple[Link, ...]
    addresses: tuple[str, ...]
    others: int


def _annotated(page: Any, number: int, links: _Links) -> Iterator[Difference]:
    """Yield what lies on ``page`` that is no link, and links that lead nowhere."""
    place = f"page {number + 1}"
    if links.others:
        yield Difference("broken-link", "a link does not lead to a place or an address", place)
    if raw.FPDFPage_GetRotation(page):
        yield Difference("page-turned", "the page is shown turned", place)
    known = len(links.inner) + len(links.addresses) + links.others
    if raw.FPDFPage_GetAnnotCount(page) != known:
        text = "a note, a stamp or the like lies on the page"
        yield Difference("annotation-added", text, place)


def _turned(found: re.Match[bytes]) -> bytes:
    return found[0].replace(b"R2L", b"L2R")


def _opened(data: bytes) -> Any:
    return pdfium.PdfDocument(_RIGHT_TO_LEFT.sub(_turned, data))


class File:
    """A PDF that is open for reading."""

    def __init__(self, path: Path) -> None:
        """Open the file at ``path``. Raises SourceError if it is malformed or has no tags."""
        self._path = path
        try:
            data = path.read_bytes()
            self._acting = acting(data)
            self._pdf = _opened(data)
            self._sheets: Any = None
            attachments = map(self._pdf.get_attachment, range(self._pdf.count_attachments()))
            pages = next((each for each in attachments if each.get_name() == _PAGES), None)
            if pages:
                inner = bytes(pages.get_data())
                self._acting += acting(inner)
                self._sheets, self._pdf = self._pdf, _opened(inner)
        except (OSError, pdfium.PdfiumError) as error:
            raise SourceError(f"cannot be read as PDF: {error}", path.as_posix()) from error
        if len(self._pdf) > _MOST_PAGES:
            raise SourceError("has more pages than any edition", path.as_posix())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()
        if self._sheets:
            self._sheets.close()

    def said(self, name: str) -> str:
        """Return what the metadata say under ``name``."""
        return str(self._pdf.get_metadata_value(name))

    @property
    def title(self) -> str:
        """The title in the metadata."""
        return self.said("Title")

    @property
    def language(self) -> str:
        """The language of the whole, as a tag, empty if the file does not say it."""
        return _string(_language, self._pdf)

    @property
    def author(self) -> str:
        """Who the metadata say has written it."""
        return self.said("Author")

    @property
    def creator(self) -> str:
        """The program that laid out the pages."""
        return self.said("Creator")

    def bookmarks(self) -> Iterator[tuple[str, Spot | None]]:
        """Yield what the bookmarks say and where they lead, in order."""
        for bookmark in self._pdf.get_toc(max_depth=_DEEPEST):
            target = raw.FPDFBookmark_GetDest(self._pdf, bookmark)
            yield bookmark.get_title(), self._spot(target) if target else None

    def differing_sheets(self) -> Iterator[Difference]:
        """Yield what the sheets of a booklet show otherwise than its pages."""
        if self._sheets:
            yield from differences(self._sheets, self._pdf, _told)

    def additions(self) -> Iterator[Difference]:
        """Yield what is attached to the file, or to sheets of a booklet, and what it would run."""
        for pdf in filter(None, (self._pdf, self._sheets)):
            for place in range(pdf.count_attachments()):
                name = pdf.get_attachment(place).get_name()
                if name != _PAGES or pdf is self._pdf:
                    yield Difference("attachment-added", f"the file {name} is attached")
        for name in self._acting:
            yield Difference("script-added", f"the file would do something by itself: {name}")
        for number in range(len(self._sheets) if self._sheets else 0):
            page = self._sheets[number]
            yield from _annotated(page, number, self._links(page))
            page.close()

    def pages(self) -> Iterator[Page]:
        """Yield the pages in order. Raises SourceError for one that is malformed."""
        for number in range(len(self._pdf)):
            try:
                page = self._pdf[number]
                text = page.get_textpage()
            except pdfium.PdfiumError as error:
                place = f"{self._path.as_posix()}: page {number + 1}"
                raise SourceError(f"cannot be read: {error}", place) from error
            yield self._page(number, page, text)
            text.close()
            page.close()

    def _page(self, number: int, page: Any, text: Any) -> Page:
        marked, untagged = _chunks(page, text)
        sheet = Box(*page.get_mediabox())
        shown = (*untagged, *chain.from_iterable(marked.values()))
        label = self._pdf.get_page_label(number) or str(number + 1)
        cut = tuple(chunk.text for chunk in shown if _is_cut(chunk.box, sheet))
        tags = tuple(_tags(page, marked))
        left = [chunk for chunks in marked.values() for chunk in chunks]
        found = self._links(page)
        faults = tuple(_annotated(page, number, found))
        return Page(
            number, tags, found.inner, (*untagged, *left), cut, label, found.addresses, faults
        )

    def _links(self, page: Any) -> _Links:
        links, addresses, others = [], [], 0
        position, link, rect = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
        while raw.FPDFLink_Enumerate(page, position, link):
            target = raw.FPDFLink_GetDest(self._pdf, link)
            if address := self._address(link):
                addresses.append(address)
            elif target and raw.FPDFLink_GetAnnotRect(link, rect):
                bottom, top = sorted((rect.bottom, rect.top))
                links.append(Link(Box(rect.left, bottom, rect.right, top), self._spot(target)))
            else:
                others += 1
        return _Links(tuple(links), tuple(addresses), others)

    def _address(self, link: Any) -> str:
        action = raw.FPDFLink_GetAction(link)
        length = raw.FPDFAction_GetURIPath(self._pdf, action, None, 0) if action else 0
        buffer = ctypes.create_string_buffer(max(length, 1))
        if length:
            raw.FPDFAction_GetURIPath(self._pdf, action, buffer, length)
        return buffer.value.decode("utf-8", "replace")

    def _spot(self, target: Any) -> Spot:
        flags = [ctypes.c_int() for _ in range(3)]
        x, y, zoom = (ctypes.c_float() for _ in range(3))
        raw.FPDFDest_GetLocationInPage(target, *flags, x, y, zoom)
        return Spot(raw.FPDFDest_GetDestPageIndex(self._pdf, target), x.value, y.value)


def _chunks(page: Any, text: Any) -> tuple[dict[int, list[Chunk]], list[Chunk]]:
    """Return the text of ``page`` by the number of its marked content, and that without one.

    What stands off the page or leaves no colour on it nobody can read: it is left out.
    """
    sheet = Box(*page.get_cropbox())
    backed = _Backed(page)
    marked: dict[int, list[Chunk]] = {}
    untagged: list[Chunk] = []
    last: _ActualText | None = None
    buffer = _room(text)
    by_object = glyphs(text) if runs_leftward(text.get_text_range()) else {}
    objects = [*page.get_objects()]
    texts = [each for each in objects if each.type == raw.FPDF_PAGEOBJ_TEXT]
    under = _covered(objects, texts)
    hyphens = _Hyphens(texts, text, buffer)
    for place, shown in enumerate(texts):
        if place in under:
            continue
        box = Box(*shown.get_bounds())
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        if not sheet.holds(x, y) or _is_clipped(shown, x, y):
            continue
        if _is_blank(shown) and not backed.at(x, y):
            continue
        number = raw.FPDFPageObj_GetMarkedContentID(shown)
        chunks = marked.setdefault(number, []) if number >= 0 else untagged
        actual = _actual_text(shown)
        if actual and chunks and last and actual.mark == last.mark:
            chunks[-1] = chunks[-1]._replace(box=_around(chunks[-1].box, box))
        else:
            own = _text(shown, text, buffer)
            # Behind a text that is shown apart, a hyphen of the text is shown apart as well.
            if own == _BROKEN and last and not actual and hyphens.are_text(shown):
                own = "-"
            read = by_object.get(ctypes.addressof(shown.raw.contents), [])
            is_turned = bool(by_object) and is_reversed(shown)
            if read and not actual:
                own = spoken(read, is_turned=is_turned)
            # PDFium leaves out much of what stands behind another that is said to stand for a text,
            # and turns ligatures around.
            if actual and (runs_leftward(actual.text) or (not own and letters(actual.text))):
                own = actual.text
            chunk = _chunk(own, actual and actual.text, box)
            base = read[0].base if read else box.bottom
            pitch = _pitch(shown) if actual else 0.0
            chunks.append(chunk._replace(base=base, reversed=is_turned, pitch=pitch))
        last = actual
    return marked, untagged


def _pitch(shown: Any) -> float:
    """Return the width of all letters of the font of ``shown``, 0 if they differ in theirs."""
    font, size, width = raw.FPDFTextObj_GetFont(shown), ctypes.c_float(), ctypes.c_float()
    if not raw.FPDFFont_GetFlags(font) & _FIXED_PITCH:
        return 0.0
    raw.FPDFTextObj_GetFontSize(shown, size)
    raw.FPDFFont_GetGlyphWidth(font, ord("m"), size, width)
    return width.value


def _covered(objects: Sequence[Any], texts: Sequence[Any]) -> Set[int]:
    """Return which of the ``texts`` among the ``objects`` of a page something is painted over."""
    covers = [
        (place, box)
        for place, box in _painted(objects)
        if box.right - box.left > _LEAST and box.top - box.bottom > _LEAST
    ]
    # What is painted before the first text is behind all: mostly there is no more.
    if not covers or covers[-1][0] == 0:
        return frozenset()
    found = set()
    for number, shown in enumerate(texts):
        box = Box(*shown.get_bounds())
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        if any(number < place and cover.holds(x, y) for place, cover in covers):
            found.add(number)
    return found


def _painted(objects: Iterable[Any]) -> Iterator[tuple[int, Box]]:
    """Yield how many texts stand before each area that is painted, and what it is within."""
    texts = 0
    for shown in objects:
        if shown.type == raw.FPDF_PAGEOBJ_TEXT:
            texts += 1
        elif shown.type == raw.FPDF_PAGEOBJ_IMAGE or (
            shown.type == raw.FPDF_PAGEOBJ_PATH and _is_filled(shown)
        ):
            yield texts, Box(*shown.get_bounds())


def _is_filled(shown: Any) -> bool:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(shown, mode, stroked)
    return mode.value != raw.FPDF_FILLMODE_NONE and _colour(shown) is not None


def _is_blank(shown: Any) -> bool:
    """Return whether text is not painted, or in the colour of the paper."""
    if raw.FPDFTextObj_GetTextRenderMode(shown) in _UNPAINTED:
        return True
    return _colour(shown) in (None, _WHITE)


def _is_clipped(shown: Any, x: float, y: float) -> bool:
    """Return whether ``shown``, whose middle is at ``x`` and ``y``, lies outside what is shown."""
    clip = raw.FPDFPageObj_GetClipPath(shown)
    paths = range(max(raw.FPDFClipPath_CountPaths(clip), 0)) if clip else ()
    return any(not _around_points(clip, path).holds(x, y) for path in paths)


def _around_points(clip: Any, path: int) -> Box:
    """Return the box of one of the paths of ``clip``; one without points shows nothing."""
    x, y = ctypes.c_float(), ctypes.c_float()
    xs, ys = [], []
    for place in range(max(raw.FPDFClipPath_CountPathSegments(clip, path), 0)):
        raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, place), x, y)
        xs.append(x.value)
        ys.append(y.value)
    if not xs:
        return Box(math.inf, math.inf, -math.inf, -math.inf)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _colour(shown: Any) -> tuple[int, ...] | None:
    """Return what ``shown`` is filled with in red, green and blue, None for what is see-through."""
    parts = [ctypes.c_uint(0) for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(shown, *parts):
        return ()
    *colour, alpha = (part.value for part in parts)
    return tuple(colour) if alpha else None


class _Backed:
    """Tells where something is painted on a page behind which white text shows."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._boxes: list[Box] | None = None

    def at(self, x: float, y: float) -> bool:
        # Hardly any page has white text.
        if self._boxes is None:
            kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING]
            painted = self._page.get_objects(filter=kinds)
            self._boxes = [
                Box(*each.get_bounds()) for each in painted if _colour(each) not in (None, _WHITE)
            ]
        return any(box.holds(x, y) for box in self._boxes)


def _is_cut(box: Box, sheet: Box) -> bool:
    across = box.left < sheet.left - _EDGE or box.right > sheet.right + _EDGE
    return across or box.bottom < sheet.bottom - _EDGE or box.top > sheet.top + _EDGE


def _chunk(own: str, actual: str | None, box: Box) -> Chunk:
    """Return what shows as ``own`` and stands for ``actual``, if the file says so."""
    return Chunk(own.replace(_BROKEN, "-"), box, own == _BROKEN and actual != "-")


def _around(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.bottom, other.bottom),
        max(one.right, other.right),
        max(one.top, other.top),
    )


def _room(text: Any) -> Any:
    """Return a buffer for all letters of a page, of two units each, with what ends a text.

    To ask for the length of each text takes as long as to read it.
    """
    return (ctypes.c_ushort * (2 * raw.FPDFText_CountChars(text) + 1))()


def _text(shown: Any, text: Any, buffer: Any) -> str:
    length = raw.FPDFTextObj_GetText(shown, text, buffer, ctypes.sizeof(buffer))
    own = ctypes.string_at(buffer, length).decode("utf-16-le", "replace").rstrip("\0")
    return own.replace(_LINE_END, "")


class _Hyphens:
    """Tells which fonts of a page have a hyphen that stands for itself where the file says no more.

    PDFium takes any hyphen at the end of a line for one that is there because the line ends.
    """

    def __init__(self, texts: Sequence[Any], text: Any, buffer: Any) -> None:
        self._texts, self._text, self._buffer = texts, text, buffer
        self._known: dict[int, bool] = {}

    def are_text(self, shown: Any) -> bool:
        font = _font(shown)
        if font not in self._known:
            self._known[font] = any(
                "-" in _text(each, self._text, self._buffer) and not _actual_text(each)
                for each in self._texts
                if _font(each) == font
            )
        return self._known[font]


def _font(shown: Any) -> int:
    return ctypes.addressof(raw.FPDFTextObj_GetFont(shown).contents)


class _ActualText(NamedTuple):
    """What the file says that all objects under a mark stand for."""

    mark: int
    text: str


def _actual_text(shown: Any) -> _ActualText | None:
    """Return what the file says that ``shown`` stands for, None if it does not."""
    for place in range(raw.FPDFPageObj_CountMarks(shown)):
        mark, length = raw.FPDFPageObj_GetMark(shown, place), ctypes.c_ulong()
        key = (mark, b"ActualText")
        raw.FPDFPageObjMark_GetParamBlobValue(*key, None, 0, length)
        if length.value:
            buffer = (ctypes.c_ubyte * length.value)()
            raw.FPDFPageObjMark_GetParamBlobValue(*key, buffer, length.value, length)
            return _ActualText(ctypes.addressof(mark.contents), _decoded(bytes(buffer)))
    return None


def _decoded(text: bytes) -> str:
    """Return a text string, which PDFium takes for UTF-8. See ISO 32000-1, clause 7.9.2.2."""
    if text.startswith(codecs.BOM_UTF16_BE):
        return text.removeprefix(codecs.BOM_UTF16_BE).decode("utf-16-be", "replace")
    return text.decode("latin-1")


def _told(page: Any) -> int:
    """Return how many letters of ``page`` the file says that others stand for."""
    texts = map(_actual_text, page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]))
    return sum(len(letters(each.text)) for each in dict.fromkeys(filter(None, texts)))


def _tags(page: Any, marked: dict[int, list[Chunk]]) -> Iterator[Tag]:
    """Yield the structure of ``page`` below its root, and take from ``marked`` what is in it."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    for place in range(raw.FPDF_StructTree_CountChildren(tree)):
        root = _tag(raw.FPDF_StructTree_GetChildAtIndex(tree, place), marked)
        yield from (kid for kid in root.kids if isinstance(kid, Tag))
    raw.FPDF_StructTree_Close(tree)


class _Open(NamedTuple):
    """An element whose kids are being read."""

    element: Any
    places: Iterator[int]
    kids: list[Tag | Chunk]


def _tag(root: Any, marked: dict[int, list[Chunk]]) -> Tag:
    """Return the element ``root`` with all below it, without recursion."""
    waiting = [_open(root)]
    while True:
        element, places, kids = waiting[-1]
        place = next(places, None)
        if place is None:
            tag = _closed(element, kids)
            waiting.pop()
            if not waiting:
                return tag
            waiting[-1].kids.append(tag)
            continue
        kid = raw.FPDF_StructElement_GetChildAtIndex(element, place)
        if kid and len(waiting) < _DEEPEST:
            waiting.append(_open(kid))
        else:
            number = raw.FPDF_StructElement_GetChildMarkedContentID(element, place)
            kids.extend(marked.pop(number, ()))


def _open(element: Any) -> _Open:
    return _Open(element, iter(range(raw.FPDF_StructElement_CountChildren(element))), [])


def _closed(element: Any, kids: list[Tag | Chunk]) -> Tag:
    told = _string(raw.FPDF_StructElement_GetActualText, element)
    kind = _string(raw.FPDF_StructElement_GetType, element)
    return Tag(
        kind,
        _saying(told, kids) if told else tuple(kids),
        _string(raw.FPDF_StructElement_GetAltText, element),
        _string(raw.FPDF_StructElement_GetID, element),
        _string(raw.FPDF_StructElement_GetLang, element) if kind == "Link" else "",
    )


def _saying(told: str, kids: list[Tag | Chunk]) -> tuple[Tag | Chunk, ...]:
    """Return ``kids`` as one chunk that says what is ``told`` of them, if anything is shown."""
    boxes = [kid.box for kid in kids if isinstance(kid, Chunk)]
    return (Chunk(told, reduce(_around, boxes)),) if boxes else tuple(kids)


def _language(pdf: Any, buffer: Any, length: int) -> int:
    # The type that its signature names is not that of the other functions.
    units = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)) if buffer else None
    return int(raw.FPDFCatalog_GetLanguage(pdf, units, length))


def _string(read: Any, element: Any) -> str:
    # To ask for the length takes as long as to read, and most have room here; many are empty.
    buffer = _ROOM
    length = read(element, buffer, _SHORT)
    if length <= _ENDING:
        return ""
    if length > _SHORT:
        buffer = ctypes.create_string_buffer(length)
        read(element, buffer, length)
    return ctypes.string_at(buffer, length).decode("utf-16-le", "replace").rstrip("\0")
