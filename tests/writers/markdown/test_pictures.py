"""Pictures lie beside the edition, whole and under names of their own."""

import pytest

from converter.model import Book, Document, Figure, Image, Paragraph, Part, Picture, Text
from converter.options import MarkdownOptions, Options
from converter.pipeline import write
from converter.report import Report

MAP = Picture("image-0a.png", "image/png", b"a map")
PLAN = Picture("image-0b.png", "image/png", b"a plan")


@pytest.fixture
def document():
    """Return a document with two pictures, one of them shown twice, and one that is not shown."""
    return Document(
        "memo",
        children=(
            Figure(Image(MAP.name, "North")),
            Paragraph((Text("See "), Image(PLAN.name, "South"))),
            Paragraph((Image(MAP.name, "North again"),)),
        ),
        pictures=(MAP, PLAN, Picture("image-0c.png", "image/png", b"another")),
    )


def edition(document, target, **options):
    report = Report()
    markdown = MarkdownOptions(**options)
    book = Book("A Book", (Part((document,)),), identifier="urn:example:book")
    write(book, target, "markdown", report, Options(markdown=markdown))
    return [str(message) for message in report.messages]


@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_pictures_of_a_single_file_lie_in_a_folder_beside_it(document, tmp_path, flavour):
    target = tmp_path / "out" / "my memo.md"
    assert edition(document, target, flavour=flavour) == []
    beside = tmp_path / "out" / "my memo-pictures"
    assert {file.name: file.read_bytes() for file in beside.iterdir()} == {
        MAP.name: MAP.data,
        PLAN.name: PLAN.data,
    }
    text = target.read_text(encoding="utf-8")
    assert f"![North](my%20memo-pictures/{MAP.name})" in text
    assert f"![South](my%20memo-pictures/{PLAN.name})" in text
    assert f"![North again](my%20memo-pictures/{MAP.name})" in text


def test_pictures_of_a_folder_of_files_lie_in_it(document, tmp_path):
    assert edition(document, tmp_path / "out", folder=True) == []
    text = (tmp_path / "out" / "memo.md").read_text(encoding="utf-8")
    assert f"![North](pictures/{MAP.name})" in text
    assert len(list((tmp_path / "out" / "pictures").iterdir())) == 2


def test_what_lies_in_the_folder_of_pictures_already_stays(document, tmp_path):
    (tmp_path / "memo-pictures").mkdir()
    (tmp_path / "memo-pictures" / "mine.png").write_bytes(b"mine")
    edition(document, tmp_path / "memo.md")
    assert len(list((tmp_path / "memo-pictures").iterdir())) == 3


def test_without_pictures_there_is_no_folder(tmp_path):
    edition(Document("memo"), tmp_path / "out" / "memo.md")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["memo.md"]


@pytest.mark.parametrize("src", ["none.png", "../../etc/passwd", "javascript:alert(1)"])
@pytest.mark.parametrize("flavour", ["markdown", "gfm"])
def test_the_text_alternative_stands_for_what_is_not_held(tmp_path, flavour, src):
    missing = Document("memo", children=(Figure(Image(src, "1. Map")),))
    assert edition(missing, tmp_path / "memo.md", flavour=flavour) == []
    text = (tmp_path / "memo.md").read_text(encoding="utf-8")
    assert ("1. Map" if flavour == "markdown" else r"1\. Map") in text
    assert "![" not in text


def test_a_picture_left_on_the_web_is_not_fetched_by_whoever_reads_the_edition(tmp_path):
    document = Document("memo", children=(Figure(Image("https://example.org/a b.png", "A")),))
    assert edition(document, tmp_path / "memo.md") == []
    text = (tmp_path / "memo.md").read_text("utf-8")
    assert '[A]{.missing-image src="https://example.org/a b.png"}' in text
    assert "![" not in text
