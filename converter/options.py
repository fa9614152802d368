"""What a user can ask of the writers, under the same names in project file and command line."""

import re
from pathlib import Path
from typing import Final, Literal, TypeAlias

import msgspec

from converter.errors import UsageError

# The shape of a language tag. See https://www.rfc-editor.org/rfc/rfc5646#section-2.1.
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE)

PageSize: TypeAlias = Literal["A4", "Letter", "A5"]
Layout: TypeAlias = Literal["book", "handout", "booklet"]
Flavour: TypeAlias = Literal["markdown", "gfm"]
Site: TypeAlias = Literal["", "hugo", "jekyll"]
PdfVariant: TypeAlias = Literal["pdf/ua-1", "pdf/a-2a", "pdf/a-2a+ua-1", "plain"]
PdfEngine: TypeAlias = Literal["", "weasyprint", "typst"]


class PdfOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a PDF looks, and which standards it keeps.

    ``handout`` has a wide margin for notes by hand, numbered paragraphs and no title page.
    ``booklet`` is a book whose pages are half of ``page``, two to a side, in the order in which
    folded sheets have them. ``large_print`` is for readers with low vision. ``cover`` puts a page
    with title and authors before the title page. Without an ``engine`` WeasyPrint is taken where
    it works, and Typst elsewhere.
    """

    page: PageSize = "A4"
    layout: Layout = "book"
    variant: PdfVariant = "pdf/ua-1"
    large_print: bool = False
    columns: Literal[1, 2] = 1
    cover: bool = False
    engine: PdfEngine = ""


class EpubOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an EPUB has beside its text, and who answers for its accessibility.

    ``index`` adds an index of the names that the sources mark, ``notes`` a list of all notes.
    ``certified_by`` names who has examined the edition, ``certifier_report`` and
    ``certifier_credential`` where that can be read, ``conforms_to`` what it was found to meet,
    such as "EPUB Accessibility 1.1 - WCAG 2.2 Level AA".
    See https://www.w3.org/TR/epub-a11y-11/#sec-conf-reporting.
    """

    index: bool = False
    notes: bool = False
    certified_by: str = ""
    certifier_report: str = ""
    certifier_credential: str = ""
    conforms_to: str = ""


class MarkdownOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``folder`` writes a file a document and an index instead of one file.

    ``site`` names a generator of static sites that such a folder is for, whatever the flavour.
    """

    flavour: Flavour = "markdown"
    folder: bool = False
    site: Site = ""


class Options(msgspec.Struct, frozen=True):
    """Options of all writers. ``templates`` is the user's folder, overriding file by file.

    ``verify`` reads an edition back before it gets its name.
    """

    templates: Path | None = None
    pdf: PdfOptions = PdfOptions()
    markdown: MarkdownOptions = MarkdownOptions()
    verify: bool = True
    epub: EpubOptions = EpubOptions()


def check_room(pdf: PdfOptions) -> PdfOptions:
    """Return ``pdf`` if its columns have room for words. Raises UsageError."""
    is_small = pdf.layout == "booklet" and pdf.page == "A5"
    if is_small and pdf.columns > 1 and pdf.large_print:
        hint = "leave out two columns or large print, or fold larger paper (A4, Letter)"
        raise UsageError(f"a column of an A5 booklet has no room for words in large print: {hint}")
    return pdf


def check_language(tag: str) -> str:
    """Return ``tag`` if it has the shape of a language tag or is empty. Raises UsageError."""
    if tag and not _LANGUAGE.fullmatch(tag):
        raise UsageError(f"{tag!r} is no language tag; one is, for instance, en, fr-CA or sr-Latn")
    return tag
