"""Inline nodes as pandoc's."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby, zip_longest
from typing import Final, NamedTuple, TypeAlias, assert_never

from msgspec.structs import replace

from converter.address import address
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
    Reference,
    SmallCaps,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    Underline,
)
from converter.walk import joined, plain_text, walk
from converter.writers.links import apart, holds_link
from converter.writers.markdown.escape import (
    clean,
    entity,
    escape,
    exact,
    is_command,
    opens_block,
    printable,
    verbatim,
)
from converter.writers.markdown.scope import (
    BREAKING_SPACE,
    EMPTY,
    LINE_BREAK,
    NO_ATTRIBUTES,
    SPACE,
    Json,
    Scope,
    anchor,
    badge,
    raw,
    space,
    span,
)
from converter.writers.markdown.wrap import breakable
from converter.writers.page_labels import bracketed
from converter.writers.tex import is_harmless

Delimited: TypeAlias = Emphasis | Strong | Strikeout | Superscript | Subscript

# What pandoc calls a node, the HTML it can be written as, and the class of a span it can be.
_DELIMITED: Final[dict[type[Delimited], tuple[str, str, str]]] = {
    Emphasis: ("Emph", "em", "emphasis"),
    Strong: ("Strong", "strong", "strong"),
    Strikeout: ("Strikeout", "del", "strikeout"),
    Superscript: ("Superscript", "sup", "superscript"),
    Subscript: ("Subscript", "sub", "subscript"),
}


# What says on a forge that a page begins, or that a comment speaks of a place.
_ROUND: Final = re.compile(r"[()]")
_BADGE: Final = re.compile(r"\[.*\]|\{[\d.+]+\}")


def inlines(
    nodes: Iterable[Inline], scope: Scope, *, opens: bool = True, closes: bool | None = None
) -> list[Json]:
    """Return inline nodes. ``opens`` says that they begin a line and, unless ``closes`` says
    otherwise, end one.
    """
    closes = opens if closes is None else closes
    told = (
        _unwrapped(nodes, scope) if scope.html else _apart(nodes, scope, opens=opens, closes=closes)
    )
    held = [node for node in joined(told) if node != Text("")]
    written: list[Json] = []
    before: Inline | None = None
    for node, after in zip_longest(held, held[1:]):
        pieces = _inline(node, scope, _spot(written, before, after, opens=opens))
        if pieces:
            written += [*_between(written[-1:], pieces[0]), *pieces]
            before = node
    while closes and written and written[-1] in (SPACE, BREAKING_SPACE, LINE_BREAK):
        written.pop()
    return written


def _between(last: list[Json], first: Json) -> list[Json]:
    """Return what keeps code, and what is written as such, apart from other code before it."""
    touching = last and _is_code(last[0], str.endswith) and _is_code(first, str.startswith)
    return [raw("<!-- -->")] if touching else []


def _is_code(node: Json, at: Callable[[str, tuple[str, ...]], bool]) -> bool:
    if node["t"] == "RawInline":
        return at(node["c"][1], ("`", "$"))
    return node["t"] in ("Code", "Math")


def line(nodes: Iterable[Inline], scope: Scope, *, opens: bool = False) -> list[Json]:
    """Return inline nodes without line breaks, by default for a line that something else begins."""
    place = scope.place or "line"
    return inlines(nodes, replace(scope, place=place), opens=opens)


def _apart(nodes: Iterable[Inline], scope: Scope, *, opens: bool, closes: bool) -> Iterator[Inline]:
    """Yield ``nodes`` with those styles only that delimiters alone can tell, without HTML.

    Delimiters that touch would be one run, and letters of the text: ``**a****b**``. So two styles
    of a kind are one, and of two kinds the second is left out. So is one that begins or ends with
    a mark unless there is a space beyond: see https://spec.commonmark.org/0.31.2/#delimiter-run.
    """
    runs = [tuple(alike) for _, alike in groupby(_unwrapped(nodes, scope), key=type)]
    before: Inline | None = None
    for run, behind in zip_longest(runs, runs[1:]):
        first = run[0]
        if not isinstance(first, Delimited):
            yield from run
            before = run[-1]
            continue
        kids = chain.from_iterable(each.children for each in run if isinstance(each, Delimited))
        node = replace(first, children=tuple(kids))
        edges = _edges(node)
        begins = edges[0].isalnum() or _is_space(before, str.endswith, edge=opens)
        after = behind[0] if behind else None
        ends = edges[1].isalnum() or _is_space(after, str.startswith, edge=closes)
        if begins and ends and not isinstance(before, Delimited):
            yield node
            before = node
        else:
            yield from _apart(node.children, scope, opens=False, closes=False)
            before = node.children[-1]


def _edges(node: Delimited) -> str:
    """Return what delimiters of ``node`` would be next to, its first and last character.

    Empty if they would be read as something else: they go around words, and not next to a space.
    """
    if isinstance(node, Superscript | Subscript) or not node.children:
        return ""
    first, last = node.children[0], node.children[-1]
    if not (isinstance(first, Text) and isinstance(last, Text)):
        return ""
    edges = first.text[:1] + last.text[-1:]
    is_word = any(map(str.isalnum, first.text))
    return edges if is_word and len(edges) == 2 and not any(map(str.isspace, edges)) else ""


def _is_space(beside: Inline | None, at: Callable[[str, str], bool], *, edge: bool) -> bool:
    """Return whether what is ``beside`` a style is a space or, at the ``edge``, nothing."""
    if isinstance(beside, Text):
        return at(clean(beside.text), " ")
    return edge if beside is None else isinstance(beside, LineBreak)


def _unwrapped(nodes: Iterable[Inline], scope: Scope) -> Iterator[Inline]:
    """Yield ``nodes``, and what is in those that have no form in Markdown in their place."""
    if not scope.forge:
        yield from nodes
        return
    for node in nodes:
        match node:
            case Name() | SmallCaps() | Underline():
                yield from _unwrapped(node.children, scope)
            case Link() | Reference() if _target(node, scope) is None:
                yield from _unwrapped(node.children, scope)
            case Link() | Reference() if holds_link(node.children):
                yield from _unwrapped(apart(node), scope)
            case Emphasis() | Strong() | Strikeout() | Superscript() | Subscript() if not (
                scope.html or (_edges(node) and type(node) not in scope.styles)
            ):
                yield from _unwrapped(node.children, scope)
            case _:
                yield node


def _target(node: Link | Reference, scope: Scope) -> str | None:
    """Return where a link leads, None if it cannot be followed."""
    return address(node.href) if isinstance(node, Link) else scope.href(node)


def _written(target: str, scope: Scope) -> str:
    """Return ``target`` as it may stand in round brackets: its own end it unless they match."""
    depth = 0
    for found in _ROUND.findall(target):
        depth += 1 if found == "(" else -1
        if depth < 0:
            break
    if not depth:
        return target
    if scope.style == "jekyll":  # kramdown has no escape for them
        return target.replace("(", "%28").replace(")", "%29")
    return _ROUND.sub(r"\\\g<0>", target)


class _Spot(NamedTuple):
    """What is beside a node: other nodes, the start of a line, the call of a footnote."""

    before: Inline | None
    after: Inline | None
    opens: bool
    after_call: bool = False


def _spot(
    written: list[Json], before: Inline | None, after: Inline | None, *, opens: bool
) -> _Spot:
    if not written:
        return _Spot(before, after, opens)
    last = written[-1]
    text = last["c"][1] if last["t"] == "RawInline" else ""
    return _Spot(before, after, last is LINE_BREAK, text.startswith("[^"))


def _inline(node: Inline, scope: Scope, spot: _Spot) -> list[Json]:  # noqa: C901 - every node kind
    match node:
        case Text(text=text):
            return _text(text, scope, spot)
        case Emphasis() | Strong() | Strikeout() | Superscript() | Subscript():
            return _delimited(node, scope, spot)
        case SmallCaps(children=kids):
            return _spanned(kids, "smallcaps", scope, spot)
        case Underline(children=kids):
            return _spanned(kids, "underline", scope, spot)
        case Name(children=kids, kind=kind, key=key):
            return span(inlines(kids, scope, opens=False), scope, "name", kind, key=key)
        case Code(text=text):
            return _code(text, scope)
        case Math(text=text, display=display):
            return _math(text, scope, display=display)
        case LineBreak():
            return _line_break(scope, spot)
        case Link() | Reference():
            return _link(node, scope)
        case Image():
            return picture(node, scope, opens=spot.opens)
        case NoteRef():
            return _call(node, scope)
        case CommentRef():
            return _comment_ref(node, scope)
        case PageBreak():
            return page_break(node, scope)
        case _:
            assert_never(node)


def _text(text: str, scope: Scope, spot: _Spot) -> list[Json]:
    """Return a text with the spaces around it apart, where pandoc can see them."""
    if scope.forge:
        return _spaced_text(clean(text), scope, spot)
    spaced = printable(text)
    leading = _leading(spaced, scope) if spot.before and not spot.opens else []
    trailing = _trailing(spaced[1:], scope, spot.after) if spot.after else []
    words = spaced[len(leading) : len(spaced) - len(trailing)]
    after_call = spot.after_call and not leading
    escaped = escape(words, scope.style, opens=spot.opens, after_call=after_call)
    written = exact(_broken(words, escaped, scope))
    if isinstance(spot.before, Math) and written[:1].isdigit():
        # A dollar sign before a digit ends no TeX.
        written = entity(written[0]) + written[1:]
    return [*leading, raw(written), *trailing] if words else leading


def _spaced_text(spaced: str, scope: Scope, spot: _Spot) -> list[Json]:
    """Return a text for a forge, without the space with which a line begins."""
    words = spaced.strip(" ")
    leading = [] if spot.opens else _leading(spaced, scope)
    if not words:
        return leading
    after_call = spot.after_call and not leading
    written = escape(words, scope.style, opens=spot.opens, after_call=after_call)
    trailing = _trailing(spaced, scope, spot.after)
    return [*leading, raw(_broken(words, written, scope)), *trailing]


def _broken(text: str, escaped: str, scope: Scope) -> str:
    """Return ``escaped``, which is ``text`` with escapes, with its spaces marked that may break."""
    return escaped if scope.place else breakable(text, escaped, scope.style)


def _leading(spaced: str, scope: Scope) -> list[Json]:
    """Return the space with which a text begins."""
    if not spaced.startswith(" "):
        return []
    return [SPACE if opens_block(spaced[1:], scope.style) else space(scope)]


def _trailing(spaced: str, scope: Scope, after: Inline | None) -> list[Json]:
    """Return the space with which a text ends."""
    if not spaced.endswith(" "):
        return []
    # Many backticks at the start of a line are a fence.
    return [SPACE if isinstance(after, Code | Math) and "`" in after.text else space(scope)]


def _line_break(scope: Scope, spot: _Spot) -> list[Json]:
    """Return a line break; where no line can end, what is read as one and seen as a space."""
    if scope.forge:
        if spot.before:
            return [SPACE if scope.place else LINE_BREAK]
        return [] if spot.opens else [SPACE]
    if scope.place in ("", "grid") and _is_solid(spot.before, -1) and _is_solid(spot.after, 0):
        return [LINE_BREAK]
    return span([raw(" ")], scope, "break")


def _is_solid(node: Inline | None, place: int) -> bool:
    """Return whether ``node`` is a text without a space at ``place``, its first or last."""
    return isinstance(node, Text) and not node.text[place].isspace()


def _spanned(kids: tuple[Inline, ...], name: str, scope: Scope, spot: _Spot) -> list[Json]:
    """Return a span of a kind that pandoc knows, and joins with one before it."""
    joins = isinstance(spot.before, SmallCaps | Underline) and not scope.forge
    return [*([raw(EMPTY)] if joins else []), *span(inlines(kids, scope, opens=False), scope, name)]


def _delimited(node: Delimited, scope: Scope, spot: _Spot) -> list[Json]:
    """Return ``node`` with its delimiters where they are sure to be read, else as what is sure."""
    kind, tag, name = _DELIMITED[type(node)]
    is_apart = not isinstance(spot.before, Delimited)
    # Without HTML all others are left out: ``_apart``.
    is_sure = is_apart and (not scope.html or _is_sure(node, scope, spot.before))
    if scope.forge and not (plain_text(node.children) and (is_sure or scope.html)):
        return inlines(node.children, scope, opens=spot.opens, closes=False)
    if not scope.html:
        scope = replace(scope, styles=(*scope.styles, type(node)))
    kids = inlines(node.children, scope, opens=False)
    if is_sure:
        return [{"t": kind, "c": kids}]
    if scope.forge:
        return [raw(f"<{tag}>"), *kids, raw(f"</{tag}>")]
    return span(kids, scope, name)


def _is_sure(node: Delimited, scope: Scope, before: Inline | None) -> bool:
    """Return whether delimiters around ``node`` are read as such whatever stands beside them.

    They are next to a letter or digit, says https://spec.commonmark.org/0.31.2/#delimiter-run.
    What pandoc raises or lowers is one word, and behind a bracket it would be the call of a note.
    Of two of a kind one within the other, the inner could end the outer.
    """
    if not node.children:
        return False
    first, last = node.children[0], node.children[-1]
    if not (isinstance(first, Text) and isinstance(last, Text)):
        return False
    if not (first.text[:1].isalnum() and last.text[-1:].isalnum()):
        return False
    if isinstance(node, Superscript | Subscript):
        return before is not None and not scope.forge and first.text.isalnum() and first is last
    return not _holds(node.children, type(node))


def _holds(nodes: tuple[Inline, ...], kind: type[Delimited]) -> bool:
    return len(nodes) > 1 and any(isinstance(each, kind) for each in walk(nodes))


def _code(text: str, scope: Scope) -> list[Json]:
    """Return code; one with white space that Markdown would drop, as text that is called code."""
    words = clean(text).strip()
    if scope.forge and _BADGE.fullmatch(words):
        # Not to be taken for a page or a comment.
        return [raw(escape(words, scope.style))]
    if not scope.forge and words != text:
        return span([raw(exact(escape(printable(text), scope.style)))], scope, "code")
    if scope.forge and scope.place == "cell":
        # The one escape that is read in code: https://github.github.com/gfm/#example-200.
        words = words.replace("|", r"\|")
    if scope.site and is_command(words):
        return [raw(escape(words, scope.style))]
    if scope.site and words:
        return [raw(verbatim(_fenced(words), scope.style))]
    return [{"t": "Code", "c": [NO_ATTRIBUTES, words]}] if words else []


def _fenced(words: str) -> str:
    """Return words as code between as many backticks as it takes."""
    fence = "`" * (1 + max(map(len, re.findall("`+", words)), default=0))
    padding = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{padding}{words}{padding}{fence}"


def _math(text: str, scope: Scope, *, display: bool) -> list[Json]:
    """Return TeX as such, or as code if it holds what ends it, or asks for more than a formula."""
    tex = clean(text).strip()
    unsafe = not is_harmless(tex)
    if scope.forge:
        # https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions
        unsure = (
            unsafe or not tex or "$" in tex or "`" in tex or scope.place == "cell" or scope.site
        )
        return _code(tex, scope) if unsure else [raw(f"$${tex}$$" if display else f"$`{tex}`$")]
    if unsafe or "$" in text or "`" in text or tex != text or not tex:
        return span(_code(text, scope), scope, "math", *(["display"] if display else []))
    return [{"t": "Math", "c": [{"t": "DisplayMath" if display else "InlineMath"}, tex]}]


def _link(node: Link | Reference, scope: Scope) -> list[Json]:
    """Return a link; one that Markdown cannot say as it is, within a span that can."""
    target = _target(node, scope)
    if target is None or holds_link(node.children):
        shown = node.children if target is None else tuple(apart(node))
        return span(inlines(shown, scope, opens=False), scope, "link", **_destination(node))
    values = {} if _is_plain(node, target, scope) else _destination(node)
    if node.children == (Text(target),):
        kids: list[Json] = [{"t": "Str", "c": target}]
    else:
        kids = inlines(node.children, scope, opens=False)
    if target.startswith("{{<"):
        return [raw("["), *kids, raw(f"]({target})")] if kids else []
    written = _written(target, scope)
    link = {"t": "Link", "c": [["", [], list(values.items())], kids, [written, ""]]}
    return [link] if kids or not scope.forge else []


def _is_plain(node: Link | Reference, target: str, scope: Scope) -> bool:
    """Return whether the target of a link tells where it leads in the model's terms."""
    if scope.forge:
        return True
    if isinstance(node, Link):
        return node.href == target
    anchor = target.partition("#")[2]
    named = bool(anchor) and anchor != scope.names.document(node.document)
    return not (node.note and node.page) and named == bool(node.note or node.page)


