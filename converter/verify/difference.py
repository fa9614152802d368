"""What an edition has differently from its source, as a value that names the exact place."""

from typing import Final

import msgspec

# A report of more than these helps nobody; what follows is counted.
MOST: Final = 500
_LONGEST: Final = 12


class Difference(msgspec.Struct, frozen=True):
    """``code`` is stable, in kebab-case, for use in scripts.

    ``place`` is where in the edition to look: a file of an EPUB and an id in it, a page of a PDF,
    a line of a Markdown file. It is empty for what concerns the edition as a whole.
    """

    code: str
    text: str
    place: str = ""

    def __str__(self) -> str:
        """Return the line that users see: ``place: text [code]``."""
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.text} [{self.code}]"


def quoted(words: list[str] | tuple[str, ...]) -> str:
    """Return ``words`` between quotation marks, the middle of many left out, with their number."""
    if len(words) <= _LONGEST:
        return f"“{' '.join(words)}”"
    half = _LONGEST // 2
    return f"“{' '.join(words[:half])} … {' '.join(words[-half:])}” ({len(words)} words)"
