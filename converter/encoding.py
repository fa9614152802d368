"""What bytes say of their encoding by themselves: byte-order marks, and the shape of Unicode."""

import codecs
from typing import Final

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked(data: bytes) -> str | None:
    """Return the encoding whose byte-order mark ``data`` begins with, None if there is none."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def utf_16_of(head: bytes) -> str | None:
    """Return the UTF-16 whose every other byte is mostly zero, as it is in markup and in the West.

    None if ``head`` is no such thing.
    """
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd * 4 > len(head) and even * 10 < odd:
        return "utf-16-le"
    if even * 4 > len(head) and odd * 10 < even:
        return "utf-16-be"
    return None


def is_damaged_utf_8(data: bytes) -> bool:
    """Whether few of the characters beyond ASCII are broken when ``data`` is read as UTF-8."""
    text = data.decode("utf-8", errors="replace")
    high = sum(char > "\x7f" for char in text)
    return text.count("\ufffd") * 2 < high
