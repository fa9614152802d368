"""Addresses in a page: which lead out of it, which to a place in it, and which are no links."""

import re
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from converter.markup.page import Element

_SCHEMES: Final = frozenset({"http", "https", "mailto"})
_SPACE: Final = re.compile(r"\s+")


class Links:
    """The addresses of a page that stands at ``base``, empty where nobody knows."""

    def __init__(self, base: str = "") -> None:
        self.base = base if _scheme(base) in {"http", "https"} else ""

    def absolute(self, href: str) -> str | None:
        """Return ``href`` as an absolute address, None for what is no link out of a book."""
        target = _SPACE.sub("%20", href.strip())
        if not target or target.startswith("#"):
            return None
        try:
            joined = urljoin(self.base, target) if self.base else target
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
        address, fragment = urldefrag(href)
        if not fragment:
            return ""
        here = {self.base, self.base.rstrip("/"), urlsplit(self.base).path}
        # Wikipedia's own renderer writes "./Title#id".
        return fragment if address in here or address.startswith("./") else ""


def base_of(root: Element) -> str:
    """Return the address of the page under ``root``, as it says itself, empty if it does not."""
    for path, attribute in (
        (".//head//link[@rel='canonical']", "href"),
        (".//head//meta[@property='og:url']", "content"),
        (".//head//base", "href"),
    ):
        for element in root.iterfind(path):
            href = (element.get(attribute) or "").strip()
            if _scheme(href) in {"http", "https"}:
                return href
    return ""


def _scheme(href: str) -> str:
    try:
        return urlsplit(href.strip()).scheme.lower()
    except ValueError:
        return ""
