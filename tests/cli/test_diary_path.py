"""The whole path in a terminal: create, write, import, read, undo, export, and back."""

import json
from pathlib import Path

import pytest

from landward.cli.main import run
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

ROOT = Path(__file__).parents[2]
JANG = [str(ROOT / "examples" / "jang2024.csv"), "--map", str(ROOT / "examples/maps/jang.toml")]


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "correct horse")
    path = tmp_path / "my.vault"
    Vault.create(path, "correct horse", cost=CHEAPEST)[0].lock()
    return path


def landward(*arguments: object) -> int:
    return run([str(argument) for argument in arguments])


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_import_twice_adds_nothing_and_undo_takes_it_back(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert landward("import", *JANG, "--vault", vault) == 0
    first = capsys.readouterr()
    assert "Added 364 entries, 2021-05-13 to 2022-05-15." in first.out
    assert "2021-05-22 stands on lines 319 and 320; the last one is used" in first.err
    before = contents(vault)["journal.db"]
    assert landward("import", *JANG, "--vault", vault) == 0
    assert "Added 0 entries" in capsys.readouterr().out
    assert contents(vault)["journal.db"] == before
    assert landward("undo", "--vault", vault) == 0
    assert "Took back 364 entries" in capsys.readouterr().out
    assert landward("waves", "--vault", vault) == 2
    assert landward("import", *JANG, "--vault", vault) == 0
    assert "Added 364 entries" in capsys.readouterr().out


def test_waves_json_has_the_shape_scripts_rely_on(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    landward("import", *JANG, "--vault", vault)
    capsys.readouterr()
    assert landward("waves", "--vault", vault, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["coverage"] == {"days": 368, "answered": 364}
    assert found["scale"] == [0, 3]
    assert len(found["days"]) == 368
    assert {"date", "severity", "state", "p_window", "p_wave", "baseline"} <= set(found["days"][0])
    assert {day["state"] for day in found["days"]} <= {"window", "usual", "wave", "unknown"}
    assert [day["state"] for day in found["days"][-3:]] == ["unknown"] * 3, "too early to say"
    assert found["days"][9]["date"] == "2021-05-22"
    for spell in found["spells"]:
        assert set(spell) >= {"state", "start", "end", "days", "amplitude", "start_interval"}
    assert "364 of 368 days" in found["sentence"]


def test_a_day_is_logged_with_and_without_the_passphrase(
    vault: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    day = ["--date", "2026-01-05"]
    assert landward("log", "--vault", vault, "--day", 6, "--symptom", "insomnia=3", *day) == 0
    monkeypatch.delenv("LANDWARD_PASSPHRASE")
    assert landward("log", "--vault", vault, "--note", "sealed words", "--date", "2026-01-06") == 0
    assert "Saved for 2026-01-06." in capsys.readouterr().out
    with Vault.open(vault, "correct horse") as journal:
        assert [(e.date.day, e.kind) for e in journal.entries()] == [
            (5, "check_in"),
            (6, "note"),
        ], "words alone are a note, as in the app: no question was asked"
        assert all(e.origin == "filled in later" for e in journal.entries())


def test_export_and_back_is_the_same_to_the_byte(vault: Path, tmp_path: Path) -> None:
    landward("import", *JANG, "--vault", vault)
    landward("log", "--vault", vault, "--day", 6, "--note", "héllo \u2028 =1+1")
    landward("undo", "--vault", vault)
    assert landward("export", tmp_path / "out", "--vault", vault) == 0
    other = tmp_path / "other.vault"
    Vault.create(other, "correct horse", cost=CHEAPEST)[0].lock()
    assert landward("import", tmp_path / "out" / "entries.jsonl", "--vault", other) == 0
    assert landward("export", tmp_path / "again", "--vault", other) == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "again")
    assert (tmp_path / "out" / "entries.jsonl").stat().st_mode & 0o777 == 0o600


def test_a_dry_run_shows_what_would_come_and_writes_nothing(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(vault)
    assert landward("import", *JANG, "--vault", vault, "--dry-run") == 0
    shown = capsys.readouterr().out
    assert "311  2021-05-13  check-in  anxiety 0, irritability 0" in shown
    assert "675  2022-05-15  check-in" in shown
    assert "354 more (--every-line shows them)" in shown
    assert "364  check-in  2021-05-13 to 2022-05-15" in shown
    assert "The file holds 364 entries. Nothing was written now." in shown
    assert "None of it is in the diary yet." in shown
    assert landward("import", *JANG, "--vault", vault, "--dry-run", "--every-line") == 0
    assert capsys.readouterr().out.count("  check-in  anxiety") == 364
    assert contents(vault) == before


def test_a_dry_run_tells_what_the_diary_has_already(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    landward("import", *JANG, "--vault", vault)
    landward("log", "--vault", vault, "--note", "a secret that is long enough to be cut")
    landward("export", tmp_path / "out", "--vault", vault)
    landward("undo", "--vault", vault)
    capsys.readouterr()
    assert landward("import", *JANG, "--vault", vault, "--dry-run") == 0
    assert "364 are in the diary already and would not be added again" in capsys.readouterr().out
    export = tmp_path / "out" / "entries.jsonl"
    assert landward("import", export, "--vault", vault, "--dry-run") == 0
    shown = capsys.readouterr().out
    assert "note      “a secret that …” (9 words)" in shown and "long enough" not in shown
    assert "365 are in the diary already" in shown
    fresh = tmp_path / "fresh.vault"
    Vault.create(fresh, "correct horse", cost=CHEAPEST)[0].lock()
    landward("log", "--vault", fresh, "--day", 3, "--date", "2021-05-13")
    capsys.readouterr()
    assert landward("import", *JANG, "--vault", fresh, "--dry-run") == 0
    assert "1 are about a day that has such an entry already; both would be kept." in (
        capsys.readouterr().out
    )


def test_a_strangers_file_cannot_steer_the_terminal(
    vault: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    daylio = tmp_path / "daylio.csv"
    daylio.write_text(
        "full_date,date,weekday,time,mood,activities,note_title,note\n"
        '2024-03-01,"Mar 1",Friday,21:00,"\x1b[2Jfine","\x1b]0;x\x07walk","","\x9b31m red"\n'
    )
    for more in ((), ("--dry-run",)):
        landward("import", daylio, "--vault", vault, "--format", "daylio", *more)
        shown = capsys.readouterr()
        assert "[2Jfine" in shown.err and "·" in shown.err
        assert not set(shown.out + shown.err) & {"\x1b", "\x07", "\x9b"}


def test_a_dry_run_needs_no_passphrase_and_no_diary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANDWARD_PASSPHRASE", raising=False)
    assert landward("import", *JANG, "--vault", tmp_path / "none.vault", "--dry-run") == 0
    assert "The file holds 364 entries" in capsys.readouterr().out


def test_a_dose_is_written_with_its_time(vault: Path) -> None:
    dose = ["dose", "--vault", vault, "--drug", "Diazepam", "--dose", "2.5"]
    assert landward(*dose, "--at", "2026-01-05T21:30") == 0
    with Vault.open(vault, "correct horse") as journal:
        (entry,) = journal.entries()
    assert '"dose_mg":"2.5"' in entry.body and '"drug":"diazepam"' in entry.body
    assert entry.date.isoformat() == "2026-01-05"
