"""Books: all their sources read, bound, and printed in each format, by any number of workers."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec
from msgspec.structs import replace

from converter.batch import identity
from converter.batch.cache import Store
from converter.batch.editions import Order, Protected
from converter.batch.outcome import Failure, Outcome, Stored
from converter.batch.tasks import Binding, Perusal, Printing
from converter.batch.volume import Volume, VolumePart
from converter.commands.console import progress
from converter.commands.run import Run, Workers
from converter.whole import swept


class BookPlan(msgspec.Struct, frozen=True):
    """A book to be made: the paths of its sources in each part, and the editions wanted of it."""

    place: str
    volume: Volume
    parts: tuple[tuple[str, tuple[Path, ...]], ...]
    order: Order

    @property
    def sources(self) -> tuple[Path, ...]:
        return tuple(path for _, paths in self.parts for path in paths)


def make_books(plans: Sequence[BookPlan], run: Run, store: Store, reader: str = "") -> None:
    """Make all books, and tell of each step in the order of ``plans``."""
    wanted = dict.fromkeys(each for plan in plans for each in plan.order.wanted())
    folders = {plan.order.target.parent for plan in plans}
    sources = sum(len(plan.sources) for plan in plans)
    editions = sum(len(plan.order.writers) for plan in plans)
    tasks = max(sources, editions)
    with swept(folders), run.workers(store, wanted, tasks=tasks) as workers:
        # 1. Read all sources.
        read = _read(plans, run, workers, reader)
        # 2. Bind what was read of each book.
        described = [_volume(plan, read) for plan in plans]
        bound = _bind(plans, described, run, workers)
        # 3. Print the editions of each.
        _print(plans, bound, run, workers)


def _read(
    plans: Sequence[BookPlan], run: Run, workers: Workers, reader: str
) -> Iterator[Stored | None]:
    """Return what was read of each source of each book, None of those that failed."""
    paths = [path for plan in plans for path in plan.sources]
    source = run.source(reader)
    tasks = (Perusal(replace(source, path=path)) for path in paths)
    stored = []
    for outcome in progress(workers.outcomes(tasks), "Reading", total=len(paths)):
        run.tell(outcome)
        stored.append(outcome.stored)
    return iter(stored)


def _volume(plan: BookPlan, read: Iterator[Stored | None]) -> Volume:
    """Return what is to be bound: the next of ``read``, in the parts of ``plan``."""
    parts = tuple(
        VolumePart(title, tuple(filter(None, islice(read, len(paths)))))
        for title, paths in plan.parts
    )
    return replace(plan.volume, parts=parts)


def _bind(
    plans: Sequence[BookPlan], volumes: Iterable[Volume], run: Run, workers: Workers
) -> list[Stored | None]:
    """Return where each book is kept, None of those of which nothing could be read."""
    program = run.program
    tasks = []
    for plan, volume in zip(plans, volumes, strict=True):
        if any(part.readings for part in volume.parts):
            tasks.append(Binding(plan.place, program, volume))
        else:
            failure = Failure("none of the sources could be read", plan.place)
            run.tell(Outcome(plan.place, (failure,)))
    bound = {}
    for outcome in workers.outcomes(tasks):
        run.tell(outcome)
        bound[outcome.place] = outcome.stored
    return [bound.get(plan.place) for plan in plans]


def _print(
    plans: Sequence[BookPlan], bound: Sequence[Stored | None], run: Run, workers: Workers
) -> None:
    protected = Protected(path for plan in plans for path in plan.sources)
    tasks = [
        task
        for plan, stored in zip(plans, bound, strict=True)
        if stored
        for task in _printings(plan.order, stored, protected, program=run.program)
    ]
    counted: set[Stored] = set()
    outcomes = progress(workers.outcomes(tasks), "Writing", total=len(tasks))
    for task, outcome in zip(tasks, outcomes, strict=True):
        run.tell(outcome)
        if task.bound not in counted:
            run.count(outcome)
            counted.add(task.bound)


def _printings(
    order: Order, bound: Stored, protected: Protected, *, program: str
) -> Iterator[Printing]:
    """Yield a task for each format, the model with the first."""
    order = order.at(order.target, protected.beside(order.target))
    for position, writer in enumerate(order.writers):
        formats = identity.formats((writer,), order.options.templates)
        model = order.model and position == 0
        yield Printing(
            identity.key(program, formats), bound, replace(order, writers=(writer,), model=model)
        )
