"""What is known of a whole volume before its documents are read: its header, and where ids are.

A reference may point to what comes later. So the file is gone through twice, the first time only
for the ids; no more of it is kept than their names.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from msgspec import Struct

from converter.model import Inline, Link, Reference
from converter.readers.tei.elements import (
    ID,
    Element,
    header_title,
    is_call,
    name_of,
    named,
    plain,
)
from converter.readers.tei.gathered import Gathered
from converter.readers.tei.stream import Piece, pieces
from converter.source import Source

_ABSOLUTE: Final = re.compile(r"(?:https?://|mailto:)\S", re.IGNORECASE)
# A volume of the Foreign Relations of the United States, and a document or page in it.
_FRUS: Final = re.compile(
    r"(?P<volume>frus\d{4}[\w-]*)(?:#(?P<place>(?:d|pg_|ch|comp)\w+?)(?:fn\d+)?)?"
)
# Pointers to more than an element, such as #range(a,b) and #xpointer(id('a')): what they begin at.
# https://www.tei-c.org/release/doc/tei-p5-doc/en/html/SA.html#SATS
_POINTER: Final = re.compile(r"[\w-]+\((?:id\()?['\"#]*(?P<first>[\w.-]+)")
_FRUS_SITE: Final = "https://history.state.gov/historicaldocuments"


class Place(NamedTuple):
    """Where an id is: a document, and the note or page in it if it is that of one."""

    document: str
    note: str = ""
    page: str = ""


class Volume(Struct, frozen=True):
    """The header of a volume, and the places of all its ids."""

    id: str
    title: str
    authors: tuple[str, ...]
    language: str
    places: dict[str, Place]

    def link(self, target: str, children: tuple[Inline, ...]) -> Link | Reference | None:
        """Return the link that ``target`` makes of ``children``, None if it leads nowhere.

        See https://www.tei-c.org/release/doc/tei-p5-doc/en/html/SA.html#SAUR.
        """
        first = (target.split() or [""])[0]
        if place := self._place(first):
            return Reference(children, place.document, place.note, place.page)
        if _ABSOLUTE.match(first):
            return Link(children, first)
        if found := _FRUS.fullmatch(first):
            address = "/".join(filter(None, (_FRUS_SITE, found["volume"], found["place"])))
            return Link(children, address) if found["volume"] != self.id else None
        return None

    def _place(self, target: str) -> Place | None:
        file, mark, name = target.partition("#")
        if pointer := _POINTER.match(name):
            name = pointer["first"]
        if not mark:
            return self.places.get(file) if file == self.id else None
        return self.places.get(name) if file in ("", self.id) else None


def note_id(note: Element) -> str:
    """Return the id of ``note`` in the model, empty if it has none in the source."""
    return re.sub(r"[^\w.-]+", "-", note.get(ID, ""))


def survey(source: Source, gathered: Gathered) -> Volume:
    """Return the header of ``source`` and the places of its ids. Raises SourceError."""
    volume = Volume("", "", (), "", {})
    places: dict[str, Place] = {}
    for piece in pieces(source, gathered):
        if piece.kind == "header":
            volume = _header(piece)
        else:
            for name, place in _places(piece):
                places.setdefault(name, place)
    return Volume(volume.id, volume.title, volume.authors, volume.language, places)


def _header(piece: Piece) -> Volume:
    languages = [each.get("ident", "") for each in named(piece.element, "langUsage", "language")]
    return Volume(
        id=piece.id,
        title=header_title(piece.element),
        authors=tuple(filter(None, map(plain, named(piece.element, "titleStmt", "author")))),
        language=languages[0] if len(languages) == 1 else "",
        places={},
    )


def _places(piece: Piece) -> Iterator[tuple[str, Place]]:
    names = piece.opened if piece.kind == "pages" else (piece.element.get(ID), *piece.opened)
    yield from ((name, Place(piece.id)) for name in names if name)
    for part in (*piece.carried, *piece.parts):
        if not isinstance(part, str):
            yield from _places_in(part, piece.id)


def _places_in(element: Element, document: str) -> Iterator[tuple[str, Place]]:
    for each in element.iter():
        name = each.get(ID)
        if not name:
            continue
        if is_call(each):
            yield name, Place(document, note=note_id(each))
        elif name_of(each) == "pb":
            yield name, Place(document, page=each.get("n", ""))
        else:
            yield name, Place(document)
