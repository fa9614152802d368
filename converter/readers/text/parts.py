"""The parts of a dump, found but not yet read: its thread, its page breaks, its notes.

bytes -> decode -> Dump -> drop_lines -> find_thread -> find_pages -> find_notes -> Parts

The reader reads them, and ``explain`` tells of them.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from converter.model import NoteRef
from converter.readers.text.comments import Thread, find_thread
from converter.readers.text.decode import decode
from converter.readers.text.dump import Dump, Line
from converter.readers.text.fixes import (
    FixedCall,
    applicable,
    drop_lines,
    fixed_calls,
    read_fixes,
    stands_in,
)
from converter.readers.text.inlines import Cut, Cuts
from converter.readers.text.notes import Notes, find_notes
from converter.readers.text.notes.aligner import Link
from converter.readers.text.notes.gathered import gather_list
from converter.readers.text.notes.listing import find_backlinks
from converter.readers.text.pages import find_pages
from converter.report import Report
from converter.source import Source


class Parts(NamedTuple):
    """What is known of a dump before it is read. ``thread`` is None where nobody comments,
    ``fixed`` what a user knows better of the notes.
    """

    dump: Dump
    thread: Thread | None
    pages: Sequence[Cut]
    notes: Notes
    fixed: Sequence[FixedCall] = ()

    def cuts(self) -> Cuts:
        """Return what is markup in the text: page breaks, calls of notes, arrows back."""
        links = (*self.notes.linked().values(), *self.notes.again)
        calls = (_call(self.dump, link) for link in links)
        return Cuts([*self.pages, *calls, *find_backlinks(self.dump, self.notes.items)])


def find_parts(source: Source, report: Report) -> Parts:
    """Return the parts of ``source``, corrected by hand; claims only the lines that are dropped.

    Raises SourceError for what is not text, and for corrections that mean nothing.
    """
    dump = Dump(source.name, decode(source, report))
    fixes = read_fixes(source, report)
    lines = drop_lines(dump, fixes, report)
    thread = find_thread(lines)
    outside = thread.outside if thread else lines
    pages = tuple(find_pages(dump, outside))
    calls = fixed_calls(dump, fixes, report)
    fixed = _applicable(dump, calls, outside, pages, thread, report) if calls else ()
    return Parts(dump, thread, pages, find_notes(dump, outside, pages, fixed=fixed), fixed)


def _applicable(
    dump: Dump,
    calls: Sequence[FixedCall],
    outside: Sequence[Line],
    pages: Sequence[Cut],
    thread: Thread | None,
    report: Report,
) -> Sequence[FixedCall]:
    """Return those of ``calls`` that speak of text, of notes or of comments."""
    above, items = gather_list(outside)
    text = [*above, *(line for item in items for line in item.lines), *_comments(thread)]
    is_text = partial(_is_text, sorted(text, key=attrgetter("start")), pages)
    return applicable(dump, calls, is_text, report, notes=len(items))


def _comments(thread: Thread | None) -> Iterator[Line]:
    for section in thread.sections if thread else ():
        yield from section.lines
    for post in thread.posts if thread else ():
        yield from post.body


def _is_text(lines: Sequence[Line], pages: Sequence[Cut], offset: int) -> bool:
    return stands_in(lines, offset) and not any(p.start <= offset < p.end for p in pages)


def _call(dump: Dump, link: Link) -> Cut:
    site = link.site
    node = NoteRef(f"n{link.note + 1}", round(link.confidence, 4), dump.prov(site.start))
    return Cut(site.start, site.end, node)
