"""The list of notes at the end of a document, as lines.

A dump prints the notes as a numbered list two columns in, ``1.`` to the last, whatever marks the
text uses; what belongs to a note (further paragraphs, lists, quotations) stands further in::

      1. Not printed.
      2. The note reads as follows:

        “First paragraph ...

        ↩

Texts that were copied by hand have the list at the left edge, each note a paragraph, its number
bare or with any sign: ``1 Not printed.``, ``1) ...``, ``[1] ...``, ``¹ ...``. So do lists of the
text's own: only its calls tell that such a list is one of notes. Where the numbers do not count
from 1, or signs and letters stand among them, they are the marks that the text prints::

    ____________
    * Not printed.
    † See the ledger.
    a The list is lost.

Such a line, or a heading, also tells where a list begins whose notes have several paragraphs.
What stands in other places than one list is found in ``gathered``.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from msgspec.structs import replace

from converter.readers.text.blocks import Marker, marker_of
from converter.readers.text.dump import Dump, Line
from converter.readers.text.inlines import Cut
from converter.readers.text.notes.numbering import Mark, number_of, parse_mark
from converter.readers.text.notes.sites import RAISED

_BACKLINK: Final = re.compile(r"\s*[↩⏎↑]\ufe0e?\s*$")
_ARROWS: Final = ("↩", "⏎", "↑", "\ufe0e")
_WORD: Final = r"(?i:(?:foot|end)?note\s+)?"
_DASH: Final = r"(?:[-–—]\s+)?"
_FLUSH: Final = re.compile(
    rf"(?:{_WORD}[\[(]?\^?(?P<number>\d{{1,6}})[\].):/]*\s+{_DASH}"
    r"|(?P<raised>[⁰¹²³⁴-⁹]{1,4})\s*)(?=\S)"
)
_SIGN: Final = r"\*{1,3}|††?|‡‡?|§§?|\|\||¶"
_MARKED: Final = re.compile(
    rf"(?:[\[(]\^?(?P<inner>\d{{1,6}}[a-z]?|[a-z]|{_SIGN})[\])]:?\s*|(?P<sign>{_SIGN})\s*"
    # A number is glued to a capital at most, as in the text.
    rf"|{_WORD}\^?(?P<number>\d{{1,6}}[a-z]?)(?:[.):/]?\s+{_DASH}|[.)]?(?=[^\W\d_a-z]|[“‘\"']))"
    # A line of text may begin with a letter, but hardly one that a capital follows.
    r"|(?P<letter>[a-z])(?:[.)]\s+|\s+(?=[^a-z\s]))|(?P<raised>[⁰¹²³⁴-⁹]{1,4}|[ᵃᵇᶜᵈᵉᶠᵍʰ])\s*)"
    r"(?=\S)"
)
LINE: Final = re.compile(r"[_—–\-=]{3,}")
RULE: Final = re.compile(
    rf"{LINE.pattern}|(?i:(?:(?:foot|end)?notes?|notes de bas de page|anmerkungen|fu(?:ß|ss)noten"
    r"|notas(?: al pie)?|note a piè di pagina|noten|noter|przypisy|примечания|сноски)\s?[:：]?)"
)
_NUMERAL: Final = re.compile(r"[\[(]?(?P<numeral>[ivxl]{1,8})[.):\]]+\s+(?=\S)")
_FEW_NUMERALS: Final = 3
# Where MediaWiki's notes lead back to their calls.
_CARET: Final = re.compile(r"[\^↑]\s+(?:a\s(?:[b-z]\s)+)?(?=\S)")
_INDENTED: Final = 2
# Lines of a paragraph that somebody has broken are not longer.
_BROKEN: Final = 120


class NoteItem(NamedTuple):
    """An item of the list. Its first line begins behind the number, ``flush`` at the left edge.

    ``printed`` is the mark that it has in the text too, where that is more than its number.
    ``rules`` are the line drawn above the list and the headings below it, on its first item;
    ``closed`` says that a bracket opens before the number and closes behind the text.
    """

    number: int
    marker: tuple[int, int]
    lines: Sequence[Line]
    flush: bool = False
    printed: str = ""
    rules: Sequence[Line] = ()
    closed: bool = False

    @property
    def mark(self) -> str:
        return self.printed or str(self.number)

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return max(line.end for line in self.lines)

    def behind(self, mark: str) -> "NoteItem":
        """Return the item without ``mark``, which our editions print in brackets before its text.

        They do so where the number of the item, by which dumps go, is another.
        """
        first, *rest = self.lines
        printed = f"[{mark}] "
        if not first.text.startswith(printed):
            return self
        start = first.start + len(printed)
        head = replace(first, start=start, text=first.text[len(printed) :])
        marker = self.marker[0], start
        return self._replace(marker=marker, lines=(head, *rest))


def find_list(lines: Sequence[Line]) -> tuple[Sequence[Line], Sequence[NoteItem]]:
    """Return the lines above the last numbered list, and its items if it ends the document.

    The list begins at the last ``1.`` in the column of the last number, and counts on from
    there without a gap. Whether it is a list of notes at all, its calls must tell.
    """
    heads, marks = _heads(lines), []
    if not heads:
        heads, marked = _flush_heads(lines), _marked_heads(lines) or _numeral_heads(lines)
        if len(marked) > len(heads):
            heads, marks = list(marked), list(marked.values())
    if not heads:
        return lines, ()
    bounds = [*heads, len(lines)]
    items = [read_item(lines[first:last]) for first, last in pairwise(bounds)]
    above, rule = without_rule(lines[: heads[0]])
    items[0] = items[0]._replace(rules=(rule,) if rule else ())
    return above, with_marks(items, marks) if marks else items


def with_marks(items: Sequence[NoteItem], marks: Sequence[str]) -> Sequence[NoteItem]:
    """Return ``items``, numbered by their places, with the ``marks`` that they print."""
    numbered = enumerate(zip(items, marks, strict=True), start=1)
    return [item._replace(number=place, printed=mark) for place, (item, mark) in numbered]


def last_filled(lines: Sequence[Line]) -> int | None:
    """Return the index of the last of ``lines`` that is not blank, None if all are."""
    return next((at for at in range(len(lines) - 1, -1, -1) if not lines[at].blank), None)


def without_rule(above: Sequence[Line]) -> tuple[Sequence[Line], Line | None]:
    """Return what is ``above`` a list without the line drawn between the two, and this line."""
    last = last_filled(above)
    if last is None or not RULE.fullmatch(above[last].text):
        return above, None
    return above[:last], above[last]


def _heads(lines: Sequence[Line]) -> list[int]:
    """Return the indices of the lines that begin an item of the last list, in order."""
    column: int | None = None
    heads: list[int] = []
    expected = 0
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.blank:
            continue
        marker = marker_of(line)
        if marker is None or marker.number is None or (column and line.indent > column):
            if line.indent < (column or 2):
                return []
            continue
        if column is not None and (line.indent < column or marker.number != expected):
            return []
        column, expected = line.indent, marker.number - 1
        heads.append(index)
        if marker.number == 1:
            return heads[::-1]
    return []


def _flush_heads(lines: Sequence[Line]) -> list[int]:
    """Return the indices of the lines that begin an item of a last list at the left edge."""
    heads: list[int] = []
    expected: int | None = None
    is_within = False
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        marker = _flush_marker(line)
        if marker and expected in (None, marker.number):
            heads.append(index)
            if marker.number == 1:
                return heads[::-1]
            expected, is_within = (marker.number or 0) - 1, False
        elif line.blank and is_within:
            return []
        elif not line.blank and line.indent < _INDENTED:
            if len(line.text) > _BROKEN:
                return []
            is_within = True
    return []


def _flush_marker(line: Line) -> Marker | None:
    found = _FLUSH.match(line.text) if line.indent < _INDENTED else None
    number = found and (found["number"] or found["raised"].translate(RAISED))
    return Marker(int(number), line.start + found.end()) if found and number else None


def _marked_heads(lines: Sequence[Line]) -> dict[int, str]:
    """Return the lines that begin an item of a last list which prints marks, with these.

    Below a rule or a heading all is list; without one, every paragraph of the list begins with a
    mark.
    """
    ruled = next((at for at in range(len(lines) - 1, -1, -1) if _is_rule(lines[at])), None)
    if ruled is not None:
        first = next((at for at in range(ruled + 1, len(lines)) if not lines[at].blank), 0)
        heads = run_of_marks(lines, range(first, len(lines))) if first else {}
        if first in heads:
            return heads
    starts = _marked_paragraphs(lines)
    needed, begin = frozenset(starts), 0
    while begin < len(starts):
        heads = run_of_marks(lines, range(starts[begin], len(lines)), needed)
        rest = range(begin + 1, len(starts))
        stopped = next((at for at in rest if starts[at] not in heads), None)
        if stopped is None and len(heads) > 1 and _may_begin(lines, starts[begin]):
            return heads
        # What follows no mark may begin a list; where all follow, only a first mark does.
        begin = stopped or next((at for at in rest if _is_first(lines[starts[at]])), len(starts))
    return {}


def _is_first(line: Line) -> bool:
    return parse_mark(printed_mark(line)) in (Mark(1), Mark(sign=1), Mark(letter=1))


def _may_begin(lines: Sequence[Line], first: int) -> bool:
    """Whether a list begins with the mark of the line ``first``, and no one above leads to it."""
    mark = parse_mark(printed_mark(lines[first]))
    if _is_first(lines[first]) or not mark.number:
        return _is_first(lines[first])
    above = (parse_mark(text) for line in lines[:first] if (text := printed_mark(line)))
    return not any(_follows(mark, each) for each in above)


def is_numeral(mark: str) -> bool:
    """Whether the last mark of a list says that the list is numbered i, ii, iii."""
    return len(mark) > 1 and mark.isalpha() and number_of(mark) is not None


def _numeral_heads(lines: Sequence[Line]) -> dict[int, str]:
    """Return the lines that begin an item of a last list numbered i, ii, iii, with its marks."""
    heads: dict[int, str] = {}
    expected: int | None = None
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        found = None if line.blank else _NUMERAL.match(line.text)
        number = number_of(found["numeral"]) if found else None
        if found and number and expected in (None, number):
            heads[index] = found["numeral"]
            expected = number - 1
            if not expected:
                return dict(reversed(heads.items())) if len(heads) >= _FEW_NUMERALS else {}
        elif expected is None and len(line.text) > _BROKEN:
            return {}
    return {}


def _is_rule(line: Line) -> bool:
    return bool(RULE.fullmatch(line.text))


def _marked_paragraphs(lines: Sequence[Line]) -> list[int]:
    """Return where the paragraphs begin, of those at the end that all begin with a mark."""
    starts: list[int] = []
    for index in range(len(lines) - 1, -1, -1):
        begins = not lines[index].blank and (index == 0 or lines[index - 1].blank)
        if begins and not printed_mark(lines[index]):
            break
        if begins:
            starts.append(index)
    return starts[::-1]


def run_of_marks(
    lines: Sequence[Line], places: range, needed: frozenset[int] = frozenset()
) -> dict[int, str]:
    """Return the marks that follow one another in the lines at ``places``, by line.

    Up to the first of the lines ``needed`` whose mark does not follow.
    """
    heads: dict[int, str] = {}
    last: dict[str, Mark] = {}
    column = max(lines[places.start].indent, _INDENTED - 1)
    for index in places:
        text = printed_mark(lines[index], column)
        if text and (not heads or _follows(parse_mark(text), last.get(_kind(text)))):
            heads[index] = text
            last[_kind(text)] = parse_mark(text)
        elif index in needed:
            break
    return heads


def _kind(mark: str) -> str:
    return "number" if mark[0].isdigit() else "letter" if mark.isalpha() else "sign"


def _follows(mark: Mark, last: Mark | None) -> bool:
    """Whether ``mark`` may come next in a list, ``last`` being the last of its kind."""
    if last is None or mark.sign == 1:
        return bool(mark.sign) or mark in (Mark(1), Mark(letter=1))
    if mark.sign:
        return mark != last
    if mark.letter:
        return mark.number == last.number and mark.letter == last.letter + 1
    return mark.number == last.number + 1


def printed_mark(line: Line, column: int = _INDENTED - 1) -> str:
    """Return the mark that ``line`` begins with, no further in than ``column``, or nothing."""
    found = _MARKED.match(line.text) if line.indent <= column else None
    if not found:
        return ""
    mark = found["raised"].translate(RAISED) if found["raised"] else ""
    return mark or found["inner"] or found["number"] or found["letter"] or found["sign"]


def read_item(lines: Sequence[Line]) -> NoteItem:
    first = lines[0]
    marker = marker_of(first) or _flush_marker(first) or _marker_of_mark(first)
    if marker is None or marker.number is None:
        raise ValueError(first.text)
    body = min(marker.body, first.end)
    caret = _CARET.match(first.text, body - first.start)
    body = first.start + caret.end() if caret else body
    text = first.text[body - first.start :]
    head = replace(first, start=body, indent=0, text=text)
    is_flush = marker_of(first) is None
    return NoteItem(marker.number, (first.start, body), (head, *lines[1:]), is_flush)


def _marker_of_mark(line: Line) -> Marker | None:
    found = _MARKED.match(line.text) or _NUMERAL.match(line.text)
    return found and Marker(0, line.start + found.end())


def find_backlinks(dump: Dump, items: Sequence[NoteItem]) -> Iterator[Cut]:
    """Yield a cut for what closes an item: a bracket, or an arrow that leads back to the text."""
    for item in items:
        if item.closed:
            yield Cut(item.end - 1, item.end, None)
        last = next((line for line in reversed(item.lines) if not line.blank), item.lines[0])
        ends_in_arrow = last.text.endswith(_ARROWS)
        found = ends_in_arrow and _BACKLINK.search(dump.text, last.start, last.end)
        if found and found.start() < found.end():
            yield Cut(found.start(), last.end, None)
