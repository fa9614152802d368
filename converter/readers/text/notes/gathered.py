"""Notes that do not stand in one list at the end, gathered as one that prints its marks.

At the feet of pages, below a line that is drawn or without one, the text going on behind them::

    ... as the keeper wrote1 in the log.

    1 The log is lost.

    [Page 14]

In brackets behind the paragraphs that call them, as transcribers print them::

    [Footnote 1: The log is lost.]

And at the end in a list a chapter, below the headings of the chapters. Lists of the text's own
look like these; hence where no line is drawn and no word says what they are, each must be called
in full, in its order, in the text that it stands below.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, pairwise
from typing import Final, NamedTuple

from converter.readers.text.blocks import marker_of
from converter.readers.text.dump import Line
from converter.readers.text.notes.listing import (
    LINE,
    RULE,
    NoteItem,
    find_list,
    last_filled,
    printed_mark,
    read_item,
    run_of_marks,
    with_marks,
    without_rule,
)
from converter.readers.text.notes.sites import RAISED
from converter.readers.text.pages import PAGE

_BLOCK: Final = re.compile(
    r"\[(?i:(?:foot|end)?note)\s+(?P<mark>\d{1,5}[a-z]?|[a-z]|\*{1,3}|††?|‡‡?|§)\s?[:.]\s+(?=\S)"
)
# So many paragraphs a note in brackets may have.
_LONGEST_BLOCK: Final = 60
_SHORT: Final = 80
# A number is glued to a word or to a stop behind one, or in brackets; a sign to anything.
_CALL: Final = re.compile(
    r"(?:(?:[^\W\d_]|[^\W\d_][.,;:!?)\]”’\"']{1,3}|\d[.,;:!?)\]”’\"']{1,3}|\S[\[(]|\s\[)\^?"
    r"(?P<number>\d{1,5}[a-z]?)|\S[\[(]?(?P<sign>\*{1,3}|††?|‡‡?|§§?|\|\||¶)"
    r"|\S[\[(](?P<letter>[a-z]))(?![\w%$£/]|[.,]\d)"
)
# What the first line of a list begins with: patterns take long to find nothing.
_OPENING: Final = frozenset("0123456789*†‡§|¶([^aeEfFnN¹ᵃ")


class _Foot(NamedTuple):
    """The notes at the foot of a page: the lines ``start`` to ``end``, and the marks in them.

    ``rule`` is the line drawn above them.
    """

    start: int
    heads: dict[int, str]
    end: int
    rule: Line | None = None


def gather_list(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[NoteItem]]:
    """Return the lines that are no notes, and the notes as the items of one list.

    Whether they are notes at all, their calls must tell.
    """
    ruled = list(_ruled_feet(lines))
    if len(ruled) > 1 and all(map(partial(_is_called, lines), [None, *ruled], ruled)):
        return _gathered(lines, ruled)
    if any(line.text[:1] == "[" and _BLOCK.match(line.text) for line in lines):
        return _without_blocks(lines)
    above, items = find_list(lines)
    feet = _bare_feet(lines)
    if feet and (not items or _is_foot(feet[-1], items)):
        return _gathered(lines, feet)
    return _by_chapter(above, items) if items else (above, items)


def _is_foot(foot: _Foot, items: Sequence[NoteItem]) -> bool:
    """Whether ``foot`` is the list of ``items`` or the last part of it."""
    return foot.end > 0 and len(foot.heads) <= len(items)


# ------------------------------------------------------------------- feet of pages


def _ruled_feet(lines: Sequence[Line]) -> Iterator[_Foot]:
    """Yield the lists below lines that are drawn within the text, each up to where that goes on."""
    for ruled in range(len(lines)):
        if LINE.fullmatch(lines[ruled].text):
            end = _foot_end(lines, ruled)
            first = next((at for at in range(ruled + 1, end) if not lines[at].blank), end)
            heads = run_of_marks(lines, range(first, end)) if first < end else {}
            if first in heads:
                yield _Foot(ruled, heads, end, lines[ruled])


def _foot_end(lines: Sequence[Line], above: int) -> int:
    """Return where a list below the line ``above`` ends: at a page, a line, text without mark."""
    end = above + 1
    for index in range(above + 1, len(lines)):
        line = lines[index]
        opens = lines[index - 1].blank and not printed_mark(line)
        if not line.blank and (opens or RULE.fullmatch(line.text) or PAGE.fullmatch(line.text)):
            break
        end = end if line.blank else index + 1
    return end


def _is_called(lines: Sequence[Line], before: _Foot | None, foot: _Foot) -> bool:
    """Whether most of the marks of ``foot`` are printed on its page, behind the foot ``before``."""
    first = before.end if before else 0
    page = "\n".join(line.text for line in lines[first : foot.start]).translate(RAISED)
    calls = (rf"\S[\[(^]?{re.escape(mark)}(?!\w)" for mark in foot.heads.values())
    return 2 * sum(bool(re.search(call, page)) for call in calls) > len(foot.heads)


def _bare_feet(lines: Sequence[Line]) -> Sequence[_Foot]:
    """Return the lists within the text that it calls in full, none unless there are several.

    The last of all the lists must be one of them: the notes may stand there, and the others be
    lists of the text's own.
    """
    starts = [
        at
        for at, (above, line) in enumerate(pairwise(lines), start=1)
        if not above.text and line.text[:1] in _OPENING and printed_mark(line)
    ]
    if len(starts) < 2:
        return ()
    feet: list[_Foot] = []
    places = _places_of_calls(lines)
    for start in starts:
        first = feet[-1].end if feet else 0
        called = places.get(printed_mark(lines[start]), ())
        at = bisect_left(called, first)
        # To look for its end takes all the lines of a list.
        if start < first or at == len(called) or called[at] > start:
            continue
        end = _foot_end(lines, start - 1)
        heads = _counting(lines, range(start, end), feet)
        if heads and _calls_in_turn(lines[first:start], heads.values()):
            feet.append(_Foot(start, heads, end))
    return feet if len(feet) > 1 and starts[-1] < feet[-1].end else ()


def _counting(lines: Sequence[Line], places: range, feet: Sequence[_Foot]) -> dict[int, str]:
    """Return the marks of the lines at ``places``: from the first on, or on from the last foot."""
    heads = run_of_marks(lines, places)
    if heads or not feet:
        return heads
    last = [*feet[-1].heads.values()][-1]
    if not last.isdigit() or printed_mark(lines[places.start]) != str(int(last) + 1):
        return {}
    expected = int(last)
    for at in places:
        if printed_mark(lines[at]) == str(expected + 1):
            expected += 1
            heads[at] = str(expected)
    return heads


def _calls_in_turn(lines: Sequence[Line], marks: Iterable[str]) -> bool:
    """Whether ``lines`` print all ``marks`` like calls, in their order."""
    printed = _calls(lines)
    return all(mark in printed for mark in marks)


def _calls(lines: Sequence[Line]) -> Iterator[str]:
    """Yield the marks that ``lines`` print like calls."""
    text = "\n".join(line.text for line in lines).translate(RAISED)
    for found in _CALL.finditer(text):
        yield found["number"] or found["sign"] or found["letter"]


def _places_of_calls(lines: Sequence[Line]) -> Mapping[str, Sequence[int]]:
    """Return the positions of the lines that print each mark like a call, in order."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        for mark in _calls([line]):
            places[mark].append(at)
    return places


