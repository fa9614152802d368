"""Fonts by their files, not by what is asked of them.

Where a face lacks a letter, Pango takes another that it describes in the same words, such as the
italic for the bold italic. WeasyPrint would embed the one that it met first for both: letters of
the other would have wrong shapes, and widths that are not those of the file.
"""

from typing import Any, Final

from converter.writers.pdf.weasyprint.engine import (
    Font,
    Stream,
    ffi,
    get_pango_font_hb_face,
    get_pango_font_key,
)

_LETTERS: Final = 26


def tell_faces_apart() -> None:
    """Let every file have each face that it draws with under a name of its own."""
    Stream.add_font = _add_font


def _add_font(stream: Any, pango_font: Any) -> tuple[Any, float]:
    """Return the font in which text is drawn, and its size."""
    described, description, size = get_pango_font_key(pango_font)
    face = int(ffi.cast("uintptr_t", get_pango_font_hb_face(pango_font)))
    fonts = stream._fonts
    if (described, face) not in fonts:
        font = Font(pango_font, description, size)
        for _ in range(sum(key == described for key, _ in fonts)):
            _rename(font)
        fonts[described, face] = font
    return fonts[described, face], size


def _rename(font: Any) -> None:
    """Give ``font`` another of the names that tell subsets apart."""
    first, rest = font.hash[0], font.hash[1:]
    other = chr(ord("A") + (ord(first) - ord("A") + 1) % _LETTERS) + rest
    font.name = font.name.replace(font.hash.encode(), other.encode(), 1)
    font.hash = other
