"""Hostile diaries made by seed, merged and restored: a share of `benchmarks/hostile/diaries.py`."""

from pathlib import Path

import pytest

from landward.app.diary.whole import whole_diary
from landward.app.keep import elsewhere
from landward.app.keep.elsewhere import bring_back
from landward.app.keep.tasks import merge
from landward.app.keep.waiting import lines_waiting
from landward.model.base import BadInput, LandwardError
from landward.vault import opening
from landward.vault.backup import keys_in_backup
from landward.vault.looking import look_through
from landward.vault.rows import read_entries
from tests.vault.conftest import NOW, bytes_of, make_entry, make_vault

BENCH = Path(__file__).parents[2] / "benchmarks" / "hostile"
SEEDS = (*range(24), 304)


@pytest.fixture
def vaults(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import vaults

    return vaults


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hostile_diary_or_backup_is_refused_in_one_line_or_harmless(
    seed: int, tmp_path: Path, vaults, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The benchmark looks in a process of its own, as the commands do; so does the test below.
    monkeypatch.setattr(elsewhere, "within", lambda task, *given, **_: task(*given))
    attack = vaults.make(seed, tmp_path / "theirs")
    backup = vaults.packed(tmp_path / "theirs", tmp_path / "b.backup")
    with make_vault(tmp_path / "mine") as mine:
        mine.append([make_entry(2)])
        before = mine.entries()
        try:
            merge(mine, tmp_path / "theirs", lambda: vaults.PASSPHRASE, now=NOW)
        except LandwardError as error:
            assert "\n" not in str(error) and "landward-" not in str(error), attack
            assert mine.entries() == before, attack
        assert set(before) <= set(mine.entries()), attack
        whole_diary(mine.entries())
    assert keys_in_backup(backup)
    there = bytes_of(tmp_path)
    try:
        with bring_back(backup, tmp_path / "back", vaults.PASSPHRASE.encode()) as back:
            whole_diary(back.entries())
            lines_waiting(back)
    except LandwardError as error:
        assert "\n" not in str(error), attack
        if not (tmp_path / "back").exists():
            assert bytes_of(tmp_path) == there, attack


def test_it_is_looked_through_elsewhere_first(
    tmp_path: Path, vaults, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that is ended by a damaged database ends another process than the diary's."""
    vaults.make(5, tmp_path / "theirs")
    backup = vaults.packed(tmp_path / "theirs", tmp_path / "b.backup")
    opened: list[Path] = []
    connect = opening.connect
    monkeypatch.setattr(
        opening, "connect", lambda path, key: opened.append(path) or connect(path, key)
    )
    looked: list[object] = []

    def too_much(task: object, *_: object, **__: object) -> None:
        looked.append(task)
        raise BadInput("it took too much; nothing was read")

    monkeypatch.setattr(elsewhere, "within", too_much)
    with (
        make_vault(tmp_path / "mine") as mine,
        pytest.raises(LandwardError, match="nothing was read"),
    ):
        merge(mine, tmp_path / "theirs", lambda: vaults.PASSPHRASE, now=NOW)
    assert opened == [] and looked == [look_through]
    with pytest.raises(BadInput, match="nothing was read"):
        bring_back(backup, tmp_path / "back", vaults.PASSPHRASE.encode())
    assert not (tmp_path / "back").exists()


def test_the_process_that_looks_finds_what_is_there(tmp_path: Path, vaults) -> None:
    with make_vault(tmp_path / "mine") as mine:
        mine.append([make_entry(1), make_entry(2)])
        key = mine.key.derive("journal")
    seen = elsewhere.look(tmp_path / "mine" / "journal.db", key, tmp_path / "mine")
    assert (seen.entries, seen.unfit, seen.no_entries) == (2, 0, 0)


@pytest.mark.parametrize("wrong", ["recorded_at = '0.5'", "date = 'soon'", "replaces = '{'"])
def test_a_line_whose_envelope_is_none_is_refused_in_one_line(tmp_path: Path, wrong: str) -> None:
    with make_vault(tmp_path / "v.vault") as vault:
        vault.append([make_entry(1)])
        connection = vault.connection()
        connection.execute(f"UPDATE entry SET {wrong}")
        with pytest.raises(LandwardError, match="nothing from it is shown") as met:
            read_entries(connection)
    assert "\n" not in str(met.value)
