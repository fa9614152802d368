"""The ledger: every word of a source is kept, has become structure, or was dropped for a reason.

A word is a run of characters between white space. It counts as kept when any of it is text or
a field of the model, else as structure when any of it became markup, else as dropped. The three
columns add up to the words of the source; ``balanced`` says whether they do.
"""

from collections.abc import Iterable

import msgspec


class Drop(msgspec.Struct, frozen=True):
    """Words left out on purpose: what they were, where, and why."""

    text: str
    reason: str
    line: int | None = None


class Ledger(msgspec.Struct, frozen=True):
    """The account of one document, in words."""

    words: int = 0
    kept: int = 0
    structure: int = 0
    dropped: int = 0
    drops: tuple[Drop, ...] = ()

    @property
    def balanced(self) -> bool:
        return self.words == self.kept + self.structure + self.dropped


def total(ledgers: Iterable[Ledger]) -> Ledger:
    """Return the sum of ``ledgers``."""
    every = tuple(ledgers)
    return Ledger(
        words=sum(ledger.words for ledger in every),
        kept=sum(ledger.kept for ledger in every),
        structure=sum(ledger.structure for ledger in every),
        dropped=sum(ledger.dropped for ledger in every),
        drops=tuple(drop for ledger in every for drop in ledger.drops),
    )
