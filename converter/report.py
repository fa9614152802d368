"""What a user should know about a conversion: messages, and the ledger of what was read.

One ``Report`` is passed along explicitly from reader to writer. Whatever is lost, guessed or in
doubt becomes a ``Message`` with a stable code; nothing is printed here.
"""

from typing import Final, Literal, TypeAlias

import msgspec

from converter.ledger import Ledger
from converter.model import Prov

Level: TypeAlias = Literal["info", "warning", "error"]

# What we report; packages with readers and writers of their own may have other codes.
CODES: Final = frozenset(
    {
        "author-or-text",
        "bad-address",
        "call-without-note",
        "comment-count-differs",
        "comment-number-missing",
        "comment-numbers-skip",
        "comment-without-parent",
        "comment-without-place",
        "comment-without-text",
        "comments-left-out",
        "control-characters",
        "deep-nesting",
        "duplicate-id",
        "dynamic-block",
        "edition-left-out",
        "empty-link",
        "encoding-differs",
        "fix-outdated",
        "formula-as-source",
        "gap",
        "language-guessed",
        "large-file",
        "link-dropped",
        "link-out-of-folder",
        "malformed-xml",
        "media-left-out",
        "missing-comment",
        "missing-glyph",
        "missing-image",
        "missing-note",
        "nesting-flattened",
        "no-text",
        "note-moved",
        "note-not-linked",
        "pdf-engine",
        "pdf-layout",
        "picture-not-read",
        "picture-not-shown",
        "raw-dropped",
        "reference-unresolved",
        "remote-image",
        "reply-or-list",
        "tall-table",
        "template-unused",
        "text-not-read",
        "thread-title-dropped",
        "thread-without-post",
        "undecodable-bytes",
        "unknown-element",
        "unknown-rendition",
        "unknown-shortcode",
        "unpublished",
        "unreadable-folder",
        "words-differ",
    }
)


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
