"""`landward relay phone`: add one, list, take it out; one line for each mistake."""

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.app.phone.memory_relay import TestPhone
from tests.app.together.in_memory import MemoryHost

from landward.cli import relay_phone, together
from landward.cli.main import run
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

CODE = "ABCD-EFGH-JKMN-PQRS"


@pytest.fixture
def relay(monkeypatch: pytest.MonkeyPatch) -> MemoryHost:
    host = MemoryHost()
    host.invite(CODE)
    for module in (together, relay_phone):
        monkeypatch.setattr(module, "dial", lambda _: host)
    monkeypatch.setattr(together, "EVERY_S", 0.0)
    return host


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "a quiet shore")
    made, _ = Vault.create(tmp_path / "v", "a quiet shore", cost=CHEAPEST)
    made.lock()
    yield str(tmp_path / "v")


def test_a_phone_is_added_listed_and_taken_out(
    vault: str, relay: MemoryHost, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    join = ("relay", "join", "https://relay.example", CODE, "--yes", "--name", "desk")
    assert run([*join, "--vault", vault]) == 0
    capsys.readouterr()
    found: list[TestPhone] = []
    look = relay.since

    def since(shelf: str, read: str, seq: int, most: int = 16):  # type: ignore[no-untyped-def]
        shown = re.search(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){6}", capsys.readouterr().out)
        if shown and not found:  # somebody types the code on a phone
            found.append(TestPhone(relay, shown[0]))
            found[0].hello()
        return look(shelf, read, seq, most)

    monkeypatch.setattr(relay, "since", since)
    monkeypatch.setattr(relay_phone, "ask_yes", lambda _: True)
    assert run(["relay", "phone", "add", "--vault", vault]) == 0
    assert "The phone is let in" in capsys.readouterr().out
    assert found[0].read(0)["name"] == "Landward"
    assert run(["relay", "phone", "list", "--vault", vault]) == 0
    assert "Android  since" in capsys.readouterr().out
    assert run(["relay", "phone", "remove", secrets.token_hex(4), "--vault", vault]) == 2
    assert "no single phone is called" in capsys.readouterr().err
    assert run(["relay", "phone", "remove", "Android", "--vault", vault]) == 0
    assert "its shelf is gone from the relay" in capsys.readouterr().out
    assert run(["relay", "phone", "list", "--vault", vault]) == 0
    assert "No phone comes through the relay" in capsys.readouterr().out


def test_without_a_relay_it_says_so(
    vault: str, relay: MemoryHost, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["relay", "phone", "add", "--vault", vault]) == 2
    assert "joined no relay" in capsys.readouterr().err
