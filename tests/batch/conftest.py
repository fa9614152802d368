"""A folder of short letters, and the program as a user starts it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

LETTER = """{number}. Letter to the Board1

The lamp burns{on}.2 Send oil [Page 3{number}] soon.

  1. Source: tin box.
  2. It did, in winter {number}.
"""

Program = Callable[..., subprocess.CompletedProcess[str]]


def letter(number: int) -> str:
    return LETTER.format(number=number, on=" on" * number)


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """Return a folder that holds a folder of five letters."""
    (tmp_path / "letters").mkdir()
    for number in range(1, 6):
        (tmp_path / "letters" / f"{number}.txt").write_text(letter(number), encoding="utf-8")
    return tmp_path


@pytest.fixture
def converter(tmp_path: Path) -> Program:
    """Return the program, to be called with its arguments, and with variables by name."""

    def run(*arguments: str, cwd: Path = tmp_path, **variables: str) -> object:
        return subprocess.run(
            [sys.executable, "-m", "converter", *arguments],
            cwd=cwd,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
            timeout=300,
        )

    return run


def tree(folder: Path) -> dict[str, bytes]:
    """Return all files below ``folder``, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def files() -> Callable[[Path], dict[str, bytes]]:
    """Return what shows all files below a folder."""
    return tree
