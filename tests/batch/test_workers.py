"""A document that kills, hangs or bloats its worker costs itself and nothing else."""

import os
import signal
import subprocess
import sys
import time
from errno import EACCES
from pathlib import Path

import msgspec
import pytest

from converter.access import Access
from converter.batch.cache import Store
from converter.batch.diary import OUT_OF_MEMORY
from converter.batch.editions import Order
from converter.batch.sources import Source
from converter.batch.tasks import Perusal
from converter.batch.workers import WANTED, Crew, Limits
from converter.errors import ConverterError
from converter.options import Options, PdfOptions


@pytest.fixture
def among_letters(letters, hostile):
    def put(name, deed):
        (letters / "letters" / name).write_text(f"hostile: {deed}", encoding="utf-8")

    return put


def written(folder):
    return sorted(path.name for path in (folder / "out").iterdir())


WHOLE = [f"{number}.json" for number in range(1, 6)]
CONVERT = ("convert", "letters", "--to", "json", "-o", "out", "-j", "2")


def test_deaths_hangs_and_faults_cost_their_documents_only(letters, among_letters, converter):
    for name, deed in {"0": "exit", "3a": "crash", "3b": "hang", "4a": "fault"}.items():
        among_letters(f"{name}.hostile", deed)
    done = converter(*CONVERT, "--timeout", "8")
    assert done.returncode == 1
    assert written(letters) == WHOLE
    assert done.stderr.splitlines() == [
        "letters/0.hostile: error: its worker died: exit code 3",
        "letters/3a.hostile: error: its worker died: SIGSEGV",
        "letters/3b.hostile: error: was not done after 8 seconds; see --timeout",
        "letters/4a.hostile: error: a fault in converter, please report it: "
        "ValueError: a planted fault",
    ]


def test_what_grows_beyond_its_limit_costs_its_document_only(letters, among_letters, converter):
    among_letters("0.hostile", "grow")
    done = converter(*CONVERT, "--max-memory", "600M")
    assert done.returncode == 1
    assert written(letters) == WHOLE
    assert done.stderr == f"letters/0.hostile: error: {OUT_OF_MEMORY}\n"


def test_a_limit_that_no_document_keeps_is_named_for_each(letters, converter):
    done = converter(*CONVERT, "--max-memory", "5M")
    assert done.returncode == 1
    assert not (letters / "out").exists() or not written(letters)
    assert done.stderr.splitlines() == [
        f"letters/{number}.txt: error: {OUT_OF_MEMORY}" for number in range(1, 6)
    ]


def test_a_single_document_has_limits_too(letters, among_letters, converter):
    among_letters("0.hostile", "hang")
    done = converter(
        "convert", "letters/0.hostile", "--to", "json", "-o", "out", "--timeout", "0.5"
    )
    assert done.returncode == 1
    assert "was not done after 0.5 seconds" in done.stderr


def test_sources_that_kill_are_left_out_of_a_book(letters, among_letters, converter):
    among_letters("0.hostile", "exit")
    done = converter(*CONVERT, "--book")
    assert done.returncode == 1
    assert "0.hostile: error: its worker died" in done.stderr
    assert written(letters) == ["letters.json"]
    assert "5 documents, 10 notes" in done.stdout


def test_lines_come_in_the_order_of_the_plan(letters, among_letters, converter):
    among_letters("0.hostile", "sleep 2")
    told = converter(*CONVERT, "--verbose")
    names = [line.partition(":")[0] for line in told.stdout.splitlines() if "kB" in line]
    assert names == [f"out/{number}.json" for number in range(6)]


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (signal.SIGINT, 130, "interrupted"),
        (signal.SIGTERM, 143, ""),
        (signal.SIGHUP, 129, ""),
    ],
)
def test_a_signal_ends_everything_at_once_without_a_traceback(
    letters, among_letters, number, code, words
):
    for name in ("0", "6", "7"):
        among_letters(f"{name}.hostile", "hang")
    command = [sys.executable, "-m", "converter", *CONVERT]
    process = subprocess.Popen(
        command, cwd=letters, stderr=subprocess.PIPE, start_new_session=True, text=True
    )
    wait_for(lambda: (letters / "out" / "2.json").exists())
    family = descendants(process.pid)
    os.kill(process.pid, number)
    _, told = process.communicate(timeout=60)
    assert process.returncode == code
    assert told.strip() == words
    wait_for(lambda: not any(map(is_alive, family)))


