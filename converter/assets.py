"""The templates: skeletons, style sheets and fonts, a user's folder before our own."""

from pathlib import Path
from typing import Final

# In an installed package the templates lie inside it, in a checkout beside it.
_INSTALLED: Final = Path(__file__).parent / "templates"
_TEMPLATES: Final = (
    _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parent.parent / "templates"
)


def template(name: str, folder: Path | None = None) -> Path:
    """Return the path of template ``name``, such as ``epub/style.css``.

    A file of that name in the user's ``folder`` goes before the one that comes with converter.
    """
    own = folder / name if folder else None
    return own if own and own.is_file() else _TEMPLATES / name


def strangers(folder: Path) -> tuple[Path, ...]:
    """Return the style sheets and skeletons in the user's ``folder`` that override none of ours."""
    kinds = {".css", ".svg", ".typ", ".xhtml"}
    own = (path for path in sorted(folder.rglob("*")) if path.suffix in kinds)
    return tuple(path for path in own if not (_TEMPLATES / path.relative_to(folder)).is_file())
