"""The skeleton in ``templates/html``, and the HTML file made of it."""

import re
from pathlib import Path
from typing import Final

from lxml import etree

from converter.assets import template
from converter.errors import UsageError
from converter.writers.skeletons import SLOT, parsed
from converter.writers.xhtml import XHTML, Element, clean

_NAMESPACE: Final = f"{{{XHTML}}}"
# Lines end behind blocks, where white space means nothing; text holds no "<" to be mistaken.
_ENDS: Final = re.compile(
    r"(</(?:p|h[1-6]|li|ol|ul|dl|dd|tr|table|section|article|header|nav|aside|div|summary"
    r"|details|figure|blockquote|pre|style|title|head|main|footer)>|<(?:meta|hr)\b[^>]*>)\n?"
)
# What a page may not hold besides: https://html.spec.whatwg.org/#preprocessing-the-input-stream.
_FORBIDDEN: Final = re.compile(
    "[\x7f-\x9f\ufdd0-\ufdef"
    + "".join(f"{chr((plane << 16) + 0xFFFE)}{chr((plane << 16) + 0xFFFF)}" for plane in range(17))
    + "]"
)


def skeleton(title: str, folder: Path | None) -> Element:
    """Return the skeleton with ``title`` in its slot. Raises UsageError if it is malformed."""
    root = parsed("html/page.xhtml", folder)
    for element in list(root.iter(etree.Element)):
        slot = element.get(SLOT)
        if slot is None:
            continue
        del element.attrib[SLOT]
        if slot == "title":
            element.text = clean(title)
    return root


def child(root: Element, name: str) -> Element:
    """Return the element ``name`` of a page, one that every page has."""
    found = root.find(f"{_NAMESPACE}{name}")
    if found is None:
        raise UsageError(f"the template html/page.xhtml has no {name} element")
    return found


def serialised(root: Element, folder: Path | None) -> bytes:
    """Return ``root`` as an HTML file, the style sheet in its head."""
    style = etree.SubElement(child(root, "head"), f"{_NAMESPACE}style")
    style.text = template("html/style.css", folder).read_text(encoding="utf-8")
    for element in root.iter(etree.Element):
        # HTML knows no namespaces; the serializer would write prefixes for them.
        element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(root)
    markup = etree.tostring(root, encoding="unicode", method="html")
    markup = _ENDS.sub("\\1\n", _FORBIDDEN.sub("\ufffd", markup))
    return f"<!DOCTYPE html>\n{markup}\n".encode()
