"""How the start of a page of the printed source is shown."""

from typing import Final

# What stands for the label of a page that has none.
UNNUMBERED: Final = "–"


def bracketed(label: str) -> str:
    """Return ``label`` in brackets: its own where it has them, as pages without a number do."""
    return label if has_brackets(label) else f"[{label}]"


def has_brackets(label: str) -> bool:
    return label.startswith("[") and label.endswith("]")


def page_mark(label: str, word: str) -> str:
    """Return what stands in a line where a page begins; ``word`` is the one for page."""
    return label if has_brackets(label) else f"[{word}\u00a0{label or '…'}]"
