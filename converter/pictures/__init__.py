"""The pictures of a document: taken from wherever its source has them, kept if all can show them.

Pictures are PNG, JPEG, GIF, WebP or SVG, the types that every reading system shows, told apart by
what they begin with: https://www.w3.org/TR/epub-33/#sec-core-media-types.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote_to_bytes

from converter.model import Picture, Prov
from converter.pictures.kinds import picture_of
from converter.report import Report
from converter.source import Refusal, Source

_DATA: Final = re.compile(r"data:[^,]*?(?P<base64>;\s*base64)?,", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://|//", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(r"[a-z][a-z0-9+.-]+:|/|\\", re.IGNORECASE)
_NOT_BASE64: Final = re.compile(rb"[^A-Za-z0-9+/]")
_SHOWN: Final = 80


class Pictures:
    """Gathers the pictures of one document of ``source``, each once."""

    def __init__(self, source: Source, report: Report) -> None:
        self._source = source
        self._report = report
        self._names: dict[str, str] = {}
        self._held: dict[str, Picture] = {}
        self._inside: Mapping[str, bytes] = {}

    def take(self, src: str, prov: Prov | None = None, *, address: str | None = None) -> str:
        """Return the name of the picture at ``src``, or ``src`` with a message without one.

        ``address`` is where it would be on the web if it does not lie beside the source.
        """
        if src not in self._names:
            self._names[src] = self._keep(self._content(src, address or ""), src, prov)
        return self._names[src]

    def hold(self, inside: Mapping[str, bytes]) -> None:
        """Take pictures first from ``inside``, what the source itself holds, by its name there."""
        self._inside = inside

    def held(self) -> tuple[Picture, ...]:
        """Return the pictures taken so far, in the order in which they were."""
        return tuple(self._held.values())

    def _content(self, src: str, address: str) -> bytes | Refusal:
        if src in self._inside:
            return self._source.within(self._inside[src], src)
        if found := _DATA.match(src):
            return _data(src[found.end() :], in_base64=bool(found["base64"]))
        if not src:
            return Refusal("an image says not where its picture is")
        if _ADDRESS.match(src):
            return self._source.remote(address or (f"https:{src}" if src[0] == "/" else src))
        if _ELSEWHERE.match(src):
            return self._source.remote(address) if address else self._source.file(src)
        content = self._source.file(src)
        if isinstance(content, Refusal) and address and self._source.access.network:
            return self._source.remote(address)
        return content

    def _keep(self, content: bytes | Refusal, src: str, prov: Prov | None) -> str:
        shown = src if len(src) <= _SHOWN else f"{src[:_SHOWN]}…"
        limits = self._source.access.limits
        picture = picture_of(content, shown, limits) if isinstance(content, bytes) else content
        if isinstance(picture, Picture):
            self._held.setdefault(picture.name, picture)
            return picture.name
        if picture.on_the_web:
            text = f"{shown} is left on the web: --allow-network takes it along"
            self._report.info("remote-image", text, prov=prov)
        else:
            self._report.warn("missing-image", picture.reason, prov=prov)
        return src


def _data(text: str, *, in_base64: bool) -> bytes | Refusal:
    """Return what a data URL holds. See https://www.rfc-editor.org/rfc/rfc2397."""
    content = unquote_to_bytes(text)
    if not in_base64:
        return content
    digits = _NOT_BASE64.sub(b"", content.replace(b"-", b"+").replace(b"_", b"/"))
    try:
        return base64.b64decode(digits + b"=" * (-len(digits) % 4))
    except binascii.Error:
        return Refusal("a picture in the text itself is cut off")