def test_workers_do_not_outlive_a_killed_program(letters, among_letters):
    among_letters("0.hostile", "hang")
    command = [sys.executable, "-m", "converter", *CONVERT]
    process = subprocess.Popen(command, cwd=letters, start_new_session=True)
    wait_for(lambda: (letters / "out" / "2.json").exists())
    family = descendants(process.pid)
    assert family
    process.kill()
    process.wait()
    wait_for(lambda: not any(map(is_alive, family)))


def test_a_long_name_of_the_folder_for_temporary_files_keeps_nobody_from_work(letters, converter):
    long = letters / ("t" * 90)
    long.mkdir()
    assert converter(*CONVERT, TMPDIR=str(long)).returncode == 0
    assert written(letters) == WHOLE


def test_the_death_of_the_process_that_workers_are_forked_from_costs_nothing(
    letters, among_letters
):
    for name in ("0", "6", "7"):
        among_letters(f"{name}.hostile", "sleep 4")
    command = [sys.executable, "-m", "converter", *CONVERT]
    process = subprocess.Popen(command, cwd=letters, stderr=subprocess.PIPE, text=True)
    wait_for(lambda: (letters / "out" / "2.json").exists())
    for child in children(process.pid):
        if children(child):
            os.kill(child, signal.SIGKILL)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 0
    assert "error" not in told
    assert written(letters) == [f"{number}.json" for number in range(8)]


def test_a_system_without_means_for_workers_is_named(monkeypatch, tmp_path):
    def refuse(*_, **__):
        raise PermissionError(EACCES, "Permission denied")

    monkeypatch.setattr("pebble.ProcessPool", refuse)
    crew = Crew(Store(tmp_path, lasting=False), Limits(2), ())
    with pytest.raises(ConverterError, match="Permission denied; --jobs 1 does without"):
        list(crew.outcomes([Perusal(Source(tmp_path / "a.txt", "", Access()))]))


def test_workers_that_never_do_anything_end_the_run(monkeypatch, tmp_path):
    class Broken:
        def schedule(self, *_, **__):
            raise RuntimeError("All workers expired")

        def stop(self):
            pass

        join = stop

    monkeypatch.setattr("pebble.ProcessPool", lambda *_, **__: Broken())
    monkeypatch.setattr("converter.batch.workers._REST", 0)
    crew = Crew(Store(tmp_path, lasting=False), Limits(2), ())
    tasks = [Perusal(Source(tmp_path / f"{name}.txt", "", Access())) for name in range(9)]
    outcomes = crew.outcomes(tasks)
    for _ in range(2):
        assert "died again and again" in next(outcomes).events[0].text
    with pytest.raises(ConverterError, match="All workers expired; --jobs 1 does without"):
        next(outcomes)


def wait_for(condition):
    """Wait until ``condition`` holds: a test that would wait for ever fails."""
    for _ in range(3000):
        if condition():
            return
        time.sleep(0.02)
    pytest.fail("waited a minute")


def descendants(pid):
    """Return the processes that ``pid`` has started, and those that they have."""
    found = children(pid)
    return [*found, *(each for child in found for each in descendants(child))]


def children(pid):
    return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.parametrize(("engine", "loaded"), [("", True), ("weasyprint", True), ("typst", False)])
def test_workers_share_the_engine_that_lays_out_their_pdfs(engine, loaded):
    wanted = Order(Path("out"), ("pdf",), Options(pdf=PdfOptions(engine=engine))).wanted()
    shared = subprocess.run(
        [sys.executable, "-c", "import sys, converter.batch.warm; print(*sys.modules)"],
        env={**os.environ, WANTED: msgspec.json.encode(wanted).decode()},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ("weasyprint" in shared.stdout.split()) == loaded
