"""What pandoc passes over in the text of OpenDocument: boxes, fields, printed marks of notes.

See https://docs.oasis-open.org/office/OpenDocument/v1.3/ (6.3 notes, 7 fields, 10.4 frames).
"""

import re
from collections.abc import Iterator
from typing import Final

from converter.readers.pandoc.elements import (
    Element,
    around,
    get,
    local,
    put_text,
    sibling,
    text_in,
    unwrap,
)
from converter.readers.pandoc.marks import Kind, mark, page
from converter.readers.pandoc.review import LeftOut

_BLOCKS: Final = frozenset({"p", "h", "list", "table"})
_TITLES: Final[dict[str, Kind]] = {"Title": "title", "Subtitle": "subtitle"}
# What our editions call the styles of the marks of pages, and of comments.
_PAGE: Final = "Page_20_Mark"
_COMMENT: Final = re.compile(r"Comment(_20_Head)?_20_[1-9]")
_AUTHOR: Final = "Comment_20_Author"
# Of the number of spaces: there may be hundreds.
_DIGITS: Final = 3
# What pandoc knows in a line; of all else there, which are fields, it leaves the text out.
_KNOWN: Final = frozenset(
    {
        *("a", "span", "s", "tab", "line-break", "soft-page-break", "note", "annotation", "frame"),
        *("annotation-end", "bookmark", "bookmark-start", "bookmark-end", "bookmark-ref", "ref"),
        *("reference-mark", "reference-mark-start", "reference-mark-end", "reference-ref"),
        *(
            "note-citation",
            "note-body",
            "change",
            "change-start",
            "change-end",
            "ruby",
            "ruby-base",
            "meta",
            "p",
            "h",
        ),
    }
)


class Styles:
    """The styles of a text: those it defines itself, and those of ``shared``."""

    def __init__(self, root: Element, shared: Element) -> None:
        self._shared = shared
        self._parents: dict[str, str] = {}
        self._raised: set[str] = set()
        for tree in (shared, root):
            for style in tree.iter("{*}style"):
                name = get(style, "name")
                self._parents[name] = get(style, "parent-style-name")
                if any(get(each, "text-position").startswith("super") for each in style):
                    self._raised.add(name)

    def title_kind(self, paragraph: Element) -> Kind | None:
        """Return whether ``paragraph`` is in the style of titles, or in one made of it."""
        name, seen = get(paragraph, "style-name"), set[str]()
        while name not in seen and name not in _TITLES:
            seen.add(name)
            name = self._parents.get(name, "")
        return _TITLES.get(name)

    def is_raised(self, element: Element) -> bool:
        """Whether ``element`` stands above the line."""
        return any(get(span, "style-name") in self._raised for span in around(element, "span"))

    def furniture(self) -> Iterator[LeftOut]:
        """Yield the running heads and feet."""
        for master in self._shared.iter("{*}master-page"):
            for part in master:
                reason = "running head" if local(part).startswith("header") else "running foot"
                if text := text_in(part):
                    yield LeftOut(text, reason)


def end_loops(*trees: Element) -> None:
    """Let no style be made of itself, through others or not: pandoc would look for its end."""
    styles = {get(each, "name"): each for tree in trees for each in tree.iter("{*}style")}
    for name, style in styles.items():
        above, seen = name, set[str]()
        while above in styles and above not in seen:
            seen.add(above)
            above = get(styles[above], "parent-style-name")
        if above == name and name in seen:
            for key in [key for key in style.attrib if str(key).endswith("}parent-style-name")]:
                del style.attrib[key]


def narrow_spaces(root: Element) -> None:
    """Take back spaces of any width to such as a line may have."""
    for space in root.iter("{*}s"):
        for key, value in space.attrib.items():
            if len(str(value)) > _DIGITS:
                space.set(key, "1")


def open_boxes(root: Element) -> None:
    """Put what is in boxes and shapes behind the paragraph at which they float.

    Boxes around a picture and its caption stay: those pandoc reads.
    """
    boxes = [each for each in root.iter("{*}*") if _is_box(each)]
    # From the last on, so that each comes right behind its paragraph, before later ones.
    for box in reversed(boxes):
        blocks = [child for child in box if local(child) in _BLOCKS]
        frame = next(around(box, "frame"), box)
        paragraph = next(around(frame, "p", "h"), frame)
        for block in reversed(blocks):
            block.tail = None
            paragraph.addnext(block)
        if not len(box):
            put_text(frame, "")


