"""What the libraries log while they lay out a book, as messages."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from converter.model import Book
from converter.report import Report
from converter.writers.glyphs import report_missing

_LOGGERS: Final = ("weasyprint", "fontTools")


@contextmanager
def collect_warnings(book: Book, report: Report) -> Iterator[None]:
    """Turn what is logged meanwhile into messages, each once."""
    handler = _Handler(report)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
    report_missing(handler.missing, book, report)


class _Handler(logging.Handler):
    def __init__(self, report: Report) -> None:
        super().__init__(logging.WARNING)
        self._report = report
        self._seen: set[str] = set()
        self.missing: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.missing.setdefault(str(record.args[0]))
        elif text not in self._seen:
            self._seen.add(text)
            self._report.warn("pdf-layout", text)
