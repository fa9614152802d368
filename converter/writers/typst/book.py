"""A book as Typst: templates, title page, contents, parts, documents, in one source."""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Final, NamedTuple

from converter.assets import template
from converter.model import Book, Part, Text
from converter.options import Options, PdfOptions
from converter.words import words
from converter.writers.language import tag
from converter.writers.pictures import Pictures
from converter.writers.targets import targets
from converter.writers.titles import heading, introduction, published, short
from converter.writers.typst.document import article
from converter.writers.typst.formulas import Formulas
from converter.writers.typst.languages import direction, language
from converter.writers.typst.markup import Code, Markup, call, text, value
from converter.writers.typst.notes import body
from converter.writers.typst.scope import Scope

_DEEPEST_HEADING: Final = 6
# As many letters as make a title page of a few lines.
_LONG_TITLE: Final = 120
# What a sheet becomes when it is folded.
_HALVES: Final = {"A4": "a5", "Letter": "half-letter", "A5": "a6"}
_UNDATED: Final = "1980-01-01T00:00:00+00:00"


class Fixes(NamedTuple):
    """What a trial has shown to be necessary.

    Boxes stand for ``unprintable`` characters, which no font has with the marks upon them.
    Around the ``loose`` calls, named by their labels, lines are not kept together; the notes of
    those ``apart`` stand at the document's end. ``tall`` names the tables of which a row is taller
    than a page, or that are too wide for one however squeezed, None where that was not tried.
    ``wide`` names those that are to be squeezed.
    """

    unprintable: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()
    tall: frozenset[str] | None = None
    wide: frozenset[str] = frozenset()


_NONE: Final = Fixes()


class Ranks:
    """Gives headings their ranks such that none is left out: PDF/UA-1, clause 7.4.2."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, wanted: int) -> int:
        """Return the rank of the next heading, ``wanted`` or one that may follow the last."""
        self._last = min(wanted, self._last + 1, _DEEPEST_HEADING)
        return self._last


def source(
    book: Book,
    pictures: Pictures,
    options: Options,
    *,
    formulas: Formulas,
    fixes: Fixes = _NONE,
) -> str:
    """Return ``book`` as Typst, its ``formulas`` set, which needs no file but ``pictures``."""
    looks = "\n".join(
        template(f"typst/{name}.typ", options.templates).read_text(encoding="utf-8")
        for name in _looks(options.pdf)
    )
    scope = partial(
        Scope,
        targets=targets(book.documents),
        pictures=pictures,
        formulas=formulas,
        words=words(book.language),
        body=body,
        options=options.pdf,
        loose=fixes.loose,
        apart=fixes.apart,
        tall=fixes.tall,
        wide=fixes.wide,
    )
    opening = f"{looks}\n{_opening(book, options.pdf)}{_boxes(fixes.unprintable)}\n"
    return opening + "\n".join(_contents(book, options.pdf, scope))


def _boxes(unprintable: Collection[str]) -> str:
    """Return the rule that shows a box for each of these characters, nothing if there are none."""
    numbered = (
        "".join(f"\\\\x{{{ord(each):x}}}" for each in character)
        # The longest first, as the first that fits is taken.
        for character in sorted(unprintable, key=lambda each: (-len(each), each))
    )
    either = "|".join(numbered)
    return f'#show regex("{either}"): no-glyph\n' if either else ""


def _looks(options: PdfOptions) -> list[str]:
    """Return the names of the templates, those that say what others use before these."""
    folded = options.layout == "booklet"
    paper = _HALVES[options.page] if folded else options.page.lower()
    names = [paper, options.layout]
    if options.large_print:
        names.append("large-print")
    if options.columns > 1:
        names.append("columns")
    return [*names, "style"]


def moment(book: Book) -> datetime:
    """Return when ``book`` was changed last, in UTC, and a fixed moment where that is not known.

    A date without a time zone is one in UTC.
    """
    try:
        date = datetime.fromisoformat(book.modified)
    except ValueError:
        date = datetime.fromisoformat(_UNDATED)
    return date.astimezone(UTC) if date.tzinfo else date.replace(tzinfo=UTC)


def _opening(book: Book, options: PdfOptions) -> Markup:
    """Return what sets up the pages for all that follows."""
    languages = (book.language, *(document.language for document in book.documents))
    known = language(next(filter(None, map(tag, languages)), ""))
    title = _title(book)
    date = moment(book)
    stamp = f"datetime(year: {date.year}, month: {date.month}, day: {date.day}, "
    stamp += f"hour: {date.hour}, minute: {date.minute}, second: {date.second})"
    set_up = call(
        "book.with",
        title=title,
        short=text(short(title, options)),
        authors=book.authors,
        date=Code(stamp),
        lang=known.lang,
        script=known.script,
        region=known.region,
        dir_=Code(direction([Text(title)]) or "ltr"),
    )
    # Typographic quotes are the source's business.
    return Markup(f"#show: {set_up[1:]}\n#set smartquote(enabled: false)\n")


def _contents(book: Book, options: PdfOptions, scope: Callable[..., Scope]) -> Iterator[Markup]:
    """Yield the parts of the book in reading order; ``scope`` makes that of a document."""
    imprint = {"date": published(book), "rights": book.rights}
    has_title_page = options.layout != "handout"
    if options.cover:
        yield _title_page("cover", book, **({} if has_title_page else imprint))
    if has_title_page:
        yield _title_page("title-page", book, **imprint)
    ranks = Ranks()
    if len(book.documents) > 1:
        title = text(words(book.language).contents)
        yield call("contents", title=title, level=ranks.next(1))
    yield Markup("#show: text-pages")
    for place, part in enumerate(book.parts, 1):
        if part.title:
            yield _part(part, ranks, place)
        opening = introduction(part)
        for document in part.documents:
            own = scope(document, rank=_below(ranks, part.depth))
            yield article(document, own, listed=document is not opening)


def _below(ranks: Ranks, depth: int) -> Callable[[int], int]:
    """Return a function that gives ranks counted from that of the documents of a part."""
    return lambda level: ranks.next(depth + level)


def _title(book: Book) -> str:
    """Return the title of ``book`` or of its first document: PDF/UA-1 wants one (clause 7.1)."""
    return book.title or next(map(heading, book.documents), book.identifier)


def _title_page(name: str, book: Book, **lines: str) -> Markup:
    """Return title page or cover, with those of ``lines`` that are not empty."""
    title = _title(book)
    return call(
        name,
        title=text(title),
        long=len(title) > _LONG_TITLE or None,
        authors=Code(value(tuple(text(author) for author in book.authors))),
        **{key: text(line) or None for key, line in lines.items()},
    )


def _part(part: Part, ranks: Ranks, place: int) -> Markup:
    return call(
        "part", text(part.title), id_=f"part{place}", level=ranks.next(part.level), depth=part.level
    )
