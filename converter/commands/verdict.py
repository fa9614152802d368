"""What a run makes of messages: which it tells, which of them fail it, and in what words."""

import os
import re
from collections.abc import Collection
from difflib import get_close_matches
from typing import Final, get_args

import click
import msgspec

from converter import plugins
from converter.batch.outcome import Failure
from converter.errors import UsageError
from converter.model import Prov
from converter.report import CODES, Level, Message

FAILED: Final = 1
WARNED: Final = 3

_LEVELS: Final[tuple[str, ...]] = get_args(Level)
# What begins a property of a workflow command, or ends one, by the form it has within one.
_ESCAPES: Final = str.maketrans(
    {"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"},
)
_TEXT_ESCAPES: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# How alike two words are of which one is the other misspelt, from 0 to 1.
_NEAR: Final = 0.75
FAILURE: Final = "failure"
_COMMANDS: Final = {"info": "notice", "warning": "warning", "error": "error"}


class Policy(msgspec.Struct, frozen=True):
    """``fail_on`` holds levels and codes, ``ignore`` codes."""

    fail_on: tuple[str, ...] = ("error",)
    ignore: tuple[str, ...] = ()

    def tells(self, message: Message) -> bool:
        """Whether users are told of ``message`` at all."""
        return message.code not in self.ignore

    def fails(self, message: Message) -> bool:
        """Whether ``message`` fails the run: by its code, or by its level or a lower one."""
        lower = _LEVELS[: _LEVELS.index(message.level) + 1]
        return message.code in self.fail_on or any(level in self.fail_on for level in lower)

    def code(self, message: Message) -> int:
        """Return the exit code of a run in which there was ``message`` and nothing worse."""
        if message.level == "error":
            return FAILED
        return WARNED if self.fails(message) else 0


def policy(strict: bool, fail_on: tuple[str, ...], ignore: tuple[str, ...]) -> Policy:
    """Return what the options of a command ask for. Raises UsageError."""
    for name in ignore:
        if name in _LEVELS:
            raise UsageError(f"--ignore takes codes of messages, and {name} is a level")
        _check_known(f"--ignore {name}", name, CODES)
    for name in fail_on:
        _check_known(f"--fail-on {name}", name, {*_LEVELS, *CODES, FAILURE})
    return Policy((*fail_on, "error", *(["warning"] if strict else [])), ignore)


def _check_known(given: str, name: str, known: Collection[str]) -> None:
    """Raise UsageError unless ``name`` is ``known``, or may be a code of another package."""
    if name in known:
        return
    near = get_close_matches(name, sorted(known), n=1, cutoff=_NEAR)
    if near:
        raise UsageError(f"{given}: did you mean {near[0]}?")
    if plugins.are_all_ours():
        hint = "the code of a message is what stands in brackets at its end"
        raise UsageError(f"{given}: there are no such messages; {hint}")


def worse(code: int, other: int) -> int:
    """Return that of two exit codes which says more: a failure, a warning, nothing."""
    return min(code or other, other or code)


def as_message(failure: Failure) -> Message:
    """Return ``failure`` as a message, its place taken apart into file and line."""
    name, _, line = failure.place.rpartition(":")
    if name and line.isdecimal():
        return Message(FAILURE, failure.text, "error", Prov(name, int(line)))
    return Message(FAILURE, failure.text, "error", Prov(failure.place) if failure.place else None)


def show(message: Message) -> None:
    """Print ``message`` as users see it, in GitHub Actions beside the line that it speaks of."""
    click.echo(annotation(message) if in_actions() else plain(str(message)), err=True)


def annotation(message: Message) -> str:
    """Return ``message`` as a workflow command.

    See https://docs.github.com/actions/reference/workflow-commands-for-github-actions.
    """
    prov = message.prov
    known = {
        "file": prov.source.partition("#")[0] if prov else "",
        "line": str(prov.line or "") if prov else "",
        "endLine": str(prov.end_line or "") if prov else "",
        "col": str(prov.column or "") if prov else "",
        "title": message.code,
    }
    properties = ",".join(
        f"{key}={value.translate(_ESCAPES)}" for key, value in known.items() if value
    )
    return f"::{_COMMANDS[message.level]} {properties}::{message.text.translate(_TEXT_ESCAPES)}"


def show_failure(failure: Failure) -> None:
    """Print ``failure`` in the same way."""
    click.echo(annotation(as_message(failure)) if in_actions() else plain(str(failure)), err=True)


def plain(text: str) -> str:
    """Return ``text``, in which words of sources may be, such that it cannot control a terminal."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def in_actions() -> bool:
    """Whether we run in GitHub Actions, which shows messages beside the lines of files."""
    return os.environ.get("GITHUB_ACTIONS") == "true"
