"""From elements to nodes of the model: one pass over the page, without recursion.

An element opens a frame; text and inline nodes gather in the run of the paragraph that is open;
a block ends the run. An inline element around blocks (``<a><h2>``, ``<b><p>``) so applies to the
text of each. What stands in an element's place is decided beforehand, by ``marks``.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from converter.markup.frames import FRAMES, Frame, inlines_of
from converter.markup.links import Links
from converter.markup.page import BLOCKS, Element, Page, Span, identity, is_visible
from converter.model import (
    Block,
    Code,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
    PageBreak,
    Paragraph,
    Prov,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from converter.pictures import Pictures
from converter.report import Report

# What stands in the place of an element; an empty tuple for nothing.
Marks: TypeAlias = Mapping[Element, tuple[Inline, ...]]
Children: TypeAlias = tuple[Inline, ...]

# Deeper nesting of blocks and of styles than anybody means; writers give up not far below.
DEEPEST: Final = 30
_SPACES: Final = " \t\n\r\f"
_CHUNKS: Final = re.compile(rf"[{_SPACES}]+|[^{_SPACES}]+")

_STYLES: Final[Mapping[str, Callable[[Children], Inline]]] = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), Emphasis),
    **dict.fromkeys(("b", "strong"), Strong),
    **dict.fromkeys(("s", "del", "strike"), Strikeout),
    **dict.fromkeys(("u", "ins"), Underline),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), lambda kids: _code(kids)),
    "sup": Superscript,
    "sub": Subscript,
}
# Styles that pages saved by word processors give in the place of elements.
_CSS: Final = (
    (re.compile(r"font-variant(?:-caps)?:\s*small-caps"), SmallCaps),
    (re.compile(r"font-style:\s*(?:italic|oblique)"), Emphasis),
    (re.compile(r"font-weight:\s*(?:bold|[6-9]00)"), Strong),
    (re.compile(r"text-decoration(?:-line)?:[^;]*line-through"), Strikeout),
    (re.compile(r"vertical-align:\s*super"), Superscript),
    (re.compile(r"vertical-align:\s*sub(?!\w)"), Subscript),
)


class Builder:
    """Makes nodes of the elements of one page.

    ``breaks`` reads line feeds as WordPress does: one is a line break, two end a paragraph
    (https://developer.wordpress.org/reference/functions/wpautop/).
    """

    def __init__(
        self,
        page: Page,
        links: Links,
        report: Report,
        *,
        pictures: Pictures,
        marks: Marks,
        breaks: bool = False,
    ) -> None:
        self._page = page
        self._links = links
        self._report = report
        self._pictures = pictures
        self._marks = marks
        self._breaks = breaks
        self._flattened = False
        self.unlinked = 0

    def blocks(self, element: Element) -> tuple[Block, ...]:
        """Return what is in ``element`` as blocks, and claim it."""
        return self.split(element, None)[1]

    def split(
        self, element: Element, at: Element | None
    ) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        """Return the blocks of ``element`` that begin before ``at``, and those after it."""
        run = _Run(self._page, element, top_level(self._page, element, self._marks))
        before = 0
        for child, entering in self._steps(element):
            if entering:
                if child is at:
                    run.end_paragraph()
                    before = run.count()
                self._enter(run, child)
            else:
                self._leave(run, child)
        blocks = run.finish()
        return blocks[:before], blocks[before:]

    def inlines(self, element: Element) -> tuple[Inline, ...]:
        """Return what is in ``element`` as inline nodes, a line break between paragraphs."""
        return inlines_of(self.blocks(element))

    # ---------------------------------------------------------------- the pass

    def _steps(self, root: Element) -> Iterator[tuple[Element, bool]]:
        """Yield the elements in ``root`` as they are entered and left; those marked, once."""
        open_: list[tuple[Element, Iterator[Element]]] = [(root, iter(root))]
        yield root, True
        while open_:
            element, rest = open_[-1]
            child = next(rest, None)
            if child is None:
                open_.pop()
                yield element, False
            elif child in self._marks or not is_visible(child):
                yield child, True
                yield child, False
            else:
                yield child, True
                leaf = child.tag in {"img", "math", "svg"}
                open_.append((child, iter(() if leaf else child)))

    def _enter(self, run: "_Run", element: Element) -> None:
        if element is run.root:
            self._text(run, self._page.own(element))
            run.opened.append(element)
        elif element in self._marks:
            if element.tag in BLOCKS:
                run.end_paragraph()
            self._stand_in(run, element)
        elif is_visible(element):
            self._open(run, element)
            run.opened.append(element)

    def _stand_in(self, run: "_Run", element: Element) -> None:
        """Add the nodes in place of ``element``, and the space at its ends that parts words."""
        text = self._page.text[slice(*self._page.span(element))]
        nodes = self._marks[element]
        if text[:1].isspace() and not nodes:
            run.space(" ")
        for node in nodes:
            run.add(node)
        if text[-1:].isspace():
            run.space(" ")

    def _leave(self, run: "_Run", element: Element) -> None:
        if run.opened and run.opened[-1] is element:
            run.close(element)
            run.opened.pop()
        if element is not run.root:
            self._text(run, self._page.tail(element))

    def _open(self, run: "_Run", element: Element) -> None:
        match element.tag:
            case "br":
                run.line_break()
            case "img":
                self._image(run, element)
            case "math" | "script":
                span = self._page.own(element)
                self._page.keep(span)
                self._formula(run, element, self._page.text[slice(*span)])
            case "iframe" | "video" | "audio" | "object" | "embed" | "canvas" | "svg":
                self._media(run, element)
            case "table" if is_layout(element):
                run.end_paragraph()
                self._text(run, self._page.own(element))
            case tag if tag in FRAMES:
                if not run.open_frame(element, deepest=DEEPEST):
                    self._flatten(element)
                self._text(run, self._page.own(element))
            case tag if tag in BLOCKS:
                run.end_paragraph()
                self._text(run, self._page.own(element))
            case _:
                self._inline(run, element)

    def _formula(self, run: "_Run", element: Element, text: str) -> None:
        if text[:1].isspace():
            run.space(" ")
        if tex := text.strip():
            run.add(Math(tex, display=_is_display(element)))
        if text[-1:].isspace():
            run.space(" ")

    def _inline(self, run: "_Run", element: Element) -> None:
        style = self._style(element)
        if style is not None and not run.open_style(element, style, deepest=DEEPEST):
            self._flatten(element)
        self._text(run, self._page.own(element))

    def _style(self, element: Element) -> Callable[[Children], Inline] | None:
        if element.tag == "a":
            href = element.get("href")
            target = self._links.absolute(href) if href else None
            if target is not None:
                return lambda kids: Link(kids, target)
            self.unlinked += bool(href and not href.startswith(("#", "javascript:")))
            return None
        if element.tag in _STYLES:
            return _STYLES[element.tag]
        css = (element.get("style") or "").lower()
        return next((kind for pattern, kind in _CSS if css and pattern.search(css)), None)

    def _image(self, run: "_Run", element: Element) -> None:
        """Add a picture, one with an address on the web by that address if it is left there."""
        span = self._page.own(element)
        alt = " ".join(self._page.text[slice(*span)].split())
        self._page.keep(span)
        src = _source_of(element)
        address = self._links.absolute(src)
        name = self._pictures.take(src, self._page.place(element), address=address)
        run.add(Image(name, alt, self._page.prov(element)))

    def _media(self, run: "_Run", element: Element) -> None:
        if element.tag in BLOCKS:
            run.end_paragraph()
        src = element.get("src") or element.get("data") or ""
        if src and element.tag != "svg":
            text = f"{element.tag} from {src} has no place in a book"
            self._report.info("media-left-out", text, prov=self._page.place(element))
        self._text(run, self._page.own(element))

    def _flatten(self, element: Element) -> None:
        if not self._flattened:
            text = f"elements nest more than {DEEPEST} deep; what is below stands level"
            self._report.warn("nesting-flattened", text, prov=self._page.place(element))
        self._flattened = True

    # ---------------------------------------------------------------- text

    def _text(self, run: "_Run", span: Span) -> None:
        """Add the text of ``span``, except what somebody has claimed for another use."""
        for start, end in tuple(self._page.free(span)):
            if run.in_pre():
                run.add_raw(self._page.text[start:end])
                self._page.keep((start, end))
                continue
            for chunk in _CHUNKS.finditer(self._page.text, start, end):
                if chunk[0][0] in _SPACES:
                    run.space(chunk[0] if self._breaks else " ")
                else:
                    run.word(chunk[0])
                    self._page.keep(chunk.span())


class _Run:
    """Frames and styles that are open, and the paragraph that is being gathered."""

    def __init__(self, page: Page, root: Element, level: int) -> None:
        self.root = root
        self.opened: list[Element] = []
        self._page = page
        self._frames = [Frame(root, Prov(page.name, element=identity(root)), level)]
        self._styles: list[tuple[Element, Callable[[Children], Inline]]] = []
        self._inlines: list[list[Inline]] = [[]]
        self._words: list[str] = []
        self._space = ""
        self._spaced = False
        self._begun = False

    # ---------------------------------------------------------------- inline

    def word(self, text: str) -> None:
        self._settle_space()
        self._words.append(text)
        self._begun, self._spaced = True, False

    def space(self, text: str) -> None:
        # Behind a space that stands already, only line feeds can still mean something.
        self._space += text.strip(" \t") if self._spaced else text

    def add(self, node: Inline) -> None:
        self._settle_space()
        self._settle_words()
        self._inlines[-1].append(node)
        self._begun, self._spaced = True, False

    def add_raw(self, text: str) -> None:
        self._words.append(text)

    def line_break(self) -> None:
        if self.in_pre():
            self.add_raw("\n")
            return
        self._settle_words()
        self._space = ""
        self._inlines[-1].append(LineBreak())
        # White space after it counts as much as at the beginning of a paragraph.
        self._begun = False

    def in_link(self) -> bool:
        return any(element.tag == "a" for element, _ in self._styles)

    def in_pre(self) -> bool:
        return bool(self._frames[-1].element.tag == "pre")

    def open_style(
        self, element: Element, style: Callable[[Children], Inline], *, deepest: int
    ) -> bool:
        """Begin what ``style`` makes of what comes; False if styles already nest too deep."""
        if len(self._styles) >= deepest:
            return False
        if element.tag == "a" and self.in_link():
            return True
        # The space before an element stands outside it.
        if self._begun:
            self._settle_space()
        self._settle_words()
        self._styles.append((element, style))
        self._inlines.append([])
        return True

    def _settle_space(self) -> None:
        feeds = self._space.count("\n")
        spaced, self._space = bool(self._space), ""
        if not self._begun or not spaced:
            return
        if feeds > 1 and self._frames[-1].breaks:
            self.end_paragraph()
        elif feeds and self._frames[-1].breaks:
            self._settle_words()
            self._inlines[-1].append(LineBreak())
        else:
            self._words.append(" ")
        self._spaced = True

    def _settle_words(self) -> None:
        if self._words:
            self._inlines[-1].append(Text("".join(self._words)))
            self._words = []

    # ---------------------------------------------------------------- blocks

    def open_frame(self, element: Element, *, deepest: int) -> bool:
        """Begin a block of its own; False if blocks already nest too deep."""
        self.end_paragraph()
        if len(self._frames) >= deepest:
            return False
        prov = Prov(self._page.name, element=identity(element))
        self._frames.append(Frame(element, prov, self._frames[0].level))
        return True

    def close(self, element: Element) -> None:
        """End whatever ``element`` began."""
        if self._styles and self._styles[-1][0] is element:
            self._settle_words()
            self._close_style()
            return
        if element is not self.root and self._frames[-1].element is element:
            self.end_paragraph()
            frame = self._frames.pop()
            self._frames[-1].kids.extend(frame.nodes())
        elif element.tag in BLOCKS and element.tag != "br":
            self.end_paragraph()

    def end_paragraph(self) -> None:
        """Put what was gathered into a paragraph; the styles that are open go on in the next."""
        self._settle_words()
        styles = list(self._styles)
        while self._styles:
            self._close_style()
        nodes = _trimmed(self._inlines[0])
        if nodes:
            here = self.opened[-1] if self.opened else self.root
            prov = Prov(self._page.name, element=identity(here))
            self._frames[-1].kids.extend(_paragraph(nodes, prov))
        self._styles = styles
        self._inlines = [[] for _ in range(len(styles) + 1)]
        self._space, self._begun, self._spaced = "", False, False

    def _close_style(self) -> None:
        _, style = self._styles.pop()
        kids = self._inlines.pop()
        if kids:
            self._inlines[-1].append(style(tuple(kids)))

    def count(self) -> int:
        """Return how many blocks are complete at top level."""
        return len(self._frames[0].kids)

    def finish(self) -> tuple[Block, ...]:
        self.end_paragraph()
        while len(self._frames) > 1:
            frame = self._frames.pop()
            self._frames[-1].kids.extend(frame.nodes())
        return self._frames[0].blocks()


def top_level(page: Page, element: Element, marks: Marks) -> int:
    """Return the level of the highest heading in ``element`` that is text of it, 1 to 6."""
    levels = [
        int(each.tag[1])
        for each in element.iter("h1", "h2", "h3", "h4", "h5", "h6")
        if each not in marks and page.rest(each)
    ]
    return min(levels, default=1)


def is_layout(table: Element) -> bool:
    """Whether ``table`` only lays out a page: it says so, holds tables, or has one cell."""
    if table.get("role") in {"presentation", "none"}:
        return True
    inner = next(table.iterdescendants("table"), None)
    return inner is not None or len(list(table.iter("td", "th"))) < 2


def _paragraph(nodes: tuple[Inline, ...], prov: Prov) -> tuple[Block, ...]:
    if all(isinstance(node, PageBreak) for node in nodes):
        return tuple(node for node in nodes if isinstance(node, PageBreak))
    return (Paragraph(nodes, prov=prov),)


def _trimmed(nodes: list[Inline]) -> tuple[Inline, ...]:
    """Return ``nodes`` without line breaks at either end."""
    start, end = 0, len(nodes)
    while start < end and isinstance(nodes[start], LineBreak):
        start += 1
    while end > start and isinstance(nodes[end - 1], LineBreak):
        end -= 1
    return tuple(nodes[start:end])


def _code(kids: Children) -> Inline:
    if all(isinstance(kid, Text) for kid in kids):
        return Code("".join(kid.text for kid in kids if isinstance(kid, Text)))
    return Emphasis(kids)


def _source_of(img: Element) -> str:
    """Return where a picture is; pages that load it late say so in another attribute."""
    given = (img.get(name) or "" for name in ("src", "data-src", "data-lazy-src", "data-original"))
    sources = [src.strip() for src in given if src.strip()]
    return next((src for src in sources if not src.startswith("data:")), "".join(sources[:1]))


def _is_display(element: Element) -> bool:
    return element.get("display") == "block" or "mode=display" in (element.get("type") or "")
