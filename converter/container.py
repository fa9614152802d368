"""The files of an EPUB, or one page, opened with care: they may be malformed, or made to do harm.

How far one from elsewhere unfolds is checked before, see ``packages``.
"""

import posixpath
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import IO, Final, Self, TypeAlias
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

from lxml import etree

from converter.errors import SourceError
from converter.zips import DAMAGE

Element: TypeAlias = etree._Element

_CONTAINER: Final = "META-INF/container.xml"
_ROOT_FILE: Final = "{urn:oasis:names:tc:opendocument:xmlns:container}rootfile"
# So many addresses: the same files are led to from all places, and named in more than one list.
_REMEMBERED: Final = 4_096
OPF: Final = "{http://www.idpf.org/2007/opf}"
_PARSER: Final = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    remove_comments=True,
    remove_pis=True,
    huge_tree=False,
)
_HTML_PARSER: Final = etree.HTMLParser(
    encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
)
_XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_MATHML: Final = "{http://www.w3.org/1998/Math/MathML}"


class Container:
    """An EPUB that is open for reading. ``spine`` names its XHTML files in reading order.

    ``package`` is the package document, in which ``spine`` and ``nav`` are named.
    """

    def __init__(self, file: Path | IO[bytes], name: str) -> None:
        """Open ``file``, called ``name`` in messages. Raises SourceError if it is no EPUB."""
        self._name = name
        try:
            self._zip = ZipFile(file)
        except DAMAGE as error:
            raise SourceError(f"is no EPUB: {error}", name) from error
        package = self._document = self._package()
        folder = posixpath.dirname(package)
        self.package = self.tree(package)
        items = {each.get("id"): each for each in self.package.iter(f"{OPF}item")}
        hrefs = {name: resolve(each.get("href", ""), folder) for name, each in items.items()}
        refs = list(self.package.iter(f"{OPF}itemref"))
        spine = [hrefs.get(each.get("idref"), "") for each in refs]
        self._types = {hrefs[name]: each.get("media-type", "") for name, each in items.items()}
        self._aside = {hrefs.get(each.get("idref")) for each in refs if each.get("linear") == "no"}
        navs = [n for n, each in items.items() if "nav" in each.get("properties", "").split()]
        self.nav = hrefs[navs[0]] if navs else ""
        self.spine = [name for name in spine if name and name != self.nav]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def names(self) -> Iterable[str]:
        """Return the names of all files."""
        return self._zip.namelist()

    def typed(self, media_type: str) -> list[str]:
        """Return the names of the files of this type."""
        return [name for name, each in self._types.items() if each == media_type]

    def media_type(self, name: str) -> str:
        """Return the type that the package says of a file, empty if it does not name it."""
        return self._types.get(name, "")

    def own(self) -> tuple[str, ...]:
        """Return the names of the files that hold the package together."""
        return ("mimetype", _CONTAINER, self._document)

    def main_spine(self) -> list[str]:
        """Return what of the spine is read one after the other, and not only where links lead."""
        return [name for name in self.spine if name not in self._aside]

    def tree(self, name: str) -> Element:
        """Return the file ``name`` as a tree. Raises SourceError if it is missing or no XML."""
        try:
            root = etree.fromstring(self.content(name), _PARSER)
        except etree.XMLSyntaxError as error:
            raise SourceError(f"is no well-formed XML: {error.msg}", self._place(name)) from error
        if next(root.iter(etree.Entity), None) is not None:
            text = "has entities of its own, which are not read for safety"
            raise SourceError(text, self._place(name))
        return root

    def checksum(self, name: str) -> int | None:
        """Return the CRC-32 of a file, None if there is none."""
        try:
            return self._zip.getinfo(name).CRC
        except KeyError:
            return None

    def content(self, name: str) -> bytes:
        """Return the bytes of a file. Raises SourceError."""
        try:
            return self._zip.read(name)
        except KeyError as error:
            raise SourceError("the package has no such file", self._place(name)) from error
        except DAMAGE as error:
            raise SourceError(f"cannot be unpacked: {error}", self._place(name)) from error

    def _package(self) -> str:
        for each in self.tree(_CONTAINER).iter(_ROOT_FILE):
            return each.get("full-path", "")
        raise SourceError("is no EPUB: its container names no package", self._name)

    def _place(self, name: str) -> str:
        return f"{self._name}/{name}"


def page_tree(data: bytes, name: str) -> Element:
    """Return an HTML page, called ``name``, with the names that its elements have in an EPUB.

    Raises SourceError if it is none.
    """
    try:
        root = etree.fromstring(data, _HTML_PARSER)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"cannot be read as HTML: {error.msg}", name) from error
    if root is None:
        raise SourceError("is empty", name)
    for element in root.iter(etree.Element):
        element.tag = f"{_XHTML}{element.tag}"
    for math in list(root.iter(f"{_XHTML}math")):
        for element in math.iter(etree.Element):
            element.tag = str(element.tag).replace(_XHTML, _MATHML)
    return root


def resolve(href: str, folder: str, here: str = "") -> str:
    """Return the name of the file, with ``#`` and its id, that ``href`` leads to.

    It is relative to ``folder``; without a file it is within ``here``. Empty for a link that
    leads out of the package, or is none.
    """
    # Most links stay within a file, and to take them apart costs more than all else here.
    if href.startswith("#") and len(href) > 1 and "%" not in href and href.isprintable():
        return here + href
    return _resolved(href, folder, here)


@lru_cache(_REMEMBERED)
def _resolved(href: str, folder: str, here: str) -> str:
    try:
        parts = urlsplit(href)
    except ValueError:  # such as an address of brackets
        return ""
    if parts.scheme or parts.netloc:
        return ""
    file = posixpath.normpath(posixpath.join(folder, unquote(parts.path))) if parts.path else here
    return f"{file}#{unquote(parts.fragment)}" if parts.fragment else file
