"""A source reaches what lies in its own folder, and the web where the user allows it."""

import os

import pytest

from converter.access import Access, Limits
from converter.errors import SourceError
from converter.source import Refusal, Source, open_source


@pytest.fixture
def source(tmp_path):
    """Return a source with a picture beside it, one in the folder above, and links between."""
    (tmp_path / "above.png").write_bytes(b"above")
    here = tmp_path / "here"
    (here / "img").mkdir(parents=True)
    (here / "img" / "map.png").write_bytes(b"a map")
    (here / "out.png").symlink_to(tmp_path / "above.png")
    (here / "loop.png").symlink_to(here / "loop.png")
    (here / "in.png").symlink_to(here / "img" / "map.png")
    (here / "memo.html").write_bytes(b"memo")
    return open_source(here / "memo.html", Access(limits=Limits(picture_size=8)))


@pytest.mark.parametrize("href", ["img/map.png", "img/../img/map.png", "in.png"])
def test_a_file_in_the_folder_of_the_source_is_reached(source, href):
    assert source.file(href) == b"a map"


@pytest.mark.parametrize(
    "href",
    [
        "../above.png",
        "..%2Fabove.png",
        "out.png",
        "loop.png",
        "/etc/passwd",
        "none.png",
        "img",
        "",
        "a\0b",
        "a%00b",
        "x" * 5000,
        "https://example.org/map.png",
    ],
)
def test_nothing_else_is_reached(source, href):
    assert isinstance(source.file(href), Refusal)


def test_a_file_above_the_limit_is_refused(source, tmp_path):
    (tmp_path / "here" / "large.png").write_bytes(b"123456789")
    assert source.file("large.png") == Refusal(
        "large.png has more than 8 bytes: see --limit picture-size"
    )


def test_a_source_that_is_no_file_has_nothing_beside_it():
    assert isinstance(Source("memo", b"").file("map.png"), Refusal)


def test_the_web_is_closed_unless_the_user_opens_it():
    assert Source("memo", b"").remote("http://localhost:1/").on_the_web


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://localhost:1/a", "gopher://a", "//["])
def test_only_addresses_of_the_web_are_gone_to(url):
    refusal = Source("memo", b"", access=Access(network=True)).remote(url)
    assert refusal == Refusal(f"{url} is no address on the web")


def test_an_address_without_an_answer_is_refused():
    refusal = Source("memo", b"", access=Access(network=True)).remote("http://127.0.0.1:1/a.png")
    assert refusal.reason.startswith("http://127.0.0.1:1/a.png cannot be fetched")


def test_a_source_above_the_limit_is_refused_unread(tmp_path):
    with (tmp_path / "hole.txt").open("wb") as file:
        file.truncate(1 << 33)
    with pytest.raises(SourceError, match="has more than 536,870,912 bytes: split it, or say"):
        open_source(tmp_path / "hole.txt")


@pytest.mark.parametrize("place", ["pipe.txt", "zero.txt"])
def test_what_may_never_end_is_no_source(tmp_path, place):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    with pytest.raises(SourceError, match="is a pipe or a device"):
        open_source(tmp_path / place)


def test_what_lies_beside_a_source_is_no_link_out_of_its_folder(tmp_path):
    (tmp_path / "elsewhere.toml").write_text("")
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "memo.txt").write_text("A memo.")
    (tmp_path / "here" / "memo.txt.fix.toml").symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(SourceError, match="leads out of the folder of its source"):
        open_source(tmp_path / "here" / "memo.txt").beside(".fix.toml")


def test_names_that_no_file_can_hold_are_told_in_characters(tmp_path):
    path = tmp_path / os.fsdecode(b"bad\xff\n\x1b.txt")
    path.write_text("A memo.")
    assert open_source(path).name == f"{tmp_path.as_posix()}/bad\ufffd\ufffd\ufffd.txt"


def test_a_name_as_long_as_can_be_has_nothing_beside_it(tmp_path):
    path = tmp_path / ("x" * 251 + ".txt")
    path.write_text("A memo.")
    assert open_source(path).beside(".fix.toml") is None
