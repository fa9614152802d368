"""Pandoc as a filter for any number of texts: the only module that runs it.

Starting pandoc costs more than converting a letter, so all texts go through one process, in
which ``pandoc.lua`` converts them one by one. They cannot make pandoc read files or the network.
"""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import pypandoc  # type: ignore[import-untyped] # it has no types

from converter.errors import ConverterError

_SCRIPT: Final = Path(__file__).with_suffix(".lua")
_TIME_LIMIT: Final = 600.0


class Refusal(NamedTuple):
    """A text that pandoc cannot convert, and what it says about it."""

    reason: str


def convert(
    texts: Iterable[bytes], *, reader: str, writer: str, time_limit: float = _TIME_LIMIT
) -> Iterator[bytes]:
    """Yield each of ``texts`` converted from format ``reader`` to format ``writer``, in order.

    Formats are named as pandoc does, with extensions: ``markdown-smart``. Lines are not wrapped;
    review comments and tracked changes of docx are read as spans. Raises ConverterError if
    pandoc is missing, refuses a text, or needs more than ``time_limit`` seconds for all of them.
    """
    for answer in attempt(texts, reader=reader, writer=writer, time_limit=time_limit):
        if isinstance(answer, Refusal):
            raise ConverterError(f"pandoc failed: {answer.reason}")
        yield answer


def attempt(
    texts: Iterable[bytes], *, reader: str, writer: str, time_limit: float = _TIME_LIMIT
) -> Iterator[bytes | Refusal]:
    """Yield what ``convert`` does, and a Refusal in the place of each text that pandoc refuses."""
    with TemporaryDirectory() as folder:
        requests, answers = Path(folder, "requests"), Path(folder, "answers")
        if _write_requests(texts, requests):
            _run([reader, writer, str(requests), str(answers)], time_limit)
            yield from _read_answers(answers)


def _write_requests(texts: Iterable[bytes], requests: Path) -> int:
    """Write ``texts`` to the file ``requests`` and return how many they are."""
    count = 0
    with requests.open("wb") as file:
        for text in texts:
            file.write(b"%d\n%b" % (len(text), text))
            count += 1
    return count


def _run(arguments: list[str], time_limit: float) -> None:
    command = [_program(), "lua", str(_SCRIPT), *arguments]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=time_limit)  # noqa: S603 - no shell
    except subprocess.TimeoutExpired as error:
        raise ConverterError(f"pandoc was not done after {time_limit:g} seconds") from error
    except subprocess.CalledProcessError as error:
        lines = error.stderr.decode(errors="replace").strip().splitlines()
        reason = lines[0] if lines else f"exit code {error.returncode}"
        raise ConverterError(f"pandoc failed: {reason}") from error


def _program() -> str:
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as error:
        raise ConverterError("pandoc is missing: install pypandoc-binary") from error


def _read_answers(answers: Path) -> Iterator[bytes | Refusal]:
    with answers.open("rb") as file:
        while head := file.readline():
            state, length = head.split()
            answer = file.read(int(length))
            yield answer if state == b"ok" else Refusal(answer.decode(errors="replace"))
