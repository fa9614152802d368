"""Processes that end with the one that started them, however that came to its end.

Whoever kills the program must not have to look for what it has started.
"""

import ctypes
import signal
import sys
from typing import Final

_DEATH_SIGNAL: Final = 1  # PR_SET_PDEATHSIG of prctl(2)
# Loaded here, as nothing may be loaded between a fork and what comes of it.
_LIBRARY: Final = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """Have this process killed when the one that started it is gone."""
    if _LIBRARY:
        _LIBRARY.prctl(_DEATH_SIGNAL, signal.SIGKILL)
