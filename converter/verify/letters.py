"""Text reduced to its letters, for editions in which lines end within words."""

import re
from typing import Final
from unicodedata import bidirectional, normalize

# White space, the hyphens that lines end with, and what no page shows: controls, and what has the
# property Default_Ignorable_Code_Point (https://www.unicode.org/reports/tr44/), marks of direction
# among them, or ruled text off for annotations.
_NO_LETTERS: Final = re.compile(
    "[\\s\u2010\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
# Where writing runs to the left, the glyph of one bracket stands for the other.
_MIRRORED: Final = str.maketrans(")]}>»›”’", "([{<«‹“‘")
_LEFTWARD: Final = frozenset({"R", "AL"})
# All that has one of these classes is among these, and hardly any text has some of them.
# See https://www.unicode.org/Public/UCD/latest/ucd/extracted/DerivedBidiClass.txt.
_MAY_BE_LEFTWARD: Final = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def letters(text: str) -> str:
    """Return ``text`` without what comes and goes with lines and fonts."""
    # Of what is printable, ASCII has none of these but the space.
    plain = text.isascii() and text.isprintable()
    return text.replace(" ", "") if plain else _NO_LETTERS.sub("", normalize("NFKC", text))


def runs_leftward(text: str) -> bool:
    """Return whether ``text`` has letters that are written from right to left."""
    if text.isascii():
        return False
    found = _MAY_BE_LEFTWARD.finditer(text)
    return any(bidirectional(letter[0]) in _LEFTWARD for letter in found)


def unmirrored(text: str) -> str:
    """Return ``text`` with one and the same bracket for both of a pair."""
    return text.translate(_MIRRORED)


def faced(text: str) -> str:
    """Return the letters of ``text``, of a pair of brackets one for both where it runs leftward."""
    return unmirrored(letters(text)) if runs_leftward(text) else letters(text)
