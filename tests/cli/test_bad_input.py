"""One clear line, exit 2, nothing written, the vault unchanged byte for byte."""

from pathlib import Path

import pytest

from landward.cli.main import run
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

MAP = """
source = "mine"
[date]
column = "date"
[items.day]
column = "day"
scale = [0, 10]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    Vault.create(tmp_path / "v", "pw", cost=CHEAPEST)[0].lock()
    (tmp_path / "map.toml").write_text(MAP)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def snapshot(vault: Path) -> dict[str, bytes]:
    return {str(p.relative_to(vault)): p.read_bytes() for p in vault.rglob("*") if p.is_file()}


def refused(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    before = snapshot(folder / "v")
    code = run(list(arguments))
    said = capsys.readouterr()
    assert (code, said.out) == (2, ""), said
    assert said.err.startswith("landward: ") and said.err.count("\n") == 1, said.err
    assert snapshot(folder / "v") == before
    return said.err


@pytest.mark.parametrize(
    ("csv", "why"),
    [
        ("date\n2026-01-01\n", "no column “day”"),
        ("date,day\n2026-02-30,1\n", "line 2: date: “2026-02-30” is not a date"),
        ("date,day\n2026-01-01,11\n", "off its scale 0–10"),
        ("date,day\n2026-01-01,1\n2026-01-01,2\n", "different answers"),
        ("date,day\n" + "x,y\n" * 1_000_000, "line 2"),
        ("", "empty"),
    ],
    ids=["column", "date", "scale", "duplicate", "million", "empty"],
)
def test_a_wrong_csv(folder: Path, capsys: pytest.CaptureFixture[str], csv: str, why: str) -> None:
    (folder / "a.csv").write_text(csv)
    assert why in refused(folder, capsys, "import", "a.csv", "--vault", "v", "--map", "map.toml")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["waves", "--vault", "v"], "no answers yet"),
        (["waves", "--vault", "nowhere"], "not a vault"),
        (["waves", "--vault", "map.toml"], "not a vault"),
        (["waves"], "vault"),
        (["log", "--vault", "v"], "nothing to log"),
        (["log", "--vault", "v", "--day", "11"], "0 to 10"),
        (["log", "--vault", "v", "--day", "much"], "much"),
        (["log", "--vault", "v", "--symptom", "insomnia"], "NAME=NUMBER"),
        (["log", "--vault", "v", "--symptom", "insomnia=9"], "0 to 4"),
        (["log", "--vault", "v", "--symptom", "…!=1"], "NAME=NUMBER"),
        (["log", "--vault", "v", "--day", "1", "--date", "9999-01-01"], "ahead"),
        (["log", "--vault", "v", "--note", "x" * 70_000], "note"),
        (["dose", "--vault", "v", "--drug", "x", "--dose", "0"], "is 0"),
        (["dose", "--vault", "v", "--drug", "", "--dose", "1"], "name the drug"),
        (["dose", "--vault", "v", "--drug", "x", "--dose", "1", "--at", "25:00"], "not a time"),
        (["undo", "--vault", "v"], "nothing to undo"),
        (["import", "none.csv", "--vault", "v"], "no file none.csv"),
        (["import", "map.toml", "--vault", "v", "--format", "landward"], "not a Landward entry"),
        (["nonsense"], "nonsense"),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else "",
)
def test_a_wrong_command(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], why: str
) -> None:
    assert why in refused(folder, capsys, *arguments)


def test_a_wrong_passphrase(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "guess")
    assert "does not open" in refused(folder, capsys, "waves", "--vault", "v")


def test_no_passphrase_and_nobody_to_ask(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LANDWARD_PASSPHRASE")
    monkeypatch.setattr("sys.stdin.isatty", lambda: False)
    assert "LANDWARD_PASSPHRASE" in refused(folder, capsys, "waves", "--vault", "v")


def test_a_vault_from_a_newer_landward(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys = folder / "v" / "keys.json"
    text = keys.read_text()
    assert '"container":1' in text.replace(" ", ""), "how the container says its version"
    keys.write_text(text.replace(" ", "").replace('"container":1', '"container":99'))
    assert "newer" in refused(folder, capsys, "waves", "--vault", "v")


def test_a_diary_of_one_day_is_not_enough_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["log", "--vault", "v", "--day", "5", "--date", "2026-01-01"]) == 0
    assert run(["waves", "--vault", "v"]) == 0
    assert "Not enough days yet" in capsys.readouterr().out


def test_an_accident_inside_is_one_line_without_anybodys_words(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret word")

    monkeypatch.setattr("landward.cli.diary.write_day", broken)
    assert run(["log", "--vault", "v", "--day", "5"]) == 1
    said = capsys.readouterr().err
    assert "something broke" in said and "a secret word" not in said and said.count("\n") == 1


def test_one_word_too_many(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(folder, capsys, "course", "--vault", "v", "other.vault")
    assert "“other.vault”" in said and "--help" in said
