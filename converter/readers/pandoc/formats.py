"""Which of pandoc's formats a source is in: by what it holds, else by its name."""

import re
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final
from zipfile import ZipFile

from converter.zips import DAMAGE

# https://pandoc.org/MANUAL.html#general-options, by the endings that their programs give.
BY_SUFFIX: Final = {
    ".docx": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mkd": "markdown",
    ".rst": "rst",
    ".org": "org",
    ".adoc": "asciidoc",
    ".asciidoc": "asciidoc",
    ".tex": "latex",
    ".latex": "latex",
    ".ltx": "latex",
    ".epub": "epub",
    ".dbk": "docbook",
    ".docbook": "docbook",
    ".jats": "jats",
    ".nxml": "jats",
    ".fb2": "fb2",
    ".opml": "opml",
    ".ipynb": "ipynb",
    ".mediawiki": "mediawiki",
    ".wiki": "mediawiki",
    ".textile": "textile",
    ".typ": "typst",
    ".dj": "djot",
    ".muse": "muse",
    ".t2t": "t2t",
}
# What is data rather than a document is read where the user says so, and not found in a folder.
_ON_REQUEST: Final = {
    ".pptx": "pptx",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".tsv": "tsv",
    ".bib": "biblatex",
    ".ris": "ris",
    ".native": "native",
}
PACKAGES: Final = frozenset({"docx", "odt", "epub", "pptx", "xlsx"})

_ZIP: Final = b"PK\x03\x04"
_BY_MIMETYPE: Final = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/epub+zip": "epub",
}
# The part that makes a package of https://ecma-international.org/publications-and-standards/standards/ecma-376/.
_BY_MEMBER: Final = (
    ("word/", "docx"),
    ("ppt/presentation", "pptx"),
    ("xl/workbook", "xlsx"),
    ("META-INF/container.xml", "epub"),
    ("content.xml", "odt"),
)
_SIGNS: Final = (
    ("rtf", re.compile(rb"\{\\rtf\d?")),
    ("latex", re.compile(rb"(?=[%\\])(?s:.*?)^[ \t]*\\document(?:class|style)\b", re.MULTILINE)),
    ("latex", re.compile(rb"(?=[%\\])(?s:.*?)^[ \t]*\\begin\{document\}", re.MULTILINE)),
    ("ipynb", re.compile(rb"\{(?=.*\"(?:cells|nbformat|worksheets)\"\s*:)", re.DOTALL)),
    ("docbook", re.compile(rb"<.*?(?:http://docbook\.org/ns/docbook|//DTD DocBook)", re.DOTALL)),
    ("jats", re.compile(rb"<.*?(?:DTD JATS|//NLM//DTD|-//JATS)", re.DOTALL)),
    ("jats", re.compile(rb"(?:<[?!][^>]*>|\s)*<article\b[^>]*\b(?:dtd-version|article-type)=")),
    ("fb2", re.compile(rb"<.*?http://www\.gribuser\.ru/xml/fictionbook", re.DOTALL)),
    ("opml", re.compile(rb"(?:<[?!][^>]*>|\s)*<opml\b")),
)


def sniff(head: bytes) -> float:
    """Return how sure it is that a file beginning with ``head`` is for pandoc.

    Any text may be Markdown: there the name decides.
    """
    if head.startswith(_ZIP):
        return _sniff_zip(head)
    plain = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip()
    if _signed(plain):
        return 0.97
    return 0.0 if plain.startswith((b"<", b"{", b"[{")) else 0.5


def _sniff_zip(head: bytes) -> float:
    kind = _by_mimetype(head)
    if kind == "epub":
        return 0.5
    return 1.0 if kind or b"[Content_Types].xml" in head or b"word/" in head else 0.55


def format_of(name: str, data: bytes) -> str | None:
    """Return pandoc's name for the format of the file ``name``, None if none is known."""
    suffix = PurePosixPath(name).suffix.lower()
    named = BY_SUFFIX.get(suffix) or _ON_REQUEST.get(suffix)
    if data.startswith(_ZIP):
        return _by_mimetype(data) or _by_member(data, named if named in PACKAGES else None)
    if data[:3] == b"\xef\xbb\xbf":
        data = data[3:]
    return _signed(data[:4096].lstrip()) or named


def _signed(head: bytes) -> str | None:
    return next((name for name, sign in _SIGNS if sign.match(head)), None)


def _by_mimetype(data: bytes) -> str | None:
    """Return what a package says of itself in its first member, stored as it is.

    See https://www.w3.org/TR/epub-33/#sec-zip-container-mime.
    """
    length = int.from_bytes(data[26:28], "little") + int.from_bytes(data[28:30], "little")
    if data[30:38] != b"mimetype":
        return None
    value = data[30 + length : 30 + length + 64]
    return next((name for mime, name in _BY_MIMETYPE.items() if value.startswith(mime)), None)


def _by_member(data: bytes, damaged: str | None) -> str | None:
    """Return what a package is by its members, ``damaged`` if it is: reading it tells of that."""
    try:
        with ZipFile(BytesIO(data)) as package:
            members = package.namelist()
    except DAMAGE:
        return damaged
    for start, name in _BY_MEMBER:
        if any(member.startswith(start) for member in members):
            return name
    return None
