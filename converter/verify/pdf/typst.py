"""The structure that Typst gives to a PDF, put into the form that WeasyPrint has.

Typst has no elements for documents, sections and comments: divisions stand for them, told apart
by what is in them. Notes stand where they are called, not at the foot of the page.

| Typst                                   | WeasyPrint                       |
|-----------------------------------------|----------------------------------|
| Div with paragraphs alone               | Sect: the title page             |
| Div with a TOC                          | Sect: the contents               |
| Div with lists, its heading apart       | Sect in Art: notes at the end    |
| Div with divisions, its heading apart   | Sect in Art: comments            |
| Div with a Caption, a Div with text     | Art: a comment                   |
| Div with a Div with comments            | Div: replies, a level deeper     |
| Lbl with a link                         | NonStruct: the call of a note    |
| Link without linguistic content         | NonStruct: that of one at the end|
| Link with the number of a comment       | NonStruct: the call of a comment |
| Lbl without one                         | P: the mark of an item           |
| Note in the text, its mark a Lbl        | Note at the foot, its mark a Span|
| a hyphen that divides a word            | U+2010                           |
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple, TypeAlias
from unicodedata import category

from converter.verify.letters import runs_leftward
from converter.verify.pdf.content import text_of
from converter.verify.pdf.pages import Chunk, Page, Tag

# As far above a block do links to it lead, in points. Those to a call lead above its line.
ABOVE: Final = 10.0

_HYPHEN: Final = "\u2010"
# What PDFium adds to the last sign of a text, and what ends lines.
_SPACES: Final = " \u200b"
# Beside letters that run to the left, PDFium takes one bracket for the other.
_LABEL: Final = re.compile(r"\s*[\[\]](.*)[\[\]]\s*", re.DOTALL)
# Less than from line to line, more than letters differ in how low they reach, in points.
_LEADING: Final = 9.0
# How far neighbours may reach into each other, in points.
_OVERLAP: Final = 0.5
_HEADINGS: Final = frozenset({"H1", "H2", "H3", "H4", "H5", "H6"})
_BLOCKS: Final = frozenset({"P", "L", "Table", "BlockQuote", "Div", "TOC", *_HEADINGS})

# How many marks a letter has between it and the farthest of them.
_MARKS: Final = 3
# How far a mark may be over or under the letters that it belongs to, in their heights.
_AWAY: Final = 1.2

Item: TypeAlias = Tag | Chunk


class Generated(NamedTuple):
    """What the words look like that the edition adds to a note and at the call of a comment."""

    further: re.Pattern[str]
    comment_ref: re.Pattern[str]


def rearranged(page: Page, generated: Generated) -> Page:
    """Return ``page`` with its structure, if it has one, in the form that WeasyPrint has."""
    if not page.tags:
        return page
    notes: list[Tag] = []
    tags = [_retagged(tag, notes, generated) for tag in page.tags]
    front = [section for tag in tags if (section := _front(tag))]
    text = tuple(_section(tag, generated) for tag in tags if not _front(tag))
    found = [*front, *([Tag("Art", text)] if text else [])]
    notes_at_foot = Tag("NonStruct", tuple(notes))
    return page._replace(tags=(*found, notes_at_foot), untagged=_beside(page.untagged))


def _beside(heads: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
    """Return ``heads``, neighbours on the page beside each other if any runs leftward."""
    if not any(map(_is_leftward, heads)):
        return heads
    return tuple(sorted(heads, key=lambda chunk: (-round(chunk.base), chunk.box.left)))


# --------------------------------------------------------------- elements in text


def _retagged(item: Tag, notes: list[Tag], generated: Generated) -> Tag:
    """Return ``item`` without the notes in it, which are added to ``notes``, outer ones first."""
    kids: list[Item] = []
    for kid in _in_reading_order(tuple(_divided(item.kids))):
        if isinstance(kid, Chunk):
            kids.append(kid)
        elif kid.kind == "Note":
            place = len(notes)
            notes.insert(place, kid)
            notes[place] = _note(_retagged(kid, notes, generated), generated)
        else:
            kids.append(_retagged(kid, notes, generated))
    return _element(item._replace(kids=tuple(kids)), generated)


def _element(tag: Tag, generated: Generated) -> Tag:
    match tag:
        case Tag(kind="Lbl", kids=(Tag(kind="Link"),)):
            return tag._replace(kind="NonStruct")
        case Tag(kind="Link", language="zxx"):
            return Tag("NonStruct", (tag,))
        case Tag(kind="Lbl"):
            # Generated bullets are drawn: what is text here, the source has.
            return tag._replace(kind="P")
        case Tag(kind="Formula"):
            return tag._replace(kind="Figure")
        case Tag(kind="Span", kids=(Chunk() as first, *_)) if found := _LABEL.fullmatch(
            text_of(tag)
        ):
            label = first._replace(text=f"[{found[1]}]")
            return tag._replace(kids=(Tag("Span", (label,)),))
        case Tag(kind="Link") if generated.comment_ref.fullmatch(text_of(tag)):
            return Tag("NonStruct", (tag,))
        case _:
            return tag


def _in_reading_order(kids: tuple[Item, ...]) -> Iterator[Item]:
    """Yield ``kids``, what runs from right to left in that order.

    Typst shows stretches of one direction in reading order, and what is in one of them, apart by
    font or height, from left to right. Letters of both directions side by side are in one run
    only where lines begin at the left. What is no letter stands there outside of what runs
    leftward, but beside a number in it, which is a run of its own.
    """
    runs = [*_runs(kids)]
    is_rightward = any(map(_is_mixed, runs))
    for before, run, behind in zip([[], *runs], runs, [*runs[1:], []], strict=False):
        parts = [
            [*part] for _, part in groupby(run, _with_space if is_rightward else _runs_rightward)
        ]
        for place, part in enumerate(parts):
            begins = place == 0 and _is_left_of(run, before)
            ends = place == len(parts) - 1 and _is_left_of(behind, run)
            yield from _turned(part, with_edges=begins or ends or not is_rightward)


def _runs(kids: tuple[Item, ...]) -> Iterator[list[Item]]:
    """Yield neighbouring chunks on a line each of which is next to the right of that before it."""
    for line in _levels(kids):
        run: list[Item] = []
        for kid in line:
            if run and not _follows(run, kid, line):
                yield run
                run = []
            run.append(kid)
        yield run


def _levels(kids: tuple[Item, ...]) -> Iterator[list[Item]]:
    """Yield neighbours that are chunks on one line, all else by itself."""
    line: list[Item] = []
    for kid in kids:
        if line and not _are_level(line[0], kid):
            yield line
            line = []
        line.append(kid)
    if line:
        yield line


def _follows(run: list[Item], kid: Item, line: list[Item]) -> bool:
    """Return whether ``kid`` is to the right of ``run`` with nothing of the ``line`` between."""
    if _right(kid) <= min(map(_left, run)) + _OVERLAP:
        return False
    start, end = max(map(_right, run)) - _OVERLAP, _left(kid) + _OVERLAP
    own = {id(each) for each in (*run, kid)}
    return not any(
        start < _left(each) <= _right(each) < end for each in line if id(each) not in own
    )


def _is_left_of(run: list[Item], other: list[Item]) -> bool:
    if not run or not other or not _are_level(run[0], other[0]):
        return False
    return _left(run[0]) < _left(other[0])


def _are_level(one: Item, other: Item) -> bool:
    if not isinstance(one, Chunk) or not isinstance(other, Chunk):
        return False
    return abs(one.base - other.base) < _LEADING


def _is_mixed(run: list[Item]) -> bool:
    return any(map(_is_leftward, run)) and any(map(_runs_rightward, run))


def _turned(part: list[Item], *, with_edges: bool) -> list[Item]:
    """Return ``part`` from its first to its last letter that runs leftward turned around.

    What is before and behind them is turned too ``with_edges``.
    """
    places = [place for place, each in enumerate(part) if _is_leftward(each)]
    if not places:
        return part
    start, end = (0, len(part)) if with_edges else (places[0], places[-1] + 1)
    return [*part[:start], *reversed(part[start:end]), *part[end:]]


def _is_leftward(item: Item) -> bool:
    return isinstance(item, Chunk) and (item.reversed or runs_leftward(item.text))


def _runs_rightward(item: Item) -> bool:
    """Return whether ``item`` surely runs rightward: a single sign may run either way."""
    if not isinstance(item, Chunk) or _is_leftward(item):
        return not isinstance(item, Chunk)
    shown = item.text.strip(_SPACES)
    return len(shown) > 1 or shown.isalnum()


def _with_space(item: Item) -> bool:
    """Return whether ``item`` runs rightward where lines do: a sign with a space behind it too."""
    return _runs_rightward(item) or (
        isinstance(item, Chunk) and not _is_leftward(item) and len(item.text) > 1
    )


def _left(item: Item) -> float:
    return item.box.left if isinstance(item, Chunk) else -math.inf


def _right(item: Item) -> float:
    return item.box.right if isinstance(item, Chunk) else math.inf


def _divided(kids: tuple[Item, ...]) -> Iterator[Item]:
    """Yield ``kids``, the hyphens that divide words at the ends of lines made plain as such.

    Typst shows marks of a height of their own apart, before or behind their letter, and lets each
    say the whole of it again: they are left out. So are the hyphens that lines begin with in Polish
    and Portuguese where the line before ends in one of the text.
    """
    last: tuple[Item, ...] = ()
    for place, kid in enumerate(kids):
        if _is_set_over(kid, last + kids[place + 1 : place + 1 + _MARKS]) or _repeats(kid, last):
            continue
        last = (kid,)
        if isinstance(kid, Chunk) and (kid.divides or _is_drawn(kid, kids[place + 1 :][:1])):
            yield kid._replace(text=kid.text.removesuffix("-") + _HYPHEN)
        else:
            yield kid


def _is_drawn(kid: Chunk, behind: tuple[Item, ...]) -> bool:
    """Return whether the hyphen at the end of ``kid`` is what is shown without a text behind it."""
    match behind:
        case (Chunk(text="", box=box),):
            return kid.text.endswith("-") and box.right - box.left > _OVERLAP
        case _:
            return False


def _repeats(kid: Item, last: tuple[Item, ...]) -> bool:
    """Return whether ``kid`` is the hyphen that the line of the ``last`` item ended in, again."""
    match kid, last:
        case Chunk(text="-", box=own), (Chunk(text=before, box=box),):
            return before.endswith("-") and (own.top < box.bottom or own.bottom > box.top)
        case _:
            return False


def _is_set_over(kid: Item, around: tuple[Item, ...]) -> bool:
    """Return whether ``kid`` is a mark that stands over or under a letter of a neighbour."""
    if not isinstance(kid, Chunk) or not any(category(each)[0] == "M" for each in kid.text):
        return False
    return any(isinstance(other, Chunk) and _is_set_upon(kid, other) for other in around)


def _is_set_upon(mark: Chunk, other: Chunk) -> bool:
    """Return whether ``mark``, with letters of ``other`` in whatever order, belongs to it."""
    own, base = mark.box, other.box
    away = _AWAY * (base.top - base.bottom)
    return (
        Counter(mark.text.strip()) <= Counter(other.text)
        and own.top - own.bottom < base.top - base.bottom
        and base.left - 1 <= (own.left + own.right) / 2 <= base.right + 1
        and own.top > base.bottom - away
        and own.bottom < base.top + away
    )


# ------------------------------------------------------------------------- notes


def _note(tag: Tag, generated: Generated) -> Tag:
    """Return a note whose first block begins with its mark, and whose last names further calls."""
    first, *rest = _in_blocks(tag.kids)
    match first.kids:
        case (Tag(kind="NonStruct", kids=(Tag(kind="Link"),) as link), *others):
            first = first._replace(kids=(Tag("Span", link), *others))
        case _:
            pass
    *others, last = (first, *rest)
    return tag._replace(kids=(*others, _with_ways(last, generated)))


def _in_blocks(kids: tuple[Item, ...]) -> tuple[Tag, ...]:
    """Return ``kids`` as blocks: what stands outside of one becomes a paragraph."""
    found: list[Tag] = []
    loose: list[Item] = []
    for kid in kids:
        if isinstance(kid, Tag) and kid.kind in _BLOCKS:
            found += [Tag("P", tuple(loose))] if loose else []
            loose = []
            found.append(kid)
        else:
            loose.append(kid)
    return (*found, Tag("P", tuple(loose))) if loose or not found else tuple(found)


def _with_ways(block: Tag, generated: Generated) -> Tag:
    """Return the last block of a note with the ways to its further calls in an element."""
    for place in range(len(block.kids)):
        if generated.further.fullmatch("".join(map(text_of, block.kids[place:]))):
            ways = Tag("Span", block.kids[place:])
            return block._replace(kids=(*block.kids[:place], ways))
    return block


# ---------------------------------------------------------------------- divisions


def _front(tag: Tag) -> Tag | None:
    """Return ``tag`` as title page or contents, None if it is neither."""
    if tag.kind != "Div" or not tag.kids:
        return None
    if any(_is(kid, "TOC") for kid in tag.kids):
        return Tag("Sect", tuple(_entries(tag)))
    return tag._replace(kind="Sect") if all(_is(kid, "P") for kid in tag.kids) else None


def _entries(tag: Tag) -> Iterator[Tag]:
    """Yield heading and entries of the contents, the number of the page apart."""
    for kid in tag.kids:
        match kid:
            case Tag(kind="TOC"):
                yield from _entries(kid)
            case Tag(kind="TOCI", kids=(Tag(kind="P", kids=(Tag(kind="Link") as link,)),)):
                number = _number(link)
                title = tuple(kid for kid in link.kids if kid is not number)
                yield Tag("P", (link._replace(kids=title), Tag("Span", (number,))))
            case Tag():
                yield kid
            case _:
                pass


def _number(entry: Tag) -> Item:
    """Return the number of the page in ``entry``: what it shows last."""
    return next((kid for kid in reversed(entry.kids) if text_of(kid).strip()), entry.kids[-1])


def _section(tag: Tag, generated: Generated) -> Tag:
    """Return ``tag`` as comments or notes at the end if it is such a division."""
    if tag.kind != "Div":
        return tag
    if any(_is(kid, "L") for kid in tag.kids):
        return Tag("Sect", tuple(_end_notes(tag, generated)))
    return Tag("Sect", tuple(_in_thread(kid) for kid in tag.kids if isinstance(kid, Tag)))


def _end_notes(section: Tag, generated: Generated) -> Iterator[Item]:
    for kid in section.kids:
        if not isinstance(kid, Tag) or kid.kind != "L":
            yield kid
            continue
        for item in (item for item in kid.kids if isinstance(item, Tag)):
            yield Tag("Div", tuple(_end_note(item, generated)))


def _end_note(item: Tag, generated: Generated) -> Iterator[Item]:
    """Yield the blocks of a note, the first of them with its mark alone."""
    for part in (part for part in item.kids if isinstance(part, Tag)):
        if part.kind in ("P", "NonStruct"):
            mark = (
                part.kids if part.kids and _is(part.kids[0], "Link") else (Tag("Span", part.kids),)
            )
            yield Tag("P", (Tag("Span", mark),))
        else:
            *blocks, last = _in_blocks(part.kids)
            yield from (*blocks, _with_ways(last, generated))


def _in_thread(tag: Tag) -> Tag:
    """Return a comment as Art, replies as Div."""
    if tag.kind != "Div":
        return tag
    if head := _head(tag):
        return Tag("Art", (Tag("P", head), *tag.kids[1:]))
    if _goes_on(tag):
        return Tag("Art", tag.kids)
    return Tag("Div", tuple(map(_in_thread, _replies(tag))))


def _replies(level: Tag) -> tuple[Tag, ...]:
    """Return what is on a ``level``, which holds a comment, or a group of several things."""
    inner = _divisions(level)
    if len(inner) == 1 and not _head(inner[0]) and not _goes_on(inner[0]):
        return _divisions(inner[0])
    return inner


def _divisions(tag: Tag) -> tuple[Tag, ...]:
    return tuple(kid for kid in tag.kids if isinstance(kid, Tag) and kid.kind == "Div")


def _head(tag: Tag) -> tuple[Item, ...]:
    """Return the line above a comment, which is its caption. That of a level is empty."""
    match tag.kids:
        case (Tag(kind="Caption", kids=head), *_):
            return head
        case _:
            return ()


def _goes_on(tag: Tag) -> bool:
    """Return whether ``tag`` is what a page has of a comment that began on the last one."""
    return bool(tag.kids) and all(map(_is_text, tag.kids))


def _is_text(item: Item) -> bool:
    """Return whether ``item`` is the text of a comment, or what a page has of it."""
    if not isinstance(item, Tag) or item.kind != "Div":
        return False
    inner = [kid.kind for kid in item.kids if isinstance(kid, Tag)]
    return "Caption" not in inner and any(kind != "Div" for kind in inner)


def _is(item: Item, kind: str) -> bool:
    return isinstance(item, Tag) and item.kind == kind
