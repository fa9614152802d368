"""Where the comments of a dump are: their sections, their headings, and what belongs to the page.

A thread is a block of indented lines. So are the lists and the notes of a document; what tells
them apart is summed up as evidence, and a block without a sign of its own (a heading above it,
a form below it, traces of links behind its items) is never a thread.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Final, NamedTuple

from msgspec.structs import replace

from converter.readers.text.blocks import MARKER
from converter.readers.text.comments.furniture import (
    BETWEEN,
    HEADING_LENGTH,
    Furniture,
    find_appeals,
    find_buttons,
    find_foot,
    find_form,
    may_head,
)
from converter.readers.text.comments.outline import STEP, find_recurring
from converter.readers.text.comments.phrases import (
    Heading,
    date_of,
    heading_of,
    heads_pings,
    is_closed,
    is_form,
    is_form_line,
    is_paging,
    is_trace,
    likes_of,
    signature_of,
)
from converter.readers.text.comments.posts import Post, Posts, find_posts
from converter.readers.text.dump import Line

# What speaks for a block being a thread, and against it. Signs count on their own; marks of
# shape only support them, because footnotes and lists of a document have them too.
SIGNS: Final = {
    "counted heading": 6.0,  # "29 thoughts on ..."
    "heading": 3.0,  # "Comments" may head a chapter too
    "form below": 3.0,
    "comments closed below": 3.0,
    "more comments below": 2.0,  # "Comments from the old site"
    "heading with the title": 4.0,  # "... “The Title of the Post”", in any language
    "links behind items": 4.0,  # "Liked by 4 people", "Reply"
    "signatures": 3.0,  # "Ann says:", twice or more
    "gaps behind items": 3.0,  # left by links that a filter took, behind nearly every item
    "answers to items": 2.5,  # lists in items of lists, each set apart and each from 1
}
MARKS: Final = {
    "wide gap above": 2.0,  # left by a heading that a filter took
    "at the start of the dump": 2.0,
    "short line above": 0.5,  # a heading in words that are in no table
    "items set apart": 1.5,
    "items close together": -3.0,  # an item of a comment thread ends its last paragraph
}
ENOUGH: Final = 5.0

_WIDE: Final = 2
_SHORT_LINE: Final = 60
_TITLE_LENGTH: Final = 4
# So many items show a habit, if nearly all of them have it.
_FEW: Final = 2
_NEARLY_ALL: Final = 0.7


class Section(NamedTuple):
    """Comments under one heading. ``lines`` begin and end with a line that is not blank.

    ``gap_below`` counts the blank lines below them, ``pings`` says that they are pings.
    """

    lines: tuple[Line, ...]
    gap_below: int = 0
    pings: bool = False


class Thread(NamedTuple):
    """The comments of a dump, not yet read.

    ``outside`` is what the document's reader gets: all lines, those of the thread emptied.
    ``declared`` is the number of comments that the headings claim, ``counts`` where they do.
    ``posts`` are comments that no column tells apart; a thread has these or sections.
    """

    outside: tuple[Line, ...]
    declared: int | None
    sections: tuple[Section, ...] = ()
    counts: tuple[tuple[Line, Heading], ...] = ()
    furniture: tuple[Furniture, ...] = ()
    posts: tuple[Post, ...] = ()


class _Page(NamedTuple):
    """The lines of a dump, and the first that is not blank: the title of the page."""

    lines: Sequence[Line]
    title: Line


class _Block(NamedTuple):
    """Indented lines ``lines[start:end]``, without blank lines around them."""

    start: int
    end: int


def find_thread(lines: Sequence[Line]) -> Thread | None:
    """Return the comments in ``lines``, None if there are neither comments nor a form for them.

    ``lines`` are all lines of a dump, in order: they are found again by their numbers.
    """
    appeals = find_appeals(lines)
    if not appeals:
        return _find_thread(lines)
    asking = {line.number for line in _lines_of(appeals)}
    lines = _outside(lines, (), asking)
    thread = _find_thread(lines) or Thread(lines, None)
    return thread._replace(furniture=(*appeals, *thread.furniture))


def _find_thread(lines: Sequence[Line]) -> Thread | None:
    title = next((line for line in lines if not line.blank), None)
    if title is None:
        return None
    page = _Page(lines, title)
    blocks = [part for block in _blocks(lines) for part in _split(lines, block)]
    chosen = _chosen(page, blocks)
    posts = None if chosen else find_posts(lines)
    if posts is not None:
        return _thread_of(page, posts)
    end = chosen[-1].end if chosen else 0
    foot = find_foot(lines, end)
    if not chosen and not any(is_form_line(entry.line.text) for entry in foot):
        return None
    furniture = (*_furniture_above(page, chosen[0].start), *foot) if chosen else foot
    return _thread(page, chosen, furniture)


def _furniture_above(page: _Page, start: int) -> tuple[Furniture, ...]:
    """Return the form and the buttons that stand between the text and the headings of comments."""
    above = _above(page, start)
    end = above[0].number - 1 if above else start
    form = find_form(page.lines, end)
    end = form[0].line.number - 1 if form else end
    return (*find_buttons(page.lines, end), *form)


def _thread(page: _Page, chosen: Sequence[_Block], found: tuple[Furniture, ...]) -> Thread:
    """Return the thread of the ``chosen`` blocks; ``found`` is the furniture known already."""
    above = [
        line
        for number, block in enumerate(chosen)
        for line in _above(page, block.start, first=number == 0)
    ]
    counts = []
    furniture = list(found)
    for line in above:
        heading = _heading(page, line)
        if heading is not None and heading.span is not None:
            counts.append((line, heading))
        else:
            reason = "navigation" if is_paging(line.text) else "heading of comments"
            furniture.append(Furniture(line, reason))
    declared = [heading.declared for _, heading in counts if heading.declared is not None]
    return Thread(
        outside=_outside(page.lines, chosen, {line.number for line in (*above, *_lines_of(found))}),
        declared=sum(declared) if declared else None,
        sections=tuple(_section(page.lines, block) for block in chosen),
        counts=tuple(counts),
        furniture=tuple(furniture),
    )


def _thread_of(page: _Page, found: Posts) -> Thread:
    """Return the thread of comments that stand at the left edge."""
    foot = (*find_foot(page.lines, found.end), *_furniture_above(page, found.start))
    unnumbered = [line for line, heading in found.headings if heading.span is None]
    furniture = [Furniture(line, "heading of comments") for line in unnumbered]
    furniture += [Furniture(line, "navigation") for line in found.above]
    taken = {line.number for line in page.lines[found.start : found.end]}
    counts = tuple(each for each in found.headings if each[1].span is not None)
    declared = [heading.declared for _, heading in counts if heading.declared is not None]
    return Thread(
        outside=_outside(page.lines, (), taken | {line.number for line in _lines_of(foot)}),
        declared=declared[0] if declared else None,
        counts=counts,
        furniture=(*furniture, *foot),
        posts=found.posts,
    )


def _section(lines: Sequence[Line], block: _Block) -> Section:
    pings = any(heads_pings(line.text) for line in _line_above(lines, block.start))
    body = tuple(_evened(lines[block.start : block.end]))
    return Section(body, _gap_below(lines, block.end), pings)


def _evened(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a thread, whose levels may be set in by twice as much as ``STEP``."""
    columns = [line.indent for line in lines if MARKER.match(line.text)]
    first = min(columns, default=0)
    inner = {column - first for column in columns if column > first}
    if len(inner) < _FEW or any(column % (2 * STEP) for column in inner):
        yield from lines
        return
    for line in lines:
        level, rest = divmod(max(0, line.indent - first), 2 * STEP)
        indent = min(line.indent, STEP * (level + 1 + bool(rest)))
        yield line if line.blank else replace(line, indent=indent)


