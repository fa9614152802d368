"""Pieces of HTML that exports keep in fields: titles, posts, comments, each read by itself."""

from converter.markup.build import Builder, Marks
from converter.markup.links import Links
from converter.markup.notes import find_notes
from converter.markup.page import Page, parse_fragment
from converter.model import Block, Inline, Note, Prov
from converter.pictures import Pictures
from converter.report import Report


class Texts:
    """Reads the pieces of one document, and keeps their pages for the account of it.

    ``place`` is where the document stands in its source.
    """

    def __init__(self, place: Prov, links: Links, pictures: Pictures, report: Report) -> None:
        self.pages: list[Page] = []
        self.pictures = pictures
        self._place = place
        self._links = links
        self._report = report
        self._builders: list[Builder] = []

    def title(self, markup: str) -> tuple[Inline, ...]:
        """Return ``markup`` as inline nodes."""
        page = self._page(markup)
        return self._builder(page, {}, breaks=False).inlines(page.root)

    def blocks(self, markup: str, *, breaks: bool) -> tuple[Block, ...]:
        """Return ``markup``, a text without notes, as blocks."""
        page = self._page(markup)
        return self._builder(page, {}, breaks=breaks).blocks(page.root)

    def body(self, markup: str, *, breaks: bool) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
        """Return ``markup`` as blocks, and the notes in it."""
        page = self._page(markup)
        notes = find_notes(page, page.root, self._links, self._report)

        def build() -> Builder:
            return self._builder(page, notes.marks, breaks=breaks)

        return build().blocks(page.root), notes.notes(page, build)

    def drop(self, markup: str, reason: str, *, line: int | None = None) -> None:
        """Account for ``markup``, a text at ``line`` that is left out."""
        page = self._page(markup, line or 0)
        page.drop(page.root, reason)

    def warn_of_links(self) -> None:
        """Report how many links lead nowhere that is known."""
        if unlinked := sum(builder.unlinked for builder in self._builders):
            text = f"{unlinked} links lead to addresses that the source does not give whole"
            self._report.info("link-dropped", text, prov=self._place)

    def _page(self, markup: str, line: int = 0) -> Page:
        page = parse_fragment(markup, self._place.source, line=line or self._place.line or 0)
        self.pages.append(page)
        return page

    def _builder(self, page: Page, marks: Marks, *, breaks: bool) -> Builder:
        builder = Builder(
            page, self._links, self._report, pictures=self.pictures, marks=marks, breaks=breaks
        )
        self._builders.append(builder)
        return builder
