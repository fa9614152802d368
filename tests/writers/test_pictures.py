"""Which pictures a document holds, and where those are that it does not hold."""

import pytest

from converter.model import Document, Image
from converter.writers.pictures import on_the_web, picture_of


def test_a_picture_is_found_by_its_name(picture):
    document = Document("memo", pictures=(picture,))
    assert picture_of(Image(picture.name), document) == picture
    assert picture_of(Image("map.png"), document) is None


@pytest.mark.parametrize(
    ("src", "address"),
    [
        ("https://example.org/a b.png", "https://example.org/a%20b.png"),
        ("map.png", None),
        ("/etc/passwd", None),
        ("javascript:alert(1)", None),
        ("https://", None),
    ],
)
def test_a_picture_left_on_the_web_is_where_its_source_says(src, address):
    assert on_the_web(Image(src)) == address
