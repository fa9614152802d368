"""What was made before is not made again, and what has changed always is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from converter.batch.cache import Store
from converter.batch.outcome import Stored
from converter.batch.tasks import Binding
from converter.batch.volume import Volume, VolumePart

CONVERT = ("convert", "letters", "--to", "json,markdown", "-o", "out", "-j", "1")
PROJECT = """
[edition]
title = "Letters"
formats = ["json", "markdown"]
[[part]]
title = "All"
sources = ["letters/*.txt"]
"""


@pytest.fixture
def made(letters, converter):
    """Return the folder, once its letters were converted."""
    done = converter(*CONVERT)
    assert done.returncode == 0, done.stderr
    return letters


def lines(done):
    """Return what was said of editions."""
    return [line.partition(":")[0] for line in done.stdout.splitlines() if " kB" in line]


def test_a_second_run_does_nothing_and_says_so(made, converter, files):
    before = {path: path.stat() for path in (made / "out").iterdir()}
    done = converter(*CONVERT)
    assert done.returncode == 0
    assert lines(done) == []
    assert "nothing to do: 10 editions up to date" in done.stdout
    assert {path: path.stat() for path in (made / "out").iterdir()} == before


LOADED = """
import sys
from converter.cli import cli
try:
    cli.main(sys.argv[1:], standalone_mode=False)
except SystemExit:
    pass
