"""The fields of a comment: who wrote it and when, how many like it; and the lines of its text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from converter.readers.text.comments.outline import Piece
from converter.readers.text.comments.phrases import (
    Kind,
    Signature,
    date_of,
    is_trace,
    likes_of,
    ping_of,
    signature_of,
)
from converter.readers.text.dump import Dump, Line


class Fields(NamedTuple):
    """What is known of a comment. ``body`` are the lines of its text, blank ones between them."""

    body: tuple[Line, ...]
    author: str | None = None
    date: str | None = None
    likes: int | None = None
    kind: Kind = "comment"


def read_fields(dump: Dump, pieces: Sequence[Piece], *, signed: bool, lost: bool) -> Fields:
    """Return the fields of the comment that ``pieces`` are, and claim all but its body.

    ``signed`` says that comments of this page begin with a name, ``lost`` that the comment's
    marker is lost, so that a marker at its beginning is text.
    """
    text, traces = _part(pieces)
    likes = _claim_traces(dump, traces)
    lines = list(_lines(text, lost=lost))
    first, own = pieces[0], 0
    if first.marked and not lost:
        dump.structure(first.lines[0].start, first.start)
        if first.start == first.lines[0].end:
            lines = lines[1:]
        else:
            # A theme prints its links below a marker's line: what is on it is somebody's text.
            own = 1
    while len(lines) > own and (lines[-1].blank or is_trace(lines[-1].text)):
        likes = _claim_traces(dump, lines[-1:]) or likes
        lines.pop()
    author, date = (None, None) if lost else _cut_signature(dump, first, lines, signed=signed)
    kind = _cut_ping(dump, lines)
    return Fields(tuple(lines), author, date, likes, kind)


def _part(pieces: Sequence[Piece]) -> tuple[Sequence[Piece], list[Line]]:
    """Return the pieces of text, and the lines of the traces below the last of them."""
    end = len(pieces)
    while end > 1 and pieces[end - 1].trace:
        end -= 1
    return pieces[:end], [line for piece in pieces[end:] for line in piece.lines]


def _claim_traces(dump: Dump, lines: Iterable[Line]) -> int | None:
    """Claim what a theme prints behind a comment, and return the likes that it counts."""
    likes = None
    for line in lines:
        counted = likes_of(line.text)
        if counted is not None:
            likes, (start, end) = counted
            dump.structure(line.start, line.end)
            dump.field(line.start + start, line.start + end)
        elif not line.blank:
            dump.drop(line.start, line.end, "links below a comment")
    return likes


def _lines(pieces: Sequence[Piece], *, lost: bool) -> Iterator[Line]:
    """Yield the lines, the first without its marker, with the blank ones between pieces."""
    for index, piece in enumerate(pieces):
        first = piece.lines[0]
        if index and piece.gap:
            yield first._replace(number=first.number - 1, end=first.start, text="")
        if index == 0 and piece.marked and not lost:
            # Not set in: what looks like a marker behind a marker is text.
            first = first._replace(start=piece.start, text=piece.text, indent=0)
        yield first
        yield from piece.lines[1:]


def _cut_signature(
    dump: Dump, first: Piece, lines: list[Line], *, signed: bool
) -> tuple[str | None, str | None]:
    """Cut author and date off the beginning of ``lines``."""
    if not lines:
        return None, None
    signature = _signature(first, lines, signed=signed)
    if signature is None:
        return None, None
    line = lines.pop(0)
    dump.structure(line.start, line.end)
    author = _field(dump, line, signature.name)
    printed = _field(dump, line, signature.date)
    date = printed and (date_of(printed) or printed)
    if lines and not lines[0].blank and date is None:
        date = date_of(lines[0].text)
        if date is not None:
            dated = lines.pop(0)
            dump.field(dated.start, dated.end)
    while lines and lines[0].blank:
        lines.pop(0)
    return author, date


def _signature(first: Piece, lines: Sequence[Line], *, signed: bool) -> Signature | None:
    """Return the signature that the comment begins with: one that says so, or the page's habit."""
    found = signature_of(lines[0].text)
    if found is None or found.sure:
        return found
    dated = len(first.lines) > 1 and date_of(first.lines[1].text) is not None
    alone = len(first.lines) == 1 and len(lines) > 1
    return found if dated or (signed and alone) else None


def _field(dump: Dump, line: Line, span: tuple[int, int] | None) -> str | None:
    if span is None:
        return None
    start, end = span
    dump.field(line.start + start, line.start + end)
    return line.text[start:end].strip()


def _cut_ping(dump: Dump, lines: list[Line]) -> Kind:
    """Cut the word that announces a pingback off the beginning of ``lines``."""
    found = ping_of(lines[0].text) if lines else None
    if found is None:
        return "comment"
    kind, end = found
    line = lines[0]
    dump.structure(line.start, line.start + end)
    lines[0] = line._replace(start=line.start + end, text=line.text[end:])
    return kind
