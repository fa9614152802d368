"""Why a reader linked each note where it did: what it tells, and what ``inspect`` shows."""

import msgspec


class Candidate(msgspec.Struct, frozen=True):
    """A place that may call a note: its mark between what stands before and behind it.

    ``evidence`` names what speaks for or against it with its weight in log-odds; ``confidence``
    is its share of all ways to link the notes of the document.
    """

    line: int
    before: str
    mark: str
    after: str
    evidence: tuple[tuple[str, float], ...]
    confidence: float


class Explanation(msgspec.Struct, frozen=True):
    """A note of the list, its candidates from the likeliest on, and whether the first won."""

    number: int
    line: int
    text: str
    linked: bool
    candidates: tuple[Candidate, ...]
