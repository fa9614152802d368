"""What the templates of a user say: editions made with them have words that no source has."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import etree

from converter.container import Element
from converter.verify.letters import letters
from converter.verify.sealed import style_words

_SPOKEN: Final = ("alt", "aria-label", "title")
# Strings and pieces of content: https://typst.app/docs/reference/syntax/.
_TYPST: Final = re.compile(r'"((?:[^"\\]|\\.)*)"|\[([^\[\]]*)\]')


class Templates:
    """The words in the templates of ``folder``, a user's own; none without one."""

    def __init__(self, folder: Path | None = None) -> None:
        said = {letters(text) for text in _texts(folder)} if folder else set()
        self._said = sorted(filter(None, said), key=len, reverse=True)

    def rest(self, text: str) -> str:
        """Return the letters of ``text`` without what the templates say."""
        rest = letters(text)
        for said in self._said:
            rest = rest.replace(said, "")
        return rest


def _texts(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*.xhtml"):
        yield from _texts_of_skeleton(path)
    for path in folder.rglob("*.css"):
        yield from style_words(path.read_text("utf-8", "replace"))
    for path in folder.rglob("*.typ"):
        for found in _TYPST.finditer(path.read_text("utf-8", "replace")):
            yield found[1] or found[2] or ""


def _texts_of_skeleton(path: Path) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root: Element = etree.parse(path, parser).getroot()
    except etree.XMLSyntaxError:
        return  # no edition was made with it
    for element in root.iter(etree.Element):
        # As a whole, in whatever elements its words are, and each piece of it.
        pieces = [str(text) for text in element.itertext()]
        yield from ("".join(pieces), *pieces)
        yield from (element.get(name, "") for name in _SPOKEN)
