"""Work done in parallel, over the standard `Executor` interface: in this process, in several, or on a cluster."""

import importlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from multiprocessing import connection
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import uuid4

Chunk = TypeVar("Chunk")
Result = TypeVar("Result")

IN_FLIGHT_PER_JOB = 4  # enough that a worker never waits for the one whose turn it is, few enough to bound memory
CONNECT_SECONDS = 10
MOST_PROCESSES = 61  # what Windows can wait for at once


class WorkerError(Exception):
    """A worker process ended before its work did, or the cluster cannot be reached; the message says what to do."""


def available_jobs() -> int:
    """The number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Workers that have each run `prepare(*arguments)` before their first work; to be used in a `with` statement.

    One job stays in this process. Without `executor` more jobs are as many processes; `start_method` is `spawn`,
    `fork` or `forkserver`, the platform's own if None. An `executor` that is passed in stays open, for whoever made it
    to close. What is run must be a function at the top of a module.
    """

    def __init__(
        self,
        jobs: int,
        prepare: Callable[..., None] | None = None,
        arguments: tuple[Any, ...] = (),
        *,
        start_method: str | None = None,
        executor: Executor | None = None,
    ) -> None:
        self.jobs = jobs
        self._prepare = prepare
        self._arguments = arguments
        self._start_method = start_method
        self._executor = executor
        self._is_ours = executor is None
        self._strangers = set(multiprocessing.active_children())
        self._token = uuid4().hex

    def __enter__(self) -> Self:
        if self._executor is None and self.jobs > 1:
            self._executor = ProcessPoolExecutor(
                min(self.jobs, MOST_PROCESSES),
                mp_context=multiprocessing.get_context(self._start_method or _safe_start_method()),
                initializer=_begin,
                initargs=(self._prepare, self._arguments),
            )
        elif self._executor is None and self._prepare:
            self._prepare(*self._arguments)
        return self

    def run(self, function: Callable[[Chunk], Result], chunks: Iterable[Chunk]) -> Iterator[Result]:
        """What `function` gives for each of `chunks`, in their order; a bounded number of chunks is drawn ahead.

        An exception in `function` is raised here; raises `WorkerError` if a worker dies.
        """
        if self._executor is None:
            yield from map(function, chunks)
            return
        if not self._is_ours and self._prepare:
            function = partial(_run_prepared, self._token, self._prepare, self._arguments, function)
        pending: deque[Future[Result]] = deque()
        try:
            for chunk in chunks:
                pending.append(self._executor.submit(function, chunk))
                if len(pending) >= self.jobs * IN_FLIGHT_PER_JOB:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        except BrokenExecutor as error:
            advice = "out of memory, or a crash in a parser; try again with fewer --jobs, or with --jobs 1 to see where"
            raise WorkerError(f"a worker process died: {advice}") from error
        finally:
            for future in pending:
                future.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._executor is None or not self._is_ours:
            return
        if kind is not None:
            for child in set(multiprocessing.active_children()) - self._strangers:
                child.kill()
        self._executor.shutdown(wait=True, cancel_futures=kind is not None)


@contextmanager
def cluster_workers(
    address: str, prepare: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()
) -> Iterator[Workers]:
    """The workers of the Dask scheduler at `address`, such as `tcp://10.0.0.1:8786`, as `Workers`.

    They must see the same folders under the same paths, and have the same versions installed. Raises `WorkerError`.
    """
    try:
        client = importlib.import_module("distributed").Client(address, timeout=CONNECT_SECONDS)
    except ImportError as error:
        raise WorkerError("--scheduler needs Dask; install it with: pip install distributed") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise WorkerError(f"--scheduler {address}: {error}; is a scheduler running there?") from error
    with client:
        jobs = sum(client.nthreads().values())
        with Workers(max(jobs, 1), prepare, arguments, executor=client.get_executor()) as workers:
            yield workers


def _safe_start_method() -> str | None:
    """None, the platform's own, unless that is `fork` and there are threads, whose locks a fork would never unlock."""
    method = multiprocessing.get_start_method(allow_none=True) or multiprocessing.get_all_start_methods()[0]
    return "spawn" if method == "fork" and threading.active_count() > 1 else None


def _begin(prepare: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    # A terminal sends Ctrl-C to every process at once; the first one alone decides what becomes of the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if prepare:
        prepare(*arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        connection.wait([parent.sentinel])
        os._exit(1)


_PREPARED: set[str] = set()
_PREPARING = threading.Lock()


def _run_prepared(
    token: str,
    prepare: Callable[..., None],
    arguments: tuple[Any, ...],
    function: Callable[[Chunk], Result],
    chunk: Chunk,
) -> Result:
    """For executors that know no initializer: the first work of each process prepares it."""
    with _PREPARING:
        if token not in _PREPARED:
            prepare(*arguments)
            _PREPARED.add(token)
    return function(chunk)
