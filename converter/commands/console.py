"""The console that tables, trees and texts of documents are printed to."""

import sys
from typing import Final

from rich.console import Console

# In a pipe nothing is cut or folded: other programs read it.
_UNBOUNDED: Final = 10_000


def plain_console() -> Console:
    """Return a console for standard output that leaves the words of documents as they are."""
    width = None if sys.stdout.isatty() else _UNBOUNDED
    return Console(highlight=False, emoji=False, width=width)
