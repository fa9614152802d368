"""The names that the sources mark, gathered as the text is rendered, and the index of them.

See https://idpf.org/epub/idx/ for the markup of indexes.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple
from unicodedata import normalize

from converter.model import Document
from converter.writers.epub.places import Place
from converter.writers.epub.skeleton import add_typed
from converter.writers.titles import title_of
from converter.writers.xhtml import XHTML, Element, add, add_text

# The kinds of names that people look up; a term is explained where it stands.
_KINDS: Final = frozenset({"person", "place", "organization"})


class _Mention(NamedTuple):
    text: str
    document: Document
    place: Place


class Names:
    """The names met so far."""

    def __init__(self) -> None:
        self._mentions: dict[tuple[str, str], list[_Mention]] = defaultdict(list)

    def __bool__(self) -> bool:
        return bool(self._mentions)

    def gather(self, root: Element, file: str, document: Document) -> None:
        """Remember the names in ``file`` of ``document``, and make them places to lead to."""
        names = (each for each in root.iter(f"{{{XHTML}}}span") if _is_name(each))
        for position, element in enumerate(names, start=1):
            text = " ".join("".join(_texts(element)).split())
            if not text:
                continue
            kind = next(name for name in _classes(element) if name in _KINDS)
            anchor = f"name-{position}"
            element.set("id", anchor)
            mention = _Mention(text, document, Place(file, anchor))
            self._mentions[kind, element.get("data-key") or text.casefold()].append(mention)

    def add_index(self, parent: Element, title: str) -> None:
        """Append the index: each name once, with every document that it is in."""
        section = add_typed(parent, "section", "index", role="doc-index", class_="generated index")
        section.set("aria-labelledby", "index-heading")
        add(section, "h1", title, id="index-heading")
        listing = add_typed(section, "ul", "index-entry-list")
        for name, mentions in sorted(self._entries(), key=lambda entry: _order(entry[0])):
            entry = add_typed(add(listing, "li"), "div", "index-entry")
            add_typed(entry, "span", "index-term", name, dir="auto")
            for mention in mentions:
                add_text(entry, ", ")
                number = mention.document.number.strip()
                link = add_typed(entry, "a", "index-locator", number or title_of(mention.document))
                link.set("href", mention.place.href(""))

    def _entries(self) -> Iterator[tuple[str, list[_Mention]]]:
        """Yield each name as it is written most often, and where each document has it first."""
        for mentions in self._mentions.values():
            texts = [mention.text for mention in mentions]
            first: dict[str, _Mention] = {}
            for mention in mentions:
                first.setdefault(mention.document.id, mention)
            yield max(dict.fromkeys(texts), key=texts.count), list(first.values())


def _is_name(element: Element) -> bool:
    names = _classes(element)
    return "name" in names and bool(_KINDS & set(names))


def _classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def _texts(element: Element) -> Iterator[str]:
    """Yield the texts in a name without calls of notes and what the edition added."""
    yield element.text or ""
    for child in element:
        if not {"call", "generated"} & set(_classes(child)):
            yield from _texts(child)
        yield child.tail or ""


def _order(name: str) -> tuple[str, str]:
    """Return by what ``name`` is sorted: its letters without accents, then with them."""
    return normalize("NFKD", name).encode("ascii", "ignore").decode().casefold() or name, name
