"""`landward letter`: from a vault to a letter, with the tables' own rules."""

from pathlib import Path

import pytest
from tests.report.looking import flat, pages

from landward.cli.main import run
from landward.vault import Vault
from landward.vault.cost import CHEAPEST


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "my.vault"
    Vault.create(path, "pw", cost=CHEAPEST)[0].lock()
    return path


def test_a_letter_cites_the_tables(vault: Path) -> None:
    arguments = [
        "letter",
        "--vault",
        str(vault),
        "-o",
        "l.pdf",
        "--for",
        "Dr L",
        "--review-weeks",
        "3",
    ]
    assert run(arguments) == 0
    pdf = Path("l.pdf").read_bytes()
    text = flat(pdf)
    assert pages(pdf) == 1
    assert "Dear Dr L," in text and "every 3 weeks" in text
    assert "Joint Clinical Practice Guideline" in text and "FDA" in text
    with Vault.open(vault, "pw") as journal:
        assert [e.body for e in journal.entries()] == ['{"reader":"Dr L","what":"letter: taper"}']


def test_an_impossible_wish_is_one_line(vault: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["letter", "--vault", str(vault), "-o", "l.pdf", "--review-weeks", "0"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not Path("l.pdf").exists()
