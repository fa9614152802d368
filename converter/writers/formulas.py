"""The formulas of a book in other notations than TeX, for all writers that set them."""

import json
from collections.abc import Mapping
from typing import Final

from converter import pandoc
from converter.errors import ConverterError
from converter.model import Book, Math
from converter.report import Report
from converter.walk import walk
from converter.writers.xhtml import clean

_READER: Final = "json"


def rendered(book: Book, writer: str) -> dict[Math, bytes | None]:
    """Return what ``writer``, a format of pandoc's, makes of a paragraph of each formula alone.

    That is None for what pandoc does not understand.
    """
    formulas = dict.fromkeys(node for node in walk([book]) if isinstance(node, Math))
    if not formulas:
        return {}
    try:
        answers = tuple(pandoc.attempt(map(_document, formulas), reader=_READER, writer=writer))
    except ConverterError:
        return dict.fromkeys(formulas)
    return {
        formula: None if isinstance(answer, pandoc.Refusal) else answer
        for formula, answer in zip(formulas, answers, strict=True)
    }


def report_left(formulas: Mapping[Math, object], report: Report) -> None:
    """Report those of ``formulas`` that nothing was made of."""
    left = [formula.text for formula, made in formulas.items() if made is None]
    if left:
        text = f"{len(left)} formulas stay TeX source: {left[0]!r} cannot be set"
        report.info("formula-as-source", text)


def _document(formula: Math) -> bytes:
    """Return a document of ``formula`` in pandoc's JSON."""
    kind = {"t": "DisplayMath" if formula.display else "InlineMath"}
    block = {"t": "Para", "c": [{"t": "Math", "c": [kind, clean(formula.text)]}]}
    return json.dumps({"pandoc-api-version": [1, 23], "meta": {}, "blocks": [block]}).encode()
