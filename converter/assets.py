"""The templates: skeletons, style sheets and fonts, a user's folder before our own."""

from pathlib import Path
from typing import Final

from converter.access import lies_in

# In an installed package the templates lie inside it, in a checkout beside it.
_INSTALLED: Final = Path(__file__).parent / "templates"
_TEMPLATES: Final = (
    _INSTALLED if _INSTALLED.is_dir() else Path(__file__).parent.parent / "templates"
)


def template(name: str, folder: Path | None = None) -> Path:
    """Return the path of template ``name``, such as ``epub/style.css``.

    A file of that name in the user's ``folder`` goes before the one that comes with converter. A
    link out of that folder does not count.
    """
    own = folder / name if folder else None
    return own if own and folder and _counts(own, folder) else _TEMPLATES / name


def strangers(folder: Path) -> tuple[Path, ...]:
    """Return the style sheets and skeletons in the user's ``folder`` that override none of ours."""
    kinds = {".css", ".svg", ".typ", ".xhtml"}
    own = (path for path in sorted(folder.rglob("*")) if path.suffix in kinds)
    return tuple(path for path in own if not _overrides(path, folder))


def _overrides(path: Path, folder: Path) -> bool:
    return (_TEMPLATES / path.relative_to(folder)).is_file() and _counts(path, folder)


def _counts(path: Path, folder: Path) -> bool:
    """Whether ``path`` is a file that, links followed, lies in ``folder``."""
    return path.is_file() and lies_in(path, folder)
