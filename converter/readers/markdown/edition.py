"""An edition as a book: its files, their front matter, their documents and the parts of these."""

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple
from urllib.parse import unquote

from msgspec.structs import replace

from converter.errors import SourceError
from converter.model import Book, Document, Inline, Part, Text
from converter.readers.markdown import notes, thread
from converter.readers.markdown.blocks import read_text
from converter.readers.markdown.context import Anchors, Context, Target
from converter.readers.markdown.definitions import called
from converter.readers.markdown.inlines import read_inlines
from converter.readers.markdown.tree import (
    Attributes,
    Json,
    Tree,
    attributes,
    is_generated,
    kind_of,
    leading_span,
    parse,
    text_of,
    walk,
)
from converter.source import Source
from converter.walk import with_pictures

_SEMICOLON: Final = re.compile(r"(?<!\\)((?:\\\\)*); ")
_ESCAPED: Final = re.compile(r"\\(.)")
_HEADINGS: Final = 6
# What is no part of the running text.
_APART: Final = frozenset({"comment", "missing-comment", "note"})


class _Draft(NamedTuple):
    """A document before it is read: its heading is of ``level``, ``stem`` begins its ids."""

    file: str
    known: Attributes
    stem: str
    level: int
    blocks: list[Json]
    meta: dict[str, Any]


def read_edition(source: Source) -> Book:
    """Return the book in ``source``: a file, or the index of a folder with all that it names.

    Raises SourceError for what cannot be read.
    """
    try:
        (tree,) = parse([called(_text(source.data, source.name))], source.name)
        contents = [block for block in tree.blocks if kind_of(block) == "contents"]
        return _folder(source, tree, contents[0]) if contents else _file(source, tree)
    except RecursionError as error:
        raise SourceError("nests too deep to be read", source.name) from error
    except (ValueError, KeyError, IndexError, TypeError) as error:
        text = f"has been changed such that it cannot be read as an edition: {error}"
        raise SourceError(f"{text}; --from pandoc reads any Markdown", source.name) from error


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise SourceError(f"is no UTF-8: {error}", name) from error


# ------------------------------------------------------------------------- files


def _file(source: Source, tree: Tree) -> Book:
    """Return the book that one file is."""
    name = source.path.name if source.path else source.name.rpartition("/")[2]
    if not any(kind_of(block) == "document" for block in tree.blocks):
        draft = _alone(name, tree)
        (document,) = _documents([draft], source)
        other = tree.meta.get("book", {}).get("c", {})
        return _book({**tree.meta, **other}, (Part((document,)),))
    drafts: list[_Draft] = []
    parts = _parts(tree.blocks, name, drafts)
    documents = iter(_documents(drafts, source))
    held = (replace(part, documents=tuple(next(documents) for _ in range(n))) for part, n in parts)
    return _book(tree.meta, tuple(held))


def _parts(blocks: list[Json], name: str, drafts: list[_Draft]) -> list[tuple[Part, int]]:
    """Return the parts of a file, each with the number of its documents, which join ``drafts``."""
    parts: list[tuple[Part, int]] = []
    for block in blocks:
        known = attributes(block) if block["t"] in ("Header", "Div") else None
        if known and block["t"] == "Header":
            level = int(known.values.get("level", block["c"][0] - 1))
            parts.append((Part((), text_of(block["c"][2]), level), 0))
        elif known and known.kind == "part":
            parts.append((Part((), "", int(known.values["level"])), 0))
        elif known and known.kind == "document":
            part, held = parts.pop() if parts else (Part(()), 0)
            parts.append((part, held + 1))
            stem = f"{known.name}-"
            drafts.append(_Draft(name, known, stem, part.depth + 2, block["c"][1], {}))
    if len(drafts) == 1:
        drafts[0] = drafts[0]._replace(stem="")
    return parts


def _alone(name: str, tree: Tree) -> _Draft:
    return _Draft(name, Attributes("", (), {}), "", 2, tree.blocks, tree.meta)


