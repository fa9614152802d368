"""Word files made ready for pandoc: comments at their places, text boxes in the text.

Pandoc reads a comment only where a range of text for it begins, and no text box at all. What was
struck out is taken out here.
See https://learn.microsoft.com/en-us/openspecs/office_standards/ms-docx/ for threads.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Final, cast

from lxml import etree

from converter.readers.pandoc.elements import Element, around, get, local, remove, sibling, unwrap
from converter.readers.pandoc.marks import mark, page
from converter.readers.pandoc.package import fold, parse
from converter.readers.pandoc.review import LeftOut, Prepared, Properties, Remark
from converter.readers.pandoc.word_notes import Notes

_DOCUMENT: Final = re.compile(r"word/document\d*\.xml")
_NOTES: Final = re.compile(r"word/(?:footnotes|endnotes)\d*\.xml")
_SETTINGS: Final = "word/settings.xml"
_FURNITURE: Final = re.compile(r"word/(header|footer)\d*\.xml")
_COMMENTS: Final = re.compile(r"word/comments\d*\.xml")
_THREADS: Final = re.compile(r"word/commentsExtended\d*\.xml")
# What our editions call the styles of the marks of pages, and of comments.
_PAGE: Final = "PageMark"
_COMMENT: Final = re.compile(r"Comment(Head)?[1-9]")
_AUTHOR: Final = "CommentAuthor"
_APART: Final = frozenset({"p", "tab", "br", "cr", "tc"})


def prepare(parts: Mapping[str, bytes], name: str) -> Prepared:
    """Return the Word file of ``parts`` as pandoc should read it. Raises SourceError."""

    def parsed(pattern: re.Pattern[str]) -> dict[str, Element]:
        return {part: parse(parts[part], name) for part in sorted(parts) if pattern.fullmatch(part)}

    documents, notes = parsed(_DOCUMENT), parsed(_NOTES)
    texts = documents | notes
    deleted: list[LeftOut] = []
    for tree in texts.values():
        _choose_texts(tree)
        _mark_comments(tree)
        deleted += (LeftOut(text, "struck out") for text in _take_deleted(tree))
        _open(tree)
    settings = parse(parts[_SETTINGS], name) if _SETTINGS in parts else None
    marks = [printed for tree in texts.values() for printed in _mark_pages(tree)]
    for tree in documents.values():
        _mark_replies(tree)
    for tree in documents.values():
        called = Notes(tree, notes.values(), settings)
        marks += called.mark()
        called.mark_references()
    for tree in texts.values():
        # Pandoc passes over fields in this form, except for links.
        for field in list(tree.iter("{*}fldSimple")):
            if "HYPERLINK" not in get(field, "instr"):
                unwrap(field)
    changes = {part: etree.tostring(tree) for part, tree in texts.items()}
    roots = {part: parse(parts[part], name) for part in sorted(parts) if "omments" in part}
    return Prepared(
        fold({**parts, **changes}),
        _properties(parts, name),
        tuple(_remarks(roots)),
        (*deleted, *_furniture(parsed(_FURNITURE))),
        tuple(marks),
        text=" ".join(_text(root) for root in texts.values()),
        pictures=sum(len(list(root.iter("{*}blip"))) for root in texts.values()),
    )


def _furniture(roots: Mapping[str, Element]) -> Iterator[LeftOut]:
    """Yield the running heads and feet."""
    for part, root in roots.items():
        reason = "running head" if part.startswith("word/header") else "running foot"
        if text := _text(root):
            yield LeftOut(text, reason)


def _mark_comments(root: Element) -> None:
    """Make each comment one of a range that ends, and begins, where the comment is anchored.

    Comments on a point have no range, and pandoc passes over ranges that begin between
    paragraphs.
    """
    for limit in list(root.iter("{*}commentRangeStart", "{*}commentRangeEnd")):
        remove(limit)
    for reference in list(root.iter("{*}commentReference")):
        run = reference.getparent()
        if run is not None:
            for name in ("commentRangeStart", "commentRangeEnd"):
                run.addprevious(_limit(reference, name))


def _limit(reference: Element, name: str) -> Element:
    tag = str(reference.tag).replace("commentReference", name)
    attributes = {str(key): str(value) for key, value in reference.attrib.items()}
    return reference.makeelement(tag, attributes)


def _take_deleted(root: Element) -> Iterator[str]:
    """Yield what was struck out, and take it out; comments on it stay.

    Pandoc would tell of it too, but moves the spaces at its ends into the text around it.
    """
    for deletion in list(root.iter("{*}del", "{*}moveFrom")):
        runs = list(deletion.iter("{*}t", "{*}delText"))
        if not runs or next(deletion.iterancestors("{*}del", "{*}moveFrom"), None) is not None:
            continue
        if text := "".join(run.text or "" for run in runs).strip():
            yield text
        for limit in list(deletion.iter("{*}commentRangeStart", "{*}commentRangeEnd")):
            deletion.addprevious(limit)
        remove(deletion)


def _mark_pages(root: Element) -> Iterator[str]:
    """Mark where pages of a printed source begin, as our editions show it; yield what it says."""
    for run in list(root.iter("{*}r")):
        style = next(run.iterfind("{*}rPr/{*}rStyle"), None)
        if style is None or get(style, "val") != _PAGE:
            continue
        before = run.getprevious()
        named = before is not None and local(before) == "bookmarkStart"
        for text in run.iterchildren("{*}t"):
            printed = text.text or ""
            text.text = page(printed, get(before, "name") if named and before is not None else "")
            if text.text != printed:
                yield printed


def _mark_replies(root: Element) -> None:
    """Mark the paragraphs of comments as our editions have them, and who wrote them."""
    for paragraph in list(root.iter("{*}p")):
        style = next(paragraph.iterfind("{*}pPr/{*}pStyle"), None)
        found = _COMMENT.fullmatch(get(style, "val")) if style is not None else None
        if style is None or found is None:
            continue
        looks = paragraph.iterfind("{*}r/{*}rPr/{*}rStyle")
        runs = [next(around(look, "r")) for look in looks if get(look, "val") == _AUTHOR]
        author = "".join(each.text or "" for run in runs for each in run.iter("{*}t"))
        name = get(next(paragraph.iterchildren("{*}bookmarkStart"), paragraph), "name")
        marked = sibling(paragraph, "r")
        marked.append(sibling(paragraph, "t"))
        marked[0].text = mark("reply" if found[1] else "said", name, author)
        cast(Element, style.getparent()).addnext(marked)


def _choose_texts(root: Element) -> None:
    """Put text that a run gives in several ways there once, in the first of them that is text.

    Others are for programs that know more, or less. See ECMA-376, part 3, 9 (AlternateContent).
    """
    for alternatives in list(root.iter("{*}AlternateContent")):
        texts = (each for each in alternatives if next(each.iterchildren("{*}t"), None) is not None)
        chosen = next(texts, None)
        if chosen is not None:
            for child in chosen:
                alternatives.addprevious(child)
            remove(alternatives)


def _open(root: Element) -> None:
    """Put what is in text boxes behind the paragraph at which they float.

    Boxes and pictures are often given twice, the second time as a fallback for old programs.
    """
    for fallback in list(root.iter("{*}Fallback")):
        alternatives = fallback.getparent()
        if alternatives is None:
            continue
        if _has(alternatives[0], "txbxContent"):
            alternatives.remove(fallback)
        elif _has(alternatives[0], "blip"):
            alternatives.remove(fallback)
            unwrap(alternatives[0])
            unwrap(alternatives)
    boxes = list(root.iter("{*}txbxContent"))
    # From the last on, so that each comes right behind its paragraph, before later ones.
    for box in reversed(boxes):
        paragraph = next(iter(box.iterancestors("{*}p")), None)
        if paragraph is not None:
            for block in reversed(box):
                paragraph.addnext(block)


def _has(element: Element, name: str) -> bool:
    return next(element.iter(f"{{*}}{name}"), None) is not None


def _remarks(roots: dict[str, Element]) -> Iterator[Remark]:
    """Yield the comments in the order of the file, replies with what they answer."""
    comments = [
        comment
        for part, root in roots.items()
        if _COMMENTS.fullmatch(part)
        for comment in root.iter("{*}comment")
    ]
    by_paragraph = {
        get(paragraph, "paraId"): get(comment, "id")
        for comment in comments
        for paragraph in comment.iter("{*}p")
    }
    parents = {
        by_paragraph.get(get(entry, "paraId"), ""): by_paragraph.get(get(entry, "paraIdParent"), "")
        for part, root in roots.items()
        if _THREADS.fullmatch(part)
        for entry in root.iter("{*}commentEx")
        if get(entry, "paraIdParent")
    }
    for comment in comments:
        name = get(comment, "id")
        author, date = get(comment, "author"), get(comment, "date")
        yield Remark(name, author, date, parents.get(name, ""), _text(comment))


def _text(root: Element) -> str:
    """Return the text of words that is neither struck out nor a field's code nor a formula."""
    pieces = []
    for element in root.iter("{*}t", "{*}noBreakHyphen", *(f"{{*}}{name}" for name in _APART)):
        namespace, _, name = str(element.tag).rpartition("}")
        if name == "t":
            pieces.append("" if namespace.endswith("/math") else element.text or "")
        else:
            pieces.append("-" if name == "noBreakHyphen" else " ")
    return " ".join("".join(pieces).split())


def _properties(parts: Mapping[str, bytes], name: str) -> Properties:
    """Return the core properties, and the language of the default style.

    See ECMA-376, part 2, 8 (core properties) and part 1, 17.3.2.20 (lang).
    """
    values: dict[str, str] = {}
    if core := parts.get("docProps/core.xml"):
        for element in parse(core, name).iter("{*}*"):
            values[str(element.tag).rpartition("}")[2]] = " ".join((element.text or "").split())
    language = values.get("language", "")
    if not language and (styles := parts.get("word/styles.xml")):
        found = next(parse(styles, name).iter("{*}lang"), None)
        language = get(found, "val") if found is not None else ""
    return Properties(
        title=values.get("title", ""),
        authors=tuple(
            each.strip() for each in values.get("creator", "").split(";") if each.strip()
        ),
        date=values.get("created", ""),
        language=language,
        tags=tuple(filter(None, map(str.strip, re.split("[,;]", values.get("keywords", ""))))),
    )
