"""What pandoc leaves out of an OpenDocument text: printed marks, comments, styles, properties.

See https://docs.oasis-open.org/office/OpenDocument/v1.3/os/part3-schema/.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, Final, cast

from lxml import etree

from converter.errors import UsageError
from converter.model import Book, Comment
from converter.writers.language import book_direction, tag
from converter.writers.pandoc.ast import Json, span
from converter.writers.pandoc.package import Element, Parts, parsed, serialised
from converter.writers.xhtml import clean

_NAMES: Final = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
# As many characters of a mark fit into the space before a note.
_SHORT: Final = 2
_COMMENT_STYLES: Final = ("Comment_20_{}", "Comment_20_Head_20_{}")
# How much further each level of a thread is set in, in centimetres.
_STEP: Final = 0.6


def _q(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{local}"


def style_name(style: str) -> str:
    """Return the name of ``style`` in the file, which has no spaces."""
    return style.replace(" ", "_20_")


# -------------------------------------------------------------------- notes, comments


def mark_notes(parts: Parts, notes: Sequence[tuple[str, str]]) -> None:
    """Give the notes their names, and those the printed marks that would be numbered otherwise.

    See 6.3.2 (text:note) and 19.846 (text:label): a note with a label of its own is not counted.
    """
    content = parsed(parts["content.xml"])
    counted = 0
    for note, (name, mark) in zip(content.iter(_q("text:note")), notes, strict=True):
        note.set(_q("text:id"), name)
        (citation,) = note.iter(_q("text:note-citation"))
        citation.text = mark
        if mark == str(counted + 1):
            counted += 1
        else:
            citation.set(_q("text:label"), mark)
        if len(mark) > _SHORT:
            _space_out(next(note.iter(_q("text:p"), _q("text:h")), None))
    parts["content.xml"] = serialised(content)


def _space_out(paragraph: Element | None) -> None:
    """Put a space before the text of ``paragraph``, for which a long mark leaves no room."""
    if paragraph is not None:
        space = etree.Element(_q("text:s"))
        space.tail, paragraph.text = paragraph.text, None
        paragraph.insert(0, space)


def note_reference(name: str, mark: str) -> str:
    """Return a cross reference to a note. See 7.7.5 (text:note-ref)."""
    span = etree.Element(_q("text:span"), nsmap=_NAMES)
    span.set(_q("text:style-name"), style_name("Note Mark"))
    reference = etree.SubElement(span, _q("text:note-ref"))
    reference.set(_q("text:note-class"), "footnote")
    reference.set(_q("text:reference-format"), "text")
    reference.set(_q("text:ref-name"), name)
    reference.text = mark
    return etree.tostring(span, encoding="unicode")


def annotation(comment: Comment, answered: str, kids: list[Json]) -> str:
    """Return a comment in the margin. See 14.1 (office:annotation)."""
    element = etree.Element(_q("office:annotation"), nsmap=_NAMES)
    element.set(_q("office:name"), clean(comment.id))
    if answered:
        element.set(_q("loext:parent-name"), clean(answered))
    etree.SubElement(element, _q("dc:creator")).text = clean(comment.author or "")
    if comment.date:
        etree.SubElement(element, _q("dc:date")).text = clean(comment.date)
    for line in "".join(_said(kids)).split("\n"):
        etree.SubElement(element, _q("text:p")).text = line
    return etree.tostring(element, encoding="unicode")


def _said(content: Any) -> Iterator[str]:
    """Yield the text in inlines of pandoc's, with an end of line for each of their line breaks."""
    match content:
        case {"t": "Str", "c": text} | {"t": "Code" | "Math", "c": [_, text]}:
            yield text
        case {"t": "Space" | "SoftBreak"}:
            yield " "
        case {"t": "LineBreak"}:
            yield "\n"
        case {"t": "Link" | "Image" | "Span", "c": [_, kids, *_]}:
            yield from _said(kids)
        case {"c": kids}:
            yield from _said(kids)
        case [*kids]:
            for each in kids:
                yield from _said(each)
        case _:
            pass


# ---------------------------------------------------------------------- pictures


