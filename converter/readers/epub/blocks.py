"""Blocks of an edition: from elements to block nodes."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias, get_args

from converter.container import Element
from converter.model import (
    Block,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Figure,
    Heading,
    Image,
    Inline,
    LineBlock,
    List,
    ListItem,
    PageBreak,
    Paragraph,
    ParagraphRole,
    Quote,
    Row,
    Rule,
    Section,
    Table,
    Text,
)
from converter.readers.epub.inlines import Inlines
from converter.readers.epub.survey import XHTML, classes, number, types
from converter.walk import joined

Aside: TypeAlias = Callable[[Element], None]

_ROLES: Final[frozenset[str]] = frozenset(get_args(ParagraphRole)) - {""}
_RANKS: Final = {f"h{rank}": rank for rank in range(1, 7)}
_CODE: Final = "language-"
# Containers that say nothing which the model could hold.
_BARE: Final = frozenset({"div", "article", "main", "header", "footer", "aside", "figcaption"})


class Blocks:
    """Reads the blocks of one file; what ``aside`` names is no block, and read by what it gives."""

    def __init__(self, inlines: Inlines, aside: dict[str, Aside]) -> None:
        self._inlines = inlines
        self._account = inlines.account
        self._prov = inlines.prov
        self._aside = aside
        self._tags: dict[str, Callable[[Element, int], Iterator[Block]]] = {
            "p": self._paragraph,
            "section": self._section,
            "ol": self._list,
            "ul": self._list,
            "dl": self._definitions,
            "blockquote": self._quote,
            "pre": self._code,
            "table": self._table,
            "figure": self._figure,
            "hr": self._rule,
            **dict.fromkeys(_RANKS, self._heading),
            **dict.fromkeys(_BARE, self._flow),
        }

    def children(
        self, element: Element, level: int, without: tuple[Element | None, ...] = ()
    ) -> tuple[Block, ...]:
        """Return what is in ``element`` as blocks; ``level`` is that of its outermost headings.

        What is in the elements ``without`` is left out.
        """
        return tuple(self._flow(element, level, without))

    def _flow(
        self, element: Element, level: int, without: tuple[Element | None, ...] = ()
    ) -> Iterator[Block]:
        """Yield the blocks in ``element``; running text between them is a paragraph."""
        run: list[Inline] = [*self._inlines.before(element)]
        for child in element:
            read = self._block(child)
            if child in without:
                pass
            elif read is None:
                run += self._inlines.node(child)
            else:
                yield from self._ended(run)
                yield from read(child, level)
            run += self._inlines.behind(child)
        yield from self._ended(run)

    def _block(self, element: Element) -> Callable[[Element, int], Iterator[Block]] | None:
        """Return what reads ``element``, None for what stands in running text."""
        names = [*classes(element), *types(element)]
        aside = next((self._aside[name] for name in names if name in self._aside), None)
        if aside is not None:
            return lambda found, _: self._set_aside(found, aside)
        if "pagebreak" in names:
            return None
        return self._tags.get(str(element.tag).removeprefix(XHTML))

    def _set_aside(self, element: Element, aside: Aside) -> Iterator[Block]:
        aside(element)
        yield from ()

    def _ended(self, run: list[Inline]) -> Iterator[Block]:
        """Yield the blocks that ``run`` makes, and empty it: pages alone are no paragraph."""
        nodes = tuple(_trimmed(joined(run)))
        run.clear()
        breaks = [node for node in nodes if isinstance(node, PageBreak)]
        blank = all(isinstance(node, PageBreak) or _is_blank(node) for node in nodes)
        if breaks and blank:
            yield from breaks
        elif not blank:
            yield Paragraph(nodes, prov=self._prov)

    # ---------------------------------------------------------------------------- blocks

    def _paragraph(self, element: Element, level: int) -> Iterator[Block]:  # noqa: ARG002 - as all
        names = classes(element)
        if "generated" in names:
            self._account.drop(element, "generated")
        elif "lines" in names:
            yield LineBlock(tuple(self._lines(element)), self._prov)
        else:
            role = next((name for name in names if name in _ROLES), "")
            children = self._inlines.children(element)
            if "added" not in names or any(not _is_blank(node) for node in children):
                yield Paragraph(children, role, self._prov)  # type: ignore[arg-type] # one of them

    def _lines(self, element: Element) -> Iterator[tuple[Inline, ...]]:
        line: list[Inline] = [*self._inlines.before(element)]
        for child in element:
            if child.tag == f"{XHTML}br" and "within" not in classes(child):
                yield tuple(joined(line))
                line = []
            else:
                line += self._inlines.node(child)
            line += self._inlines.behind(child)
        yield tuple(joined(line))

    def _heading(self, element: Element, level: int) -> Iterator[Block]:
        if "generated" in classes(element):
            self._account.drop(element, "generated")
        else:
            below = max(1, _rank(element) - level + 1)
            yield Heading(self._inlines.children(element), below, self._prov)

    def _section(self, element: Element, level: int) -> Iterator[Block]:
        first = element[0] if len(element) else None
        opens = first is not None and first.tag.removeprefix(XHTML) in _RANKS
        heading = None
        if first is not None and opens and _rank(first) == level:
            below = number(first.get("data-level"), 1)
            heading = Heading(self._inlines.children(first), below, self._prov)
        kids = self.children(element, level + 1, (first,) if heading else ())
        attached = "attachment" in classes(element)
        yield Section(kids, heading, "attachment" if attached else "section", self._prov)

    def _quote(self, element: Element, level: int) -> Iterator[Block]:
        yield Quote(self.children(element, level), self._prov)

    def _code(self, element: Element, level: int) -> Iterator[Block]:  # noqa: ARG002 - as all
        names = [name for each in element.iter() for name in classes(each)]
        marked = next((name for name in names if name.startswith(_CODE)), _CODE)
        yield CodeBlock(self._account.whole(element), marked.removeprefix(_CODE), self._prov)

    def _rule(self, element: Element, level: int) -> Iterator[Block]:  # noqa: ARG002 - as all
        yield Rule(self._prov)

    def _list(self, element: Element, level: int) -> Iterator[Block]:
        items = tuple(self._item(each, level) for each in element.iterfind(f"{XHTML}li"))
        start = number(element.get("start"), 1)
        yield List(items, element.tag == f"{XHTML}ol", start, self._prov)

    def _item(self, element: Element, level: int) -> ListItem:
        marker = element.find(f"{XHTML}span[@class='marker']")
        if marker is None:
            return ListItem(self.children(element, level), prov=self._prov)
        label = self._account.whole(marker)
        return ListItem(self.children(element, level, (marker,)), label, self._prov)

    def _definitions(self, element: Element, level: int) -> Iterator[Block]:
        items: list[Definition] = []
        for each in element.iterchildren(f"{XHTML}dt", f"{XHTML}dd"):
            if each.tag == f"{XHTML}dt":
                items.append(Definition(self._inlines.children(each), ()))
            else:
                last = items.pop() if items else Definition((), ())
                kids = (*last.children, *self.children(each, level))
                items.append(Definition(last.term, kids))
        yield DefinitionList(tuple(items), self._prov)

    def _table(self, element: Element, level: int) -> Iterator[Block]:
        caption = element.find(f"{XHTML}caption")
        named = () if caption is None else self._inlines.children(caption)
        rows = tuple(Row(tuple(self._cell(cell, level) for cell in row)) for row in _rows(element))
        yield Table(rows, named, self._prov)

    def _cell(self, element: Element, level: int) -> Cell:
        return Cell(
            self.children(element, level),
            header=element.tag == f"{XHTML}th" or "header" in classes(element),
            colspan=number(element.get("colspan"), 1),
            rowspan=number(element.get("rowspan"), 1),
        )

    def _figure(self, element: Element, level: int) -> Iterator[Block]:
        first = element[0] if len(element) else None
        read = () if first is None or self._block(first) else tuple(self._inlines.node(first))
        if first is None or len(read) != 1 or not isinstance(read[0], Image):
            yield from self.children(element, level)
            return
        caption = element.find(f"{XHTML}figcaption")
        blocks = () if caption is None else self.children(caption, level)
        yield Figure(read[0], blocks, self._prov)


def _rows(table: Element) -> Iterator[Element]:
    """Yield the rows of ``table``, not those of tables in its cells."""
    for child in table:
        if child.tag == f"{XHTML}tr":
            yield child
        elif child.tag in {f"{XHTML}{name}" for name in ("thead", "tbody", "tfoot")}:
            yield from child.iterfind(f"{XHTML}tr")


def _rank(heading: Element) -> int:
    """Return the rank of ``heading``, the one that it had before gaps were closed."""
    return number(heading.get("data-rank"), _RANKS[heading.tag.removeprefix(XHTML)])


def _is_blank(node: Inline) -> bool:
    return isinstance(node, Text) and not node.text.strip()


def _trimmed(nodes: Iterable[Inline]) -> Iterator[Inline]:
    """Yield ``nodes`` without the line ends around them, with which editors set out markup."""
    held = list(nodes)
    for position, node in enumerate(held):
        if not isinstance(node, Text):
            yield node
            continue
        text = node.text
        if position == 0 and "\n" in text[: len(text) - len(text.lstrip())]:
            text = text.lstrip()
        if position == len(held) - 1 and "\n" in text[len(text.rstrip()) :]:
            text = text.rstrip()
        if text:
            yield Text(text)
