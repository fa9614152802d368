"""Skeletons: templates in XHTML or SVG whose elements with ``data-slot`` are filled by name."""

from pathlib import Path
from typing import Final

from lxml import etree

from converter.assets import template
from converter.errors import UsageError
from converter.writers.xhtml import Element

SLOT: Final = "data-slot"


def parsed(name: str, folder: Path | None) -> Element:
    """Return the root of the skeleton ``name``, that in the user's ``folder`` if it has one.

    Raises UsageError if it is malformed.
    """
    path = template(name, folder)
    parser = etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True)
    try:
        return etree.parse(path, parser).getroot()
    except etree.XMLSyntaxError as error:
        raise UsageError(f"is not well-formed XML: {error.msg}", f"{path}") from error
