"""The text of books and articles in XML, against which what pandoc reads of them is held.

Pandoc passes over what it does not know, such as the tables of FictionBook.
"""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from converter.readers.pandoc.elements import Element, get, local

# Where the text is; what is said of it besides, pandoc has in its metadata or not at all.
_TEXTS: Final = {
    "fb2": ("body",),
    "jats": ("body", "back"),
    "docbook": ("article", "book", "chapter", "section"),
}
# What may stand within a word.
_INLINE: Final = frozenset(
    {
        *("a", "emphasis", "strong", "style", "sub", "sup", "code", "strikethrough"),
        *("italic", "bold", "sc", "underline", "monospace", "strike", "xref", "ext-link"),
        *("named-content", "styled-content", "link", "ulink", "phrase", "literal", "quote"),
        *("subscript", "superscript", "anchor"),
    }
)
# What becomes markup or mathematics, and what describes a part of the text.
_UNREAD: Final = frozenset(
    {
        *("math", "tex-math", "inline-formula", "disp-formula", "label", "info", "articleinfo"),
        *("bookinfo", "chapterinfo", "sectioninfo", "equation", "inlineequation", "indexterm"),
        *("informalequation", "alt", "textobject", "object-id", "ref-list"),
    }
)


def text_of(form: str, data: bytes) -> str:
    """Return the text of ``data``, empty for other formats than these and for damaged files."""
    if form not in _TEXTS:
        return ""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return ""
    names = _TEXTS[form]
    tops = [root] if local(root) in names else [each for each in root if local(each) in names]
    return "".join(piece for top in tops for piece in _pieces(top))


def _pieces(element: Element) -> Iterator[str]:
    name = local(element)
    if name in _UNREAD or _is_mark(element):
        return
    apart = "" if name in _INLINE else " "
    yield apart + (element.text or "")
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    yield apart


def _is_mark(element: Element) -> bool:
    """Whether ``element`` is what is printed where a note is called, or before the note."""
    if local(element) == "title":
        around = [get(each, "name") for each in element.iterancestors("{*}body")]
        return "notes" in around
    return get(element, "ref-type") == "fn" or get(element, "type") == "note"
