"""What the reading of one document gathers on the way: notes, comments, words, messages."""

from collections import Counter
from collections.abc import Iterator, Mapping

from converter.ledger import Drop, Ledger
from converter.markup.links import Links
from converter.model import Document, NoteRef, Prov
from converter.pictures import Pictures
from converter.readers.pandoc import ast
from converter.readers.pandoc.account import count, is_page, page_label, words
from converter.readers.pandoc.marks import leading
from converter.report import Report
from converter.source import Source
from converter.walk import plain_text


class Context:
    """Passed along while one document is read.

    ``anchors`` are the ids in what was ``read``; ``pages`` the labels of source pages by their
    ids; ``comments`` the ids that review comments have in the model by those of the source, of
    which ``placed`` have a place; ``notes`` those called, by id: their labels, and their texts,
    which are still to be read; ``defined`` the texts of those that stand apart, by number.
    """

    def __init__(
        self,
        source: Source,
        document: str,
        read: ast.Pandoc,
        *,
        comments: Mapping[str, str],
        defined: Mapping[str, ast.Blocks],
        report: Report,
    ) -> None:
        self.source = source.name
        self.document = document
        self.links = Links()
        self.anchors = frozenset(_anchors(read))
        self.pages = dict(_pages(read))
        self.comments = comments
        self.placed: set[str] = set()
        self.notes: dict[str, tuple[str, ast.Blocks]] = {}
        self._defined = defined
        self._called: dict[str, str] = {}
        self.pictures = Pictures(source, report)
        self.unlinked = 0
        self._report = report
        self._fields: list[str] = []
        self._added: list[str] = []
        self._made: list[str] = []
        self._structure: list[str] = []
        self._drops: list[Drop] = []
        self._told: set[str] = set()

    def prov(self, name: str = "") -> Prov:
        return Prov(self.source, element=name or None)

    def call(self, note: ast.Blocks) -> NoteRef:
        """Return the call of ``note``, whose text is to be read when the text that calls it is.

        A note may say itself which of the source it is, and what is printed at its call.
        """
        kind, number, label = leading(note[0]) if note else ("", "", "")
        if kind == "note":
            name, note = note_name(number), note[1:]
        else:
            name = label = str(len(self.notes) + 1)
            name = note_name(name)
        if name in self.notes:
            self.structure(note)
        else:
            self.notes[name] = (label, note)
        return NoteRef(name, prov=self.prov())

    def call_defined(self, number: str) -> NoteRef:
        """Return a call of a note that is defined apart, which takes its number at the first."""
        if number not in self._called:
            label = str(len(self.notes) + 1)
            self._called[number] = note_name(label)
            self.notes[note_name(label)] = (label, self._defined.get(number, ()))
        return NoteRef(self._called[number], prov=self.prov())

    def call_next(self) -> bool:
        """Add the next note that nothing calls to ``notes``, and return whether there is one."""
        number = next((each for each in self._defined if each not in self._called), None)
        if number is not None:
            self.call_defined(number)
        return number is not None

    def call_again(self, number: str, printed: str) -> NoteRef:
        """Return another call of a note, in place of what is ``printed`` there."""
        self.add_structure(printed)
        return NoteRef(note_name(number), prov=self.prov())

    def keep(self, content: object) -> None:
        """Count the words of ``content`` as kept in a field of the model."""
        self._fields += words(content)

    def add(self, text: str) -> None:
        """Count ``text``, which only the package around pandoc's document has."""
        self._added += text.split()

    def add_structure(self, text: str) -> None:
        """Count ``text``, which only the package has, as having become markup."""
        self.add(text)
        self._structure += text.split()

    def add_field(self, *values: str) -> None:
        """Count ``values``, which only the package has, as kept in fields of the model."""
        for value in values:
            self.add(value)
            self._fields += value.split()

    def make(self, text: str) -> str:
        """Return ``text``, which is no text of pandoc's document."""
        self._made += text.split()
        return text

    def structure(self, content: object) -> None:
        """Count the words of ``content`` as having become markup."""
        self._structure += words(content)

    def drop(self, content: object, reason: str) -> None:
        """Leave the words of ``content`` out."""
        self.drop_text(" ".join(words(content)), reason)

    def drop_text(self, text: str, reason: str) -> None:
        if text.strip():
            self._drops.append(Drop(text, reason))

    def warn(self, code: str, text: str) -> None:
        """Tell the same once a document."""
        if code not in self._told:
            self._told.add(code)
            self._report.warn(code, text, prov=self.prov())

    def info(self, code: str, text: str) -> None:
        self._report.info(code, text, prov=self.prov())

    def settle(self, document: Document, read: object) -> None:
        """Set the ledger: the words of ``read`` and of the package, and what became of them.

        If the words found in ``document``, dropped and become markup are not these, that is a
        fault of the reader, and an error says so.
        """
        everything = Counter(words(read)) + count(self._added)
        kept = count([plain_text([document])]) - count(self._made) + count(self._fields)
        dropped = count(drop.text for drop in self._drops)
        structure = count(self._structure)
        found = kept + structure + dropped
        if found != everything:
            lost = sorted((everything - found).elements())
            added = sorted((found - everything).elements())
            text = f"read {lost[:5]} that the document lacks, made up {added[:5]}"
            self._report.error("words-differ", f"{text}: a fault in converter", prov=self.prov())
        self._report.ledger = Ledger(
            words=everything.total(),
            kept=kept.total(),
            structure=structure.total(),
            dropped=dropped.total(),
            drops=tuple(self._drops),
        )


def note_name(number: str) -> str:
    """Return the id of the note that is the so-manieth of the source."""
    return f"n{number}"


def _anchors(document: ast.Pandoc) -> Iterator[str]:
    for node in ast.walk(document.blocks):
        for attr in getattr(node, "c", ()) or ():
            if isinstance(attr, ast.Attr) and attr.id:
                yield attr.id


def _pages(document: ast.Pandoc) -> Iterator[tuple[str, str]]:
    for node in ast.walk(document.blocks):
        match node:
            case ast.Span(c=(attr, kids)) if attr.id and is_page(attr):
                yield attr.id, page_label(attr, kids)
            case _:
                pass
