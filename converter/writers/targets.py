"""The ids of what links lead to, where a whole book is in one file of markup."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from converter.model import Document, Reference
from converter.walk import page_labels

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9.-]")

Targets: TypeAlias = Mapping[tuple[str, str, str], str]


def targets(documents: Iterable[Document]) -> Targets:
    """Return the ids of all that references lead to, by document, note and page.

    That of a page is the id of the first that has its label.
    """
    found: dict[tuple[str, str, str], str] = {}
    for place, document in enumerate(documents, start=1):
        anchor = found[document.id, "", ""] = f"d{place}"
        for position, note in enumerate(document.notes, start=1):
            found[document.id, note.id, ""] = f"{anchor}-n{position}"
        alike: Counter[str] = Counter()
        for label in dict.fromkeys(filter(None, page_labels(document))):
            name = _UNSAFE.sub("_", label)
            alike[name] += 1
            found[document.id, "", label] = f"{anchor}-p{_numbered(name, alike[name], 'other')}"
    return found


def target(reference: Reference, names: Targets) -> str | None:
    """Return the id of what ``reference`` means, of its document if the book has no more of it."""
    exact = names.get((reference.document, reference.note, reference.page))
    return exact or names.get((reference.document, "", ""))


class PageNames:
    """The ids of the pages that begin in ``document``, met one after the other."""

    def __init__(self, document: Document, names: Targets) -> None:
        self._document = document.id
        self._names = names
        self._met: Counter[str] = Counter()

    def take(self, label: str) -> str:
        """Return the id of the next page called ``label``, another one each time."""
        self._met[label] += 1
        anchor = self._names[self._document, "", ""]
        name = self._names[self._document, "", label] if label else f"{anchor}-p"
        return _numbered(name, self._met[label], "again")


def _numbered(name: str, count: int, word: str) -> str:
    return name if count == 1 else f"{name}-{word}{count}"
