"""Notes of Markdown: pandoc forgets their labels, and drops those that no text outside notes calls.

So each definition begins with the mark of its note, calls within definitions are marks, and a last
paragraph calls all notes. What this adds is taken out of what pandoc answers.
See https://pandoc.org/MANUAL.html#footnotes.
"""

import re
from collections.abc import Iterator
from typing import Final

from converter.readers.pandoc import ast
from converter.readers.pandoc.ast import Content
from converter.readers.pandoc.marks import kind_of, leading, mark, span
from converter.readers.pandoc.review import Prepared

_FENCE: Final = re.compile(r"[ \t]*(`{3,}|~{3,})")
_DEFINITION: Final = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*")
_INDENTED: Final = re.compile(r"(?: {4}|\t)(?! {4}|\t)")
# A call, or before one what hides it: code, and a backslash.
_CALL: Final = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)|\\.|\[\^([^\]\s]+)\](?!:)")


def prepare(text: str) -> Prepared:
    """Return Markdown of which pandoc tells all notes."""
    lines = text.split("\n")
    labels = list(dict.fromkeys(found[1] for found, _ in _parted(lines) if found))
    numbers = {label: str(number) for number, label in enumerate(labels, start=1)}
    written = "\n".join(_marked(lines, numbers))
    if labels:
        calls = "".join(f"[^{label}]" for label in labels)
        written = f"{written}\n\n{mark('notes')}{calls}\n"
    return Prepared(written.encode())


def _parted(lines: list[str]) -> Iterator[tuple[re.Match[str] | None, bool]]:
    """Yield for each line the start of a definition, if any, and whether it is text of a note."""
    fence, inside, blank = "", False, False
    for line in lines:
        found = None if fence else _DEFINITION.match(line)
        inside = bool(found) or (
            inside and (not blank or not line.strip() or line.startswith(("    ", "\t")))
        )
        yield found, inside and not fence
        blank = not line.strip()
        fence = _fence_after(line, fence)


def _fence_after(line: str, fence: str) -> str:
    """Return the fence that is open behind ``line``, empty for none."""
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return found[1]
    closes = found[1].startswith(fence) and not line.strip().strip(fence[0])
    return "" if closes else fence


def _marked(lines: list[str], numbers: dict[str, str]) -> Iterator[str]:
    defined: set[str] = set()
    for line, (found, inside) in zip(lines, _parted(lines), strict=True):
        if found and found[1] not in defined:
            defined.add(found[1])
            yield f"[^{found[1]}]: {mark('defined', numbers[found[1]])}\n"
            yield f"    {_called(line[found.end() :], numbers)}"
        else:
            is_text = inside and (_INDENTED.match(line) or not line.startswith((" ", "\t")))
            yield _called(line, numbers) if is_text and not found else line


def _called(line: str, numbers: dict[str, str]) -> str:
    """Return ``line`` of a definition with marks for the calls in it."""

    def change(found: re.Match[str]) -> str:
        number = numbers.get(found[2] or "")
        return mark("defined", number) if number else found[0]

    return _CALL.sub(change, line)


def take_notes(content: Content) -> tuple[Content, dict[str, ast.Blocks]]:
    """Return ``content`` with marks where defined notes are called, and these by their numbers."""
    bodies: dict[str, ast.Blocks] = {}

    def change(node: ast.Node) -> Iterator[ast.Node]:
        match node:
            case ast.Note(c=(first, *body)) if (marked := leading(first))[0] == "defined":
                bodies[marked[1]] = tuple(body)
                yield span("defined", marked[1], "")
            case ast.Para(c=(first, *_)) if kind_of(first)[0] == "notes":
                pass
            case _:
                yield node

    return ast.rewrite(content, change), bodies
