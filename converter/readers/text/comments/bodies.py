"""The text of a comment as blocks: paragraphs, its own lists, quotations, code, verse.

What a commenter typed is changed as little as can be: the ``>`` of a quotation and the ``1)``
of a list typed by hand stay in the text, as nobody but their author knows what they meant.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Final, TypeAlias

from msgspec.structs import replace

from converter.model import Block, CodeBlock, LineBlock, Paragraph, Quote
from converter.readers.text.blocks import ReadInlines, marker_of, read_blocks
from converter.readers.text.dump import Dump, Line
from converter.report import Report

_QUOTED: Final = re.compile(r"(?:>|&gt;)+(?!\w*<)")
# Quotation marks in pairs; one word in them is irony and no quotation.
_PAIRS: Final = {"“": "”", "«": "»", "„": "“", '"': '"', "「": "」"}
_QUOTATION: Final = 40
# Marks that end a statement of a program, open a block, or call something.
_CODE_LINE: Final = re.compile(
    r".*[{};]$|.*\)\s*\{|\s*[}\])]+[;,)]*$|\s*(?:#include|import |def |function\b|return |var |"
    r"let |const |<\?php|</?\w+[^>]*>$|\$ |//|/\*)|.*(?:=>|::|\(\)|!=|==|\+=)"
)
_SENTENCE_END: Final = re.compile(r".*[.!?:;…][”\"’')\]]?$")
_VERSE_LINES: Final = 4
_VERSE_LENGTH: Final = 60

Paragraphs: TypeAlias = list[Line]
_ReadParagraph: TypeAlias = Callable[[Dump, Paragraphs, ReadInlines], Block]


def read_body(
    dump: Dump, lines: Sequence[Line], read: ReadInlines, *, report: Report
) -> tuple[Block, ...]:
    """Return the ``lines`` of a comment as blocks, and claim all of them.

    ``lines`` are what is left without marker, signature and traces.
    """
    blocks: list[Block] = []
    plain = tuple(_plain(lines))
    for kind, group in groupby(_paragraphs(plain), key=_kind):
        if kind is None:
            rest = [line for paragraph in group for line in paragraph]
            blocks.extend(read_blocks(dump, rest, read, report=report))
        else:
            blocks.extend(_READERS[kind](dump, paragraph, read) for paragraph in group)
    return tuple(blocks)


def _plain(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield ``lines``, without indentation where a number begins a sentence and not an item.

    An item is numbered 1, or one more than the item before it in its column.
    """
    last: dict[int, int] = {}
    for line in lines:
        marker = marker_of(line)
        if marker is None or marker.number is None:
            yield line
        elif marker.number in {1, last.get(line.indent, 0) + 1}:
            last[line.indent] = marker.number
            yield line
        else:
            yield replace(line, indent=0)


def _paragraphs(lines: Sequence[Line]) -> Iterator[Paragraphs]:
    """Yield the runs of lines between blank lines, each with the blank lines below it."""
    paragraph: Paragraphs = []
    for line in lines:
        if paragraph and paragraph[-1].blank and not line.blank:
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def _kind(paragraph: Paragraphs) -> str | None:
    """Return what ``paragraph`` is besides text and items, None for those."""
    lines = [line for line in paragraph if not line.blank]
    if not lines or any(marker_of(line) for line in lines):
        return None
    if all(_QUOTED.match(line.text) for line in lines) or _is_quotation(lines):
        return "quote"
    if len(lines) > 1 and _is_code(lines):
        return "code"
    return "verse" if _is_verse(lines) else None


def _is_quotation(lines: Sequence[Line]) -> bool:
    """Whether ``lines`` stand in one pair of quotation marks from beginning to end."""
    text = " ".join(line.text for line in lines)
    close = _PAIRS.get(text[0])
    return close is not None and len(text) >= _QUOTATION and text.find(close, 1) == len(text) - 1


def _is_code(lines: Sequence[Line]) -> bool:
    """Whether most lines read like a program, and one of them is set in or closes a block."""
    like_code = sum(bool(_CODE_LINE.match(line.text)) for line in lines)
    indented = any(line.indent > lines[0].indent for line in lines[1:])
    return like_code * 4 >= len(lines) * 3 and (indented or like_code > 2)


def _is_verse(lines: Sequence[Line]) -> bool:
    """Whether ``lines`` are so many short lines that break off without ending a sentence."""
    if len(lines) < _VERSE_LINES or any(len(line.text) > _VERSE_LENGTH for line in lines):
        return False
    begun = sum(line.text[0].isupper() for line in lines)
    ended = sum(bool(_SENTENCE_END.match(line.text)) for line in lines)
    return begun * 4 >= len(lines) * 3 and ended * 3 <= len(lines)


def _quote(dump: Dump, paragraph: Paragraphs, read: ReadInlines) -> Block:
    start, end = _span(paragraph)
    prov = dump.prov(start, end)
    return Quote((Paragraph(read(start, end), prov=prov),), prov=prov)


def _code(dump: Dump, paragraph: Paragraphs, _read: ReadInlines) -> Block:
    lines = [line for line in paragraph if not line.blank]
    margin = min(line.indent for line in lines)
    for line in lines:
        dump.keep(line.start, line.end)
    text = "\n".join(" " * (line.indent - margin) + line.text for line in lines)
    return CodeBlock(text, prov=dump.prov(*_span(lines)))


def _verse(dump: Dump, paragraph: Paragraphs, read: ReadInlines) -> Block:
    lines = [line for line in paragraph if not line.blank]
    verses = tuple(read(line.start, line.end) for line in lines)
    return LineBlock(verses, prov=dump.prov(*_span(lines)))


def _span(paragraph: Sequence[Line]) -> tuple[int, int]:
    lines = [line for line in paragraph if not line.blank]
    return lines[0].start, lines[-1].end


_READERS: Final[dict[str, _ReadParagraph]] = {"quote": _quote, "code": _code, "verse": _verse}
