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
_SHOWN: Final = 5


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
    handler.report_missing()


class _Handler(logging.Handler):
    def __init__(self, book: Book, report: Report) -> None:
        super().__init__(logging.WARNING)
        self._book = book
        self._report = report
        self._seen: set[str] = set()
        self._missing: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        text = record.getMessage()
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self._missing.setdefault(str(record.args[0]))
        elif text not in self._seen:
            self._seen.add(text)
            self._report.warn("pdf-layout", text)

    def report_missing(self) -> None:
        """Report the characters without a glyph together: those of one script lack together."""
        if not self._missing:
            return
        names = [_name(character) for character in self._missing]
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        shown = ", ".join(names[:_SHOWN]) + more
        self._report.warn(
            "missing-glyph",
            f"no font here has {shown}: they show as empty boxes; install a font that has them",
            prov=_first_place(self._book, next(iter(self._missing))),
        )


def _name(character: str) -> str:
    """Return ``character`` with its number and name in Unicode."""
    return f"{character} (U+{ord(character):04X} {unicodedata.name(character, 'unnamed')})"


def _first_place(book: Book, character: str) -> Prov | None:
    """Return where ``character`` first stands in ``book``, as near as nodes tell."""
    prov: Prov | None = None
    for node in walk([book]):
        prov = getattr(node, "prov", None) or prov
        if isinstance(node, Text | Code | CodeBlock | Math) and character in node.text:
            return prov
    return None
