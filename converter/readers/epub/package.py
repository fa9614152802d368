"""What the package document says of the book. See https://www.w3.org/TR/epub-33/#sec-pkg-metadata."""

from typing import Final

from converter.container import OPF, Element
from converter.model import Book, Part

_DC: Final = "{http://purl.org/dc/elements/1.1/}"
# What the writer says where the model says nothing, since EPUB asks for a value.
_UNDETERMINED: Final = "und"
_NO_DATE: Final = "1980-01-01T00:00:00Z"


def book(package: Element, parts: tuple[Part, ...]) -> Book:
    """Return the book that ``package`` describes, made of ``parts``."""
    language, modified = _first(package, "language"), _property(package, "dcterms:modified")
    return Book(
        title=_first(package, "title"),
        parts=parts,
        language="" if language == _UNDETERMINED else language,
        authors=_all(package, "creator"),
        rights=_first(package, "rights"),
        date=_first(package, "date") or _property(package, "dcterms:issued"),
        modified="" if modified == _NO_DATE else modified,
        identifier=_first(package, "identifier"),
    )


def _all(package: Element, name: str) -> tuple[str, ...]:
    return tuple(each.text or "" for each in package.iter(f"{_DC}{name}"))


def _first(package: Element, name: str) -> str:
    return next(iter(_all(package, name)), "")


def _property(package: Element, name: str) -> str:
    metas = package.iter(f"{OPF}meta")
    return next((each.text or "" for each in metas if each.get("property") == name), "")
