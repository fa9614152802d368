"""``converter inspect``: what was found in sources, for people or as JSON."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from os.path import commonpath, relpath
from pathlib import Path
from typing import Any, Final

import click
import msgspec
from msgspec.structs import replace
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table
from rich.tree import Tree

from converter import pipeline
from converter.access import Access
from converter.batch.diary import Diary
from converter.batch.listing import find
from converter.batch.outcome import Failure, Outcome, Told
from converter.commands.console import plain_console, progress
from converter.commands.explain import show_explanation
from converter.commands.options import (
    access_options,
    reader_option,
    sources_argument,
    verdict_options,
)
from converter.commands.reports import protect, report_file
from converter.commands.verdict import FAILED, Policy, in_actions, policy, show, show_failure, worse
from converter.inspection import calls_of, record
from converter.ledger import Ledger, total
from converter.model import Comment, Document
from converter.pipeline import Reading
from converter.report import Message
from converter.source import name_of, open_source
from converter.walk import calls, page_labels, plain_text, thread_numbers

_DEEPEST: Final = 12
_FIRST_WORDS: Final = 60
_AFTER: Final = 24
_NAME_WIDTH: Final = 20


@click.command()
@sources_argument
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON per document.")
@click.option("--explain", metavar="NOTE", help="Show why this note of the list is called there.")
@access_options
@reader_option
@verdict_options
def command(
    sources: tuple[Path, ...],
    as_json: bool,
    explain: str | None,
    reader: str | None,
    access: Access,
    reports: tuple[Path, ...],
    **decided: Any,
) -> None:
    """Show the notes, pages, comments and words found in each SOURCE, a file or a folder.

    A single file is shown at length, several as a line each with totals.
    """
    found = find(sources, reader)
    paths = found.sources
    if explain is not None:
        for path in paths:
            show_explanation(path, explain, reader)
        return
    protect(paths, reports)
    verdict = _Verdict(policy(**decided), reports)
    verdict.tell(found.messages())
    readings = verdict.watch(paths, reader, access)
    console = plain_console()
    if as_json:
        for reading in readings:
            click.echo(msgspec.json.encode(_record(reading)))
    elif len(paths) == 1:
        for reading in readings:
            _show(reading, console)
    else:
        _show_lines(readings, paths, console)
    sys.exit(verdict.conclude())


class _Verdict:
    """Reads on past sources that fail, and remembers what the exit code must be."""

    def __init__(self, policy: Policy, reports: Iterable[Path]) -> None:
        self._policy = policy
        self._reports = [report_file(path, policy) for path in reports]
        self._code = 0

    def watch(self, paths: Sequence[Path], reader: str | None, access: Access) -> Iterator[Reading]:
        """Yield what is read, with those of its messages that users are to be told of."""
        for path in progress(paths, "Reading", total=len(paths)):
            diary = Diary()
            with diary.failing_alone(name_of(path)):
                for reading in pipeline.read(open_source(path, access), reader):
                    told = self._told(reading)
                    self._judge(told)
                    yield told
            for failure in diary.failures:
                self._fail(failure)

    def tell(self, messages: Iterable[Message]) -> None:
        """Print messages that speak of no document."""
        for message in filter(self._policy.tells, messages):
            self._code = worse(self._code, self._policy.code(message))
            show(message)

    def conclude(self) -> int:
        """Write the reports and return the exit code."""
        for report in self._reports:
            report.write()
        return self._code

    def _told(self, reading: Reading) -> Reading:
        messages = tuple(filter(self._policy.tells, reading.findings.messages))
        return reading._replace(findings=replace(reading.findings, messages=messages))

    def _judge(self, reading: Reading) -> None:
        messages = reading.findings.messages
        for message in messages:
            self._code = worse(self._code, self._policy.code(message))
        if self._reports:
            found = msgspec.json.encode(_record(reading))
            self._add(Outcome(reading.source, tuple(map(Told, messages)), (found,), 1))

    def _fail(self, failure: Failure) -> None:
        self._code = FAILED
        if click.get_current_context().obj:
            click.echo(failure.trace, err=True, nl=False)
        show_failure(failure)
        self._add(Outcome(failure.place, (failure,)))

    def _add(self, outcome: Outcome) -> None:
        for report in self._reports:
            report.add(outcome)


def _record(reading: Reading) -> dict[str, Any]:
    return record(reading.source, reading.reader, reading.document, reading.findings)


def _show(reading: Reading, console: Console) -> None:
    document, findings = reading.document, reading.findings
    number = f"{document.number}. " if document.number else ""
    console.print(f"[bold]{escape(number + plain_text(document.title))}[/bold]")
    if document.subject:
        console.print(f"Subject: {escape(plain_text(document.subject))}")
    if document.notes:
        console.print(_notes(document))
    if labels := page_labels(document):
        console.print(f"Pages: {escape(', '.join(labels))}")
    if document.comments:
        console.print(_thread(document))
    console.print(_words(findings.ledger))
    for drop in findings.ledger.drops:
        console.print(f"  line {drop.line}: dropped as {drop.reason}: {escape(_first(drop.text))}")
    for message in findings.messages:
        if in_actions():
            show(message)
        else:
            console.print(escape(str(message)), soft_wrap=True)


def _notes(document: Document) -> Table:
    table = Table("Mark", "Note", "Called after", title="Notes", title_justify="left")
    places = calls_of(document)
    for note in document.notes:
        after = "\n".join(f"…{escape(place.before[-_AFTER:])}" for place in places[note.id])
        text = escape(_first(plain_text(note.children)))
        table.add_row(escape(note.label), text, after or "[red]no call found[/red]")
    return table


def _thread(document: Document) -> Tree:
    """Return the thread as a tree; below a readable depth it goes on level."""
    declared = document.declared_comments
    of = f" of {declared} declared" if declared is not None else ""
    tree = Tree(f"{len(document.comments)} comments{of}")
    numbers = thread_numbers(document.comments)
    above = [tree]
    depths: dict[str | None, int] = {None: 0}
    for comment in document.comments:
        depths[comment.id] = comment.depth if comment.orphan else depths[comment.parent] + 1
        level = min(depths[comment.id], _DEEPEST)
        del above[level:]
        above += [above[-1].add("…") for _ in range(level - len(above))]
        above.append(above[-1].add(_comment(comment, numbers[comment.id])))
    return tree


def _comment(comment: Comment, number: str) -> str:
    author = f" {comment.author}:" if comment.author else ""
    orphan = " [yellow](orphan)[/yellow]" if comment.orphan else ""
    words = escape(_first(plain_text(comment.children)))
    return f"[bold]{number}[/bold]{escape(author)}{orphan} {words}"


def _show_lines(readings: Iterator[Reading], paths: Sequence[Path], console: Console) -> None:
    """Print a line for each document, named from the folder that all have in common."""
    folder = commonpath([path.parent for path in paths])
    numbers = ("Notes", "Pages", "Comments", "Words", "Dropped", "Messages")
    source = Column("Source", overflow="fold", min_width=_NAME_WIDTH)
    columns = (Column(name, justify="right", no_wrap=True) for name in numbers)
    table = Table(source, *columns, title=folder or None, box=box.SIMPLE_HEAD, pad_edge=False)
    sums = [0] * 4
    ledgers = []
    messages = 0
    for reading in readings:
        document, findings = reading.document, reading.findings
        counts = (
            len(document.notes),
            sum(map(bool, calls(document).values())),
            len(page_labels(document)),
            len(document.comments),
        )
        sums = [sum(pair) for pair in zip(sums, counts, strict=True)]
        ledgers.append(Ledger(*msgspec.structs.astuple(findings.ledger)[:4]))
        messages += len(findings.messages)
        for message in findings.messages:
            if message.level != "info":
                show(message)
        name = relpath(reading.source, folder or ".")
        table.add_row(*_cells(name, counts, ledgers[-1], len(findings.messages)))
    table.add_section()
    table.add_row(*_cells(f"{len(ledgers)} documents", sums, total(ledgers), messages))
    console.print(table)


def _cells(name: str, counts: Sequence[int], ledger: Ledger, messages: int) -> list[str]:
    notes, linked, *others = counts
    found = str(notes or "") if notes == linked else f"{linked} of {notes}"
    values = [*others, ledger.words, ledger.dropped, messages]
    return [escape(name), found, *(str(value) if value else "" for value in values)]


def _words(ledger: Ledger) -> str:
    return str(ledger) + ("" if ledger.balanced else " [red]LOST[/red]")


def _first(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _FIRST_WORDS else line[: _FIRST_WORDS - 1] + "…"
