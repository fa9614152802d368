"""Files and folders that appear under their names when they are whole, or not at all.

They are made in a folder of their own beside the place where they belong, and renamed. What a
process that was killed has left of such folders is known by the lock that nobody holds any more.
"""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Final

from converter.errors import WriteError

_PREFIX: Final = ".converter-"
# Where programs put their temporary files: https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
_VARIABLE: Final = "TMPDIR"
# In bytes. Workers are reached by sockets in a folder in ours, whose names have 107 bytes in all.
_LONGEST: Final = 50
_LAST: Final = -1000


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """Give a path to write to, and put what is there in the place of ``target`` at the end.

    Folders that were made beside it are put beside ``target``. Raises WriteError if that fails.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _workshop(target.parent) as folder:
            partial = folder / target.name
            yield partial
            for beside in (path for path in folder.iterdir() if path != partial):
                # Pictures, named by what is in them: they join those of other editions.
                shutil.copytree(beside, target.with_name(beside.name), dirs_exist_ok=True)
            if target.is_dir() and not target.is_symlink():
                target.rename(folder / "replaced")
            partial.replace(target)
    except OSError as error:
        reason = error.strerror or str(error)
        # What writes does not say which disk is full: libraries write files of their own.
        hint = f", there or in {_VARIABLE}" if error.errno == errno.ENOSPC else ""
        raise WriteError(f"cannot be written: {reason}{hint}", target.as_posix()) from error


def write_whole(target: Path, data: bytes) -> None:
    """Write ``data`` to ``target``, which appears when it is complete. Raises WriteError."""
    with appearing(target) as partial:
        partial.write_bytes(data)


def sweep(folders: Iterable[Path]) -> None:
    """Remove from ``folders`` what processes have left there that were killed."""
    for folder in folders:
        for left in _left_in(folder):
            with suppress(OSError):  # it is somebody else's, or gone by now
                _remove_if_dead(left)


@contextmanager
def swept(folders: Iterable[Path]) -> Iterator[None]:
    """Sweep ``folders`` before the block and at its end, also when somebody interrupts it."""
    folders = tuple(folders)
    sweep(folders)
    try:
        yield
    finally:
        sweep(folders)


def scratch() -> Path:
    """Return a folder where all temporary files go, until the program ends and they with it.

    Those of programs that this one starts are among them, and what libraries leave lying. What
    killed programs have left goes at once. Raises WriteError if there can be none.
    """
    try:
        place = Path(tempfile.gettempdir())
        if len(os.fsencode(place)) > _LONGEST:
            place = Path("/tmp")  # noqa: S108 - the folder in it is made for us alone
        sweep([place])
        folder, lock = _locked(place)
    except OSError as error:
        text = f"no temporary file can be written: {error.strerror}; name another folder in TMPDIR"
        raise WriteError(text) from error
    tempfile.tempdir = os.environ[_VARIABLE] = str(folder)
    # Behind that of multiprocessing, which has a folder in it.
    Finalize(None, _remove, (folder, lock), exitpriority=_LAST)
    return folder


def _left_in(folder: Path) -> list[Path]:
    """Return the folders in ``folder`` that were made here, none if it cannot be read."""
    try:
        return list(folder.glob(f"{_PREFIX}*"))
    except OSError:
        return []


@contextmanager
def _workshop(place: Path) -> Iterator[Path]:
    """Give an empty folder in ``place``, locked as long as it is in use, and remove it."""
    folder, lock = _locked(place)
    try:
        yield folder
    finally:
        _remove(folder, lock)


def _remove(folder: Path, lock: int) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    os.close(lock)


def _locked(place: Path) -> tuple[Path, int]:
    """Return a new folder in ``place`` and the lock on it."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=place))
        # Somebody who sweeps may have come between making and locking it.
        with suppress(FileNotFoundError):
            lock = os.open(folder, os.O_RDONLY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if folder.exists():
                return folder, lock
            os.close(lock)


def _remove_if_dead(folder: Path) -> None:
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        pass  # its process is at work
    finally:
        os.close(lock)
