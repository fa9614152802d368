"""The zip archive, and the cover, pictures and title page in it."""

from zipfile import ZIP_DEFLATED, ZIP_STORED

from converter.model import Document, Figure, Image, Picture, Text
from converter.pictures.svg import safe_svg


def test_the_archive_opens_with_its_type_stored_and_carries_no_times(desk):
    first, *others = desk.write().entries
    assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    assert {entry.compress_type for entry in others} == {ZIP_DEFLATED}
    assert {entry.date_time for entry in (first, *others)} == {(1980, 1, 1, 0, 0, 0)}


def test_cover_title_page_and_contents_come_before_the_text(desk):
    edition = desk.write(Document("one"))
    assert edition.spine == ["cover.xhtml", "title.xhtml", "nav.xhtml", "0001-one.xhtml"]


def test_the_package_says_its_language_and_the_direction_of_its_pages(desk):
    package = desk.write(language="ar").package
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    (spine,) = desk.find(package, "//opf:spine")
    assert spine.get("page-progression-direction") == "rtl"


def test_a_language_that_is_none_is_undetermined(desk):
    package = desk.write(language="plain English").package
    assert [element.text for element in desk.find(package, "//dc:language")] == ["und"]


def test_ids_of_documents_never_lead_out_of_the_package(desk):
    edition = desk.write(Document("../../etc/Ünïcode"), Document("\x01"))
    assert list(edition.chapters) == ["0001-etc-unicode.xhtml", "0002-document.xhtml"]


def test_a_picture_is_packed_once(desk, picture):
    shown = Figure(Image(picture.name, "A map"))
    edition = desk.write(Document("a", children=(shown, shown), pictures=(picture,)))
    (source,) = set(desk.find(edition.only, "//h:img/@src"))
    assert edition.files[f"EPUB/{source}"] == picture.data
    (kind,) = desk.find(edition.package, f"//opf:item[@href='{source}']/@media-type")
    assert kind == "image/png"


def test_a_picture_that_is_not_held_gives_way_to_its_text_and_a_link_to_the_web(desk):
    pictures = [Figure(Image(src, f"Of {src}")) for src in ("../out.png", "https://example.org/a")]
    edition = desk.write(Document("a", title=(Text("A"),), children=tuple(pictures)))
    assert desk.find(edition.only, "//h:img") == []
    assert "Of ../out.png" in desk.text_of(edition.only)
    (link,) = desk.find(edition.only, "//h:a[@class='missing-image']")
    assert (link.get("href"), link.text) == ("https://example.org/a", "Of https://example.org/a")
    assert edition.messages == []


def test_a_drawing_is_valid_in_the_package(desk, epubcheck):
    drawing = safe_svg(DRAWING, "a.svg")
    held = Picture("image-0.svg", "image/svg+xml", drawing)
    shown = Figure(Image(held.name, "A"))
    assert epubcheck(desk.write(Document("a", children=(shown,), pictures=(held,)))) == []


DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><style>.a{fill:red}</style>
<defs><path id="p" d="M0 0h9"/></defs><use href="#p"/><text class="a" x="1" y="2">A</text></svg>"""
