import json
import os
import stat
import subprocess
import sys
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from landward.model.base import BadInput
from landward.vault import Vault
from landward.vault.errors import Damaged, Locked, NotAVault, WrongKey
from tests.vault.conftest import NOW, PASSPHRASE, bytes_of, make_entry, make_vault, reopen


def test_what_is_appended_is_there_after_reopening(path: Path) -> None:
    entries = [make_entry(n) for n in range(20)]
    with make_vault(path) as vault:
        assert vault.append(entries) == 20
    with reopen(path) as vault:
        assert vault.entries() == tuple(sorted(entries, key=lambda e: e.order))


def test_entries_come_back_equal_in_every_field(vault: Vault) -> None:
    strange = make_entry(
        1,
        kind="from_the_future",
        version=7,
        says={"text": "x\u0000 \u200f naïve 😀", "n": 1.5},
        replaces=("a" * 32, "b" * 32),
        origin="import:somewhere",
        date=date(1950, 12, 31),
    )
    vault.append([strange])
    assert vault.entries() == (strange,)
    assert vault.entries()[0].to_line() == strange.to_line()
    assert vault.entries()[0].but(seq=9).seq == 9


def test_the_same_id_twice_adds_nothing_and_changes_nothing(vault: Vault) -> None:
    first = make_entry(1)
    again = first.but(body='{"text":"other"}')
    assert vault.append([first]) == 1
    head = vault.head()
    assert vault.append([first, again]) == 0
    assert vault.entries() == (first,)
    assert vault.head() == head


def test_equal_sets_have_equal_heads_in_any_order(tmp_path: Path) -> None:
    entries = [make_entry(n) for n in range(9)]
    with make_vault(tmp_path / "a.vault") as one, make_vault(tmp_path / "b.vault") as two:
        one.append(entries)
        for entry in reversed(entries):
            two.append([entry])
        assert one.head() == two.head() != make_vault(tmp_path / "c.vault").head()


def test_a_failed_append_adds_nothing(vault: Vault) -> None:
    def lines():
        yield make_entry(1)
        yield make_entry(2)
        raise OSError("the file being imported vanished")

    with pytest.raises(OSError):
        vault.append(lines())
    assert vault.entries() == ()


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(2031, 1, 1), date(1, 1, 1)])
def test_impossible_days_are_refused(vault: Vault, day: date) -> None:
    with pytest.raises(BadInput, match="check the year"):
        vault.append([make_entry(1, date=day)])
    assert vault.entries() == ()


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "check_in", "says": {"answers": {"day": 99}, "asked": ["day"]}},
        {"kind": "dose_taken", "says": {"dose_mg": "many"}},
        {"kind": "note", "says": {"surprise": 1}},
    ],
)
def test_a_body_nobody_could_read_back_is_refused(vault: Vault, given: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="malformed"):
        vault.append([make_entry(1), make_entry(2, **given)])
    assert vault.entries() == ()


@pytest.mark.parametrize("body", ["{not json", "{" * 50_000, "{}x", "[1]"])
def test_a_body_that_is_no_json_object_is_refused(vault: Vault, body: str) -> None:
    forged = make_entry(1, kind="from_the_future")._replace(body=body)
    with pytest.raises(BadInput, match="malformed"):
        vault.append([forged])
    assert vault.entries() == ()


def test_more_than_64_kib_is_refused_before_saving() -> None:
    with pytest.raises(ValueError, match="at most 64 KiB"):
        make_entry(1, says={"text": "é" * 33_000})


def test_creating_over_anything_is_refused(path: Path) -> None:
    make_vault(path).lock()
    before = bytes_of(path)
    with pytest.raises(BadInput, match="exists already"):
        make_vault(path)
    with pytest.raises(BadInput, match="is not a folder"):
        make_vault(path / "no" / "such" / "x.vault")
    assert bytes_of(path) == before


def test_a_creation_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("landward.vault.create.write_header", refuse)
    with pytest.raises(Exception, match="no space left"):
        make_vault(tmp_path / "x.vault")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="modes are a POSIX matter")
