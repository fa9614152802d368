"""The console that tables, trees and texts of documents are printed to, and the bar of progress."""

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

# In a pipe nothing is cut or folded: other programs read it.
_UNBOUNDED: Final = 10_000

Item = TypeVar("Item")


def progress(items: Iterable[Item], what: str, *, total: int) -> Iterator[Item]:
    """Yield ``items`` under a bar with the time that is left; in a pipe there is none."""
    if total < 2 or not (sys.stdout.isatty() and sys.stderr.isatty()):
        yield from items
        return
    # Loading it takes longer than a run with nothing to do.
    from rich.console import Console
    from rich.progress import track

    yield from track(items, what, total, console=Console(stderr=True), transient=True)


def plain_console() -> "Console":
    """Return a console for standard output that leaves the words of documents as they are."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else _UNBOUNDED
    return Console(highlight=False, emoji=False, width=width)
