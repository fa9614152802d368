"""Addresses outside the book, made such that an edition may hold them."""

import re
from typing import Final
from urllib.parse import quote, urlsplit

_SCHEMES: Final = frozenset({"http", "https", "ftp", "mailto", "tel", "doi", "urn"})
# What RFC 3986 lets stand as it is: its reserved and unreserved characters, and escapes.
_SAFE: Final = "!#$&'()*+,/:;=?@[]~%-._"
_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def address(href: str) -> str | None:
    """Return ``href`` as a valid URL, or None for what is none, is relative or runs a script.

    See https://www.rfc-editor.org/rfc/rfc3986.
    """
    try:
        parts = urlsplit(href.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or (parts.netloc and not host):
        return None
    if parts.scheme in {"http", "https", "ftp"} and not host:
        return None
    escaped = quote(href.strip(), safe=_SAFE)
    return _ESCAPE.sub("%25", escaped)
