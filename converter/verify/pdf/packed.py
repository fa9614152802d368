"""How far the streams of a PDF may unfold, which come from elsewhere as the file does.

PDFium unpacks whatever it is led to, and a thousandth of it may be all that a file holds.
See ISO 32000-1, 7.3.8 (streams) and 7.4.4 (how they are packed).
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from converter.access import Limits
from converter.errors import SourceError
from converter.verify.pdf.acting import unescaped

_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_PACKED: Final = re.compile(rb"/(?:FlateDecode|Fl)(?![^\s/<>()\[\]{}%])")
_PDF: Final = b"%PDF-"
_IMAGE: Final = re.compile(rb"/Subtype\s*/Image")
# As far before a stream as its dictionary begins at most.
_DICTIONARY: Final = 4_096
# So many bytes are taken, and so many unpacked, at once.
_TAKEN: Final = 65_536
_UNPACKED: Final = 1 << 20


class _Stream(NamedTuple):
    """A packed stream by where its bytes begin."""

    at: int
    is_image: bool


def check_streams(data: bytes, name: str, limits: Limits) -> None:
    """Raise SourceError if the PDF ``data``, called ``name``, unfolds beyond ``limits``.

    So does a PDF that is attached to it.
    """
    whole = 0
    for stream in _streams(data, name):
        size = 0
        attached: list[bytes] = []
        for piece in _pieces(data, stream.at):
            if attached or (not size and piece.startswith(_PDF)):
                attached.append(piece)
            size += len(piece)
            whole += len(piece)
            if size > limits.package_text and not (stream.is_image or attached):
                raise _error("package-text", name, limits)
            if whole > limits.package_size:
                raise _error("package-size", name, limits)
        if attached:
            check_streams(b"".join(attached), name, limits)


def _error(setting: str, name: str, limits: Limits) -> SourceError:
    most = getattr(limits, setting.replace("-", "_"))
    text = (
        f"has streams that unfold to more than is safe to read; if you trust it, say"
        f" --limit {setting}= and more than {most}"
    )
    return SourceError(text, name)


def _streams(data: bytes, name: str) -> Iterator[_Stream]:
    """Yield the streams that are packed. Raises SourceError for one that is so more than once."""
    for start in _STREAM.finditer(data):
        begin = max(data.rfind(b"obj", 0, start.start()), start.start() - _DICTIONARY, 0)
        dictionary = unescaped(data[begin : start.start()])
        packed = len(_PACKED.findall(dictionary))
        if packed > 1:
            raise SourceError("has a stream that is packed more than once", name)
        if packed:
            yield _Stream(start.end(), bool(_IMAGE.search(dictionary)))


def _pieces(data: bytes, at: int) -> Iterator[bytes]:
    """Yield what is packed from ``at`` on, piece by piece."""
    unpacker, waiting = zlib.decompressobj(), b""
    try:
        while not unpacker.eof and (waiting or at < len(data)):
            if not waiting:
                waiting, at = data[at : at + _TAKEN], at + _TAKEN
            yield unpacker.decompress(waiting, _UNPACKED)
            waiting = unpacker.unconsumed_tail
    except zlib.error:  # PDFium takes what there is
        return
