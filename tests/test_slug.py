import pytest

from converter.slug import slug


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Cold Nun Papers", "the-cold-nun-papers"),
        ("Café — Ærø’s “lamps”", "cafe-ærøs-lamps"),
        ("../../etc/passwd", "etc-passwd"),
        ("日本語 の 本", "日本語-の-本"),
        ("…", ""),
        ("x" * 99, "x" * 60),
    ],
)
def test_a_title_becomes_a_name_that_stays_in_its_folder(title, name):
    assert slug(title) == name
