"""Pictures are taken from wherever a source has them, and told of where they are not."""

import base64
from urllib.parse import quote

import pytest

from converter.model import Prov
from converter.pictures import Pictures
from converter.report import Report
from converter.source import Source

PLACE = Prov("memo.html", 7)


@pytest.fixture
def report():
    return Report()


@pytest.fixture
def taken(tmp_path, pixel, report):
    """Return the pictures of a page that has one beside it."""
    (tmp_path / "My files").mkdir()
    (tmp_path / "My files" / "a.png").write_bytes(pixel)
    (tmp_path / "keys.txt").write_text("secret", encoding="utf-8")
    return Pictures(Source("memo.html", b"", tmp_path / "memo.html"), report)


@pytest.mark.parametrize("src", ["My files/a.png", "My%20files/a.png", "My files/a.png?w=300#1"])
def test_a_picture_beside_the_source_is_named_by_what_is_in_it(taken, pixel, report, src):
    (picture,) = (name := taken.take(src, PLACE), taken.held())[1]
    assert (picture.name, picture.media_type, picture.data) == (name, "image/png", pixel)
    assert name.startswith("image-")
    assert report.messages == []


def test_the_same_picture_by_two_names_is_held_once(taken):
    assert taken.take("My files/a.png") == taken.take("./My%20files/a.png")
    assert len(taken.held()) == 1


def test_what_is_missing_is_told_once_with_its_place(taken, report):
    assert [taken.take("none.png", PLACE) for _ in range(2)] == ["none.png", "none.png"]
    (message,) = report.messages
    assert str(message) == "memo.html:7: warning: there is no file none.png [missing-image]"


@pytest.mark.parametrize(
    ("src", "why"),
    [
        ("keys.txt", "keys.txt is no picture: PNG, JPEG, GIF, WebP and SVG can be shown"),
        ("../above.png", "../above.png lies outside the folder of the source"),
        ("/etc/passwd", "/etc/passwd lies outside the folder of the source"),
        ("file:///etc/passwd", "there is no file file:///etc/passwd"),
        ("", "an image says not where its picture is"),
        ("data:image/png;base64,A", "a picture in the text itself is cut off"),
        ("data:text/plain,hello", "data:text/plain,hello is no picture"),
    ],
)
def test_what_is_no_picture_keeps_its_address_and_is_told(taken, report, src, why):
    assert taken.take(src) == src
    (message,) = report.messages
    assert message.code == "missing-image"
    assert message.text.startswith(why)


@pytest.mark.parametrize("src", ["https://example.org/a.png", "//example.org/a.png"])
def test_a_picture_on_the_web_stays_there_with_a_message(taken, report, src):
    assert taken.take(src) == src
    (message,) = report.messages
    assert (message.code, message.level) == ("remote-image", "info")
    assert "--allow-network takes it along" in message.text


def test_a_picture_in_the_text_itself_is_taken_along(taken, pixel, report):
    digits = base64.b64encode(pixel).decode()
    names = {
        taken.take(f"data:image/png;base64,{digits}"),
        taken.take(f"data:;base64,{quote(digits[:40])}\n{digits[40:]}"),
        taken.take(f"data:image/png,{quote(pixel)}"),
    }
    assert [picture.name for picture in taken.held()] == list(names)
    assert report.messages == []


def test_a_long_address_is_told_in_short(taken, report):
    taken.take("data:image/png;base64," + "A" * 5000)
    assert len(report.messages[0].text) < 200


def test_what_a_package_holds_is_found_by_its_name_in_the_package(taken, pixel, report):
    taken.hold({"media/image1.png": pixel, "media/image2.png": b"of no use"})
    name = taken.take("media/image1.png")
    assert [picture.name for picture in taken.held()] == [name]
    assert report.messages == []
