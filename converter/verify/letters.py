"""Text reduced to its letters, for editions in which lines end within words."""

import re
from typing import Final
from unicodedata import bidirectional, normalize

# White space, the hyphens that lines end with, and marks of direction.
_NO_LETTERS: Final = re.compile(
    "[\\s\u00ad\u2010\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe0e\ufe0f\ufeff]+"
)
# Where writing runs to the left, the glyph of one bracket stands for the other.
_MIRRORED: Final = str.maketrans(")]}>»›”’", "([{<«‹“‘")
_LEFTWARD: Final = frozenset({"R", "AL"})


def letters(text: str) -> str:
    """Return ``text`` without what comes and goes with lines and fonts."""
    return text if text.isascii() and text.isalnum() else _reduced(text)


def _reduced(text: str) -> str:
    return _NO_LETTERS.sub("", normalize("NFKC", text))


def runs_leftward(text: str) -> bool:
    """Return whether ``text`` has letters that are written from right to left."""
    return not text.isascii() and any(bidirectional(letter) in _LEFTWARD for letter in text)


def unmirrored(text: str) -> str:
    """Return ``text`` with one and the same bracket for both of a pair."""
    return text.translate(_MIRRORED)
