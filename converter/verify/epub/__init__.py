"""Reads an EPUB back from its own bytes: the files of its spine, its notes, pages and threads.

It goes by what the standard and DPUB-ARIA say of elements, as a reading system does, and for
comments by the classes of the markup. What carries the class ``generated`` is no text of the
source. See https://www.w3.org/TR/epub-33/ and https://www.w3.org/TR/dpub-aria-1.1/.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from pathlib import Path
from posixpath import dirname
from typing import Final

from msgspec.structs import replace

from converter.container import OPF, Container, Element, resolve
from converter.verify.difference import Difference
from converter.verify.epub.chapter import XHTML, Chapter, line, spoken
from converter.verify.epub.lists import behind_faults, behind_said
from converter.verify.epub.nav import (
    NCX,
    contents,
    lists_said,
    ncx_faults,
    page_list,
    page_list_faults,
)
from converter.verify.forms import STYLES, digest
from converter.verify.opening import Openings
from converter.verify.reading import Medium, Reading, Reference, Said, Writing
from converter.verify.sealed import loose_ends, style_loads, style_words
from converter.verify.templates import Templates
from converter.verify.thread import comment, note, thread_faults
from converter.verify.unseen import hidden_by

# What XML cannot hold: https://www.w3.org/TR/xml/#charsets.
_MEDIUM: Final = Medium(
    re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"),
    marks=True,
    added=True,
    ordered=True,
    forms=("picture", *STYLES),
    blocks=True,
)

_DC: Final = "{http://purl.org/dc/elements/1.1/}"
# What is known of the book even where the package does not say it.
_TOLD: Final = ("title", "creator", "date", "rights", "identifier")
_STYLE: Final = "text/css"
_NCX: Final = "application/x-dtbncx+xml"


def read(path: Path, templates: Templates) -> Reading:
    """Return what the EPUB at ``path`` holds. Raises SourceError if it is none or malformed."""
    body = Writing()
    chapters = []
    with Container(path, path.as_posix()) as container:
        held = set(container.names())
        said = list(_files(container))
        nav = container.tree(container.nav)
        older = [(name, container.tree(name)) for name in container.typed(_NCX)]
        said += _ways_in(nav, container.nav, older)
        about = _about(container.package)
        sheets = {
            name: container.content(name).decode(errors="replace")
            for name in container.names()
            if name.endswith(".css")
        }
        loose: list[Difference] = []
        for name in container.main_spine():
            root = container.tree(name)
            hidden = hidden_by(_sheets(root, name, sheets), root)
            chapters.append(Chapter(name, root, hidden, digest=_digests(container, name)))
            chapters[-1].read(root, body)
            loose += _loose_ends(root, name, held)
        loose += _loose_ends(nav, container.nav, held)
        for name in container.names():
            if name.endswith(".svg"):
                loose += _loose_ends(container.tree(name), name, held)
        notes = tuple(note(each) for chapter in chapters for each in chapter.notes)
        loose += behind_faults(chapters, notes, lambda: _names(container))
    surveyed = (Chapter(container.nav, nav, digest=lambda _: ""), *chapters)
    held.update(anchor for chapter in surveyed for anchor in chapter.anchors)
    pages = [page for chapter in chapters for page in chapter.pages]
    drafts = [each for chapter in chapters for each in chapter.comments]
    text = body.passage()
    starts = {key: at for chapter in chapters for key, at in chapter.starts.items()}
    faults = (
        *loose,
        *(
            fault
            for name, sheet in sheets.items()
            for fault in _loads(sheet, name, held, templates)
        ),
        *(fault for chapter in surveyed for fault in _links(chapter, held)),
        *page_list_faults(page_list(nav, container.nav), pages),
        *(fault for name, ncx in older for fault in ncx_faults(nav, container.nav, ncx, name)),
        *thread_faults(drafts),
    )
    title_page = tuple(each.title_page for each in chapters if each.title_page)
    return Reading(
        _MEDIUM,
        text,
        notes,
        tuple(map(comment, drafts)),
        title_page,
        tuple(references(chapters, Openings(text, starts, notes, pages))),
        tuple(contents(nav, container.nav, starts, text)),
        faults,
        addresses=tuple(link for chapter in chapters for link in chapter.addresses),
        about=about,
        languages=tuple(each for chapter in chapters for each in chapter.languages),
        templates=templates,
        said=(
            *said,
            *(each for chapter in chapters for each in chapter.said),
            *behind_said(chapters),
        ),
    )


def _files(container: Container) -> Iterator[Said]:
    """Yield the files that are neither text in the reading order nor what it needs."""
    known = {*container.main_spine(), container.nav, *container.typed(_NCX), *container.own()}
    for name in container.names():
        kind = container.media_type(name)
        if name not in known and kind != _STYLE and not kind.startswith("image/"):
            yield Said("file", name, name)


def _ways_in(nav: Element, name: str, older: Iterable[tuple[str, Element]]) -> Iterator[Said]:
    """Yield what the contents say, those for older reading systems too, besides labels of pages."""
    for title in nav.iter(f"{XHTML}title"):
        yield Said("name", line(title), f"{name} title")
    for body in nav.iter(f"{XHTML}body"):
        yield from lists_said(body, name)
    for place, ncx in older:
        for title in ncx.iter(f"{NCX}docTitle"):
            yield Said("name", line(title), place)


def _names(container: Container) -> dict[str, str]:
    """Return the text of each name that an index can lead to, by its key."""
    return {
        f"{file}#{name.get('id')}": spoken(name)
        for file in container.main_spine()
        for name in container.tree(file).iter(f"{XHTML}span")
        if name.get("id") and "name" in name.get("class", "").split()
    }


def _digests(container: Container, name: str) -> Callable[[str], str]:
    """Return what tells the pictures of the file ``name`` from each other."""

    def told(src: str) -> str:
        checksum = container.checksum(resolve(src, dirname(name)))
        return "" if checksum is None else digest(checksum)

    return told


def _about(package: Element) -> dict[str, tuple[str, ...]]:
    """Return what the package says of the book, by the terms of Dublin Core."""
    said: dict[str, list[str]] = {name: [] for name in _TOLD}
    for element in package.iter(f"{_DC}*"):
        said.setdefault(element.tag.removeprefix(_DC), []).append(line(element))
    for element in package.iter(f"{OPF}meta"):
        if element.get("property") == "dcterms:issued":
            said.setdefault("date", []).append(line(element))
    return {name: tuple(values) for name, values in said.items()}


def references(chapters: Iterable[Chapter], openings: Openings) -> Iterator[Reference]:
    """Yield the links of the text that lead to something inside the edition."""
    for chapter in chapters:
        for target, within in chapter.references:
            yield Reference(openings.at(target), within)


def _sheets(root: Element, name: str, sheets: Mapping[str, str]) -> Iterator[str]:
    """Yield the style sheets of the page ``name``."""
    for link in root.iter(f"{XHTML}link"):
        yield sheets.get(resolve(link.get("href", ""), dirname(name)), "")
    for style in root.iter(f"{XHTML}style"):
        yield style.text or ""


def _loose_ends(root: Element, name: str, held: Set[str]) -> Iterator[Difference]:
    """Yield what in the file ``name`` runs, or is loaded from elsewhere."""
    for each in loose_ends(root, lambda href: _is_held(href, name, held)):
        yield replace(each, place=f"{name} {each.place}")


def _loads(sheet: str, name: str, held: Set[str], templates: Templates) -> Iterator[Difference]:
    for href in style_loads(sheet):
        if not _is_held(href, name, held):
            text = f"the style sheet would load {href}"
            yield Difference("remote-reference", text, name)
    for words in filter(templates.rest, style_words(sheet)):
        yield Difference("word-added", f"the style sheet adds “{words}”", name)


def _is_held(href: str, name: str, held: Set[str]) -> bool:
    """Return whether ``href`` in the file ``name`` is that of something in the edition."""
    return href.startswith(("#", "data:")) or resolve(href, dirname(name)).split("#")[0] in held


def _links(chapter: Chapter, held: set[str]) -> Iterator[Difference]:
    """Yield a difference for each id that is there twice and each link that leads nowhere."""
    for anchor in chapter.doubles:
        yield Difference("id-twice", "another element of the file has the same id", anchor)
    for place, target in chapter.links:
        if target not in held:
            yield Difference("broken-link", f"a link leads to {target}, which is not there", place)
