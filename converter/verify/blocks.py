"""Whether an edition has its paragraphs, headings, lists and tables as its source."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from converter.verify.align import gaps
from converter.verify.difference import Difference, quoted
from converter.verify.reading import CALL, END, PAGE, Passage

_SHOWN: Final = 4
_NAMES: Final = {
    "p": "a paragraph",
    "ul": "a list",
    "ol": "a numbered list",
    "ol odd": "a list with other numbers",
    "li": "an item of a list",
    "dl": "a list of terms",
    "dt": "a term",
    "dd": "what a term means",
    "quote": "a quotation",
    "lines": "verse",
    "pre": "code",
    "table": "a table",
    "caption": "the caption of a table",
    "tr": "a row of a table",
    "figure": "a figure",
    "hr": "a break",
    "br": "a line",
}
_HEADING: Final = re.compile(r"h(-?\d+)")
_CELL: Final = re.compile(r"t([hd])(?: (\d+) (\d+))?")


def differing_blocks(expected: Passage, found: Passage) -> Iterator[Difference]:
    """Yield where ``found``, which has the words that it should have, has other blocks."""
    if expected.blocks == found.blocks or expected.words != found.words:
        return
    ours, theirs = (
        [f"{place} {kind}" for place, kind in each.blocks] for each in (expected, found)
    )
    for gap in gaps(ours, theirs):
        own, other = ours[gap.start : gap.end], theirs[gap.other_start : gap.other_end]
        place = min(int(each.partition(" ")[0]) for each in (*own[:1], *other[:1]))
        here = quoted(_plain(found.words[place:])[:_SHOWN])
        text = f"at {here} should be {_told(own)}, where the edition has {_told(other)}"
        yield Difference("block-differs", text, found.place(place))


def _plain(words: Iterable[str]) -> list[str]:
    return [word for word in words if word[0] not in (CALL, PAGE)]


def _told(blocks: Sequence[str]) -> str:
    """Return what ``blocks`` are in words."""
    told = [_name(each.partition(" ")[2]) for each in blocks]
    more = " …" if len(told) > _SHOWN else ""
    return ", ".join(told[:_SHOWN]) + more if told else "nothing of the kind"


def _name(kind: str) -> str:
    if kind.startswith(END):
        return f"the end of {_name(kind[len(END) :])}"
    if heading := _HEADING.fullmatch(kind):
        level = int(heading[1])
        return f"a heading of level {level}" if level else "a title"
    if cell := _CELL.fullmatch(kind):
        name = "a head of a table" if cell[1] == "h" else "a cell of a table"
        return f"{name}, {cell[2]} wide and {cell[3]} high" if cell[2] else name
    return _NAMES[kind]
