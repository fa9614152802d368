"""A document with its apparatus, from the lines of a dump: header, blocks, notes, page breaks."""

import re
from collections.abc import Sequence
from functools import partial
from pathlib import PurePosixPath

from converter.model import Block, Document, Inline, Note, NoteRef
from converter.readers.text.blocks import ReadBlocks, ReadInlines, marker_of, read_blocks
from converter.readers.text.dump import Dump, Line
from converter.readers.text.fixes import (
    SUFFIX,
    FixedCall,
    drop_lines,
    fixed_calls,
    read_fixes,
)
from converter.readers.text.header import Header, read_header
from converter.readers.text.inlines import Cut, Cuts, read_inlines
from converter.readers.text.notes import Notes, find_notes
from converter.readers.text.notes.aligner import Link
from converter.readers.text.notes.listing import NoteItem, find_backlinks
from converter.readers.text.pages import find_pages
from converter.report import Report
from converter.slug import slug
from converter.source import Source


def read_document(source: Source, dump: Dump, lines: Sequence[Line], report: Report) -> Document:
    """Return ``lines`` as a document without comments, and claim all of them in ``dump``."""
    fixes = read_fixes(source)
    lines = drop_lines(dump, lines, fixes, report)
    pages = tuple(find_pages(dump, lines))
    fixed = fixed_calls(dump, fixes, report)
    notes = find_notes(dump, lines, pages, fixed=fixed)
    header = read_header(dump, notes.above)
    links = notes.linked()
    calls = [_call(dump, link) for link in (*links.values(), *notes.again)]
    cuts = Cuts([*pages, *calls, *find_backlinks(dump, notes.items)])
    read = partial(read_inlines, dump, cuts=cuts)
    blocks = partial(read_blocks, dump, read=read, report=report)
    _warn_of_uncalled(dump, notes, links, report)
    _warn_of_absent(dump, notes, fixed, report)
    return Document(
        id=document_id(source.name),
        title=_title(header, read),
        number=_number(dump, header),
        subject=_subject(dump, header, read),
        front=blocks(header.front),
        children=blocks(header.rest),
        notes=_notes(dump, notes, links, blocks),
        source=source.name,
    )


def document_id(name: str) -> str:
    """Return an identifier for the source ``name``: letters, digits and hyphens, a letter first."""
    ascii_name = re.sub(r"[^a-z0-9]+", "-", slug(PurePosixPath(name).stem)).strip("-")
    return ascii_name if ascii_name[:1].isalpha() else f"d-{ascii_name}".rstrip("-")


def _call(dump: Dump, link: Link) -> Cut:
    site = link.site
    node = NoteRef(f"n{link.note + 1}", round(link.confidence, 4), dump.prov(site.start))
    return Cut(site.start, site.end, node)


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
    marker = header.subject and marker_of(header.subject)
    if header.subject is None or marker is None:
        return ()
    dump.structure(header.subject.start, marker.body)
    return read(marker.body, header.subject.end)


def _notes(dump: Dump, notes: Notes, links: dict[int, Link], read: ReadBlocks) -> tuple[Note, ...]:
    return tuple(
        Note(
            id=f"n{position + 1}",
            label=links[position].site.mark if position in links else str(item.number),
            children=_note_blocks(dump, item, read),
            prov=dump.prov(*item.marker),
        )
        for position, item in enumerate(notes.items)
    )


def _note_blocks(dump: Dump, item: NoteItem, read: ReadBlocks) -> tuple[Block, ...]:
    dump.structure(*item.marker)
    return read(item.lines)


def _warn_of_uncalled(dump: Dump, notes: Notes, links: dict[int, Link], report: Report) -> None:
    for position, item in enumerate(notes.items):
        if position not in links:
            places = ", ".join(
                f"line {dump.line_at(link.site.start)} ({link.confidence:.2f})"
                for link in notes.links[position][:3]
            )
            report.warn(
                "note-not-linked",
                f"no place is likely enough to call note {item.number}; "
                f"considered: {places or 'none'}",
                prov=dump.prov(*item.marker),
            )


def _warn_of_absent(dump: Dump, notes: Notes, fixed: Sequence[FixedCall], report: Report) -> None:
    for call in fixed:
        if call.note is not None and call.note >= len(notes.items):
            report.warn(
                "fix-outdated",
                f"there is no note {call.note + 1}: not applied; see {dump.name}{SUFFIX}",
                prov=dump.prov(call.start),
            )
