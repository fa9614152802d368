"""OpenDocument texts made ready for pandoc, which reads neither comments nor what was deleted.

See https://docs.oasis-open.org/office/OpenDocument/v1.3/ (14.1 annotations, 5.5 tracked changes).
"""

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree

from converter.readers.pandoc.elements import Element, get, local, put_text
from converter.readers.pandoc.marks import mark
from converter.readers.pandoc.opendocument_text import (
    Styles,
    end_loops,
    mark_alternatives,
    mark_notes,
    mark_pages,
    mark_replies,
    mark_titles,
    narrow_spaces,
    open_boxes,
    put_fields,
)
from converter.readers.pandoc.package import fold, parse
from converter.readers.pandoc.review import LeftOut, Prepared, Properties, Remark

_CONTENT: Final = "content.xml"
_STYLES: Final = "styles.xml"
# Pandoc wants the part of common styles, which a text may do without (3.1.3).
_NO_STYLES: Final = (
    b'<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0">'
    b"<office:styles/></office:document-styles>"
)
_APART: Final = frozenset({"p", "h", "s", "tab", "line-break", "note", "frame"})
# The numbers of notes, and what programs keep for themselves.
_UNSEEN: Final = frozenset({"note-citation", "sequence-decls", "object", "forms", "desc", "title"})
_BLOCKS: Final = frozenset({"p", "h", "list"})


def prepare(parts: Mapping[str, bytes], name: str) -> Prepared:
    """Return the text document of ``parts`` as pandoc should read it. Raises SourceError."""
    if _CONTENT not in parts:
        return Prepared(fold(parts))
    root = parse(parts[_CONTENT], name)
    shared = parse(parts.get(_STYLES, _NO_STYLES), name)
    styles = Styles(root, shared)
    deleted = tuple(LeftOut(text, "struck out") for text in _take_deleted(root))
    open_boxes(root)
    marks = (*mark_pages(root), *mark_notes(root, styles))
    mark_replies(root)
    mark_titles(root, styles)
    mark_alternatives(root)
    _name_formulas(root)
    put_fields(root)
    remarks = tuple(_take_remarks(root))
    text = "".join(_running(_body(root)))
    narrow_spaces(root)
    end_loops(root, shared)
    read = {_CONTENT: etree.tostring(root), _STYLES: etree.tostring(shared)}
    data = fold({**parts, **read})
    return Prepared(
        data,
        _properties(parts, name),
        remarks,
        (*deleted, *styles.furniture()),
        marks,
        text,
    )


def _name_formulas(root: Element) -> None:
    """Name embedded objects as LibreOffice does.

    ``Formula-1/`` is as good a name of a folder as ``./Formula-1``, but pandoc passes over it.
    """
    for element in root.iter("{*}object"):
        for key, value in element.attrib.items():
            name = str(value)
            if str(key).endswith("}href") and not name.startswith(("./", "../", "/")):
                element.set(key, "./" + name.rstrip("/"))


def _take_deleted(root: Element) -> Iterator[str]:
    """Yield the text of each passage that was deleted, and take it out."""
    for changes in list(root.iter("{*}tracked-changes")):
        for deletion in changes.iter("{*}deletion"):
            texts = [_text(child) for child in deletion if local(child) in _BLOCKS]
            if any(texts):
                yield " ".join(filter(None, texts))
        put_text(changes, "")


def _take_remarks(root: Element) -> Iterator[Remark]:
    """Yield the comments, put marks at their places, and their texts at the end."""
    body = _body(root)
    annotations = list(root.iter("{*}annotation"))
    ends = {get(end, "name"): end for end in root.iter("{*}annotation-end")}
    # Marks name comments by number: what programs call them may have spaces.
    keys = {get(each, "name"): str(place) for place, each in enumerate(annotations, start=1)}
    for place, annotation in enumerate(annotations, start=1):
        blocks = [child for child in annotation if local(child) in _BLOCKS]
        yield Remark(
            str(place),
            _child(annotation, "creator"),
            _child(annotation, "date"),
            keys.get(get(annotation, "parent-name") or "-", ""),
            " ".join(map(_text, blocks)),
        )
        end = ends.pop(get(annotation, "name"), None)
        if end is not None:
            put_text(end, mark("comment", str(place)))
        put_text(annotation, mark("comment", str(place)) if end is None else "")
        _append(body, str(place), blocks)
    for end in ends.values():
        put_text(end, "")


def _body(root: Element) -> Element:
    """Return the element that the text is in; a damaged file may have none."""
    body = next(root.iter("{*}body"), root)
    return body[0] if len(body) else body


def _append(text: Element, name: str, blocks: list[Element]) -> None:
    """Put the blocks of a comment at the end of the text, led in by a mark."""
    namespace = text.nsmap.get("text") or "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    lead = etree.SubElement(text, f"{{{namespace}}}p")
    lead.text = mark("body", name)
    for block in blocks:
        block.tail = None
        text.append(block)


def _child(element: Element, name: str) -> str:
    found = next((child for child in element if local(child) == name), None)
    return _text(found) if found is not None else ""


def _text(element: Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _running(element: Element) -> Iterator[str]:
    """Yield the text in ``element`` that readers see, spaces around blocks."""
    if local(element) in _UNSEEN:
        return
    apart = " " if local(element) in _APART else ""
    yield apart + (element.text or "")
    for child in element:
        if isinstance(child.tag, str):
            yield from _running(child)
        yield child.tail or ""
    yield apart


def _properties(parts: Mapping[str, bytes], name: str) -> Properties:
    values: dict[str, list[str]] = {}
    if meta := parts.get("meta.xml"):
        for element in parse(meta, name).iter("{*}*"):
            values.setdefault(local(element), []).append(_text(element))

    def first(*names: str) -> str:
        return next((values[each][0] for each in names if values.get(each, [""])[0]), "")

    author = first("initial-creator", "creator")
    return Properties(
        title=first("title"),
        authors=tuple(filter(None, map(str.strip, author.split(";")))),
        date=first("creation-date", "date"),
        language=first("language") or _language(parts, name),
        tags=tuple(filter(None, values.get("keyword", []))),
    )


def _language(parts: Mapping[str, bytes], name: str) -> str:
    """Return the language of the default style, empty without one."""
    styles = parts.get(_STYLES)
    if not styles:
        return ""
    for style in parse(styles, name).iter("{*}default-style"):
        for properties in style.iter("{*}text-properties"):
            language, country = get(properties, "language"), get(properties, "country")
            if language not in ("", "none", "zxx"):
                return f"{language}-{country}" if country not in ("", "none") else language
    return ""
