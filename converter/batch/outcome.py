"""What comes of a task: small values that go from workers to whoever tells users of them."""

from typing import Literal, TypeAlias

import msgspec

from converter.report import Message

State: TypeAlias = Literal["written", "restored", "current"]


class Edition(msgspec.Struct, frozen=True, tag="edition"):
    """What an edition holds, in numbers, and how it came to stand at ``path``.

    It was ``written``, it was ``restored`` as it had been made before, or it was ``current``.
    """

    format: str
    path: str
    bytes: int
    documents: int
    notes: int
    pages: int
    comments: int
    words: int
    kept: int
    structure: int
    dropped: int
    state: State = "written"


class Failure(msgspec.Struct, frozen=True, tag="failure"):
    """What stopped a document or an edition. ``trace`` says where in the program it arose."""

    text: str
    place: str = ""
    trace: str = ""

    def __str__(self) -> str:
        return f"{self.place}: error: {self.text}" if self.place else f"error: {self.text}"


class Told(msgspec.Struct, frozen=True, tag="message"):
    """A message, as one of the events of a task."""

    message: Message


Event: TypeAlias = Told | Failure | Edition


class Stored(msgspec.Struct, frozen=True):
    """What was stored for later tasks: its key, and a digest of all that depends on it."""

    key: str
    identity: str


class Outcome(msgspec.Struct, frozen=True):
    """What happened in a task, in its order.

    ``records`` are lines of JSON about the documents that were read, if they were asked for.
    ``cached`` says that what was made before served again, ``seconds`` how long it took to make.
    """

    place: str
    events: tuple[Event, ...] = ()
    records: tuple[bytes, ...] = ()
    documents: int = 0
    stored: Stored | None = None
    cached: bool = False
    seconds: float = 0.0
