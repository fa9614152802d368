"""What a PDF would do by itself, told by the names in its objects: PDFium does not tell it all.

Editions lie still: nothing runs, opens, asks, plays, or shows at one time and not at another.
See ISO 32000-1, 12.6 (actions), 12.7 (forms), 8.11 (optional content), 13 (multimedia).
"""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

_NAMES: Final = rb"""
    OpenAction AA JavaScript Launch AcroForm OCProperties UserUnit Collection Trans
"""
# A name may be written with escapes: ISO 32000-1, 7.3.5.
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTING: Final = re.compile(rb"/(" + b"|".join(_NAMES.split()) + rb")(?![^\s/<>()\[\]{}%])")
_STREAM: Final = re.compile(rb"stream\r?\n")
# So many bytes are unpacked at once.
_PIECE: Final = 65_536
_STRING: Final = re.compile(rb"\((?:[^()\\]|\\.)*\)", re.DOTALL)


def acting(data: bytes) -> list[str]:
    """Return the names in the PDF ``data`` of what acts, each once; none but in odd files."""
    found: dict[str, None] = {}
    for part in (_bare(data), *_packed(data)):
        plain = unescaped(part)
        # Texts and addresses may well have such words in them; hardly any file has.
        if _ACTING.search(plain):
            found |= {name.decode(): None for name in _ACTING.findall(_without_strings(plain))}
    return list(found)


def unescaped(data: bytes) -> bytes:
    """Return ``data`` with its names as they are read."""
    return _ESCAPED.sub(_letter, data) if b"#" in data else data


def _packed(data: bytes) -> Iterator[bytes]:
    """Yield the objects that are in compressed streams."""
    at = data.find(b"/ObjStm")
    while at >= 0:
        start = _STREAM.search(data, at)
        if start:
            with suppress(zlib.error):
                yield _unpacked(data, start.end())
        at = data.find(b"/ObjStm", at + 1)


def _unpacked(data: bytes, at: int) -> bytes:
    """Return what is compressed from ``at`` on, without a copy of all that follows it."""
    unpacker, parts = zlib.decompressobj(), []
    while not unpacker.eof and at < len(data):
        parts.append(unpacker.decompress(data[at : at + _PIECE]))
        at += _PIECE
    return b"".join(parts)


def _bare(data: bytes) -> bytes:
    """Return ``data`` without what is in streams."""
    kept, at = [], 0
    while start := _STREAM.search(data, at):
        kept.append(data[at : start.start()])
        end = data.find(b"endstream", start.end())
        at = len(data) if end < 0 else end + len(b"endstream")
    return b"".join((*kept, data[at:]))


def _without_strings(data: bytes) -> bytes:
    """Return ``data`` without texts and addresses, which may have brackets in them."""
    while (less := _STRING.sub(b"", data)) != data:
        data = less
    return data


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])
