"""Invented memoranda, as a text dump shows them and as Markdown for tools that need markup.

A seeded generator writes them: the same number makes the same document, on every machine.
"""

import random
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Final, NamedTuple

# At least 600 words together, as every text ends with a whole sentence.
NOTES: Final = 5
_WORDS_OF_A_NOTE: Final = 16
_PARAGRAPHS: Final = 6
_WORDS_OF_A_PARAGRAPH: Final = 80

_PEOPLE: Final = ("Aubrey", "Brandreth", "Dunmore", "Finch", "Holt", "Marrow", "Pell", "Wray")
_OFFICES: Final = ("Comptroller", "Inspector of Lights", "Secretary of the Board", "Surveyor")
_ADJECTIVES: Final = ("annual", "careful", "distant", "foreign", "late", "northern", "quiet")
_THINGS: Final = """
    archive boat channel chart convention estimate harbour keeper lamp ledger letter light log
    minute office pilot roof schedule tender treasury
"""
_NOUNS: Final = tuple(_THINGS.split())
_VERBS: Final = ("answered", "became", "crossed", "followed", "found", "named", "repaired", "saw")
_PLACES: Final = ("above", "before", "behind", "beyond", "near", "without")


class Memo(NamedTuple):
    """A document whose note n is called at the end of paragraph n, and that begins a page."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    notes: tuple[str, ...]


def memo(number: int) -> Memo:
    """Return the document ``number``, of some 600 words with its notes."""
    chance = random.Random(number)
    sender, receiver = chance.sample(_PEOPLE, 2)
    offices = chance.sample(_OFFICES, 2)
    title = f"Memorandum From the {offices[0]} ({sender}) to the {offices[1]} ({receiver})"
    paragraphs = tuple(_text(chance, _WORDS_OF_A_PARAGRAPH) for _ in range(_PARAGRAPHS))
    notes = tuple(_text(chance, _WORDS_OF_A_NOTE) for _ in range(NOTES))
    return Memo(number, title, paragraphs, notes)


def as_dump(memo: Memo) -> str:
    """Return ``memo`` as text extraction leaves it: calls are digits glued to words."""
    calls = [str(note) for note in range(1, NOTES + 1)]
    paragraphs = map("".join, zip_longest(memo.paragraphs, calls, fillvalue=""))
    page = f"[Page {memo.number}]"
    notes = [f"  {call}. {text}" for call, text in zip(calls, memo.notes, strict=True)]
    blocks = [f"{memo.number}. {memo.title}", page, *paragraphs, "\n".join(notes)]
    return "\n\n".join(blocks) + "\n"


def as_markdown(memo: Memo) -> str:
    """Return ``memo`` with the markup that its dump has lost; note ids are unique in a book."""
    calls = [f"[^{memo.number}-{note}]" for note in range(1, NOTES + 1)]
    paragraphs = map("".join, zip_longest(memo.paragraphs, calls, fillvalue=""))
    page = f'[]{{#page-{memo.number} .pagebreak title="{memo.number}"}}'
    notes = [f"{call}: {text}" for call, text in zip(calls, memo.notes, strict=True)]
    blocks = [f"# {memo.number}. {memo.title}", page, *paragraphs, *notes]
    return "\n\n".join(blocks) + "\n"


def write_dumps(folder: Path, count: int) -> Path:
    """Write the first ``count`` documents into ``folder`` as dumps; return ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(1, count + 1):
        (folder / f"{number:04}.txt").write_text(as_dump(memo(number)), encoding="utf-8")
    return folder


def write_markdown(file: Path, count: int) -> Path:
    """Write the first ``count`` documents to ``file``, one after the other; return ``file``."""
    texts = (as_markdown(memo(number)) for number in range(1, count + 1))
    file.write_text("\n".join(texts), encoding="utf-8")
    return file


def _text(chance: random.Random, words: int) -> str:
    """Return sentences of at least ``words`` words together."""
    sentences: list[str] = []
    while sum(len(each.split()) for each in sentences) < words:
        sentences.append(" ".join(_sentence(chance)) + ".")
    return " ".join(sentences)


def _sentence(chance: random.Random) -> Iterator[str]:
    yield from ("The", chance.choice(_ADJECTIVES), chance.choice(_NOUNS))
    yield from (chance.choice(_VERBS), "the", chance.choice(_NOUNS), chance.choice(_PLACES))
    yield from ("the", chance.choice(_ADJECTIVES), chance.choice(_NOUNS))
    if chance.random() < 1 / 3:
        yield from ("of", str(chance.randrange(1900, 1940)))
    if chance.random() < 1 / 3:
        yield from ("and", "told", "Mr.", chance.choice(_PEOPLE), "so")
