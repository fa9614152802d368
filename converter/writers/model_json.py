"""The model itself as an edition, for other programs. See ``model.json_schema``."""

from pathlib import Path, PurePosixPath
from typing import Final

import msgspec

from converter.model import Book, to_json
from converter.options import Options
from converter.report import Report

suffix: Final = ".json"


def write(book: Book, target: Path, report: Report, *, options: Options) -> None:  # noqa: ARG001 - the contract of writers
    """Write ``book`` to ``target`` in the model's JSON form."""
    target.write_bytes(_without_absolute_paths(to_json(book), book))


def _without_absolute_paths(data: bytes, book: Book) -> bytes:
    """Return ``data`` with sources named by their file alone where their path is absolute.

    Where a source lay on somebody's machine is nobody's business, and differs between machines.
    """
    sources = {PurePosixPath(document.source) for document in book.documents}
    for folder in sorted({source.parent for source in sources if source.is_absolute()}):
        key = b'"source":' + msgspec.json.encode(f"{folder}/")[:-1]
        data = data.replace(key, b'"source":"')
    return data
