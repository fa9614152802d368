"""Packages: the zip files that docx, odt and epub are, opened with care.

A few kilobytes can unfold into gigabytes, and pandoc unfolds all of it. So each member is first
unfolded here, piece by piece, to see that it is no larger than it says, and all together no
larger than any document is.
"""

import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from converter.errors import SourceError

Element = etree._Element

LARGEST: Final = 512 * 1024 * 1024
LARGEST_MARKUP: Final = 64 * 1024 * 1024
_MOST: Final = 20_000
_PIECE: Final = 1024 * 1024
_MARKUP: Final = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx")
# A password is a RuntimeError, a compression that nobody uses a NotImplementedError.
_DAMAGE: Final = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
# The same bytes for the same content: https://reproducible-builds.org/docs/archives/.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def check(data: bytes, name: str) -> None:
    """Raise SourceError if the package ``data`` is damaged, or larger than a document can be."""
    try:
        with ZipFile(BytesIO(data)) as package:
            members = package.infolist()
            _check_sizes(members, name)
            for member in members:
                _unfold(package, member)
    except (
        BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        text = f"is a damaged or locked package: {error}; save it again without a password"
        raise SourceError(text, name) from error


def _check_sizes(members: list[ZipInfo], name: str) -> None:
    markup = sum(each.file_size for each in members if each.filename.lower().endswith(_MARKUP))
    whole = sum(each.file_size for each in members)
    if len(members) > _MOST or whole > LARGEST or markup > LARGEST_MARKUP:
        text = (
            f"unfolds to {len(members)} files of {whole:,} bytes, {markup:,} of them text:"
            " more than is safe to read; split it, or take large pictures out"
        )
        raise SourceError(text, name)


def _unfold(package: ZipFile, member: ZipInfo) -> None:
    """Unfold ``member`` to its end. One that is larger than it says fails its checksum."""
    with package.open(member) as file:
        while file.read(_PIECE):
            pass


def members(data: bytes) -> dict[str, bytes]:
    """Return the members of a package that are XML, by name."""
    with ZipFile(BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.endswith(".xml")]
        return {name: package.read(name) for name in names}


def replaced(data: bytes, changes: Mapping[str, bytes]) -> bytes:
    """Return the package ``data`` with the members named in ``changes`` replaced."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = changes.get(member.filename)
            copy = ZipInfo(member.filename, _EPOCH)
            copy.compress_type = member.compress_type
            new.writestr(copy, old.read(member) if content is None else content)
    return target.getvalue()


def parse(content: bytes, name: str) -> Element:
    """Return the root of a member. Raises SourceError for what is no XML or a trap."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"has a part that is no XML: {error.msg}", name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError("has a part that declares entities, which are not read for safety", name)
    return root
