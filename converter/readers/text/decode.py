"""From bytes to text: encodings, line endings, and what is no text at all."""

import re
from typing import Final

from converter.encoding import is_damaged_utf_8, marked, utf_16_of
from converter.errors import SourceError
from converter.model import Prov
from converter.report import Report
from converter.source import Source

_MAGIC: Final = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive (docx, odt and epub files are such)",
    b"\x89PNG": "a PNG picture",
    b"GIF8": "a GIF picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"\x1f\x8b": "a gzip archive",
}
_HEAD: Final = 8192
_CONTROLS: Final = bytes((*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F))
# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets), white space among it apart.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff]")
_UNUSUAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SPACES: Final = str.maketrans(dict.fromkeys("\x0b\x1c\x1d\x1e\x1f", " ") | {"\f": "\n"})


def decode(source: Source, report: Report) -> str:
    """Return the text of ``source`` with Unix line endings and nothing that XML cannot hold.

    A byte-order mark decides, then UTF-8, then UTF-16 without a mark, then Windows-1252.
    Bytes that the encoding does not know become U+FFFD, with a message.
    Raises SourceError for what is not text.
    """
    encoding = _encoding(source)
    text = source.data.decode(encoding, errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    controls = 0
    # Rarely, and to look for it or to translate all takes longer than to see that all is plain.
    if not all(map(str.isprintable, text.split("\n"))) and _UNUSUAL.search(text):
        text, controls = _FORBIDDEN.subn("\ufffd", text.translate(_SPACES))
    if unknown := text.count("\ufffd"):
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        kind = "control-characters" if controls else "undecodable-bytes"
        report.warn(
            kind,
            f"read as {encoding}; what cannot be shown stands as \ufffd: {unknown} times",
            prov=Prov(source.name, line),
        )
    return text


def _encoding(source: Source) -> str:
    data = source.data
    if encoding := marked(data):
        return encoding
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise SourceError(f"is {kind}, not text", source.name)
    if wide := utf_16_of(data[:_HEAD]):
        return wide
    head = data[:_HEAD]
    if (len(head) - len(head.translate(None, _CONTROLS))) * 100 > len(head):
        raise SourceError("is not text: it is full of control characters", source.name)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if is_damaged_utf_8(data) else "cp1252"
    return "utf-8"
