"""The reader of plain-text dumps: archival documents, and posts with their comments.

    bytes -> find_parts -> Parts -> read_document -> read_thread -> Document

Both shapes go the same way: a thread of comments is looked for first, and what is not thread
is read as a document. At the end the reader proves that every word of the dump that it did not
account for as structure or dropped stands in the document.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Final

from msgspec.structs import replace

from converter.model import Document, Prov
from converter.readers.text.comments import read_thread
from converter.readers.text.document import read_document
from converter.readers.text.dump import Dump
from converter.readers.text.explain import explain as explain
from converter.readers.text.fixes import report_lost
from converter.readers.text.inlines import read_inlines
from converter.readers.text.parts import find_parts
from converter.report import Report
from converter.source import Source
from converter.walk import words

suffixes: Final = (".txt", ".text")


def sniff(head: bytes) -> float:
    """Return how sure it is that a file beginning with ``head`` is a text dump: never certain."""
    return 0.0 if head.lstrip().startswith((b"<", b"{", b"[{")) else 0.5


def read(source: Source, report: Report) -> Iterator[Document]:
    """Yield the one document of ``source``. Raises SourceError for what is not text."""
    parts = find_parts(source, report)
    dump, thread = parts.dump, parts.thread
    inlines = partial(read_inlines, dump, cuts=parts.cuts())
    document = read_document(parts, inlines, report)
    if thread:
        comments = read_thread(dump, thread, inlines, report)
        document = replace(document, comments=comments, declared_comments=thread.declared)
    report_lost(dump, parts.fixed, document, report)
    report.ledger = dump.ledger()
    _prove(dump, document, report)
    yield document


def _prove(dump: Dump, document: Document, report: Report) -> None:
    kept, held = dump.kept_words(), words([document])
    # What moved, such as a subject from below the date, is counted.
    if kept != held and Counter(kept) != Counter(held):
        lost = sorted((Counter(kept) - Counter(held)).elements())
        added = sorted((Counter(held) - Counter(kept)).elements())
        report.error(
            "words-differ",
            f"read {lost[:5]} that the document lacks, made up {added[:5]}: a fault in converter",
            prov=Prov(dump.name),
        )
