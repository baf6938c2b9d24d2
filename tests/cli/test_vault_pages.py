"""Pages and notes that cannot be: said before a key is changed, in one line."""

from pathlib import Path

import pytest

from landward.cli.main import run
from landward.vault.cost import CHEAPEST

BOX = "1a2b3c4d5e6f7081"


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr("landward.vault.vault.calibrate", lambda: CHEAPEST)
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "two gulls and a tin")
    monkeypatch.chdir(tmp_path)
    assert run(["vault", "create", "my.vault"]) == 0
    return tmp_path


@pytest.mark.parametrize(
    "command",
    [
        ["vault", "create", "other.vault", "--sheet", "taken.pdf"],
        ["vault", "create", "other.vault", "--sheet", "nowhere/sheet.pdf"],
        ["vault", "words", "my.vault", "--sheet", "taken.pdf"],
        ["vault", "words", "my.vault", "--sheet", "nowhere/sheet.pdf"],
        ["vault", "remove-key", "my.vault", "recovery words", "--sheet", "taken.pdf"],
        ["vault", "split", "my.vault", "--sheets", "."],
        ["vault", "split", "my.vault", "--sheets", "nowhere"],
    ],
    ids=lambda command: " ".join(command[1:]),
)
def test_a_page_that_cannot_be_made_changes_no_key(
    home: Path, command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    (home / "taken.pdf").write_bytes(b"theirs")
    (home / "part-2.pdf").write_bytes(b"theirs")
    before = (home / "my.vault" / "keys.json").read_bytes()
    capfd.readouterr()
    assert run(command) == 2
    out, err = capfd.readouterr()
    assert out == "" and err.count("\n") == 1
    assert (home / "my.vault" / "keys.json").read_bytes() == before
    assert sorted(p.name for p in home.iterdir()) == ["my.vault", "part-2.pdf", "taken.pdf"]


def test_words_stay_in_force_when_the_disk_refuses_their_page(
    home: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("landward.app.keep.tasks.write_new", full)
    assert run(["vault", "words", "my.vault", "--sheet", "sheet.pdf"]) == 1
    _, err = capfd.readouterr()
    assert "words above count all the same" in err and "nothing was changed" not in err


@pytest.mark.parametrize("note", ["", "  \n ", "x" * 20_001], ids=["empty", "blank", "too long"])
def test_a_note_nobody_could_keep_is_one_line(
    home: Path, note: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["vault", "leave", "my.vault", "--box", BOX, "--note", note]) == 2
    _, err = capfd.readouterr()
    assert err.count("\n") == 1 and "broke" not in err and "xxx" not in err


def test_a_backup_inside_the_diary_is_refused(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for inside in ("my.vault", "my.vault/b.backup", "my.vault/inbox/b.backup"):
        assert run(["vault", "backup", inside, "--vault", "my.vault"]) == 2
        assert "outside" in capfd.readouterr().err
    assert not [*home.rglob("*.backup")]


def test_a_conflicting_copy_from_notice_to_deletion(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    copy = home / "my.vault" / "journal (conflicted copy).db"
    copy.write_bytes((home / "my.vault" / "journal.db").read_bytes())
    capfd.readouterr()
    assert run(["vault", "check", "my.vault"]) == 0
    assert capfd.readouterr().err.count(str(copy.name)) == 2, "one line: the file, the command"
    assert run(["vault", "merge", "my.vault", str(copy)]) == 0
    assert "delete it when you like" in capfd.readouterr().out
    for kept in ("my.vault/journal.db", "my.vault"):
        assert run(["vault", "merge", "my.vault", kept]) == 2
        assert "delete" not in "".join(capfd.readouterr())
