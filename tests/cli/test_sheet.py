"""`landward sheet`: with a diary it knows the pinned symptoms, without one it leaves lines."""

from pathlib import Path

import pytest
from tests.making import MOMENT
from tests.report.looking import flat, pages

from landward.app.write.entry import new_entry
from landward.cli.main import run
from landward.model.bodies import Profile
from landward.vault import Vault
from landward.vault.cost import CHEAPEST


def test_a_sheet_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    monkeypatch.chdir(tmp_path)
    fields = {"pins": "tinnitus my_own", "names": '{"my_own": "the buzzing"}'}
    with Vault.create(Path("v"), "pw", cost=CHEAPEST)[0] as vault:
        vault.append([new_entry(vault, Profile(fields=fields), MOMENT.today(), MOMENT)])
    assert run(["sheet", "-o", "own.pdf", "--vault", "v", "--weeks", "2"]) == 0
    own = Path("own.pdf").read_bytes()
    assert pages(own) == 2
    assert "tinnitus" in flat(own) and "the buzzing" in flat(own)


def test_a_sheet_without_a_diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(["sheet", "-o", "w.pdf", "--start", "2026-03-30"]) == 0
    assert "30 Mar 2026 to 5 Apr 2026" in flat(Path("w.pdf").read_bytes())
    assert run(["sheet", "-o", "w2.pdf", "--weeks", "99"]) == 2
    assert not Path("w2.pdf").exists()
