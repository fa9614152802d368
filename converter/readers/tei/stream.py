"""From bytes to pieces: what becomes a document of its own, while the XML is still coming in.

A division (``div``) that has documents in it is a part of the book, and each of these documents
is a piece. A division without is a piece as a whole. What stands between such pieces, the
introduction of a chapter or a page break between two documents, is a piece too, so that every
word, note and page of the file is in exactly one. A piece is let go before the next is read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, TypeAlias, cast

from lxml import etree

from converter.errors import SourceError
from converter.readers.tei.elements import (
    ID,
    LANG,
    Element,
    Part,
    content,
    header_title,
    is_blank,
    is_call,
    is_div,
    is_document,
    line_of,
    name_of,
    plain,
    texts,
)
from converter.readers.tei.gathered import TAGS, Gathered, gather, place_notes
from converter.source import Source

Kind: TypeAlias = Literal["header", "document", "text", "pages"]

# Bytes. What is parsed and not yet read is no more than this.
_CHUNK: Final = 16384
# A declaration in ASCII of an encoding that ASCII cannot be part of.
_WIDE: Final = re.compile(
    rb"<\?xml[^>]*\bencoding\s*=\s*[\"'](?:utf-?(?:16|32)|ucs-?[24]|iso-10646-ucs-[24])",
    re.IGNORECASE,
)
_SECURE: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "load_dtd": False,
    # Else libxml2 refuses what is on the network before the resolver can say it is empty.
    "no_network": False,
    "remove_comments": True,
    "remove_pis": True,
    # Two elements of one id are no reason not to read a book.
    "collect_ids": False,
}
_P4: Final = re.compile(rb"<(?:TEI|teiCorpus)\.2[\s>]")
_POINTERS: Final = ("target", "corresp", "next", "prev")
_ROOTS: Final = ("TEI", "TEI.2", "teiCorpus")
_CONTAINERS: Final = (*_ROOTS, "text", "group", "front", "body", "back")
# Divisions that are parts of a book even where no document in them says so.
_PARTS: Final = ("part", "volume", "book", "compilation")


@dataclass(frozen=True)
class Piece:
    """What becomes one document.

    ``parts`` is its content and ``element`` what it stands in. ``part`` holds the titles of the
    divisions around it, outermost first; ``carried`` the headings that are in the book by these
    titles only, each with the first piece below it. ``opened`` are the ids of the divisions that
    begin with this piece.
    """

    kind: Kind
    id: str
    element: Element
    parts: tuple[Part, ...]
    part: tuple[str, ...] = ()
    carried: tuple[Element, ...] = ()
    opened: tuple[str, ...] = ()
    language: str = ""


def notes_apart(source: Source) -> Gathered:
    """Return the notes of ``source`` that stand together, and may be called from elsewhere."""
    return gather(_parsed(source, TAGS))


def pieces(source: Source, gathered: Gathered) -> Iterator[Piece]:
    """Yield the pieces of ``source`` in reading order. Only one at a time is held in memory.

    Notes that are ``gathered`` are where they are called.

    A ``pages`` piece belongs to the part of the book that the next piece is in.
    Raises SourceError for what is no XML, no TEI, or asks for what is not in the file.
    """
    waiting: list[Piece] = []
    part: tuple[str, ...] = ()
    for piece in _segments(source, gathered):
        if piece.kind == "pages":
            waiting.append(piece)
            continue
        part = piece.part
        for pages in waiting:
            yield replace(pages, part=part)
        waiting.clear()
        yield piece
    for pages in waiting:
        yield replace(pages, part=part)


def _segments(source: Source, gathered: Gathered) -> Iterator[Piece]:
    segmenter = _Segmenter(source.name)
    for event, element in place_notes(_events(source), gathered):
        yield from segmenter.start(element) if event == "start" else segmenter.end(element)


def _events(source: Source) -> Iterator[tuple[str, Element]]:
    """Yield the elements of ``source`` as they open and close, and guard against what is no book.

    No DTD is read, no entity resolved, nothing fetched; libxml2 bounds what attributes expand
    to. See https://lxml.de/parsing.html#parser-options.
    """
    depth = 0
    for event, element in _parsed(source):
        depth += 1 if event == "start" else -1
        if depth > source.access.limits.element_nesting:
            raise _too_deep(source, line_of(element))
        yield event, element


def check(source: Source) -> None:
    """Raise SourceError unless ``source`` is well-formed XML.

    In a pass of its own that makes no elements: lxml frees the tree of a file that turns out to
    be malformed, though elements of it are in use.
    """
    if _WIDE.match(source.data):
        text = "declares an encoding of two bytes or more a character, and is in none"
        raise SourceError(text, f"{source.name}:1")
    parser = _secured(etree.XMLParser(target=cast(Any, _Nothing()), **_SECURE))
    try:
        for chunk in _chunks(source):
            parser.feed(chunk)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise _malformed(source, error, parser.feed_error_log) from error


def _parsed(source: Source, tags: Sequence[str] | None = None) -> Iterator[tuple[str, Element]]:
    is_p4 = bool(_P4.search(source.data, 0, _CHUNK))
    tag = None if is_p4 else tags
    parser = _secured(etree.XMLPullParser(events=("start", "end"), tag=tag, **_SECURE))
    try:
        for chunk in _chunks(source):
            parser.feed(chunk)
            for event, element in cast(Iterator[tuple[str, Element]], parser.read_events()):
                if is_p4 and event == "start":
                    _rename_ids(element)
                yield event, element
        parser.close()
    except etree.XMLSyntaxError as error:
        raise _malformed(source, error, parser.feed_error_log) from error


def _rename_ids(element: Element) -> None:
    """Give an ``element`` of P4 its id, and the ids that it points to, as P5 writes them.

    See https://tei-c.org/Vault/P4/doc/html/SA.html.
    """
    if name := element.attrib.pop("id", ""):
        element.set(ID, name)
    for key in _POINTERS:
        if targets := element.get(key):
            element.set(key, " ".join(f"#{each.lstrip('#')}" for each in targets.split()))


def _chunks(source: Source) -> Iterator[bytes]:
    for start in range(0, len(source.data), _CHUNK):
        yield source.data[start : start + _CHUNK]


def _secured(parser: Any) -> Any:
    parser.resolvers.add(_NoFile())
    return parser


class _Nothing:
    """Takes what a parser finds, and makes nothing of it."""

    def close(self) -> None:
        pass


class _NoFile(etree.Resolver):
    """Says of every file and address that a source names that it is empty.

    Where ids are not collected, libxml2 reads the DTD that a document type names all the same.
    """

    def resolve(self, *asked: Any) -> Any:
        return self.resolve_string("", asked[-1], base_url=None)


def _too_deep(source: Source, line: int | None) -> SourceError:
    return SourceError(
        f"has elements more than {source.access.limits.element_nesting} deep in one another:"
        " flatten what nests there; see --limit element-nesting",
        f"{source.name}:{line}",
    )


def _malformed(source: Source, error: etree.XMLSyntaxError, log: Any) -> SourceError:
    """Return the error for users. What libxml2 raises of an unknown entity is in its log only."""
    line, reason = error.lineno, error.msg or ""
    if not line and len(log):
        line, reason = log[0].line, log[0].message
    if reason.startswith("Excessive depth"):
        return _too_deep(source, line)
    reason = reason.partition(", line ")[0].strip() or "it is empty"
    return SourceError(
        f"is not well-formed XML: {reason}; correct it there and check it with xmllint --noout",
        f"{source.name}:{line or 1}",
    )


@dataclass
class _Division:
    """An element that is open, and what stands in it since its last piece.

    ``split`` is whether its children are pieces; if they never become so, it is one itself.
    ``before`` is the number of pieces with text that came before it.
    """

    element: Element
    split: bool
    language: str
    before: int
    title: str = ""
    heads: list[Element] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    ended: Element | None = None
    spent: bool = False
    begun: bool = False
    named: bool = False

    @property
    def id(self) -> str:
        return self.element.get(ID) or name_of(self.element)

    def first(self) -> list[str]:
        """Return the id, for the first piece of the division; nothing for those that follow."""
        names = [] if self.named else [self.element.get(ID, "")]
        self.named = True
        return [name for name in names if name]

    def end(self, child: Element, *, spent: bool) -> None:
        """Note that ``child`` is complete. It is ``spent`` if nothing of it is left to read."""
        self.ended, self.spent = child, spent

    def settle(self) -> None:
        """Take in the child that ended last: by now the text behind it has been read too."""
        if not self.begun:
            self.begun = True
            self.parts += filter(None, [self.element.text])
        if self.ended is None:
            return
        if not self.spent:
            self.parts.append(self.ended)
        self.parts += filter(None, [self.ended.tail])
        if self.spent:
            self.element.remove(self.ended)
        self.ended = None


class _Segmenter:
    """Follows the elements as they open and close, and cuts pieces."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._open: list[_Division] = []
        self._unit: Element | None = None
        self._cut = 0
        self._carried: list[Element] = []
        self._empty: list[str] = []
        self._taken: dict[str, int] = {}

    def start(self, element: Element) -> Iterator[Piece]:
        """Yield the pieces that are complete now that ``element`` opens."""
        if self._unit is not None:
            return
        name = name_of(element)
        if not self._open and name not in _ROOTS:
            raise SourceError(f"is XML but not TEI: its outermost element is {name}", self._source)
        if self._open:
            self._open[-1].settle()
        if is_document(element):
            for division in self._open:
                division.split = True
                yield from self._drain(division)
            self._unit = element
        elif name in _CONTAINERS or is_div(element):
            yield from self._enter(element, name)
        else:
            self._unit = element

    def end(self, element: Element) -> Iterator[Piece]:
        """Yield the pieces that are complete now that ``element`` closes."""
        if element is self._unit:
            self._unit = None
            division, name = self._open[-1], name_of(element)
            header = name == "teiHeader" and name_of(division.element) in _ROOTS
            if header and len(self._open) == 1:
                yield Piece("header", division.id, element, ())
            elif header:
                # One of several texts of a corpus.
                division.title = header_title(element)
            emptied = division.split and _is_emptied(element)
            division.end(element, spent=header or emptied or _is_pictures_only(element))
        elif self._unit is None:
            yield from self._leave()

    def _enter(self, element: Element, name: str) -> Iterator[Piece]:
        split = name in _CONTAINERS or element.get("type") in _PARTS
        language = element.get(LANG, "")
        if self._open:
            above = self._open[-1]
            split = split and above.split
            language = language or above.language
            if above.split:
                yield from self._drain(above)
        self._open.append(_Division(element, split, language, self._cut))

    def _leave(self) -> Iterator[Piece]:
        division = self._open[-1]
        division.settle()
        if division.split:
            yield from self._drain(division)
            self._refuse_entities(division.element)
            if division.heads and self._cut == division.before:
                yield self._headings(division)
        self._open.pop()
        if division.split:
            self._empty += division.first()
        if self._open:
            emptied = self._open[-1].split and _is_emptied(division.element)
            self._open[-1].end(division.element, spent=division.split or emptied)

    def _drain(self, division: _Division) -> Iterator[Piece]:
        """Yield what stands in ``division`` as pieces, and let go of it."""
        parts, division.parts = division.parts, []
        run: list[Part] = []
        for part in parts:
            if not isinstance(part, str):
                self._refuse_entities(part)
            if isinstance(part, str) or not _is_unit(part):
                run.append(part)
            else:
                yield from self._run(division, run)
                yield from self._unit_pieces(division, part, part.get(ID) or name_of(part).lower())
                run = []
        yield from self._run(division, run)
        for part in parts:
            if not isinstance(part, str):
                division.element.remove(part)

    def _run(self, division: _Division, run: Sequence[Part]) -> Iterator[Piece]:
        """Yield what stands between documents: text with its page breaks, or these alone.

        A heading alone is carried: it is the title of a part of the book, and needs no document.
        """
        before, text, after = _pages_apart(run)
        heads = [part for part in text if not isinstance(part, str) and name_of(part) == "head"]
        first = bool(heads) and not division.heads
        if first:
            division.heads, division.title = heads[:1], plain(heads[0])
        if first and _is_bare_heading(text):
            self._carried.append(heads[0])
            yield from self._pages(division, (*before, *after))
        elif text:
            yield self._text(division, (*before, *text))
            yield from self._pages(division, after)
        else:
            yield from self._pages(division, before)

    def _unit_pieces(self, division: _Division, unit: Element, name: str) -> Iterator[Piece]:
        """Yield ``unit`` without the documents within it, then these."""
        nested = tuple(_documents_in(unit))
        for document in nested:
            _detach(document)
        piece = replace(
            self._text(division, tuple(content(unit)), name),
            kind="document" if is_document(unit) else "text",
            element=unit,
            language=unit.get(LANG) or division.language,
        )
        yield piece
        for position, document in enumerate(nested, start=1):
            name = document.get(ID) or f"{piece.id}-{position}"
            yield from self._unit_pieces(division, document, name)

    def _headings(self, division: _Division) -> Piece:
        """Return the heading of a division without text as a piece."""
        self._carried = [head for head in self._carried if head not in division.heads]
        return self._text(division, tuple(division.heads))

    def _text(self, division: _Division, parts: tuple[Part, ...], name: str = "") -> Piece:
        """Return a piece with text, and all that is waiting for the next one."""
        self._cut += 1
        carried, self._carried = tuple(self._carried), []
        return Piece(
            "text",
            self._unique(name or division.id),
            division.element,
            parts,
            part=tuple(above.title for above in self._open if above.split and above.title),
            carried=carried,
            opened=self._opened(division),
            language=division.language,
        )

    def _opened(self, division: _Division) -> tuple[str, ...]:
        """Return the ids that now lead to the first piece below them, down to ``division``."""
        names, self._empty = self._empty, []
        for above in self._open:
            names += above.first()
            if above is division:
                break
        return tuple(names)

    def _pages(self, division: _Division, parts: Sequence[Part]) -> Iterator[Piece]:
        breaks = [part for part in parts if not isinstance(part, str)]
        if breaks:
            name = self._unique(breaks[0].get(ID) or f"{division.id}-page")
            yield Piece("pages", name, division.element, tuple(breaks))

    def _unique(self, name: str) -> str:
        """Return an id for a document, made of what file names and fragments can hold."""
        clean = unique = re.sub(r"[^\w.-]+", "-", name).strip(".-") or "text"
        while unique in self._taken:
            self._taken[clean] += 1
            unique = f"{clean}-{self._taken[clean]}"
        self._taken[unique] = 1
        return unique

    def _refuse_entities(self, element: Element) -> None:
        entity = next(element.iter(etree.Entity), None)
        if entity is not None:
            raise SourceError(
                f"uses the entity {entity.text}, and entities are not read:"
                " put the characters that it stands for in its place",
                f"{self._source}:{line_of(entity)}",
            )


