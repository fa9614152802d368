"""The same sources make the same bytes, whoever makes them, where and when."""

import shutil

import pytest

FORMATS = "epub,pdf,markdown,json"


@pytest.fixture
def whole(letters, converter, files):
    """Return the editions that one worker makes."""
    done = converter("convert", "letters", "--to", FORMATS, "-o", "out", "-j", "1", "--no-cache")
    assert done.returncode == 0, done.stderr
    return files(letters / "out")


def test_any_number_of_workers_makes_the_same_bytes(letters, whole, converter, files):
    converter("convert", "letters", "--to", FORMATS, "-o", "three", "-j", "3")
    assert files(letters / "three") == whole


def test_a_warm_cache_gives_the_same_bytes(letters, whole, converter, files):
    for output in ("cold", "warm"):
        converter("convert", "letters", "--to", FORMATS, "-o", output, "-j", "1")
    assert files(letters / "cold") == files(letters / "warm") == whole


def test_order_directory_time_zone_and_locale_change_no_byte(letters, whole, converter, files):
    elsewhere = letters / "else where"
    shutil.copytree(letters / "letters", elsewhere / "letters")
    names = [f"letters/{number}.txt" for number in (4, 2, 5, 1, 3)]
    arguments = ("convert", *names, "--to", FORMATS, "-o", "out", "-j", "2", "--no-cache")
    surroundings = {"TZ": "Pacific/Chatham", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}
    converter(*arguments, cwd=elsewhere, **surroundings)
    assert files(elsewhere / "out") == whole


def test_books_are_the_same_from_one_process_and_from_many(letters, converter, files):
    for jobs in ("1", "3"):
        arguments = ("convert", "letters", "--book", "--to", FORMATS, "-o", jobs, "-j", jobs)
        assert converter(*arguments, "--no-cache").returncode == 0
    assert files(letters / "1") == files(letters / "3")
