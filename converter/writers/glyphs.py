"""Characters that no font has: never lost without a word."""

import unicodedata
from collections.abc import Collection
from typing import Final

from converter.model import Book, Code, CodeBlock, Math, Prov, Text
from converter.report import Report
from converter.walk import located

_SHOWN: Final = 5
_CJK: Final = (
    *("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"),
    *("IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH"),
)
# By how names of characters begin.
_PACKAGES: Final = (
    *((start, "fonts-noto-cjk") for start in _CJK),
    ("CUNEIFORM", "fonts-noto-extra"),
    ("EGYPTIAN HIEROGLYPH", "fonts-noto-extra"),
    ("", "fonts-noto-core"),
)
_ANY: Final = "a font that has them"


def report_missing(characters: Collection[str], book: Book, report: Report) -> None:
    """Report the characters without a glyph, together those that one package of fonts has."""
    packages: dict[str, list[str]] = {}
    for character in characters:
        packages.setdefault(_package(character), []).append(character)
    for package, lacking in packages.items():
        names = [_name(character) for character in lacking]
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        shown = ", ".join(names[:_SHOWN]) + more
        report.warn(
            "missing-glyph",
            f"no font here has {shown}: boxes stand for them; install {package}",
            prov=_first_place(book, lacking[0]),
        )


def _package(character: str) -> str:
    """Return the package of Debian and Ubuntu whose fonts have ``character``, if one is known."""
    name = unicodedata.name(max(character), "")
    named = (package for start, package in _PACKAGES if name.startswith(start))
    return next(named, _ANY) if name else _ANY


def _name(character: str) -> str:
    """Return ``character`` with its number and name in Unicode, or those of all that make it."""
    named = (f"U+{ord(each):04X} {unicodedata.name(each, 'unnamed')}" for each in character)
    return f"{character} ({', '.join(named)})"


def _first_place(book: Book, character: str) -> Prov | None:
    """Return where ``character`` first stands in ``book``, as near as nodes tell."""
    for node, prov in located([book]):
        if isinstance(node, Text | Code | CodeBlock | Math) and character in node.text:
            return prov
    return None
