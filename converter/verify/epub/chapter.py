"""One XHTML file of an EPUB, read element by element: no markup is too deep for it."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Set
from functools import lru_cache, partial
from posixpath import dirname
from typing import Any, ClassVar, Final, cast

from lxml import etree

from converter.container import Element, resolve
from converter.verify.languages import told
from converter.verify.reading import (
    END,
    Addition,
    Address,
    Call,
    CommentDraft,
    NoteDraft,
    Said,
    Within,
    Writing,
)
from converter.verify.steps import tabular
from converter.verify.unseen import is_hidden

XHTML: Final = "{http://www.w3.org/1999/xhtml}"
TYPE: Final = "{http://www.idpf.org/2007/ops}type"

# What can be led to or leads elsewhere, or says more than stands in it.
_TELLING: Final = etree.XPath(
    "descendant-or-self::*[@id or @title] | descendant::x:a",
    namespaces={"x": XHTML.strip("{}")},
)
_MATH: Final = "{http://www.w3.org/1998/Math/MathML}math"
_ANNOTATION: Final = "{http://www.w3.org/1998/Math/MathML}annotation"
# What stands in running text; everything else begins and ends a block.
# See https://html.spec.whatwg.org/#phrasing-content-2.
_NAMES: Final = """
    a abbr b bdi bdo button cite code data dfn em i img kbd mark q rp rt ruby s samp small span
    strong sub sup time u var wbr
