"""A piece of a volume, to a document: number, title, source line, date, blocks and notes."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final

from converter.model import Document, Inline, Note, Paragraph, Text
from converter.readers.tei.blocks import read_parts
from converter.readers.tei.context import Context
from converter.readers.tei.elements import (
    Element,
    Part,
    content,
    is_blank,
    is_empty,
    is_mark,
    is_wording,
    name_of,
    plain,
    split_heading,
)
from converter.readers.tei.inlines import read_inlines, read_readings
from converter.readers.tei.stream import Piece
from converter.readers.tei.volume import Volume
from converter.report import Report
from converter.source import Source

_NUMBER: Final = re.compile(r"(?P<number>\w+)\.\s+")
_FRUS: Final = "{http://history.state.gov/frus/ns/1.0}"
# https://www.tei-c.org/release/doc/tei-p5-doc/en/html/ref-att.datable.w3c.html
_DATES: Final = ("when", "from", "notBefore")
_FRAME: Final = ("opener", "closer", "postscript")


def read_document(piece: Piece, volume: Volume, source: Source, report: Report) -> Document:
    """Return ``piece`` as a document, and set the ledger of ``report``."""
    context = Context(source, volume, report)
    prov = context.prov(piece.element)
    above, heading, below = _split(piece)
    front = read_parts(above, context, prov)
    number, title = _title(piece, heading, context)
    subject, below = _subject(below, context)
    children = read_parts(below, context, prov)
    # Last, for all that is read above calls them.
    notes = tuple(_notes(context))
    context.keep(piece.carried)
    document = Document(
        id=piece.id,
        title=title,
        number=number,
        subject=subject,
        front=front,
        children=children,
        notes=notes,
        pictures=context.pictures.held(),
        language=piece.language or volume.language,
        authors=volume.authors,
        date=_date(piece),
        collection=volume.title,
        part=piece.part,
        source=f"{source.name}#{piece.id}",
    )
    context.settle(document, (*piece.carried, *piece.parts))
    return document


def _split(piece: Piece) -> tuple[Sequence[Part], Element | None, Sequence[Part]]:
    """Return what is above the title of ``piece``, the element that is the title, the rest."""
    if name_of(piece.element) != "titlePage":
        return split_heading(piece.parts)
    for place, part in enumerate(piece.parts):
        if not isinstance(part, str) and name_of(part) == "docTitle":
            return piece.parts[:place], part, piece.parts[place + 1 :]
    return (), None, piece.parts


def _title(
    piece: Piece, heading: Element | None, context: Context
) -> tuple[str, tuple[Inline, ...]]:
    """Return number and title. A heading that begins with the number of its document loses it."""
    number = piece.element.get("n", "") if piece.kind == "document" else ""
    title = read_inlines(content(heading), context) if heading is not None else ()
    match title:
        case (Text(text=text), *rest) if found := _NUMBER.match(text):
            if found["number"] == number:
                context.keep([found[0]])
                left = text[found.end() :]
                title = (*((Text(left),) if left else ()), *rest)
        case _:
            pass
    return number, title


def _subject(parts: Sequence[Part], context: Context) -> tuple[tuple[Inline, ...], Sequence[Part]]:
    """Return the subject line right below the title, and what is below that."""
    for place, part in enumerate(parts):
        if is_blank(part):
            continue
        if isinstance(part, str) or name_of(part) != "list" or part.get("type") != "subject":
            break
        members = [child for child in part if name_of(child) != "head"]
        if len(members) != 1 or any(name_of(inner) in ("p", "list") for inner in members[0]):
            break
        heads = [child for child in part if name_of(child) == "head"]
        if not all(map(is_wording, heads)):
            break
        context.structure(heads)
        outside = (each for each in content(part) if isinstance(each, str))
        return read_inlines((*outside, *content(members[0])), context), parts[place + 1 :]
    return (), parts


def _notes(context: Context) -> Iterator[Note]:
    """Yield the notes called in what was read so far, then those called in these notes."""
    for place in count():
        if place == len(context.notes):
            return
        name, note = context.notes[place]
        prov = context.prov(note)
        if name_of(note) == "app":
            readings = Paragraph(read_readings(note, context), prov=prov)
            yield Note(name, str(place + 1), (readings,), prov)
            continue
        marks, parts = _marks(tuple(content(note)))
        context.structure(marks)
        shown = plain(marks[-1]).strip("[](){}.") if marks else ""
        mark = note.get("n") or shown or str(place + 1)
        yield Note(name, mark, read_parts(parts, context, prov), prov)


def _marks(parts: Sequence[Part]) -> tuple[Sequence[Element], Sequence[Part]]:
    """Return the labels at the start of a note that show how it is called, and what follows."""
    marks: list[Element] = []
    after = 0
    for place, part in enumerate(parts, start=1):
        if is_blank(part):
            continue
        if isinstance(part, str) or name_of(part) != "label":
            break
        if not (is_wording(part) and (is_empty(part) or is_mark(plain(part)))):
            break
        marks.append(part)
        after = place
    return marks, parts[after:]


def _date(piece: Piece) -> str:
    """Return the date of the first dateline, else the earliest that the volume's editors gave."""
    datelines = (each for each in _own_elements(piece.parts) if name_of(each) == "dateline")
    dated = (each for dateline in datelines for each in dateline.iter("{*}dateline", "{*}date"))
    dates = (each.get(name) for each in dated for name in _DATES)
    return next(filter(None, dates), piece.element.get(f"{_FRUS}doc-dateTime-min", ""))


def _own_elements(parts: Sequence[Part]) -> Iterator[Element]:
    """Yield the elements of a letter's frame, not those of its notes and enclosures."""
    for part in parts:
        if not isinstance(part, str):
            yield part
            if name_of(part) in _FRAME:
                yield from _own_elements(tuple(part))