def test_only_the_owner_can_read_the_files(path: Path) -> None:
    with make_vault(path) as vault:
        vault.append([make_entry(1)])
        Vault.seal(path, make_entry(2), now=NOW)
    for file in (path, *path.rglob("*")):
        wanted = 0o700 if file.is_dir() else 0o600
        assert stat.S_IMODE(file.stat().st_mode) == wanted, file


# ---- passphrases as people type them ------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "plain",
        "🌊🕯️ and a storm",
        unicodedata.normalize("NFC", "Ångström café"),
        "x" * 10_000,
        "  spaces count  ",
    ],
)
def test_passphrases_open_what_they_made(tmp_path: Path, typed: str) -> None:
    make_vault(tmp_path / "v.vault", typed).lock()
    for variant in (typed, typed + "\n", typed + "\r\n", unicodedata.normalize("NFD", typed)):
        reopen(tmp_path / "v.vault", variant).lock()
    with pytest.raises(WrongKey):
        reopen(tmp_path / "v.vault", typed + " ")


@pytest.mark.parametrize("typed", ["", "\n", "   ", "x" * 70_000, "broken \ud800"])
def test_passphrases_that_cannot_be_are_refused(tmp_path: Path, typed: str) -> None:
    with pytest.raises(BadInput):
        make_vault(tmp_path / "v.vault", typed)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_passphrase_changes_not_a_byte(path: Path) -> None:
    make_vault(path).lock()
    before = bytes_of(path)
    with pytest.raises(WrongKey, match="does not open the diary"):
        reopen(path, "guess")
    assert bytes_of(path) == before


# ---- things that are not this vault -------------------------------------------------------


def _edit(path: Path, **changes: object) -> None:
    keys = json.loads((path / "keys.json").read_text())
    (path / "keys.json").write_text(json.dumps(keys | changes))


def test_nothing_there_a_file_and_a_stranger_folder(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    (tmp_path / "folder").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "keys.json").write_text('{"format": "ssh"}')
    for name in ("nothing", "a.txt", "folder", "other"):
        with pytest.raises(NotAVault) as said:
            reopen(tmp_path / name)
        assert "\n" not in str(said.value)


def test_a_newer_container_is_refused_in_words(path: Path) -> None:
    make_vault(path).lock()
    _edit(path, container=2, slots="something else entirely")
    before = bytes_of(path)
    with pytest.raises(NotAVault, match="newer Landward"):
        reopen(path)
    assert bytes_of(path) == before


