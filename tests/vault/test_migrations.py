import json
import shutil
from pathlib import Path

import pytest

from landward.model.entries import Entry
from landward.vault import Vault, migrations, upgrade
from landward.vault.checking import check_vault
from landward.vault.database import connect
from landward.vault.errors import Damaged, NotAVault
from tests.vault.conftest import NOW, make_entry, make_vault, reopen

VAULTS = Path(__file__).parents[1] / "vaults"
ADD = ("a colour", ("ALTER TABLE backup ADD COLUMN colour TEXT",))
BREAK = ("a mistake", ("CREATE TABLE half (id TEXT)", "INSERT INTO nowhere VALUES (1)"))


def bring_up_to_date(vault: Vault, steps: upgrade.Steps) -> Path | None:
    return upgrade.bring_up_to_date(vault.connection(), vault.journal, vault.key, NOW, steps)


def test_steps_are_recorded_and_run_once(vault: Vault) -> None:
    steps = (*migrations.STEPS, ADD)
    assert bring_up_to_date(vault, steps) == vault.path / "before-upgrade-2.db"
    assert bring_up_to_date(vault, steps) is None
    rows = vault.connection().execute("SELECT number, name, done_at FROM migration").fetchall()
    assert [row[0] for row in rows] == [1, 2]
    assert rows[1] == (2, "a colour", NOW.isoformat())


def test_a_backup_comes_first_and_opens_with_the_same_key(vault: Vault) -> None:
    vault.append([make_entry(1)])
    kept = bring_up_to_date(vault, (*migrations.STEPS, ADD))
    assert kept is not None and kept.name == "before-upgrade-2.db"
    connection = connect(kept, vault.key.derive("journal"))
    assert migrations.version_of(connection) == 1
    assert connection.execute("SELECT count(*) FROM entry").fetchone() == (1,)
    connection.close()


def test_half_a_backup_left_by_a_killed_program_is_not_taken_for_one(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.append([make_entry(1)])

    def killed(*given: object) -> None:
        target = given[2]
        assert isinstance(target, Path)
        target.write_bytes(vault.journal.read_bytes()[:4096])
        raise KeyboardInterrupt

    monkeypatch.setattr(upgrade, "copy_journal", killed)
    with pytest.raises(KeyboardInterrupt):
        bring_up_to_date(vault, (*migrations.STEPS, ADD))
    monkeypatch.undo()
    assert migrations.version_of(vault.connection()) == 1
    kept = bring_up_to_date(vault, (*migrations.STEPS, ADD))
    assert kept is not None and [*vault.path.glob("before-upgrade-*")] == [kept]
    connection = connect(kept, vault.key.derive("journal"))
    assert connection.execute("SELECT count(*) FROM entry").fetchone() == (1,)
    connection.close()


def test_the_person_is_told_where_the_earlier_form_is(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault(path).lock()
    earlier = path / "before-upgrade-2.db"
    monkeypatch.setattr(upgrade, "bring_up_to_date", lambda *_: earlier)
    with reopen(path) as vault:
        assert any(f"earlier form is kept in {earlier}" in line for line in vault.notices)


def test_a_step_that_fails_leaves_the_state_before_it(vault: Vault) -> None:
    vault.append([make_entry(1)])
    with pytest.raises(Exception, match="nowhere"):
        bring_up_to_date(vault, (*migrations.STEPS, ADD, BREAK))
    tables = {row[0] for row in vault.connection().execute("SELECT name FROM sqlite_master")}
    assert "half" not in tables
    assert migrations.version_of(vault.connection()) == 2  # ADD held, BREAK left no trace
    assert len(vault.entries()) == 1


def test_a_journal_from_a_newer_landward_is_refused(path: Path) -> None:
    with make_vault(path) as vault:
        vault.connection().execute("PRAGMA user_version = 99")
    with pytest.raises(NotAVault, match="newer Landward"):
        reopen(path)


def test_released_steps_are_never_edited() -> None:
    """One line per release: the digest of every step it shipped."""
    import hashlib

    digests = [hashlib.sha256(repr(step).encode()).hexdigest()[:16] for step in migrations.STEPS]
    released = (VAULTS / "migrations.txt").read_text().split()
    assert digests[: len(released)] == released
    assert len(digests) == len(released), "a new step needs its line in tests/vaults/migrations.txt"


@pytest.mark.parametrize("folder", sorted(VAULTS.glob("*.vault")), ids=lambda p: p.stem)
def test_a_vault_of_every_release_opens_to_an_identical_diary(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    told = json.loads((VAULTS / f"{folder.stem}.json").read_text())
    lines = (VAULTS / f"{folder.stem}.jsonl").read_text(encoding="utf-8").splitlines()
    with Vault.open(copy, told["passphrase"], now=NOW) as vault:
        assert [entry.to_line() for entry in vault.entries()] == lines
        assert vault.head() == told["head"]
        report = check_vault(vault, now=NOW)
        assert report.problems == () and report.erased == told["erased"]
    assert len(lines) > 10 and {json.loads(line)["kind"] for line in lines} > {"check_in", "note"}


def test_the_released_vaults_are_complete() -> None:
    from landward import __version__

    assert (VAULTS / f"{__version__}.vault" / "journal.db").is_file(), (
        "python tests/vaults/make.py makes the vault of a release"
    )


def test_damaged_old_vaults_are_refused_like_new_ones(tmp_path: Path) -> None:
    folder = next(iter(sorted(VAULTS.glob("*.vault"))))
    copy = tmp_path / "x.vault"
    shutil.copytree(folder, copy)
    data = bytearray((copy / "journal.db").read_bytes())
    data[5000] ^= 4
    (copy / "journal.db").write_bytes(data)
    told = json.loads((VAULTS / f"{folder.stem}.json").read_text())
    with pytest.raises(Damaged), Vault.open(copy, told["passphrase"], now=NOW) as vault:
        vault.entries()
        check_vault(vault, now=NOW)


def test_an_entry_survives_the_jsonl_round_trip(vault: Vault) -> None:
    entry = make_entry(1, says={"text": "naïve \u2028 😀"})
    vault.append([entry])
    assert Entry.from_line(vault.entries()[0].to_line()) == entry
