"""`landward settings`: shows every setting of the registry, changes them, refuses in one line."""

import datetime as dt
import json
from pathlib import Path

import pytest
from tests.cli.json_runs import small_vault

from landward.app.diary import clock
from landward.app.diary.settings import BY_NAME
from landward.cli.main import run
from landward.model.moment import Moment
from making import MOMENT


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    return str(small_vault(tmp_path, MOMENT))


def test_shows_all_and_changes_some(vault: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["settings", "--vault", vault]) == 0
    told = capsys.readouterr().out
    assert all(name in told for name, one in BY_NAME.items() if one.group)
    assert run(["settings", "theme=paper", "zone=Europe/Berlin", "--vault", vault]) == 0
    assert capsys.readouterr().out == "Saved.\n"
    assert run(["settings", "theme=paper", "--vault", vault]) == 0
    assert capsys.readouterr().out == "That is how it stands already.\n"
    assert run(["settings", "--vault", vault, "--json"]) == 0
    found = {one["name"]: one for one in json.loads(capsys.readouterr().out)["settings"]}
    assert found["theme"]["value"] == "paper" and found["zone"]["value"] == "Europe/Berlin"
    assert found["card"]["seen_while_locked"] == "card_outside"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("theme", "is not NAME=VALUE"),
        ("theme=sepia", "“sepia” is not one of the choices for theme: dim, paper, contrast"),
        ("setup=2020-01-01", "there is no setting “setup”; there are: theme, language, text"),
    ],
)
def test_bad_input(vault: str, change: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["settings", "--vault", vault, "--json"]) == 0
    before = capsys.readouterr().out
    assert run(["settings", change, "--vault", vault]) == 2
    assert says in capsys.readouterr().err
    assert run(["settings", "--vault", vault, "--json"]) == 0
    assert capsys.readouterr().out == before


def test_a_value_can_be_piped(
    vault: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("Ada Ring\n"))
    assert run(["settings", "name=-", "--vault", vault]) == 0
    capsys.readouterr()
    run(["settings", "--vault", vault, "--json"])
    found = json.loads(capsys.readouterr().out)["settings"]
    assert {one["name"]: one["value"] for one in found}["name"] == "Ada Ring"


def test_the_terminal_writes_on_the_persons_own_day(
    vault: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    at = dt.datetime(2026, 3, 10, 22, 30, tzinfo=dt.UTC)  # 11:30 next morning in Auckland
    monkeypatch.setattr(clock, "now", lambda: Moment(at=at, zone="UTC"))
    run(["log", "--day", "4", "--vault", vault])
    assert "Saved for 2026-03-10" in capsys.readouterr().out
    assert run(["settings", "zone=Pacific/Auckland", "--vault", vault]) == 0
    run(["log", "--day", "5", "--vault", vault])
    assert "Saved for 2026-03-11" in capsys.readouterr().out
    assert run(["settings", "day_starts_at=12:00", "--vault", vault]) == 0
    monkeypatch.delenv("LANDWARD_PASSPHRASE")  # locked: sealed, on the same day as unlocked
    run(["log", "--day", "6", "--vault", vault])
    assert "Saved for 2026-03-10" in capsys.readouterr().out
