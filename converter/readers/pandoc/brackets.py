"""Markdown that pandoc would not be done with: brackets and blocks that open in one another.

Each bracket within another doubles the time that pandoc takes to find out what they are: ten may
take a minute, thirty take for ever. Such a text is refused at once, with the line.
"""

import re
from collections.abc import Iterator
from typing import Final

from converter.access import Limits
from converter.errors import SourceError

_PARAGRAPH: Final = re.compile(r"^(?:.*\S.*(?:\n|\Z))+", re.MULTILINE)
# What is no bracket of the text: those behind a backslash, and code.
_NO_BRACKET: Final = re.compile(r"\\.|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_BRACKET: Final = re.compile(r"[\[\]]")
_FENCE: Final = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_CODE: Final = "    "
# What opens a quotation or a list, where others may be opened before it.
_BLOCK: Final = r"(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))"
# Pandoc takes seconds for so many times as deep as nodes may stand in one another.
_TIMES: Final = 3


def check_nesting(text: str, name: str, limits: Limits) -> None:
    """Raise SourceError for Markdown in which brackets or blocks nest deeper than ``limits``."""
    deepest = _TIMES * limits.nesting
    if found := re.search(f"{_BLOCK}{{{deepest + 1}}}", text):
        what = f"nests too deep: more than {deepest} quotations or lists in one another"
        hint = "take levels out of them; see --limit nesting"
        raise SourceError(f"{what}; {hint}", _at(name, text, found.start()))
    for start, paragraph in _paragraphs(text):
        if paragraph.count("[") > limits.bracket_nesting:
            depth, place = _depth(_NO_BRACKET.sub(_blank, paragraph))
            if depth > limits.bracket_nesting:
                what = f"opens {depth} square brackets in one another, too many for pandoc"
                hint = "put a backslash before those that are text; see --limit bracket-nesting"
                raise SourceError(f"{what}: {hint}", _at(name, text, start + place))


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs that are no code, with where they begin."""
    fence = ""
    for found in _PARAGRAPH.finditer(text):
        opened = _FENCE.match(found[0])
        closes = fence and any(line.strip().startswith(fence) for line in found[0].splitlines())
        if not fence and opened and found[0].count(opened["fence"]) == 1:
            fence = opened["fence"]
        elif not fence and not opened and not found[0].startswith(_CODE):
            yield found.start(), found[0]
        elif closes:
            fence = ""


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _depth(paragraph: str) -> tuple[int, int]:
    """Return how deep brackets nest, and where the last of those opens that nest so deep.

    Two that nothing closes, as in ``[0, 1)``, cost pandoc no more than one that is closed.
    """
    opened: list[tuple[int, int]] = []  # where, and how deep others nest in it
    deepest, place = 0, 0
    for found in _BRACKET.finditer(paragraph):
        if found[0] == "[":
            opened.append((found.start(), 0))
        elif opened:
            start, inner = opened.pop()
            if inner + 1 > deepest:
                deepest, place = inner + 1, start
            if opened:
                opened[-1] = opened[-1][0], max(opened[-1][1], inner + 1)
    lone = len(opened) // 2
    return deepest + lone, opened[-1][0] if lone else place


def _at(name: str, text: str, place: int) -> str:
    return f"{name}:{text.count(chr(10), 0, place) + 1}"
