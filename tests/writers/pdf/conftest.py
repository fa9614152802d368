"""Short ways to a PDF of invented text, and to what stands on its pages."""

import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from converter.model import Book, Document, Inline, Note, NoteRef, Paragraph, Part, Text
from converter.options import Options
from converter.report import Message, Report
from converter.writers import pdf


class Edition:
    """A PDF that was written, and what was reported."""

    def __init__(self, path: Path, messages: list[Message]) -> None:
        self.path = path
        self.messages = messages

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(self.path)

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page with single spaces, hyphens at line ends taken out."""
        texts = (page.extract_text().replace("\u2010\n", "") for page in self.reader.pages)
        return [" ".join(text.split()) for text in texts]

    @property
    def text(self) -> str:
        return " ".join(self.pages)

    @property
    def codes(self) -> list[str]:
        return [message.code for message in self.messages]

    def page_of(self, words: str) -> int:
        """Return the one page, from 1, that has ``words`` in it."""
        (place,) = [place for place, text in enumerate(self.pages, 1) if words in text]
        return place

    def number_of(self, words: str) -> str:
        """Return what is printed as number of the one page that has ``words`` in it."""
        return self.reader.page_labels[self.page_of(words) - 1]

    @property
    def links(self) -> list[str]:
        """The names of the destinations to which links lead, page by page."""
        annotations = [
            annotation.get_object()
            for page in self.reader.pages
            for annotation in page.get("/Annots", ())
        ]
        return [str(each["/Dest"]) for each in annotations if "/Dest" in each]

    def places(self, page: int) -> dict[str, tuple[float, float]]:
        """Return where the words of ``page``, from 1, begin, in pt from its top left corner."""
        words = re.findall(
            r'<word xMin="(.*?)" yMin="(.*?)" .*?yMax="(.*?)">(.*?)</word>', self._listing(page)
        )
        return {word: (float(x), (float(top) + float(end)) / 2) for x, top, end, word in words}

    def reach(self, page: int) -> float:
        """Return how far to the right the words of ``page``, from 1, reach, in pt."""
        return max(map(float, re.findall(r'<word .*?xMax="(.*?)"', self._listing(page))))

    def _listing(self, page: int) -> str:
        if not shutil.which("pdftotext"):
            pytest.skip("pdftotext of poppler-utils is not installed")
        command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(self.path), "-"]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    @property
    def tags(self) -> list[Any]:
        """All elements of the tree of tags, parents first."""
        return _below(self.reader.trailer["/Root"]["/StructTreeRoot"])


def _below(node: Any) -> list[Any]:
    kids = node.get("/K", ())
    found = []
    for kid in kids if isinstance(kids, list) else [kids]:
        tag = kid.get_object()
        if isinstance(tag, DictionaryObject) and "/S" in tag:
            found += [tag, *_below(tag)]
    return found


Write = Callable[..., Edition]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes documents, or a book, as PDF."""

    def write_book(*documents: Document, book: Book | None = None, **options: object) -> Edition:
        book = book or Book(
            "The Book", (Part(documents),), language="en", identifier="urn:example:book"
        )
        report = Report()
        target = tmp_path / "book.pdf"
        pdf.write(book, target, report, options=Options(**options))  # type: ignore[arg-type]
        return Edition(target, report.messages)

    return write_book


def para(*children: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(kid) if isinstance(kid, str) else kid for kid in children))


def words(count: int, stem: str = "w") -> str:
    """Return ``count`` different words that nothing can hyphenate."""
    return " ".join(f"{stem}{place:04d}" for place in range(count))


def noted(*texts: str) -> Document:
    """Return a document with a paragraph for each of ``texts``, each calling a note of its own."""
    return Document(
        "doc",
        title=(Text("Title"),),
        children=tuple(
            para(text, NoteRef(f"n{place}"), ".") for place, text in enumerate(texts, 1)
        ),
        notes=tuple(
            Note(f"n{place}", str(place), (para(f"Remark{place}."),))
            for place, _ in enumerate(texts, 1)
        ),
    )


@pytest.fixture(name="para")
def _para() -> Callable[..., Paragraph]:
    return para


@pytest.fixture(name="words")
def _words() -> Callable[..., str]:
    return words


@pytest.fixture(name="noted")
def _noted() -> Callable[..., Document]:
    return noted
