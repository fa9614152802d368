"""Text made safe: what stands in a source is never read as Markdown.

pandoc's writer leaves some of it open (``&amp;``, ``: a``, ``:::``, ``a.) b``, ``{.b}``), and text
next to a footnote call is beyond its sight. So all text is escaped here and passed through it raw.
"""

import re
from collections.abc import Iterable
from typing import Final

from converter.options import Flavour

# White space that means nothing but a space; a no-break space and its like are characters.
_SPACES: Final = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
_UNPRINTABLE: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef]"
)

_COMMON: Final = r"""
      [\\`*\[\]<$~|]                        # code, emphasis, links, notes, HTML, math, tables
    | (?<![^\W_]) _ | _ (?![^\W_])          # emphasis; within words it is none
    | & (?= \#?\w+; )                       # &amp;
    | [!#] $                                # an image, when [ follows; the end of a heading
"""
_MARKUP: Final[dict[Flavour, re.Pattern[str]]] = {
    "markdown": re.compile(
        _COMMON
        + r"""
    | [\^{'"]                               # superscript, attributes, smart quotes
    | @ (?= [\w{] )                         # citations
    | - (?= - ) | [.] (?= [.][.] )          # smart dashes and dots
    """,
        re.VERBOSE,
    ),
    "gfm": re.compile(
        _COMMON
        + r"""
    | : (?= // ) | (?<= [wW]{3} ) [.]       # links made of bare addresses, escapes and all
    | : (?= [\w+-]*[a-z][\w+-]*: )          # emoji
    """,
        re.VERBOSE,
    ),
}

# What means something at the start of a line only; the group is what a backslash goes before.
_LINE_START: Final = r"""
      ( [-+] ) (?= [\s=-] | $ )             # lists, rules, underlined headings
    | ( [:=%>\#] )                          # definitions, captions, title blocks, quotes, headings
    | \d{1,9} ( [.)] ) (?= \s | $ )         # numbered lists
"""
_OPENING: Final[dict[Flavour, re.Pattern[str]]] = {
    "markdown": re.compile(
        _LINE_START
        + r"""
    | (?: \d+ | [A-Za-z] | [ivxlcdmIVXLCDM]+ | \# ) ( [.)] ) (?= \s | $ )
    | ( [(] ) (?: \d+ | [A-Za-z] | [ivxlcdmIVXLCDM]+ | \# | @[\w-]* ) [)]
    | [Tt]able ( : )
    """,
        re.VERBOSE,
    ),
    "gfm": re.compile(_LINE_START, re.VERBOSE),
}
# White space that no file should hold as it is.
_CONTROLS: Final = re.compile(r"[\x0b\x0c\x1c-\x1f\x85]")
# Spaces that nothing holds apart, and white space that would become one.
_LOOSE: Final = re.compile(r"^[ ]|(?<=\s)[ ]|[ ]$|[\t\n\r\u2028\u2029]")
# Behind a call, these would make a link or a definition of it: [^1](a), [^1]: a.
_AFTER_CALL: Final = re.compile("[(:]")


def clean(text: str) -> str:
    """Return ``text`` with single spaces, and U+FFFD for what no text file should hold."""
    return _UNPRINTABLE.sub("\ufffd", _SPACES.sub(" ", text))


def printable(text: str) -> str:
    """Return ``text`` with U+FFFD for what no text file should hold, its white space as it is."""
    return _UNPRINTABLE.sub("\ufffd", _CONTROLS.sub(" ", text))


def escape(text: str, flavour: Flavour, *, opens: bool = True, after_call: bool = False) -> str:
    """Return clean ``text`` as Markdown that reads as the same text.

    ``opens`` says that it begins a line, ``after_call`` that it follows the call of a note.
    """
    found = _OPENING[flavour].match(text) if opens else None
    if found and found.lastindex:
        place = found.start(found.lastindex)
    else:
        place = 0 if after_call and _AFTER_CALL.match(text) else -1
    if place < 0:
        return _MARKUP[flavour].sub(r"\\\g<0>", text)
    before, after = text[:place], text[place + 1 :]
    rest = escape(after, flavour, opens=False)
    return f"{escape(before, flavour, opens=False)}\\{text[place]}{rest}"


def opens_block(text: str, flavour: Flavour) -> bool:
    """Return whether ``text`` would mean something else at the start of a line."""
    return bool(_OPENING[flavour].match(text))


def exact(text: str) -> str:
    """Return escaped ``text`` with white space that Markdown would drop or join as entities."""
    return _LOOSE.sub(lambda space: entity(space[0]), text)


def entity(character: str) -> str:
    return f"&#{ord(character)};"


def attributes(
    name: str, classes: tuple[str, ...] = (), /, between: str = " ", **values: str | int | None
) -> str:
    """Return pandoc's braces with an id, classes and those of ``values`` that are not None.

    An underscore in the name of a value stands for a hyphen. ``between`` goes between them.
    """
    pieces = [f"#{name}"] if name else []
    pieces += [f".{each}" for each in classes]
    pieces += [
        f'{key.replace("_", "-")}="{_quoted(str(value))}"'
        for key, value in values.items()
        if value is not None and value != ""
    ]
    return f"{{{between.join(pieces)}}}"


def several(values: Iterable[str]) -> str:
    """Return values as one, with semicolons between them."""
    return "; ".join(re.sub(r"[\\;]", r"\\\g<0>", value) for value in values)


def _quoted(value: str) -> str:
    return re.sub(r'[\\"&]', r"\\\g<0>", clean(value))