def _gathered(
    lines: Sequence[Line], feet: Sequence[_Foot]
) -> tuple[Sequence[Line], Sequence[NoteItem]]:
    """Return ``lines`` without the ``feet`` of their pages, and the notes in these as one list."""
    above: list[Line] = []
    items: list[NoteItem] = []
    behind = 0
    for foot in feet:
        text, rule = without_rule(lines[behind : foot.start])
        above = _joined(above, text)
        behind = foot.end
        found = [read_item(lines[first:last]) for first, last in pairwise([*foot.heads, foot.end])]
        rules = [line for line in (rule, foot.rule) if line]
        items += [found[0]._replace(rules=rules), *found[1:]]
    marks = [mark for foot in feet for mark in foot.heads.values()]
    return _joined(above, lines[behind:]), with_marks(items, marks)


def _joined(above: Sequence[Line], below: Sequence[Line]) -> list[Line]:
    """Return the text of two pages, in one paragraph where a sentence goes on with the second."""
    last = last_filled(above)
    filled = [at for at, line in enumerate(below) if not line.blank]
    first = next((at for at in filled if not PAGE.fullmatch(below[at].text)), None)
    if last is None or first is None or not _goes_on(above[last].text, below[first].text):
        return [*above, *below]
    pages = (below[at] for at in filled if at < first)
    return [*above[: last + 1], *pages, *below[first:]]


