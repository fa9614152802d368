"""What a command costs, with all processes that it starts: processor time, time, memory.

Processor time is that of user and system together; other work on the machine matters little to
it, while the time on the clock means something on a quiet machine only.
"""

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Final, NamedTuple

_SUBREAPER: Final = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)
_WITHOUT_BYTECODE: Final = "PYTHONDONTWRITEBYTECODE"
# Bytes in a unit of ru_maxrss: https://man7.org/linux/man-pages/man2/getrusage.2.html.
_UNIT: Final = 1 if sys.platform == "darwin" else 1024


class Cost(NamedTuple):
    """Seconds of processor time and on the clock, and the bytes of the largest process."""

    cpu: float
    wall: float
    memory: int


def run(command: Sequence[str]) -> Cost:
    """Run ``command`` and return what it cost. Raises CalledProcessError if it fails.

    Workers may outlive the command for a moment: it is over when the last of them is.
    """
    _adopt_orphans()
    begun = time.monotonic()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, stdin=quiet, stdout=quiet, env=_environment())
    cpu, memory, status, ended = 0.0, 0, 0, begun
    while True:
        try:
            child, code, usage = os.wait4(-1, 0)
        except ChildProcessError:
            break
        cpu += usage.ru_utime + usage.ru_stime
        memory = max(memory, usage.ru_maxrss * _UNIT)
        if child == process.pid:
            ended, status = time.monotonic(), os.waitstatus_to_exitcode(code)
    process.returncode = status
    if status:
        raise subprocess.CalledProcessError(status, list(command))
    return Cost(cpu, ended - begun, memory)


def best(command: Sequence[str], times: int) -> Cost:
    """Return the least of each cost in ``times`` runs: what disturbs a run only adds to it."""
    return Cost(*map(min, zip(*(run(command) for _ in range(times)), strict=True)))


def _environment() -> dict[str, str]:
    """Return the environment in which Python compiles a module once, as users have it."""
    return {name: value for name, value in os.environ.items() if name != _WITHOUT_BYTECODE}


def _adopt_orphans() -> None:
    """Make processes whose parent has ended our own, so that they can be waited for."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1)