def with_pictures_named(blocks: list[Json]) -> tuple[list[Json], dict[str, str]]:
    """Return ``blocks`` with a name at each picture, and what is said of the pictures by name."""
    alternatives: dict[str, str] = {}

    def named(content: Any) -> Any:
        match content:
            case {"t": "Image", "c": [_, alt, _]}:
                name = f"picture-{len(alternatives) + 1}"
                alternatives[name] = "".join(_said(alt))
                return span([content], name)
            case {"t": _, "c": held}:
                return {**content, "c": named(held)}
            case [*held]:
                return [named(each) for each in held]
            case _:
                return content

    return named(blocks), alternatives


def describe_pictures(parts: Parts, alternatives: Mapping[str, str]) -> None:
    """Say of pictures what stands for them in words, in place of their names.

    See 10.4.2 (draw:frame) and 10.4.3 (svg:desc).
    """
    content = parsed(parts["content.xml"])
    for limit in list(content.iter(_q("text:bookmark-start"), _q("text:bookmark-end"))):
        name = limit.get(_q("text:name"), "")
        if name not in alternatives:
            continue
        frame = limit.getnext()
        if limit.tag == _q("text:bookmark-start") and frame is not None and alternatives[name]:
            etree.SubElement(frame, _q("svg:desc")).text = alternatives[name]
        _take_out(limit)
    parts["content.xml"] = serialised(content)


def _take_out(element: Element) -> None:
    """Take ``element`` out and leave the text behind it."""
    parent, before = cast(Element, element.getparent()), element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


# ------------------------------------------------------------------ styles, properties


def add_styles(parts: Parts, template: Path, book: Book, *, levels: int) -> None:
    """Put the styles of ``template`` in the place of pandoc's, those of comments at each level."""
    try:
        own = parsed(template.read_bytes())
    except etree.XMLSyntaxError as error:
        raise UsageError(f"is not well-formed XML: {error.msg}", f"{template}") from error
    styles = parsed(parts["styles.xml"])
    (target,) = styles.iter(_q("office:styles"))
    known = {_key(each): each for each in target}
    for style in (*own.iterchildren(tag=etree.Element), *_levels(own, levels)):
        if (old := known.get(_key(style))) is not None:
            target.remove(old)
        target.append(style)
    _say_language(target, book)
    parts["styles.xml"] = serialised(styles)


def _key(style: Element) -> tuple[str | None, str | None]:
    return style.get(_q("style:name")), style.get(_q("style:family"))


def _levels(own: Element, levels: int) -> Iterator[Element]:
    """Yield the styles of comments below the first level."""
    for style in list(own.iterchildren(tag=etree.Element)):
        for name in _COMMENT_STYLES:
            if style.get(_q("style:name")) == name.format(1):
                yield from (_set_in(style, name, level) for level in range(2, levels + 1))


def _set_in(first: Element, name: str, level: int) -> Element:
    style = deepcopy(first)
    style.set(_q("style:name"), name.format(level))
    style.set(_q("style:display-name"), name.format(level).replace("_20_", " "))
    for properties in style.iter(_q("style:paragraph-properties")):
        properties.set(_q("fo:margin-left"), f"{(level - 1) * _STEP:.1f}cm")
    return style


def _say_language(styles: Element, book: Book) -> None:
    """Say the language of the text, and its direction, in the default style of paragraphs."""
    language, _, country = tag(book.language).partition("-")
    for default in styles.iter(_q("style:default-style")):
        for text in default.iter(_q("style:text-properties")):
            if language:
                text.set(_q("fo:language"), language)
                text.set(_q("fo:country"), country if len(country) == len("GB") else "none")
        for paragraph in default.iter(_q("style:paragraph-properties")):
            if book_direction(book) == "rtl":
                paragraph.set(_q("style:writing-mode"), "rl-tb")


def properties(book: Book) -> bytes:
    """Return what the file says about the book. See 4.3 (office:meta)."""
    root = etree.Element(_q("office:document-meta"), nsmap=_NAMES)
    root.set(_q("office:version"), "1.3")
    meta = etree.SubElement(root, _q("office:meta"))
    for name, value in (
        ("dc:title", book.title),
        ("meta:generator", "converter"),
        ("meta:initial-creator", "; ".join(book.authors)),
        ("dc:creator", "; ".join(book.authors)),
        ("dc:language", tag(book.language)),
        ("meta:creation-date", book.date),
        ("dc:date", book.modified),
    ):
        if value:
            etree.SubElement(meta, _q(name)).text = clean(value)
    return serialised(root)
