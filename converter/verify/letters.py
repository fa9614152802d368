"""Text reduced to its letters, for editions in which lines end within words."""

import re
from typing import Final
from unicodedata import normalize

# White space, the hyphens that lines end with, and marks of direction.
_NO_LETTERS: Final = re.compile("[\\s\u00ad\u2010\u200b-\u200f\u2060\ufeff]+")


def letters(text: str) -> str:
    """Return ``text`` without what comes and goes with lines and fonts."""
    return _NO_LETTERS.sub("", normalize("NFKC", text))
