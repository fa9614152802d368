"""The zip archive, and the cover, pictures and title page in it."""

from zipfile import ZIP_DEFLATED, ZIP_STORED

from converter.model import Document, Figure, Image, Text

PIXEL = b"\x89PNG\r\n\x1a\n" + bytes.fromhex(
    "0000000d4948445200000001000000010806000000"
    "1f15c489"
    "0000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)


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


def test_a_picture_beside_the_source_is_packed_once(desk, tmp_path):
    (tmp_path / "map.png").write_bytes(PIXEL)
    picture = Figure(Image("map.png", "A map"))
    edition = desk.write(
        Document("a", children=(picture, picture), source=str(tmp_path / "a.html"))
    )
    (source,) = set(desk.find(edition.only, "//h:img/@src"))
    assert edition.files[f"EPUB/{source}"] == PIXEL
    assert edition.messages == []


def test_a_picture_missing_or_elsewhere_gives_way_to_its_text_with_a_message(desk, tmp_path):
    (tmp_path / "out.png").write_bytes(PIXEL)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "page.png").write_text("<html>", encoding="utf-8")
    pictures = [Figure(Image(src, src)) for src in ("../out.png", "a\0", "x" * 999, "page.png")]
    source = str(tmp_path / "in" / "a.html")
    edition = desk.write(Document("a", title=(Text("A"),), children=tuple(pictures), source=source))
    assert desk.find(edition.only, "//h:img") == []
    assert "../out.png" in desk.text_of(edition.only)
    assert [message.code for message in edition.messages] == ["missing-image"] * 4
