"""TOML files that people write by hand: in which line they are wrong, and how, in plain words.

``tomllib`` tells no positions. But what it makes of the first lines of a file shows which line
brought a key.
"""

import re
import tomllib
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import msgspec

Path: TypeAlias = Sequence[str | int]

# Each line is looked for by reading all lines above it.
_LONGEST: Final = 2_000
_SYNTAX: Final = re.compile(r" \(at line (?P<line>\d+), column \d+\)$")
_PLACE: Final = re.compile(r" - at `\$(?P<path>.*)`$")
_STEP: Final = re.compile(r"\.(?P<key>[^.\[]+)|\[(?P<index>\d+)\]")
_KIND: Final = re.compile(r"`([a-z]+)(?: \| null)?`")
_KINDS: Final = {
    "str": "a text",
    "int": "a number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "date": "a date",
}


def line_of(text: str, path: Path) -> int | None:
    """Return the line, from 1, of the statement in ``text`` that brings what is at ``path``.

    None if nothing is there, or ``text`` is too long to look.
    """
    lines = text.split("\n") if path else []
    above = 0
    for count in range(1, min(len(lines), _LONGEST) + 1):
        try:
            tables = tomllib.loads("\n".join(lines[:count]))
        except (tomllib.TOMLDecodeError, RecursionError):
            continue  # within a statement of several lines
        if _holds(tables, path):
            return above + 1
        above = count
    return None


def line_of_error(error: tomllib.TOMLDecodeError) -> int | None:
    """Return the line that is no TOML, None if it is the end that is missing."""
    found = _SYNTAX.search(str(error))
    return int(found["line"]) if found else None


def path_of_error(error: msgspec.ValidationError) -> Path:
    """Return where the value is that is wrong, or that lacks a key."""
    found = _PLACE.search(str(error))
    steps = _STEP.finditer(found["path"]) if found else ()
    return [int(step["index"]) if step["index"] else step["key"] for step in steps]


def in_words(error: msgspec.ValidationError) -> str:
    """Return what is wrong with which value, in the words of the file."""
    wrong = _PLACE.sub("", str(error))
    wrong = re.sub(r"Object missing required field `(\w+)`", r"the key '\1' is missing", wrong)
    wrong = _KIND.sub(lambda kind: _KINDS.get(kind[1], kind[0]), wrong)
    table, *rest = (*path_of_error(error), "")
    where = f"[[{table}]]" if rest and isinstance(rest[0], int) else f"[{table}]"
    key = next((step for step in rest if isinstance(step, str) and step), None)
    if not table:
        return wrong
    return f"{key!r} in {where}: {wrong}" if key else f"{where}: {wrong}"


def at(place: str, line: int | None) -> str:
    """Return ``place`` with its ``line``, as messages name it."""
    return f"{place}:{line}" if line else place


def _holds(value: Any, path: Path) -> bool:
    for step in path:
        match value, step:
            case dict(), str() if step in value:
                value = value[step]
            case list(), int() if step < len(value):
                value = value[step]
            case _:
                return False
    return True
