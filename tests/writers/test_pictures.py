"""Where the pictures of a document are."""

import pytest

from converter.model import Document, Image
from converter.writers.pictures import picture_file


@pytest.fixture
def document(tmp_path):
    """Return a document whose source has a picture beside it, and one in the folder above."""
    (tmp_path / "above.png").write_bytes(b"")
    (tmp_path / "here" / "img").mkdir(parents=True)
    (tmp_path / "here" / "img" / "map.png").write_bytes(b"")
    return Document("memo", source=str(tmp_path / "here" / "memo.html"))


def test_a_picture_is_found_beside_the_source_or_below(document, tmp_path):
    expected = tmp_path / "here" / "img" / "map.png"
    assert picture_file(Image("img/map.png"), document) == expected


@pytest.mark.parametrize(
    "src",
    [
        "../above.png",
        "/etc/passwd",
        "none.png",
        "img",
        "",
        "a\0b",
        "https://example.org/map.png",
        "data:image/png;base64," + "A" * 5000,
    ],
)
def test_nothing_else_is_taken(document, src):
    assert picture_file(Image(src), document) is None
