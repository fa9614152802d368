"""Addresses in a page: which lead out of it, which to a place in it, and which are no links."""

import re
from typing import Final
from urllib.parse import urljoin, urlsplit

from converter.markup.page import Element

_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_SPACE: Final = re.compile(r"\s+")


class Links:
    """The addresses in a page that was published at ``address``, empty where nobody knows.

    Relative ones are relative to ``base``, which is the same unless the page says otherwise.
    """

    def __init__(self, address: str = "", base: str = "") -> None:
        self.address = address if _scheme(address) else ""
        self._base = _joined(self.address, base.strip()) if base else self.address

    def absolute(self, href: str) -> str | None:
        """Return ``href`` as an absolute address, None for what is no link out of a book."""
        target = _SPACE.sub("%20", href.strip())
        if not target or target.startswith("#"):
            return None
        try:
            joined = urljoin(self._base, target) if self._base else target
            if joined.startswith("//"):
                joined = f"https:{joined}"
            parts = urlsplit(joined)
        except ValueError:
            return None
        if parts.scheme.lower() not in _SCHEMES or not (parts.netloc or parts.scheme == "mailto"):
            return None
        return joined

    def fragment(self, href: str) -> str:
        """Return the id in this page that ``href`` leads to, empty if it leads elsewhere."""
        if href.startswith("#"):
            return href[1:]
        address, _, fragment = href.partition("#")
        if not fragment:
            return ""
        here = {self.address, self.address.rstrip("/"), urlsplit(self.address).path}
        # Wikipedia's own renderer writes "./Title#id".
        return fragment if address in here or address.startswith("./") else ""


def links_of(root: Element, saved_from: str = "") -> Links:
    """Return the addresses of the page under ``root``, which says itself where it stands.

    ``saved_from`` is where it stood if it does not say so.
    """
    address = saved_from
    for path, attribute in (
        (".//head//meta[@property='og:url']", "content"),
        (".//head//link[@rel='canonical']", "href"),
    ):
        found = (element.get(attribute) or "" for element in root.iterfind(path))
        address = next((href.strip() for href in found if _scheme(href)), address)
    base = root.find(".//head//base")
    return Links(address, (base.get("href") or "") if base is not None else "")


def _joined(address: str, base: str) -> str:
    try:
        return urljoin(address, base)
    except ValueError:
        return address


def _scheme(href: str) -> str:
    try:
        scheme = urlsplit(href.strip()).scheme.lower()
    except ValueError:
        return ""
    return scheme if scheme in {"http", "https"} else ""
