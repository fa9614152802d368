"""What becomes of each text in a file: kept, structure, or dropped as what no source has."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from converter.container import Element
from converter.ledger import DROPPED, STRUCTURE, TEXT, Drop, Ledger, account
from converter.readers.epub.survey import XHTML

# What stands in running text: a word goes on over its bounds.
_NAMES: Final = """
    a abbr b bdi bdo cite code del em i ins kbd mark q s samp small span strike strong sub sup
    time u var
"""
_MATHML: Final = "{http://www.w3.org/1998/Math/MathML}"
_RUNNING: Final = frozenset(f"{XHTML}{name}" for name in _NAMES.split())


class Account:
    """Keeps the account of one file. What nobody claims stands where no text can: it is dropped."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._heads: dict[Element, int] = {}
        self._tails: dict[Element, int] = {}
        self._reasons: dict[Element, str] = {}

    def text(self, element: Element, claim: int = TEXT) -> str:
        """Return the text with which ``element`` begins, claimed."""
        self._heads[element] = claim
        return element.text or ""

    def tail(self, element: Element, claim: int = TEXT) -> str:
        """Return the text behind ``element``, claimed."""
        self._tails[element] = claim
        return element.tail or ""

    def whole(self, element: Element, claim: int = TEXT) -> str:
        """Return all text in ``element``, claimed."""
        for each in element.iter():
            self._heads[each] = claim
            if each is not element:
                self._tails[each] = claim
        return "".join(map(str, element.itertext()))

    def structure(self, element: Element) -> None:
        """Claim what is in ``element`` as markup: the mark of a note, say."""
        self.whole(element, STRUCTURE)

    def drop(self, element: Element, reason: str) -> None:
        """Leave out what is in ``element``, for a reason."""
        self.whole(element, DROPPED)
        self._reasons[element] = reason

    def ledger(self) -> Ledger:
        """Return the ledger of the file."""
        pieces: list[str] = []
        claims = bytearray()
        drops: list[tuple[int, Drop]] = []
        for text, claim, dropped in self._texts():
            if dropped is not None:
                drops.append((len(claims), dropped))
            pieces.append(text)
            claims += bytes([claim]) * len(text)
        return account("".join(pieces), bytes(claims), drops)

    def _texts(self) -> Iterator[tuple[str, int, Drop | None]]:
        """Yield the texts in reading order, each with its claim and what is dropped from it on."""
        for event, element in etree.iterwalk(self._root, events=("start", "end")):
            if element.tag not in _RUNNING and not element.tag.startswith(_MATHML):
                yield " ", DROPPED, None
            if event == "start":
                reason = self._reasons.get(element)
                shown = " ".join("".join(map(str, element.itertext())).split()) if reason else ""
                drop = Drop(shown, reason, _line(element)) if reason and shown else None
                claim = self._heads.get(element, DROPPED)
                yield (
                    element.text or "",
                    claim,
                    drop or self._stray(element.text, self._heads, element),
                )
                if element.tag == f"{XHTML}img":
                    yield element.get("alt", ""), TEXT, None
            elif element is not self._root:
                claim = self._tails.get(element, DROPPED)
                yield element.tail or "", claim, self._stray(element.tail, self._tails, element)

    def _stray(self, text: str | None, claims: dict[Element, int], element: Element) -> Drop | None:
        """Return the loss of a text that stands where no text can: right in a list, say."""
        if element in claims or not (text or "").strip():
            return None
        return Drop(" ".join((text or "").split()), "out of place", _line(element))


def _line(element: Element) -> int | None:
    line = element.sourceline
    return line if isinstance(line, int) else None
