"""What is fetched from the web is bounded in size and time, and comes over http only."""

import pytest

from converter import web

LIMITS = {"most": 100, "seconds": 20}


def test_what_is_at_an_address_is_fetched(site):
    assert web.fetch(site.put("/a b é.png", b"a map"), **LIMITS) == b"a map"


def test_no_more_is_read_than_allowed_and_one_byte(site):
    assert len(web.fetch(site.put("/large.png", b"x" * 1000), **LIMITS)) == 101


def test_a_redirection_on_the_web_is_followed(site):
    target = site.put("/there.png", b"a map")
    assert web.fetch(site.redirect("/here.png", target), **LIMITS) == b"a map"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://localhost:1/a", "data:,a"])
def test_a_redirection_out_of_the_web_is_not(site, target):
    with pytest.raises(OSError):  # noqa: PT011 - of many kinds
        web.fetch(site.redirect("/here.png", target), **LIMITS)


def test_an_address_that_does_not_exist_is_an_error(site):
    with pytest.raises(OSError, match="404"):
        web.fetch(f"{site.address}/none.png", **LIMITS)


def test_an_answer_that_does_not_come_is_not_waited_for(site):
    with pytest.raises(TimeoutError, match=r"no answer within 0\.2 seconds"):
        web.fetch(site.hang("/slow.png"), most=100, seconds=0.2)
