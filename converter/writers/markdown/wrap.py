"""Lines no longer than linters like, broken where nothing changes by it.

Spaces at which a line may end are marked when text is escaped, as only there it is known what
would mean something at the start of the next. See https://github.com/DavidAnson/markdownlint,
rule MD013.
"""

import re
from collections.abc import Iterator
from typing import Final

from converter.writers.markdown.escape import opens_block
from converter.writers.markdown.style import Style

# Stands for a space at which a line may end. Text never holds it: ``escape.clean``.
BREAK: Final = "\x03"
_WIDTH: Final = 80
_SPACE: Final = re.compile(r"(?<=\S) (?=\S)")
# What goes before the text of a line: marks of quotations, lists, definitions, lines of verse.
_LEAD: Final = re.compile(r"(?:[ ]*(?:>|[-+*]|\(?\d+[.)]|[:|]|\[\^[^\]]+\]:)(?:[ ]+|$)\x04?)*[ ]*")
# Begins an item that needs one space only behind its number, where pandoc puts two.
CLOSE: Final = "\x04"
_CLOSE: Final = re.compile(f" +{CLOSE}")


def breakable(text: str, escaped: str, style: Style) -> str:
    """Return ``escaped``, which is ``text`` with escapes, with its spaces marked that may break.

    A line never begins with what would be read as a list, a heading or the like.
    """
    safe = {space.start() for space in _SPACE.finditer(text)}
    safe = {place for place in safe if not opens_block(text[place + 1 :], style)}
    places = iter([n for n, character in enumerate(text) if character == " "])
    return re.sub(" ", lambda _: BREAK if next(places) in safe else " ", escaped)


def wrapped(line: str, rest: str) -> Iterator[str]:
    """Yield ``line`` in lines; ``rest`` goes before all but the first, where a block is set in."""
    line = _CLOSE.sub(" ", line)
    lead = _LEAD.match(line)
    hang = re.sub(r"[^>]", " ", lead[0] if lead else "")
    hang = rest + hang[len(rest) :]
    held, *words = line.split(BREAK)
    for word in words:
        if _length(held) + 1 + _length(word) > _WIDTH and held.strip(" >"):
            yield held
            held = hang + word
        else:
            held = f"{held} {word}"
    yield held


def _length(text: str) -> int:
    """Return the length of ``text`` as linters count it, in units of UTF-16."""
    return len(text) + sum(1 for character in text if character > "\uffff")
