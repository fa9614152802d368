"""``--watch``: the same command again whenever something that it reads has changed."""

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click

from converter.errors import UsageError


def run_again_and_again(paths: Iterable[Path], output: Path) -> NoReturn:
    """Run this command without ``--watch`` now and after every change below ``paths``.

    What changes in ``output``, or is hidden, is our own work or nobody's concern.
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

    there = [path for path in paths if path.exists()]
    subprocess.run(command, check=False)  # noqa: S603 - what the user has just run
    click.echo("watching for changes; Ctrl-C ends it", err=True)
    for _ in watch(*there, watch_filter=concerns_us, raise_interrupt=True):
        subprocess.run(command, check=False)  # noqa: S603 - what the user has just run
    sys.exit()


def _is_within(path: Path, folder: Path) -> bool:
    return folder != Path.cwd() and path.is_relative_to(folder)
