"""What the package says about the book."""

import pytest

from converter.model import (
    Book,
    Document,
    Figure,
    Image,
    Math,
    Note,
    PageBreak,
    Paragraph,
    Part,
    Text,
)
from converter.options import EpubOptions, Options
from converter.writers.epub.metadata import modified


def values(desk, edition, name):
    return [e.text for e in desk.find(edition.package, f"//opf:meta[@property='{name}']")]


def core(desk, edition, name):
    return [element.text for element in desk.find(edition.package, f"//dc:{name}")]


def test_the_books_fields_are_in_the_package(desk):
    edition = desk.write(
        Document("a", tags=("oil", "lamps"), source="box/a.txt"),
        Document("b", tags=("oil",), source="box/b.txt", collection="Lighthouse Papers, volume I"),
        title="A Book",
        authors=("Ann", "Bo"),
        rights="Free",
        date="1983-03-01",
        language="fr",
        identifier="urn:isbn:123",
    )
    assert core(desk, edition, "title") == ["A Book"]
    assert core(desk, edition, "creator") == ["Ann", "Bo"]
    assert core(desk, edition, "rights") == ["Free"]
    assert core(desk, edition, "date") == ["1983-03-01"]
    assert core(desk, edition, "language") == ["fr"]
    assert core(desk, edition, "identifier") == ["urn:isbn:123"]
    assert core(desk, edition, "subject") == ["oil", "lamps"]
    assert core(desk, edition, "source") == ["a.txt", "Lighthouse Papers, volume I"]


def test_a_date_that_is_none_is_left_out(desk):
    assert core(desk, desk.write(date="last spring"), "date") == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("1983-03-01T12:30:00Z", "1983-03-01T12:30:00Z"),
        ("1983-03-01T12:30:00+02:00", "1983-03-01T10:30:00Z"),
        ("", "1980-01-01T00:00:00Z"),
    ],
)
def test_the_time_of_the_last_change_is_told_in_utc(desk, given, told):
    assert values(desk, desk.write(modified=given), "dcterms:modified") == [told]
    assert modified(Book("A Book", (), modified=given)).isoformat() == told.replace("Z", "+00:00")


def test_features_are_those_that_the_book_has(desk):
    plain = desk.write(Document("a", children=(Paragraph((Text("Word."),)),)))
    rich = desk.write(Document("a", children=(PageBreak("1"), Paragraph((Math("x"), Math("$"))))))
    features = set(values(desk, plain, "schema:accessibilityFeature"))
    assert "tableOfContents" in features
    assert not features & {"pageNavigation", "pageBreakMarkers", "alternativeText", "latex"}
    more = set(values(desk, rich, "schema:accessibilityFeature")) - features
    assert more == {"pageNavigation", "pageBreakMarkers", "MathML", "latex"}


def test_the_source_of_the_pages_is_named_where_there_are_pages(desk):
    paged = Document("a", children=(PageBreak("1"),), collection="Lighthouse Papers")
    assert values(desk, desk.write(paged), "pageBreakSource") == ["Lighthouse Papers"]
    assert values(desk, desk.write(Document("a")), "pageBreakSource") == []


def test_text_is_enough_only_where_every_picture_is_described(desk, picture):
    described, silent = (
        desk.write(Document("a", children=(Figure(Image(picture.name, alt)),), pictures=(picture,)))
        for alt in ("A map", "")
    )
    assert "textual" in values(desk, described, "schema:accessModeSufficient")
    assert values(desk, silent, "schema:accessModeSufficient") == ["textual,visual"]
    (summary,) = values(desk, silent, "schema:accessibilitySummary")
    assert "1 of 1 pictures have no text alternative" in summary


def test_the_summary_speaks_of_notes_only_where_there_are_any(desk):
    noted = desk.write_book(Book("A Book", (Part((Document("a", notes=(Note("n", "1", ()),)),)),)))
    (summary,) = values(desk, noted, "schema:accessibilitySummary")
    assert "Notes are linked" in summary
    (summary,) = values(desk, desk.write(Document("a")), "schema:accessibilitySummary")
    assert "Notes" not in summary


def test_who_has_examined_the_edition_is_told_if_the_user_says_so(desk, epubcheck):
    said = EpubOptions(
        certified_by="Ann Example",
        certifier_report="https://example.org/report",
        certifier_credential="Examiner of lamps",
        conforms_to="EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
    )
    document = Document("a", title=(Text("A"),))
    edition = desk.write(document, options=Options(epub=said), language="en")
    assert values(desk, edition, "a11y:certifiedBy") == ["Ann Example"]
    assert values(desk, edition, "a11y:certifierCredential") == ["Examiner of lamps"]
    assert values(desk, edition, "dcterms:conformsTo") == [said.conforms_to]
    (report,) = desk.find(edition.package, "//opf:link[@rel='a11y:certifierReport']")
    assert report.get("href") == said.certifier_report
    assert epubcheck(edition) == []


def test_conformance_is_claimed_for_nobody(desk):
    edition = desk.write(Document("a"))
    assert not values(desk, edition, "dcterms:conformsTo")
    assert not values(desk, edition, "a11y:certifiedBy")


@pytest.mark.parametrize(
    ("addresses", "relations"),
    [
        (["https://example.org/a"], ["https://example.org/a"]),
        (["https://example.org/a", "https://example.org/b"], ["https://example.org/"]),
        (["", "no address"], []),
    ],
)
def test_where_the_documents_were_published_is_told(desk, addresses, relations):
    documents = [Document(f"d{n}", url=url) for n, url in enumerate(addresses)]
    assert core(desk, desk.write(*documents), "relation") == relations
