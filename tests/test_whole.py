"""Files appear whole or not at all, and nothing is left of those that did not."""

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from converter.errors import WriteError
from converter.whole import appearing, sweep, swept, write_whole

KILLED = """
import sys, time
from pathlib import Path
from converter.whole import appearing
with appearing(Path(sys.argv[1])) as partial:
    partial.write_text("half")
    print("half", flush=True)
    time.sleep(60)
"""


def test_whole_files_appear_at_once(tmp_path):
    write_whole(tmp_path / "a" / "report.json", b"{}")
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["report.json"]
    assert (tmp_path / "a" / "report.json").read_bytes() == b"{}"


def test_folders_beside_a_file_join_those_that_are_there(tmp_path):
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "old.png").touch()
    with appearing(tmp_path / "memo.md") as partial:
        partial.touch()
        partial.with_name("pictures").mkdir()
        (partial.with_name("pictures") / "new.png").touch()
    assert sorted(path.name for path in (tmp_path / "pictures").iterdir()) == ["new.png", "old.png"]


def test_what_cannot_be_written_says_why(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(WriteError, match="cannot be written: "):
        write_whole(tmp_path / "file" / "memo.md", b"")


def test_a_full_disk_may_be_that_of_temporary_files(tmp_path):
    def fill():
        with appearing(tmp_path / "memo.pdf"):
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(WriteError, match="No space left on device, there or in TMPDIR"):
        fill()


def test_what_a_killed_process_left_is_swept_and_what_a_live_one_makes_is_not(tmp_path):
    command = [sys.executable, "-c", KILLED, str(tmp_path / "memo.md")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    process.stdout.readline()
    sweep([tmp_path])
    assert len(list(tmp_path.iterdir())) == 1
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert len(list(tmp_path.iterdir())) == 1
    sweep([tmp_path, tmp_path / "missing"])
    assert list(tmp_path.iterdir()) == []


def test_what_workers_leave_that_an_interrupt_has_killed_is_swept(tmp_path):
    def interrupted():
        with swept([tmp_path]):
            (tmp_path / ".converter-0").mkdir()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_what_is_nobodys_folder_does_not_keep_others_from_being_swept(tmp_path):
    (tmp_path / ".converter-0").touch()
    (tmp_path / ".converter-1").symlink_to(tmp_path)
    (tmp_path / ".converter-2").mkdir()
    sweep([tmp_path])
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [".converter-0", ".converter-1"]


TEMPORARY = """
import os, tempfile
from multiprocessing.util import get_temp_dir
from pathlib import Path
from converter.whole import scratch
before = Path(tempfile.gettempdir())
folder = scratch()
assert list(before.iterdir()) == [folder]
assert {Path(each).parent for each in (tempfile.mkdtemp(), get_temp_dir())} == {folder}
assert os.environ["TMPDIR"] == str(folder)
"""


def test_temporary_files_go_with_the_program_and_those_of_the_killed_before():
    with TemporaryDirectory(dir="/tmp") as folder:
        (Path(folder) / ".converter-killed").mkdir()
        variables = {**os.environ, "TMPDIR": folder}
        command = [sys.executable, "-c", TEMPORARY]
        done = subprocess.run(command, env=variables, capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
        assert list(Path(folder).iterdir()) == []
