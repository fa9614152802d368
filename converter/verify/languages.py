"""In which language and direction documents are set."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Final
from unicodedata import bidirectional

from converter.model import Document
from converter.verify.difference import Difference
from converter.verify.reading import Reading
from converter.walk import plain_text

# See https://www.rfc-editor.org/rfc/rfc5646.
_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_LEFTWARD: Final = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "ur", "yi"])
# A book has few of them.
_REMEMBERED: Final = 64
_SAMPLE: Final = 400


def set_in(document: Document, book: str) -> str:
    """Return language and direction of ``document``, in a book whose language is ``book``."""
    own = document.language
    return _told(own, book) if own else told(_tag("", book), turned=_runs_leftward(document))


def told(language: str, *, turned: bool) -> str:
    """Return ``language`` and direction in one."""
    return f"{language} {'rtl' if turned else 'ltr'}"


@lru_cache(_REMEMBERED)
def _told(own: str, book: str) -> str:
    return told(_tag(own, book), turned=own.lower().partition("-")[0] in _LEFTWARD)


def _tag(*languages: str) -> str:
    """Return the first of ``languages`` that is formed like a tag."""
    return next(filter(_TAG.fullmatch, languages), "und")


def _runs_leftward(document: Document) -> bool:
    """Return whether most letters at the beginning of ``document`` run from right to left."""
    opening = plain_text([*document.title, *document.children[:2], *document.comments[:1]])
    if opening.isascii():
        return False
    strong = [bidirectional(letter) for letter in islice(opening, _SAMPLE)]
    return strong.count("R") + strong.count("AL") > strong.count("L")


def differing_languages(expected: Reading, found: Reading) -> Iterator[Difference]:
    """Yield where text is said to be in another language or direction than it is."""
    if found.languages is None or expected.languages is None:
        return
    if expected.body.words != found.body.words:
        return
    end = len(found.body.words)
    ours, theirs = _changes(expected.languages, end), _changes(found.languages, end)
    for place in sorted(set(ours.items()) ^ set(theirs.items()))[:1]:
        at = place[0]
        is_so, said = (each.get(at, "as before it") for each in (ours, theirs))
        text = f"the language here is {is_so}, and is said to be {said}"
        yield Difference("language-differs", text, found.body.place(at))


def _changes(languages: Iterable[tuple[int, str]], end: int) -> dict[int, str]:
    """Return where another language or direction begins, before ``end``."""
    last = {at: told for at, told in languages if at < end}
    changes: dict[int, str] = {}
    before = ""
    for at, told in last.items():
        if told != before:
            changes[at] = before = told
    return changes
