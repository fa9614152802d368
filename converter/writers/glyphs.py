"""Characters that no font has: never lost without a word."""

import unicodedata
from collections.abc import Collection
from typing import Final

from converter.model import Book, Code, CodeBlock, Math, Prov, Text
from converter.report import Report
from converter.walk import walk

_SHOWN: Final = 5


def report_missing(characters: Collection[str], book: Book, report: Report) -> None:
    """Report the characters without a glyph together: those of one script lack together."""
    names = [_name(character) for character in characters]
    if not names:
        return
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    shown = ", ".join(names[:_SHOWN]) + more
    report.warn(
        "missing-glyph",
        f"no font here has {shown}: boxes stand for them; install a font that has them",
        prov=_first_place(book, next(iter(characters))),
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
