"""The package: what EbookLib makes of the files and metadata, packed to the same bytes each time.

EbookLib parses XHTML items again and takes times from the clock: hence the content goes in as
plain items, and what it has zipped is packed anew, with ``mimetype`` first and stored, as
https://www.w3.org/TR/epub-33/#sec-zip-container-mime asks.
"""

from io import BytesIO
from pathlib import Path
from typing import IO, Final, NamedTuple
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ebooklib import epub  # type: ignore[import-untyped] # EbookLib has no types
from lxml import etree

from converter.errors import WriteError
from converter.model import Book
from converter.options import EpubOptions
from converter.words import words
from converter.writers.epub import metadata
from converter.writers.language import book_direction, tag
from converter.writers.xhtml import clean

XHTML_TYPE: Final = "application/xhtml+xml"
COVER: Final = "cover-image"
# By this our own reader knows our editions from those of others.
GENERATOR: Final = "converter"
NCX: Final = "toc.ncx"
SVG_TYPE: Final = "image/svg+xml"
NCX_TYPE: Final = "application/x-dtbncx+xml"

_TIME: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_MODE: Final = 0o644 << 16
_OPF: Final = "{http://www.idpf.org/2007/opf}"
_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"


class File(NamedTuple):
    """A file of the package. ``kind`` is its media type, ``properties`` those of the manifest.

    Files ``in_spine`` are read in the order in which they are given. Those with a ``title`` are
    named in the contents beside the documents.
    """

    name: str
    kind: str
    content: bytes
    properties: tuple[str, ...] = ()
    in_spine: bool = True
    title: str = ""


def write_package(
    book: Book, content: metadata.Content, files: list[File], *, target: Path, options: EpubOptions
) -> None:
    """Write ``files`` to ``target`` as EPUB. Raises WriteError."""
    package = epub.EpubBook()
    _add_metadata(package, book)
    _add_accessibility(package, content, options)
    for file in files:
        _add_file(package, file)
    zipped = BytesIO()
    settings = {"compresslevel": 0, "mtime": metadata.modified(book), "raise_exceptions": True}
    epub.write_epub(zipped, package, settings)
    try:
        with target.open("wb") as stream:
            _pack(ZipFile(zipped), tag(book.language) or "und", stream)
    except OSError as error:
        raise WriteError(f"cannot be written: {error.strerror}", str(target)) from error


def _add_metadata(package: epub.EpubBook, book: Book) -> None:
    language = tag(book.language) or "und"
    direction = {"dir": "rtl"} if book_direction(book) else {}
    package.set_identifier(clean(book.identifier))
    package.set_language(language)
    package.direction = book_direction(book)
    package.title = clean(book.title)
    title = clean(book.title).strip() or words(language).untitled
    package.add_metadata("DC", "title", title, {_LANG: language, **direction})
    for position, author in enumerate(book.authors, start=1):
        _add_author(package, author, f"creator-{position}")
    for name, values in (
        ("rights", [book.rights]),
        ("date", [book.date if metadata.is_date(book.date) else ""]),
        ("subject", metadata.tags(book)),
        ("source", metadata.sources(book)),
        ("relation", metadata.relations(book)),
    ):
        for value in filter(None, values):
            package.add_metadata("DC", name, clean(value), {})
    if book.date and not metadata.is_date(book.date):
        package.add_metadata(None, "meta", clean(book.date), {"property": "dcterms:issued"})


def _add_author(package: epub.EpubBook, author: str, name: str) -> None:
    package.add_author(clean(author), uid=name)
    role = {"refines": f"#{name}", "property": "role", "scheme": "marc:relators"}
    package.add_metadata(None, "meta", "aut", role)


def _add_accessibility(
    package: epub.EpubBook, content: metadata.Content, options: EpubOptions
) -> None:
    for name, value in (*metadata.accessibility(content), *metadata.certification(options)):
        # The summary is in English whatever the language of the book.
        own = {_LANG: "en"} if name == metadata.SUMMARY else {}
        package.add_metadata(None, "meta", clean(value), {"property": name, **own})
    for relation, href in metadata.certificates(options):
        package.add_metadata(None, "link", None, {"rel": relation, "href": href})
    if content.page_source:
        source = {"property": "pageBreakSource"}
        package.add_metadata(None, "meta", clean(content.page_source), source)


def _add_file(package: epub.EpubBook, file: File) -> None:
    item = epub.EpubItem(
        uid=_item_id(file.name),
        file_name=file.name,
        media_type=file.kind,
        content=file.content,
    )
    item.properties = list(file.properties)
    package.add_item(item)
    if file.in_spine:
        package.spine.append(item)
    if COVER in file.properties:
        # Reading systems of EPUB 2 find the cover by this.
        package.add_metadata(None, "meta", None, {"name": "cover", "content": item.id})


def _item_id(name: str) -> str:
    """Return the id of a file in the manifest. EbookLib names that of the NCX in the spine."""
    return "ncx" if name == NCX else f"file-{name.replace('.', '-')}"


def _pack(zipped: ZipFile, language: str, stream: IO[bytes]) -> None:
    with ZipFile(stream, "w") as packed:
        for entry in zipped.infolist():
            content = zipped.read(entry)
            if entry.filename.endswith("/content.opf"):
                content = _completed(content, language)
            info = ZipInfo(entry.filename, _TIME)
            info.create_system = _UNIX
            info.external_attr = _MODE
            info.compress_type = ZIP_STORED if entry.filename == "mimetype" else ZIP_DEFLATED
            packed.writestr(info, content)


def _completed(package: bytes, language: str) -> bytes:
    """Return the package document with what EbookLib leaves out: language, and who made it."""
    root = etree.fromstring(package)
    root.set(_LANG, language)
    for maker in root.iterfind(f".//{_OPF}meta[@name='generator']"):
        maker.set("content", GENERATOR)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