def _lines_of(furniture: Iterable[Furniture]) -> Iterator[Line]:
    return (entry.line for entry in furniture)


def _outside(lines: Sequence[Line], chosen: Sequence[_Block], taken: set[int]) -> tuple[Line, ...]:
    """Return ``lines`` with blank ones in place of the blocks and of the lines ``taken``."""
    inside = taken | {line.number for block in chosen for line in lines[block.start : block.end]}
    return tuple(_emptied(line) if line.number in inside else line for line in lines)


def _emptied(line: Line) -> Line:
    """Return a blank line in place of ``line``, so that what is around it stays apart."""
    return replace(line, end=line.start, indent=0, text="")


# ----------------------------------------------------------------------- blocks


def _blocks(lines: Sequence[Line]) -> Iterator[_Block]:
    """Yield the runs of indented lines; the first line of a dump may have lost its indentation."""
    start = end = None
    for index, line in enumerate(lines):
        if line.blank:
            continue
        first = start is None and end is None and _cut_off(lines, index)
        # Preformatted text keeps its own indentation, whatever paragraph it stands in.
        inside = start is not None and end == index
        if line.indent >= STEP or first or inside:
            start, end = (index if start is None else start), index + 1
        elif start is not None and end is not None:
            yield _trimmed(lines, start, end)
            start, end = None, index
        else:
            end = index
    if start is not None and end is not None:
        yield _trimmed(lines, start, end)


