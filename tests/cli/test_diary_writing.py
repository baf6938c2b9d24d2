"""Writing from a terminal: yesterday by its name, and an undo that says what it took back."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from landward.app.write.log_dose import log_dose
from landward.cli.main import run
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, DoseTaken, read_body
from landward.model.identity import meant_as_written
from landward.model.journal import standing
from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

WORDS = "six grey geese"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", WORDS)
    path = tmp_path / "my.vault"
    Vault.create(path, WORDS, cost=CHEAPEST)[0].lock()
    return path


def found(path: Path) -> list[tuple[dt.date, object]]:
    with Vault.open(path, WORDS) as vault:
        return [(e.date, read_body(e)) for e in standing(vault.entries()).entries]


def test_yesterday_has_a_name_for_a_check_in_and_for_a_dose(vault: Path) -> None:
    assert run(["log", "--vault", str(vault), "--day", "5", "--date", "yesterday"]) == 0
    dose = ["dose", "--vault", str(vault), "--drug", "diazepam", "--dose", "2.5"]
    assert run([*dose, "--date", "yesterday"]) == 0
    assert run([*dose, "--date", "yesterday", "--at", "00:30"]) == 0  # the night after its evening
    (_, check_in), (_, one), (_, night) = read = found(vault)
    assert len({day for day, _ in read}) == 1
    assert isinstance(check_in, CheckIn) and isinstance(one, DoseTaken) and one.at is None
    assert isinstance(night, DoseTaken) and night.at is not None
    assert night.at.date() == read[0][0] + dt.timedelta(days=1)


@pytest.mark.parametrize(
    "more",
    [
        ["--date", "tomorrow"],
        ["--date", "9999-01-01"],
        ["--date", "yesterday", "--at", "2026-03-01T21:30"],
        ["--date", "yesterday", "--at", "late"],
    ],
)
def test_a_day_or_time_that_does_not_fit_writes_nothing(vault: Path, more: list[str]) -> None:
    said = ["dose", "--vault", str(vault), "--drug", "diazepam", "--dose", "2.5", *more]
    assert run(said) == 2
    assert found(vault) == []


def test_undo_says_what_it_took_back(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["dose", "--vault", str(vault), "--drug", "diazepam", "--dose", "25", "--at", "00:01"])
    capsys.readouterr()
    assert run(["undo", "--vault", str(vault)]) == 0
    assert "1 entry (dose-taken)" in (said := capsys.readouterr().out)
    assert "diazepam 25 mg at 00:01" in said
    assert found(vault) == []


@pytest.mark.parametrize(
    "said",
    [
        ["log", "--day", "nan"],
        ["log", "--day", "inf"],
        ["log", "--symptom", "insomnia=nan"],
        ["dose", "--drug", "x" * 201, "--dose", "1"],
    ],
)
def test_what_is_no_number_or_no_name_is_bad_input_and_no_mistake_of_ours(
    vault: Path, said: list[str]
) -> None:
    assert run([said[0], "--vault", str(vault), *said[1:]]) == 2
    assert found(vault) == []


def test_after_midnight_half_past_eleven_was_this_evening(tmp_path: Path) -> None:
    path = tmp_path / "mine.vault"
    Vault.create(path, WORDS, cost=CHEAPEST)[0].lock()
    night = Moment(at=dt.datetime(2026, 11, 26, 23, 26, tzinfo=dt.UTC), zone="Europe/Berlin")
    meant = meant_as_written("diazepam")
    taken = log_dose(path, WORDS, meant, Decimal(2), night, at="23:30")
    small_hours = log_dose(path, WORDS, meant, Decimal(2), night, at="00:10")
    assert taken.date == small_hours.date == dt.date(2026, 11, 26)
    with pytest.raises(BadInput, match="lies ahead"):
        log_dose(path, WORDS, meant, Decimal(2), night, at="02:00")


def test_a_name_from_a_stranger_does_not_steer_the_terminal(
    vault: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["dose", "--vault", str(vault), "--drug", "a\x1b[31mb\x07", "--dose", "1"])
    capsys.readouterr()
    assert run(["doses", "--vault", str(vault)]) == 0
    out = capsys.readouterr().out
    assert "a·[31mb·" in out and "\x1b" not in out


@pytest.mark.parametrize("words", ["Light hurts", "صداع", "light_hurts"])
def test_what_was_logged_by_its_words_is_read_by_them(vault: Path, words: str) -> None:
    for day in range(1, 4):
        date = f"2026-03-0{day}"
        assert run(["log", "--vault", str(vault), "--symptom", f"{words}=2", "--date", date]) == 0
    for command in ("waves", "helped"):
        assert run([command, "--vault", str(vault), "--item", words]) == 0