def _folder(source: Source, tree: Tree, contents: Json) -> Book:
    """Return the book that the files are which an index names."""
    names = [unquote(name) for name in _targets(contents)]
    found = [(name, source.file(name)) for name in names]
    missing = [name for name, data in found if not isinstance(data, bytes)]
    if missing:
        text = f"the index names {missing[0]}, which is not there: put it back, or take it out"
        raise SourceError(text, source.name)
    texts = [called(_text(data, name)) for name, data in found if isinstance(data, bytes)]
    trees = parse(texts, source.name)
    drafts = [_alone(name, each) for name, each in zip(names, trees, strict=True)]
    documents = dict(zip(names, _documents(drafts, source), strict=True))
    return _book(tree.meta, tuple(_listed(contents, documents)))


def _targets(contents: Json) -> Iterator[str]:
    return (node["c"][2][0] for node in walk([contents]) if node["t"] == "Link")


def _listed(contents: Json, documents: dict[str, Document]) -> list[Part]:
    """Return the parts that a list of contents names, with their documents."""
    parts: list[Part] = []
    for inlines, depth in _entries(contents["c"][1], 0):
        mark = inlines[0] if inlines and kind_of(inlines[0]) == "part" else None
        if mark:
            own = attributes(mark).values.get("level")
            parts.append(Part((), text_of(mark["c"][1]), int(own) if own else depth + 1))
        elif not parts or depth < parts[-1].depth:
            parts.append(Part((), "", depth + 1))
        held = tuple(documents[unquote(name)] for name in _targets({"t": "", "c": inlines}))
        parts[-1] = replace(parts[-1], documents=(*parts[-1].documents, *held))
    return parts


def _entries(blocks: list[Json], depth: int) -> Iterator[tuple[list[Json], int]]:
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            yield block["c"], depth - 1
        for item in block["c"] if block["t"] == "BulletList" else ():
            yield from _entries(item, depth + 1)


def _book(meta: dict[str, Any], parts: tuple[Part, ...]) -> Book:
    return Book(
        title=_one(meta, "title"),
        parts=parts,
        language=_one(meta, "lang"),
        authors=_several(meta, "author"),
        rights=_one(meta, "rights"),
        date=_one(meta, "date"),
        modified=_one(meta, "modified"),
        identifier=_one(meta, "identifier"),
    )


def _one(meta: dict[str, Any], name: str) -> str:
    return text_of(meta[name]) if name in meta else ""


def _several(meta: dict[str, Any], name: str) -> tuple[str, ...]:
    value = meta.get(name, {"t": "MetaList", "c": []})
    return tuple(map(text_of, value["c"])) if value["t"] == "MetaList" else (text_of(value),)


# --------------------------------------------------------------------- documents


class _Found(NamedTuple):
    """A document whose notes and comments have been found."""

    document: Document
    notes: list[notes.Draft]
    comments: list[thread.Draft]


def _documents(drafts: list[_Draft], source: Source) -> list[Document]:
    """Return the documents, read when all is known that references may lead to."""
    found = [_find(draft) for draft in drafts]
    targets: dict[tuple[str, str], Target] = {}
    for draft, each in zip(drafts, found, strict=True):
        targets.update(_anchors(draft, each))
    anchors = Anchors(targets)

    def load(href: str) -> bytes | None:
        data = source.file(href)
        return data if isinstance(data, bytes) else None

    return [
        _document(draft, each, Context(each.document.id, draft.file, anchors, load))
        for draft, each in zip(drafts, found, strict=True)
    ]


def _find(draft: _Draft) -> _Found:
    def own(known: Attributes) -> str:
        return known.values.get("key") or known.name.removeprefix(draft.stem)

    fields = _fields_of_file(draft.meta) if draft.meta else _fields_of_div(draft)
    return _Found(
        fields, notes.find_notes(draft.blocks, own), thread.find_comments(draft.blocks, own)
    )


def _anchors(draft: _Draft, found: _Found) -> Iterator[tuple[tuple[str, str], Target]]:
    """Yield what the ids of a document stand for; the first of several pages with a label."""
    document = found.document.id
    yield (draft.file, draft.known.name), Target(document)
    for note in found.notes:
        if note.name:
            yield (draft.file, note.name), Target(document, note=note.note)
    for comment in found.comments:
        yield (draft.file, comment.known.name), Target(document, comment=comment.name)
    labels: set[str] = set()
    for known in (attributes(node) for node in walk(draft.blocks) if kind_of(node) == "pagebreak"):
        label = known.values.get("title", "")
        if label not in labels:
            yield (draft.file, known.name), Target(document, page=label)
        labels.add(label)


