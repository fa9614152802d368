"""One run of a command over many documents: what it is told, what it prints, the verdict."""

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import click
import msgspec
from click.core import ParameterSource

from converter.access import Access
from converter.assets import strangers
from converter.batch import identity
from converter.batch.cache import Store, default_folder
from converter.batch.listing import Found
from converter.batch.outcome import Edition, Event, Failure, Outcome, Told
from converter.batch.sources import Source
from converter.batch.workers import Alone, Crew, Limits
from converter.commands.verdict import FAILED, Policy, policy, show, show_failure, worse
from converter.ledger import Ledger
from converter.model import Prov
from converter.options import Options
from converter.report import Level, Message, Report
from converter.source import name_of
from converter.whole import scratch

if TYPE_CHECKING:
    from converter.commands.reports import ReportFile

Workers: TypeAlias = Alone | Crew


class RunOptions(msgspec.Struct, frozen=True):
    """What decides how a run goes, and not what its editions are."""

    strict: bool = False
    fail_on: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    reports: tuple[Path, ...] = ()
    quiet: bool = False
    verbose: bool = False
    jobs: int | None = None
    timeout: float = 0.0
    max_memory: int = 0
    cache: Path | None = None
    no_cache: bool = False
    cache_size: int = 0
    no_verify: bool = False
    model: bool = False
    watch: bool = False

    @staticmethod
    def taken_from(given: dict[str, Any]) -> "RunOptions":
        """Return the options that are in ``given``, and take them out of it."""
        return RunOptions(**{name: given.pop(name) for name in RunOptions.__struct_fields__})

    @property
    def verify(self) -> bool:
        return not self.no_verify


