import importlib.util
import os
import sys
import time
from pathlib import Path

import pytest

from landward.app.budget.amounts import Budget, reading_budget
from landward.app.budget.within import within
from landward.model.base import BadInput
from landward.model.proposals import FileReading

HERE = Path(__file__).parent
SMALL = Budget(cpu_seconds=2, memory_mb=160, answer_mb=1, waits=1)


@pytest.fixture(scope="module")
def hungry():  # the other process finds it by its name
    sys.path.insert(0, str(HERE))
    spec = importlib.util.spec_from_file_location("hungry", HERE / "hungry.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    sys.path.remove(str(HERE))


def refusal(task, *given, answer=bytes, budget=SMALL):
    with pytest.raises(BadInput) as refused:
        within(task, *given, answer=answer, what="odd.zip", budget=budget)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_an_answer_comes_back_as_a_checked_value(hungry):
    found = within(hungry.reading, "daylio", answer=FileReading, what="x")
    assert found == FileReading(source="daylio", zone="UTC", proposals=())
    assert within(hungry.echo, b"\x00abc\xff", answer=bytes, what="x") == b"\xffcba\x00"


def test_how_far_it_is_comes_ahead_of_the_answer(hungry):
    heard: list[int] = []
    given = bytes((1, 50, 100))
    assert within(hungry.telling, given, answer=bytes, what="x", hear=heard.append) == given
    assert heard == [1, 50, 100]


@pytest.mark.parametrize("lies", [b"\x01\x01", b"\x32\x31", b"\x65", b"\xff"])
def test_what_does_not_rise_to_a_hundred_is_no_progress(hungry, lies):
    heard: list[int] = []
    with pytest.raises(BadInput, match="broke off its reader; nothing was read"):
        within(hungry.telling, lies, answer=bytes, what="x", hear=heard.append)
    assert heard == sorted(set(heard)) and max(heard, default=0) <= 100


@pytest.mark.parametrize("task", ["greedy", "greedy_by_crumbs"])
def test_memory_ends_at_the_budget(hungry, task):
    line = refusal(getattr(hungry, task), 4096)
    assert line == "odd.zip needs more than 160 MB of memory; nothing was read"


def test_time_ends_at_the_budget(hungry):
    assert "took longer than 2 seconds" in refusal(hungry.endless)


def test_whoever_only_waits_is_ended_too(hungry):
    waiting = Budget(cpu_seconds=1, waits=-17)  # three seconds by the clock on the wall
    assert waiting.wall_seconds == 3
    began = time.monotonic()
    assert "took longer" in refusal(hungry.asleep, 600, budget=waiting)
    assert time.monotonic() - began < 60


def test_a_library_that_aborts_costs_one_line(hungry):
    assert "broke off its reader; nothing was read" in refusal(hungry.aborting)


def test_a_refusal_comes_back_as_it_was_said(hungry):
    assert refusal(hungry.refusing, "line 3: “½” is no date") == "line 3: “½” is no date"


def test_a_fault_is_named_by_its_place_never_by_its_words(hungry):
    line = refusal(hungry.faulty, "cried all night")
    assert "KeyError at hungry.py" in line and "cried" not in line


def test_an_answer_of_another_shape_is_no_answer(hungry):
    assert "no reading" in refusal(hungry.lying, "daylio", answer=FileReading)


def test_an_answer_that_never_ends_is_cut(hungry):
    assert "nothing was read" in refusal(hungry.large, 40)


def test_no_secret_of_ours_reaches_the_other_process(hungry, monkeypatch):
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "correct horse")
    monkeypatch.setenv("SOME_TOKEN", "correct horse")
    seen = within(hungry.seen, answer=bytes, what="x").decode()
    assert "correct horse" not in seen and "LANDWARD" not in seen


@pytest.mark.skipif(os.name == "nt", reason="Windows has no limit on the size of files")
def test_the_other_process_writes_no_file(hungry, tmp_path):
    path = tmp_path / "left behind"
    assert "OSError at" in refusal(hungry.writing, path)
    assert not path.exists() or path.read_bytes() == b""


def test_time_grows_with_the_file_and_memory_does_not(tmp_path):
    path = tmp_path / "export.zip"
    with path.open("wb") as file:
        file.truncate(40 * 1024**2)  # three times 16 MB begun
    assert reading_budget(path) == Budget(cpu_seconds=30, memory_mb=300)
    assert reading_budget(tmp_path / "none") == Budget(cpu_seconds=10)
