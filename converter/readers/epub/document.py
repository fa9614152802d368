"""A document of an edition, put together from its files: head, text, notes, thread."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from msgspec.structs import replace

from converter.address import address
from converter.container import Element
from converter.ledger import FIELD, Ledger, total
from converter.model import (
    Block,
    Comment,
    Document,
    Inline,
    Note,
    Prov,
    Section,
)
from converter.pictures import Pictures
from converter.readers.epub.account import Account
from converter.readers.epub.blocks import Blocks
from converter.readers.epub.inlines import Inlines
from converter.readers.epub.survey import (
    XHTML,
    File,
    Files,
    Survey,
    body_of,
    chapter_of,
    classes,
    number,
    own_id,
)
from converter.report import Report
from converter.source import Source
from converter.walk import Listing, as_one, with_pictures

_KINDS: Final = ("pingback", "trackback", "review")
_DIGITS: Final = re.compile(r"\d+")
# Of the outermost headings in what stands above the title, in the text, in notes and comments.
_TEXT_LEVEL: Final = 2
_INNER_LEVEL: Final = 3


def read_documents(
    survey: Survey, container: Files, source: Source, report: Report
) -> Iterator[Document]:
    """Yield the documents of the edition, the words of each accounted for in ``report``."""
    beside, held = survey.beside(), frozenset(container.names())

    def content(name: str) -> bytes | None:
        return container.content(name) if name in held else None

    for name, files in survey.documents.items():
        draft = _Draft(name, survey, content, source=source, report=report)
        for file in files:
            draft.read(file, container.tree(file.name))
        apart = (_ledger_beside(file, container.tree(file.name)) for file in beside[name])
        report.ledger = total((*apart, *draft.ledgers))
        yield draft.document()


def _ledger_beside(file: File, root: Element) -> Ledger:
    """Return the ledger of a file that belongs to no document: the title of a part is kept."""
    account = Account(body_of(root))
    if file.part:
        account.whole(body_of(root), FIELD)
    else:
        account.drop(body_of(root), "generated")
    return account.ledger()


class _Draft:
    """A document as far as it has been read."""

    def __init__(
        self,
        name: str,
        survey: Survey,
        content: Callable[[str], bytes | None],
        *,
        source: Source,
        report: Report,
    ) -> None:
        self._name = name
        self._survey = survey
        self._content = content
        self._source = source
        self._report = report
        self._pictures = Pictures(source, report)
        self._fields: dict[str, Any] = {}
        self._blocks: tuple[Block, ...] = ()
        self._notes: list[tuple[int, Note]] = []
        self._comments: list[Comment] = []
        self._depths: dict[str | None, int] = {}
        self._authors: list[str] = []
        self._date = ""
        self.ledgers: list[Ledger] = []

    def read(self, file: File, root: Element) -> None:
        """Read ``file``, the next one of the document."""
        account = Account(body_of(root))
        prov = Prov(self._source.name, element=file.name)
        inlines = Inlines(
            file,
            self._survey,
            account,
            pictures=self._pictures,
            content=self._content,
            prov=prov,
            report=self._report,
        )
        _Reader(self, file, inlines).read(chapter_of(root))
        self.ledgers.append(account.ledger())

    def document(self) -> Document:
        """Return the document, its notes in their own order where the files have another."""
        first = self._survey.documents[self._name][0].facts
        facts = {name: " ".join(first.get(f"dcterms.{name}", ())[:1]) for name in _FACTS}
        declared = first.get("converter.declared-comments", ())
        document = Document(
            self._name,
            children=self._blocks,
            notes=tuple(note for _, note in sorted(self._notes, key=lambda pair: pair[0])),
            comments=tuple(self._comments),
            declared_comments=number(declared[0], 0) if declared else None,
            language=facts["language"],
            authors=tuple(self._authors),
            date=self._date or facts["date"],
            tags=first.get("dcterms.subject", ()),
            collection=facts["isPartOf"],
            part=first.get("converter.division", ()),
            url=facts["isFormatOf"],
            source=facts["source"],
            **self._fields,
        )
        return with_pictures(document, self._pictures.held())

    def set_field(self, name: str, value: object) -> None:
        """Keep the value of a field of the document."""
        self._fields[name] = value

    def set_byline(self, authors: Sequence[str], date: str) -> None:
        """Keep who wrote the document, and when."""
        self._authors += authors
        self._date = date

    def add_text(self, blocks: tuple[Block, ...], continues: int) -> None:
        """Append ``blocks``, the first in as many of what stands last as ``continues`` counts."""
        self._blocks = _continued(self._blocks, blocks, continues)

    def add_note(self, note: Note, position: str | None) -> None:
        self._notes.append((number(position, len(self._notes) + 1), note))

    def add_comment(self, comment: Comment, depth: str | None) -> None:
        """Append ``comment``, which stands below its parent unless ``depth`` says otherwise."""
        derived = self._depths.get(comment.parent, 0) + 1 if comment.parent else 1
        own = number(depth, derived)
        self._depths[comment.id] = own if comment.orphan else derived
        self._comments.append(replace(comment, depth=own))


_FACTS: Final = ("language", "date", "isPartOf", "isFormatOf", "source")


class _Reader:
    """Reads one file into a draft."""

    def __init__(self, draft: _Draft, file: File, inlines: Inlines) -> None:
        self._draft = draft
        self._file = file
        self._inlines = inlines
        self._account = inlines.account
        self._prov = inlines.prov
        self._around: list[str | None] = []
        self._blocks = Blocks(
            inlines,
            {
                "head": self._head,
                "notes": self._inside,
                "footnote": self._note,
                "comments": self._inside,
                "comment": self._comment,
                "level": self._level,
            },
        )

    def read(self, chapter: Element) -> None:
        continues = number(chapter.get("data-continues"), 0)
        blocks = self._blocks.children(chapter, _TEXT_LEVEL)
        self._draft.add_text(blocks, continues)

    def _inside(self, element: Element) -> None:
        """Read what is in ``element``; text between notes or comments belongs to the text."""
        self._draft.add_text(self._blocks.children(element, _TEXT_LEVEL), 0)

    # ----------------------------------------------------------------------------- head

    def _head(self, element: Element) -> None:
        """Read each part once; what else somebody has put there opens the text."""
        parts: dict[str, Callable[[Element], None]] = {
            f"{XHTML}h1": self._title,
            "front": self._front,
            "subject": self._subject,
            "byline": self._byline,
        }
        known: list[Element] = []
        for child in element:
            name = next((each for each in (child.tag, *classes(child)) if each in parts), None)
            if name is not None:
                parts.pop(name)(child)
                known.append(child)
        self._draft.add_text(self._blocks.children(element, _TEXT_LEVEL, tuple(known)), 0)

    def _front(self, element: Element) -> None:
        self._draft.set_field("front", self._blocks.children(element, _TEXT_LEVEL))

    def _title(self, element: Element) -> None:
        number = element.find(f"{XHTML}span[@class='number']")
        if number is None:
            self._draft.set_field("title", self._inlines.children(element))
            return
        printed = self._account.whole(number, FIELD)
        title = self._without(element, number)
        self._draft.set_field("number", printed.removesuffix(".") if title else printed)
        self._draft.set_field("title", title)

    def _subject(self, element: Element) -> None:
        label = element.find(f"{XHTML}span[@class='label generated']")
        if label is None:
            self._draft.set_field("subject", self._inlines.children(element))
            return
        self._account.drop(label, "generated")
        self._draft.set_field("subject", self._without(element, label))

    def _without(self, element: Element, first: Element) -> tuple[Inline, ...]:
        """Return what is in ``element`` behind ``first`` and the space that follows that."""
        return self._inlines.children(element, skipping=first)

    def _byline(self, element: Element) -> None:
        self._account.whole(element, FIELD)
        authors = [_text(each) for each in element.iter() if "author" in classes(each)]
        dates = [each for each in element.iter() if "date" in classes(each)]
        self._draft.set_byline(authors, _date(dates[0]) if dates else "")

    # ---------------------------------------------------------------------------- notes

    def _note(self, element: Element) -> None:
        mark = next((each for each in element.iter() if "mark" in classes(each)), None)
        label = ""
        if mark is not None:
            generated = "generated" in classes(mark)
            label = "" if generated else _text(mark)
        blocks = self._blocks.children(element, _INNER_LEVEL)
        note = Note(own_id(element), label, blocks, self._at(element))
        self._draft.add_note(note, element.get("data-position"))

    # ------------------------------------------------------------------------- comments

    def _level(self, element: Element) -> None:
        self._nest(element, None)

    def _comment(self, element: Element) -> None:
        head = element.find(f"{XHTML}p[@class='comment-head']")
        body = element.find(f"{XHTML}div[@class='comment-text']")
        text = () if body is None else self._blocks.children(body, _INNER_LEVEL)
        kind = next((name for name in _KINDS if name in classes(element)), "comment")
        around = self._around[-1] if self._around else None
        comment = Comment(own_id(element), text, around, kind=kind, prov=self._at(element))  # type: ignore[arg-type] # one of its kinds
        if head is not None:
            self._account.whole(head, FIELD)
            comment = self._described(comment, head)
        self._draft.add_comment(comment, element.get("data-depth"))
        self._nest(element, comment.id, (head, body))

    def _described(self, comment: Comment, head: Element) -> Comment:
        """Return ``comment`` with what its head says: who, when, liked by how many, on what."""
        named = {name: each for each in head.iter() for name in classes(each)}
        author, date, likes = (named.get(name) for name in ("author", "date", "likes"))
        permalink = named.get("permalink")
        answers = named.get("in-reply-to")
        return replace(
            comment,
            author=None if author is None else _text(author),
            date=None if date is None else _date(date),
            likes=None if likes is None else _count(likes),
            url=None if permalink is None else _address(permalink),
            orphan="orphan" in named,
            parent=None if "orphan" in named else self._answered(answers) or comment.parent,
        )

    def _answered(self, answers: Element | None) -> str | None:
        """Return the id of the comment that the head says it answers."""
        link = None if answers is None else answers.find(f"{XHTML}a")
        if link is None:
            return None
        target = self._inlines.target(link.get("href", ""))
        return target.name if target and target.kind == "comment" else None

    def _nest(
        self, element: Element, name: str | None, without: tuple[Element | None, ...] = ()
    ) -> None:
        """Read the comments within the one called ``name``, or within one that is missing."""
        self._around.append(name)
        self._draft.add_text(self._blocks.children(element, _TEXT_LEVEL, without), 0)
        self._around.pop()

    def _at(self, element: Element) -> Prov:
        return Prov(self._prov.source, element=f"{self._file.name}#{element.get('id', '')}")


def _text(element: Element) -> str:
    return "".join(map(str, element.itertext()))


def _count(element: Element) -> int:
    """Return the number that ``element`` shows; in some languages it is no figure."""
    figures = "".join(_DIGITS.findall(_text(element))) or element.get("data-count", "")
    return number(figures, 0)


def _date(element: Element) -> str:
    """Return the date that ``element`` shows, as it was before it was made short."""
    return element.get("datetime") or element.get("data-date") or _text(element)


def _address(link: Element) -> str:
    href, given = link.get("href", ""), link.get("data-href", "")
    return given if given and address(given) == href else href


def _continued(blocks: tuple[Block, ...], more: tuple[Block, ...], depth: int) -> tuple[Block, ...]:
    """Return ``blocks`` and ``more``, whose first goes on in the last, ``depth`` blocks deep."""
    if not (depth and blocks and more):
        return (*blocks, *more)
    whole, rest = blocks[-1], more[0]
    if isinstance(whole, Section) and isinstance(rest, Section):
        inner = _continued(whole.children, rest.children, depth - 1)
        return (*blocks[:-1], replace(whole, children=inner), *more[1:])
    if isinstance(whole, Listing) and isinstance(rest, Listing) and type(whole) is type(rest):
        return (*blocks[:-1], as_one((whole, rest)), *more[1:])
    return (*blocks, *more)