def _document(draft: _Draft, found: _Found, context: Context) -> Document:
    for note in found.notes:
        context.labels[note.defined] = note.note
        context.set_sure(note.note, note.confidence)
    level = draft.level + 1
    head = _head(draft)
    names = {comment.known.name: comment.name for comment in found.comments}
    document = replace(
        found.document,
        front=read_text(head.front, context, level),
        title=_without_number(read_inlines(head.title, context), found.document.number),
        subject=read_inlines(head.subject, context),
        children=read_text(head.text, context, level),
        comments=thread.read_comments(found.comments, names, context, level + 1),
    )
    held = notes.read_notes(found.notes, context, level)
    return with_pictures(replace(document, notes=held), context.pictures.values())


class _Head(NamedTuple):
    """A document's nodes by what they are."""

    front: list[Json]
    title: list[Json]
    subject: list[Json]
    text: list[Json]


def _head(draft: _Draft) -> _Head:
    """Return a document's blocks by what they are: above the title, title, subject, text."""
    waiting = [block for block in draft.blocks if not _is_apart(block)]
    front = waiting.pop(0)["c"][1] if waiting and kind_of(waiting[0]) == "front" else []
    title = waiting.pop(0)["c"][2] if waiting and _is_title(waiting[0], draft.level) else []
    is_subject = waiting and kind_of(waiting[0]) == "subject"
    subject = waiting.pop(0)["c"][1][0]["c"] if is_subject else []
    return _Head(front, title, subject, waiting)


def _is_apart(block: Json) -> bool:
    """Return whether a block is no part of the running text: a remark on the file, for one."""
    is_remark = block["t"] == "RawBlock" and block["c"][1].startswith("<!--")
    return is_remark or kind_of(block) in _APART or leading_span([block], "about") is not None


def _is_title(block: Json, level: int) -> bool:
    """Return whether a block is the title of a document whose heading is of ``level``."""
    if block["t"] != "Header" or (block["c"][2] and all(map(is_generated, block["c"][2]))):
        return False
    return block["c"][0] == min(level, _HEADINGS) and "level" not in attributes(block).values


def _without_number(title: tuple[Inline, ...], number: str) -> tuple[Inline, ...]:
    """Return a title without the number of the document before it."""
    first = title[0] if number and title else None
    if not isinstance(first, Text):
        return title
    text = first.text.removeprefix(f"{number}. ") if len(first.text) > len(number) + 1 else ""
    return (Text(text), *title[1:]) if text else title[1:]


def _fields_of_file(meta: dict[str, Any]) -> Document:
    """Return a document that is alone in its file as far as the front matter says what it is."""
    own = {**meta, **meta.get("document", {}).get("c", {})}
    declared = _one(own, "declared-comments")
    return Document(
        id=_one(own, "id") or "document",
        number=_one(own, "number"),
        authors=_several(own, "author"),
        date=_one(own, "date"),
        language=_one(own, "lang"),
        collection=_one(own, "collection"),
        part=_several(own, "part"),
        tags=_several(own, "tags"),
        url=_one(own, "url"),
        source=_one(own, "source"),
        declared_comments=int(declared) if declared else None,
    )


def _fields_of_div(draft: _Draft) -> Document:
    """Return a document among others as far as the beginning of its div says what it is."""
    known = draft.known
    about = leading_span(draft.blocks, "about")
    values = attributes(about).values if about else {}
    declared = values.get("declared-comments", "")
    return Document(
        id=known.values.get("key") or known.name,
        number=values.get("number", ""),
        authors=_separated(values.get("authors", "")),
        date=values.get("date", ""),
        language=values.get("lang", ""),
        collection=values.get("collection", ""),
        part=_separated(values.get("part", "")),
        tags=_separated(values.get("tags", "")),
        url=values.get("url", ""),
        source=values.get("source", ""),
        declared_comments=int(declared) if declared else None,
    )


def _separated(text: str) -> tuple[str, ...]:
    """Return the values that ``text`` has between semicolons, a backslash before their own."""
    found = _SEMICOLON.sub("\\1\0", text).split("\0")
    return tuple(_ESCAPED.sub(r"\1", each) for each in found if text)