"""
_INLINE: Final = frozenset(_NAMES.split())
_INLINE_TAGS: Final = frozenset(f"{XHTML}{name}" for name in _INLINE)
# Named in places by their number among those of their kind in the file.
_BLOCKS: Final = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "dt", "dd", "pre", "caption")
)
# How elements are told that are more than text: by epub:type, by role without "doc-", or, with a
# dot before it, by class; the first that an element has.
_KINDS: Final = {
    "noteref": "call",
    "pagebreak": "page",
    "footnote": "note",
    "endnote": "note",
    "backlink": "backlink",
    ".comment": "comment",
    ".level": "level",
    ".comment-head": "head",
    ".mark": "mark",
    ".comment-ref": "comment-ref",
    ".generated": "apart",
    "chapter": "document",
    ".part-title": "part",
    ".marker": "marker",
    ".lines": "lines",
    ".added": "added",
    "cover": "apart",
    "titlepage": "title",
    ".title-page": "title",
}
_ORDER: Final = list(dict.fromkeys(_KINDS.values()))
_FIELDS: Final = {"author", "date", "likes"}
# What stands for itself.
_SINGLE: Final = {each: each for each in ("pre", "caption", "tr", "dt", "hr", "br")}
_RANKS: Final = {f"h{rank}": rank for rank in range(1, 7)}
_RANK_TAGS: Final = tuple(f"{XHTML}{name}" for name in _RANKS)
# Whose names are heard before what is in them.
_LABELLED: Final = frozenset(("section", "nav", "aside"))
_LEVEL: Final = re.compile(r"\blevel-([0-9]{1,9})\b")
# The rank of the outermost headings in a document, unless it says another, and in comments.
_OUTERMOST: Final = 2
_COMMENT_RANK: Final = 3
# How text is set by elements, and by the classes of spans.
_STYLES: Final = {
    "sup": "superscript",
    "sub": "subscript",
    "s": "strikeout",
    "del": "strikeout",
    "em": "emphasis",
    "i": "emphasis",
    "strong": "strong",
    "b": "strong",
    "u": "underline",
    "small-caps": "small capitals",
    "underline": "underline",
}
_SAID: Final = ("lang", "dir")
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_COMMENT_KINDS: Final = ("pingback", "trackback", "review")
# So many combinations of attributes: an edition has few, and many of each.
_REMEMBERED: Final = 256
_DIGITS: Final = re.compile(r"\d+")
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")


class Chapter:
    """What the file ``name`` holds.

    ``anchors`` are its ids with the file before them, ``starts`` where in the running text those
    elements begin, ``links`` where it has links and what they lead to, ``references`` what those
    in text lead to, and in what they stand, ``addresses`` those that lead out, ``pages`` the keys
    and labels of the pages that begin in it, ``said`` what is no text of the source, ``lists`` the
    elements that hold lists of what is in the book.
    """

    def __init__(
        self,
        name: str,
        root: Element,
        hidden: Set[Element] = frozenset(),
        *,
        digest: Callable[[str], str],
        note_rank: int = 3,
    ) -> None:
        """``hidden`` are elements that a style sheet hides: what is in them is not read.

        ``digest`` tells pictures from each other by their ``src``. ``note_rank`` is that of the
        outermost headings in notes.
        """
        self.name = name
        self._digest = digest
        self._hidden = hidden
        self.notes: list[NoteDraft] = []
        self.comments: list[CommentDraft] = []
        self.pages: list[tuple[str, str]] = []
        self.anchors: set[str] = set()
        self.doubles: list[str] = []
        self.starts: dict[str, int] = {}
        self.links: list[tuple[str, str]] = []
        self.references: list[tuple[str, Within]] = []
        self.addresses: list[Address] = []
        self.title_page = ""
        self.said: list[Said] = []
        self.lists: list[Element] = []
        self._folder = dirname(name)
        self._seen: Counter[str] = Counter()
        self._writings: list[Writing] = []
        self._levels: list[str | None] = []
        self._around: list[CommentDraft] = []
        self._numbers: list[int | None] = []
        self._note_rank = note_rank
        self._bases = [_OUTERMOST]
        self._rank = 1
        self._continues = False
        self._open: list[tuple[Element, Callable[[], object]]] = []
        self._said = {name: root.get(name, "") for name in _SAID}
        if root.get(_XML_LANG, self._said["lang"]) != self._said["lang"]:
            self._said["lang"] += f" or {root.get(_XML_LANG)}"
        self.languages: list[tuple[int, str]] = []
        self._survey(root)

    def key(self, href: str) -> str:
        """Return the key of what ``href`` leads to."""
        return resolve(href, self._folder, self.name)

    def _survey(self, root: Element) -> None:
        """Find what links can lead to, and the links."""
        place = self.name
        for element in cast(list[Element], _TELLING(root)):
            if anchor := element.get("id"):
                place = f"{self.name}#{anchor}"
                if place in self.anchors:
                    self.doubles.append(place)
                self.anchors.add(place)
            if (tip := element.get("title")) and element.get("role") != "doc-pagebreak":
                self.said.append(Said("hidden", tip, place))
            if element.tag == f"{XHTML}a" and (target := self.key(element.get("href", ""))):
                self.links.append((place, target))

    def read(self, root: Element, body: Writing) -> None:
        """Take down the text of the file whose root is ``root``: what runs on, in ``body``."""
        self._writings = [body]
        body.space()
        self.starts[self.name] = body.reached()
        for title in root.iterfind(f"{XHTML}head/{XHTML}title"):
            self.said.append(Said("name", line(title), f"{self.name} title"))
        found = root.find(f"{XHTML}body")
        walker = etree.iterwalk(root if found is None else found, events=("start", "end"))
        left: Element | None = None
        for event, element in walker:
            if event == "start":
                if self._start(element):
                    self._take_down(element.text)
                else:
                    left = element
                    walker.skip_subtree()
                continue
            if element is not left:
                self._end(element)
            self._take_down(element.tail)
        for note in self.notes:
            for text in note.ways:
                self.said.append(Said("way", text, note.place, (note.key, note.mark)))

    def _take_down(self, text: str | None) -> None:
        if text:
            self._writings[-1].text(text)

    def _start(self, element: Element) -> bool:
        """Take down the start of ``element``; return whether what is in it is to be read."""
        tag = element.tag.removeprefix(XHTML)
        if element.tag == _MATH:
            # What is set in type is made from the source beside it.
            self._writings[-1].text("".join(each.text or "" for each in element.iter(_ANNOTATION)))
            return False
        if tag not in _INLINE:
            self._begin_block(tag)
        if len(self._writings) == 1 and (anchor := element.get("id")):
            self.starts[f"{self.name}#{anchor}"] = self._writings[0].reached()
        kind = _kind(element)
        # Who wants no numbers of pages in the text still finds them in the page list.
        if kind != "page" and (is_hidden(element, tag) or element in self._hidden):
            self._hide(element, kind)
            return False
        if (
            tag in _LABELLED
            and kind not in ("comment", "note")
            and (label := element.get("aria-label"))
        ):
            self._say(
                "document" if kind == "document" and not _continues(element) else "name", label
            )
        return self._STARTS[kind](self, element) if kind else self._text(element, tag)

    def _end(self, element: Element) -> None:
        if element.tag.removeprefix(XHTML) not in _INLINE and element.tag != _MATH:
            self._writings[-1].space()
        while self._open and self._open[-1][0] is element:
            self._open.pop()[1]()

    def _begin_block(self, tag: str) -> None:
        self._seen[tag] += 1
        if tag in _BLOCKS and len(self._writings) == 1:
            self._writings[-1].at(f"{self.name} {tag}[{self._seen[tag]}]")
        else:
            self._writings[-1].space()

    def _push(self, element: Element, stack: list[Any], value: object) -> bool:
        """Put ``value`` on ``stack`` until ``element`` ends."""
        stack.append(value)
        self._open.append((element, stack.pop))
        return True

    # ------------------------------------------------------------------ kinds of elements

    def _text(self, element: Element, tag: str) -> bool:
        """Begin an element that is no more than text, a picture, a list or another block."""
        if begin := self._TEXT_STARTS.get(tag):
            return begin(self, element, tag)
        if style := _STYLES.get(element.get("class", "") if tag == "span" else tag):
            return self._style(element, style)
        if kind := _SINGLE.get(tag):
            self._writings[-1].block(kind)
        return True

    def _paragraph(self, _: Element, __: str) -> bool:
        self._writings[-1].paragraph()
        return True

    def _picture(self, element: Element, _: str) -> bool:
        if picture := self._digest(element.get("src", "")):
            self._writings[-1].picture(picture)
        self._writings[-1].text(element.get("alt", ""))
        return True

    def _heading(self, element: Element, tag: str) -> bool:
        self._writings[-1].block(f"h{self._ranked(element, tag) - self._base() + 1}")
        return True

    def _ranked(self, element: Element, tag: str) -> int:
        """Return the rank that a heading would have if none before it were skipped, or its own.

        See https://www.w3.org/WAI/tutorials/page-structure/headings/.
        """
        rank = _RANKS[tag]
        own = _number(element, "data-rank", rank)
        is_raised = rank == min(own, len(_RANKS), self._rank + 1)
        self._rank = rank
        return own if is_raised else rank

    def _base(self) -> int:
        """Return the rank of the outermost heading where the file is read."""
        if len(self._writings) == 1:
            return self._bases[-1]
        return _COMMENT_RANK if self._levels else self._note_rank

    def _container(self, element: Element, tag: str) -> bool:
        """Begin a block that others are in, or go on with one of the file before."""
        kind = "quote" if tag == "blockquote" else tag
        writing = self._writings[-1]
        begin = writing.item if kind == "figure" else writing.block
        if not (self._continues and writing.resume(kind)):
            begin(kind)
        self._continues = False
        self._open.append((element, partial(writing.block, END + kind)))
        return True

    def _list(self, element: Element, tag: str) -> bool:
        number = _number(element, "start", 1) if tag == "ol" else None
        self._push(element, self._numbers, number)
        # These show other numbers than are read.
        is_odd = element.get("type") or element.get("reversed") is not None
        return self._container(element, "ol odd" if is_odd else tag)

    def _meaning(self, _: Element, tag: str) -> bool:
        self._writings[-1].item(tag)
        return True

    def _item(self, element: Element, tag: str) -> bool:
        """Begin an item of a list with its number, unless a mark stands in place of that."""
        marked = "marked" in element.get("class", "").split()
        writing = self._writings[-1]
        writing.item(tag)
        if self._numbers and (following := self._numbers[-1]) is not None:
            number = _number(element, "value", following)
            self._numbers[-1] = number + 1
            if not marked:
                writing.text(f"{number}. ")
                writing.marked()
        return True

    def _cell(self, element: Element, tag: str) -> bool:
        kind = tabular(
            header=tag == "th" or element.get("class") == "header",
            colspan=_number(element, "colspan", 1),
            rowspan=_number(element, "rowspan", 1),
        )
        self._writings[-1].item(kind)
        return True

    def _style(self, element: Element, style: str) -> bool:
        writing = self._writings[-1]
        writing.begin(style)
        self._open.append((element, writing.end))
        return True

    def _apart(self, element: Element) -> bool:
        """Read what the edition adds apart from the text, but for the ranks of its headings."""
        if element.tag not in _INLINE_TAGS:
            for heading in element.iter(*_RANK_TAGS):
                self._rank = _RANKS[heading.tag.removeprefix(XHTML)]
        match element.tag.removeprefix(XHTML):
            case "nav" | "section" if element.get(TYPE) != "cover":
                self.lists.append(element)
            case "section":
                self._cover(element)
            case "summary":
                around = element.getparent()
                inner = () if around is None else around.iter(f"{XHTML}article")
                self._say("replies", line(element), sum(1 for _ in inner))
            case _:
                self._say("text", line(element))
        return False

    def _cover(self, element: Element) -> None:
        for image in element.iter(f"{XHTML}img"):
            self._say("cover", image.get("alt", ""))
        if words := line(element):
            self._say("text", words)

    def _hide(self, element: Element, kind: str) -> None:
        """Read words that nobody sees; those of the edition a style sheet may hide."""
        if kind not in ("apart", "comment-ref", "backlink") and (words := line(element)):
            self._say("hidden", words)

    def _say(self, kind: Addition, text: str, *about: str | int) -> None:
        self.said.append(Said(kind, " ".join(text.split()), self._here(), about))

    def _here(self) -> str:
        here = self._writings[-1].here()
        return here if here.startswith(self.name) else self.name

    def _comment_ref(self, element: Element) -> bool:
        self._writings[-1].stand()
        self._say("comment", line(element))
        return False

    def _document(self, element: Element) -> bool:
        self._continues = _continues(element)
        language, direction = (element.get(name, self._said[name]) for name in _SAID)
        said = told(language, turned=direction == "rtl")
        self.languages.append((self._writings[0].reached(), said))
        return self._push(element, self._bases, _number(element, "data-rank", 1) + 1)

    def _part(self, element: Element) -> bool:
        """Begin the title of a part, which has the rank that the level of the part says."""
        rank = self._ranked(element, element.tag.removeprefix(XHTML))
        around = element.getparent()
        levels = [] if around is None else _LEVEL.findall(around.get("class", ""))
        is_right = [rank] == [min(int(level) + 1, len(_RANKS)) for level in levels]
        self._writings[-1].block("h0" if is_right else f"h{rank}")
        return True

    def _marker(self, element: Element) -> bool:
        """Read what marks an item; that begins behind it."""
        self._open.append((element, self._writings[-1].marked))
        return True

    def _lines(self, _: Element) -> bool:
        self._writings[-1].block("lines")
        return True

    def _reference(self, element: Element, _: str) -> bool:
        href = element.get("href", "")
        if target := self.key(href):
            within: Within = "comment" if self._levels else "note"
            self.references.append((target, "text" if len(self._writings) == 1 else within))
        elif href:
            self.addresses.append(Address(href, line(element), self.name))
        return True

    def _call(self, element: Element) -> bool:
        mark = line(element)
        name = f"{self.name}#{element.get('id', '')}"
        self._writings[-1].call(Call(self.key(element.get("href", "")), name, mark))
        return False

    def _page(self, element: Element) -> bool:
        label = element.get("title", element.get("aria-label", ""))
        key = f"{self.name}#{element.get('id', '')}"
        self.pages.append((key, label))
        if not label.strip():
            self.said.append(Said("page", element.get("aria-label", ""), key))
        self._writings[-1].page(label)
        return False

    def _note(self, element: Element) -> bool:
        key = f"{self.name}#{element.get('id', '')}"
        note = NoteDraft(key, key)
        note.writing.at(key)
        self.notes.append(note)
        return self._push(element, self._writings, note.writing)

    def _mark(self, element: Element) -> bool:
        if self.notes:
            self.notes[-1].mark = line(element)
        return False

    def _backlink(self, element: Element) -> bool:
        if self.notes:
            self.notes[-1].backlinks.append(self.key(element.get("href", "")))
            self.notes[-1].ways.append(f"{element.get('aria-label', '')} {line(element)}")
        return False

    def _comment(self, element: Element) -> bool:
        key = f"{self.name}#{element.get('id', '')}"
        around = self._levels[-1] if self._levels else ""
        comment = CommentDraft(key, around, len(self._levels) + 1, key, "")
        comment.writing.at(key)
        names = element.get("class", "").split()
        kind = next((each for each in _COMMENT_KINDS if each in names), "")
        comment.fields = (kind, "", "", "", "", element.get("aria-label", ""))
        if self._around and self._around[-1].before_replies is None:
            self._around[-1].writing.space()
            self._around[-1].before_replies = self._around[-1].writing.reached()
        self.comments.append(comment)
        self._push(element, self._around, comment)
        self._push(element, self._levels, key)
        return self._push(element, self._writings, comment.writing)

    def _title(self, element: Element) -> bool:
        self.title_page = line(element)
        return False

    def _level(self, element: Element) -> bool:
        return self._push(element, self._levels, None)

    def _head(self, element: Element) -> bool:
        """Read what a comment says about itself, and which one it says it answers."""
        if not self.comments:
            return False
        comment = self.comments[-1]
        values = dict.fromkeys(_FIELDS, "")
        for each in element.iter(f"{XHTML}span", f"{XHTML}time"):
            for name in _FIELDS & set(each.get("class", "").split()):
                values[name] = line(each)
        for link in element.iterfind(f".//{XHTML}span[@class='in-reply-to generated']/{XHTML}a"):
            comment.answers = self.key(link.get("href", ""))
        likes = "".join(_DIGITS.findall(values["likes"]))
        own = (values["author"], values["date"], likes, line(element))
        comment.fields = (*comment.fields[:1], *own, *comment.fields[-1:])
        return False

    def _added(self, _: Element) -> bool:
        return True

    _STARTS: ClassVar[Mapping[str, Callable[["Chapter", Element], bool]]] = {
        "call": _call,
        "page": _page,
        "note": _note,
        "backlink": _backlink,
        "mark": _mark,
        "comment": _comment,
        "head": _head,
        "level": _level,
        "title": _title,
        "apart": _apart,
        "comment-ref": _comment_ref,
        "document": _document,
        "part": _part,
        "marker": _marker,
        "lines": _lines,
        "added": _added,
    }
    _TEXT_STARTS: ClassVar[Mapping[str, Callable[["Chapter", Element, str], bool]]] = {
        "p": _paragraph,
        "a": _reference,
        "img": _picture,
        "ol": _list,
        "ul": _list,
        "li": _item,
        "td": _cell,
        "th": _cell,
        "dd": _meaning,
        **dict.fromkeys(_RANKS, _heading),
        **dict.fromkeys(("blockquote", "dl", "table", "figure"), _container),
    }


def _continues(element: Element) -> bool:
    """Return whether a document goes on that began in another file."""
    return element.get("data-continues") is not None


def _number(element: Element, name: str, usual: int) -> int:
    """Return the number that an attribute gives, ``usual`` if it is none."""
    number = element.get(name, "")
    return int(number) if _NUMBER.fullmatch(number) else usual


def line(element: Element) -> str:
    """Return the text of ``element`` with single spaces."""
    text = "".join(map(str, element.itertext())) if len(element) else element.text or ""
    return " ".join(text.split())


def spoken(element: Element) -> str:
    """Return the text of ``element`` without calls of notes and what the edition adds."""
    texts = [element.text or ""]
    for child in element:
        if not {"call", "generated"} & set(child.get("class", "").split()):
            texts.append(spoken(child))
        texts.append(child.tail or "")
    return " ".join("".join(texts).split())


def _kind(element: Element) -> str:
    """Return which of ``_KINDS`` an element is, empty for text."""
    return _kind_told(element.get("class"), element.get(TYPE), element.get("role"))


@lru_cache(_REMEMBERED)
def _kind_told(classes: str | None, types: str | None, role: str | None) -> str:
    names = [f".{each}" for each in (classes or "").split()]
    names += (types or "").split()
    names.append((role or "").removeprefix("doc-"))
    return min((_KINDS[name] for name in names if name in _KINDS), key=_ORDER.index, default="")
