"""The words that editions add to those of their sources, in the language of the book.

They stand in ``words.toml``, a table a language. Braces hold what is filled in. ``liked_by_one``
and ``reply`` are said of one, ``liked_by`` and ``replies`` of any other number.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Final

import msgspec

_FILE: Final = Path(__file__).with_suffix(".toml")
_FALLBACK: Final = "en"
# Tags that say less, or something else, than what the words are in.
_SAME: Final = {"no": "nb", "nn": "nb", "zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant"}


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Those of one language, named by what they say in English."""

    contents: str
    title_page: str
    cover: str
    cover_of: str
    beginning: str
    pages: str
    unnumbered: str
    landmarks: str
    untitled: str
    subject: str
    continued: str
    notes: str
    index: str
    other_notes: str
    back_to_call: str
    back_to_call_of: str
    also_called: str
    moved_note: str
    page: str
    comments: str
    comment: str
    pingback: str
    trackback: str
    review: str
    found_of: str
    announced: str
    by: str
    liked_by_one: str
    liked_by: str
    permalink: str
    in_reply_to: str
    first_reply: str
    reply: str
    replies: str
    orphan: str

    def kind(self, name: str) -> str:
        """Return what a comment of kind ``name`` is called."""
        return {
            "comment": self.comment,
            "pingback": self.pingback,
            "trackback": self.trackback,
            "review": self.review,
        }[name]

    def likes(self, count: int) -> str:
        """Return a like count in words."""
        return (self.liked_by_one if count == 1 else self.liked_by).format(count=count)


@cache
def words(language: str) -> Words:
    """Return the words of ``language``, a tag such as ``en`` or ``zh-Hant-TW``.

    What is not known with its region or script is looked for without; English serves for
    languages that are not known at all.
    """
    tag = language.lower()
    while tag and _SAME.get(tag, tag) not in _tables():
        tag = tag.rpartition("-")[0]
    return msgspec.convert(_tables()[_SAME.get(tag, tag) or _FALLBACK], Words)


@cache
def _tables() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
