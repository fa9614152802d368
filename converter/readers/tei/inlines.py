"""Elements within a paragraph or heading, to inline nodes: a function for each name.

Blocks have no place here. Where they stand in a heading or in highlighted words nonetheless,
each becomes a line of its own.
"""

import re
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Final, Literal, TypeAlias

from msgspec.structs import replace

from converter.model import (
    Code,
    Emphasis,
    Image,
    Inline,
    LineBreak,
    Link,
    Math,
    Name,
    NoteRef,
    PageBreak,
    Reference,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from converter.readers.tei.context import Context
from converter.readers.tei.elements import (
    Element,
    Part,
    content,
    is_blank,
    is_call,
    is_empty,
    is_mark,
    is_wording,
    name_of,
    plain,
    readings,
)

Read: TypeAlias = Callable[[Element, Context], Iterable[Inline]]
Wrapper: TypeAlias = Emphasis | Strong | SmallCaps | Superscript | Subscript | Strikeout | Underline
NameKind: TypeAlias = Literal["person", "place", "organization", "term"]

# White space of XML: https://www.w3.org/TR/xml/#sec-white-space. Others are meant.
_SPACE: Final = re.compile("[ \t\r\n]+")
_RENDITIONS: Final[dict[str, type[Wrapper]]] = {
    **dict.fromkeys(("italic", "italics", "ital", "i", "it"), Emphasis),
    **dict.fromkeys(("bold", "strong", "b"), Strong),
    **dict.fromkeys(("smallcaps", "small-caps", "smcap", "sc", "caps"), SmallCaps),
    **dict.fromkeys(("superscript", "sup", "super"), Superscript),
    **dict.fromkeys(("subscript", "sub"), Subscript),
    **dict.fromkeys(("underline", "underlined", "u"), Underline),
    **dict.fromkeys(("strikethrough", "strikeout", "strike"), Strikeout),
}
# What says which person, place or term is named.
_KEYS: Final = ("corresp", "ref", "key", "target")
# What the other side of a choice is to readers of an edition: the one printed here.
_PREFERRED: Final = ("corr", "reg", "abbr", "unclear")
# fmt: off
# Their text is all that an edition shows of them.
_WORDS: Final = (
    "abbr", "add", "addName", "address", "addrLine", "affiliation", "am", "anchor", "att",
    "author", "bibl", "biblScope", "birth", "bloc", "c", "caesura", "cb", "cit", "cl", "corr",
    "country", "damage", "date", "death", "desc", "distinct", "district", "docAuthor", "docDate",
    "editor", "education", "email", "ex", "expan", "faith", "floruit", "foreign", "forename", "g",
    "gb", "genName", "geo", "geogFeat", "gi", "handShift", "ident", "idno", "label", "lem",
    "location", "locus", "m", "measure", "mentioned", "metamark", "milestone", "mod", "name",
    "nameLink", "nationality", "noteGrp", "num", "occupation", "orig", "pc", "phr", "publisher",
    "pubPlace", "q", "quote", "rdg", "rdgGrp", "reg", "region", "residence", "restore", "role",
    "roleDesc", "roleName", "rs", "s", "said", "secl", "seg", "settlement", "sex", "sic",
    "soCalled", "space", "subst", "supplied", "surname", "surplus", "tag", "time", "unclear",
    "unit", "val", "w", "wit",
)
# Blocks, where no block can be.
_LINES: Final = (
    "ab", "cell", "figure", "head", "item", "l", "lg", "list", "p", "row", "signed", "table",
    "speaker", "stage", "titlePart", "trailer",
)
# fmt: on


def read_inlines(parts: Iterable[Part], context: Context) -> tuple[Inline, ...]:
    """Return ``parts`` as inline nodes, without white space at their ends."""
    return tidy(tuple(chain.from_iterable(read_inline(part, context) for part in parts)))


def read_inline(part: Part, context: Context) -> Iterable[Inline]:
    """Return ``part`` as inline nodes."""
    if isinstance(part, str):
        return (Text(_SPACE.sub(" ", part)),)
    return INLINES.get(name_of(part), _unknown)(part, context)


def tidy(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return ``nodes`` without white space at their ends, doubled, or at the start of a line."""
    return _trimmed(_squeezed(_drawn_up(nodes), after_space=True)[0])


def _drawn_up(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return ``nodes`` in which a call between two spaces stands right behind the word."""
    drawn = list(nodes)
    for place, (before, call, after) in enumerate(zip(nodes, nodes[1:], nodes[2:], strict=False)):
        match before, call, after:
            case Text(text=left), NoteRef(), Text(text=right) if right.startswith(" "):
                drawn[place] = Text(left.removesuffix(" "))
            case _:
                pass
    return tuple(drawn)


def _squeezed(nodes: tuple[Inline, ...], *, after_space: bool) -> tuple[tuple[Inline, ...], bool]:
    """Return ``nodes`` with single spaces and line breaks, and whether they end in one."""
    squeezed: list[Inline] = []
    for node in nodes:
        match node:
            case Text(text=text):
                text = text.removeprefix(" ") if after_space else text
                after_space = text.endswith(" ") if text else after_space
                squeezed += (Text(text),) if text else ()
            case Link() | Reference() | Name() | Emphasis() | Strong() | SmallCaps():
                kids, after_space = _squeezed(node.children, after_space=after_space)
                squeezed += (replace(node, children=kids),) if kids else ()
            case Superscript() | Subscript() | Strikeout() | Underline():
                kids, after_space = _squeezed(node.children, after_space=after_space)
                squeezed += (replace(node, children=kids),) if kids else ()
            case NoteRef() | PageBreak():
                squeezed.append(node)
            case LineBreak() if squeezed[-1:] == [node]:
                pass
            case _:
                squeezed.append(node)
                after_space = isinstance(node, LineBreak)
    return tuple(squeezed), after_space


def _trimmed(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return ``nodes`` without what shows nothing at their ends."""
    while nodes and isinstance(nodes[0], LineBreak):
        nodes = nodes[1:]
    while nodes and isinstance(nodes[-1], LineBreak):
        nodes = nodes[:-1]
    if nodes and isinstance(nodes[-1], Text):
        text = nodes[-1].text.removesuffix(" ")
        return (*nodes[:-1], Text(text)) if text else _trimmed(nodes[:-1])
    return nodes


def _inside(element: Element, context: Context) -> tuple[Inline, ...]:
    return tuple(chain.from_iterable(read_inline(part, context) for part in content(element)))


def _unknown(element: Element, context: Context) -> Iterable[Inline]:
    context.unknown(element)
    return _inside(element, context)


def _wrapped(kind: type[Wrapper]) -> Read:
    return lambda element, context: (kind(_inside(element, context)),)


def _named(kind: NameKind) -> Read:
    def read(element: Element, context: Context) -> Iterable[Inline]:
        keys = filter(None, map(element.get, _KEYS))
        return (Name(_inside(element, context), kind, next(keys, "").removeprefix("#")),)

    return read


def _highlighted(element: Element, context: Context) -> Iterable[Inline]:
    """Return words in the looks that ``rend`` names, one within the other.

    https://www.tei-c.org/release/doc/tei-p5-doc/en/html/ref-att.global.rendition.html
    """
    nodes: tuple[Inline, ...] = _inside(element, context)
    renditions = element.get("rend") or element.get("rendition") or ""
    for rendition in renditions.split():
        kind = _RENDITIONS.get(rendition.removeprefix("#").lower())
        if kind is None:
            context.info("unknown-rendition", f"words set in {rendition!r} look as others", element)
        else:
            nodes = (kind(nodes),)
    return nodes


def _referring(element: Element, context: Context) -> Iterable[Inline]:
    again = _again(element, context)
    return _reference(element, context) if again is None else (again,)


def _again(element: Element, context: Context) -> NoteRef | None:
    """Return the call that a reference is which shows the mark of a note already called."""
    link = context.volume.link(element.get("target", ""), ())
    if not isinstance(link, Reference) or not (is_wording(element) and is_mark(plain(element))):
        return None
    return context.call_again(link.note, element)


def _reference(element: Element, context: Context) -> Iterable[Inline]:
    children = _inside(element, context)
    target = element.get("target", "")
    link = context.volume.link(target, children)
    if link is None and target:
        text = f"{target!r} is not in this volume: {plain(element)!r} stays text"
        context.info("reference-unresolved", text, element)
    return (link,) if link is not None else children


def _pointing(element: Element, context: Context) -> Iterable[Inline]:
    """Return a reference without words of its own: the address takes their place."""
    target = element.get("target", "")
    if is_empty(element) and context.volume.link(target, ()):
        link = context.volume.link(target, (context.make(target),))
        return (link,) if link else ()
    return _referring(element, context)


def _note(element: Element, context: Context) -> Iterable[Inline]:
    return (context.call(element),) if is_call(element) else _inside(element, context)


def _page(element: Element, context: Context) -> Iterable[Inline]:
    return (PageBreak(element.get("n", ""), context.prov(element)), *_inside(element, context))


def _line_break(element: Element, context: Context) -> Iterable[Inline]:
    """Return the end of a line, nothing where it is within a word.

    https://www.tei-c.org/release/doc/tei-p5-doc/en/html/ref-att.breaking.html
    """
    ends = () if element.get("break") == "no" else (LineBreak(),)
    return (*ends, *_inside(element, context))


def _line(element: Element, context: Context) -> Iterable[Inline]:
    return (LineBreak(), *_inside(element, context), LineBreak())


def _graphic(element: Element, context: Context) -> Iterable[Inline]:
    description = described_by(element, "desc")
    rest = [part for part in content(element) if part is not description]
    words = chain.from_iterable(read_inline(part, context) for part in rest)
    return (read_image(element, description, context), *words)


def described_by(element: Element, name: str) -> Element | None:
    """Return the child of that name that can be a text alternative: nothing in it but words."""
    return next((each for each in element if name_of(each) == name and is_wording(each)), None)


def read_image(graphic: Element, description: Element | None, context: Context) -> Image:
    """Return the picture that ``graphic`` names."""
    alt = ""
    if description is not None:
        context.keep([description])
        alt = plain(description)
    prov = context.prov(graphic)
    return Image(context.pictures.take(graphic.get("url", ""), prov), alt, prov)


def _formula(element: Element, context: Context) -> Iterable[Inline]:
    if element.get("notation", "").lower() not in ("tex", "latex") or len(element):
        return _unknown(element, context)
    return (Math((element.text or "").strip()),)


def _code(element: Element, context: Context) -> Iterable[Inline]:
    return (Code(element.text or ""),) if not len(element) else _inside(element, context)


def _choice(element: Element, context: Context) -> Iterable[Inline]:
    """Return one of the readings; the others are in the ledger.

    https://www.tei-c.org/release/doc/tei-p5-doc/en/html/ref-choice.html
    """
    by_name = {name_of(child): child for child in reversed(element)}
    chosen = next((by_name[name] for name in _PREFERRED if name in by_name), None)
    chosen = chosen if chosen is not None else next(iter(element), None)
    nodes: list[Inline] = []
    for part in content(element):
        if is_blank(part):
            continue
        if isinstance(part, str) or part is chosen or not _is_reading(part):
            nodes += read_inline(part, context)
        else:
            context.drop(part, "other-reading")
    return nodes


def _apparatus(element: Element, context: Context) -> Iterable[Inline]:
    """Return the reading of the text, and the call of a note that holds those of other witnesses.

    https://www.tei-c.org/release/doc/tei-p5-doc/en/html/TC.html
    """
    text, others = readings(element)
    nodes = tuple(chain.from_iterable(read_inline(part, context) for part in text))
    return (*nodes, context.call(element)) if others else nodes


def read_readings(element: Element, context: Context) -> tuple[Inline, ...]:
    """Return the readings of other witnesses than the text follows, each before its witnesses."""
    nodes: list[Inline] = []
    for reading in readings(element)[1]:
        words = read_inlines(content(reading), context)
        witnesses = (reading.get("wit") or reading.get("resp") or "").replace("#", "").split()
        nodes += (context.make("; "),) if nodes else ()
        nodes += words or (context.make("om."),)
        nodes += (context.make(" " + " ".join(witnesses)),) if witnesses else ()
    return tuple(nodes)


def _is_reading(element: Element) -> bool:
    """Whether ``element`` can go without a page or a note going with it."""
    return name_of(element) not in ("pb", "note") and is_wording(element)


def _gap(element: Element, context: Context) -> Iterable[Inline]:
    """Return brackets where editors left out or could not read what the source has."""
    extent = f"{element.get('quantity', '')} {element.get('unit', 'text')}".strip()
    context.info("gap", f"the source lacks {extent} here, shown as [...]", element)
    return (context.make("[…]"), *_inside(element, context))


def _running_head(element: Element, context: Context) -> Iterable[Inline]:
    if not is_wording(element):
        return _inside(element, context)
    context.drop(element, "running-head")
    return ()


INLINES: Final[dict[str, Read]] = {
    "hi": _highlighted,
    "emph": _wrapped(Emphasis),
    "title": _wrapped(Emphasis),
    "del": _wrapped(Strikeout),
    "persName": _named("person"),
    "placeName": _named("place"),
    "geogName": _named("place"),
    "orgName": _named("organization"),
    "gloss": _named("term"),
    "term": _named("term"),
    "ref": _referring,
    "ptr": _pointing,
    "note": _note,
    "pb": _page,
    "lb": _line_break,
    "graphic": _graphic,
    "formula": _formula,
    "code": _code,
    "choice": _choice,
    "app": _apparatus,
    "gap": _gap,
    "fw": _running_head,
    **dict.fromkeys(_WORDS, _inside),
    **dict.fromkeys(_LINES, _line),
}
