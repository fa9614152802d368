"""Running text of an edition: from elements to inline nodes."""

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from msgspec.structs import replace

from converter.address import address
from converter.container import Element
from converter.model import (
    Code,
    CommentRef,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
    Name,
    NoteRef,
    PageBreak,
    Prov,
    Reference,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from converter.pictures import Pictures
from converter.readers.epub.account import Account
from converter.readers.epub.survey import (
    MATH,
    XHTML,
    File,
    Survey,
    Target,
    classes,
    label_of,
    types,
)
from converter.report import Report
from converter.walk import joined

Wrap: TypeAlias = Callable[[tuple[Inline, ...]], Inline]

# Beside the elements of our own editions those that people type and editors write for them.
_STYLES: Final[dict[str, Wrap]] = {
    "em": Emphasis,
    "i": Emphasis,
    "cite": Emphasis,
    "strong": Strong,
    "b": Strong,
    "sup": Superscript,
    "sub": Subscript,
    "s": Strikeout,
    "del": Strikeout,
    "strike": Strikeout,
    "u": Underline,
}
_CLASSES: Final[dict[str, Wrap]] = {"small-caps": SmallCaps, "underline": Underline}
_ANNOTATION: Final = "{http://www.w3.org/1998/Math/MathML}annotation"
_NAMES: Final = ("person", "place", "organization", "term")
# What goes before a text and is set off by a space.
_LEADS: Final = frozenset({"mark", "marker", "number", "label"})
# Elements that say nothing which the model could hold.
_BARE: Final = frozenset({"span", "small", "bdi", "bdo", "time", "abbr", "ins", "mark", "data"})


class Inlines:
    """Reads the running text of one file."""

    def __init__(
        self,
        file: File,
        survey: Survey,
        account: Account,
        *,
        pictures: Pictures,
        content: Callable[[str], bytes | None],
        prov: Prov,
        report: Report,
    ) -> None:
        self.account = account
        self.prov = prov
        self.report = report
        self._file = file
        self._survey = survey
        self._pictures = pictures
        self._content = content
        # The address of the link that is being read in pieces.
        self._whole: str | None = None
        self._tags: dict[str, Callable[[Element], Iterator[Inline]]] = {
            "a": self._link,
            "br": self._break,
            "code": self._code,
            "img": self._image,
            "span": self._span,
            "sup": self._superscript,
        }

    def children(self, element: Element, *, skipping: Element | None = None) -> tuple[Inline, ...]:
        """Return what is in ``element`` as inline nodes, without what is in ``skipping``."""
        return tuple(joined(self._nodes(element, skipping)))

    def target(self, href: str) -> Target | None:
        """Return what ``href`` leads to within the edition, None for what cannot be named."""
        return self._survey.targets.get(self._file.resolved(href))

    def _nodes(self, element: Element, skipping: Element | None = None) -> Iterator[Inline]:
        yield from self.before(element)
        for child in element:
            if child is not skipping:
                yield from self.node(child)
            yield from self.behind(child)

    def before(self, element: Element) -> Iterator[Text]:
        """Yield the text with which ``element`` begins."""
        first = element[0] if len(element) else None
        yield from _text_node(_untied(self.account.text(element), first))

    def behind(self, element: Element) -> Iterator[Text]:
        """Yield the text behind ``element``, without the space that sets off a mark."""
        text = _untied(self.account.tail(element), element.getnext())
        leads = _LEADS.intersection(classes(element))
        yield from _text_node(text.removeprefix(" ") if leads else text)

    def node(self, element: Element) -> Iterator[Inline]:
        """Yield the nodes that ``element`` stands for, without the text behind it."""
        tag = str(element.tag).removeprefix(XHTML)
        if "pagebreak" in types(element):
            self.account.structure(element)
            yield PageBreak(label_of(element), self._at(element))
        elif element.tag == MATH:
            yield self._math(element)
        elif tag in self._tags:
            yield from self._tags[tag](element)
        elif tag in _STYLES:
            yield _STYLES[tag](self.children(element))
        else:
            if tag not in _BARE:
                text = f"<{tag}> is no element of our editions: its text is kept"
                self.report.warn("unknown-element", text, prov=self._at(element))
            yield from self._nodes(element)

    def _span(self, element: Element) -> Iterator[Inline]:
        names = classes(element)
        style = next((_CLASSES[name] for name in names if name in _CLASSES), None)
        if "missing-image" in names:
            yield self._missing_image(element)
        elif "mark" in names:
            self.account.structure(element)
        elif "generated" in names:
            self.account.drop(element, "generated")
        elif "pieces" in names:
            yield from self._pieces(element)
        elif "name" in names:
            kind = next((name for name in _NAMES if name in names), "term")
            yield Name(self.children(element), kind, element.get("data-key", ""))  # type: ignore[arg-type] # one of its values
        elif style:
            yield style(self.children(element))
        else:
            yield from self._nodes(element)

    def _superscript(self, element: Element) -> Iterator[Inline]:
        names = classes(element)
        if "call" in names:
            yield from self._nodes(element)
        elif "comment-ref" in names:
            yield from self._comment_ref(element)
        else:
            yield Superscript(self.children(element))

    def _comment_ref(self, element: Element) -> Iterator[Inline]:
        self.account.structure(element)
        for link in element.iter(f"{XHTML}a"):
            target = self.target(link.get("href", ""))
            if target and target.kind == "comment":
                yield CommentRef(target.name, self._at(element))

    def _code(self, element: Element) -> Iterator[Inline]:
        text, names = self.account.whole(element), classes(element)
        yield Math(text, "display" in names) if "math" in names else Code(text)

    def _math(self, element: Element) -> Math:
        """Return the source of a formula; one without it is the text that it shows."""
        self.account.structure(element)
        source = element.find(f".//{_ANNOTATION}")
        text = element.get("alttext", "") if source is None else self.account.whole(source)
        return Math(
            text or "".join(map(str, element.itertext())), element.get("display") == "block"
        )

    def _break(self, element: Element) -> Iterator[Inline]:  # noqa: ARG002 - as all of its kind
        yield LineBreak()

    def _image(self, element: Element) -> Iterator[Inline]:
        src = element.get("src", "")
        name = self._file.resolved(src)
        content = self._content(name) if name else None
        if name and content is None:
            text = f"the edition holds no picture {src}"
            self.report.warn("missing-image", text, prov=self._at(element))
        else:
            self._pictures.hold({} if content is None else {src: content})
            src = self._pictures.take(src, self._at(element))
        yield Image(src, element.get("alt", ""), self._at(element))

    def _missing_image(self, element: Element) -> Image:
        alt = self.account.whole(element)
        return Image(element.get("data-src", element.get("href", "")), alt, self._at(element))

    # ---------------------------------------------------------------------------- links

    def _link(self, element: Element) -> Iterator[Inline]:
        kinds = types(element)
        if "missing-image" in classes(element):
            yield self._missing_image(element)
        elif "noteref" in kinds:
            yield from self._call(element)
        elif "backlink" in kinds or "generated" in classes(element):
            self.account.drop(element, "generated")
        elif element.get("data-href", element.get("href")) == self._whole:
            yield from self._nodes(element)
        else:
            children, href = self.children(element), element.get("href", "")
            yield from self._to(element, children, href, element.get("data-href", "")) or children

    def _call(self, element: Element) -> Iterator[Inline]:
        target = self.target(element.get("href", ""))
        if target is None or target.kind != "note" or target.document != self._file.document:
            text = f"a call leads to {element.get('href', '')}, where there is no note"
            self.report.warn("missing-note", text, prov=self._at(element))
            yield from self._nodes(element)
            return
        self.account.structure(element)
        call = NoteRef(target.name, prov=self._at(element))
        doubted = _confidence(element)
        yield call if doubted == call.confidence else replace(call, confidence=doubted)

    def _pieces(self, element: Element) -> Iterator[Inline]:
        """Yield the link that was written as links around the calls in it."""
        around, self._whole = self._whole, element.get("data-href", "")
        children = self.children(element)
        whole, self._whole = self._whole, around
        yield from self._to(element, children, address(whole) or whole, whole) or children

    def _to(
        self, element: Element, children: tuple[Inline, ...], href: str, given: str
    ) -> tuple[Inline, ...]:
        """Return ``children`` as a link to ``href``, nothing if it leads nowhere that is known.

        ``given`` is the address before it was made valid; it counts unless ``href`` was edited.
        """
        where = self._file.resolved(href)
        if not where:
            return (Link(children, given if address(given) == href else href),)
        target = self._survey.targets.get(where)
        if target and target.kind == "note":
            return (Reference(children, target.document, note=target.name),)
        if target and target.kind == "page":
            return (Reference(children, target.document, page=target.name),)
        document = self._survey.starts.get(where)
        if document is None:
            text = f"a link leads to {href}, which is no document, note or page"
            self.report.info("link-dropped", text, prov=self._at(element))
            return ()
        return (Reference(children, document),)

    def _at(self, element: Element) -> Prov:
        """Return where ``element`` is: its id, or the file."""
        anchor = element.get("id")
        if anchor is None:
            return self.prov
        return Prov(self.prov.source, element=f"{self._file.name}#{anchor}")


def _confidence(call: Element) -> float:
    try:
        confidence = float(call.get("data-confidence", "1"))
    except ValueError:
        return 1.0
    return confidence if 0 <= confidence <= 1 else 1.0


def _text_node(text: str) -> Iterator[Text]:
    if text:
        yield Text(text)


def _untied(text: str, following: Element | None) -> str:
    """Return ``text`` without the space that ties a way back to it."""
    tied = following is not None and "backlink" in classes(following)
    return text.removesuffix("\u00a0") if tied else text
