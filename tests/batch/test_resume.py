"""Killed at any moment, a run leaves nothing broken, and the next one finishes the rest."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

CONVERT = ("convert", "letters", "--to", "json,epub", "-o", "out", "--quiet")
MOMENTS = 20


@pytest.fixture
def many(letters):
    """Return the folder with more letters than a run makes editions of before it is killed."""
    text = (letters / "letters" / "1.txt").read_text(encoding="utf-8")
    for number in range(6, 26):
        changed = text.replace("1. Letter", f"{number}. Letter")
        (letters / "letters" / f"{number}.txt").write_text(changed, encoding="utf-8")
    return letters


def test_killed_at_twenty_moments_nothing_is_ever_broken(many, converter, files):
    start = time.monotonic()
    assert converter(*CONVERT, "-j", "1", "--no-cache").returncode == 0
    seconds = time.monotonic() - start
    whole = files(many / "out")
    shutil.rmtree(many / "out")
    moments = random.Random(7)
    for moment in range(MOMENTS):
        if moment % 5 == 4:
            shutil.rmtree(many / "out", ignore_errors=True)
            shutil.rmtree(os.environ["CONVERTER_CACHE"], ignore_errors=True)
        arguments = [*CONVERT, "-j", str(1 + moment % 2)]
        process = subprocess.Popen([sys.executable, "-m", "converter", *arguments], cwd=many)
        time.sleep(seconds * moments.random())
        process.kill()
        process.wait()
        found = visible(files(many / "out"))
        assert found == {name: whole[name] for name in found}
    assert converter(*CONVERT, "-j", "2").returncode == 0
    assert files(many / "out") == whole
    assert not [path for path in (many / "out").iterdir() if path.name.startswith(".")]


def visible(found):
    """Return the files that stand under their names, and not what is being made."""
    return {name: data for name, data in found.items() if not name.startswith(".converter-")}


def test_a_folder_that_cannot_be_written_to_fails_by_name_and_the_rest_goes_on(many, converter):
    (many / "letters" / "sub").mkdir()
    shutil.copy(many / "letters" / "1.txt", many / "letters" / "sub" / "1.txt")
    (many / "out").mkdir()
    (many / "out" / "sub").touch()
    done = converter(*CONVERT, "-j", "1")
    assert done.returncode == 1
    assert "out/sub/1.json: error: cannot be written: " in done.stderr
    assert len(list((many / "out").glob("*.epub"))) == 25


def test_a_source_that_cannot_be_read_fails_by_name_and_the_rest_goes_on(letters, converter):
    (letters / "letters" / "3.txt").unlink()
    (letters / "letters" / "3.txt").symlink_to("3.txt")
    names = [f"letters/{number}.txt" for number in range(1, 6)]
    done = converter("convert", *names, "--to", "json", "-o", "out")
    assert done.returncode == 1
    assert done.stderr.startswith("letters/3.txt: error: cannot be read: ")
    assert len(list((letters / "out").iterdir())) == 4


@pytest.fixture
def temporary():
    """Return a folder with a name so short that there is room for those of sockets."""
    with TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


def test_no_temporary_file_outlives_the_next_run(letters, hostile, converter, temporary):
    (letters / "letters" / "6.hostile").write_text("hostile: hang", encoding="utf-8")
    variables = {"TMPDIR": str(temporary)}
    command = [sys.executable, "-m", "converter", *CONVERT, "-j", "2", "--no-cache"]
    process = subprocess.Popen(command, cwd=letters, env={**os.environ, **variables})
    while not (letters / "out" / "5.epub").exists():
        assert process.poll() is None
        time.sleep(0.02)
    process.kill()
    process.wait()
    assert list(temporary.iterdir())
    arguments = ("convert", "letters/1.txt", "letters/2.txt", "--to", "pdf", "-o", "out", "-j", "2")
    assert converter(*arguments, **variables).returncode == 0
    assert list(temporary.iterdir()) == []


FULL = """
import errno, io, sys
from pathlib import Path
def full(self, *arguments, **options):
    raise OSError(errno.ENOSPC, "No space left on device")
Path.write_bytes = full
from converter.__main__ import main
main()
"""


def test_a_full_disk_fails_by_name(letters):
    arguments = ("convert", "letters", "--to", "json", "-o", "out", "-j", "1")
    done = subprocess.run(
        [sys.executable, "-c", FULL, *arguments], cwd=letters, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "out/5.json: error: cannot be written: No space left on device" in done.stderr
    assert list((letters / "out").iterdir()) == []
