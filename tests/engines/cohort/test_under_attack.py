"""The attacker on some sequences of releases; the benchmark runs a thousand."""

import subprocess
import sys
from pathlib import Path

HARNESS = Path(__file__).parents[3] / "benchmarks" / "cohort" / "under_attack.py"


def attack(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, str(HARNESS), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_no_small_cell_is_recovered() -> None:
    done = attack("12", "30")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 small cells recovered in 12 sequences" in done.stdout


def test_the_same_sequences_without_the_proof_give_people_away() -> None:
    """Else the test above could not fail: small cells hidden and counts rounded are not enough."""
    done = attack("6", "37", "--bare")
    assert done.returncode == 1
    assert "BROKEN sequence 37" in done.stdout
