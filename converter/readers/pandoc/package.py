"""Packages: the zip files that docx, odt and epub are, opened with care.

A few kilobytes can unfold into gigabytes, and pandoc unfolds all of it. So each member is first
unfolded here, and is no larger than it says; pandoc gets a package made anew of what was seen,
in which nothing is hidden, given twice or named as if it lay elsewhere.
"""

from collections.abc import Mapping
from io import BytesIO
from typing import Final
from zipfile import ZipFile, ZipInfo

from lxml import etree

from converter.access import Limits
from converter.errors import SourceError
from converter.packages import check_sizes
from converter.readers.pandoc.elements import Element
from converter.zips import DAMAGE

_ENTITIES: Final = "has a part that declares entities, which are not read for safety"
_NEAR: Final = 1 << 16
# The same bytes for the same content: https://reproducible-builds.org/docs/archives/.
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def unfold(data: bytes, name: str, limits: Limits) -> dict[str, bytes]:
    """Return the members of the package ``data`` by name, in their order.

    Raises SourceError if it is damaged, or larger than ``limits`` allow.
    """
    try:
        with ZipFile(BytesIO(data)) as package:
            members = [each for each in package.infolist() if not each.is_dir()]
            check_sizes(members, len(data), name, limits)
            # What stands twice counts as its last, as in the directory of the package.
            return {each.filename: package.read(each) for each in members}
    except DAMAGE as error:
        text = f"is a damaged or locked package: {error}; save it again without a password"
        raise SourceError(text, name) from error


def says(data: bytes, member: str, text: bytes) -> bool:
    """Whether ``member`` of the package ``data`` begins with ``text`` or has it not far below."""
    try:
        with ZipFile(BytesIO(data)) as package, package.open(member) as file:
            return text in file.read(_NEAR)
    except (KeyError, *DAMAGE):
        return False


def check_entities(members: Mapping[str, bytes], name: str) -> None:
    """Raise SourceError if any part declares entities: no program that writes packages does."""
    for member, content in members.items():
        if member.endswith((".xml", ".rels")) and b"<!ENTITY" in content:
            raise SourceError(_ENTITIES, name)


def fold(members: Mapping[str, bytes]) -> bytes:
    """Return ``members`` as a package; not packed small, for it is read at once."""
    target = BytesIO()
    with ZipFile(target, "w") as package:
        for name, content in members.items():
            package.writestr(ZipInfo(name, _EPOCH), content)
    return target.getvalue()


def parse(content: bytes, name: str) -> Element:
    """Return the root of a member. Raises SourceError for what is no XML or a trap."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        text = f"has a part that is no XML: {error.msg}"
        if error.code == etree.ErrorTypes.ERR_RESOURCE_LIMIT:  # type: ignore[attr-defined] # not in the stubs
            text = "nests too deep to be read: take levels out of it"
        raise SourceError(text, name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise SourceError(_ENTITIES, name)
    return root
