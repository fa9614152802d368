"""Formulas in the notation of Typst, which sets them in type."""

import re
from collections.abc import Mapping
from typing import Final, TypeAlias

from converter.model import Book, Math
from converter.writers import formulas

_WRITER: Final = "typst"
# What pandoc understands it puts between dollars, and what it does not into text.
_FORMULA: Final = re.compile(r"\$\s?((?:[^$\\]|\\.)+?)\s?\$\s*(?:<[^<>]*>\s*)?", re.DOTALL)

# None for what pandoc does not understand.
Formulas: TypeAlias = Mapping[Math, str | None]


def rendered(book: Book) -> Formulas:
    """Return the formulas of ``book`` as Typst's mathematics, without what could name them."""
    return {
        formula: None if answer is None else _inner(answer.decode())
        for formula, answer in formulas.rendered(book, _WRITER).items()
    }


def _inner(answer: str) -> str | None:
    found = _FORMULA.fullmatch(answer)
    return found[1] if found else None