def _is_unit(element: Element) -> bool:
    return is_div(element) or name_of(element) == "titlePage"


def _is_pictures_only(element: Element) -> bool:
    """Whether ``element`` is about the pages as pictures, and has no text of its own."""
    return name_of(element) == "facsimile" and not plain(element)


def _is_emptied(element: Element) -> bool:
    """Whether ``element`` is or held notes, and all have gone to where they are called."""
    if "".join(texts([element])).strip():
        return False
    if name_of(element) == "anchor":
        return not element.attrib
    holds = is_div(element) or name_of(element) == "noteGrp"
    return holds and len(element) > 0 and all(map(_is_emptied, element))


def _is_page(part: Part) -> bool:
    return not isinstance(part, str) and name_of(part) == "pb"


def _pages_apart(
    run: Sequence[Part],
) -> tuple[Sequence[Part], Sequence[Part], Sequence[Part]]:
    """Return the page breaks before the first text of ``run``, the text, those after the last."""
    text = [place for place, part in enumerate(run) if not (is_blank(part) or _is_page(part))]
    if not text:
        return run, (), ()
    first, last = text[0], text[-1] + 1
    return run[:first], run[first:last], run[last:]


def _is_bare_heading(parts: Sequence[Part]) -> bool:
    """Whether ``parts`` are one heading in which no note is called and no page begins."""
    if len(parts) != 1 or isinstance(parts[0], str):
        return False
    inside = parts[0].iter()
    return not any(is_call(each) or name_of(each) in ("app", "pb") for each in inside)


def _documents_in(element: Element) -> Iterator[Element]:
    """Yield the documents within ``element``, without those within them."""
    for child in element:
        if is_document(child):
            yield child
        else:
            yield from _documents_in(child)


def _detach(element: Element) -> None:
    """Take ``element`` out of its tree, and leave the text behind it there."""
    parent, previous, tail = element.getparent(), element.getprevious(), element.tail or ""
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    elif parent is not None:
        parent.text = (parent.text or "") + tail
    if parent is not None:
        parent.remove(element)
