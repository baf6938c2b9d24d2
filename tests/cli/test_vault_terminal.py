"""`landward vault …` in a real terminal (a pty): what is asked, hidden and shown, in order."""

import json
import os
import re
import select
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from landward.cli.main import run
from landward.vault import Vault, quiz
from landward.vault.cost import CHEAPEST

pty = pytest.importorskip("pty", reason="pseudo-terminals are POSIX only")

PASSPHRASE = "two gulls and a tin"
ASKED = ("Passphrase: ", PASSPHRASE)
PATIENCE_S = 30


def typed(*arguments: object, answers: tuple[tuple[str, str], ...] = ()) -> tuple[int, str]:
    """Run a command in a terminal of its own; wait for each prompt before answering it."""
    child, terminal = pty.fork()
    if child == 0:
        try:
            # A suite that was started in the background has passed on "ignore Ctrl-C".
            signal.signal(signal.SIGINT, signal.default_int_handler)
            sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115 - the terminal itself, gone with this process
            code = run([str(argument) for argument in arguments])
            sys.stdout.flush()
            sys.stderr.flush()
        except BaseException as error:
            os.write(2, f"broke: {error!r}".encode())
            code = 99
        os._exit(code)
    shown, seen, waiting = b"", 0, list(answers)
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                shown += os.read(terminal, 4096)
            except OSError:
                break  # the other end of the terminal has closed
        if waiting and (place := shown.find(waiting[0][0].encode(), seen)) >= 0:
            prompt, answer = waiting.pop(0)
            seen = place + len(prompt)
            os.write(terminal, f"{answer}\n".encode())
    else:
        os.kill(child, signal.SIGKILL)  # it waits for something that never comes
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert not waiting, f"never asked for {waiting}: {shown.decode()}"
    plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown.decode()).replace("\r\n", "\n")
    return os.waitstatus_to_exitcode(status), plain


@pytest.fixture
def path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    monkeypatch.setattr("landward.vault.vault.calibrate", lambda: CHEAPEST)
    monkeypatch.delenv("LANDWARD_PASSPHRASE", raising=False)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    yield tmp_path / "my.vault"


def created(path: Path) -> list[str]:
    code, said = typed(
        "vault", "create", path,
        answers=(("Choose a passphrase: ", PASSPHRASE), ("The same again: ", PASSPHRASE)),
    )  # fmt: skip
    assert code == 0 and PASSPHRASE not in said, "the passphrase is never echoed"
    numbered = sorted((int(n), word) for n, word in re.findall(r"(\d+)  ([a-z]+)", said))
    assert [n for n, _ in numbered] == list(range(1, 13))
    return [word for _, word in numbered]


def test_two_different_passphrases_make_nothing(path: Path) -> None:
    answers = (("Choose a passphrase: ", "one"), ("The same again: ", "two"))
    code, said = typed("vault", "create", path, answers=answers)
    assert code == 2 and "not the same" in said and not path.exists()


def test_a_box_from_opening_to_closing(path: Path) -> None:
    created(path)
    code, said = typed("vault", "box", path, "--name", "my sister", answers=(ASKED,))
    box = re.search(r"--box (\w+)", said)
    assert code == 0 and box is not None
    assert typed("vault", "leave", path, "--box", box[1], "--note", "slept well")[0] == 0
    code, said = typed("vault", "close-box", path, "my brother", answers=(ASKED,))
    assert code == 2 and "there is no box “my brother” here" in said
    code, said = typed("vault", "close-box", path, "My sister", answers=(ASKED,))
    assert code == 0 and "The box of my sister is closed" in said
    code, said = typed("vault", "leave", path, "--box", box[1], "--note", "again")
    assert code == 2 and "this box was closed" in said
    code, said = typed("vault", "close-box", path, box[1][:6], answers=(ASKED,))
    assert code == 2 and "there is no box" in said
    with Vault.open(path, PASSPHRASE) as vault:
        (left,) = vault.entries()
    assert left.origin == "from my sister"


