"""The file of ``--report``: all that was found and made in a run, as JSON."""

from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

import msgspec

from converter.batch.outcome import Edition, Failure, Outcome, Told
from converter.inspection import message_record
from converter.whole import appearing

_LISTS: Final = ("documents", "editions", "messages", "failures")


class ReportFile:
    """Four lists that are written aside as they grow: there may be more than memory holds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lists: dict[str, IO[bytes]] = {name: TemporaryFile() for name in _LISTS}  # noqa: SIM115 - they are closed when they are written

    def add(self, outcome: Outcome) -> None:
        """Add what came of a task."""
        for line in outcome.records:
            self._append("documents", line)
        for event in outcome.events:
            match event:
                case Edition():
                    record = msgspec.structs.asdict(event)
                    self._append("editions", msgspec.json.encode(record))
                case Told(message=message):
                    self._append("messages", msgspec.json.encode(message_record(message)))
                case Failure():
                    self._append("failures", msgspec.json.encode(str(event)))

    def write(self) -> None:
        """Write the file, which appears when it is complete. Raises WriteError."""
        with appearing(self._path) as partial, partial.open("wb") as file:
            for position, name in enumerate(_LISTS):
                file.write(
                    b'{"%b":[' % name.encode() if not position else b',"%b":[' % name.encode()
                )
                with self._lists[name] as lines:
                    lines.seek(0)
                    file.writelines(lines)
                file.write(b"]")
            file.write(b"}\n")

    def _append(self, name: str, data: bytes) -> None:
        lines = self._lists[name]
        lines.write(b",\n" + data if lines.tell() else data)
