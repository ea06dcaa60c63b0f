"""Parallel work gives what serial work gives, in the same order, and ends when it should."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from beilin.store.workers import IN_FLIGHT_PER_JOB, WorkerError, Workers, available_jobs, cluster_workers

START_METHODS = [None, *multiprocessing.get_all_start_methods()]
_offset = 0


def shift(offset: int) -> None:
    global _offset  # noqa: PLW0603  what a worker is prepared with lives in its module
    _offset = offset


def shifted(numbers: tuple[int, ...]) -> list[int]:
    time.sleep(0.01 if numbers[0] % 3 == 0 else 0)
    return [number + _offset for number in numbers]


def fail(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def die(number: int) -> int:
    if number == 3:
        os._exit(9)
    return number


def process_of(number: int) -> int:
    del number
    return os.getpid()


def sleep_long(folder: str) -> None:
    (Path(folder) / str(os.getpid())).touch()
    time.sleep(60)


CHUNKS = [(number, number + 1) for number in range(0, 60, 2)]


@pytest.mark.parametrize("start_method", START_METHODS)
@pytest.mark.parametrize("jobs", [1, 3])
def test_any_number_of_jobs_gives_the_same_in_the_same_order(jobs: int, start_method: str | None) -> None:
    with Workers(jobs, shift, (100,), start_method=start_method) as workers:
        assert [number for part in workers.run(shifted, CHUNKS) for number in part] == list(range(100, 160))
        assert list(workers.run(shifted, [])) == []


def test_another_executor_is_prepared_too() -> None:
    with ThreadPoolExecutor(3) as executor, Workers(3, shift, (200,), executor=executor) as workers:
        assert [number for part in workers.run(shifted, CHUNKS) for number in part] == list(range(200, 260))


def test_one_job_stays_in_this_process() -> None:
    with Workers(1) as workers:
        assert list(workers.run(process_of, [1])) == [os.getpid()]
    with Workers(2) as workers:
        assert os.getpid() not in list(workers.run(process_of, [1, 2]))


def test_only_a_bounded_number_of_chunks_is_drawn_ahead() -> None:
    drawn = 0

    def chunks() -> Iterator[tuple[int]]:
        nonlocal drawn
        for number in range(1000):
            drawn = number
            yield (number,)

    with Workers(2) as workers:
        results = workers.run(shifted, chunks())
        next(results)
        assert drawn < 2 * IN_FLIGHT_PER_JOB
        results.close()


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_in_the_work_comes_out_unchanged(jobs: int) -> None:
    with pytest.raises(ValueError, match="three"), Workers(jobs) as workers:
        list(workers.run(fail, range(6)))


def test_a_worker_that_dies_is_an_error_with_advice() -> None:
    with pytest.raises(WorkerError, match=r"a worker process died: .*--jobs 1"), Workers(2) as workers:
        list(workers.run(die, range(6)))


def test_an_interrupted_build_ends_its_workers_at_once(tmp_path: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt), Workers(2) as workers:
        results = workers.run(sleep_long, [str(tmp_path)] * 2)
        threading.Thread(target=_interrupt_once, args=(tmp_path,)).start()
        next(results)
    assert time.monotonic() - begun < 30
    assert multiprocessing.active_children() == []


def _interrupt_once(folder: Path) -> None:
    while len(list(folder.iterdir())) < 2:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("start_method", multiprocessing.get_all_start_methods())
@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends children differently")
def test_workers_do_not_outlive_a_killed_parent(tmp_path: Path, start_method: str) -> None:
    program = (
        "import sys; sys.path[:0] = [sys.argv[1], sys.argv[1] + '/..']\n"
        "from beilin.store.workers import Workers\n"
        "from test_workers import sleep_long\n"
        "if __name__ == '__main__':\n"
        "    with Workers(2, start_method=sys.argv[3]) as workers: list(workers.run(sleep_long, [sys.argv[2]] * 2))"
    )
    script = tmp_path / "program.py"
    script.write_text(program)
    marks = tmp_path / "marks"
    marks.mkdir()
    parent = subprocess.Popen([sys.executable, script, Path(__file__).parent, marks, start_method])
    try:
        assert _eventually(lambda: len(list(marks.iterdir())) == 2)
    finally:
        parent.kill()
        parent.wait()
    children = [int(path.name) for path in marks.iterdir()]
    assert _eventually(lambda: not any(_is_alive(child) for child in children))


def _eventually(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.02)
    return False


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    # A killed process whose parent is gone may wait as a zombie for the first process of the machine.
    stat = Path(f"/proc/{process}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_a_cluster_that_is_not_there_is_an_error_with_advice() -> None:
    with pytest.raises(WorkerError, match="--scheduler"), cluster_workers("nowhere"):
        pass


def test_a_cluster_gives_the_same(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    with (
        distributed.LocalCluster(n_workers=2, dashboard_address=None, local_directory=tmp_path) as cluster,
        cluster_workers(cluster.scheduler_address, shift, (300,)) as workers,
    ):
        assert [number for part in workers.run(shifted, CHUNKS) for number in part] == list(range(300, 360))


def test_there_is_at_least_one_job() -> None:
    assert available_jobs() >= 1
