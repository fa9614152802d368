"""A document with its apparatus, from the lines of a dump: header, blocks, notes, page breaks."""

import re
from functools import partial
from pathlib import PurePosixPath
from typing import Final

from converter.model import Block, Document, Inline, Note
from converter.readers.text.blocks import ReadBlocks, ReadInlines, marker_of, read_blocks
from converter.readers.text.dump import Dump
from converter.readers.text.fixes import SUFFIX
from converter.readers.text.header import Header, read_header
from converter.readers.text.notes import Notes, calls_of_nothing
from converter.readers.text.notes.aligner import Link
from converter.readers.text.notes.listing import NoteItem
from converter.readers.text.parts import Parts
from converter.report import Report
from converter.slug import slug

# Fewer digits may stand like calls by chance.
_TELLING: Final = 3


def read_document(parts: Parts, read: ReadInlines, report: Report) -> Document:
    """Return what is not thread in ``parts`` as a document without comments, and claim it.

    ``read`` turns a span of the dump into inline nodes.
    """
    dump, notes = parts.dump, parts.notes
    header = read_header(dump, notes.above)
    links = notes.linked()
    blocks = partial(read_blocks, dump, read=read, report=report)
    _warn_of_uncalled(dump, notes, links, report)
    if not notes.items:
        _warn_of_calls(parts, header, report)
    return Document(
        id=document_id(dump.name),
        title=_title(header, read),
        number=_number(dump, header),
        subject=_subject(dump, header, read),
        front=blocks(header.front),
        children=blocks(header.rest),
        notes=_notes(dump, notes, links, blocks),
        source=dump.name,
    )


def document_id(name: str) -> str:
    """Return an identifier for the source ``name``: letters, digits and hyphens, a letter first."""
    ascii_name = re.sub(r"[^a-z0-9]+", "-", slug(PurePosixPath(name).stem)).strip("-")
    return ascii_name if ascii_name[:1].isalpha() else f"d-{ascii_name}".rstrip("-")


def _title(header: Header, read: ReadInlines) -> tuple[Inline, ...]:
    return read(*header.title) if header.title else ()


def _number(dump: Dump, header: Header) -> str:
    if header.number is None:
        return ""
    start, end = header.number
    dump.field(start, end)
    dump.structure(end, end + 1)
    return dump.text[start:end]


def _subject(dump: Dump, header: Header, read: ReadInlines) -> tuple[Inline, ...]:
    if header.subject_heading:
        dump.structure(header.subject_heading.start, header.subject_heading.end)
    marker = marker_of(header.subject) if header.subject else None
    if header.subject is None or marker is None:
        return ()
    dump.structure(header.subject.start, marker.body)
    return read(marker.body, header.subject.end)


def _notes(dump: Dump, notes: Notes, links: dict[int, Link], read: ReadBlocks) -> tuple[Note, ...]:
    marks = (
        links[position].site.mark if position in links else item.mark
        for position, item in enumerate(notes.items)
    )
    return tuple(
        Note(
            id=f"n{position}",
            label=mark,
            children=_note_blocks(dump, item.behind(mark), read),
            prov=dump.prov(*item.marker),
        )
        for position, (item, mark) in enumerate(zip(notes.items, marks, strict=True), start=1)
    )


def _note_blocks(dump: Dump, item: NoteItem, read: ReadBlocks) -> tuple[Block, ...]:
    dump.structure(*item.marker)
    for rule in item.rules:
        dump.structure(rule.start, rule.end)
    return read(item.lines)


def _warn_of_calls(parts: Parts, header: Header, report: Report) -> None:
    """Warn of what looks like calls where no list of notes was found."""
    dump = parts.dump
    lines = parts.notes.above[len(header.front) :]
    calls = calls_of_nothing(dump, lines, parts.pages)
    if len(calls) >= _TELLING:
        report.warn(
            "notes-not-found",
            f"{calls[0].mark} to {calls[-1].mark} stand here and below like calls of notes, and no"
            " list of notes was found: it may lack, or be set in a way that is not known",
            prov=dump.prov(calls[0].start),
        )


def _warn_of_uncalled(dump: Dump, notes: Notes, links: dict[int, Link], report: Report) -> None:
    for position, item in enumerate(notes.items):
        if position not in links:
            places = ", ".join(
                f"line {dump.line_at(link.site.start)} ({link.confidence:.2f})"
                for link in notes.links[position][:3]
            )
            report.warn(
                "note-not-linked",
                f"no place is likely enough to call note {item.mark}; "
                f"considered: {places or 'none'}; name the right one in {dump.name}{SUFFIX}",
                prov=dump.prov(*item.marker),
            )
