"""Typst's markup as values: text that can mean nothing but itself, calls of template functions.

See https://typst.app/docs/reference/syntax/.
"""

import re
from typing import Final, TypeAlias

from converter.writers.xhtml import clean

# What Typst takes for a space: https://typst.app/docs/reference/syntax/#modes counts line ends.
_SPACES: Final = re.compile("[ \t\n\r\x85\u2028\u2029]+")
# What can begin markup anywhere; hyphens, which make dashes and minus signs, unless between
# letters; the dots of an ellipsis; what would go on a call before the text.
_SPECIAL: Final = re.compile(
    r"[\\#$*_`@<>~\[\]=+/]"
    r"|(?<![^\W\d_])-|-(?![^\W\d_])"
    r"|(?<=\.)\.|\.(?=\.)"
    r"|^[(.;]"
)
# A number that would begin a list.
_NUMBER: Final = re.compile(r"^( ?\d+)\.")
# Longer words than this get places at which a line may end: nothing else would divide a URL.
LONG_WORD: Final = 30
BREAK: Final = "\u200b"
_WORD: Final = re.compile(f"[!-~\u00a1-\u024f\u0370-\u052f]{{{LONG_WORD + 1},}}")
_STAND_INS: Final = str.maketrans(
    {
        # No PDF/UA-1 may hold it; what stands in has its old meaning since Unicode 3.2.
        "\ufeff": "\u2060",
        # Overrides turn words around letter by letter, for whoever reads the file: embeddings keep
        # the direction. See https://www.unicode.org/reports/tr9/#Explicit_Directional_Overrides.
        "\u202d": "\u202a",
        "\u202e": "\u202b",
    }
)


class Markup(str):
    """Text in Typst's markup. A plain ``str`` is text that is not markup yet."""

    __slots__ = ()


class Code(str):
    """An expression in Typst's code."""

    __slots__ = ()


Value: TypeAlias = str | int | tuple[str, ...] | None


def text(plain: str) -> Markup:
    """Return markup that shows ``plain``, white space as single spaces."""
    spaced = _SPACES.sub(" ", _held(plain))
    escaped = _SPECIAL.sub(lambda special: "\\" + special[0], divisible(spaced))
    return Markup(_NUMBER.sub(r"\1\.", escaped))


def divisible(plain: str) -> str:
    """Return ``plain`` with places in long words at which a line may end."""
    return _WORD.sub(lambda word: BREAK.join(word[0]), plain)


def call(name: str, *bodies: Markup, **arguments: Value) -> Markup:
    """Return a call of function ``name``, without those ``arguments`` that are None.

    ``bodies`` are the content that it is given behind its arguments.
    """
    given = ", ".join(
        f"{key.rstrip('_').replace('_', '-')}: {value(each)}"
        for key, each in arguments.items()
        if each is not None
    )
    content = "".join(f"[{body}]" for body in bodies)
    return Markup(f"#{name}({given}){content}" if given or not bodies else f"#{name}{content}")


def value(of: Value) -> str:
    """Return ``of`` as Typst writes it in code."""
    match of:
        case Code():
            return of
        case Markup():
            return f"[{of}]"
        case str():
            return _string(of)
        case tuple():
            return f"({''.join(f'{value(each)}, ' for each in of)})"
        case _:
            return str(of).lower()


def _string(plain: str) -> str:
    escaped = _held(plain).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r") + '"'


def _held(plain: str) -> str:
    """Return ``plain`` as Typst can hold it."""
    return clean(plain).translate(_STAND_INS)
