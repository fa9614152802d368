"""What a source says of itself, in pandoc's metadata and in the properties of its package."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from converter.markup.dates import read_date
from converter.readers.pandoc import ast
from converter.readers.pandoc.account import words
from converter.readers.pandoc.context import Context
from converter.readers.pandoc.review import Properties

_TITLES: Final = ("title", "subtitle", "abstract")
_LANGUAGES: Final = ("lang", "language")
_TAGS: Final = ("keywords", "tags", "subject", "categories")
_DATES: Final = ("date",)
_AUTHORS: Final = ("author", "authors", "creator")


class Metadata(NamedTuple):
    """The fields of a document that come from metadata, and the texts that do."""

    title: ast.Inlines
    subtitle: ast.Inlines
    abstract: ast.Blocks
    authors: tuple[str, ...]
    date: str
    language: str
    tags: tuple[str, ...]


def read_metadata(
    meta: dict[str, ast.MetaValue], properties: Properties, context: Context
) -> Metadata:
    """Return what is known of the document. What no field is for, is dropped.

    What the text says goes before what the package says.
    """
    language = _first(meta, _LANGUAGES, context) or _add(properties.language, context)
    printed = _first(meta, _DATES, context)
    for name, value in meta.items():
        if name not in (*_TITLES, *_LANGUAGES, *_TAGS, *_DATES, *_AUTHORS):
            context.drop(value, f"metadata: {name}")
    date = printed or _add(properties.date, context)
    return Metadata(
        title=_inlines(meta.get("title")),
        subtitle=_inlines(meta.get("subtitle")),
        abstract=_blocks(meta.get("abstract")),
        authors=_each(meta, _AUTHORS, context)
        or tuple(_add(author, context) for author in properties.authors),
        date=read_date(date, language) or date,
        language=language,
        tags=tuple(dict.fromkeys(_each(meta, _TAGS, context)))
        or tuple(_add(tag, context) for tag in properties.tags),
    )


def _add(value: str, context: Context) -> str:
    """Return ``value``, which the package has, and count it."""
    context.add_field(value)
    return value


def _first(meta: dict[str, ast.MetaValue], names: tuple[str, ...], context: Context) -> str:
    """Return the first value that has one of ``names``, and drop the others."""
    found = ""
    for name in names:
        value = " ".join(words(meta.get(name)))
        if value and not found:
            found = value
            context.keep(meta.get(name))
        elif value:
            context.drop(meta.get(name), f"metadata: a second {names[0]}")
    return found


def _each(
    meta: dict[str, ast.MetaValue], names: tuple[str, ...], context: Context
) -> tuple[str, ...]:
    """Return the values of a list, each as one text."""
    found: list[str] = []
    for name in names:
        context.keep(meta.get(name))
        found += filter(None, (" ".join(words(value)) for value in _members(meta.get(name))))
    return tuple(found)


def _members(value: ast.MetaValue | None) -> Iterator[ast.MetaValue]:
    match value:
        case ast.MetaList(c=values):
            yield from values
        case None:
            pass
        case _:
            yield value


def _inlines(value: ast.MetaValue | None) -> ast.Inlines:
    """Return a value as inline nodes, paragraphs of it with line breaks between them."""
    match value:
        case ast.MetaInlines(c=kids):
            return kids
        case ast.MetaString(c=text):
            return (ast.Str(text),)
        case ast.MetaBlocks(c=blocks):
            joined: list[ast.Inline] = []
            for block in blocks:
                joined += (ast.LineBreak(),) if joined else ()
                joined += block.c if isinstance(block, ast.Para | ast.Plain) else ()
            return tuple(joined)
        case _:
            return ()


def _blocks(value: ast.MetaValue | None) -> ast.Blocks:
    match value:
        case ast.MetaBlocks(c=blocks):
            return blocks
        case ast.MetaInlines(c=kids):
            return (ast.Para(kids),)
        case ast.MetaString(c=text):
            return (ast.Para((ast.Str(text),)),)
        case ast.MetaList(c=values):
            return tuple(block for each in values for block in _blocks(each))
        case _:
            return ()
