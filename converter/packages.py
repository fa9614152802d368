"""How far packages, the zip files that docx, odt and epub are, may unfold."""

import os
from collections.abc import Sequence
from typing import IO, Final
from zipfile import ZipFile, ZipInfo

from converter.access import Limits
from converter.errors import SourceError
from converter.zips import DAMAGE

_MARKUP: Final = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx", ".svg")
# Texts may unfold to so much whatever they come in: what repeats itself packs well.
_HARMLESS: Final = 16 * 1024 * 1024


def check_package(file: IO[bytes], name: str, limits: Limits) -> None:
    """Raise SourceError if ``file``, called ``name``, is no EPUB or unfolds beyond ``limits``.

    It goes by what the package says of itself; zipfile reads no more of a member than that.
    """
    packed = file.seek(0, os.SEEK_END)
    try:
        with ZipFile(file) as package:
            check_sizes(package.infolist(), packed, name, limits)
    except DAMAGE as error:
        raise SourceError(f"is no EPUB: {error}", name) from error


def check_sizes(members: Sequence[ZipInfo], packed: int, name: str, limits: Limits) -> None:
    """Raise SourceError if ``members`` unfold to more than ``limits`` allow.

    ``packed`` is the size in bytes of the package: what members say of theirs may overlap.
    """
    markup = sum(each.file_size for each in members if each.filename.lower().endswith(_MARKUP))
    whole = sum(each.file_size for each in members)
    for setting, size, most in (
        ("package-files", len(members), limits.package_files),
        ("package-size", whole, limits.package_size),
        ("package-text", markup, limits.package_text),
        ("package-ratio", markup // packed * (markup > _HARMLESS), limits.package_ratio),
    ):
        if size > most:
            text = (
                f"unfolds from {packed:,} bytes to {len(members):,} files of {whole:,} bytes,"
                f" {markup:,} of them text: more than is safe to read; split it, or if you trust"
                f" it, say --limit {setting}={size}"
            )
            raise SourceError(text, name)