heavy = ("lxml", "ebooklib", "weasyprint", "trafilatura", "pypandoc", "rich", "pebble")
print([name for name in heavy if name in sys.modules])
"""


def test_a_second_run_loads_no_reader_and_no_writer(made):
    command = [sys.executable, "-c", LOADED, *CONVERT]
    done = subprocess.run(command, cwd=made, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


def test_only_what_changed_is_made_again(made, converter, letters):
    letter = letters / "letters" / "3.txt"
    letter.write_text(letter.read_text().replace("oil", "gas"), encoding="utf-8")
    assert lines(converter(*CONVERT)) == ["out/3.json", "out/3.md"]
    assert "gas" in (made / "out" / "3.md").read_text(encoding="utf-8")


def test_a_correction_beside_a_source_is_a_change_of_it(made, converter):
    fix = made / "letters" / "3.txt.fix.toml"
    fix.write_text('[[no-call]]\nline = 3\ntext = "on on on.2"\n', encoding="utf-8")
    assert lines(converter(*CONVERT)) == ["out/3.json", "out/3.md"]
    fix.unlink()
    done = converter(*CONVERT)
    assert lines(done) == ["out/3.json", "out/3.md"]
    assert done.stdout.count("(restored from the cache)") == 2


@pytest.mark.parametrize(
    "option",
    [("--title", "Other"), ("--language", "de"), ("--flavour", "gfm"), ("--model",)],
)
def test_options_are_part_of_what_an_edition_is_made_of(made, converter, option):
    assert len(lines(converter(*CONVERT, *option))) == (15 if option == ("--model",) else 10)


def test_a_template_that_changes_makes_editions_anew(letters, converter):
    (letters / "looks" / "epub").mkdir(parents=True)
    style = letters / "looks" / "epub" / "style.css"
    style.write_text("p { color: black }", encoding="utf-8")
    arguments = ("convert", "letters/1.txt", "--to", "epub", "-o", "out", "--templates", "looks")
    assert converter(*arguments).returncode == 0
    assert "nothing to do" in converter(*arguments).stdout
    style.write_text("p { color: red }", encoding="utf-8")
    assert lines(converter(*arguments)) == ["out/1.epub"]


def test_a_picture_that_changes_or_appears_makes_its_document_anew(letters, converter, pixel):
    page = "<html><body><article><h1>Lamps</h1><p>{}</p><img src='lamp.png' alt='Lamp'></article>"
    (letters / "page.html").write_text(page.format("The lamp burns. " * 20), encoding="utf-8")
    arguments = ("convert", "page.html", "--from", "html", "--to", "epub", "-o", "out")
    assert converter(*arguments).returncode == 0
    for content in (b"one", b"two"):
        (letters / "lamp.png").write_bytes(pixel + content)
        assert lines(converter(*arguments)) == ["out/page.epub"]
        assert "nothing to do" in converter(*arguments).stdout


def test_what_was_altered_or_removed_is_put_back_as_it_was(made, converter, files):
    whole = files(made / "out")
    (made / "out" / "1.md").write_text("scribbled over", encoding="utf-8")
    (made / "out" / "2.json").unlink()
    done = converter(*CONVERT)
    assert lines(done) == ["out/1.md", "out/2.json"]
    assert done.stdout.count("(restored from the cache)") == 2
    assert files(made / "out") == whole


def test_a_folder_that_was_altered_is_made_again(letters, converter, files):
    arguments = (*CONVERT, "--folder")
    converter(*arguments)
    whole = files(letters / "out")
    (letters / "out" / "1" / "index.md").write_text(
        (letters / "out" / "1" / "index.md").read_text(encoding="utf-8") + "more", encoding="utf-8"
    )
    (letters / "out" / "2" / "stray.txt").touch()
    assert lines(converter(*arguments)) == ["out/1.json", "out/1", "out/2.json", "out/2"]
    assert files(letters / "out") == whole


def test_damaged_entries_are_noticed_and_made_again(made, converter, files):
    whole = files(made / "out")
    shutil.rmtree(made / "out")
    entries = [path for path in Path(os.environ["CONVERTER_CACHE"]).rglob("*") if path.is_file()]
    for path in entries:
        data = bytearray(path.read_bytes())
        data[-2] ^= 1
        path.write_bytes(data)
    assert converter(*CONVERT).returncode == 0
    assert files(made / "out") == whole


def test_without_the_cache_everything_is_made_anew(made, converter):
    assert len(lines(converter(*CONVERT, "--no-cache"))) == 10


def test_messages_are_told_again(letters, converter):
    letter = letters / "letters" / "2.txt"
    letter.write_text(letter.read_text() + "  3. Nobody calls me.\n", encoding="utf-8")
    first, second = (converter(*CONVERT, "--strict", "--verbose") for _ in range(2))
    assert first.returncode == second.returncode == 3
    assert first.stderr == second.stderr
    assert "letters/2.txt:" in first.stderr


def test_a_report_is_the_same_from_the_cache_but_for_what_was_done(letters, converter):
    report = letters / "report.json"
    converter(*CONVERT, "--report", "report.json")
    first = report.read_text(encoding="utf-8")
    assert "nothing to do" in converter(*CONVERT, "--report", "report.json").stdout
    assert report.read_text(encoding="utf-8") == first.replace('"written"', '"current"')


def test_sources_that_fail_are_tried_again(letters, converter):
    (letters / "letters" / "6.txt").write_bytes(b"%PDF-1.7 not text")
    for _ in range(2):
        done = converter(*CONVERT)
        assert done.returncode == 1
        assert "letters/6.txt: error: is a PDF, not text" in done.stderr


def test_a_book_is_made_again_when_one_of_its_sources_changes(letters, converter):
    (letters / "edition.toml").write_text(PROJECT, encoding="utf-8")
    assert lines(converter("build")) == ["out/letters.json", "out/letters.md"]
    assert "nothing to do: 2 editions up to date" in converter("build").stdout
    letter = letters / "letters" / "3.txt"
    letter.write_text(letter.read_text().replace("oil", "gas"), encoding="utf-8")
    assert lines(converter("build")) == ["out/letters.json", "out/letters.md"]
    assert lines(converter("build", "--to", "json")) == []


def test_several_projects_are_built_at_once_and_do_not_collide(letters, converter):
    for name in ("a", "b"):
        shutil.copytree(letters / "letters", letters / name / "letters")
        (letters / name / "edition.toml").write_text(PROJECT, encoding="utf-8")
    done = converter("build", "a/edition.toml", "b/edition.toml", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert lines(done) == [
        "out/letters.json",
        "out/letters.md",
        "out/letters-2.json",
        "out/letters-2.md",
    ]


def test_the_cache_tells_of_itself_and_is_cleared(made, converter):
    assert " 0 entries" not in converter("cache", "info").stdout
    assert "removed" in converter("cache", "clear").stdout
    assert " 0 entries" in converter("cache", "info").stdout
    assert len(lines(converter(*CONVERT))) == 10


def test_the_cache_keeps_to_its_size(made, converter):
    converter(*CONVERT, "--flavour", "gfm", "--cache-size", "1K")
    size = converter("cache", "info").stdout.partition("entries, ")[2]
    assert size == "0.0 MB\n"


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(letters, converter):
    (letters / "file").touch()
    done = converter(*CONVERT, "--cache", "file")
    assert done.returncode == 2
    for book in ([], ["--book"]):
        done = converter(*CONVERT, *book, CONVERTER_CACHE="/proc/nowhere")
        assert done.returncode == 0
        assert "/proc/nowhere: cannot be written: everything is made anew" in done.stderr
    assert not converter(*CONVERT, "--quiet", CONVERTER_CACHE="/proc/nowhere").stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_book_of_which_nothing_can_be_kept_says_what_is_missing(letters, converter, jobs):
    (letters / "kept").mkdir()
    (letters / "kept" / "1").touch()
    done = converter(*CONVERT, "--book", "-j", jobs, CONVERTER_CACHE="kept")
    assert done.returncode == 1
    assert "kept: error: cannot be written: choose another folder" in done.stderr
    assert "fault" not in done.stderr


def test_a_book_whose_sources_left_the_cache_meanwhile_says_so_by_its_name(tmp_path):
    volume = Volume((VolumePart("", (Stored("0" * 64, ""),)),))
    outcome = Binding("edition.toml", "program", volume).run(Store(tmp_path))
    assert [str(event) for event in outcome.events] == [
        "edition.toml: error: what was read was removed from the cache meanwhile: run again"
    ]
