"""Whether an edition has its paragraphs, headings, lists and tables as its source."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from converter.verify.align import gaps
from converter.verify.difference import Difference, quoted
from converter.verify.reading import CALL, END, PAGE, Dialect, Passage

_Block: TypeAlias = tuple[int, str]

_SHOWN: Final = 4
_NAMES: Final = {
    "p": "a paragraph",
    "list": "a list",
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
_LEAVES: Final = frozenset(("p", "lines", "pre", "caption", "dt", "br"))
# A paragraph that one of these begins with is not told from it.
_ITEMS: Final = ("li", "dd", "td", "th")
# What begins or ends where items of lists and tables end.
_ENDS: Final = {
    "li": ("li", f"{END}ul", f"{END}ol", f"{END}list"),
    "dd": ("dt", f"{END}dl"),
    "tr": ("tr", f"{END}table"),
    **dict.fromkeys(("td", "th"), ("td", "th", "tr", f"{END}table")),
}
_HEADING: Final = re.compile(r"h(-?\d+)")
_CELL: Final = re.compile(r"t([hd])(?: (\d+) (\d+))?")


def differing_blocks(
    expected: Passage, found: Passage, dialect: Dialect | None
) -> Iterator[Difference]:
    """Yield where ``found``, which has the words that it should have, has other blocks."""
    if expected.blocks == found.blocks or expected.words != found.words:
        return
    blocks: Sequence[_Block] = found.blocks
    if dialect == "gfm":
        blocks = _without_others(blocks, "br", expected.blocks)
    ours, theirs = _filled(expected.blocks, found.words), _filled(blocks, found.words)
    if dialect == "site":
        ours, theirs = _as_on_site(ours, theirs)
    for gap in gaps(ours, theirs):
        own, other = ours[gap.start : gap.end], theirs[gap.other_start : gap.other_end]
        place = min(at for at, _ in (*own[:1], *other[:1]))
        here = quoted(_plain(found.words[place:])[:_SHOWN])
        text = f"at {here} should be {_told(own)}, where the edition has {_told(other)}"
        yield Difference("block-differs", text, found.place(place))


def _filled(blocks: Sequence[_Block], words: Sequence[str]) -> list[_Block]:
    """Return ``blocks`` of a text but for those that hold no ``words``, nor more than a page.

    Of lines that are empty, the first and last of a block are none.
    """
    filled: list[_Block] = []
    for place, kind in (*blocks, (len(words), "")):
        if kind == "br" and filled and not _holds(words[filled[-1][0] : place]):
            continue
        if kind == "p" and filled and filled[-1][0] == place and filled[-1][1][:2] in _ITEMS:
            continue
        while filled and _is_empty(filled[-1], place, kind, words):
            filled.pop()
        if kind.startswith(END) and filled and filled[-1][1] == kind[len(END) :]:
            filled.pop()
        elif kind:
            filled.append((place, kind))
    return filled


def _holds(words: Iterable[str]) -> bool:
    """Return whether ``words`` are more than starts of pages."""
    return any(word[0] != PAGE for word in words)


def _is_leaf(kind: str) -> bool:
    """Return whether nothing but words can be in a block of this ``kind``."""
    return kind in _LEAVES or bool(_HEADING.fullmatch(kind))


def _is_empty(block: _Block, end: int, following: str, words: Sequence[str]) -> bool:
    """Return whether ``block``, which the ``following`` one follows at ``end``, holds nothing."""
    place, kind = block
    if _holds(words[place:end]):
        return False
    if _is_leaf(kind):
        return True
    ends = _ENDS.get(kind[:2], ())
    return following[:2] in ends or following in ends


def _plain(words: Iterable[str]) -> list[str]:
    return [word for word in words if word[0] not in (CALL, PAGE)]


def _without_others(blocks: Sequence[_Block], kind: str, known: Sequence[_Block]) -> list[_Block]:
    """Return ``blocks`` without those of this ``kind`` that are not ``known``."""
    held = frozenset(known)
    return [each for each in blocks if each[1] != kind or each in held]


def _as_on_site(ours: list[_Block], theirs: list[_Block]) -> tuple[list[_Block], list[_Block]]:
    """Return both as generators of sites may show them.

    Code in which they would find commands is a paragraph there, and no comment keeps a list apart
    from another one before it.
    """
    code = frozenset(place for place, kind in ours if kind == "pre")
    shown = [(at, "pre" if kind == "p" and at in code else kind) for at, kind in theirs]
    return _joined(_without_others(ours, "pre", shown)), _joined(shown)


def _joined(blocks: list[_Block]) -> list[_Block]:
    """Return ``blocks`` with lists that follow each other as one."""
    joined: list[_Block] = []
    for place, kind in blocks:
        if kind == "list" and joined[-1:] == [(place, f"{END}list")]:
            joined.pop()
        else:
            joined.append((place, kind))
    return joined


def _told(blocks: Sequence[_Block]) -> str:
    """Return what ``blocks`` are in words."""
    told = [_name(kind) for _, kind in blocks]
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
