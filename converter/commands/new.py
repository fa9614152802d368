"""``converter new``: a project to start from."""

import shutil
from pathlib import Path

import click

from converter.assets import template
from converter.errors import UsageError, WriteError


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Make DIR with a project file and a small source to try it on."""
    if folder.exists() and any(folder.iterdir()):
        raise UsageError("exists and is not empty: name a new folder", str(folder))
    try:
        shutil.copytree(template("new"), folder, dirs_exist_ok=True)
    except OSError as error:
        raise WriteError(f"cannot be made: {error.strerror or error}", str(folder)) from error
    click.echo(f"{folder}: put your sources into {folder / 'sources'}, describe the book in")
    click.echo(f"{folder / 'edition.toml'}, and run: converter build {folder}")
