"""The title on the cover."""

import pytest

from converter.options import Options
from converter.writers.epub.cover import fit

TITLES = [
    "Oil",
    "From the Archive: Three Documents on the Lighthouse",
    "word " * 100,
    "大使于傍晚抵达他在日记中写道海面平静" * 6,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "وصل السفير إلى المدينة مساء اليوم وكتب في دفتره أن البحر هادئ",
]


def test_a_picture_in_the_users_folder_is_the_cover(desk, tmp_path):
    (tmp_path / "epub").mkdir()
    (tmp_path / "epub" / "cover.jpg").write_bytes(b"\xff\xd8\xff")
    edition = desk.write(options=Options(templates=tmp_path))
    (item,) = desk.find(edition.package, "//opf:item[@properties='cover-image']")
    assert (item.get("href"), item.get("media-type")) == ("cover.jpg", "image/jpeg")
    assert desk.find(edition.tree("cover.xhtml"), "//h:img/@src") == ["cover.jpg"]
    assert desk.find(edition.package, "//opf:meta[@name='cover']/@content") == [item.get("id")]
    assert "EPUB/cover.svg" not in edition.files


@pytest.mark.parametrize("title", TITLES)
def test_a_title_is_set_whole(title):
    _, lines = fit(title, 1180, 1270, 176)
    assert "".join("".join(lines).split()) == "".join(title.split())


@pytest.mark.parametrize("title", TITLES)
def test_a_title_has_room_on_the_cover(title):
    size, lines = fit(title, 1180, 1270, 176)
    assert len(lines) * size * 1.22 <= 1270
    assert size > 30


def test_a_short_title_is_set_larger_than_a_long_one():
    assert fit("Oil", 99, 99, 40)[0] > fit("word " * 100, 99, 99, 40)[0]


def test_lines_are_of_about_equal_length():
    _, lines = fit("the quick brown fox jumps over the lazy dog once more today", 400, 400, 30)
    assert min(map(len, lines)) > max(map(len, lines)) / 2


def test_the_cover_shows_title_authors_and_year_and_is_named_for_who_cannot_see_it(desk):
    edition = desk.write(title="A Book", authors=("Ann",), date="1983-03-01")
    texts = [desk.text_of(text) for text in desk.find(edition.tree("cover.svg"), "//svg:text")]
    assert texts == ["Ann", "A Book", "1983"]
    assert desk.find(edition.tree("cover.xhtml"), "//h:img/@alt") == ["Cover: A Book"]
    (item,) = desk.find(edition.package, "//opf:item[@properties='cover-image']")
    assert item.get("href") == "cover.svg"
