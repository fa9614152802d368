"""TOML files that people write by hand: in which line they are wrong, and how, in plain words.

``tomllib`` tells no positions. But what it makes of the first lines of a file shows which line
brought a key.
"""

import re
import tomllib
from collections.abc import Sequence
from itertools import chain
from typing import Any, Final, TypeAlias

import msgspec

Path: TypeAlias = Sequence[str | int]

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

    None if nothing is there. The statement is found by halves.
    """
    lines = text.split("\n")
    without, within = 0, len(lines)
    if not path or not _holds(_read(lines), path):
        return None
    while within - without > 1:
        middle = (without + within) // 2
        # In the middle of a statement of several lines, the nearest that ends: above, or below.
        ends = chain(range(middle, without, -1), range(middle + 1, within))
        for count in ends:
            tables = _read(lines[:count])
            if tables is not None:
                break
        else:
            break
        if _holds(tables, path):
            within = count
        else:
            without = count
    return without + 1


def _read(lines: Sequence[str]) -> dict[str, Any] | None:
    try:
        return tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError):
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
