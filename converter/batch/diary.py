"""What happens in a task, taken down while it goes on past what fails."""

import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from msgspec.structs import replace

from converter.batch.outcome import Edition, Event, Failure, Told
from converter.errors import ConverterError, told
from converter.report import Message

OUT_OF_MEMORY: Final = "needs more memory than it may have; see --max-memory"


class Diary:
    """The events of a task, in their order."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    @property
    def failures(self) -> list[Failure]:
        return [event for event in self.events if isinstance(event, Failure)]

    @property
    def failed(self) -> bool:
        return bool(self.failures)

    def tell(self, messages: Iterable[Message]) -> None:
        self.events.extend(Told(_printable(message)) for message in messages)

    def made(self, edition: Edition) -> None:
        self.events.append(edition)

    @contextmanager
    def failing_alone(self, place: str) -> Iterator[None]:
        """Go on behind the block whatever happens in it, and take down what did."""
        try:
            yield
        except ConverterError as error:
            self._fail(error.text, error.place or place, error)
        except MemoryError:
            self.events.append(Failure(OUT_OF_MEMORY, place))
        except Exception as error:  # noqa: BLE001 - one document's fault must not cost the others
            self._fail(told(error), place, error)

    def _fail(self, text: str, place: str, error: BaseException) -> None:
        trace = "".join(traceback.format_exception(error))
        self.events.append(Failure(text, place, trace))


def _printable(message: Message) -> Message:
    """Return ``message`` without halves of characters, which no terminal and no file can hold."""
    if message.text.isascii():
        return message
    return replace(message, text=message.text.encode("utf-8", "replace").decode())
