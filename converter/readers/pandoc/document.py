"""One source on its way to a document: prepared, read by pandoc, and put in the model's terms."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

import msgspec

from converter import pandoc
from converter.errors import ConverterError, SourceError
from converter.markup.dates import iso
from converter.markup.encoding import decode
from converter.markup.thread import Reply, thread_of
from converter.model import Block, Comment, Document, Inline, Note, Quote, Text
from converter.readers.pandoc import ast, markdown, opendocument, package, raw, rtf, word
from converter.readers.pandoc.account import words
from converter.readers.pandoc.blocks import read_blocks, read_sections, trimmed, unwrapped
from converter.readers.pandoc.brackets import check_nesting
from converter.readers.pandoc.context import Context
from converter.readers.pandoc.formats import PACKAGES, format_of
from converter.readers.pandoc.inlines import read_inlines
from converter.readers.pandoc.marks import take_titles, unmarked
from converter.readers.pandoc.metadata import Metadata, read_metadata
from converter.readers.pandoc.review import (
    Prepared,
    Remark,
    in_text_order,
    take_remarks,
)
from converter.readers.pandoc.threads import read_replies, take_thread
from converter.readers.pandoc.xml_text import text_of
from converter.report import Report
from converter.slug import slug
from converter.source import Source
from converter.words import words as words_of

_WORD: Final = re.compile(r"\w+")
_SOFT_HYPHEN: Final = "\u00ad"

_TOO_MUCH: Final = (
    "; split it, save it in another format, or see --limit reading-seconds and reading-memory"
)
_DAMAGED: Final = "; save it anew in the program that it comes from"
# What programs that show notebooks understand, though pandoc takes it for text unless told.
_READERS: Final = {"ipynb": "ipynb+footnotes"}
_PREPARE: Final = {"docx": word.prepare, "odt": opendocument.prepare}


def read_document(source: Source, report: Report) -> Document:
    """Return ``source`` as a document, and set the ledger of ``report``. Raises SourceError."""
    form = format_of(source.name, source.data)
    if form is None:
        text = "is of no format known to pandoc by its content or name; rename it"
        raise SourceError(text, source.name)
    prepared = _prepare(source, form, report)
    try:
        read, media = _parse(prepared.data, form, source)
        return _Reading(source, prepared, read, media=media, report=report).document()
    except RecursionError as error:
        raise SourceError(
            "nests too deep to be read: take levels out of it", source.name
        ) from error


def _prepare(source: Source, form: str, report: Report) -> Prepared:
    if form == "rtf":
        return rtf.prepare(source.data, source.name)
    if form == "markdown":
        text = decode(source, report)
        check_nesting(text, source.name, source.access.limits)
        return markdown.prepare(text)
    if form not in PACKAGES:
        data = decode(source, report).encode()
        return Prepared(data, text=text_of(form, data))
    parts = package.unfold(source.data, source.name, source.access.limits)
    prepare = _PREPARE.get(form)
    if prepare is None:
        return Prepared(package.fold(parts))
    package.check_entities(parts, source.name)
    return prepare(parts, source.name)


def _parse(data: bytes, form: str, source: Source) -> tuple[ast.Pandoc, Mapping[str, bytes]]:
    """Return what pandoc reads in ``data``, and the pictures that are in it, by their names."""
    name, limits = source.name, source.access.limits
    seconds, memory = limits.reading_seconds, limits.reading_memory
    reader = _READERS.get(form, form)
    try:
        answer = pandoc.read(data, reader=reader, time_limit=seconds, memory=memory)
        return raw.resolve(ast.decode(answer.text), time_limit=seconds), answer.media
    except ConverterError as error:
        reason = " ".join(error.text.split())
        advice = _TOO_MUCH if "not done" in reason or "heap" in reason.lower() else _DAMAGED
        raise SourceError(f"cannot be read as {form}: {reason}{advice}", name) from error
    except msgspec.ValidationError as error:
        raise SourceError(f"cannot be read: pandoc answers {error}", name) from error


class _Reading:
    """One document that pandoc has read, on its way to the model."""

    def __init__(
        self,
        source: Source,
        prepared: Prepared,
        read: ast.Pandoc,
        *,
        media: Mapping[str, bytes],
        report: Report,
    ) -> None:
        read, self._bodies = take_remarks(read)
        (meta, blocks), defined = markdown.take_notes((tuple(read.meta.values()), read.blocks))
        read = ast.Pandoc(dict(zip(read.meta, meta, strict=True)), blocks)
        titles, self._blocks = take_titles(read.blocks)
        self._thread, self._blocks = take_thread(self._blocks)
        self._read = ast.Pandoc({**read.meta, **titles}, self._blocks)
        self._words = (self._read.meta, self._blocks, self._thread.blocks, tuple(defined.values()))
        text = (tuple(self._read.meta.values()), self._blocks)
        self._remarks = in_text_order(prepared.remarks, text)
        self._names = {each.id: f"c{place}" for place, each in enumerate(self._remarks, start=1)}
        self._source = source
        self._prepared = prepared
        # A reply is found through what it answers.
        anchored = {
            each.id: self._names[each.id]
            for each in self._remarks
            if each.parent not in self._names
        }
        identifier = slug(PurePosixPath(source.name).stem) or "document"
        self._context = Context(
            source, identifier, self._read, comments=anchored, defined=defined, report=report
        )
        self._context.pictures.hold(media)

    def document(self) -> Document:
        context = self._context
        metadata = read_metadata(self._read.meta, self._prepared.properties, context)
        title, blocks = self._title(metadata)
        subject = read_inlines(metadata.subtitle, context)
        abstract = read_blocks(metadata.abstract, context, 1)
        front: tuple[Block, ...] = (Quote(abstract, context.prov()),) if abstract else ()
        children = read_sections(blocks, context)
        comments = self._comments(metadata.language)
        document = Document(
            id=context.document,
            title=title,
            subject=subject,
            children=(*front, *children),
            notes=tuple(self._notes()),
            comments=comments,
            declared_comments=self._thread.declared,
            pictures=context.pictures.held(),
            language=metadata.language,
            authors=metadata.authors,
            date=metadata.date,
            tags=metadata.tags,
            source=self._source.name,
        )
        for text, reason in self._prepared.left_out:
            context.add(text)
            context.drop_text(text, reason)
        for text in self._prepared.marks:
            context.add_structure(text)
        read = (*self._words, tuple(self._bodies.values()))
        self._tell()
        self._tell_pictures()
        self._tell_losses(words(read))
        context.settle(document, read)
        return document

    def _title(self, metadata: Metadata) -> tuple[tuple[Inline, ...], ast.Blocks]:
        """Return the title, and the text without it.

        It is the metadata's, which a first heading may repeat, or a first heading that has
        none beside it; at last what the package says.
        """
        context = self._context
        blocks = tuple(unwrapped(self._blocks))
        first = next((each for each in blocks if words(each)), None)
        heading = first if isinstance(first, ast.Header) else None
        if title := trimmed(read_inlines(metadata.title, context)):
            if heading is not None and words(heading) == words(metadata.title):
                context.drop(heading, "repeats the title")
                blocks = tuple(each for each in blocks if each is not heading)
            return title, blocks
        levels = [each.c[0] for each in blocks if isinstance(each, ast.Header)]
        if heading is not None and levels.count(heading.c[0]) == 1 and min(levels) == heading.c[0]:
            rest = tuple(each for each in blocks if each is not heading)
            return trimmed(read_inlines(heading.c[2], context)), rest
        given = self._prepared.properties.title
        context.add(given)
        return ((Text(given),) if given else ()), blocks

    def _comments(self, language: str) -> tuple[Comment, ...]:
        """Return the review comments, in the order of their places, and the thread's."""
        reviews = [
            Reply(self._comment(each), self._names.get(each.parent)) for each in self._remarks
        ]
        said = words_of(language)
        replies = read_replies(self._thread, self._context, said, after=len(reviews))
        return thread_of([*reviews, *replies])

    def _comment(self, remark: Remark) -> Comment:
        context = self._context
        body = self._bodies.get(remark.id)
        if body is None and remark.text:
            context.add(remark.text)
            body = (ast.Para((ast.Str(remark.text),)),)
        context.add_field(remark.author, remark.date)
        return Comment(
            id=self._names[remark.id],
            children=read_blocks(body or (), context),
            kind="review",
            author=remark.author or None,
            date=iso(remark.date) or remark.date or None,
            prov=context.prov(remark.id),
        )

    def _notes(self) -> Iterator[Note]:
        """Yield the notes called in what was read so far, those called in these, and others."""
        notes = self._context.notes
        done = 0
        while done < len(notes) or self._context.call_next():
            found = list(notes.items())[done:]
            for name, (label, blocks) in found:
                children = read_blocks(blocks, self._context)
                yield Note(name, label, children, self._context.prov())
            done += len(found)

    def _tell(self) -> None:
        context = self._context
        if context.unlinked:
            text = f"{context.unlinked} links lead to places that are not in the source"
            context.info("link-dropped", text)
        loose = [each for each in self._remarks if each.id in context.comments]
        loose = [each for each in loose if each.id not in context.placed]
        if loose:
            text = f"{len(loose)} review comments have no place in the text"
            context.info("comment-without-place", text)

    def _tell_pictures(self) -> None:
        """Tell of the pictures of a package that pandoc has not read."""
        bodies = tuple(self._bodies.values())
        found = sum(isinstance(node, ast.Image) for node in ast.walk((self._blocks, bodies)))
        if lost := max(self._prepared.pictures - found, 0):
            self._context.warn("picture-not-read", f"{lost} pictures are not read by pandoc")

    def _tell_losses(self, read: list[str]) -> None:
        """Account for the words of a package that pandoc has not read."""
        held = Counter(_WORD.findall(unmarked(self._prepared.text).replace(_SOFT_HYPHEN, "")))
        found = Counter(_WORD.findall(" ".join(read).replace(_SOFT_HYPHEN, "")))
        if lost := list((held - found).elements()):
            text = " ".join(lost)
            self._context.add(text)
            self._context.drop_text(text, "not read by pandoc")
            shown = " ".join(lost[:8])
            self._context.warn("text-not-read", f"{len(lost)} words are not read, such as: {shown}")
