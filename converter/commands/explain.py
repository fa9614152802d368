"""``converter inspect --explain``: which places could call a note, and why one won."""

from pathlib import Path
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from converter import pipeline, plugins
from converter.commands.console import plain_console
from converter.errors import UsageError
from converter.explanation import Candidate, Explanation
from converter.plugins import Explains
from converter.source import open_source

_CAPTION: Final = "Confidence: the share of all ways to link the notes that call it from this place"


def show_explanation(path: Path, note: str, reader: str | None) -> None:
    """Print the explanation of ``note``, its number in the list of notes of the source at ``path``.

    Raises UsageError if the reader finds no notes by inference, or none of that number.
    """
    source = open_source(path)
    name = reader or pipeline.choose_reader(source)
    plugin = plugins.reader(name)
    if not isinstance(plugin, Explains):
        raise UsageError(f"the reader {name!r} infers no links: its notes are marked", source.name)
    explanations = plugin.explain(source)
    chosen = [each for each in explanations if str(each.number) == note]
    if not chosen:
        numbers = ", ".join(str(each.number) for each in explanations) or "none"
        raise UsageError(
            f"there is no note {note!r} in the list; there are: {numbers}", source.name
        )
    console = plain_console()
    for explanation in chosen:
        _show(explanation, console)


def _show(explanation: Explanation, console: Console) -> None:
    console.print(f"[bold]Note {explanation.number}[/bold], line {explanation.line}")
    console.print(escape(explanation.text))
    if not explanation.candidates:
        console.print("No place in the text could call it.")
        return
    table = Table("Line", "Place", "For (+) and against (-)", "Confidence", caption=_CAPTION)
    for position, candidate in enumerate(explanation.candidates):
        won = explanation.linked and position == 0
        table.add_row(*_cells(candidate), style="bold" if won else "")
    console.print(table)
    if not explanation.linked:
        console.print("None is likely enough: the note is not linked.")


def _cells(candidate: Candidate) -> tuple[str, str, str, str]:
    mark = f"[reverse]{escape(candidate.mark)}[/reverse]"
    place = f"…{escape(candidate.before)}{mark} {escape(candidate.after)}…"
    evidence = "\n".join(f"{weight:+.1f} {escape(name)}" for name, weight in candidate.evidence)
    return str(candidate.line), place, evidence, f"{candidate.confidence:.3f}"
