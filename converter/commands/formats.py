"""``converter formats``: which readers and writers there are, and what each needs."""

import click

from converter import plugins
from converter.errors import PluginError


@click.command()
def command() -> None:
    """List readers and writers, their file names, and what is missing for them to work."""
    click.echo("Readers (for --from)")
    for name in plugins.names(plugins.READERS):
        click.echo(_line(plugins.READERS, name))
    click.echo("Writers (for --to)")
    for name in plugins.names(plugins.WRITERS):
        click.echo(_line(plugins.WRITERS, name))


def _line(group: str, name: str) -> str:
    try:
        plugin = plugins.load(group, name)
    except PluginError as error:
        return f"  {name:16} not available: {error.text}"
    known = plugin.suffixes if group == plugins.READERS else (plugin.suffix,)
    suffixes = ", ".join(known) or "by content"
    about = next(iter((plugin.__doc__ or "").strip().splitlines()), "").replace("``", "")
    return f"  {name:16} {about}\n  {'':16} {suffixes}"
