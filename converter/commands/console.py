"""The console that tables, trees and texts of documents are printed to."""

import sys
from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from rich.console import Console
from rich.progress import track

# In a pipe nothing is cut or folded: other programs read it.
_UNBOUNDED: Final = 10_000


Item = TypeVar("Item")


def progress(items: Sequence[Item], what: str) -> Iterable[Item]:
    """Yield ``items`` under a bar that tells how far it is; in a pipe there is none."""
    shown = sys.stdout.isatty() and sys.stderr.isatty() and len(items) > 1
    console = Console(stderr=True)
    return track(items, what, console=console, transient=True, disable=not shown)


def plain_console() -> Console:
    """Return a console for standard output that leaves the words of documents as they are."""
    width = None if sys.stdout.isatty() else _UNBOUNDED
    return Console(highlight=False, emoji=False, width=width)
