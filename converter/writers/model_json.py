"""The model itself as an edition, for other programs. See ``model.json_schema``."""

from pathlib import Path
from typing import Final

from converter.model import Book, to_json
from converter.options import Options
from converter.report import Report

suffix: Final = ".json"


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:  # noqa: ARG001 - the contract of writers
    """Write ``book`` to ``target`` in the model's JSON form."""
    target.write_bytes(to_json(book))