def test_the_recovery_words_are_asked_for_until_right_or_left_for_another_day(path: Path) -> None:
    words = created(path)
    code, said = typed("vault", "remember", path, answers=(ASKED,))
    assert code == 0 and "Nothing to ask today.\nThe next words are asked for from" in said
    first, second = due_long_ago(path)
    code, said = typed("vault", "keys", path, answers=(ASKED,))
    assert "Are the recovery words where you can find them?" in said

    prompts = [f"Word {place:>2}: " for place in first]
    right = [words[place - 1] for place in first]
    code, said = typed("vault", "remember", path, answers=(ASKED, (prompts[0], "")))
    assert code == 0 and "Left for another day" in said and "Are the recovery" not in said
    wrong = (prompts[1], "lighthouse")
    code, said = typed(
        "vault", "remember", path, answers=(ASKED, (prompts[0], right[0]), wrong, wrong, wrong)
    )
    assert code == 2 and "will be asked for again" in said
    assert said.count(f"Not quite: word {first[1]} is another one.") == 2
    assert said.count(prompts[0]) == 1, "the word that was right is not asked for twice"
    code, said = typed(
        "vault", "remember", path,
        answers=(ASKED, (prompts[0], f" {right[0].upper()} "), wrong, (prompts[1], right[1])),
    )  # fmt: skip
    assert code == 0 and "That is right." in said and "The other two words" in said
    answers = tuple((f"Word {place:>2}: ", words[place - 1]) for place in second)
    code, said = typed("vault", "remember", path, answers=(ASKED, *answers))
    assert code == 0 and said.rstrip().endswith("That is right. Keep the sheet where it is.")
    code, said = typed("vault", "remember", path, answers=(ASKED,))
    assert code == 0 and said.rstrip().endswith("Nothing to ask today.")


def due_long_ago(path: Path) -> tuple[list[int], list[int]]:
    """Let both rounds be due; the places (from 1) of the words each asks for."""
    with Vault.open(path, PASSPHRASE) as vault:
        rounds = json.loads(vault.fact(quiz.FACT) or "")
        vault.remember(quiz.FACT, json.dumps([r | {"due": "2020-01-01"} for r in rounds]))
    first, second = (sorted(map(int, one["words"])) for one in rounds)
    return first, second


def test_leaving_a_question_open_is_no_fault(path: Path) -> None:
    created(path)
    before = (path / "keys.json").read_bytes()
    for answers in ((("Passphrase: ", "\x04"),), (ASKED, ("New passphrase: ", "\x04"))):
        code, said = typed("vault", "passphrase", path, answers=answers)
        assert code == 2 and said.endswith("landward: stopped; nothing was changed\n"), said
    assert (path / "keys.json").read_bytes() == before


def test_leaving_with_ctrl_c_is_answered_and_writes_nothing(path: Path) -> None:
    code, shown = typed(
        "vault", "create", path, answers=(("Choose a passphrase: ", "half a word\x03"),)
    )
    assert code == 130
    assert "stopped; nothing more was written" in shown
    assert "half a word" not in shown
    assert not path.exists()


def test_what_would_refuse_a_note_is_said_before_it_is_typed(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A passphrase in the environment that does not open the diary cost the words just typed."""
    said = ("log", "--vault", path, "--day", 3, "--ask-note")
    code, shown = typed(*said)
    assert code != 0 and "not a vault" in shown and "Your note" not in shown
    Vault.create(path, PASSPHRASE, cost=CHEAPEST)[0].lock()
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "of another diary")
    code, shown = typed(*said)
    assert code == 2 and "Your note" not in shown
    assert "does not open the diary; nothing was changed" in shown
    assert "LANDWARD_PASSPHRASE is set in your environment and answered" in shown
    code, shown = typed(*said, "--note", "a second one")
    assert code == 2 and "two ways to say one note; choose one" in shown


def test_a_note_is_typed_where_no_other_program_sees_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Vault.create(path, PASSPHRASE, cost=CHEAPEST)[0].lock()
    monkeypatch.setenv("LANDWARD_PASSPHRASE", PASSPHRASE)
    said = ("log", "--vault", path, "--day", 3, "--ask-note")
    code, shown = typed(*said, answers=(("Ctrl-D:", "the pier, and back\n\x04"),))
    assert code == 0, shown
    with Vault.open(path, PASSPHRASE) as vault:
        (entry,) = vault.entries()
    assert json.loads(entry.body)["note"] == "the pier, and back"
