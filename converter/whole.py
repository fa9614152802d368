"""Files and folders that appear under their names when they are whole, or not at all.

They are made in a folder of their own beside the place where they belong, and renamed. What a
process that was killed has left of such folders is known by the lock that nobody holds any more.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from converter.errors import WriteError

_PREFIX: Final = ".converter-"


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
        raise WriteError(f"cannot be written: {reason}", target.as_posix()) from error


def write_whole(target: Path, data: bytes) -> None:
    """Write ``data`` to ``target``, which appears when it is complete. Raises WriteError."""
    with appearing(target) as partial:
        partial.write_bytes(data)


def sweep(folders: Iterable[Path]) -> None:
    """Remove from ``folders`` what processes have left there that were killed."""
    for folder in folders:
        with suppress(OSError):
            for left in folder.glob(f"{_PREFIX}*"):
                _remove_if_dead(left)


@contextmanager
def _workshop(place: Path) -> Iterator[Path]:
    """Give an empty folder in ``place``, locked as long as it is in use, and remove it."""
    folder, lock = _locked(place)
    try:
        yield folder
    finally:
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
    lock = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        pass  # its process is at work
    finally:
        os.close(lock)
