"""The ledger: every word of a source is kept, has become structure, or was dropped for a reason.

A word is a run of characters between white space. It counts as kept when any of it is text or
a field of the model, else as structure when any of it became markup, else as dropped. The three
columns add up to the words of the source; ``balanced`` says whether they do.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

# What a reader has made of a character, one byte each; 0 is what nobody has claimed.
TEXT: Final = 1
FIELD: Final = 2
STRUCTURE: Final = 3
DROPPED: Final = 4

WORD: Final = re.compile(r"\S+")
_KEPT: Final = re.compile(rb"\x01+")
# What is kept becomes one byte, for ``re`` is quick to pass over a run of one byte.
_FIELDS_AS_TEXT: Final = bytes.maketrans(bytes((FIELD,)), bytes((TEXT,)))
_UNCLAIMED_AS_TEXT: Final = bytes.maketrans(bytes(1), bytes((TEXT,)))
_APART: Final = re.compile(rb"\x01*([^\x01]+)")


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

    def __str__(self) -> str:
        """Return the account as users see it."""
        columns = f"{self.kept} kept + {self.structure} structure + {self.dropped} dropped"
        return f"{self.words} words = {columns}"


def account(text: str, claims: bytes, drops: Iterable[tuple[int, Drop]]) -> Ledger:
    """Return the ledger of ``text``, given the claim on each character.

    ``drops`` come with their offsets, in any order.
    """
    words = len(text.split())
    apart = tuple(_claims_apart(text, claims))
    structure = sum(STRUCTURE in each for each in apart)
    dropped = sum(DROPPED in each and STRUCTURE not in each for each in apart)
    ordered = sorted(drops, key=lambda entry: entry[0])
    return Ledger(words, words - len(apart), structure, dropped, tuple(drop for _, drop in ordered))


def _claims_apart(text: str, claims: bytes) -> Iterator[bytes]:
    """Yield the claims on each word that is kept in no part: mostly they are few."""
    for run in _APART.finditer(claims.translate(_FIELDS_AS_TEXT)):
        start, end = run.span(1)
        if text[start:end].isspace():
            continue
        for word in WORD.finditer(text, start, end):
            first, last = word.span()
            begins = first > start or not start or text[start - 1].isspace()
            ends = last < end or end == len(text) or text[end].isspace()
            if begins and ends:
                yield claims[first:last]


def kept_words(text: str, claims: bytes, span: tuple[int, int]) -> list[str]:
    """Return the words of ``span`` claimed as text, and those that nobody claimed.

    A word with markup cut out of it, such as a page break, is one word.
    """
    runs = _KEPT.finditer(claims.translate(_UNCLAIMED_AS_TEXT), *span)
    return "".join(text[slice(*run.span())] for run in runs).split()


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
