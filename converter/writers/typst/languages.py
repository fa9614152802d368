"""Languages and directions of writing as Typst has them."""

import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

from converter.model import AnyNode
from converter.walk import text_of, walk
from converter.writers.language import tag

_DIRECTIONS: Final = {"L": "ltr", "R": "rtl", "AL": "rtl"}
# https://www.rfc-editor.org/rfc/rfc5646#section-4.1: a tagged PDF has to name some language.
_UNDETERMINED: Final = "und"
_SCRIPT: Final = 4


class Language(NamedTuple):
    """The parts of a language tag that Typst knows: ``sr-Latn-RS`` as sr, latn, RS."""

    lang: str | None = None
    script: str | None = None
    region: str | None = None


def language(name: str) -> Language:
    """Return the language that ``name`` is the tag of, that of undetermined text if of none."""
    first, *others = (tag(name) or _UNDETERMINED).split("-")
    scripts = (part.lower() for part in others if len(part) == _SCRIPT and part.isalpha())
    regions = (part.upper() for part in others if len(part) == len("US") and part.isalpha())
    return Language(first.lower(), next(scripts, None), next(regions, None))


def direction(nodes: Iterable[AnyNode]) -> str | None:
    """Return the direction of the first letter that has one, None if none has.

    See https://html.spec.whatwg.org/multipage/dom.html#auto-directionality.
    """
    letters = (letter for node in walk(nodes) for letter in text_of(node))
    found = (_DIRECTIONS.get(unicodedata.bidirectional(letter)) for letter in letters)
    return next(filter(None, found), None)
