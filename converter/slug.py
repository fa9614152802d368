"""Names for files and ids, made of titles."""

import re
import unicodedata
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