class Run:
    """Tells users what happens, in the order of the plan, and keeps no more of it than numbers."""

    def __init__(self, options: RunOptions, access: Access) -> None:
        self.options = options
        self._access = access
        self.totals: Counter[str] = Counter()
        self._levels: set[Level] = {"error"} if options.quiet else {"error", "warning"}
        self._levels |= {"info"} if options.verbose else set()
        self._policy = policy(options.strict, options.fail_on, options.ignore)
        self._code = 0
        self._start = time.monotonic()
        self._reports = _report_files(options.reports, self._policy)

    def watch(self, paths: Callable[[], Iterable[Path | None]], output: Path) -> None:
        """With ``--watch``, never come back: run again whenever something in ``paths`` changes."""
        if self.options.watch:
            from converter.commands.watch import run_again_and_again

            run_again_and_again(lambda: filter(None, paths()), output)

    @property
    def program(self) -> str:
        """What of this installation can change an outcome; without a cache nobody needs to know."""
        return "" if self.options.no_cache else identity.program()

    def source(self, reader: str, *formats: str) -> Source:
        """Return how sources are read in this run, of none in particular."""
        program = identity.key(self.program, *formats)
        return Source(Path(), program, self._access, reader, bool(self._reports))

    def protect(self, paths: Iterable[Path]) -> None:
        """Raise UsageError if a report would go to one of ``paths``."""
        if self.options.reports:
            from converter.commands.reports import protect

            protect(paths, self.options.reports)

    def leave_out(self, found: Found) -> None:
        """Tell of what was found and is not read."""
        self._mention(found.messages())
        self.totals["left out"] += len(found.editions)

    def check_templates(self, folder: Path | None) -> None:
        """Warn of the files in the user's folder of templates that change nothing."""
        report = Report()
        for path in strangers(folder) if folder else ():
            hint = "has the name of none of our templates: it changes nothing"
            report.warn("template-unused", hint, prov=Prov(name_of(path)))
        self._mention(report.messages)

    def _mention(self, messages: Iterable[Message]) -> None:
        """Tell of what belongs to no task."""
        if told := tuple(map(Told, messages)):
            self._take(Outcome("", told))

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Give the cache, or one that lasts no longer than the run and its temporary files."""
        temporary = scratch()
        folder = self.options.cache or default_folder()
        if self.options.no_cache or not self._may_keep_in(folder):
            yield Store(temporary / "cache", lasting=False)
            return
        store = Store(folder)
        yield store
        if self.totals["tasks"] > self.totals["cached"]:
            store.evict(self.options.cache_size)

    def _may_keep_in(self, folder: Path) -> bool:
        """Whether ``folder`` can be written; who runs us in an image may have no home."""
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        if os.access(folder, os.W_OK | os.X_OK):
            return True
        if not self.options.quiet:
            text = "cannot be written: everything is made anew; name another folder with --cache"
            click.echo(f"{name_of(folder)}: {text}", err=True)
        return False

    def workers(
        self, store: Store, wanted: Iterable[tuple[str, Options]], *, tasks: int
    ) -> Workers:
        """Return who does ``tasks``: workers, unless one by one in this process was asked for.

        Nor are there any for a single task, unless it has limits. ``wanted`` are the writers.
        """
        options = self.options
        if (options.jobs == 1 or tasks == 1) and not _is_limited():
            return Alone(store)
        jobs = min(options.jobs or len(os.sched_getaffinity(0)), tasks)
        return Crew(store, Limits(jobs, options.timeout, options.max_memory), wanted)

    def tell(self, outcome: Outcome) -> None:
        """Print what came of a task, and remember what it means for the verdict."""
        self.totals["cached"] += outcome.cached
        self.totals["tasks"] += 1
        self._take(outcome)

    def count(self, outcome: Outcome) -> None:
        """Add the documents of ``outcome``, each edition of which holds the same, to the totals."""
        edition = next((each for each in outcome.events if isinstance(each, Edition)), None)
        if edition:
            self.totals.update({name: getattr(edition, name) for name in COUNTED})

    def conclude(self) -> int:
        """Write the reports, print the totals, and return the exit code of the verdict."""
        for report in self._reports:
            report.write()
        if not self.options.quiet:
            self._print_totals()
        return self._code

    def _take(self, outcome: Outcome) -> None:
        for event in outcome.events:
            self._tell(event)
        for report in self._reports:
            report.add(outcome)

    def _tell(self, event: Event) -> None:
        match event:
            case Told(message=message) if not self._policy.tells(message):
                self.totals["ignored"] += 1
            case Told(message=message):
                self._code = worse(self._code, self._policy.code(message))
                if message.level in self._levels or self._policy.fails(message):
                    show(message)
            case Failure():
                self._code = FAILED
                if click.get_current_context().obj and event.trace:
                    click.echo(event.trace, err=True, nl=False)
                show_failure(event)
            case Edition():
                self.totals["editions"] += 1
                self.totals[event.state] += 1
                if event.state != "current" and not self.options.quiet:
                    click.echo(_line(event))

    def _print_totals(self) -> None:
        """Print what there was and how long it took, if it was more than one document."""
        if self.totals["editions"] and self.totals["editions"] == self.totals["current"]:
            click.echo(
                f"nothing to do: {_numbered(self.totals['editions'], 'editions')} up to date"
            )
        if self.totals["left out"]:
            left_out = _numbered(self.totals["left out"], "editions")
            click.echo(f"{left_out} among the sources left out (-v names them)")
        if self.totals["ignored"]:
            click.echo(f"{_numbered(self.totals['ignored'], 'messages')} ignored")
        if self.totals["documents"] > 1:
            seconds = f"{time.monotonic() - self._start:.1f}"
            cells = {name: str(self.totals[name]) for name in COUNTED}
            cells |= {"seconds": seconds, "from cache": f"{self.totals['cached']}"}
            for line in _columns(cells):
                click.echo(line)


COUNTED: Final = ("documents", "notes", "pages", "comments", "words", "kept", "dropped")


def _report_files(paths: tuple[Path, ...], policy: Policy) -> "tuple[ReportFile, ...]":
    if not paths:
        return ()
    from converter.commands.reports import report_file  # most runs have none, and need no lxml

    return tuple(report_file(path, policy) for path in paths)


def _is_limited() -> bool:
    """Whether the user has set a limit to what a document may take."""
    context = click.get_current_context()
    given = (context.get_parameter_source(name) for name in ("timeout", "max_memory"))
    return any(source is not ParameterSource.DEFAULT for source in given)


def _columns(cells: Mapping[str, str]) -> Iterator[str]:
    """Yield the names of ``cells`` and below them their values."""
    widths = {name: max(len(name), len(value)) for name, value in cells.items()}
    yield "  ".join(name.rjust(widths[name]) for name in cells)
    yield "  ".join(value.rjust(widths[name]) for name, value in cells.items())


def _line(edition: Edition) -> str:
    """Return what there is to be said of an edition."""
    counts = ", ".join(
        _numbered(getattr(edition, name), name)
        for name in ("documents", "notes", "pages", "comments")
    )
    ledger = Ledger(edition.words, edition.kept, edition.structure, edition.dropped)
    restored = " (restored from the cache)" if edition.state == "restored" else ""
    return f"{edition.path}: {edition.bytes / 1000:.0f} kB, {counts}; {ledger}{restored}"


def _numbered(number: int, things: str) -> str:
    return f"{number} {things if number != 1 else things[:-1]}"
