"""Which kind of picture some bytes are, and whether they are a whole one."""

import struct
import warnings
import zlib
from hashlib import sha256
from io import BytesIO
from typing import Final

from converter.access import Limits
from converter.model import Picture
from converter.pictures.svg import is_svg, safe_svg
from converter.source import Refusal

_RASTERS: Final = (
    (b"\x89PNG\r\n\x1a\n", 0, "PNG", "image/png", "png"),
    (b"\xff\xd8\xff", 0, "JPEG", "image/jpeg", "jpg"),
    (b"GIF8", 0, "GIF", "image/gif", "gif"),
    (b"WEBP", 8, "WEBP", "image/webp", "webp"),
)
# What Pillow raises on damaged files depends on the kind of file and on what is damaged.
_DAMAGE: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)


def picture_of(content: bytes, src: str, limits: Limits = Limits()) -> Picture | Refusal:  # noqa: B008 - a frozen value
    """Return ``content`` as a picture, named by what is in it. ``src`` is what users know it by."""
    for magic, offset, name, media_type, suffix in _RASTERS:
        if content.startswith(magic, offset):
            refusal = _damage(content, name, src, limits.picture_pixels)
            return refusal or _named(content, media_type, suffix)
    if not is_svg(content):
        return Refusal(f"{src} is no picture: PNG, JPEG, GIF, WebP and SVG can be shown")
    drawing = safe_svg(content, src)
    return drawing if isinstance(drawing, Refusal) else _named(drawing, "image/svg+xml", "svg")


def _named(content: bytes, media_type: str, suffix: str) -> Picture:
    return Picture(f"image-{sha256(content).hexdigest()[:16]}.{suffix}", media_type, content)


def _damage(content: bytes, name: str, src: str, most: int) -> Refusal | None:
    """Return what is wrong with a picture of the kind that Pillow calls ``name``.

    It may have ``most`` pixels.
    """
    # Loaded when needed: most sources have no pictures.
    from PIL import Image, UnidentifiedImageError

    try:
        # We have a limit of our own, and tell of it in our own way.
        ours = warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning)
        with ours, Image.open(BytesIO(content), formats=[name]) as image:
            width, height = image.size
            image.verify()
    except Image.DecompressionBombError:
        return _too_large(src, most)
    except UnidentifiedImageError:  # it names the place in memory, another one in every run
        return Refusal(f"{src} is a damaged picture: only its first bytes are those of {name}")
    except _DAMAGE as error:
        return Refusal(f"{src} is a damaged picture: {error}")
    return _too_large(src, most) if width * height > most else None


def _too_large(src: str, most: int) -> Refusal:
    return Refusal(
        f"{src} has more than {most:,} pixels: make it smaller; see --limit picture-pixels"
    )
