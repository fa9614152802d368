"""Pandoc as a filter for any number of texts: the only module that runs it.

Starting pandoc costs more than converting a letter. So one process, in which ``pandoc.lua``
converts texts one by one, serves for as long as this one runs. Texts cannot make pandoc read
files or the network.
"""

import logging
import os
import subprocess
import time
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Lock, Timer
from typing import IO, Final, NamedTuple, cast

from converter.errors import ConverterError
from converter.lifeline import die_with_parent

_SCRIPT: Final = Path(__file__).with_suffix(".lua")
_TIME_LIMIT: Final = 600.0
_MOST_MEMORY: Final = 4 << 30
# Some of its readers quote all that they cannot read.
_MOST_SAID: Final = 400


class Answer(NamedTuple):
    """What a text was converted to, and the files that were in it, by the names it gives them."""

    text: bytes
    media: dict[str, bytes]


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
    for answer in _answers(texts, reader=reader, writer=writer, time_limit=time_limit):
        yield _accepted(answer).text


def read(
    text: bytes, *, reader: str, time_limit: float = _TIME_LIMIT, memory: int = _MOST_MEMORY
) -> Answer:
    """Return ``text`` in pandoc's JSON, and the pictures in it. Raises as ``convert`` does.

    Pandoc may take ``memory`` bytes for it.
    """
    formats = {"reader": reader, "writer": "json"}
    (answer,) = _answers([text], **formats, time_limit=time_limit, memory=memory)
    return _accepted(answer)


def attempt(
    texts: Iterable[bytes], *, reader: str, writer: str, time_limit: float = _TIME_LIMIT
) -> Iterator[bytes | Refusal]:
    """Yield what ``convert`` does, and a Refusal in the place of each text that pandoc refuses."""
    for answer in _answers(texts, reader=reader, writer=writer, time_limit=time_limit):
        yield answer if isinstance(answer, Refusal) else answer.text


def _accepted(answer: Answer | Refusal) -> Answer:
    if isinstance(answer, Refusal):
        raise ConverterError(f"pandoc failed: {answer.reason}")
    return answer


def _answers(
    texts: Iterable[bytes],
    *,
    reader: str,
    writer: str,
    time_limit: float,
    memory: int = _MOST_MEMORY,
) -> Iterator[Answer | Refusal]:
    service = _service(_program(), memory, os.getpid())
    left = time_limit
    for text in texts:
        start = time.monotonic()
        try:
            answer = service.answer(text, f"{reader} {writer}", left)
        except TimeoutError as error:
            raise ConverterError(f"pandoc was not done after {time_limit:g} seconds") from error
        left -= time.monotonic() - start
        yield answer


def _program() -> str:
    # It can download pandoc, and loads all that this takes.
    import pypandoc  # type: ignore[import-untyped] # it has no types

    # Without this it prints where in itself a pandoc failed that could not start.
    logging.getLogger("pypandoc").addHandler(logging.NullHandler())
    try:
        return str(pypandoc.get_pandoc_path())
    except OSError as error:
        raise ConverterError(
            "pandoc is missing or cannot start: install pypandoc-binary"
        ) from error


@cache
def _service(program: str, memory: int, process: int) -> "_Service":  # noqa: ARG001 - a child has one of its own
    return _Service(program, memory)


class _Service:
    """A pandoc that is started when it is first asked, and again after it has failed.

    The end of this process ends it too, even while it is at work and reads no more.
    """

    def __init__(self, program: str, memory: int) -> None:
        self._program = program
        self._memory = memory
        self._running: _Running | None = None
        self._lock = Lock()

    def answer(self, text: bytes, formats: str, seconds: float) -> Answer | Refusal:
        """Return what pandoc makes of ``text``.

        Raises TimeoutError after so many ``seconds``, and ConverterError if pandoc dies of it.
        """
        with self._lock:
            self._running = self._running or _Running(self._program, self._memory)
            try:
                return self._running.answer(text, formats, seconds)
            except BaseException:
                # What it would answer next belongs to this text.
                self._running.end()
                self._running = None
                raise


class _Running:
    """One process."""

    def __init__(self, program: str, memory: int) -> None:
        # https://downloads.haskell.org/ghc/latest/docs/users_guide/runtime_control.html
        self._complaints = TemporaryFile()  # noqa: SIM115 - it is there as long as the process
        self._process = subprocess.Popen(  # noqa: S603 - no shell
            [program, "+RTS", f"-M{memory}", "-RTS", "lua", str(_SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            preexec_fn=die_with_parent,
        )
        # Both are there, as pipes were asked for.
        self._requests = cast(IO[bytes], self._process.stdin)
        self._answers = cast(IO[bytes], self._process.stdout)

    def answer(self, text: bytes, formats: str, seconds: float) -> Answer | Refusal:
        late = Event()
        watch = Timer(max(seconds, 0.0), self._expire, [late])
        watch.daemon = True
        watch.start()
        try:
            self._requests.write(b"%b %d\n%b" % (formats.encode(), len(text), text))
            self._requests.flush()
            state, length, media = self._answers.readline().split()
            text = self._whole(int(length))
            answer = Answer(text, dict(self._medium() for _ in range(int(media))))
        except (OSError, ValueError) as error:
            if late.is_set():
                raise TimeoutError from error
            raise ConverterError(f"pandoc failed: {self._complaint()}") from error
        finally:
            watch.cancel()
        return answer if state == b"ok" else Refusal(_shown(text))

    def _medium(self) -> tuple[str, bytes]:
        name, content = map(int, self._answers.readline().split())
        return self._whole(name).decode(errors="replace"), self._whole(content)

    def _whole(self, length: int) -> bytes:
        """Return an answer of ``length`` bytes. Raises ValueError if it breaks off."""
        answer = self._answers.read(length)
        if len(answer) < length:
            raise ValueError("pandoc died while it answered")
        return answer

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._complaints.close()

    def _expire(self, late: Event) -> None:
        late.set()
        self._process.kill()

    def _complaint(self) -> str:
        """Return what it said before it died."""
        code = self._process.wait()
        self._complaints.seek(0)
        lines = _shown(self._complaints.read().strip()).splitlines()
        return lines[0] if lines else f"exit code {code}"


def _shown(said: bytes) -> str:
    """Return the beginning of what pandoc ``said``, as much as a message can hold."""
    text = said.decode(errors="replace")
    return text if len(text) <= _MOST_SAID else f"{text[:_MOST_SAID]}…"
