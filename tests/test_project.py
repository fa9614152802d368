from pathlib import Path

import pytest

from converter import project
from converter.errors import UsageError

MINIMAL = '[edition]\ntitle = "Lamps"\n[[part]]\nsources = ["*.txt"]\n'


def load(folder: Path, text: str):
    (folder / "edition.toml").write_text(text, encoding="utf-8")
    return project.load(folder)


def test_a_minimal_project_needs_a_title_and_sources(tmp_path):
    loaded = load(tmp_path, MINIMAL)
    assert loaded.edition.title == "Lamps"
    assert loaded.edition.formats == ("epub", "pdf", "markdown")
    assert loaded.pdf.layout == "book"


def test_the_file_or_its_folder_names_a_project(tmp_path):
    by_folder = load(tmp_path, MINIMAL)
    assert project.load(tmp_path / "edition.toml") == by_folder


@pytest.mark.parametrize(
    ("text", "line", "complaint"),
    [
        (MINIMAL.replace("title", "titel"), 2, "unknown key 'titel'; did you mean 'title'"),
        (MINIMAL + "[pdf]\nlayuot = 'book'", 6, "unknown key 'layuot'; did you mean 'layout'"),
        (MINIMAL.replace("sources", "soruces"), 4, "did you mean 'sources'"),
        (MINIMAL + "[pdf]\npage = 'A6'", 6, r"'page' in \[pdf\]: .* can be A4, Letter, A5"),
        (MINIMAL + "[pdf]\ncolumns = 3", 6, r"'columns' in \[pdf\]: .* can be 1, 2"),
        (MINIMAL.replace('"Lamps"', "7"), 2, r"'title' in \[edition\]: Expected a text, got a num"),
        (MINIMAL.replace('"Lamps"', '""'), 2, r"'title' in \[edition\]"),
        (MINIMAL.replace("[[", "language = 'not a tag'\n[["), 3, "no language tag"),
        (MINIMAL + "\n[[part]]\ntitle = 'B'", 6, r"\[\[part\]\]: the key 'sources' is missing"),
        (
            MINIMAL.replace("sources = [", "sources = [\n3,"),
            4,
            r"'sources' in \[\[part\]\]: Expect",
        ),
        ('[edition]\ntitle = "x\n', 2, "no valid TOML"),
        ("a=" + "[" * 50_000, None, "no valid TOML"),
        ("[edition]\ntitle = 'x'\n", None, "part"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path, text, line, complaint):
    with pytest.raises(UsageError, match=complaint) as caught:
        load(tmp_path, text)
    file = tmp_path / "edition.toml"
    assert caught.value.place == (f"{file}:{line}" if line else str(file))


def test_a_pattern_that_no_file_fits_is_named_with_file_and_line(tmp_path):
    loaded = load(tmp_path, MINIMAL.replace("*.txt", "memos/*.txt"))
    with pytest.raises(UsageError, match="no file fits") as caught:
        project.parts(loaded, tmp_path)
    assert caught.value.place == f"{tmp_path / 'edition.toml'}:4"


def test_a_missing_project_file_says_how_to_start_one(tmp_path):
    with pytest.raises(UsageError, match="converter new"):
        project.load(tmp_path)


def test_sources_come_in_natural_order_and_once(tmp_path):
    for name in ("memo 10.txt", "memo 9.txt", "preface.txt"):
        (tmp_path / name).touch()
    part = project.PartTable(sources=("preface.txt", "*.txt"))
    found = [path.name for path in project.sources(part, tmp_path)]
    assert found == ["preface.txt", "memo 9.txt", "memo 10.txt"]


def test_a_pattern_that_fits_nothing_is_an_error(tmp_path):
    with pytest.raises(UsageError, match=r"no file fits 'memos/\*.txt'"):
        project.sources(project.PartTable(sources=("memos/*.txt",)), tmp_path)


def test_a_name_with_brackets_is_a_file_before_it_is_a_pattern(tmp_path):
    (tmp_path / "memo [1].txt").touch()
    part = project.PartTable(sources=("memo [1].txt",))
    assert len(project.sources(part, tmp_path)) == 1


@pytest.mark.parametrize("pattern", ["../out/*.txt", "../out/a.txt", "link.txt", "*.txt", "{out}"])
def test_sources_elsewhere_are_refused_unless_users_stand_where_both_are(
    tmp_path, monkeypatch, pattern
):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("A key.")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "link.txt").symlink_to(tmp_path / "out" / "a.txt")
    part = project.PartTable(sources=(pattern.format(out=tmp_path / "out" / "a.txt"),))
    monkeypatch.chdir(tmp_path / "mine")
    with pytest.raises(UsageError, match="outside the folder of the project"):
        project.sources(part, tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    assert len(project.sources(part, tmp_path / "mine")) == 1


@pytest.mark.parametrize("pattern", [".", "", "a\0b", "[a"])
def test_a_pattern_that_is_none_is_a_mistake(tmp_path, pattern):
    with pytest.raises(UsageError, match=r"is no pattern|no file fits"):
        project.sources(project.PartTable(sources=(pattern,)), tmp_path)
