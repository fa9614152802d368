"""A page being read: its elements, its visible text, and what has become of every character.

The visible text is the text of the elements in order, with the alternative of each picture and
the TeX of each formula in their places, and a line feed wherever the layout would end a line or
cell. Spans are pairs of offsets into it, the end excluded. Each character is claimed once: as
text of the model, as a field of it, as structure, or as dropped. The ledger is counted from these
claims, and ``kept_words`` lets a reader prove that what it claims to have kept is what the model
holds.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from lxml import etree

from converter.errors import SourceError
from converter.ledger import (
    DROPPED,
    FIELD,
    STRUCTURE,
    TEXT,
    WORD,
    Drop,
    Ledger,
    account,
    kept_words,
)
from converter.markup.encoding import clean
from converter.model import Prov

Element: TypeAlias = etree._Element
Span: TypeAlias = tuple[int, int]


# https://html.spec.whatwg.org/multipage/rendering.html#hidden-elements
INVISIBLE: Final = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "link",
        "meta",
        "base",
        "area",
        "param",
        "source",
        "track",
        "datalist",
        "noembed",
        "noframes",
        "rp",
        "head",
    }
)
# https://html.spec.whatwg.org/multipage/rendering.html#flow-content-3, with what ends a cell
BLOCKS: Final = frozenset(
    {
        "html",
        "body",
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "dialog",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "caption",
        "colgroup",
        "col",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
        "button",
        "iframe",
        "video",
        "audio",
        "object",
        "canvas",
    }
)


# Elements that hold nothing; libxml2 does not know them, and puts what follows them into them.
# https://html.spec.whatwg.org/multipage/syntax.html#void-elements
_VOID: Final = ("bgsound", "embed", "keygen", "source", "track", "wbr")

# An element with more attributes than any page gives one.
_CROWDED: Final = re.compile(
    r"""<[a-z][^\s/>]*+"""
    r"""(?:[\s/]++[^\s=>/"'<]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++))?+){1001}""",
    re.IGNORECASE,
)
# Notes that stand in the middle of a sentence, by the classes of plug-ins: words do not run on
# into them. ``markup.notes`` reads them.
ASIDES: Final = frozenset(
    {
        "modern-footnotes-footnote__note",
        "sidenote",
        "sidenote-content",
        "marginnote",
        "shortcode-note",
        "footnote_tooltip",
    }
)
_SPACE: Final = re.compile(r"\s+")
_ASIDE_TAGS: Final = frozenset({"span", "small", "aside"})
# Elements whose visible text is a value, not what is in them.
_OPAQUE: Final = frozenset({"img", "math", "svg"})


class Page:
    """A parsed source, or a part of one, and the account of its visible text.

    ``line`` is where in its source a part begins that has no lines of its own, 0 if unknown.
    """

    def __init__(self, name: str, root: Element, *, line: int | None = None) -> None:
        self.name = name
        self.root = root
        self.line = line
        self.text = ""
        self._spans: dict[Element, Span] = {}
        self._tails: dict[Element, Span] = {}
        self._orders: dict[Element, Span] = {}
        self._lay_out()
        self._claims = bytearray(len(self.text))
        self._drops: list[tuple[int, Drop]] = []
        self._asides = [self._spans[each] for each in self._spans if is_aside(each)]

    def _lay_out(self) -> None:
        """Gather the visible text, and remember where in it each element stands."""
        pieces = _Pieces()
        open_: list[tuple[Element, int, Iterator[Element]]] = []
        element: Element | None = self.root
        while True:
            if element is not None:
                start = pieces.enter(element)
                self._orders[element] = (len(self._orders), 0)
                open_.append((element, start, iter(() if element.tag in _OPAQUE else element)))
            else:
                left, start, _ = open_.pop()
                self._spans[left] = (start, pieces.length)
                self._orders[left] = (self._orders[left][0], len(self._orders))
                pieces.leave(left)
                self._tails[left] = pieces.tail(left) if open_ else (0, 0)
            if not open_:
                break
            element = next(open_[-1][2], None)
            while element is not None and not is_visible(element):
                self._tails[element] = pieces.tail(element)
                element = next(open_[-1][2], None)
        self.text = pieces.joined()

    # ---------------------------------------------------------------- places

    def span(self, element: Element) -> Span:
        """Return where ``element`` stands with all that is in it, empty if it cannot be seen."""
        return self._spans.get(element, (0, 0))

    def own(self, element: Element) -> Span:
        """Return where the text before the first child of ``element`` stands."""
        if element not in self._spans:
            return (0, 0)
        start = self._spans[element][0]
        return (start, start + len(own_text(element)))

    def tail(self, element: Element) -> Span:
        """Return where the text between ``element`` and its next sibling stands."""
        return self._tails.get(element, (0, 0))

    def holds(self, outer: Element, inner: Element) -> bool:
        """Whether ``inner`` is ``outer`` or in it."""
        first, last = self.order(outer)
        return first <= self.order(inner)[0] < last

    def words(self, element: Element) -> str:
        """Return the visible text of ``element`` with single spaces."""
        return " ".join(self.text[slice(*self.span(element))].split())

    def order(self, element: Element) -> Span:
        """Return the place of ``element`` in the order of all elements, and that of its end.

        What is in an element has a place from its own, included, to its end, excluded.
        """
        return self._orders.get(element, (0, 0))

    def prov(self, element: Element) -> Prov:
        """Return where ``element`` is: its id or that of the nearest element around it."""
        return Prov(self.name, element=identity(element))

    def place(self, element: Element) -> Prov:
        """Return where ``element`` is as the line of the source, for messages."""
        return Prov(self.name, self._line(element))

    def _line(self, element: Element) -> int | None:
        if self.line is not None:
            return self.line or None
        line = element.sourceline
        return line if isinstance(line, int) else None

    # ---------------------------------------------------------------- claims

    def keep(self, span: Span) -> None:
        """Claim ``span`` as text of the model."""
        self._claim(span, TEXT)

    def field(self, span: Span) -> None:
        """Claim ``span`` as the value of a field: an author, a date, a number."""
        self._claim(span, FIELD)

    def structure(self, span: Span) -> None:
        """Claim what nobody has claimed of ``span`` as having become markup."""
        self._claim_rest(span, STRUCTURE)

    def structure_lead(self, element: Element) -> None:
        """Claim the white space that ``element`` begins with as markup: it parts no words."""
        start, end = self.span(element)
        space = _SPACE.match(self.text, start, end)
        if space and space.end() < end:
            self._claim(space.span(), STRUCTURE)

    def drop(self, element: Element, reason: str) -> None:
        """Claim what nobody has claimed of ``element`` as left out on purpose."""
        self.drop_span(self.span(element), reason, self._line(element))

    def drop_span(self, span: Span, reason: str, line: int | None = None) -> None:
        """Claim what nobody has claimed of ``span`` as left out on purpose."""
        if text := self._claim_rest(span, DROPPED):
            self._drops.append((span[0], Drop(text, reason, line)))

    def rest(self, element: Element) -> str:
        """Return what nobody has claimed yet of ``element``, with single spaces."""
        return " ".join(
            "".join(self.text[slice(*run)] for run in self.free(self.span(element))).split()
        )

    def free(self, span: Span) -> Iterator[Span]:
        """Yield the parts of ``span`` that nobody has claimed yet."""
        start, end = span
        for run in re.finditer(rb"\0+", bytes(self._claims[start:end])):
            yield (start + run.start(), start + run.end())

    def _claim(self, span: Span, claim: int) -> None:
        start, end = span
        self._claims[start:end] = bytes((claim,)) * (end - start)

    def _claim_rest(self, span: Span, claim: int) -> str:
        claimed: list[str] = []
        for run in self.free(span):
            words = list(WORD.finditer(self.text, *run))
            if words:
                # With the space between: what is cut out of a sentence parts no words.
                self._claim((words[0].start(), words[-1].end()), claim)
                claimed += (word[0] for word in words)
        return " ".join(claimed)

    # --------------------------------------------------------------- account

    def kept_words(self) -> Counter[str]:
        """Return the words claimed as text, and those that nobody claimed, with their counts."""
        claims = bytearray(self._claims)
        apart: list[str] = []
        for start, end in self._asides:
            apart += kept_words(self.text, bytes(claims), (start, end))
            claims[start:end] = bytes((STRUCTURE,)) * (end - start)
        return Counter(kept_words(self.text, bytes(claims), (0, len(claims))) + apart)

    def ledger(self) -> Ledger:
        """Return the account in words."""
        return account(self.text, bytes(self._claims), self._drops)


class _Pieces:
    """The visible text while it is gathered."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0

    def enter(self, element: Element) -> int:
        """Add the beginning of ``element``, and return where it is."""
        self._break(element)
        start = self.length
        self._add(clean(own_text(element)))
        return start

    def leave(self, element: Element) -> None:
        self._break(element)

    def tail(self, element: Element) -> Span:
        """Add the text that follows ``element``, and return where it stands."""
        start = self.length
        self._add(clean(element.tail or ""))
        return (start, self.length)

    def joined(self) -> str:
        return "".join(self._pieces)

    def _break(self, element: Element) -> None:
        if element.tag in BLOCKS:
            self._add("\n")

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        self.length += len(text)


def is_visible(element: Element) -> bool:
    """Whether ``element`` is one of those that a browser shows."""
    if element.tag == "script":
        return (element.get("type") or "").startswith("math/tex")
    return isinstance(element.tag, str) and element.tag not in INVISIBLE


def own_text(element: Element) -> str:
    """Return the text of ``element`` before its first child, or the value shown in its place."""
    match element.tag:
        case "img":
            return element.get("alt") or ""
        case "math":
            return tex_of(element)
        case "svg":
            return ""
        case _:
            return element.text or ""


def tex_of(math: Element) -> str:
    """Return the TeX of a MathML element where it says it, otherwise its bare text."""
    for note in math.iter("annotation"):
        if "tex" in (note.get("encoding") or "").lower():
            return (note.text or "").strip()
    return math.get("alttext") or "".join(str(text) for text in math.itertext())


def identity(element: Element) -> str | None:
    """Return the id of ``element`` or of the nearest element around it that has one."""
    for each in (element, *element.iterancestors()):
        if found := each.get("id"):
            return str(found)
    return None


def is_aside(element: Element) -> bool:
    """Whether ``element`` is a note in the middle of a sentence, and holds no other."""
    return _says_aside(element) and not any(map(_says_aside, element.iterdescendants()))


def _says_aside(element: Element) -> bool:
    return element.tag in _ASIDE_TAGS and bool(ASIDES & classes(element))


def classes(element: Element) -> frozenset[str]:
    """Return the classes of ``element`` in lower case."""
    return frozenset((element.get("class") or "").lower().split())


def parse_html(text: str, name: str, *, line: int | None = None) -> Page:
    """Return the page that ``text`` is. Raises SourceError for what cannot be parsed.

    libxml2 mends what is malformed, and gives up on elements nested deeper than 2,048. It compares
    each attribute of an element with all others: what has thousands would take it hours.
    """
    if crowded := _CROWDED.search(text):
        line = (line or 1) + text.count("\n", 0, crowded.start())
        raise SourceError("has an element of more than 1,000 attributes", f"{name}:{line}")
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring((text.strip() or "<p></p>").encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"is no HTML: {error.msg}", name) from error
    if root is None:
        root = etree.fromstring(b"<html></html>")
    fatal = next((entry for entry in parser.error_log if entry.level_name == "FATAL"), None)
    if fatal is not None:
        raise SourceError(_reason(fatal.message), f"{name}:{fatal.line}")
    for element in list(root.iter(*_VOID)):
        _empty(element)
    return Page(name, root, line=line)


def _empty(element: Element) -> None:
    """Put behind ``element`` all that stands in it."""
    around, inside = element.getparent(), list(element)
    if around is None:
        return
    text, tail = element.text or "", element.tail or ""
    element.text, element.tail = None, text
    behind = around.index(element) + 1
    around[behind:behind] = inside
    last = inside[-1] if inside else element
    last.tail = (last.tail or "") + tail


def _reason(fault: str) -> str:
    """Return for users what libxml2 calls ``fault``."""
    if fault.startswith("Excessive depth"):
        return "has elements more than 2,048 deep in one another: flatten what nests there"
    return f"cannot be parsed to its end: {fault}"


def parse_fragment(text: str, name: str, *, line: int = 0) -> Page:
    """Return ``text``, a piece of HTML that stands at ``line`` of its source, as a page."""
    return parse_html(f"<div>{text}</div>", name, line=line)


def find(elements: Iterable[Element], *names: str) -> Iterator[Element]:
    """Yield those of ``elements`` that have a class among ``names``."""
    wanted = frozenset(names)
    return (element for element in elements if wanted & classes(element))
