"""Bytes are told for pictures by what they begin with, and must be whole."""

from io import BytesIO

import pytest
from PIL import Image

from converter.model import Picture
from converter.pictures.kinds import picture_of
from converter.source import Refusal


def raster(kind, size=(2, 3)):
    target = BytesIO()
    Image.new("RGB", size, "teal").save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize(
    ("kind", "media_type", "suffix"),
    [
        ("PNG", "image/png", ".png"),
        ("JPEG", "image/jpeg", ".jpg"),
        ("GIF", "image/gif", ".gif"),
        ("WEBP", "image/webp", ".webp"),
    ],
)
def test_pictures_are_named_by_their_kind_whatever_they_are_called(kind, media_type, suffix):
    picture = picture_of(raster(kind), "misnamed.dat")
    assert isinstance(picture, Picture)
    assert picture.media_type == media_type
    assert picture.name.endswith(suffix)


@pytest.mark.parametrize("kind", ["TIFF", "BMP"])
def test_what_reading_systems_do_not_show_is_refused(kind):
    assert isinstance(picture_of(raster(kind), "a"), Refusal)


def test_a_damaged_picture_is_refused():
    png = raster("PNG")
    for damaged in (png[:20], png[:-20], png[:40] + b"\0\0\0" + png[43:]):
        refusal = picture_of(damaged, "a.png")
        assert isinstance(refusal, Refusal)
        assert "a.png is a damaged picture" in refusal.reason


def test_what_is_said_of_a_damaged_picture_is_the_same_in_every_run():
    signature = raster("PNG")[:8]
    reason = picture_of(signature + bytes(30), "a.png").reason
    assert reason == "a.png is a damaged picture: only its first bytes are those of PNG"


def test_a_picture_of_too_many_pixels_is_refused_unopened():
    huge = bytearray(raster("GIF"))
    huge[6:10] = b"\xff\xff\xff\xff"
    assert "more than 100,000,000 pixels" in picture_of(bytes(huge), "a.gif").reason


def test_a_large_picture_within_the_limit_is_taken_without_a_word(recwarn):
    target = BytesIO()
    Image.new("1", (10_000, 9_900)).save(target, "PNG")
    assert isinstance(picture_of(target.getvalue(), "map.png"), Picture)
    assert not recwarn.list
