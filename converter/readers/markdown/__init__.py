"""The reader of the Markdown editions that the writer ``markdown`` makes, and that people edit.

    text -> definitions (notes called where they are defined) -> pandoc -> its document -> Book

Classes say what is what, as the writer has put them there. What carries none is read as what it
is; what carries ``generated`` is no text of the source. Any other Markdown is for ``pandoc``.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import unquote

from converter.ledger import Ledger
from converter.model import Book, Document
from converter.report import Report
from converter.source import Source
from converter.walk import plain_text

suffixes: Final = (".md",)

_START: Final = re.compile(rb"(?:\xef\xbb\xbf)?---\r?\nedition: \"?markdown\"?\s*\n")

# What the index of a folder lists: files beside it.
_CONTENTS: Final = re.compile(rb"^:::+ \{\.contents .*?^:::+\s*$", re.MULTILINE | re.DOTALL)
_LINK: Final = re.compile(rb"\]\(([^()/\s]+\.md)\)")

# What was read last, until it is bound: that follows at once, and reading takes long.
_unbound: list[tuple[Source, Book]] = []


def sniff(head: bytes) -> float:
    """Return how sure it is that a file beginning with ``head`` is an edition of ours."""
    return 1.0 if _START.match(head) else 0.0


def is_edition(source: Source) -> bool:
    """Whether ``source`` is an edition of ours."""
    return bool(sniff(source.data))


def gathered(source: Source) -> frozenset[str]:
    """Return the names of the files that ``source`` lists: all of them are read with it."""
    contents = _CONTENTS.search(source.data) if _START.match(source.data) else None
    links = _LINK.findall(contents[0]) if contents else []
    return frozenset(unquote(link.decode(errors="replace")) for link in links)


def read(source: Source, report: Report) -> Iterator[Document]:
    """Yield the documents of the edition ``source``, all those of a folder for its index.

    Raises SourceError for what cannot be read.
    """
    book = _book(source)
    _unbound[:] = [(source, book)]
    for document in book.documents:
        words = len(plain_text([document]).split())
        report.ledger = Ledger(words=words, kept=words)
        yield document


def bind(source: Source, documents: Sequence[Document]) -> Book:  # noqa: ARG001 - the edition holds them
    """Return the book in ``source``, which binds ``documents``; nothing is read anew for it."""
    found = [book for read, book in _unbound if read is source]
    _unbound.clear()
    return found[0] if found else _book(source)


def _book(source: Source) -> Book:
    # Loaded when needed: choosing a reader asks all of them.
    from converter.readers.markdown.edition import read_edition

    return read_edition(source)
