"""What the package says about the book, its accessibility computed from what is in it.

See https://www.w3.org/TR/epub-a11y-11/#sec-disc-package. Conformance is not claimed: that is
for whoever has examined the edition, as is a certifier's report.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from converter.address import address
from converter.model import Book, Image
from converter.options import EpubOptions
from converter.walk import walk
from converter.writers.epub.places import Chapter
from converter.writers.mathml import Formulas

# Zip archives and so EPUB begin here; used where a book names no date of its own.
_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)
# Where no volume is named, all that is known is that its pages are marked.
_SOME_SOURCE: Final = "the printed source whose page numbers the texts give"
_DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(T.*)?")


SUMMARY: Final = "schema:accessibilitySummary"


class Content(NamedTuple):
    """What a book holds, as far as it matters to those who choose it by its accessibility."""

    notes: int
    page_source: str
    comments: int
    images: int
    described: int
    rendered: bool
    unrendered: bool
    indexed: bool


def survey(
    book: Book, chapters: Mapping[str, Chapter], formulas: Formulas, *, indexed: bool
) -> Content:
    """Count what is in ``book``."""
    images = described = 0
    held = {picture.name for document in book.documents for picture in document.pictures}
    for node in walk([book]):
        if isinstance(node, Image) and node.src in held:
            images += 1
            described += bool(node.alt.strip())
    return Content(
        notes=sum(len(document.notes) for document in book.documents),
        page_source=page_source(chapters),
        comments=sum(len(document.comments) for document in book.documents),
        images=images,
        described=described,
        rendered=formulas.rendered,
        unrendered=formulas.left,
        indexed=indexed,
    )


def accessibility(content: Content) -> Iterator[tuple[str, str]]:
    """Yield properties and values after schema.org: modes, features, hazards, summary."""
    yield "schema:accessMode", "textual"
    if content.images:
        yield "schema:accessMode", "visual"
    if content.images == content.described:
        yield "schema:accessModeSufficient", "textual"
    if content.images:
        yield "schema:accessModeSufficient", "textual,visual"
    for feature in _features(content):
        yield "schema:accessibilityFeature", feature
    # Pictures are stills; whether an animated one flashes, only a person can tell.
    yield "schema:accessibilityHazard", "unknown" if content.images else "none"
    yield SUMMARY, summary(content)


def _features(content: Content) -> Iterator[str]:
    yield from ("tableOfContents", "readingOrder", "structuralNavigation")
    yield from ("displayTransformability", "ARIA")
    if content.page_source:
        yield from ("pageBreakMarkers", "pageNavigation")
    if content.images and content.images == content.described:
        yield "alternativeText"
    if content.rendered:
        yield "MathML"
    if content.unrendered:
        yield "latex"
    if content.indexed:
        yield "index"


def summary(content: Content) -> str:
    """Return what a reader can expect, in sentences."""
    sentences = ["The text can be read in any size and colour, by eye, by ear or in braille."]
    if content.notes:
        sentences.append("Notes are linked with their calls in both directions.")
    if content.page_source:
        sentences.append("The pages of the printed source are marked and listed.")
    if content.comments:
        sentences.append("Comments are nested and linked with what they answer.")
    if missing := content.images - content.described:
        sentences.append(f"{missing} of {content.images} pictures have no text alternative.")
    if content.rendered:
        sentences.append("Formulas are MathML, which can be spoken and enlarged.")
    if content.unrendered:
        sentences.append("Some formulas are given as TeX source.")
    return " ".join(sentences)


def certification(options: EpubOptions) -> Iterator[tuple[str, str]]:
    """Yield who has examined the edition, and what it was found to meet.

    See https://www.w3.org/TR/epub-a11y-11/#sec-conf-reporting.
    """
    if options.conforms_to:
        yield "dcterms:conformsTo", options.conforms_to
    if options.certified_by:
        yield "a11y:certifiedBy", options.certified_by
    if options.certifier_credential and not address(options.certifier_credential):
        yield "a11y:certifierCredential", options.certifier_credential


def certificates(options: EpubOptions) -> Iterator[tuple[str, str]]:
    """Yield the addresses of report and credential, by the relation that each has to the book."""
    if report := address(options.certifier_report):
        yield "a11y:certifierReport", report
    if credential := address(options.certifier_credential):
        yield "a11y:certifierCredential", credential


def relations(book: Book) -> tuple[str, ...]:
    """Return where the documents were published: of several on one site, the site."""
    addresses = _once(address(document.url) or "" for document in book.documents)
    if len(addresses) == 1:
        return addresses
    sites = (urlsplit(each) for each in addresses)
    return _once(f"{site.scheme}://{site.netloc}/" if site.netloc else "" for site in sites)


def sources(book: Book) -> tuple[str, ...]:
    """Return the volumes that the documents come from, or their files, without folders."""
    return _once(
        document.collection or PurePosixPath(document.source).name for document in book.documents
    )


def page_source(chapters: Mapping[str, Chapter]) -> str:
    """Return which printed source the page breaks are those of, and nothing without any.

    See https://www.w3.org/TR/epub-33/#pageBreakSource.
    """
    paged = [chapter.document for chapter in chapters.values() if chapter.pages]
    volumes = _once(document.collection for document in paged)
    return "; ".join(volumes) or (_SOME_SOURCE if paged else "")


def tags(book: Book) -> tuple[str, ...]:
    """Return the tags of all documents in the order of their first use."""
    return _once(tag for document in book.documents for tag in document.tags)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, values)))


def modified(book: Book) -> datetime:
    """Return when the book was last changed, in UTC."""
    try:
        date = datetime.fromisoformat(book.modified)
    except ValueError:
        return _EPOCH
    return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)


def is_date(date: str) -> bool:
    """Whether ``date`` is one that EPUB allows in ``dc:date``."""
    return _DATE.fullmatch(date) is not None
