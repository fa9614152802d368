"""What the reading of one document gathers on the way: notes to read, words, messages."""

from collections import Counter
from collections.abc import Iterable

from converter.ledger import Drop, Ledger
from converter.model import Code, CodeBlock, Document, Math, NoteRef, Prov, Text
from converter.pictures import Pictures
from converter.readers.tei.elements import ID, Element, Part, line_of, name_of, texts
from converter.readers.tei.volume import Volume, note_id
from converter.report import Report
from converter.source import Source
from converter.walk import walk


class Context:
    """Passed along while one document is read.

    ``notes`` are those that were called and whose text is still to be read. A word of a marked-up
    source is a run of characters between white space or tags.
    """

    def __init__(self, source: Source, volume: Volume, report: Report) -> None:
        self.volume = volume
        self.pictures = Pictures(source, report)
        self.notes: list[tuple[str, Element]] = []
        self._source = source.name
        self._names: set[str] = set()
        self._report = report
        self._fields: list[str] = []
        self._structure: list[str] = []
        self._made: list[str] = []
        self._drops: list[Drop] = []
        self._told: set[str] = set()

    def prov(self, element: Element) -> Prov:
        return Prov(self._source, line_of(element), element=element.get(ID))

    def call(self, note: Element) -> NoteRef:
        """Return the call of ``note``, whose text is to be read when the text that calls it is."""
        name = note_id(note)
        if not name or name in self._names:
            name = f"{name or 'n'}-{len(self.notes) + 1}"
        self._names.add(name)
        self.notes.append((name, note))
        return NoteRef(name, prov=self.prov(note))

    def call_again(self, name: str, call: Element) -> NoteRef | None:
        """Return one more call of the note of that id, None if the text has not called it yet."""
        if name not in self._names:
            return None
        self.structure([call])
        return NoteRef(name, prov=self.prov(call))

    def keep(self, parts: Iterable[Part]) -> None:
        """Count the text of ``parts`` as kept in a field of the model."""
        self._fields += _words(parts)

    def structure(self, parts: Iterable[Part]) -> None:
        """Count the text of ``parts`` as having become markup."""
        self._structure += _words(parts)

    def make(self, text: str) -> Text:
        """Return ``text``, which stands in no source, as a node."""
        self._made += text.split()
        return Text(text)

    def drop(self, element: Element, reason: str) -> None:
        """Leave the text of ``element`` out."""
        words = _words([element])
        if words:
            self._drops.append(Drop(" ".join(words), reason, line_of(element)))

    def unknown(self, element: Element) -> None:
        """Tell, once a document, that elements named so lose their markup, and no text."""
        name = name_of(element)
        if name not in self._told:
            self._told.add(name)
            text = f"<{name}> is not known here: its text is kept, its markup is not"
            self._report.warn("unknown-element", text, prov=self.prov(element))

    def info(self, code: str, text: str, element: Element) -> None:
        self._report.info(code, text, prov=self.prov(element))

    def settle(self, document: Document, parts: Iterable[Part]) -> None:
        """Set the ledger: the words of ``parts``, and what became of them in ``document``.

        The words kept are those found in the document itself. If they are not those of the
        source, that is a fault of the reader, and an error says so.
        """
        words = Counter(_words(parts))
        nodes = Counter(_held(document))
        kept = (nodes - Counter(self._made)) + Counter(self._fields)
        dropped = Counter(word for drop in self._drops for word in drop.text.split())
        found = kept + Counter(self._structure) + dropped
        if words != found:
            lost, added = sorted((words - found).elements()), sorted((found - words).elements())
            text = f"read {lost[:5]} that the document lacks, made up {added[:5]}"
            self._report.error(
                "words-differ", f"{text}: a fault in converter", prov=Prov(document.source)
            )
        self._report.ledger = Ledger(
            words=words.total(),
            kept=kept.total(),
            structure=len(self._structure),
            dropped=dropped.total(),
            drops=tuple(self._drops),
        )


def _words(parts: Iterable[Part]) -> list[str]:
    return [word for text in texts(parts) for word in text.split()]


def _held(document: Document) -> Iterable[str]:
    for node in walk([document]):
        if isinstance(node, Text | Code | CodeBlock | Math):
            yield from node.text.split()
