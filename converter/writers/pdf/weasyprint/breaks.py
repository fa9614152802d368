"""Where lines may end within what is written without spaces, and where they may not.

Pango knows the words of Thai, but not those of Lao, Burmese and Khmer, whose lines end between
syllables here. A word that is longer than a line may end anywhere: WeasyPrint would divide it only
where it begins a line, and look at all of what is left of it for each line.
"""

import re
from typing import Final
from unicodedata import category

# See https://www.unicode.org/reports/tr14/#ZW. Nobody sees it, and it joins no letters.
BREAK: Final = "\u200b"
# See https://www.unicode.org/reports/tr14/#WJ.
JOINER: Final = "\u2060"
# A letter before which a line may end, and that nobody sees.
START: Final = "\u200c"

# Longer than any word, and shorter than any line; Chinese, Japanese and Korean lines end anywhere.
_ENDLESS: Final = re.compile(
    "[^\\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff\ufe10-\uffef\U00020000-]"
    "{50,}"
)
_LAO: Final = re.compile(
    # Before a vowel that is written before its consonant, and before a consonant with a vowel or
    # tone: one without ends the syllable. An h goes with the sonorant that it lifts.
    "(?<=[\u0e80-\u0edf])(?=[\u0ec0-\u0ec4]|(?<![\u0ec0-\u0ec4])"
    "(?<!\u0eab(?=[\u0e87\u0e8d\u0e99\u0ea1\u0ea3\u0ea5\u0ea7]))"
    "(?:\u0eab[\u0e87\u0e8d\u0e99\u0ea1\u0ea3\u0ea5\u0ea7]|[\u0e81-\u0eae\u0edc-\u0edf])"
    "\u0ebc?[\u0eb0-\u0ebb\u0ebd\u0ec8-\u0ecd])"
)
_BURMESE: Final = re.compile(
    # Before a letter, unless it is stacked under another or ends the syllable.
    "(?<=[\u1000-\u109f])(?<!\u1039)(?=[\u1000-\u102a\u103f](?![\u1037\u1038]?[\u1039\u103a]))"
)
_KHMER: Final = re.compile(
    # Before a letter that is not subscript to another.
    "(?<=[\u1780-\u17d3\u17dd])(?<!\u17d2)(?=[\u1780-\u17b3])"
)


def breakable(text: str) -> str:
    """Return ``text`` with ``BREAK`` wherever else a line may end."""
    if not text.isascii():
        for syllable in (_LAO, _BURMESE, _KHMER):
            text = syllable.sub(BREAK, text)
    return _ENDLESS.sub(_parted, text)


def _parted(word: re.Match[str]) -> str:
    """Return ``word`` with a break before each letter; marks stay with their letters."""
    return "".join(
        letter if category(letter)[0] == "M" or category(letter) == "Cf" else BREAK + letter
        for letter in word[0]
    ).removeprefix(BREAK)
