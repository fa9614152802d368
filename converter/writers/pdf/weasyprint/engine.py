"""WeasyPrint: what it may open, what it is given, what it makes.

WeasyPrint gets the body as a tree, not as text: an HTML parser would end a paragraph where the
block of a note begins. Nothing is fetched but templates and the book's own pictures.
"""

import mimetypes
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import urlsplit
from urllib.request import url2pathname
from xml.etree import ElementTree

from lxml import etree

from converter.assets import template
from converter.errors import ConverterError, WriteError
from converter.model import Book, Picture
from converter.options import Options, PdfOptions
from converter.writers.language import tag
from converter.writers.pdf.weasyprint.pages import Pages
from converter.writers.xhtml import Element, clean

try:
    import pydyf  # type: ignore[import-untyped] # no types
    import weasyprint.pdf  # type: ignore[import-untyped] # no types
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # no types
    from weasyprint import CSS, HTML, Document
    from weasyprint.formatting_structure.boxes import (  # type: ignore[import-untyped] # no types
        BlockBox,
        FootnoteAreaBox,
        InlineLevelBox,
        LineBox,
        MarginBox,
        ReplacedBox,
        TableBox,
        TextBox,
    )
    from weasyprint.pdf.fonts import Font  # type: ignore[import-untyped] # no types
    from weasyprint.pdf.stream import Stream  # type: ignore[import-untyped] # no types
    from weasyprint.text.ffi import ffi  # type: ignore[import-untyped] # no types
    from weasyprint.text.fonts import (  # type: ignore[import-untyped] # no types
        FontConfiguration,
        get_hb_object_data,
        get_pango_font_hb_face,
        get_pango_font_key,
    )
    from weasyprint.text.line_break import line_size  # type: ignore[import-untyped] # no types
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped] # no types
except OSError as error:
    raise WriteError(
        "PDF needs the Pango library: "
        "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    ) from error

__all__ = [
    "BlockBox",
    "Engine",
    "Font",
    "FootnoteAreaBox",
    "InlineLevelBox",
    "Layout",
    "LineBox",
    "MarginBox",
    "ReplacedBox",
    "Stream",
    "TableBox",
    "TextBox",
    "drawn_width",
    "ffi",
    "get_pango_font_hb_face",
    "get_pango_font_key",
    "glyphs",
    "pydyf",
    "tag_by",
]

Layout: TypeAlias = Document

# In lines that run from right to left, WeasyPrint moves a picture of which it knows no more than
# the proportions before it has given it a place.
ReplacedBox.position_x = 0

# https://www.rfc-editor.org/rfc/rfc5646#section-4.1: a tagged PDF has to name some language.
_UNDETERMINED: Final = "und"
_UNDATED: Final = "1980-01-01T00:00:00Z"
# Their font takes as long to load as ten pages to lay out.
_EMOJI: Final = re.compile("[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")

_ADVICE: Final = "try another page or layout, or --pdf-engine typst"
# Hardly a book has more, and some are too large to keep many.
_FONTS: Final = 4
# Footnotes as blocks; where their links lead is not there to be counted.
_IN_TEXT: Final = """
.footnote { float: none !important }
.page-of::after { content: attr(data-page) "000" !important }
"""
# What a sheet becomes when it is folded.
_HALVES: Final = {"A4": "a5", "Letter": "half-letter", "A5": "a6"}


class _Fetcher(URLFetcher):  # type: ignore[misc] # the library has no types
    """Opens templates and the pictures of the book, and refuses everything else."""

    def __init__(self, templates: Path | None, pictures: Mapping[str, Picture]) -> None:
        super().__init__()
        folders = (templates, template(""))
        self._folders = [folder.resolve() for folder in folders if folder]
        self._templates = templates
        self._pictures = pictures

    def fetch(self, url: str, headers: Any = None) -> Any:
        if urlsplit(url).scheme == "data":
            return super().fetch(url, headers)
        if picture := self._pictures.get(url):
            return URLFetcherResponse(url, picture.data, {"Content-Type": picture.media_type})
        path = self._allowed(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    def _allowed(self, url: str) -> Path:
        """Return the file at ``url``; a template that the user's folder lacks is our own."""
        parts = urlsplit(url)
        path = Path(url2pathname(parts.path)).resolve()
        for folder in self._folders:
            if parts.scheme == "file" and path.is_relative_to(folder):
                return template(path.relative_to(folder).as_posix(), self._templates)
        raise PermissionError("neither a template nor a picture of the book")


class LostPageError(WriteError):
    """WeasyPrint has lost a page among those that it made anew to put numbers of pages in."""


class Engine:
    """The pages of one book with its style sheets, ready to be laid out as often as need be.

    ``body`` is what is laid out.
    """

    def __init__(self, pages: Pages, book: Book, options: Options) -> None:
        self.body = _without_namespace(pages.body)
        self._book = book
        self._fetcher = _Fetcher(options.templates, pages.pictures)
        names = _style_sheets(options.pdf)
        if _EMOJI.search(etree.tostring(pages.body, method="text", encoding="unicode")):
            names.append("emoji")
        self._sheets = [self._style_sheet(name, options.templates) for name in names]

    def render(self) -> Layout:
        """Return the book laid out on paper.

        Raises LostPageError, and WriteError for what WeasyPrint cannot lay out.
        """
        return self._render(self.body, self._sheets)

    def measure(self, notes: ElementTree.Element) -> Layout:
        """Return ``notes`` laid out below each other, as wide as at the foot of pages."""
        return self._render(notes, [*self._sheets, CSS(string=_IN_TEXT, font_config=_fonts())])

    def _style_sheet(self, name: str, templates: Path | None) -> CSS:
        """Return a style sheet. What is wrong with a user's, each document has to tell."""
        if templates is None:
            return _own_style_sheet(name)
        return _style_sheet(template(f"pdf/{name}.css", templates), self._fetcher)

    def _render(self, body: ElementTree.Element, sheets: list[CSS]) -> Layout:
        """Presentational hints are on for the numbers at which lists begin."""
        html = HTML(string=_head(self._book), url_fetcher=self._fetcher)
        root = html.etree_element
        root.remove(root.find("body"))
        root.append(body)
        try:
            return html.render(font_config=_fonts(), stylesheets=sheets, presentational_hints=True)
        except (ConverterError, RecursionError, MemoryError):
            raise
        except Exception as error:
            kind = LostPageError if isinstance(error, IndexError) else WriteError
            reason = f"{type(error).__name__}: {error}"
            raise kind(f"WeasyPrint cannot lay it out ({reason}): {_ADVICE}") from error


def tag_by(add_tags: Callable[[Any, Layout, str, Sequence[Any]], None]) -> None:
    """Let ``add_tags`` make the structure of all files, given file, pages, version, and streams."""
    weasyprint.pdf.add_tags = add_tags


@cache
def _fonts() -> FontConfiguration:
    """Return the fonts, loaded once: they are most of the start of a small document."""
    return FontConfiguration()


def glyphs(font: Any, letters: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield those of ``letters`` that ``font`` has, each with the number of its glyph."""
    numbers = _glyph_numbers(get_hb_object_data(font.hb_face), font.index)
    return ((numbers[letter], letter) for letter in letters if letter in numbers)


@lru_cache(maxsize=_FONTS)
def _glyph_numbers(file: bytes, index: int) -> dict[str, int]:
    """Return the letters of a font with the numbers of their glyphs, found once: it takes long."""
    with TTFont(BytesIO(file), fontNumber=index, lazy=True) as font:
        names = font.getBestCmap() or {}
        return {chr(letter): font.getGlyphID(name) for letter, name in names.items()}


def drawn_width(box: Any) -> float:
    """Return how wide the text of ``box`` is when it is drawn, in CSS pixels."""
    text = box.pango_layout
    text.reactivate(box.style)
    line, _ = text.get_first_line()
    width, _ = line_size(line, box.style)
    text.deactivate()
    return float(width)


def _style_sheets(options: PdfOptions) -> list[str]:
    """Return the names of the style sheets, each of which goes before those above it."""
    folded = options.layout == "booklet"
    paper = _HALVES[options.page] if folded else options.page.lower()
    is_narrow = options.large_print or options.columns > 1
    further = {
        "large-print": options.large_print,
        "columns": options.columns > 1,
        "handout-narrow": is_narrow and options.layout == "handout",
        "cover": options.cover,
        "archive": options.variant.startswith("pdf/a"),
    }
    return ["style", paper, options.layout, *(name for name, wanted in further.items() if wanted)]


@cache
def _own_style_sheet(name: str) -> CSS:
    """Return a style sheet of ours, read once: it takes a sixth of the time of a short document."""
    return _style_sheet(template(f"pdf/{name}.css"), _Fetcher(None, {}))


def _style_sheet(path: Path, fetcher: URLFetcher) -> CSS:
    return CSS(
        string=path.read_text(encoding="utf-8"),
        base_url=path.resolve().as_uri(),
        url_fetcher=fetcher,
        font_config=_fonts(),
    )


def _head(book: Book) -> str:
    """Return an HTML page without content that carries the metadata of ``book``."""
    languages = [book.language, *(document.language for document in book.documents)]
    html = etree.Element("html", lang=next(filter(None, map(tag, languages)), _UNDETERMINED))
    head = etree.SubElement(html, "head")
    etree.SubElement(head, "title").text = clean(book.title)
    metadata = [("author", author) for author in book.authors]
    metadata += [
        ("generator", "converter"),
        ("dcterms.created", book.modified or _UNDATED),
        ("dcterms.modified", book.modified or _UNDATED),
    ]
    for name, content in metadata:
        etree.SubElement(head, "meta", name=name, content=clean(content))
    etree.SubElement(html, "body")
    return etree.tostring(html, method="html", encoding="unicode")


def _without_namespace(body: Element) -> ElementTree.Element:
    """Return a tree of the kind that WeasyPrint's parser makes."""
    root = ElementTree.fromstring(etree.tostring(body))  # noqa: S314 - lxml has just written it
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root
