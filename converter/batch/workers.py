"""Workers: processes that do tasks, and may die of them without harm to other tasks.

They are forked from a process that has loaded what they need, replaced after some tasks, as some
libraries grow with every document, and stopped when one takes too long.
"""

import multiprocessing
import os
import resource
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Final, NamedTuple, Self

import msgspec

from converter.batch.cache import Memory, Store
from converter.batch.diary import OUT_OF_MEMORY
from converter.batch.outcome import Failure, Outcome
from converter.batch.tasks import Task
from converter.errors import ConverterError, told
from converter.lifeline import die_with_parent
from converter.options import Options

# A run that finds everything in the cache does without workers, and need not wait for pebble.
if TYPE_CHECKING:
    from pebble import ProcessFuture, ProcessPool

# Set for the process that workers are forked from, which takes no arguments.
WANTED: Final = "CONVERTER_WARM_WRITERS"
_WARM: Final = "converter.batch.warm"

_TASKS_OF_A_WORKER: Final = 100
# Tasks that are handed out before they are needed, for each worker.
_AHEAD: Final = 4
# The exit code of a worker if the process is gone that it was forked from, and could tell.
_UNKNOWN: Final = 255
# A task that was under way this often when all workers were gone has something to do with it.
_TRIALS: Final = 3
# In seconds: what workers are forked from can be reached no more before it is known to be dead.
_REST: Final = 0.5


class Limits(msgspec.Struct, frozen=True):
    """How many workers there may be, and what a task may use: seconds and bytes, 0 for any."""

    jobs: int
    timeout: float = 0.0
    memory: int = 0


class _Waiting(NamedTuple):
    """A task with what came of it, or will."""

    task: Task
    outcome: Outcome | None = None
    future: "ProcessFuture[Outcome] | None" = None

    @property
    def is_done(self) -> bool:
        return self.future is None or self.future.done()


