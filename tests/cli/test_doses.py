"""`landward doses`: what stands beside what, on the screen and as JSON; a stop comes first."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest
from tests.making import entry
from tests.properties.one_truth import kept_plan, written

from landward.cli.main import run
from landward.model.bodies import Body, DoseTaken, Prescription
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

FIRST = dt.date(2026, 2, 2)
MARKS = ("T1",) * 12 + ("T1~2", "x", "x")


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    said: list[tuple[int, Body]] = [
        (0, Prescription(drug="Rivotril", dose_mg_per_day=Decimal(2), supply_mg=Decimal(30))),
        (0, kept_plan("clonazepam", FIRST, 90, "1")),
        (1, kept_plan("zopiclone", FIRST, 90, "7.5")),
    ]
    said += [(n, body) for n, mark in enumerate(MARKS) for body in written("clonazepam", mark)]
    said += [(n, DoseTaken(drug="zopiclone", dose_mg=Decimal("3.75"))) for n in (3, 4)]
    days = (dt.timedelta(days=n) for n, _ in said)
    made = [
        entry(body, FIRST + day, key=str(n), seq=n)
        for n, ((_, body), day) in enumerate(zip(said, days, strict=True))
    ]
    path = tmp_path / "my.vault"
    journal, _ = Vault.create(path, "pw", cost=CHEAPEST)
    journal.append(made)
    journal.lock()
    return path


def test_the_screen_says_the_stop_first_then_what_stands(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doses", "--vault", str(vault)]) == 0
    text = " ".join(capsys.readouterr().out.split())
    stop = "Planned days not taken: clonazepam on 15 and 16 Feb."
    order = [stop, "Do not stop suddenly", "taken now 1 mg", "planned 1 mg", "prescribed 2 mg",
             "supply about 15 days", "2026-02-14 1 2", "2026-02-16 not taken", "zopiclone",
             "taken now not recorded since", "planned 7.5 mg"]  # fmt: skip
    places = [text.find(words) for words in order]
    assert -1 not in places and places == sorted(places), text


def test_a_script_gets_every_drug_by_one_name_with_the_persons_word(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["doses", "--vault", str(vault), "--from", "2026-02-14", "--json"]) == 0
    one, other = json.loads(capsys.readouterr().out)["drugs"]
    assert (one["drug"], one["own_word"], other["drug"]) == ("clonazepam", "Rivotril", "zopiclone")
    assert one["days"] == [
        {"date": "2026-02-14", "taken_mg": "1", "as_needed_mg": "2", "state": "taken"},
        {"date": "2026-02-15", "taken_mg": "0", "as_needed_mg": "0", "state": "not_taken"},
        {"date": "2026-02-16", "taken_mg": "0", "as_needed_mg": "0", "state": "not_taken"},
    ]
    assert (one["settled_mg"], one["missed_7"], one["supply_days"]) == ("1", 2, "15")
    assert one["supply"]["counted_from"] == "taken"


def test_two_plans_stand_side_by_side(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = ["plan", "taken", "--vault", str(vault), "--from", "2026-02-05", "--until",
             "2026-02-05", "--json"]  # fmt: skip
    found = {}
    for drug in ("clonazepam", "zopiclone"):
        assert run([*taken, "--drug", drug]) == 0
        found[drug] = json.loads(capsys.readouterr().out)[0]["words"]
    assert found == {"clonazepam": "as planned", "zopiclone": "different"}
    assert run([*taken, "--drug", "lorazepam"]) == 2
    assert "no plan of “lorazepam” was adopted" in capsys.readouterr().err


def test_a_time_turned_round_is_one_line(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doses", "--vault", str(vault), "--from", "2026-03-01", "--until",
                "2026-02-01"]) == 2  # fmt: skip
    assert "the end (2026-02-01) is before the start (2026-03-01)" in capsys.readouterr().err
