"""A share of the crash states and old rollback files of `benchmarks/vault`."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

BENCH = Path(__file__).parents[2] / "benchmarks" / "vault"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Runs one of the programs with the shim; returns what it wrote down."""
    monkeypatch.syspath_prepend(str(BENCH))
    import shim

    if shim.compiler() is None:
        pytest.skip("no C compiler here: the calls of Python and SQLite cannot be recorded")

    def one(program: str, *arguments: str) -> Any:
        result = tmp_path / "result.json"
        command = [sys.executable, str(BENCH / program), str(tmp_path / "work"), str(result)]
        done = subprocess.run(
            [*command, *arguments],
            env=shim.environment(shim.build(tmp_path)),
            capture_output=True,
            text=True,
            check=False,
        )
        assert result.exists(), done.stderr
        return json.loads(result.read_text())

    return one


def test_a_share_of_the_crash_states_loses_nothing_and_says_nothing_false(run) -> None:
    told = run("replay.py", "--each", "1", "--every", "9")
    assert (told["lost"], told["false"]) == ([], [])
    assert len(told["states"]) >= 20 and sum(told["states"].values()) > 120


def test_the_replay_sees_what_is_lost_where_nothing_is_synced(run) -> None:
    told = run("replay.py", "--each", "1", "--only", "save one", "--ignore-syncs")
    assert len(told["lost"]) > 10


def test_an_old_rollback_file_beside_a_diary_that_went_on_takes_nothing_back(run) -> None:
    told = run("journals.py")
    assert (told["wrong"], told["pairs"], told["recovered"]) == ([], 144, 144)


def test_without_the_fence_sqlite_would_take_lines_back(run) -> None:
    told = run("journals.py", "--believe")
    assert sum("lost" in line for line in told["wrong"]) > 10
