"""What the libraries log while they lay out a book, as messages."""

import logging
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from converter.model import Book, Code, CodeBlock, Math, Prov, Text
from converter.report import Report
from converter.walk import walk

_LOGGERS: Final = ("weasyprint", "fontTools")


@contextmanager
def collect_warnings(book: Book, report: Report) -> Iterator[None]:
    """Turn what is logged meanwhile into messages, each once."""
    handler = _Handler(book, report)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)


class _Handler(logging.Handler):
    def __init__(self, book: Book, report: Report) -> None:
        super().__init__(logging.WARNING)
        self._book = book
        self._report = report
        self._seen: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if text in self._seen:
            return
        self._seen.add(text)
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self._missing_glyph(str(record.args[0]))
        else:
            self._report.warn("pdf-layout", text)

    def _missing_glyph(self, character: str) -> None:
        code = f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()
        self._report.warn(
            "missing-glyph",
            f"no font has {character!r} ({code}); it shows as an empty box",
            prov=_first_place(self._book, character),
        )


def _first_place(book: Book, character: str) -> Prov | None:
    """Return where ``character`` first stands in ``book``, as near as nodes tell."""
    prov: Prov | None = None
    for node in walk([book]):
        prov = getattr(node, "prov", None) or prov
        if isinstance(node, Text | Code | CodeBlock | Math) and character in node.text:
            return prov
    return None
