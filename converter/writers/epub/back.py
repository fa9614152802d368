"""What stands behind the text if the user asks for it: index of names, list of all notes.

Both are generated: no word of them is one of the sources, and the class says so.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from converter.model import Book
from converter.options import Options
from converter.walk import plain_text
from converter.words import words
from converter.writers.epub.names import Names
from converter.writers.epub.package import XHTML_TYPE, File
from converter.writers.epub.places import Chapter
from converter.writers.epub.skeleton import Skeleton, body, serialised, set_language
from converter.writers.language import book_direction, tag
from converter.writers.titles import title_of
from converter.writers.xhtml import Element, add, add_text

INDEX: Final = "names.xhtml"
# As many notes as stay below the size at which e-readers grow slow.
_NOTES: Final = 700
_LETTERS: Final = 160


class Back:
    """Makes these files for ``book``, as far as ``options`` ask for them."""

    def __init__(self, book: Book, options: Options) -> None:
        self._book = book
        self._words = words(book.language)
        self._wanted = options.epub
        self._page = Skeleton("page.xhtml", options.templates)

    def index(self, names: Names) -> Iterator[File]:
        """Yield the index, none where no source marks a name."""
        if self._wanted.index and names:
            root = self._empty(self._words.index)
            names.add_index(body(root), self._words.index)
            yield File(INDEX, XHTML_TYPE, serialised(root), title=self._words.index)

    def notes(self, chapters: Iterable[Chapter]) -> Iterator[File]:
        """Yield the list of all notes, in files that stay small."""
        if not self._wanted.notes:
            return
        for position, held in enumerate(_portions(chapters), start=1):
            root = self._empty(self._words.notes)
            _add_list(body(root), held, self._words.notes)
            name = f"notes-{position}.xhtml" if position > 1 else "notes.xhtml"
            title = "" if position > 1 else self._words.notes
            yield File(name, XHTML_TYPE, serialised(root), title=title)

    def _empty(self, title: str) -> Element:
        root = self._page.filled({"title": title})
        set_language(root, tag(self._book.language) or "und", book_direction(self._book))
        return root


def _portions(chapters: Iterable[Chapter]) -> Iterator[list[Chapter]]:
    """Yield the chapters that have notes, as many together as fit a file."""
    held: list[Chapter] = []
    for chapter in chapters:
        count = sum(len(each.document.notes) for each in (*held, chapter))
        if held and count > _NOTES:
            yield held
            held = []
        if chapter.document.notes:
            held.append(chapter)
    if held:
        yield held


def _add_list(parent: Element, chapters: Iterable[Chapter], title: str) -> None:
    """Append the notes of ``chapters``, each by its mark, which leads to it, and first words."""
    section = add(parent, "section", class_="generated note-list")
    section.set("aria-labelledby", "notes-heading")
    add(section, "h1", title, id="notes-heading")
    for chapter in chapters:
        add(add(section, "h2"), "a", title_of(chapter.document), href=chapter.file)
        listing = add(section, "ul")
        for note in chapter.document.notes:
            entry = add(listing, "li")
            add(entry, "a", chapter.marks[note.id], href=chapter.notes[note.id].href(""))
            add_text(entry, f" {_short(plain_text(note.children))}")


def _short(text: str) -> str:
    """Return ``text``, cut between two words if it is long."""
    if len(text) <= _LETTERS:
        return text
    return f"{text[:_LETTERS].rpartition(' ')[0] or text[:_LETTERS]} …"
