"""The files of an edition: one for all documents, or one for each and an index."""

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

import msgspec

from converter.model import Book, Document, Part, Reference
from converter.slug import Unique, slug
from converter.walk import plain_text, thread_numbers
from converter.words import words
from converter.writers.markdown import front_matter
from converter.writers.markdown.document import pieces
from converter.writers.markdown.escape import attributes, clean, escape, exact, printable
from converter.writers.markdown.front_matter import begins_with_title, is_alone
from converter.writers.markdown.names import Names, linked
from converter.writers.markdown.pieces import Piece
from converter.writers.markdown.plan import ForgePlan, HugoPlan, PandocPlan, Plan
from converter.writers.markdown.scope import HEADINGS, Scope
from converter.writers.markdown.style import SITES, Style
from converter.writers.pictures import Pictures
from converter.writers.titles import introduction

Href: TypeAlias = Callable[[Reference], str | None]

_INDEX: Final = "index"


class File(msgspec.Struct, frozen=True):
    """A file of the edition by its name, in pieces."""

    name: str
    pieces: tuple[Piece, ...]


def single(book: Book, style: Style, *, pictures: Pictures, name: str) -> File:
    """Return the whole book as one file. A book of one document has no heading but its own."""
    names = Names(book.documents, linked(book.documents))
    if is_alone(book):
        (document,) = book.documents
        scope = Scope(
            style,
            words(book.language),
            document,
            names,
            _plan(document, style),
            lambda node: _alone(node, names),
            pictures,
            numbers=thread_numbers(document.comments),
        )
        front = front_matter.of_document(document, book, style)
        return File(name, (front, *pieces(scope, level=_level(document, style), alone=True)))
    return File(name, tuple(_many(book, names, style, pictures=pictures)))


def folder(book: Book, style: Style, *, pictures: Pictures) -> list[File]:
    """Return a file for each document, and an index that links to them."""
    unique = Unique()
    unique.take(_INDEX)
    files = {each.id: f"{unique.take(slug(each.id) or 'document')}.md" for each in book.documents}
    targets = linked(book.documents)
    names = {each.id: Names((each,), targets, style) for each in book.documents}
    said = words(book.language)
    written = [_index(book, files, style)]
    for document in book.documents:
        href = _across(document, names, files, style)
        scope = Scope(
            style,
            said,
            document,
            names[document.id],
            _plan(document, style),
            href,
            pictures,
            numbers=thread_numbers(document.comments),
        )
        if style in SITES:
            stem = files[document.id].removesuffix(".md")
            front = front_matter.of_page(document, book, style, stem)
        else:
            front = front_matter.of_document(document, book, style)
        content = (front, *pieces(scope, level=_level(document, style), alone=True))
        written.append(File(files[document.id], content))
    return written


def _many(book: Book, names: Names, style: Style, *, pictures: Pictures) -> Iterator[Piece]:
    """Yield several documents and the headings of their parts, on a forge with a contents list.

    Elsewhere the title of the front matter is that of the book: pandoc prints it.
    """

    def href(node: Reference) -> str | None:
        return _within(node, names)

    yield front_matter.of_book(book, style)
    if style == "gfm":
        yield f"# {_text(book.title, style)}"
        yield _contents(book, lambda document: f"#{names.document(document.id)}", style)
    said = words(book.language)
    numbered = 0
    for place, part in enumerate(book.parts):
        yield from _part_heading(part, style, is_first=place == 0)
        for document in part.documents:
            plan = _plan(document, style)
            scope = Scope(
                style,
                said,
                document,
                names,
                plan,
                href,
                pictures,
                numbered=numbered,
                numbers=thread_numbers(document.comments),
            )
            yield from pieces(scope, level=part.depth + 2, alone=False)
            numbered += len(plan.calls) if style == "markdown" else len(plan.footnotes)


def _plan(document: Document, style: Style) -> Plan:
    if style == "hugo":
        return HugoPlan(document)
    return PandocPlan(document) if style == "markdown" else ForgePlan(document)


def _level(document: Document, style: Style) -> int:
    """Return the level of the heading of a document alone in its file.

    The title in the front matter of one for pandoc is a heading above it.
    """
    return 1 if begins_with_title(document, style) else 2


