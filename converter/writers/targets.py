"""The ids of what links lead to, where a whole book is in one file of markup."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from converter.model import Document
from converter.walk import page_labels

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9.-]")

Targets: TypeAlias = Mapping[tuple[str, str, str], str]


def targets(documents: Iterable[Document]) -> Targets:
    """Return the ids of all that references lead to, by document, note and page."""
    found: dict[tuple[str, str, str], str] = {}
    for place, document in enumerate(documents, start=1):
        anchor = found[document.id, "", ""] = f"d{place}"
        for position, note in enumerate(document.notes, start=1):
            found[document.id, note.id, ""] = f"{anchor}-n{position}"
        for label in page_labels(document):
            found[document.id, "", label] = page_id(anchor, label)
    return found


def page_id(anchor: str, label: str) -> str:
    """Return the id of the first page called ``label`` in the document ``anchor``."""
    return f"{anchor}-p{_UNSAFE.sub('_', label)}"
