"""Our own report: documents as ``inspect --json`` shows them, editions, messages, failures."""

from pathlib import Path
from typing import Final

import msgspec

from converter.batch.outcome import Edition, Failure, Outcome, Told
from converter.commands.reports.spool import Spool
from converter.commands.verdict import Policy
from converter.inspection import message_record
from converter.whole import appearing

_LISTS: Final = ("documents", "editions", "messages", "failures")


class OwnReport:
    """An object of four lists."""

    def __init__(self, path: Path, policy: Policy) -> None:
        self._path = path
        self._policy = policy
        self._lists = {name: Spool() for name in _LISTS}

    def add(self, outcome: Outcome) -> None:
        """Add what came of a task."""
        for line in outcome.records:
            self._lists["documents"].add(line)
        for event in outcome.events:
            match event:
                case Edition():
                    self._add("editions", msgspec.structs.asdict(event))
                case Told(message=message):
                    if self._policy.tells(message):
                        self._add("messages", message_record(message))
                case Failure():
                    self._add("failures", str(event))

    def _add(self, name: str, value: object) -> None:
        self._lists[name].add(msgspec.json.encode(value))

    def write(self) -> None:
        """Write the file. Raises WriteError."""
        with appearing(self._path) as partial, partial.open("wb") as file:
            for opening, (name, items) in zip(b"{,,,", self._lists.items(), strict=True):
                file.write(b'%c"%b":[\n' % (opening, name.encode()))
                file.writelines(items.pieces(between=b","))
                file.write(b"]")
            file.write(b"}\n")
