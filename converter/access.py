"""What a source may make this machine do: reach the network, and how much of it to take in."""

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Final

import msgspec

from converter.errors import UsageError

_KILO: Final = 1024
_MEGA: Final = 1024 * _KILO
_GIGA: Final = 1024 * _MEGA
_NUMBER: Final = re.compile(r"(\d+)\s*([kMG]?)B?", re.IGNORECASE)
_UNITS: Final = {"": 1, "k": _KILO, "m": _MEGA, "g": _GIGA}


class Limits(msgspec.Struct, frozen=True):
    """The most that one source may ask for: a few bytes of it can stand for gigabytes.

    Sizes are in bytes. A package is a zip file such as docx; ``package_ratio`` is how often its
    texts may be as large as the file that they come in. ``nesting`` is how deep nodes of a document
    may stand in one another: our readers stay far below, and what is far above was made to do harm;
    ``element_nesting`` the same of the elements of TEI, ``bracket_nesting`` of square brackets in
    Markdown, for which pandoc takes twice as long with each.
    ``table_places`` is what the cells of one table may cover together, each as wide and as tall as
    it says that it is.
    Only users change limits, on the command line: a project from elsewhere must not lift them.
    """

    source_size: int = 512 * _MEGA
    nesting: int = 150
    element_nesting: int = 100
    bracket_nesting: int = 8
    table_places: int = 250_000
    picture_size: int = 64 * _MEGA
    # What a scanner makes of a large map has a tenth of it; unfolded it is some 400 megabytes.
    picture_pixels: int = 100_000_000
    package_size: int = 512 * _MEGA
    package_text: int = 64 * _MEGA
    package_ratio: int = 250
    package_files: int = 20_000
    web_seconds: int = 20
    reading_seconds: int = 120
    # A text takes pandoc some eighty times its size.
    reading_memory: int = 4 * _GIGA


class Access(msgspec.Struct, frozen=True):
    """What a user allows sources beyond the files in their own folders."""

    network: bool = False
    limits: Limits = Limits()


def lies_in(path: Path, folder: Path) -> bool:
    """Whether what is at ``path`` lies in ``folder`` or below, wherever links lead."""
    return path.resolve().is_relative_to(folder.resolve())


def limits_of(settings: tuple[str, ...]) -> Limits:
    """Return the limits with those changed that ``settings`` name: ``package-size=1GB``.

    Raises UsageError.
    """
    known = [name.replace("_", "-") for name in Limits.__struct_fields__]
    changed: dict[str, int] = {}
    for setting in settings:
        name, _, value = setting.partition("=")
        number = _NUMBER.fullmatch(value.strip())
        if name not in known or number is None:
            near = get_close_matches(name, known, n=1)
            example = near[0] if near else known[0]
            raise UsageError(
                f"--limit {setting!r} is no limit; say, for instance, {example}=1GB;"
                f" known: {', '.join(known)}"
            )
        changed[name.replace("-", "_")] = int(number[1]) * _UNITS[number[2].lower()]
    return msgspec.structs.replace(Limits(), **changed)
