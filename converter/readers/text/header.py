"""What stands above the text of a document: front matter, number, title, and subject.

A document of a printed collection opens with lines about it (a file number, the kind of message),
then its number and title in one paragraph, then perhaps its subject as a list of one item::

    500.A15a3/827: Telegram                <- front

    25. Memorandum From ... to ...1        <- number, title

    SUBJECT                                <- heading, becomes structure

      • Next Steps in ...                  <- subject

The subject's heading may stand further down, below a date or those who took part. A post has its
title in the first line and nothing above it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from converter.readers.text.blocks import marker_of
from converter.readers.text.dump import Dump, Line
from converter.readers.text.pages import PAGE

_NUMBER: Final = re.compile(r"(\d{1,5})\.(?:\s+|$)")
_SUBJECT: Final = re.compile(r"SUBJECTS?:?")
# What no title looks like: which paper, what kind of message, which series it is printed in.
_FRONT: Final = re.compile(
    r"""
      File \s No .{0,80}
    | \*? Nos? \. \s? \w{1,8} [.\]\w]{0,4} (?: \[\d+\] )?             # No. 201.]
    | \[ (?! untitled ) [^\[\]]{1,60} \] \.?                          # [Extract.], [Telegram]
    | \( [^()]{1,60} \) \.?
    | Paris \s Peace \s Con .{0,80}
    | \[? \d{2,4} [A-Za-z]? \. [\dA-Z] \S* .{0,80}                    # 500.A15a3/827: Telegram
    | (?: \S+ \s ){1,6} (?: Papers | Files ) (?: \s? : .{0,40} )?
    | .{3,100} : \s (?: \w+ \s )? Telegram
    | (?: [^\W\d]+ \s ){1,4} Series ,? \s No\. \s \d+ .{0,10}         # Treaty Series No. 741
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What makes a line the title though one below it has a number: that is a paragraph's then.
_TITLE: Final = re.compile(
    r"\bto\s(?:the\b|[A-Z])|\b(?:Memorandum|Minutes|Report|Draft|Agreement|Treaty|Convention)\b"
    r"|\b1[789]\d\d\b"
)
# The titles of letters and memoranda, which are worth passing over a remark for.
_LETTER: Final = re.compile(
    r"(?:(?:The|Mr\.|Messrs\.|Sir|Lord|Count|Baron)\s.{3,160}\sto\s"
    r"(?:the|Mr\.|Messrs\.|Sir|Lord|Count|Baron|President)\b|(?:Memorandum|Minutes)\s(?:of|by|for)\b)"
    r"[^.!?]{3,160}\.?\d{0,3}"
)
_SEARCHED: Final = 8
_SUBJECT_WITHIN: Final = 24
_TITLE_LINES: Final = 3
_LONGEST: Final = 600
# What is set in by so much stands in the middle of the page.
_CENTRED: Final = 8
_SENTENCES_FROM: Final = 120
_SENTENCES: Final = 2
_SENTENCE: Final = re.compile(r"[a-z]{3}[)”\"]?[.!?](?:\[?\d{1,3}\]?)*(?=\s+[A-Z“\"]|$)")
_LONGEST_REMARK: Final = 80


class Span(NamedTuple):
    """A part of the dump, as offsets, the end excluded."""

    start: int
    end: int


class Header(NamedTuple):
    """The parts of a header; what a document lacks is None. ``rest`` are the lines below it.

    ``number`` covers the digits alone. ``subject_heading`` and ``subject`` are lines, the latter
    with a bullet and text behind it.
    """

    front: Sequence[Line]
    rest: Sequence[Line]
    number: Span | None = None
    title: Span | None = None
    subject_heading: Line | None = None
    subject: Line | None = None


def read_header(dump: Dump, lines: Sequence[Line]) -> Header:
    """Return the header that ``lines`` begin with. Claims nothing."""
    paragraphs = list(_first_paragraphs(lines))
    at = _title_paragraph(dump, lines, paragraphs)
    if at is None:
        return Header((), lines)
    first, last = paragraphs[at]
    last = first + _title_length(lines[first:last])
    start, number = lines[first].start, _NUMBER.match(lines[first].text)
    title = Span(start + number.end() if number else start, lines[last - 1].end)
    heading, subject, rest = _find_subject(lines, last)
    return Header(
        front=lines[:first],
        rest=rest,
        number=Span(start, start + number.end(1)) if number else None,
        title=title if title.start < title.end else None,
        subject_heading=heading,
        subject=subject,
    )


def _first_paragraphs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the first few paragraphs as pairs of indices into ``lines``."""
    begun: int | None = None
    found = 0
    for index, line in enumerate(lines):
        if not line.blank and begun is None:
            begun = index
        elif line.blank and begun is not None:
            yield begun, index
            begun, found = None, found + 1
        if found == _SEARCHED:
            return
    if begun is not None:
        yield begun, len(lines)


def _title_paragraph(
    dump: Dump, lines: Sequence[Line], paragraphs: Sequence[tuple[int, int]]
) -> int | None:
    """Return which paragraph is the title: the numbered one below front matter, else the first.

    None where the text begins at once, with a list or a long paragraph.
    """
    for at, (first, last) in enumerate(paragraphs):
        if _is_front(dump, lines[first:last]):
            continue
        numbered = _numbered_below(lines, paragraphs[at:])
        if numbered is not None:
            return at + numbered
        return at if _may_be_title(lines[first]) else None
    return 0 if paragraphs and lines[paragraphs[0][0]].indent == 0 else None


def _numbered_below(lines: Sequence[Line], paragraphs: Sequence[tuple[int, int]]) -> int | None:
    """Return which of ``paragraphs`` is a numbered title, if there are but remarks above it.

    The title of a letter needs no number.
    """
    for at, (first, last) in enumerate(paragraphs):
        line = lines[first]
        if at and line.indent == 0 and _LETTER.fullmatch(line.text):
            return at
        if _NUMBER.match(line.text) and line.indent == 0:
            is_list = at and _goes_on(lines, paragraphs[at:])
            return at if len(line.text) <= _LONGEST and not is_list else None
        if last - first > 1 or len(line.text) > _LONGEST_REMARK or _TITLE.search(line.text):
            return None
    return None


def _goes_on(lines: Sequence[Line], paragraphs: Sequence[tuple[int, int]]) -> bool:
    """Whether the number of the first of ``paragraphs`` is counted on from, in it or below it."""
    first, last = paragraphs[0]
    number = _NUMBER.match(lines[first].text)
    below = (*range(first + 1, last), *(start for start, _ in paragraphs[1:]))
    following = f"{int(number[1]) + 1}." if number else ""
    return bool(number) and any(lines[at].text.startswith(following) for at in below)


def _is_front(dump: Dump, lines: Sequence[Line]) -> bool:
    texts = (PAGE.sub("", dump.text[line.start : line.end]).strip() for line in lines)
    return all(not text or _FRONT.fullmatch(text) for text in texts)


def _may_be_title(line: Line) -> bool:
    is_set_in = 0 < line.indent < _CENTRED
    if is_set_in or marker_of(line) or len(line.text) > _LONGEST:
        return False
    # A text that begins at once has sentences; a title is none, though it may have abbreviations.
    return len(line.text) < _SENTENCES_FROM or len(_SENTENCE.findall(line.text)) < _SENTENCES


def _title_length(lines: Sequence[Line]) -> int:
    """Return how many lines of the paragraph ``lines`` are title: one, if it is a whole text."""
    short = len(lines) <= _TITLE_LINES and all(_may_be_title(line) for line in lines)
    return len(lines) if short else 1


def _find_subject(
    lines: Sequence[Line], below: int
) -> tuple[Line | None, Line | None, Sequence[Line]]:
    """Return the heading of the subject, the subject, and the other lines from ``below`` on.

    The subject is a list of a single item, right under the title, or under a heading of its own
    that may stand further down: below a date, or those who took part.
    """
    near = range(below, min(below + _SUBJECT_WITHIN, len(lines)))
    filled = [index for index in near if not lines[index].blank]
    heading = next((index for index in filled if _is_subject_heading(lines, index)), None)
    topics = [index for index in filled if heading is None or index > heading]
    if not topics or not _is_topic(lines[topics[0]]):
        return None, None, lines[below:]
    subject, after = lines[topics[0]], lines[topics[1]] if topics[1:] else None
    if after is not None and after.indent >= subject.indent:
        return None, None, lines[below:]
    if heading is None:
        return None, subject, lines[topics[0] + 1 :]
    return lines[heading], subject, [*lines[below:heading], *lines[topics[0] + 1 :]]


def _is_subject_heading(lines: Sequence[Line], index: int) -> bool:
    """Whether the line at ``index`` is a paragraph of its own that says ``SUBJECT``."""
    return lines[index - 1].blank and _SUBJECT.fullmatch(lines[index].text) is not None


def _is_topic(line: Line) -> bool:
    """Whether ``line`` is a bullet with text that announces no further items."""
    marker = marker_of(line)
    if marker is None or marker.number is not None or marker.body >= line.end:
        return False
    return not PAGE.search(line.text) and not line.text.endswith(":")