class Alone:
    """Does tasks in this process, one after the other."""

    def __init__(self, store: Store) -> None:
        self._store = store if store.lasting else Memory()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def outcomes(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield what comes of each of ``tasks``, in their order."""
        for task in tasks:
            yield _known(task, self._store) or _timed(task, self._store)


class Crew:
    """Workers, as long as the block lasts."""

    def __init__(self, store: Store, limits: Limits, wanted: Iterable[tuple[str, Options]]) -> None:
        self._store = store
        self._limits = limits
        self._wanted = tuple(wanted)
        self._pool: ProcessPool | None = None
        self._lost = 0
        self._works = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop at once: there is nothing left to do, or nobody waits for it."""
        self._stop()

    def outcomes(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield what comes of each of ``tasks``, in their order.

        Only so many are under way or waiting that neither workers nor memory want.
        """
        waiting: deque[_Waiting] = deque()
        for task in tasks:
            known = _known(task, self._store)
            waiting.append(_Waiting(task, known) if known else self._start(task))
            while waiting and (waiting[0].is_done or len(waiting) > _AHEAD * self._limits.jobs):
                yield self._outcome(waiting)
        while waiting:
            yield self._outcome(waiting)

    def _outcome(self, waiting: deque[_Waiting]) -> Outcome:
        """Take the first of ``waiting`` and return what came of it.

        Raises ConverterError where no worker ever lives long enough to do something.
        """
        cause = ""
        for _ in range(_TRIALS):
            try:
                outcome = _result(waiting[0], self._limits)
                waiting.popleft()
            except BrokenProcessPool as error:
                cause = str(error.__cause__ or error)
                self._stop()
                time.sleep(_REST)
                renewed = [self._renewed(each) for each in waiting]
                waiting.clear()
                waiting.extend(renewed)
            else:
                self._works = self._works or not outcome.cached
                return outcome
        self._lost += 1
        if self._lost == _TRIALS and not self._works:
            raise ConverterError(f"no worker does anything: {cause}; --jobs 1 does without them")
        return _failed(waiting.popleft().task, f"its workers died again and again: {cause}")

    def _start(self, task: Task) -> _Waiting:
        from pebble import ProcessFuture

        try:
            pool = self._pool = self._pool or self._open()
            arguments = (task, self._store)
            future = pool.schedule(_work, arguments, timeout=self._limits.timeout or None)
        except RuntimeError as error:
            # The workers are gone. Whoever waits for the task starts others.
            future = ProcessFuture()
            future.set_exception(BrokenProcessPool(str(error.__cause__ or error)))
        return _Waiting(task, future=future)

    def _renewed(self, each: _Waiting) -> _Waiting:
        """Return ``each``, started again if it went down with the workers."""
        future = each.future
        if future is None or (future.done() and not future.cancelled() and not future.exception()):
            return each
        return self._start(each.task)

    def _open(self) -> "ProcessPool":
        """Return a pool of workers. Raises ConverterError where the system has no means for one."""
        from pebble import ProcessPool

        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([_WARM])
        os.environ[WANTED] = msgspec.json.encode(self._wanted).decode()
        try:
            return ProcessPool(
                max_workers=self._limits.jobs,
                max_tasks=_TASKS_OF_A_WORKER,
                initializer=_begin,
                initargs=(self._limits.memory,),
                context=context,
            )
        except OSError as error:  # such as without /dev/shm, where semaphores are
            text = f"workers cannot be started: {error.strerror}; --jobs 1 does without them"
            raise ConverterError(text) from error

    def _stop(self) -> None:
        """Kill all workers, with what they have started."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        for process in multiprocessing.active_children():
            with suppress(OSError):
                os.killpg(process.pid or 0, signal.SIGKILL)
        pool.stop()  # type: ignore[no-untyped-call] # pebble's types are not complete
        pool.join()


def _timed(task: Task, store: Store) -> Outcome:
    """Do ``task`` and say how long it took."""
    start = time.monotonic()
    outcome = task.run(store)
    return msgspec.structs.replace(outcome, seconds=time.monotonic() - start)


def _known(task: Task, store: Store) -> Outcome | None:
    """Return what came of ``task`` before; what is in the way of that shows when it is done."""
    if not store.lasting:
        return None
    try:
        return task.known(store)
    except (ConverterError, OSError):
        return None


def _result(waiting: _Waiting, limits: Limits) -> Outcome:
    """Return what came of a task, once it is there. Raises BrokenProcessPool."""
    if waiting.outcome:
        return waiting.outcome
    from pebble import ProcessExpired

    assert waiting.future  # noqa: S101 - what has no outcome yet is under way
    try:
        return waiting.future.result()
    except TimeoutError:
        return _failed(
            waiting.task, f"was not done after {limits.timeout:g} seconds; see --timeout"
        )
    except ProcessExpired as error:
        if error.exitcode == _UNKNOWN:
            raise BrokenProcessPool from error
        return _failed(waiting.task, f"its worker died: {_cause(error.exitcode, limits)}")
    except BrokenProcessPool:
        raise
    except MemoryError:
        return _failed(waiting.task, OUT_OF_MEMORY)
    except Exception as error:  # noqa: BLE001 - one task's fault must not cost the others
        return _failed(waiting.task, told(error))


def _failed(task: Task, text: str) -> Outcome:
    return Outcome(task.place, (Failure(text, task.place),))


def _cause(code: int, limits: Limits) -> str:
    """Return what the exit code of a worker says, in words."""
    try:
        told = signal.Signals(-code).name
    except ValueError:
        told = f"exit code {code}"
    return f"{told}; it may need more than --max-memory" if limits.memory else told


# ------------------------------------------------------------------------- in a worker


def _begin(memory: int) -> None:
    """Make this process one that can be ended with all that it has started, and that grows no more.

    Data is what counts, not addresses: pandoc reserves a terabyte of these.
    """
    os.setpgid(0, 0)
    signal.signal(signal.SIGTERM, _end)
    # The process that workers are forked from does not end as long as one of them is at work.
    die_with_parent()
    if memory:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))


def _end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the contract of signals
    os.killpg(0, signal.SIGKILL)


def _work(task: Task, store: Store) -> Outcome:
    return _timed(task, store)
