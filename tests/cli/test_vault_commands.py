"""`landward vault …` as a person meets it: from making it to getting back in."""

import io
import json
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from landward.cli.main import run
from landward.vault.cost import CHEAPEST

PASSPHRASE = "two gulls and a tin"


class Person:
    """Types commands, answers questions, reads what comes back."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], home: Path
    ) -> None:
        self._monkeypatch, self._capfd = monkeypatch, capfd
        self.vault, self.home = home / "my.vault", home
        self.knows(PASSPHRASE)

    def knows(self, passphrase: str) -> None:
        self._monkeypatch.setenv("LANDWARD_PASSPHRASE", passphrase)

    def types(self, *arguments: object, answers: str = "", code: int = 0) -> str:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        got = run([str(argument) for argument in arguments])
        out, err = self._capfd.readouterr()
        self.err = err
        assert got == code, (arguments, out, err)
        secrets = [a for a in answers.split("\n") if not a.endswith(".vault")]
        for secret in (*secrets, PASSPHRASE):
            assert len(secret) < 8 or secret not in out + err, "a secret was echoed"
        return out


@pytest.fixture
def person(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Person]:
    monkeypatch.setattr("landward.vault.vault.calibrate", lambda: CHEAPEST)
    monkeypatch.setattr("landward.vault.keys.calibrate", lambda: CHEAPEST)
    monkeypatch.chdir(tmp_path)
    yield Person(monkeypatch, capfd, tmp_path)


def words_in(out: str) -> str:
    numbered = sorted((int(n), word) for n, word in re.findall(r"(\d+)  ([a-z]+)", out))
    assert [n for n, _ in numbered] == list(range(1, 13))
    return " ".join(word for _, word in numbered)


def test_from_making_it_to_getting_back_in(person: Person) -> None:
    out = person.types("vault", "create", person.vault, "--sheet", "words.pdf")
    words = words_in(out)
    sheet = person.home / "words.pdf"
    assert sheet.read_bytes().startswith(b"%PDF") and stat.S_IMODE(sheet.stat().st_mode) == 0o600
    person.types("log", "--vault", person.vault, "--day", 6, "--note", "written")
    assert "Everything is there: 1 entry about 1 day." in person.types(
        "vault", "check", person.vault
    )
    person.types("vault", "passphrase", person.vault, answers="another one\n")
    person.types("vault", "check", person.vault, code=2)
    assert person.err.count("\n") == 1 and "does not open the diary" in person.err
    person.types("vault", "recover", person.vault, answers=f"{words.upper()}\nthird time lucky\n")
    person.knows("third time lucky")
    person.types("vault", "check", "--vault", person.vault)


def test_check_as_json(person: Person) -> None:
    person.types("vault", "create", person.vault)
    told = json.loads(person.types("vault", "check", person.vault, "--json"))
    assert told["entries"] == 0 and told["problems"] == []


def test_two_of_three_parts(person: Person) -> None:
    person.types("vault", "create", person.vault)
    out = person.types("vault", "split", person.vault, "--sheets", ".")
    parts = [" ".join(p.split("\n\n")[0].split()[1:]) for p in out.split("\nPart ")[1:]]
    assert [len(part.split()) for part in parts] == [20, 20, 20]
    assert all((person.home / f"part-{n}.pdf").exists() for n in (1, 2, 3))
    person.types(
        "vault", "recover", person.vault, "--parts", answers=f"{parts[2]}\n{parts[0]}\nnew one!\n"
    )
    person.types(
        "vault", "recover", person.vault, "--parts", answers=f"{parts[1]}\n{parts[1]}\nx\n", code=2
    )
    assert "two different parts" in " ".join(person.err.split())


def test_backup_restore_and_merge(person: Person) -> None:
    person.types("vault", "create", person.vault)
    person.types("log", "--vault", person.vault, "--day", 6)
    person.types("vault", "backup", "b.backup", "--vault", person.vault)
    person.types("vault", "backup", "b.backup", "--vault", person.vault, code=2)
    person.types("vault", "restore", "b.backup", "again.vault")
    person.types("log", "--vault", "again.vault", "--day", 3)
    assert "took in 1 entry" in person.types("vault", "merge", person.vault, "again.vault")
    assert "took in 0 entries" in person.types("vault", "merge", person.vault, "again.vault")
    person.types("vault", "restore", "absent", "x.vault", code=2)
    (person.home / "b.backup").write_bytes((person.home / "b.backup").read_bytes()[:-100])
    person.types("vault", "restore", "b.backup", "x.vault", code=2)
    assert not (person.home / "x.vault").exists()


def test_merging_a_vault_with_another_passphrase_asks_for_it(person: Person) -> None:
    person.types("vault", "create", person.vault)
    person.knows("the other one's")
    person.types("vault", "create", "other.vault")
    person.types("log", "--vault", "other.vault", "--day", 4)
    person.knows(PASSPHRASE)
    out = person.types("vault", "merge", person.vault, "other.vault", answers="the other one's\n")
    assert "took in 1 entry" in out


def test_erasing_asks_twice(person: Person) -> None:
    person.types("vault", "create", person.vault)
    person.types("log", "--vault", person.vault, "--day", 6, "--date", "2026-01-05")
    person.types("vault", "backup", "b.backup", "--vault", person.vault)
    erase = ("vault", "erase", person.vault, "--day", "2026-01-05")
    for answers in ("", "no\n", "ERASE\n", "ERASE\n2\n"):
        person.types(*erase, answers=answers, code=2)
        assert "b.backup" in person.err
    person.types("vault", "erase", person.vault, code=2)
    person.types("vault", "erase", person.vault, "--day", "2025-01-01", answers="ERASE\n", code=2)
    assert "Erased 1 entry" in person.types(*erase, answers="ERASE\n1\n")
    assert "0 entries" in person.types("vault", "check", person.vault)
    gone = person.types("vault", "erase", person.vault, "--everything", answers="ERASE\nmy.vault\n")
    assert "is gone" in gone and not person.vault.exists()


def test_keys_of_others(person: Person) -> None:
    person.types("vault", "create", person.vault)
    person.types("vault", "add-key", person.vault, "--name", "my sister", answers="her words\n")
    told = json.loads(person.types("vault", "keys", person.vault, "--json"))
    labels = {key["named"]["label"]: key["id"] for key in told["keys"]}
    assert set(labels) == {"your passphrase", "recovery words", "my sister"}
    person.knows("her words")
    person.types("vault", "check", person.vault)
    person.knows(PASSPHRASE)
    out = person.types("vault", "remove-key", person.vault, labels["my sister"][:8])
    assert "my sister" in out and words_in(out)
    assert "backups made before now, still open" in person.err
    person.knows("her words")
    person.types("vault", "check", person.vault, code=2)


def test_a_write_only_box(person: Person) -> None:
    person.types("vault", "create", person.vault)
    out = person.types("vault", "box", person.vault, "--name", "my sister")
    box = re.search(r"--box (\w+)", out)
    assert box is not None
    person.knows("")
    person.types("vault", "leave", person.vault, "--box", box[1], "--note", "slept well")
    person.knows(PASSPHRASE)
    assert "1 entry" in person.types("vault", "check", person.vault)
    assert "my sister" in person.types("vault", "keys", person.vault)
    person.types("vault", "close-box", person.vault, box[1][:6])
    person.types("vault", "leave", person.vault, "--box", box[1], "--note", "x", code=2)


def test_repair_and_remember(person: Person) -> None:
    person.types("vault", "create", person.vault)
    assert "nothing was changed" in person.types("vault", "repair", person.vault)
    assert "Nothing to ask" in person.types("vault", "remember", person.vault)
    keys = person.vault / "keys.json"
    keys.write_text(keys.read_text().replace('"generation": 1', '"generation": 5'))
    person.types("vault", "check", person.vault, code=2)
    assert "vault repair" in person.err
    assert "put right" in person.types("vault", "repair", person.vault)
    person.types("vault", "check", person.vault)


@pytest.mark.parametrize("command", ["check", "passphrase", "recover", "keys", "erase", "repair"])
@pytest.mark.parametrize("what", ["nothing", "a file", "a folder"])
def test_what_is_no_vault_gets_one_line(person: Person, command: str, what: str) -> None:
    path = person.home / "thing"
    if what == "a file":
        path.write_text("x")
    elif what == "a folder":
        path.mkdir()
    person.types("vault", command, path, answers="x\nx\nx\n", code=2)
    assert person.err.count("\n") == 1 and "not a vault" in person.err


def test_nobody_there_to_answer_is_said(person: Person) -> None:
    person.types("vault", "create", person.vault)
    person.types("vault", "passphrase", person.vault, code=2)
    assert "nobody answered" in person.err
    person.types("vault", "create", person.vault, code=2)
    assert "exists already" in person.err


def test_every_command_explains_itself(person: Person) -> None:
    listed = person.types("vault", "--help")
    names = re.findall(r"^│ ([a-z-]+) {2,}", listed, re.MULTILINE)
    assert len(names) == 19
    for name in names:
        assert "Usage: landward vault " + name in person.types("vault", name, "--help")
