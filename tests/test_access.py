"""Limits are raised by their names."""

import pytest

from converter.access import Limits, limits_of
from converter.errors import UsageError


def test_a_limit_is_raised_by_its_name_in_bytes_or_larger_units():
    limits = limits_of(("package-size=2GB", "picture-size=300k", "reading-seconds=900"))
    assert limits == Limits(package_size=2 << 30, picture_size=300 << 10, reading_seconds=900)
    assert limits_of(()) == Limits()


@pytest.mark.parametrize("setting", ["package-sise=1GB", "package-size", "package-size=much", "="])
def test_what_is_no_limit_is_answered_with_an_example(setting):
    with pytest.raises(
        UsageError, match=r"say, for instance, (?:package|picture|source)-size=1GB; known"
    ):
        limits_of((setting,))
