"""What a user should know about a conversion: messages, and the ledger of what was read.

One ``Report`` is passed along explicitly from reader to writer. Whatever is lost, guessed or in
doubt becomes a ``Message`` with a stable code; nothing is printed here.
"""

from typing import Literal, TypeAlias

import msgspec

from converter.ledger import Ledger
from converter.model import Prov

Level: TypeAlias = Literal["info", "warning", "error"]


class Message(msgspec.Struct, frozen=True):
    """A loss or doubt worth telling. ``code`` is stable, in kebab-case, for use in scripts."""

    code: str
    text: str
    level: Level
    prov: Prov | None = None

    def __str__(self) -> str:
        """Return the line that users see: ``file:line: level: text [code]``."""
        place = f"{self.prov}: " if self.prov else ""
        return f"{place}{self.level}: {self.text} [{self.code}]"


class Findings(msgspec.Struct, frozen=True):
    """What was reported of one document."""

    messages: tuple[Message, ...]
    ledger: Ledger


class Report:
    """Collects messages, and the ledger of the document being read."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.ledger = Ledger()

    def info(self, code: str, text: str, *, prov: Prov | None = None) -> None:
        self.messages.append(Message(code, text, "info", prov))

    def warn(self, code: str, text: str, *, prov: Prov | None = None) -> None:
        self.messages.append(Message(code, text, "warning", prov))

    def error(self, code: str, text: str, *, prov: Prov | None = None) -> None:
        self.messages.append(Message(code, text, "error", prov))

    def cut(self) -> Findings:
        """Return what was reported since the last cut, and start afresh for the next document."""
        findings = Findings(tuple(self.messages), self.ledger)
        self.messages, self.ledger = [], Ledger()
        return findings
