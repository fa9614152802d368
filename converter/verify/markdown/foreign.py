"""What no edition in Markdown has: markup that acts, hides or loads, as pandoc has read it.

The JSON of pandoc is searched as it is, for most of it is text. See
https://hackage.haskell.org/package/pandoc-types/docs/Text-Pandoc-Definition.html.
"""

import re
from collections.abc import Iterator
from typing import Final

import msgspec

_BLOCKS: Final = b',"blocks":['
_RAW: Final = re.compile(rb'"t":"Raw(?:Inline|Block)","c":\["[^"]*","((?:[^"\\]|\\.)*)"\]')
_ATTRIBUTE: Final = re.compile(rb'\["(style|hidden|popover|inert|on[a-z]+)","(?:[^"\\]|\\.)*"\]')
# Titles of links and pictures show where the mouse is.
_TITLE: Final = re.compile(rb'\],\["(?:[^"\\]|\\.)*","((?:[^"\\]|\\.)+)"\]\]\}')
_METADATA: Final = re.compile(
    rb'"(header-includes|include-before|include-after|css|draft|published)":\{"t"'
)
# Anchors, styles of text, breaks, and notes to markdownlint.
_OWN: Final = re.compile(
    r"""(?:\s*(?:
        <!--\s(?:markdownlint-disable(?:\sMD\d+)+\s)?-->
        | </?(?:a|em|strong|sup|sub|del|u|code|br|span|div)
          (?:\s+(?:id|class|title|lang|dir|parent|date|count|label|number)="[^"]*")*\s*/?>
    ))+\s*""",
    re.VERBOSE,
)


def foreign(answer: bytes) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the file that pandoc has read as ``answer``, and where it says so.

    The latter is a piece of the file's text, or empty.
    """
    head, _, blocks = answer.partition(_BLOCKS)
    for raw in dict.fromkeys(_RAW.findall(blocks)):
        markup = _text(raw)
        if not _OWN.fullmatch(markup):
            first, _, _ = markup.strip().partition("\n")
            yield f"no edition has such markup: {first[:60]}", markup
    for name in dict.fromkeys(_ATTRIBUTE.findall(blocks)):
        yield f"no edition has such an attribute: {name.decode()}", f"{name.decode()}="
    for title in dict.fromkeys(_TITLE.findall(blocks)):
        yield f"the source has no such words: “{_text(title)}”", _text(title)
    for name in _METADATA.findall(head):
        yield f"no edition has such metadata: {name.decode()}", f"{name.decode()}:"


def _text(written: bytes) -> str:
    """Return what a string of JSON says, which is ``written`` so."""
    return str(msgspec.json.decode(b'"' + written + b'"'))
