"""`landward waves`, `lag`, `feelings`, `course`, `helped` from a vault: JSON, plain sentences."""

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from landward.cli.main import run
from landward.model.bodies import Event
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from making import entry

ROOT = Path(__file__).parents[2]
KOSSAKOWSKI = ROOT.parent / "shared" / "data" / "kossakowski_daily.csv"
MAP = """
source = "mine"
[date]
column = "date"
[items.day]
column = "day"
scale = [0, 10]
[items.pleasant]
column = "pleasant"
scale = [0, 4]
better = "up"
[items.painful]
column = "painful"
scale = [0, 4]
better = "up"
"""


def vault_of(folder: Path, monkeypatch, rows: list[str] | None = None) -> Path:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    Vault.create(folder / "v", "pw", cost=CHEAPEST)[0].lock()
    if rows is not None:
        (folder / "map.toml").write_text(MAP)
        (folder / "d.csv").write_text("\n".join(["date,day,pleasant,painful", *rows]))
        args = ["import", str(folder / "d.csv"), "--map", str(folder / "map.toml")]
        assert run([*args, "--vault", str(folder / "v")]) == 0
    return folder / "v"


def a_diary(days=120):
    rng = np.random.default_rng(1)
    y = np.clip(np.round(5 + rng.normal(0, 0.7, days)), 0, 10).astype(int)
    y[50:62] += 3
    first = date(2026, 1, 1)
    return [
        f"{first + timedelta(days=t)},{y[t]},{t % 3},{(t + 1) % 3}"
        for t in range(days)
        if not 80 <= t < 84
    ]


def read(capsys, *arguments):
    capsys.readouterr()
    assert run([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_waves_of_a_small_diary(tmp_path, monkeypatch, capsys):
    vault = vault_of(tmp_path, monkeypatch, a_diary())
    found = read(capsys, "waves", "--vault", str(vault))
    assert found["coverage"] == {"days": 120, "answered": 116}
    (wave,) = [s for s in found["spells"] if s["state"] == "wave"]
    assert "2026-02-18" <= wave["start"] <= "2026-02-22"
    assert [d["state"] for d in found["days"][80:84]] == ["unknown"] * 4
    assert "116 of 120 days answered" in found["sentence"]


def test_lag_without_doses_says_so(tmp_path, monkeypatch, capsys):
    vault = vault_of(tmp_path, monkeypatch, a_diary())
    found = read(capsys, "lag", "--vault", str(vault))
    assert found["drug"] is None
    assert found["dose_changes"] == []
    assert all(one["size"] is None and not one["claimed"] for one in found["symptoms"])
    assert found["sentence"].startswith("Not enough dose changes yet")
    assert run(["lag", "--vault", str(vault)]) == 0
    assert "Not enough dose changes yet" in capsys.readouterr().out


def test_feelings_of_a_small_diary(tmp_path, monkeypatch, capsys):
    vault = vault_of(tmp_path, monkeypatch, a_diary())
    found = read(capsys, "feelings", "--vault", str(vault))
    assert [one["item"] for one in found["items"]] == ["painful", "pleasant"]
    assert found["items"][1]["series"][2] == {
        "date": "2026-01-03",
        "value": 2.0,
        "occasion": True,
        "too_much": False,
    }
    assert found["both_low_days"]["n"] == 116
    assert found["lag_behind_symptoms_days"] is None
    assert run(["feelings", "--vault", str(vault)]) == 0
    assert "both low on" in capsys.readouterr().out


def test_course_of_a_small_diary(tmp_path, monkeypatch, capsys):
    vault = vault_of(tmp_path, monkeypatch, a_diary())
    found = read(capsys, "course", "--vault", str(vault))
    (day,) = found["symptoms"]
    assert found["coverage"] == {"days": 120, "answered": 116}
    assert (day["symptom"], day["better"], day["from_start"]) == ("day", "down", True)
    assert "2026-02-18" <= day["peak"] <= "2026-03-04"
    assert run(["course", "--vault", str(vault), "--item", "pleasant"]) == 0
    shown = capsys.readouterr().out
    assert "Pleasant feelings" in shown
    assert "116 of 120 days answered" in " ".join(shown.split())


def test_helped_without_and_with_tags(tmp_path, monkeypatch, capsys):
    vault = vault_of(tmp_path, monkeypatch, a_diary())
    found = read(capsys, "helped", "--vault", str(vault))
    assert (found["tags"], found["items"], found["scale"]) == ([], ["day"], [0.0, 10.0])
    assert found["sentence"].startswith("No tags or events yet")
    with Vault.open(vault, "pw") as open_vault:
        days = [date(2026, 1, 1) + timedelta(days=t) for t in range(5, 75, 5)]
        open_vault.append([entry(Event(what="walk"), day, key=str(day)) for day in days])
    (walk,) = read(capsys, "helped", "--vault", str(vault))["tags"]
    # the first of the fourteen lies in the first week, with too little before it to compare with
    assert (walk["tag"], walk["standing"], walk["times"]) == ("walk", "compared", 13)
    assert walk["interval"][0] <= walk["difference"] <= walk["interval"][1]
    assert run(["helped", "--vault", str(vault), "--item", "pleasant"]) == 0
    assert "walk" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["lag", "feelings", "course", "helped"])
def test_an_empty_diary_is_one_clear_line(tmp_path, monkeypatch, capsys, command):
    vault = vault_of(tmp_path, monkeypatch)
    capsys.readouterr()
    assert run([command, "--vault", str(vault)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("landward: the diary has no ")


def test_what_is_not_there_is_named(tmp_path, monkeypatch, capsys):
    vault = str(vault_of(tmp_path, monkeypatch, a_diary()))
    assert run(["lag", "--vault", vault, "--drug", "diazepam"]) == 2
    assert "diazepam" in capsys.readouterr().err
    assert run(["lag", "--vault", vault, "--item", "tinnitus"]) == 2
    assert "tinnitus" in capsys.readouterr().err


@pytest.mark.skipif(
    not KOSSAKOWSKI.is_file(), reason="kossakowski_daily.csv is not beside this checkout"
)
def test_a_real_taper(tmp_path, monkeypatch, capsys):
    vault = str(vault_of(tmp_path, monkeypatch))
    map_ = ROOT / "examples" / "maps" / "kossakowski.toml"
    assert run(["import", str(KOSSAKOWSKI), "--map", str(map_), "--vault", vault]) == 0
    lag = read(capsys, "lag", "--vault", vault)
    assert len(lag["dose_changes"]) >= 8
    assert lag["sentence"].endswith((").", "After is not because."))
    for one in lag["symptoms"]:
        if one["size"] is not None:
            assert one["size_interval"][0] <= one["size"] <= one["size_interval"][1]
            assert one["lag_interval"][0] <= one["lag_days"] <= one["lag_interval"][1]
    assert "nan" not in json.dumps(read(capsys, "feelings", "--vault", vault)).lower()


def test_a_drug_typed_with_brackets_is_a_word_and_no_markup(tmp_path, monkeypatch, capsys):
    rows = [f"{date(2026, 1, 1) + timedelta(days=i)},{i % 9},1,2" for i in range(40)]
    vault = vault_of(tmp_path, monkeypatch, rows)
    for day in ("2026-01-05", "2026-01-20"):
        assert run(["dose", "--vault", str(vault), "--drug=[/z]", "--dose=5", f"--at={day}"]) == 0
    assert run(["lag", "--vault", str(vault)]) == 0
    assert "[/z]" in capsys.readouterr().out
