"""The reader of TEI P5: volumes of documents, and other books, in XML.

    bytes -> pieces (stream) -> blocks and inlines -> Document, one for each piece

The file is streamed four times: for whether it is well-formed, for notes that stand apart from
their calls (gathered), for where its ids are (volume), then to read it piece by piece.
See https://www.tei-c.org/release/doc/tei-p5-doc/en/html/.
"""

import re
from collections.abc import Iterator
from typing import Final

from converter.errors import SourceError
from converter.model import Document
from converter.readers.tei.document import read_document
from converter.readers.tei.stream import check, notes_apart, pieces
from converter.readers.tei.volume import survey
from converter.report import Report
from converter.source import Source

suffixes: Final = (".xml", ".tei")

_ROOT: Final = re.compile(rb"<(?:[\w.-]+:)?(?:TEI|TEI\.2|teiCorpus)[\s>]")


def sniff(head: bytes) -> float:
    """Return how sure it is that a file beginning with ``head`` is TEI: by its outermost tag."""
    # The zeros of UTF-16 between the letters.
    plain = head.replace(b"\0", b"")
    if _ROOT.search(plain):
        return 1.0
    return 0.9 if b"http://www.tei-c.org/ns/1.0" in plain else 0.0


def read(source: Source, report: Report) -> Iterator[Document]:
    """Yield the documents of ``source`` in reading order. Raises SourceError."""
    check(source)
    gathered = notes_apart(source)
    volume = survey(source, gathered)
    empty = True
    for piece in pieces(source, gathered):
        if piece.kind != "header":
            empty = False
            yield read_document(piece, volume, source, report)
    if empty:
        raise SourceError("is TEI without any text: it has a header at most", source.name)
