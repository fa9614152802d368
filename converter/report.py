"""What a user should know about a conversion: messages, and the ledger of what was read.

One ``Report`` is passed along explicitly from reader to writer. Whatever is lost, guessed or in
doubt becomes a ``Message`` with a stable code; nothing is printed here.
"""

from typing import Final, Literal, TypeAlias

import msgspec

from converter.ledger import Ledger
from converter.model import Prov

Level: TypeAlias = Literal["info", "warning", "error"]

# What we report, by code; packages with readers and writers of their own may have other codes.
CODES: Final = {
    "author-or-text": "The first line of a comment may name its author or be text.",
    "bad-address": "A link leads to what is no web address.",
    "behind-a-password": "A post asks for a password on its site, and not in the edition.",
    "broken-link": "A link of the file system leads nowhere.",
    "call-without-note": "A note is called that is not there.",
    "comment-count-differs": "There are more or fewer comments than the source says.",
    "comment-number-missing": "The number of a comment is missing.",
    "comment-numbers-skip": "The numbers of comments leave some out.",
    "comment-without-parent": "The comment that another answers is missing.",
    "comment-place-unknown": "Which of the comments above another answers is not told.",
    "comment-without-place": "A review comment speaks of no place in the text.",
    "comment-without-text": "A comment has no text.",
    "comments-left-out": "Comments are spam, deleted, or wait for approval.",
    "control-characters": "Characters that no edition can hold are replaced.",
    "deep-nesting": "Styles or blocks are set level that nest too deep.",
    "duplicate-id": "Two notes or comments have one name.",
    "dynamic-block": "What a server fills in is not in the source.",
    "edition-left-out": "An edition that an earlier run left is no source.",
    "empty-link": "A link has no text to be seen by.",
    "encoding-differs": "A source is not in the encoding that it declares.",
    "fix-not-read": "A file of corrections has another name than it should have.",
    "fix-outdated": "A correction speaks of what the source does not hold.",
    "formula-as-source": "A formula cannot be set and shows as its source.",
    "gap": "The printed source itself lacks a part.",
    "language-guessed": "The language was guessed from the words.",
    "large-file": "A file is larger than e-readers like.",
    "link-dropped": "Links lead to what is not there, or not whole.",
    "link-out-of-folder": "A link of the file system leads out of its folder.",
    "malformed-xml": "XML is not well formed and was mended.",
    "media-left-out": "What plays or is embedded has no place in a book.",
    "missing-comment": "A comment is referred to that is not there.",
    "missing-glyph": "No font has a character.",
    "missing-image": "A picture is not there.",
    "missing-note": "A note is called that is not there.",
    "nesting-flattened": "Levels are set level that nest too deep.",
    "no-text": "A document holds no text.",
    "note-moved": "A note stands at the end of its document, not of its page.",
    "note-not-linked": "No place is likely enough to call a note.",
    "notes-not-found": "Notes seem to be called, and no list of notes was found.",
    "pdf-engine": "Another engine lays out the PDF.",
    "pdf-layout": "The engine had trouble with the layout of a PDF.",
    "picture-not-read": "A picture cannot be taken out of its package.",
    "picture-not-shown": "A picture is of a kind that LaTeX cannot show.",
    "raw-dropped": "Code for one format only is left out.",
    "reference-unresolved": "A document is referred to that is not in the book.",
    "remote-image": "A picture is left on the web.",
    "reply-or-list": "Lines could be replies or a list.",
    "tall-table": "Cells that are too tall for a page stand below each other.",
    "template-unused": "A template has the name of none of ours.",
    "text-not-read": "Words of the source are not read.",
    "thread-title-dropped": "A thread has joined its post, and lost a title of its own.",
    "thread-without-post": "Comments belong to a post that is not there.",
    "undecodable-bytes": "Bytes are no text in the encoding of the source.",
    "unknown-element": "An element is not known; its text is kept.",
    "unknown-rendition": "Words look as others that the source sets apart.",
    "unknown-shortcode": "A shortcode is not known and stays as it is.",
    "unpublished": "Drafts, private posts and what is in the bin are left out.",
    "unreadable-folder": "A folder cannot be read.",
    "words-differ": "The reader has lost words or made some up: a fault in converter.",
}


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
