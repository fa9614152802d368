"""What the outcome of a task depends on, as digests: programs, fonts, templates, sources.

Only bytes, names and versions count, never times: a cache can travel between machines and runs.
"""

import os
import platform
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import file_digest, sha256
from importlib.util import find_spec
from itertools import islice, takewhile
from pathlib import Path
from shutil import which
from typing import Any, Final

import msgspec

from converter import plugins
from converter.assets import template
from converter.batch.cache import digest
from converter.source import name_of

_PACKAGE: Final = Path(__file__).parent.parent
_CODE: Final = frozenset({".py", ".lua", ".json"})
_FONT_FOLDERS: Final = ("/usr/share/fonts", "/usr/local/share/fonts", "/etc/fonts")
_OWN_FONTS: Final = (".fonts", ".local/share/fonts", ".config/fontconfig")
_LIBRARY_FOLDERS: Final = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")
_LIBRARIES: Final = ("libpango", "libharfbuzz", "libfontconfig", "libfreetype")
# What corrections are called behind the name of their source; some leave out its ending.
_CORRECTIONS: Final = ".fix.toml"
# Formats that are set in type on this machine.
_SET_IN_TYPE: Final = frozenset({"pdf"})


def key(*parts: Any) -> str:
    """Return a key made of ``parts``, which are values that JSON can hold."""
    return digest(msgspec.json.encode(parts, enc_hook=str, order="deterministic"))


@cache
def program() -> str:
    """Return what of this installation can change an outcome, whatever the format."""
    return key(
        _code(_PACKAGE, _CODE),
        _tree(template("")),
        platform.python_version(),
        sys.platform,
        sorted(_distributions()),
        sorted(_plugins()),
        _pandoc(),
        os.environ.get("SOURCE_DATE_EPOCH", ""),
    )


@cache
def typesetting() -> str:
    """Return which fonts there are, and which libraries set them."""
    home = Path.home()
    folders = [*map(Path, _FONT_FOLDERS), *(home / name for name in _OWN_FONTS)]
    fonts = [entry for folder in folders for entry in _names_and_sizes(folder)]
    libraries = (
        path.name
        for folder in _LIBRARY_FOLDERS
        for pattern in ("", "*/")
        for name in _LIBRARIES
        for path in Path(folder).glob(f"{pattern}{name}*.so*")
    )
    return key(sorted(fonts), sorted(set(libraries)))


def formats(writers: Iterable[str], templates: Path | None) -> str:
    """Return what the editions of ``writers`` depend on besides ``program``."""
    set_in_type = any(writer in _SET_IN_TYPE for writer in writers)
    return key(_tree(templates) if templates else "", typesetting() if set_in_type else "")


def source(path: Path) -> tuple[str, ...]:
    """Return the digests of the file at ``path`` and of those beside it that bear its name.

    The latter, such as corrections, are ``memo.txt.fix.toml`` beside ``memo.txt``. Raises OSError.
    """
    names = _folder(path.parent)
    first = bisect_left(names, f"{path.name}.")
    beside = takewhile(lambda name: name.startswith(f"{path.name}."), islice(names, first, None))
    misnamed = path.stem + _CORRECTIONS  # of which a message tells
    at = bisect_left(names, misnamed)
    alike = names[at : at + 1] if misnamed in names[at : at + 1] else ()
    files = (path, *map(path.with_name, (*beside, *alike)))
    return tuple(
        f"{name_of(Path(file.name))} {_digest_of(file)}" for file in files if file.is_file()
    )


def _digest_of(file: Path) -> str:
    """Return the digest of what is in ``file``, which may be larger than memory."""
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


@cache
def _folder(folder: Path) -> tuple[str, ...]:
    """Return the names in ``folder`` in their order, once a run: it may hold thousands."""
    return tuple(sorted(path.name for path in folder.iterdir()))


def _code(folder: Path, suffixes: frozenset[str]) -> str:
    return _tree(folder, suffixes)


def _tree(folder: Path, suffixes: frozenset[str] = frozenset()) -> str:
    """Return a digest of all files below ``folder``, or of those with ``suffixes``."""
    found = sha256()
    for path in sorted(folder.rglob("*")):
        if (not suffixes or path.suffix in suffixes) and path.is_file():
            found.update(f"{name_of(path.relative_to(folder))}\0".encode())
            found.update(digest(path.read_bytes()).encode())
    return found.hexdigest()


def _distributions() -> Iterator[str]:
    """Yield names and versions of all that is installed, as they stand in names of folders."""
    for folder in filter(os.path.isdir, sys.path):
        yield from (path.name for path in Path(folder).glob("*.*-info"))


def _plugins() -> Iterator[str]:
    """Yield what other packages provide, with their code: they may be in the making."""
    for group in (plugins.READERS, plugins.WRITERS, plugins.TRANSFORMS):
        for entry in plugins.provided(group):
            module = entry.value.partition(":")[0].partition(".")[0]
            yield f"{group} {entry.name} {entry.value} {_module(module)}"


@cache
def _module(name: str) -> str:
    """Return a digest of the package or module at top level called ``name``."""
    if name == _PACKAGE.name:
        return ""
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return ""
    origin = Path(spec.origin)
    if spec.submodule_search_locations:
        return _code(origin.parent, _CODE)
    return digest(origin.read_bytes())


def _pandoc() -> str:
    """Return the size of a pandoc on the path, which may go before the one that was installed."""
    found = os.environ.get("PYPANDOC_PANDOC") or which("pandoc")
    return f"{found} {Path(found).stat().st_size}" if found and Path(found).is_file() else ""


def _names_and_sizes(folder: Path) -> Iterator[str]:
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            if path.is_file():
                yield f"{name} {path.stat().st_size}"
