"""Names for files and ids: made of titles, and none handed out twice."""

import re
import unicodedata
from collections import Counter
from typing import Final

_OTHER: Final = re.compile(r"[^\w]+|_+")
_LONGEST: Final = 60


def slug(text: str) -> str:
    """Return ``text`` in lower case with hyphens between words, empty if it has no letter or digit.

    Accents go where the letter under them remains; other scripts stay. At most 60 characters,
    and never a name that leaves its folder.
    """
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(char for char in plain if not unicodedata.combining(char))
    name = unicodedata.normalize("NFC", bare).lower().replace("’", "").replace("'", "")
    return _OTHER.sub("-", name).strip("-")[:_LONGEST].rstrip("-")


class Unique:
    """Hands out names, each once; a name wanted again gets ``-2``, ``-3`` and so on.

    Names that differ in case only are the same to forges and to many file systems.
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counts: Counter[str] = Counter()

    def take(self, wanted: str) -> str:
        name = wanted
        while name.casefold() in self._taken:
            self._counts[wanted] += 1
            name = f"{wanted}-{self._counts[wanted] + 1}"
        self._taken.add(name.casefold())
        return name
