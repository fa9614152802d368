"""What a user can ask of the writers, under the same names in project file and command line."""

from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

PageSize: TypeAlias = Literal["A4", "Letter", "A5"]
Layout: TypeAlias = Literal["book", "handout"]
Flavour: TypeAlias = Literal["markdown", "gfm"]
PdfVariant: TypeAlias = Literal["pdf/ua-1", "plain"]


class PdfOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``handout`` has a wide margin for notes by hand, numbered paragraphs and no title page."""

    page: PageSize = "A4"
    layout: Layout = "book"
    variant: PdfVariant = "pdf/ua-1"


class MarkdownOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``folder`` writes a file a document and an index instead of one file."""

    flavour: Flavour = "markdown"
    folder: bool = False


class Options(msgspec.Struct, frozen=True):
    """Options of all writers. ``templates`` is the user's folder, overriding file by file."""

    templates: Path | None = None
    pdf: PdfOptions = PdfOptions()
    markdown: MarkdownOptions = MarkdownOptions()
