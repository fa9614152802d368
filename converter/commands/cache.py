"""``converter cache``: what is kept of former runs."""

from pathlib import Path

import click

from converter.batch.cache import Store, default_folder
from converter.commands.options import cache_option


@click.group()
def command() -> None:
    """Show or clear what is kept of former runs, so that nothing is made twice."""


@command.command()
@cache_option
def info(cache: Path | None) -> None:
    """Show where it is, and how much."""
    store = Store(cache or default_folder())
    usage = store.usage()
    click.echo(f"{store.folder}: {usage.entries} entries, {usage.size / 1_000_000:.1f} MB")


@command.command()
@cache_option
def clear(cache: Path | None) -> None:
    """Remove all of it; it is made again as it is needed."""
    store = Store(cache or default_folder())
    usage = store.usage()
    store.clear()
    click.echo(f"{store.folder}: removed {usage.entries} entries, {usage.size / 1_000_000:.1f} MB")