def _destination(node: Link | Reference) -> dict[str, str]:
    """Return where a link leads in the model's terms."""
    if isinstance(node, Link):
        return {"href": node.href}
    named = {"document": node.document, "note": node.note, "page": node.page}
    return {key: value for key, value in named.items() if value}


def picture(node: Image, scope: Scope, *, opens: bool) -> list[Json]:
    """Return a picture, or its text alternative in its place if it cannot be shown.

    ``opens`` says that it begins a line.
    """
    source = scope.pictures.href(node, scope.document)
    spaced = clean(node.alt).strip() if scope.forge else printable(node.alt)
    bare = scope.forge and source is None
    escaped = escape(spaced, scope.style, opens=opens and bare)
    alt = [raw(exact(_broken(spaced, escaped, scope)))] if spaced else []
    if source is None:
        values = {} if scope.forge else {"src": node.src}
        return span(alt, scope, "missing-image", **values)
    return [{"t": "Image", "c": [NO_ATTRIBUTES, alt, [_written(source, scope), ""]]}]


def _call(node: NoteRef, scope: Scope) -> list[Json]:
    """Return the call of a note: a footnote's, or a link to it where no footnote can be called."""
    document = scope.document.id
    name = scope.names.note(document, node.note)
    if scope.plan.is_footnote_call(node.note, within=scope.within):
        return [raw(f"[^{scope.names.label(document, node.note)}]")]
    mark = escape(clean(scope.plan.marks[node.note]), scope.style, opens=False)
    shown = f"***{mark or '–'}***" if scope.forge else mark or "note"
    link = {"t": "Link", "c": [NO_ATTRIBUTES, [raw(shown)], [f"#{name}", ""]]}
    sure = "" if node.confidence == 1.0 else str(node.confidence)
    return span([link], scope, "noteref", confidence=sure)


def _comment_ref(node: CommentRef, scope: Scope) -> list[Json]:
    """Return a link to a comment, its number on a forge."""
    if scope.forge:
        return badge(f"{{{scope.numbers[node.comment]}}}", scope)
    target = f"#{scope.names.comment(scope.document.id, node.comment)}"
    link = {"t": "Link", "c": [NO_ATTRIBUTES, [raw("comment")], [target, ""]]}
    return span([link], scope, "comment-ref", "generated")


def page_break(node: PageBreak, scope: Scope) -> list[Json]:
    """Return where a page of the source begins: an anchor, for a forge its label in brackets."""
    document = scope.document.id
    name = scope.names.next_page(document, node)
    if not scope.forge:
        return span([], scope, "pagebreak", name=name, title=node.label)
    label = bracketed(clean(node.label).strip())
    shown = badge(label.replace("|", r"\|") if scope.place == "cell" else label, scope)
    is_target = scope.names.is_page_linked(document, node.label)
    return [*anchor(name if is_target else "", scope), *shown]