def _trimmed(lines: Sequence[Line], start: int, end: int) -> _Block:
    """Return the block without the lines at its end that are not indented."""
    while end > start + 1 and lines[end - 1].indent < STEP:
        end -= 1
    return _Block(start, end)


def _cut_off(lines: Sequence[Line], index: int) -> bool:
    """Whether a dump begins inside its comments: a marker whose indentation was cut off."""
    if not MARKER.match(lines[index].text):
        return False
    following = next((line for line in lines[index + 1 :] if not line.blank), None)
    return following is not None and following.indent >= STEP


def _split(lines: Sequence[Line], block: _Block) -> Iterator[_Block]:
    """Yield ``block``, or the close list of the text and the comments below it one by one.

    Where a filter took the heading of the comments, only its blank lines part them from a list
    at the end of the text.
    """
    start, tight, gap = block.start, True, 0
    for index in range(block.start, block.end):
        line = lines[index]
        if line.blank:
            gap += 1
            continue
        if gap >= _WIDE and tight and index > start and _restarts(lines, start, index):
            yield _Block(start, index - gap)
            start = index
        elif gap and index > start:
            tight = False
        gap = 0
    yield _Block(start, block.end)


def _restarts(lines: Sequence[Line], start: int, index: int) -> bool:
    before, after = MARKER.match(lines[start].text), MARKER.match(lines[index].text)
    if before is None or after is None or lines[index].indent > lines[start].indent:
        return False
    return after["number"] in {"1", None} if before["number"] else after["number"] == "1"


# --------------------------------------------------------------------- evidence


def _chosen(page: _Page, blocks: Sequence[_Block]) -> list[_Block]:
    """Return the blocks that are comments: the first with evidence, and the sections after it."""
    chosen: list[_Block] = []
    last: _Block | None = None
    for block in blocks:
        if _is_thread(page, block) or (last and _continues(page.lines, last, block)):
            chosen.append(block)
            last = block
        else:
            # What parts this block from the thread parts all blocks below it too.
            last = None
    return chosen


def _is_thread(page: _Page, block: _Block) -> bool:
    signs = sum(SIGNS[name] for name in _signs(page, block))
    return signs > 0 and signs + sum(MARKS[name] for name in _marks(page, block)) >= ENOUGH


def _signs(page: _Page, block: _Block) -> Iterator[str]:
    lines = page.lines
    yield from _signs_above(page, block.start)
    yield from _signs_below(lines, block.end)
    body = [line for line in lines[block.start : block.end] if not line.blank]
    links = [line.text for line in body if is_trace(line.text)]
    if len(links) >= _FEW or find_recurring(body) or any(map(likes_of, links)):
        yield "links behind items"
    if sum(map(_is_signed, body, [*body[1:], None])) >= _FEW:
        yield "signatures"
    markers = [n for n in range(block.start, block.end) if MARKER.match(lines[n].text)]
    if _leave_gaps(lines, markers):
        yield "gaps behind items"
    if _answer(lines, markers):
        yield "answers to items"


def _signs_above(page: _Page, start: int) -> Iterator[str]:
    above = _above(page, start)
    headings = [heading_of(line.text) for line in above]
    if any(heading and heading.span for heading in headings):
        yield "counted heading"
    elif any(heading for heading in headings):
        yield "heading"
    elif any(_names_title(page.title, line) for line in above):
        yield "heading with the title"


def _signs_below(lines: Sequence[Line], end: int) -> Iterator[str]:
    below = _below(lines, end)
    if below is None:
        return
    if is_form(below.text):
        yield "form below"
    elif is_closed(below.text):
        yield "comments closed below"
    elif heading_of(below.text) == Heading():
        yield "more comments below"


