"""The zip archives that Word and OpenDocument files are, the same bytes for the same parts."""

from collections.abc import Mapping
from io import BytesIO
from typing import Final, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from lxml import etree

Element: TypeAlias = etree._Element
Parts: TypeAlias = dict[str, bytes]

# Zip archives begin here.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
# What an OpenDocument file tells its kind by is not compressed:
# https://docs.oasis-open.org/office/OpenDocument/v1.3/os/part2-packages/OpenDocument-v1.3-os-part2-packages.html#MIME_type_stream
_STORED: Final = "mimetype"


def unpacked(data: bytes) -> Parts:
    """Return the parts of a package in their order."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return ``parts`` as a package without times."""
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, data in parts.items():
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_STORED if name == _STORED else ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return target.getvalue()


def parsed(data: bytes) -> Element:
    return etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))


def serialised(root: Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
