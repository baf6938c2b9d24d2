"""A process beside the diary's own computes the same, refuses in words, and ends when told to."""

import os
import sys
import threading
import time
from pathlib import Path

import pytest
from tests.app.budget.asked import Asked, Told, leave, loaded, tell, wait

from landward.app.budget.worker import Broke, Worker
from landward.model.base import BadInput
from landward.model.errors import Locked

LINUX = sys.platform == "linux"


@pytest.fixture
def worker():
    made = Worker(loaded)
    yield made
    made.end()


def test_it_answers_what_it_is_asked_one_after_another(worker: Worker) -> None:
    first = worker.ask(tell, Asked(numbers=(1.5, None, 0.1 + 0.2)), Told)
    assert first.numbers == (1.5, None, 0.1 + 0.2)  # to the last bit
    again = worker.ask(tell, Asked(numbers=(2.0,)), Told)
    assert again.pid == first.pid == worker.pid != os.getpid()


def test_a_refusal_comes_back_in_words_and_ends_nothing(worker: Worker) -> None:
    for _ in range(2):
        with pytest.raises(BadInput, match="no numbers at all"):
            worker.ask(tell, Asked(numbers=()), Told)


def test_one_that_ends_by_itself_is_tried_once_more_then_said(worker: Worker) -> None:
    with pytest.raises(Broke):
        worker.ask(leave, Asked(numbers=(1.0,)), Told)
    assert worker.ask(tell, Asked(numbers=(1.0,)), Told).numbers == (1.0,)


def test_ended_while_it_computes_whoever_waits_reads_that_it_is_locked(worker: Worker) -> None:
    worker.start()
    pid, met = worker.pid, []

    def ask() -> None:
        try:
            worker.ask(wait, Asked(numbers=(60.0,)), Told)
        except Locked as error:
            met.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.3)
    worker.end()
    asking.join(10)
    assert len(met) == 1 and worker.pid is None
    if LINUX:
        assert not Path(f"/proc/{pid}").exists()


@pytest.mark.skipif(not LINUX, reason="looks at what the system says of a process: Linux only")
def test_it_gets_no_secret_and_gives_way(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "six grey geese over water")
    told = worker.ask(tell, Asked(numbers=(1.0,)), Told)
    seen = (
        Path(f"/proc/{told.pid}/environ").read_bytes()
        + Path(f"/proc/{told.pid}/cmdline").read_bytes()
    )
    assert b"geese" not in seen
    assert os.getpriority(os.PRIO_PROCESS, told.pid) > os.getpriority(os.PRIO_PROCESS, 0)