def _goes_on(above: str, below: str) -> bool:
    """Whether a sentence that the text ``above`` breaks off goes on in a text ``below``."""
    return below[0].islower() and not above.endswith((".", "!", "?", ":", "”", '"'))


# ------------------------------------------------------------------------ brackets


def _without_blocks(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[NoteItem]]:
    """Return ``lines`` without the notes in brackets, and these as one list."""
    above: list[Line] = []
    items: list[NoteItem] = []
    marks: list[str] = []
    at = 0
    while at < len(lines):
        found = _BLOCK.match(lines[at].text)
        if not found:
            above.append(lines[at])
            at += 1
            continue
        end = _block_end(lines, at)
        rule = None
        if not items:
            text, rule = without_rule(above)
            above = list(text)
        items.append(_block_item(lines[at:end], found.end(), (rule,) if rule else ()))
        marks.append(found["mark"])
        at = end
    return above, with_marks(items, marks)


def _block_end(lines: Sequence[Line], start: int) -> int:
    """Return where the note that opens at ``start`` ends: where its bracket closes, if it does."""
    depth = 0
    for at in range(start, min(start + _LONGEST_BLOCK, len(lines))):
        text = lines[at].text
        depth += text.count("[") - text.count("]")
        if depth <= 0 and text.endswith("]"):
            return at + 1
    blank = (at for at in range(start, len(lines)) if lines[at].blank)
    return next(blank, len(lines))


def _block_item(lines: Sequence[Line], body: int, rules: Sequence[Line]) -> NoteItem:
    first = lines[0]
    start = first.start + body
    head = Line(first.number, start, first.end, 0, first.text[body:])
    closed = lines[-1].text.endswith("]")
    return NoteItem(0, (first.start, start), (head, *lines[1:]), True, "", rules, closed)


# ------------------------------------------------------------------------ chapters


def _by_chapter(
    above: Sequence[Line], items: Sequence[NoteItem]
) -> tuple[Sequence[Line], Sequence[NoteItem]]:
    """Return the text above the last lists, and these as one if the text calls them one by one."""
    # To look for calls takes all the text above: not where one list is all that there is.
    text, headings = _without_headings(above)
    if not headings or not _ends_in_list(text):
        return above, items
    groups: list[Sequence[NoteItem]] = []
    rest, last = above, items
    # And so does to look for one list more: not for lists that nothing calls.
    calls = reversed([*_calls(above)])
    while all(item.mark in calls for item in reversed(last)):
        text, headings = _without_headings(rest)
        groups.insert(0, [last[0]._replace(rules=(*headings, *last[0].rules)), *last[1:]])
        rest = text
        following = find_list(text) if _ends_in_list(text) else (text, ())
        if not headings or not following[1]:
            break
        rest, last = following
    else:
        return above, items
    found = list(chain.from_iterable(groups))
    marks = [item.mark for item in found]
    if len(groups) == 1 or not _calls_in_turn(rest, marks):
        return above, items
    text, rule = without_rule(rest)
    found[0] = found[0]._replace(rules=[line for line in (rule, *found[0].rules) if line])
    return text, with_marks(found, marks)


def _without_headings(above: Sequence[Line]) -> tuple[Sequence[Line], Sequence[Line]]:
    """Return what is ``above`` a list without its heading, if the text has this heading too."""
    last = last_filled(above)
    if last is None or len(above[last].text) > _SHORT or above[last].indent:
        return above, ()
    heading = above[last].text.casefold()
    repeated = any(line.text.casefold() == heading for line in above[:last])
    return (above[:last], (above[last],)) if repeated else (above, ())


def _ends_in_list(lines: Sequence[Line]) -> bool:
    """Whether the last paragraph of ``lines`` begins with a mark."""
    last = last_filled(lines) or 0
    while last and not lines[last - 1].blank:
        last -= 1
    return bool(lines) and bool(printed_mark(lines[last]) or marker_of(lines[last]))
