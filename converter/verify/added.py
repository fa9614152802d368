"""Whether what an edition has besides the words of its source is what editions may add.

What that is, the book and the words of its language tell: nothing else is taken on trust.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping
from functools import cached_property
from typing import Final

from converter.model import Book
from converter.verify.difference import Difference
from converter.verify.letters import letters
from converter.verify.names import name_of
from converter.verify.reading import Addition, Reading, Said
from converter.walk import thread_numbers
from converter.words import Words, words

_ARROW: Final = "\u21a9"
# What a template of the project says of its cover, whatever the language.
_COVER: Final = "Cover"


def made_up(book: Book, expected: Reading, found: Reading) -> Iterator[Difference]:
    """Yield what ``found`` says besides the text of ``book`` and an edition of it would not.

    What is ``expected`` and hidden is lost, and told as such. A user's templates may say more.
    """
    if found.said is None:
        return
    vocabulary = _Vocabulary(book, expected, found)
    for said in found.said:
        if said.kind == "file":
            yield Difference("file-added", "no edition of the source has this file", said.place)
        elif not vocabulary.has(said) and found.templates.rest(said.text):
            text = f"“{said.text}” is not in the source, and nothing that editions add here"
            yield Difference("word-added", text, said.place)
    named = [said for said in found.said if said.kind == "document"]
    names = vocabulary.documents
    for said, name in zip(named, names, strict=True) if len(named) == len(names) else ():
        if letters(said.text) != letters(name):
            text = f"“{said.text}” is said to be the name of “{name}”"
            yield Difference("text-differs", text, said.place)


class _Vocabulary:
    """What ``found``, an edition of ``book``, may say besides the text that is ``expected``."""

    def __init__(self, book: Book, expected: Reading, found: Reading) -> None:
        self._book = book
        self._medium = found.medium
        self._expected = expected
        self._found = found
        self._words: Words = words(book.language)
        self._known_ways: dict[tuple[str, str], frozenset[str]] = {}
        self._allowed: Mapping[Addition, Callable[[Said], Container[str]]] = {
            "text": lambda _: self._texts,
            "way": self._ways,
            "comment": lambda _: self._comments,
            "replies": self._replies,
            "page": lambda _: self._pages,
            "document": lambda _: self._names,
            "name": lambda _: self._names,
            "title page": self._titles,
            "list": lambda _: self._lists,
            "locator": lambda _: self._locators,
            "cover": lambda _: self._cover,
            "hidden": self._seen,
        }

    def has(self, said: Said) -> bool:
        """Return whether ``said`` is what may be said in its place."""
        return letters(said.text) in self._allowed[said.kind](said)

    @cached_property
    def documents(self) -> list[str]:
        """The names of the documents, in order."""
        return [self._line(name_of(document)) for document in self._book.documents]

    @cached_property
    def _names(self) -> frozenset[str]:
        said = self._words
        parts = (self._line(part.title) for part in self._book.parts)
        lists = (said.contents, said.notes, said.index)
        thread = said.continued.format(title=said.comments)
        title = self._line(self._book.title)
        return frozenset(map(letters, (*self.documents, *parts, *lists, thread, title, _COVER)))

    @cached_property
    def _texts(self) -> frozenset[str]:
        """What stands above notes, comments and the pieces of long documents, and in lines."""
        said = self._words
        texts = [said.notes, said.comments, said.subject, said.permalink]
        texts += [said.continued.format(title=name) for name in self.documents]
        for document in self._book.documents:
            if found := len(document.comments):
                declared = document.declared_comments
                both = said.found_of.format(found=found, declared=declared)
                texts.append(f"{said.comments} ({found if declared in (None, found) else both})")
                if declared not in (None, found):
                    texts.append(said.announced.format(found=found, declared=declared))
        return frozenset(map(letters, texts))

    @cached_property
    def _lists(self) -> frozenset[str]:
        said = self._words
        ways = (said.cover, said.title_page, said.beginning, said.comments, said.notes, said.index)
        return frozenset(map(letters, (said.contents, said.pages, said.landmarks, *ways)))

    @cached_property
    def _comments(self) -> frozenset[str]:
        name = self._words.comment.lower()
        numbers = (thread_numbers(document.comments).values() for document in self._book.documents)
        return frozenset(letters(f"{name}{number}") for each in numbers for number in each)

    @cached_property
    def _locators(self) -> frozenset[str]:
        numbers = (letters(self._line(document.number)) for document in self._book.documents)
        return self._names.union(numbers)

    @cached_property
    def _calls(self) -> Counter[str]:
        """How often each note is called, or leads back to calls if it does that more often."""
        passages = self._found.passages()
        calls = Counter(call.note for each in passages for call in each.calls.values())
        ways = Counter(str(said.about[0]) for said in self._found.said or () if said.kind == "way")
        return calls | ways

    def _ways(self, said: Said) -> Container[str]:
        key, mark = map(str, said.about)
        if (key, mark) not in self._known_ways:
            self._known_ways[key, mark] = frozenset(map(letters, self._ways_from(key, mark)))
        return self._known_ways[key, mark]

    def _ways_from(self, key: str, mark: str) -> Iterator[str]:
        """Yield names and texts of the ways back from a note."""
        calls = self._calls[key]
        if calls == 1:
            yield f"{self._words.back_to_call.format(mark=mark)} {_ARROW}"
            return
        for call in range(1, calls + 1):
            name = self._words.back_to_call_of.format(mark=mark, call=call, calls=calls)
            yield f"{name} {_ARROW}{call}"

    def _replies(self, said: Said) -> Container[str]:
        (count,) = said.about
        text = self._words.reply if count == 1 else self._words.replies.format(count=count)
        return (letters(text),)

    def _seen(self, said: Said) -> Container[str]:
        """Return what should be seen of ``said``: what is lost is told elsewhere."""
        text = letters(said.text)
        return [text] if any(text in each for each in self._passages) else []

    @cached_property
    def _passages(self) -> list[str]:
        return [letters("".join(each.plain())) for each in self._expected.passages()]

    @cached_property
    def _pages(self) -> frozenset[str]:
        return frozenset((letters(self._words.unnumbered),))

    @cached_property
    def _cover(self) -> frozenset[str]:
        title = self._line(self._book.title)
        return frozenset((letters(self._words.cover_of.format(title=title)),))

    def _titles(self, said: Said) -> Container[str]:
        """Return what may name the book as ``said`` does; what is lost there is told elsewhere."""
        authors = ", ".join(self._book.authors)
        lines = (self._book.title, authors, self._book.date, self._book.rights)
        text = letters(said.text)
        return [text] if any(text in letters(self._line(line)) for line in lines) else []

    def _line(self, text: str) -> str:
        return " ".join(self._medium.held(text).split())
