"""From the sections of a thread to comments: fields, text, tree, and what is in doubt."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from converter.model import Comment, Prov
from converter.readers.text.blocks import ReadInlines
from converter.readers.text.comments.bodies import read_body
from converter.readers.text.comments.fields import Fields, read_fields
from converter.readers.text.comments.habits import Page, decide, page_is_signed
from converter.readers.text.comments.outline import Outline, Piece, read_pieces
from converter.readers.text.comments.region import Section, Thread
from converter.readers.text.comments.tree import Place, find_places, find_starts
from converter.readers.text.dump import Dump, Line
from converter.readers.text.inlines import Cuts, read_inlines
from converter.report import Report

_STEP: Final = 2


class _Found(NamedTuple):
    """A section read as far as its comments are known: their places and their pieces."""

    outline: Outline
    places: tuple[Place, ...]
    doubtful: tuple[int, ...]


def read_thread(dump: Dump, thread: Thread, report: Report) -> tuple[Comment, ...]:
    """Return the comments of ``thread`` in printed order, and claim all of its lines in ``dump``.

    What is missing, and where the text can be read in two ways, is reported.
    """
    _claim_furniture(dump, thread)
    read = partial(read_inlines, dump, cuts=Cuts())
    comments: list[Comment] = []
    for section in thread.sections:
        found = _find(section, thread.declared if len(thread.sections) == 1 else None)
        comments.extend(_comments(dump, found, read, offset=len(comments)))
        _report_doubts(dump, found, report)
    _report_missing(dump, thread, comments, report)
    return tuple(comments)


def _claim_furniture(dump: Dump, thread: Thread) -> None:
    for line, heading in thread.counts:
        dump.structure(line.start, line.end)
        if heading.span:
            start, end = heading.span
            dump.field(line.start + start, line.start + end)
    for line, reason in thread.furniture:
        dump.drop(line.start, line.end, reason)


def _find(section: Section, declared: int | None) -> _Found:
    outline = Outline(read_pieces(section.lines, step=_STEP))
    closed = section.gap_below > 1 or outline.pieces[-1].trace
    decision = decide(outline, Page(_STEP, closed, declared))
    starts = find_starts(outline, decision.comments, step=_STEP, traced=decision.traced)
    places = find_places(outline, starts, step=_STEP)
    return _Found(outline, places, decision.doubtful)


def _comments(dump: Dump, found: _Found, read: ReadInlines, *, offset: int) -> Iterator[Comment]:
    """Yield the comments of a section; ``offset`` others stand before them."""
    starts = [place.start.piece for place in found.places]
    ends = [*starts, len(found.outline.pieces)]
    for piece in found.outline.pieces[: ends[0]]:
        dump.drop_lines(piece.lines, "links below a comment")
    signed = page_is_signed(found.outline, starts)
    for number, (place, end) in enumerate(
        zip(found.places, ends[1:], strict=True), start=offset + 1
    ):
        pieces = found.outline.pieces[place.start.piece : end]
        fields = read_fields(dump, pieces, signed=signed, lost=place.start.lost)
        yield Comment(
            id=f"c{number}",
            children=read_body(dump, fields.body, read),
            parent=None if place.parent is None else f"c{offset + place.parent + 1}",
            depth=place.depth,
            orphan=place.orphan,
            kind=fields.kind,
            author=fields.author,
            date=fields.date,
            likes=fields.likes,
            prov=_prov(dump, pieces, fields),
        )


def _prov(dump: Dump, pieces: Sequence[Piece], fields: Fields) -> Prov:
    first: Line = pieces[0].lines[0]
    last = fields.body[-1] if fields.body else first
    return Prov(dump.name, first.number, last.number)


def _report_doubts(dump: Dump, found: _Found, report: Report) -> None:
    comments = {place.start.piece for place in found.places}
    for number in found.doubtful:
        items = found.outline.lists[number]
        read_as = "replies" if items[0] in comments else "a list in the comment"
        report.info(
            "reply-or-list",
            f"{len(items)} items could be replies or a list in the comment above: read as {read_as}",
            prov=Prov(dump.name, found.outline.pieces[items[0]].lines[0].number),
        )


def _report_missing(
    dump: Dump, thread: Thread, comments: Sequence[Comment], report: Report
) -> None:
    for comment in comments:
        if comment.orphan:
            report.info(
                "comment-without-parent",
                f"comment {comment.id} answers a comment that is missing",
                prov=comment.prov,
            )
    if thread.declared is not None and thread.declared != len(comments):
        where = thread.counts[0][0].number if thread.counts else None
        report.warn(
            "comment-count-differs",
            f"the source declares {thread.declared} comments and holds {len(comments)}",
            prov=Prov(dump.name, where),
        )