@pytest.mark.parametrize("cut", [0, 1, 100, -1])
def test_truncated_keys_are_refused(path: Path, cut: int) -> None:
    make_vault(path).lock()
    keys = path / "keys.json"
    keys.write_bytes(keys.read_bytes()[:cut])
    with pytest.raises((Damaged, NotAVault)):
        reopen(path)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"format":"landward-vault","container":1}', '"x"', "null", "\ud800"],
)
def test_nonsense_keys_are_refused(path: Path, text: str) -> None:
    make_vault(path).lock()
    (path / "keys.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises((Damaged, NotAVault)):
        reopen(path)


def test_every_field_of_the_keys_is_authenticated(path: Path) -> None:
    make_vault(path).lock()
    original = (path / "keys.json").read_bytes()
    told = json.loads(original)
    for name, value in {
        "generation": 7,
        "vault": "0" * 32,
        "slots": told["slots"][:1],
        "boxes": [told["inbox"]],
        "retired": [told["inbox"]],
        "about": "00" * 40,
        "inbox": {**told["inbox"], "public_key": "11" * 32},
        "mac": "0" * 64,
    }.items():
        (path / "keys.json").write_bytes(original)
        _edit(path, **{name: value})
        with pytest.raises((Damaged, WrongKey)):
            reopen(path)


def test_absurd_argon2_costs_are_refused_without_spending_them(path: Path) -> None:
    make_vault(path).lock()
    slots = json.loads((path / "keys.json").read_text())["slots"]
    for cost in (
        {"ops": 3, "memory_bytes": 100 * 1024**3},
        {"ops": 1_000_000, "memory_bytes": 8192},
        {"ops": 0, "memory_bytes": 8192},
        {"ops": 3, "memory_bytes": -1},
    ):
        _edit(path, slots=[{**slots[0], "cost": cost}])
        with pytest.raises(Damaged, match="cost"):
            reopen(path)


def test_a_plain_sqlite_file_in_place_of_the_journal_is_refused(path: Path) -> None:
    import sqlite3

    with make_vault(path) as vault:
        vault.append([make_entry(1)])
    (path / "journal.db").unlink()
    plain = sqlite3.connect(path / "journal.db")
    plain.execute("CREATE TABLE entry (id TEXT)")
    plain.commit()
    plain.close()
    before = bytes_of(path)
    with pytest.raises(Damaged, match="plain SQLite"):
        reopen(path)
    assert bytes_of(path) == before


@pytest.mark.parametrize("content", [None, b"", b"x" * 5000])
def test_a_missing_empty_or_foreign_journal_is_refused(path: Path, content: bytes | None) -> None:
    make_vault(path).lock()
    (path / "journal.db").unlink()
    if content is not None:
        (path / "journal.db").write_bytes(content)
    with pytest.raises(Damaged):
        reopen(path)
    assert not (path / "journal.db").exists() or (path / "journal.db").read_bytes() == content


def test_no_connection_is_ever_made_without_the_key(path: Path) -> None:
    make_vault(path).lock()
    assert (path / "journal.db").read_bytes()[:16] != b"SQLite format 3\x00"
    source = Path(__file__).parents[2] / "src" / "landward"
    makers = [
        file.name
        for file in source.rglob("*.py")
        if "sqlcipher3" in file.read_text() or "sqlcipher.connect" in file.read_text()
    ]
    assert makers == ["database.py"]


# ---- locking ------------------------------------------------------------------------------


def test_after_lock_nothing_can_be_read_or_written(vault: Vault) -> None:
    vault.append([make_entry(1)])
    key = vault.key
    vault.lock()
    vault.lock()
    assert vault.locked
    for use in (vault.entries, vault.head, vault.drain, lambda: vault.append([make_entry(2)])):
        with pytest.raises(Locked):
            use()
            vault.connection()
    with pytest.raises(Locked):
        key.reveal()


def test_locking_overwrites_the_key_and_lets_go_of_what_was_read(path: Path) -> None:
    seen: list[bytes] = []

    class Watched(bytearray):
        def clear(self) -> None:
            seen.append(bytes(self))
            super().clear()

    vault = make_vault(path)
    vault.append([make_entry(1)])
    held = vault.key._raw = Watched(vault.key.reveal())
    assert any(held) and len(vault.entries()) == 1
    vault.lock()
    assert seen == [bytes(32)] and not held
    assert vault._entries is None


def test_the_key_shows_nowhere(vault: Vault, capfd: pytest.CaptureFixture[str]) -> None:
    secret = vault.key.reveal().hex()
    assert secret not in repr(vault.key) + repr(vault.__dict__) + str(vault.key)
    with pytest.raises(TypeError):
        import pickle

        pickle.dumps(vault.key)
    with pytest.raises(WrongKey) as said:
        reopen(vault.path, "guess")
    assert "guess" not in str(said.value)
    assert capfd.readouterr() == ("", "")


def test_a_wrong_key_prints_nothing_from_the_cipher(
    path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    make_vault(path).lock()
    data = bytearray((path / "journal.db").read_bytes())
    data[100] ^= 1
    (path / "journal.db").write_bytes(data)
    with pytest.raises(Damaged):
        reopen(path)
    assert capfd.readouterr() == ("", "")


def test_a_child_process_opens_it_too(path: Path) -> None:
    make_vault(path).lock()
    code = (
        "import sys; from landward.vault import Vault;"
        "print(len(Vault.open(sys.argv[1], sys.stdin.read()).entries()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], input=PASSPHRASE, capture_output=True, text=True
    )
    assert (done.stdout.strip(), done.stderr) == ("0", "")
