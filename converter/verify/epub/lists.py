"""Lists behind the text, of names and of notes: whether they say what stands where they lead."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from converter.container import Element
from converter.verify.difference import Difference
from converter.verify.epub.chapter import TYPE, XHTML, Chapter, line
from converter.verify.letters import letters
from converter.verify.reading import Note, Said

_LINK: Final = f"{XHTML}a"
_CUT: Final = "…"


def behind_said(chapters: Iterable[Chapter]) -> Iterator[Said]:
    """Yield the headings of the lists of ``chapters``, and the names of documents in them."""
    for chapter in chapters:
        for listing in chapter.lists:
            for heading in listing.iter(f"{XHTML}h1"):
                yield Said("list", line(heading), f"{chapter.name} h1")
            for heading in listing.iter(f"{XHTML}h2"):
                yield Said("name", line(heading), f"{chapter.name} h2")
            for link in listing.iter(_LINK):
                if link.get(TYPE) == "index-locator":
                    yield Said("locator", line(link), f"{chapter.name} {line(link)}")


def behind_faults(
    chapters: Iterable[Chapter], notes: Sequence[Note], names: Callable[[], Mapping[str, str]]
) -> Iterator[Difference]:
    """Yield what those lists say of notes and names otherwise than the text does.

    ``names`` returns the text of each name that can be led to, by its key.
    """
    listings = [(chapter, listing) for chapter in chapters for listing in chapter.lists]
    # A long list goes on in more files, and to find all names takes all files of the text.
    known = cache(names)
    by_key = {note.key: note for note in notes} if listings else {}
    for chapter, listing in listings:
        if listing.get(TYPE) == "index":
            yield from _index(chapter, listing, known())
        else:
            yield from _notes(chapter, listing, by_key)


def _index(chapter: Chapter, listing: Element, names: Mapping[str, str]) -> Iterator[Difference]:
    texts = set(map(letters, names.values()))
    for entry in listing.iter(f"{XHTML}li"):
        links = list(entry.iter(_LINK))
        term = next((line(each) for each in entry.iter(f"{XHTML}span")), "")
        known = all(chapter.key(link.get("href", "")) in names for link in links)
        if not known or letters(term) not in texts:
            text = f"the index has “{term}”, which is no name where it leads"
            yield Difference("index-differs", text, f"{chapter.name} {term}")
        if letters(line(entry)) != letters(", ".join((term, *map(line, links)))):
            text = f"the index adds words: “{line(entry)}”"
            yield Difference("word-added", text, f"{chapter.name} {term}")
    yield from _strays(chapter, listing)


def _notes(chapter: Chapter, listing: Element, notes: Mapping[str, Note]) -> Iterator[Difference]:
    for entry in listing.iter(f"{XHTML}li"):
        link = next(entry.iter(_LINK), None)
        note = None if link is None else notes.get(chapter.key(link.get("href", "")))
        place = f"{chapter.name} {line(entry)[:20]}"
        if link is None or note is None:
            yield Difference("list-differs", "the list of notes leads to no note", place)
            continue
        shown = letters(line(entry).removesuffix(_CUT))
        if not letters("".join((note.mark, *note.passage.plain()))).startswith(shown):
            text = f"the list of notes says “{line(entry)}” of note {note.mark}"
            yield Difference("list-differs", text, note.place)
    yield from _strays(chapter, listing)


def _strays(chapter: Chapter, listing: Element) -> Iterator[Difference]:
    """Yield the words that stand beside headings and entries."""
    for element in listing:
        if element.tag not in (f"{XHTML}h1", f"{XHTML}h2", f"{XHTML}ul"):
            text = f"the list adds words: “{line(element)}”"
            yield Difference("word-added", text, chapter.name)
        elif element.tag == f"{XHTML}ul":
            for child in element:
                if child.tag != f"{XHTML}li":
                    text = f"the list adds words: “{line(child)}”"
                    yield Difference("word-added", text, chapter.name)
