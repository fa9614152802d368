"""The fields of a comment: who wrote it and when, how many like it; and the lines of its text."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from converter.model import Prov
from converter.readers.text.comments.outline import Piece
from converter.readers.text.comments.phrases import (
    Kind,
    Signature,
    date_of,
    is_trace,
    likes_of,
    may_sign,
    ping_of,
    signature_of,
)
from converter.readers.text.dump import Dump, Line
from converter.report import Report


class Fields(NamedTuple):
    """What is known of a comment. ``body`` are the lines of its text, blank ones between them."""

    body: tuple[Line, ...]
    author: str | None = None
    date: str | None = None
    likes: int | None = None
    kind: Kind = "comment"


def read_fields(
    dump: Dump,
    pieces: Sequence[Piece],
    report: Report,
    *,
    signed: bool | None,
    traced: bool,
    lost: bool,
) -> Fields:
    """Return the fields of the comment that ``pieces`` are, and claim all but its body.

    ``signed`` says that comments of this page begin with a name, None that nobody can tell;
    ``traced`` that the page leaves a trace below each; ``lost`` that the comment's marker is
    lost, so that a marker at its beginning is text.
    """
    text, traces = _part(pieces)
    likes = _claim_traces(dump, traces)
    lines = list(_lines(text, lost=lost))
    first, own = pieces[0], 0
    if first.marked and not lost:
        dump.structure(first.lines[0].start, first.start)
        if first.start == first.lines[0].end:
            lines = lines[1:]
        elif not traced:
            # Only a link that its page prints below each comment can move up to an empty one.
            own = 1
    likes = _cut_traces(dump, lines, own=own) or likes
    if not lines:
        missing = "the text of this comment is missing"
        report.info("comment-without-text", missing, prov=Prov(dump.name, first.lines[0].number))
    author, date = None, None
    if lines and not lost:
        signature = _signature(dump, first, lines, report, signed=signed)
        if signature is not None:
            author, date = _cut_signature(dump, signature, lines)
    kind = cut_ping(dump, lines)
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


def _cut_traces(dump: Dump, lines: list[Line], *, own: int) -> int | None:
    """Cut the traces off the end of ``lines``, and return the likes that they count.

    The first ``own`` lines are the comment's, whatever they say.
    """
    likes = None
    while len(lines) > own and (lines[-1].blank or is_trace(lines[-1].text)):
        likes = _claim_traces(dump, lines[-1:]) or likes
        lines.pop()
    return likes


def _lines(pieces: Sequence[Piece], *, lost: bool) -> Iterator[Line]:
    """Yield the lines, the first without its marker, with the blank ones between pieces."""
    for index, piece in enumerate(pieces):
        first = piece.lines[0]
        if index and piece.gap:
            yield replace(first, number=first.number - 1, end=first.start, text="")
        if index == 0 and piece.marked and not lost:
            # Not set in: what looks like a marker behind a marker is text.
            first = replace(first, start=piece.start, text=piece.text, indent=0)
        yield first
        yield from piece.lines[1:]


def _cut_signature(
    dump: Dump, signature: Signature, lines: list[Line]
) -> tuple[str | None, str | None]:
    """Cut author and date off the beginning of ``lines``."""
    line = lines.pop(0)
    dump.structure(line.start, line.end)
    author = _field(dump, line, signature.name)
    printed = _field(dump, line, signature.date)
    date = printed and (date_of(printed) or printed)
    while lines and lines[0].blank:
        lines.pop(0)
    if lines and date is None:
        date = date_of(lines[0].text)
        if date is not None:
            dated = lines.pop(0)
            dump.field(dated.start, dated.end)
    while lines and lines[0].blank:
        lines.pop(0)
    return author, date


def _signature(
    dump: Dump, first: Piece, lines: Sequence[Line], report: Report, *, signed: bool | None
) -> Signature | None:
    """Return the signature that the comment begins with: a dated one, or the page's habit.

    Without either, "said:" may as well lead in what somebody else said.
    """
    line = lines[0]
    found = signature_of(line.text)
    if found is None or found.date or _is_dated(first):
        return found
    if signed:
        return found if found.sure or (len(first.lines) == 1 and len(lines) > 1) else None
    if not found.sure:
        return None
    taken = signed is None and found.name is not None and may_sign(line.text[slice(*found.name)])
    read_as = "the author" if taken else "text"
    text = f"this line could name the author or be text: read as {read_as}"
    report.info("author-or-text", text, prov=Prov(dump.name, line.number))
    return found if taken else None


def _is_dated(first: Piece) -> bool:
    return len(first.lines) > 1 and date_of(first.lines[1].text) is not None


def _field(dump: Dump, line: Line, span: tuple[int, int] | None) -> str | None:
    if span is None:
        return None
    start, end = span
    dump.field(line.start + start, line.start + end)
    return line.text[start:end].strip()


def cut_ping(dump: Dump, lines: list[Line]) -> Kind:
    """Cut the word that announces a pingback off the beginning of ``lines``."""
    found = ping_of(lines[0].text) if lines else None
    if found is None:
        return "comment"
    kind, end = found
    line = lines[0]
    dump.structure(line.start, line.start + end)
    lines[0] = replace(line, start=line.start + end, text=line.text[end:])
    return kind