def _is_box(element: Element) -> bool:
    if "drawing" not in str(element.tag) or local(element) in ("frame", "image", "page"):
        return False
    words = any(local(child) in _BLOCKS and text_in(child) for child in element)
    return words and next(element.iter("{*}image"), None) is None


def mark_notes(root: Element, styles: Styles) -> Iterator[str]:
    """Mark each note with its number and its printed mark; yield the marks that were typed."""
    numbers: dict[str, tuple[str, str]] = {}
    for place, note in enumerate(root.iter("{*}note"), start=1):
        number = str(place)
        citation = next(iter(note.iterchildren("{*}note-citation")), None)
        label = "" if citation is None else text_in(citation)
        if citation is not None and get(citation, "label"):
            yield label
        numbers[get(note, "id")] = (number, label)
        # Pandoc leaves out lists in notes.
        for each in list(note.iter("{*}list", "{*}list-item")):
            unwrap(each)
        for body in note.iterchildren("{*}note-body"):
            lead = sibling(body, "p")
            lead.text = mark("note", number, label or number)
            body.insert(0, lead)
    for reference in list(root.iter("{*}note-ref")):
        number, label = numbers.get(get(reference, "ref-name"), ("", ""))
        if number and text_in(reference) == label:
            kind: Kind = "call" if styles.is_raised(reference) else "see"
            put_text(reference, mark(kind, number, label))


def mark_pages(root: Element) -> Iterator[str]:
    """Mark where pages of a printed source begin, as our editions show it; yield what it says."""
    for span in list(root.iter("{*}span")):
        if get(span, "style-name") != _PAGE:
            continue
        printed, before = "".join(map(str, span.itertext())), span.getprevious()
        named = before is not None and local(before) == "bookmark-start"
        marked = page(printed, get(before, "name") if named and before is not None else "")
        if marked != printed:
            yield printed
            put_text(span, marked)


def mark_replies(root: Element) -> None:
    """Mark the paragraphs of comments as our editions have them, and who wrote them."""
    for paragraph in root.iter("{*}p"):
        found = _COMMENT.fullmatch(get(paragraph, "style-name"))
        if found is None:
            continue
        spans = (each for each in paragraph.iter("{*}span") if get(each, "style-name") == _AUTHOR)
        author = "".join(str(text) for each in spans for text in each.itertext())
        name = get(next(paragraph.iterchildren("{*}bookmark"), paragraph), "name")
        marked = mark("reply" if found[1] else "said", name, author)
        paragraph.text = marked + (paragraph.text or "")


def mark_titles(root: Element, styles: Styles) -> None:
    """Mark the paragraphs that are in the styles of title and subtitle."""
    for paragraph in root.iter("{*}p"):
        if kind := styles.title_kind(paragraph):
            paragraph.text = mark(kind) + (paragraph.text or "")


def mark_alternatives(root: Element) -> None:
    """Put what is said of a picture before it: its description, else its title."""
    for frame in list(root.iter("{*}frame")):
        said = {local(child): text_in(child) for child in frame}
        text = said.get("desc") or said.get("title")
        parent, before = frame.getparent(), frame.getprevious()
        if "image" not in said or not text or parent is None or local(parent) not in _KNOWN:
            continue
        if before is not None:
            before.tail = (before.tail or "") + mark("alt", text=text)
        else:
            parent.text = (parent.text or "") + mark("alt", text=text)


def put_fields(root: Element) -> None:
    """Put the text of fields, such as a date or the number of a figure, in their places."""
    for paragraph in list(root.iter("{*}p", "{*}h")):
        for element in list(paragraph.iterdescendants("{*}*")):
            inside = ":text:" in str(element.tag) and local(element) not in _KNOWN
            if inside and not any(local(each) in _KNOWN for each in element.iter("{*}*")):
                text = "".join(map(str, element.itertext()))
                if text.strip() and next(around(element, "p", "h")) is paragraph:
                    put_text(element, text)
