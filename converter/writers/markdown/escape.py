"""Text made safe: what stands in a source is never read as Markdown.

pandoc's writer leaves some of it open (``&amp;``, ``: a``, ``:::``, ``a.) b``, ``{.b}``), and text
next to a footnote call is beyond its sight. So all text is escaped here and passed through it raw.
"""

import re
from collections.abc import Iterable
from typing import Final

from converter.writers.markdown.style import Style

# White space that means nothing but a space; a no-break space and its like are characters.
_SPACES: Final = re.compile(r"[ \t-\r\x1c-\x1f\x85\u2028\u2029]+")
_UNPRINTABLE: Final = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef]"
)

_ENTITY: Final = r"""
    | & (?= \#?\w+; )                       # &amp;
"""
_COMMON: Final = r"""
      [\\`*\[\]<$~|]                        # code, emphasis, links, notes, HTML, math, tables
    | (?<![^\W_]) _ | _ (?![^\W_])          # emphasis; within words it is none
    | [!#] $                                # an image, when [ follows; the end of a heading
"""
_FORGE: Final = r"""
    | : (?= // ) | (?<= [wW]{3} ) [.]       # links made of bare addresses, escapes and all
    | : (?= [\w+-]*[a-z][\w+-]*: | [+-]1: | 100: | 1234: )    # emoji
"""
_BARE_MAIL: Final = r"""
    | (?<= \w ) @ (?= \w )                  # links made of bare addresses
"""
_SMART: Final = r"""
    | ['"] | - (?= - ) | [.] (?= [.][.] )   # smart quotes, dashes and dots
"""
_MARKUP: Final[dict[Style, re.Pattern[str]]] = {
    "markdown": re.compile(
        _COMMON
        + _ENTITY
        + _SMART
        + r"""
    | [\^{]                                 # superscript, attributes
    | @ (?= [\w{] )                         # citations
    """,
        re.VERBOSE,
    ),
    "gfm": re.compile(_COMMON + _ENTITY + _FORGE + _BARE_MAIL, re.VERBOSE),
    # Braces are those of shortcodes, of Liquid and of kramdown's attributes.
    "hugo": re.compile(_COMMON + _ENTITY + _FORGE + _BARE_MAIL + _SMART + r"| \{", re.VERBOSE),
    "jekyll": re.compile(_COMMON + _FORGE + _SMART + r"| \{ | (?<=<) < | > (?=>)", re.VERBOSE),
}
_MAIL: Final = re.compile(r"(?<=\w)@(?=\w)")
_AMPERSAND: Final = re.compile(r"&(?=\#?\w+;)")

# What means something at the start of a line only; the group is what a backslash goes before.
_LINE_START: Final = r"""
      ( [-+] ) (?= [\s=-] | $ )             # lists, rules, underlined headings
    | ( [:=%>\#] )                          # definitions, captions, title blocks, quotes, headings
    | \d{1,9} ( [.)] ) (?= \s | $ )         # numbered lists
"""
_OPENING: Final[dict[Style, re.Pattern[str]]] = {
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
    "hugo": re.compile(_LINE_START, re.VERBOSE),
    # kramdown has no escape for what it never means anything by.
    "jekyll": re.compile(_LINE_START.replace("%", ""), re.VERBOSE),
}
# White space that no file should hold as it is.
_CONTROLS: Final = re.compile(r"[\x0b\x0c\x1c-\x1f\x85]")
# Spaces that nothing holds apart, and white space that would become one.
_LOOSE: Final = re.compile(r"^[ ]|(?<=\s)[ ]|[ ]$|[\t\n\r\u2028\u2029]")
_SHORTCODE: Final = re.compile(r"\{\{([<%])(.*?)([>%])\}\}", re.DOTALL)
_UNCLOSED: Final = re.compile(r"\{\{[<%]|\{%-?\s*(?:end)?raw")
_LIQUID: Final = re.compile(r"\{[{%]")
# Behind a call, these would make a link or a definition of it: [^1](a), [^1]: a.
_AFTER_CALL: Final = re.compile("[(:]")


def clean(text: str) -> str:
    """Return ``text`` with single spaces, and U+FFFD for what no text file should hold."""
    return _UNPRINTABLE.sub("\ufffd", _SPACES.sub(" ", text))


def printable(text: str) -> str:
    """Return ``text`` with U+FFFD for what no text file should hold, its white space as it is."""
    return _UNPRINTABLE.sub("\ufffd", _CONTROLS.sub(" ", text))


def escape(text: str, style: Style, *, opens: bool = True, after_call: bool = False) -> str:
    """Return clean ``text`` as Markdown that reads as the same text.

    ``opens`` says that it begins a line, ``after_call`` that it follows the call of a note.
    """
    found = _OPENING[style].match(text) if opens else None
    if found and found.lastindex:
        place = found.start(found.lastindex)
    else:
        place = 0 if after_call and _AFTER_CALL.match(text) else -1
    if place < 0:
        written = _MARKUP[style].sub(r"\\\g<0>", text)
        return _for_kramdown(written) if style == "jekyll" else written
    before, after = text[:place], text[place + 1 :]
    rest = escape(after, style, opens=False)
    return f"{escape(before, style, opens=False)}\\{text[place]}{rest}"


def verbatim(code: str, style: Style, between: str = "") -> str:
    """Return code such that a generator of sites finds nothing in it to be carried out.

    ``between`` stands between code and what goes around it.
    See https://gohugo.io/content-management/shortcodes/ and
    https://shopify.github.io/liquid/tags/template/#raw.
    """
    if style == "hugo":
        return _SHORTCODE.sub(r"{{\1/*\2*/\3}}", code)
    if style == "jekyll" and _LIQUID.search(code):
        return f"{{% raw %}}{between}{code}{between}{{% endraw %}}"
    return code


def is_command(code: str) -> bool:
    """Return whether ``verbatim`` cannot help ``code``, in which commands are not closed."""
    return bool(_UNCLOSED.search(_SHORTCODE.sub("", code)))


def opens_block(text: str, style: Style) -> bool:
    """Return whether ``text`` would mean something else at the start of a line."""
    return bool(_OPENING[style].match(text))


def exact(text: str) -> str:
    """Return escaped ``text`` with white space that Markdown would drop or join as entities."""
    return _LOOSE.sub(lambda space: entity(space[0]), text)


def entity(character: str) -> str:
    return f"&#{ord(character)};"


def _for_kramdown(written: str) -> str:
    """Return text with entities for what kramdown shows a backslash before, and for Liquid's."""
    known = _MAIL.sub("&#64;", _AMPERSAND.sub("&amp;", written))
    return known.replace("{%", "{&#37;")


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
