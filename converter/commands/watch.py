"""``--watch``: the same command again whenever something that it reads has changed."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Final, NoReturn

import click

from converter.errors import UsageError

# In milliseconds: how long one look for changes lasts.
_TURN: Final = 500


def run_again_and_again(paths: Callable[[], Iterable[Path]], output: Path) -> NoReturn:
    """Run this command without ``--watch`` now and after every change below ``paths``.

    These are asked for anew each time: a project may name other sources by then. What changes in
    ``output``, or is hidden, is our own work or nobody's concern.
    """
    try:
        from watchfiles import watch
    except ImportError as error:
        raise UsageError("--watch needs watchfiles: pip install 'converter[watch]'") from error
    command = [sys.executable, "-m", "converter"]
    command += [argument for argument in sys.argv[1:] if argument != "--watch"]
    results = output.resolve()

    def concerns_us(_: object, name: str) -> bool:
        path = Path(name)
        return not path.name.startswith(".") and not _is_within(path, results)

    while True:
        # Anew each time: what an editor puts in the place of a file is another file.
        there = {path if path.exists() else path.parent for path in paths()}
        looks = watch(
            *there,
            watch_filter=concerns_us,
            raise_interrupt=True,
            yield_on_timeout=True,
            rust_timeout=_TURN,
        )
        with closing(looks):
            # What changes during the run is not missed: the first look is before it.
            next(looks)
            subprocess.run(command, check=False)  # noqa: S603 - what the user has just run
            click.echo("watching for changes; Ctrl-C ends it", err=True)
            next(filter(None, looks))


def _is_within(path: Path, folder: Path) -> bool:
    return folder != Path.cwd() and path.is_relative_to(folder)
