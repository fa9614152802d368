"""``converter verify`` as a user types it."""

import json
import shutil
import subprocess
import sys

import pytest

MEMO = """7. Letter From the Keeper to the Board1

The lamp burns.2 Send oil [Page 31] soon.

  1. Source: tin box.
  2. It did.
"""

PROJECT = """[edition]
title = "The Lamp"
formats = ["epub", "markdown"]

[[part]]
title = "Letters"
sources = ["*.txt"]
"""


def converter(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "converter", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    (folder / "memo.txt").write_text(MEMO, encoding="utf-8")
    (folder / "edition.toml").write_text(PROJECT, encoding="utf-8")
    converter(folder, "convert", "memo.txt", "--to", "epub,markdown,json")
    converter(folder, "build", "-o", "out")
    return folder


@pytest.fixture
def folder(made, tmp_path):
    shutil.copytree(made, tmp_path / "work")
    return tmp_path / "work"


@pytest.mark.parametrize("source", ["memo.txt", "memo.json"])
def test_whole_editions_are_told_in_a_table(folder, source):
    done = converter(folder, "verify", "memo.epub", "memo.md", "--against", source)
    assert done.returncode == 0, done.stdout + done.stderr
    head, *rows = done.stdout.splitlines()
    assert head.split() == ["edition", "words", "notes", "pages", "comments", "verdict"]
    assert [row.split() for row in rows] == [
        ["memo.epub", "19", "2", "1", "0", "whole"],
        ["memo.md", "19", "2", "1", "0", "whole"],
    ]


def test_editions_of_a_project_are_held_against_it(folder):
    for project in ("edition.toml", "."):
        done = converter(
            folder, "verify", "out/the-lamp.epub", "out/the-lamp.md", "--against", project
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_difference_is_named_with_its_place_and_exit_code(folder):
    text = (folder / "memo.md").read_text(encoding="utf-8")
    (folder / "memo.md").write_text(text.replace("Send oil", "Send"), encoding="utf-8")
    done = converter(folder, "verify", "memo.md", "--against", "memo.txt")
    assert done.returncode == 1
    assert "18 of 19" in done.stdout
    assert "1 difference" in done.stdout
    line = text[: text.index("Send oil")].count("\n") + 1
    assert f"memo.md: memo.md:{line}: “oil” is missing [word-lost]" in done.stdout


def test_json_is_a_line_for_each_edition(folder):
    (folder / "memo.md").write_text("Nothing.", encoding="utf-8")
    done = converter(folder, "verify", "memo.epub", "memo.md", "--against", "memo.txt", "--json")
    whole, other = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 1
    assert whole == {
        "edition": "memo.epub",
        "whole": True,
        "error": None,
        "format": "epub",
        "found": {"words": 19, "notes": 2, "pages": 1, "comments": 0},
        "expected": {"words": 19, "notes": 2, "pages": 1, "comments": 0},
        "differences": [],
    }
    assert other["whole"] is False
    assert {"code", "text", "place"} == set(other["differences"][0])


def test_without_source_only_the_parts_are_held_against_each_other(folder):
    done = converter(folder, "verify", "memo.epub", "--json")
    found = json.loads(done.stdout)
    assert (found["whole"], found["expected"], done.returncode) == (True, None, 0)
    assert "held against no source" in " ".join(
        converter(folder, "verify", "memo.epub").stdout.split()
    )


def test_edition_that_cannot_be_read_is_told_and_costs_no_other(folder):
    (folder / "broken.epub").write_bytes(b"PK")
    done = converter(folder, "verify", "broken.epub", "memo.epub", "--against", "memo.txt")
    assert done.returncode == 1
    assert "broken.epub: error: is no EPUB" in done.stderr
    assert "whole" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["memo.txt"], "is no EPUB, PDF, HTML or Markdown"),
        (["/dev/null"], "is neither a file nor a folder"),
    ],
)
def test_what_cannot_be_verified_is_a_usage_error(folder, arguments, message):
    done = converter(folder, "verify", *arguments)
    assert done.returncode == 2
    assert message in done.stderr


def test_edition_that_is_not_there_fails_as_a_source_does_and_costs_no_other(folder):
    done = converter(folder, "verify", "gone.epub", "memo.epub")
    assert done.returncode == 1
    assert "gone.epub: error: cannot be read: No such file" in done.stderr
    assert "memo.epub" in done.stdout


def test_what_cannot_be_verified_costs_no_other(folder):
    done = converter(folder, "verify", "memo.txt", "memo.epub", "--against", "memo.txt")
    assert done.returncode == 2
    assert "memo.txt: error: is no EPUB" in done.stderr
    assert "whole" in done.stdout


@pytest.mark.parametrize("gone", ["gone.txt", "gone.json"])
def test_source_that_is_not_there_is_an_error(folder, gone):
    done = converter(folder, "verify", "memo.epub", "--against", gone)
    assert done.returncode in (1, 2)
    assert f"{gone}: error: " in done.stderr


def test_file_that_is_no_model_is_an_error(folder):
    (folder / "other.json").write_text('{"version": 1}', encoding="utf-8")
    done = converter(folder, "verify", "memo.epub", "--against", "other.json")
    assert done.returncode == 1
    assert "is no model of a book" in done.stderr
