"""From the bytes of a marked-up source to its text: declared encodings, and false ones."""

import codecs
import re
from typing import Final

from converter.encoding import is_damaged_utf_8, marked, utf_16_of
from converter.errors import SourceError
from converter.model import Prov
from converter.report import Report
from converter.source import Source

_HEAD: Final = 4096
_DECLARED: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_DECLARATION: Final = re.compile(r"\s*<\?xml[^>]*\?>")
# Of bytes that declare one of these, browsers read the larger one:
# https://encoding.spec.whatwg.org/#names-and-labels
_WIDER: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets).
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT: Final = "\ufffd"


def decode(source: Source, report: Report) -> str:
    """Return the text of ``source`` without byte-order mark and XML declaration.

    A byte-order mark decides; then UTF-8, if the bytes are it; then what the source declares, if
    the bytes can be it; then Windows-1252. What the encoding does not know, and what XML cannot
    hold, becomes U+FFFD, with a message. Raises SourceError for what is not text.
    """
    declared = _declared(source.data[:_HEAD])
    encoding = _encoding(source, declared)
    text = clean(source.data.decode(encoding, errors="replace"))
    if declared and codecs.lookup(declared).name != codecs.lookup(encoding).name:
        plain = encoding.removesuffix("-sig")
        if source.data.isascii() is False and plain != declared:
            report.info(
                "encoding-differs",
                f"declares {declared}, but is read as {plain}",
                prov=Prov(source.name),
            )
    if lost := text.count(_REPLACEMENT):
        line = text.count("\n", 0, text.index(_REPLACEMENT)) + 1
        report.warn(
            "undecodable-bytes",
            f"{lost} characters cannot be shown and stand as {_REPLACEMENT}; read as {encoding}",
            prov=Prov(source.name, line),
        )
    return _XML_DECLARATION.sub("", text, count=1) if text.lstrip()[:5] == "<?xml" else text


def clean(text: str) -> str:
    """Return ``text`` with U+FFFD in the place of every character that XML cannot hold."""
    return _FORBIDDEN.sub(_REPLACEMENT, text)


def _encoding(source: Source, declared: str | None) -> str:
    data = source.data
    if known := marked(data) or utf_16_of(data[:_HEAD]):
        return known
    if data.count(b"\0", 0, _HEAD) * 100 > len(data[:_HEAD]):
        raise SourceError("is not text: it is full of control characters", source.name)
    if declared and declared.startswith("iso2022") and b"\x1b" in data:
        return declared
    for encoding in filter(None, ("utf-8", declared)):
        if _fits(data, encoding):
            return encoding
    return "utf-8" if declared == "utf-8" and is_damaged_utf_8(data) else "cp1252"


def _declared(head: bytes) -> str | None:
    """Return the codec that the source names, None for none and for one that cannot be.

    A source whose declaration can be read byte by byte is neither UTF-16 nor UTF-32.
    """
    found = _DECLARED.search(head)
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii", errors="replace")).name
    except LookupError:
        return None
    if name.startswith(("utf-16", "utf-32")) or name in {"utf-7", "punycode", "idna"}:
        return None
    return _WIDER.get(name, name) if _is_text_codec(name) else None


def _is_text_codec(name: str) -> bool:
    try:
        return isinstance(b"a".decode(name), str)
    except (LookupError, ValueError):
        return False


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
