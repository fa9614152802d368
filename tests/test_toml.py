"""In which line of a TOML file a key stands, whatever way it is written."""

import pytest

from converter import toml

WRITTEN = """# A comment
[edition]
title = \"\"\"
[pdf]
page = 'A5'
\"\"\"

pdf = { page = "A5", layout = "book" }  # page
"a.b".c = 1
[[part]]

sources = [
  "one",  # page
  "two",
]
[[part]]
sources = []
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (["edition"], 2),
        (["edition", "title"], 3),
        (["edition", "pdf", "layout"], 8),
        (["edition", "a.b", "c"], 9),
        (["part", 0, "sources"], 12),
        (["part", 0, "sources", 1], 12),
        (["part", 1], 16),
        (["part", 1, "sources"], 17),
        (["pdf"], None),
        (["part", 2], None),
        ([], None),
    ],
)
def test_a_key_is_found_in_its_line(path, line):
    assert toml.line_of(WRITTEN, path) == line
