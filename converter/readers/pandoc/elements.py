"""Elements of packages by names without their namespaces: those of strict files differ."""

from collections.abc import Iterator

from lxml import etree

Element = etree._Element


def local(element: Element) -> str:
    """Return the name of ``element``, empty for what is no element, such as a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def get(element: Element, name: str) -> str:
    """Return the attribute called ``name`` in any namespace, empty without it."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return ""


def text_in(element: Element) -> str:
    """Return all text in ``element``, with single spaces."""
    return " ".join("".join(map(str, element.itertext())).split())


def sibling(element: Element, name: str) -> Element:
    """Return a new element called ``name`` in the namespace of ``element``."""
    return element.makeelement(str(element.tag).rpartition("}")[0] + "}" + name, {})


def put_text(element: Element, text: str) -> None:
    """Put ``text`` in the place of ``element``, whose tail stays."""
    parent = element.getparent()
    if parent is None:
        return
    text += element.tail or ""
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
    parent.remove(element)


def remove(element: Element) -> None:
    """Take ``element`` out, and what follows it in text."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: Element) -> None:
    """Put what is in ``element`` in its place."""
    for child in element:
        element.addprevious(child)
    remove(element)


def around(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements called one of ``names`` that ``element`` stands in, innermost first."""
    return element.iterancestors(*(f"{{*}}{name}" for name in names))
