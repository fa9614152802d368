"""The skeletons in ``templates/epub``, and XHTML files made from them."""

from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Final

from lxml import etree

from converter.errors import UsageError
from converter.writers.skeletons import SLOT, parsed
from converter.writers.xhtml import XHTML, Element, add, clean

OPS: Final = "http://www.idpf.org/2007/ops"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_LONG: Final = 120


class Skeleton:
    """A template whose elements with ``data-slot`` are filled by name."""

    def __init__(self, name: str, folder: Path | None) -> None:
        self._root = parsed(f"epub/{name}", folder)

    def filled(self, texts: Mapping[str, str]) -> Element:
        """Return a copy with ``texts`` in its slots; slots without text are gone."""
        root = deepcopy(self._root)
        for element in list(root.iter(etree.Element)):
            slot = element.get(SLOT)
            if slot is None:
                continue
            del element.attrib[SLOT]
            if text := texts.get(slot, ""):
                element.text = clean(text)
            elif (parent := element.getparent()) is not None:
                parent.remove(element)
        return root


def body(root: Element) -> Element:
    """Return the body of an XHTML file."""
    found = root.find(f"{{{XHTML}}}body")
    if found is None:
        raise UsageError("a template of the EPUB has no body element")
    return found


def head(root: Element) -> Element:
    """Return the head of an XHTML file."""
    found = root.find(f"{{{XHTML}}}head")
    if found is None:
        raise UsageError("a template of the EPUB has no head element")
    return found


def set_language(root: Element, language: str, direction: str | None) -> None:
    """Say the language and the direction of writing of a file."""
    root.set("lang", language)
    root.set(f"{{{_XML}}}lang", language)
    if direction:
        root.set("dir", direction)


def add_typed(
    parent: Element, name: str, kind: str, text: str | None = None, **attributes: str
) -> Element:
    """Append an XHTML element with ``epub:type`` of ``kind``."""
    element = add(parent, name, text, **attributes)
    element.set(f"{{{OPS}}}type", kind)
    return element


def mark_long(heading: Element, title: str) -> None:
    """Give ``heading`` the class for smaller type if ``title`` is too long for the usual size."""
    if len(title) > _LONG:
        heading.set("class", "long")


def serialised(root: Element) -> bytes:
    """Return a file's bytes."""
    content = etree.tostring(root, encoding="unicode")
    doctype = "<!DOCTYPE html>\n" if root.tag == f"{{{XHTML}}}html" else ""
    return f'<?xml version="1.0" encoding="utf-8"?>\n{doctype}{content}\n'.encode()
