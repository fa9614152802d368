"""RTF made ready for pandoc, which passes over the notes of LibreOffice and over all comments.

See https://www.biblioscape.com/rtf15_spec.htm (footnotes, comments).
"""

import re
from typing import Final

from converter.model import Prov
from converter.readers.pandoc.review import Prepared
from converter.report import Report

# LibreOffice marks notes as a group that old programs may pass over: so does pandoc.
_NOTE: Final = re.compile(rb"\{\\\*\s?\\footnote\b")
_COMMENT: Final = re.compile(rb"\{\\\*\s?\\annotation\b")


def prepare(data: bytes, name: str, report: Report) -> Prepared:
    """Return ``data`` as pandoc should read it, and tell of the comments that it will not read."""
    if comments := len(_COMMENT.findall(data)):
        text = f"{comments} review comments of RTF cannot be read: save the file as docx or odt"
        report.warn("comments-not-read", text, prov=Prov(name))
    return Prepared(_NOTE.sub(rb"{\\footnote", data))
