"""Text that is set in some way, and pictures: whether an edition has them as its source."""

from collections.abc import Iterator
from typing import Final
from zlib import crc32

from converter.verify.difference import Difference, quoted
from converter.verify.letters import letters
from converter.verify.reading import Passage

# How the styles of text are called that editions of markup have.
STYLES: Final = (
    "superscript",
    "subscript",
    "strikeout",
    "emphasis",
    "strong",
    "small capitals",
    "underline",
)
_PICTURE: Final = "picture"
# What tells one picture from another has so many letters.
_DIGEST: Final = 8
_SHOWN: Final = 20


def digest(data: bytes | int) -> str:
    """Return what tells pictures from each other, of the bytes of one or of their checksum."""
    return f"{data if isinstance(data, int) else crc32(data):0{_DIGEST}x}"


def differing_forms(
    expected: Passage, found: Passage, names: tuple[str, ...]
) -> Iterator[Difference]:
    """Yield which text of ``found`` is set otherwise than it should be, and which pictures differ.

    ``names`` are the forms that were read. Of each, what is set so is told by its letters alone.
    """
    for name in names if expected.forms or found.forms else ():
        ours = letters("".join(text for _, text in expected.forms.get(name, ())))
        theirs = letters("".join(text for _, text in found.forms.get(name, ())))
        if ours == theirs:
            continue
        same = next(
            (at for at, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]),
            min(len(ours), len(theirs)),
        )
        place = _place(found, name, same)
        if name == _PICTURE:
            yield Difference("picture-differs", "another picture stands here, or none", place)
        else:
            own, other = (quoted((each[same : same + _SHOWN],)) for each in (ours, theirs))
            text = f"{own} should be {name}, where {other} is"
            yield Difference("style-differs", text, place)


def _place(found: Passage, name: str, at: int) -> str:
    """Return where the letter number ``at`` of what has the form ``name`` is."""
    position = 0
    for start, text in found.forms.get(name, ()):
        position = start
        at -= len(letters(text))
        if at < 0:
            break
    return found.place(position)