def _part_heading(part: Part, style: Style, *, is_first: bool) -> Iterator[str]:
    """Yield the heading of a part; of one without a title, that it begins."""
    level = part.level + 1
    if part.title:
        hidden = level > HEADINGS and style == "markdown"
        values = f" {attributes('', level=part.level)}" if hidden else ""
        yield f"{'#' * min(level, HEADINGS)} {_text(part.title, style)}{values}"
    elif style == "markdown" and not (is_first and part.level == 1):
        yield f"::: {attributes('', ('part',), level=part.level)}\n:::"


def _index(book: Book, files: dict[str, str], style: Style) -> File:
    heading = [f"# {_text(book.title, style)}"] if style == "gfm" else []
    contents = _contents(book, lambda document: _to_file(files[document.id], "", style), style)
    name = f"_{_INDEX}.md" if style == "hugo" else f"{_INDEX}.md"
    return File(name, (front_matter.of_book(book, style), *heading, contents))


def _to_file(file: str, anchor: str, style: Style) -> str:
    """Return the address of a file of the folder, and of what has the id ``anchor`` in it."""
    if style == "hugo":
        # The one link that does not depend on where and how the site is published.
        return f'{{{{< relref "{file}" >}}}}'
    target = f"{file.removesuffix('.md')}.html" if style == "jekyll" else file
    return f"{target}#{anchor}" if anchor else target


def _contents(book: Book, href: Callable[[Document], str], style: Style) -> str:
    """Return links to all documents as a list, within the parts they belong to."""
    lines: list[str] = []
    depth = 0
    for part in book.parts:
        above, depth = depth, min(depth + 1, part.depth)
        opening = introduction(part)
        if opening or part.title:
            shown = _link(opening, href, style) if opening else _text(part.title, style)
            lines.append(f"{'  ' * (depth - 1)}- {_part_label(shown, part, depth, style)}")
        elif style == "markdown" and (part.level != depth + 1 or (lines and above <= depth)):
            lines.append(f"{'  ' * depth}- {_part_label('', part, 0, style)}")
        lines += (
            f"{'  ' * depth}- {_link(each, href, style)}"
            for each in part.documents
            if each is not opening
        )
    listed = "\n".join(lines)
    fenced = f"::: {{.contents .generated}}\n\n{listed}\n\n:::"
    return fenced if style == "markdown" else listed


def _link(document: Document, href: Callable[[Document], str], style: Style) -> str:
    return f"[{_label(document, style)}]({href(document)})"


def _part_label(shown: str, part: Part, depth: int, style: Style) -> str:
    """Return what stands for a part in the contents, with its level where it does not show."""
    if style != "markdown":
        return shown
    return (
        f"[{shown}]{attributes('', ('part',), level=None if part.level == depth else part.level)}"
    )


def _label(document: Document, style: Style) -> str:
    number = f"{document.number}. " if document.number else ""
    title = plain_text(document.title)
    return _text(f"{number}{title}".strip() or document.id, style)


def _text(text: str, style: Style) -> str:
    if style != "markdown":
        return escape(clean(text), style, opens=False)
    return exact(escape(printable(text), style, opens=False))


# -------------------------------------------------------------------- references


def _alone(node: Reference, names: Names) -> str | None:
    """Return where a reference leads in a file of one document, which has no id of its own."""
    anchor = _anchor(node, names)
    return anchor and f"#{anchor}"


def _within(node: Reference, names: Names) -> str | None:
    """Return where a reference leads in the one file, None if it is not there."""
    anchor = _anchor(node, names) or names.document(node.document)
    return anchor and f"#{anchor}"


def _across(
    document: Document, names: dict[str, Names], files: dict[str, str], style: Style
) -> Href:
    """Return where references of ``document`` lead among the files of a folder."""

    def href(node: Reference) -> str | None:
        if node.document not in files:
            return None
        anchor = _anchor(node, names[node.document])
        if node.document == document.id and anchor and style != "hugo":
            return f"#{anchor}"
        return _to_file(files[node.document], anchor or "", style)

    return href


def _anchor(node: Reference, names: Names) -> str | None:
    """Return the id of the note or page that a reference names, None if it names neither."""
    if node.note:
        return names.note(node.document, node.note)
    return names.page(node.document, node.page) if node.page else None