def _heading(page: _Page, line: Line) -> Heading | None:
    """Return what the heading ``line`` declares, in words that are known or with the title."""
    known = heading_of(line.text)
    if known is not None or not _names_title(page.title, line):
        return known
    title = page.title.text
    start = line.text.casefold().find(title.casefold())
    for found in re.finditer(r"\d+", line.text):
        if found.end() <= start or found.start() >= start + len(title):
            return Heading(int(found[0]), found.span())
    return Heading()


def _names_title(title: Line, line: Line) -> bool:
    """Whether ``line`` holds the title of the page, its first line, and more."""
    return (
        title.number < line.number
        and len(title.text) >= _TITLE_LENGTH
        and len(title.text) < len(line.text) <= len(title.text) + HEADING_LENGTH
        and title.text.casefold() in line.text.casefold()
    )


def _leave_gaps(lines: Sequence[Line], markers: Sequence[int]) -> bool:
    """Whether nearly all items but the first are below two blank lines."""
    wide = sum(_gap(lines, n) >= _WIDE for n in markers[1:])
    return wide >= _FEW and wide >= _NEARLY_ALL * (len(markers) - 1)


def _answer(lines: Sequence[Line], markers: Sequence[int]) -> bool:
    """Whether items are below items of other lists, numbered from 1, and set apart by a line."""
    answers = [
        n
        for above, n in pairwise(markers)
        if lines[n].indent > lines[above].indent
        and lines[n - 1].blank
        and lines[n].text.startswith("1.")
    ]
    return len(answers) >= _FEW


def _is_signed(line: Line, following: Line | None) -> bool:
    """Whether an item begins with who says it, or with a name and below it a date."""
    marker = MARKER.match(line.text)
    signature = signature_of(line.text[marker.end() :]) if marker else None
    if signature is None or signature.sure:
        return signature is not None
    return following is not None and date_of(following.text) is not None


def _marks(page: _Page, block: _Block) -> Iterator[str]:
    lines = page.lines
    gap, above = _gap(lines, block.start), _line_above(lines, block.start)
    if gap == block.start:
        yield "at the start of the dump"
    elif gap >= _WIDE:
        yield "wide gap above"
    known = any(_heading(page, line) for line in above)
    if not known and any(len(line.text) <= _SHORT_LINE and may_head(line) for line in above):
        yield "short line above"
    markers = [n for n in range(block.start, block.end) if MARKER.match(lines[n].text)]
    inner = [n for n in markers if n > block.start]
    outermost = min((lines[n].indent for n in inner), default=0)
    # The items of a comment's own lists stand close together; they say nothing of the thread.
    markers = [n for n in inner if lines[n].indent == outermost] or inner
    apart = sum(lines[n - 1].blank for n in markers)
    if markers:
        yield "items set apart" if apart * 2 >= len(markers) else "items close together"


def _continues(lines: Sequence[Line], last: _Block, block: _Block) -> bool:
    """Whether ``block`` is one more section, with nothing between it and ``last`` but headings."""
    between = [line for line in lines[last.end : block.start] if not line.blank]
    if len(between) > BETWEEN or any(is_form(line.text) for line in between):
        return False
    return all(may_head(line) for line in between)


# ------------------------------------------------------------------ surroundings


def _above(page: _Page, start: int, *, first: bool = True) -> list[Line]:
    """Return the headings and page links directly above the block that begins at ``start``."""
    above: list[Line] = []
    for line in reversed(page.lines[max(0, start - 4 * BETWEEN) : start]):
        if line.blank:
            continue
        known = _heading(page, line) is not None or is_paging(line.text)
        if line.indent >= STEP or not (known or (not first and may_head(line))):
            break
        above.append(line)
    return above[::-1]


def _line_above(lines: Sequence[Line], start: int) -> list[Line]:
    """Return the line above the block that begins at ``start``, if it is not indented."""
    index = start - 1 - _gap(lines, start)
    return [lines[index]] if index >= 0 and lines[index].indent < STEP else []


def _below(lines: Sequence[Line], end: int) -> Line | None:
    """Return the first line below the block that is not one of a few links to more comments."""
    filled = (lines[n] for n in range(end, len(lines)) if not lines[n].blank)
    near = islice(filled, BETWEEN + 1)
    return next((line for line in near if not is_paging(line.text)), None)


def _gap(lines: Sequence[Line], start: int) -> int:
    gap = 0
    while start > gap and lines[start - gap - 1].blank:
        gap += 1
    return gap


def _gap_below(lines: Sequence[Line], end: int) -> int:
    return next((n - end for n in range(end, len(lines)) if not lines[n].blank), 0)
