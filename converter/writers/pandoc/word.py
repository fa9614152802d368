"""What pandoc leaves out of a Word file: the printed marks of notes, threads, properties.

See ECMA-376, part 1, and for threads
https://learn.microsoft.com/en-us/openspecs/office_standards/ms-docx/.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, cast

from lxml import etree

from converter.model import Book
from converter.writers.language import tag
from converter.writers.pandoc.package import Element, Parts, parsed, serialised
from converter.writers.xhtml import clean

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CP: Final = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC: Final = "http://purl.org/dc/elements/1.1/"
_TERMS: Final = "http://purl.org/dc/terms/"
_XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_TYPES: Final = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

_THREADS: Final = "commentsExtended.xml"
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?)?)?")


class Answer(NamedTuple):
    """A comment in the margin, by the ids that Word has for it and for the one it answers."""

    name: str
    parent: str


# Pandoc says that Word has made the file. See ECMA-376, part 1, 15.2.12.3.
_MAKER: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>converter</Application></Properties>"
)


def complete(parts: Parts, book: Book, marks: Sequence[str], answers: Sequence[Answer]) -> None:
    """Put into ``parts`` what pandoc left out.

    ``marks`` are those of the footnotes in the order in which they are called.
    """
    _mark_notes(parts, marks)
    _thread_comments(parts, answers)
    _say_language(parts, book)
    parts["docProps/core.xml"] = _properties(book)
    parts["docProps/app.xml"] = _MAKER


def _mark_notes(parts: Parts, marks: Sequence[str]) -> None:
    """Give the footnotes that Word would number otherwise the marks that the source printed.

    See 17.11.14 (footnoteReference): a note with a mark of its own is not counted. LibreOffice
    7.4 shows such a mark twice unless it is of symbols at the call, and puts it at the note
    by itself: hence the alternatives, for programs that do not know Word of 2012.
    """
    document, footnotes = parsed(parts["word/document.xml"]), parsed(parts["word/footnotes.xml"])
    bodies = {each.get(f"{_W}id"): each for each in footnotes.iter(f"{_W}footnote")}
    counted = 0
    for call, mark in zip(document.iter(f"{_W}footnoteReference"), marks, strict=True):
        if mark == str(counted + 1):
            counted += 1
            continue
        call.set(f"{_W}customMarkFollows", "1")
        call.addnext(_either(_mark(mark), *_symbols(mark)))
        own = next(bodies[call.get(f"{_W}id")].iter(f"{_W}footnoteRef"))
        # Pandoc gives every note one, in a run of its own.
        run = cast(Element, own.getparent())
        run.replace(own, _either(_mark(mark), etree.Element(own.tag)))
    parts["word/document.xml"] = serialised(document)
    parts["word/footnotes.xml"] = serialised(footnotes)


def _mark(mark: str) -> Element:
    text = etree.Element(f"{_W}t", {_SPACE: "preserve"})
    text.text = mark
    return text


def _symbols(mark: str) -> Iterator[Element]:
    """Yield ``mark`` letter by letter. See 17.3.3.30 (sym)."""
    units = mark.encode("utf-16-be").hex().upper()
    for place in range(0, len(units), 4):
        yield etree.Element(f"{_W}sym", {f"{_W}char": units[place : place + 4]})


def _either(choice: Element, *fallback: Element) -> Element:
    """Return what Word takes ``choice`` from, and others ``fallback``. See ECMA-376, part 3, 9."""
    names = {"mc": _MC.strip("{}"), "w15": _W15}
    either = etree.Element(f"{_MC}AlternateContent", nsmap=names)
    etree.SubElement(either, f"{_MC}Choice", Requires="w15").append(choice)
    etree.SubElement(either, f"{_MC}Fallback").extend(fallback)
    return either


def _thread_comments(parts: Parts, answers: Sequence[Answer]) -> None:
    """Say which comment answers which, by the ids of their last paragraphs."""
    if not answers:
        return
    comments = parsed(parts["word/comments.xml"])
    names = {prefix: name for prefix, name in comments.nsmap.items() if prefix}
    root = etree.Element(comments.tag, nsmap={**names, "w14": _W14})
    root.set(f"{_MC}Ignorable", "w14")
    root.extend(list(comments))
    for comment in root.iter(f"{_W}comment"):
        last = list(comment.iter(f"{_W}p"))[-1]
        last.set(f"{{{_W14}}}paraId", _paragraph(comment.get(f"{_W}id", "")))
    parts["word/comments.xml"] = serialised(root)
    threads = etree.Element(f"{{{_W15}}}commentsEx", nsmap={"w15": _W15})
    for answer in answers:
        entry = etree.SubElement(threads, f"{{{_W15}}}commentEx")
        entry.set(f"{{{_W15}}}paraId", _paragraph(answer.name))
        if answer.parent:
            entry.set(f"{{{_W15}}}paraIdParent", _paragraph(answer.parent))
        entry.set(f"{{{_W15}}}done", "0")
    parts[f"word/{_THREADS}"] = serialised(threads)
    _announce(parts)


def _paragraph(name: str) -> str:
    """Return the id of the paragraph of a comment: eight digits, none of them all zeros."""
    return f"{int(name) + 1:08X}"


def _announce(parts: Parts) -> None:
    """Say in the package what kind of part the threads are, and whose."""
    types = parsed(parts["[Content_Types].xml"])
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.commentsExtended+xml"
    etree.SubElement(
        types, f"{_TYPES}Override", {"PartName": f"/word/{_THREADS}", "ContentType": kind}
    )
    parts["[Content_Types].xml"] = serialised(types)
    relations = parsed(parts["word/_rels/document.xml.rels"])
    kind = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    etree.SubElement(
        relations,
        f"{_RELATIONS}Relationship",
        {"Id": "rIdThreads", "Type": kind, "Target": _THREADS},
    )
    parts["word/_rels/document.xml.rels"] = serialised(relations)


def _say_language(parts: Parts, book: Book) -> None:
    language = tag(book.language)
    if language:
        styles = parsed(parts["word/styles.xml"])
        for element in styles.iter(f"{_W}lang"):
            element.set(f"{_W}val", language)
        parts["word/styles.xml"] = serialised(styles)


def _properties(book: Book) -> bytes:
    """Return the core properties. See ECMA-376, part 2, 8.3."""
    names = {"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    root = etree.Element(f"{{{_CP}}}coreProperties", nsmap=names)
    for name, value in (
        ("title", book.title),
        ("creator", "; ".join(book.authors)),
        ("language", tag(book.language)),
        ("rights", book.rights),
        ("identifier", book.identifier),
    ):
        if value:
            etree.SubElement(root, f"{{{_DC}}}{name}").text = clean(value)
    for name, value in (("created", book.date), ("modified", book.modified)):
        if _DATE.fullmatch(value):
            element = etree.SubElement(root, f"{{{_TERMS}}}{name}")
            element.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
            element.text = value
    return serialised(root)
