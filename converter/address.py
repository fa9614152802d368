"""Addresses of the web, made such that an edition may hold them."""

import re
from typing import Final
from urllib.parse import SplitResult, quote, urlsplit

_HOSTED: Final = frozenset({"http", "https", "ftp"})
_BARE: Final = frozenset({"mailto", "tel", "doi", "urn"})
# Beside letters and digits, what RFC 3986 lets stand in a path, and behind "?" and "#".
_SAFE: Final = "!$&'()*+,/:;=@~%-._"
_LABEL: Final = r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
_HOST: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?")
_STRAY_PERCENT: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")


def address(href: str) -> str | None:
    """Return ``href`` as a valid URL, or None for what is none, is relative or runs a script.

    See https://www.rfc-editor.org/rfc/rfc3986.
    """
    try:
        parts = urlsplit(href.strip())
        if parts.scheme in _HOSTED:
            parts = parts._replace(netloc=_authority(parts))
        elif parts.scheme not in _BARE or not parts.path:
            return None
    except ValueError:
        return None
    return parts._replace(
        path=_escaped(parts.path),
        query=_escaped(parts.query, "?"),
        fragment=_escaped(parts.fragment, "?"),
    ).geturl()


def _authority(parts: SplitResult) -> str:
    """Return host and port. Raises ValueError if there is no host, or it cannot be one."""
    host = (parts.hostname or "").encode("idna").decode("ascii")
    if not _HOST.fullmatch(host):
        raise ValueError(host)
    return host if parts.port is None else f"{host}:{parts.port}"


def _escaped(text: str, more: str = "") -> str:
    return _STRAY_PERCENT.sub("%25", quote(text, safe=_SAFE + more, errors="replace"))
