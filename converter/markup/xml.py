"""Exports in XML, element by element: mended where broken, refused where they are traps."""

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from html.entities import html5
from io import BytesIO
from typing import Final

from lxml import etree

from converter.errors import SourceError
from converter.markup.page import Element
from converter.model import Prov
from converter.report import Report

_CDATA: Final = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
# Names that only HTML knows, numbers, and ampersands that begin neither.
_AMPERSAND: Final = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)(\w+;|#\d+;|#x[\da-fA-F]+;)?")
# https://www.w3.org/TR/xml/#charsets
_FORBIDDEN: Final = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")
_PROLOG: Final = 65536


def elements(text: str, name: str, report: Report, *, tags: Sequence[str]) -> Iterator[Element]:
    """Yield the elements of ``text`` with one of ``tags`` in any namespace, each when complete.

    What was yielded is emptied when the next is asked for. XML that is not well-formed is mended,
    with a message. Raises SourceError for XML that declares entities, which no export needs and
    traps do, and for what cannot be read to its end.
    """
    if "<!ENTITY" in text[:_PROLOG]:
        raise SourceError("declares entities, which are not read for safety", name)
    data = _mended(text).encode("utf-8")
    events = etree.iterparse(
        BytesIO(data),
        events=("end",),
        tag=[f"{{*}}{tag}" for tag in tags],
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            yield element
            parent = element.getparent()
            if parent is None or local_name(parent) not in tags:
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"is no XML: {error.msg}", name) from error
    _report(events, name, report)


def _mended(text: str) -> str:
    """Return ``text`` with ampersands that XML does not know read as HTML would."""
    parts = _CDATA.split(text)
    parts[::2] = (_AMPERSAND.sub(_character, part) for part in parts[::2])
    return "".join(parts)


def _character(found: re.Match[str]) -> str:
    """Return the character that HTML calls by a name, the text as it is for any other name."""
    name = found[1] or ""
    if name.startswith("#"):
        # As in HTML: what is no character becomes U+FFFD, which XML can hold.
        return escape(_FORBIDDEN.sub("\ufffd", unescape(found[0])), quote=False)
    return html5.get(name) or f"&amp;{name}"


def _forget(element: Element) -> None:
    parent = element.getparent()
    element.clear()
    if parent is not None and element.getprevious() is not None:
        del parent[: parent.index(element)]


def _report(events: "etree.iterparse[tuple[str, Element]]", name: str, report: Report) -> None:
    for entry in events.error_log:
        if "RESOURCE_LIMIT" in entry.type_name or "Excessive depth" in entry.message:
            text = f"nests too deep to be an export, or is too long in one piece: {entry.message}"
            raise SourceError(text.partition(", use")[0], f"{name}:{entry.line}")
    first = next(iter(events.error_log), None)
    if first is not None:
        text = f"is not well-formed and was mended: {first.message}"
        report.warn("malformed-xml", text, prov=Prov(name, first.line))


def local_name(element: Element) -> str:
    """Return the name of ``element`` without namespace or prefix."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def inner(element: Element) -> str:
    """Return what is in ``element``: its text, and markup that should have been escaped."""
    parts = [element.text or ""]
    parts += (etree.tostring(child, encoding="unicode") for child in element)
    return "".join(parts)


def values(element: Element) -> dict[str, str]:
    """Return what is in each child of ``element``, by local name, the first of each name.

    RSS calls content and excerpt alike: they are told apart as ``content`` and ``excerpt``.
    """
    found: dict[str, str] = {}
    for child in element:
        if isinstance(child.tag, str):
            name = local_name(child)
            if name == "encoded":
                name = "excerpt" if "excerpt" in child.tag else "content"
            found.setdefault(name, inner(child).strip())
    return found
