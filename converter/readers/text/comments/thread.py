"""From the sections of a thread to comments: fields, text, tree, and what is in doubt."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from converter.model import Comment, Prov
from converter.readers.text.blocks import ReadBlocks, ReadInlines
from converter.readers.text.comments.bodies import read_body
from converter.readers.text.comments.bylines import when_of
from converter.readers.text.comments.fields import Fields, cut_ping, read_fields
from converter.readers.text.comments.habits import Page, decide, page_is_signed
from converter.readers.text.comments.outline import STEP, Outline, Piece, read_pieces
from converter.readers.text.comments.phrases import Kind
from converter.readers.text.comments.posts import Post
from converter.readers.text.comments.region import Section, Thread
from converter.readers.text.comments.tree import Place, find_places, find_starts
from converter.readers.text.dump import Dump, Line
from converter.report import Report


class _Found(NamedTuple):
    """A section read as far as its comments are known: their places and their pieces."""

    outline: Outline
    places: tuple[Place, ...]
    doubtful: tuple[int, ...]
    traced: bool
    kind: Kind


def read_thread(
    dump: Dump, thread: Thread, inlines: ReadInlines, report: Report
) -> tuple[Comment, ...]:
    """Return the comments of ``thread`` in printed order, and claim all of its lines in ``dump``.

    ``inlines`` turns a span of the dump into inline nodes.
    What is missing, and where the text can be read in two ways, is reported.
    """
    _claim_furniture(dump, thread)
    read = partial(read_body, dump, read=inlines, report=report)
    comments: list[Comment] = []
    missing = 0
    for section in thread.sections:
        found = _find(section, thread.declared if len(thread.sections) == 1 else None)
        comments.extend(_comments(dump, found, read, report, offset=len(comments)))
        _report_doubts(dump, found, report)
        missing += _report_gaps(dump, found, report)
    comments.extend(_comment_of(dump, post, place, read) for place, post in enumerate(thread.posts))
    _report_near(dump, thread, report)
    _report_count(dump, thread, report, found=len(comments), missing=missing)
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
    outline = Outline(read_pieces(section.lines, step=STEP))
    closed = section.gap_below > 1 or outline.pieces[-1].trace
    decision = decide(outline, Page(STEP, closed, declared))
    starts = find_starts(outline, decision.comments, step=STEP, traced=decision.traced)
    places = find_places(outline, starts, step=STEP)
    kind: Kind = "pingback" if section.pings else "comment"
    return _Found(outline, places, decision.doubtful, decision.traced, kind)


def _comments(
    dump: Dump, found: _Found, read: ReadBlocks, report: Report, *, offset: int
) -> Iterator[Comment]:
    """Yield the comments of a section; ``offset`` others stand before them."""
    starts = [place.start.piece for place in found.places]
    ends = [*starts, len(found.outline.pieces)]
    for piece in found.outline.pieces[: ends[0]]:
        dump.drop_lines(piece.lines, "links below a comment")
    marked = [place.start.piece for place in found.places if not place.start.lost]
    signed = page_is_signed(found.outline, marked)
    for number, (place, end) in enumerate(
        zip(found.places, ends[1:], strict=True), start=offset + 1
    ):
        pieces = found.outline.pieces[place.start.piece : end]
        lost = place.start.lost
        fields = read_fields(dump, pieces, report, signed=signed, traced=found.traced, lost=lost)
        yield Comment(
            id=f"c{number}",
            children=read(fields.body),
            parent=None if place.parent is None else f"c{offset + place.parent + 1}",
            depth=place.depth,
            orphan=place.orphan,
            kind=found.kind if fields.kind == "comment" else fields.kind,
            author=fields.author,
            date=fields.date,
            likes=fields.likes,
            prov=_prov(dump, pieces, fields),
        )


def _comment_of(dump: Dump, post: Post, place: int, read: ReadBlocks) -> Comment:
    """Return the comment ``post``, and claim all of its lines."""
    for line in post.head:
        dump.structure(line.start, line.end)
    dump.drop_lines(post.links, "links below a comment")
    name, date, likes = (_claimed(dump, span) for span in (post.byline.name, post.date, post.likes))
    body = list(post.body)
    kind = cut_ping(dump, body)
    return Comment(
        id=f"c{place + 1}",
        children=read(body),
        parent=None if post.parent is None else f"c{post.parent + 1}",
        depth=post.depth,
        orphan=post.orphan,
        kind=kind,
        author=name,
        date=date and (when_of(date) or date),
        likes=int(likes) if likes else None,
        prov=Prov(dump.name, (body or post.head)[0].number, (body or post.head)[-1].number),
    )


def _claimed(dump: Dump, span: tuple[int, int] | None) -> str | None:
    if span is None:
        return None
    dump.field(*span)
    return dump.text[slice(*span)].strip()


def _prov(dump: Dump, pieces: Sequence[Piece], fields: Fields) -> Prov:
    first: Line = pieces[0].lines[0]
    last = fields.body[-1] if fields.body else first
    return Prov(dump.name, first.number, last.number)


# --------------------------------------------------------------------- messages


def _report_doubts(dump: Dump, found: _Found, report: Report) -> None:
    comments = {place.start.piece for place in found.places}
    for number in found.doubtful:
        items = found.outline.lists[number]
        read_as = "replies" if items[-1] in comments else "a list in the comment above"
        report.info(
            "reply-or-list",
            f"{_count(len(items), 'item')} could be replies or a list: read as {read_as}",
            prov=_first_line(dump, found, items[0]),
        )


def _report_gaps(dump: Dump, found: _Found, report: Report) -> int:
    """Report where comments are missing for certain, and return how many at least."""
    missing = 0
    parents: set[int] = set()
    for place in found.places:
        index = place.start.piece
        before = 0 if place.start.lost else _left_out(found.outline, index)
        if place.start.lost:
            text = "the number of this comment is missing: read as one because of where it stands"
            report.info("comment-number-missing", text, prov=_first_line(dump, found, index))
        if before:
            text = f"the numbers leave out {_count(before, 'comment')} above this one"
            report.info("comment-numbers-skip", text, prov=_first_line(dump, found, index))
        if place.orphan:
            text = "the comment that this one answers is missing"
            report.info("comment-without-parent", text, prov=_first_line(dump, found, index))
        # Orphans of one list have lost one parent.
        lost_parent = place.orphan and found.outline.list_of[index] not in parents
        parents.add(found.outline.list_of[index])
        missing += before + lost_parent
    return missing


def _left_out(outline: Outline, index: int) -> int:
    """Return how many numbers are missing between the item ``index`` and the one above it."""
    items = outline.lists[outline.list_of[index]]
    position = bisect_left(items, index)
    number = outline.pieces[index].number
    last = outline.pieces[items[position - 1]].number if position else 0
    return 0 if number is None or last is None else max(0, number - last - 1)


def _report_near(dump: Dump, thread: Thread, report: Report) -> None:
    """Report where the page says that a comment is an answer, and not to which one."""
    for post in thread.posts:
        line = post.head[0]
        if post.orphan:
            text = "the comment that this one answers is missing"
            report.info("comment-without-parent", text, prov=Prov(dump.name, line.number))
        if post.near:
            text = "the page does not tell which of the comments above this one answers"
            report.info("comment-place-unknown", text, prov=Prov(dump.name, line.number))


def _report_count(dump: Dump, thread: Thread, report: Report, *, found: int, missing: int) -> None:
    if thread.declared is None or thread.declared == found:
        return
    text = f"the source declares {_count(thread.declared, 'comment')} and holds {found}"
    if missing:
        text += f"; {missing} at least are missing where numbers or replies show it"
    line = thread.counts[0][0]
    report.warn("comment-count-differs", text, prov=Prov(dump.name, line.number))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _first_line(dump: Dump, found: _Found, index: int) -> Prov:
    return Prov(dump.name, found.outline.pieces[index].lines[0].number)
