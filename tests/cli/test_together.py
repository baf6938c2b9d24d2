"""`landward relay join` and its kin: what is said, and one clear line for each mistake."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.app.together.in_memory import NOW, MemoryBook, MemoryHost, note

from landward.app.together.host import HostRefused, refused
from landward.app.together.joining import join_with_invitation
from landward.app.together.pairing import let_in, look_for_newcomer, offer_pairing
from landward.app.together.sync import sync
from landward.cli import together
from landward.cli.main import run
from landward.relay.client import RelayClient
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

ADDRESS = "https://relay.example"
Told = Callable[..., str]


@pytest.fixture
def relay(monkeypatch: pytest.MonkeyPatch) -> MemoryHost:
    host = MemoryHost()
    host.invite("7QKD-M2XA-0V9S-3RTB")
    monkeypatch.setattr(together, "dial", lambda _: host)
    monkeypatch.setattr(together, "EVERY_S", 0.0)
    monkeypatch.setenv("LANDWARD_PASSPHRASE", "pw")
    return host


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    made, _ = Vault.create(tmp_path / "my.vault", "pw", now=NOW, cost=CHEAPEST)
    made.append([note(f"line {n}", str(n)) for n in range(3)])
    made.lock()
    return tmp_path / "my.vault"


@pytest.fixture
def told(vault: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    def tell(*words: str, code: int = 0) -> str:
        capsys.readouterr()
        assert run(["relay", *words, "--vault", str(vault)]) == code
        found = capsys.readouterr()
        assert found.err.count("landward: ") == (1 if code else 0)
        return found.err if code else found.out

    return tell


def join(told: Told, invitation: str = "7QKD-M2XA-0V9S-3RTB", code: int = 0) -> str:
    return told("join", ADDRESS, invitation, "--name", "desk", "--yes", code=code)


def test_it_says_what_leaves_and_asks_first(
    told: Told, relay: MemoryHost, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    said = told("join", ADDRESS, "7QKD-M2XA-0V9S-3RTB", code=2)
    for words in ("What leaves this machine", f"Where to: {ADDRESS}", "How to stop", "[y/N]"):
        assert words in said
    assert "not joined; nothing left this machine" in said
    assert relay.shelves == {}


def test_join_sync_devices_leave(told: Told, relay: MemoryHost, vault: Path) -> None:
    assert "joined no relay" in told("devices")
    assert "0 new lines came; 1 sealed piece went." in join(told)
    assert json.loads(told("sync", "--json"))["sent"] == 0
    said = told("devices")
    assert "desk  this device" in said and ADDRESS in said and "wait here: 0" in said
    assert "Left. Nothing leaves" in told("leave")
    assert relay.shelves == {}
    assert "joined no relay" in told("sync", code=2)


def test_pairing_from_the_other_side(told: Told, relay: MemoryHost) -> None:
    first = MemoryBook()
    first.write(note("from the first", "first"))
    join_with_invitation(first, lambda _: relay, ADDRESS, "7QKD-M2XA-0V9S-3RTB", "first", NOW)
    sync(first, relay, NOW)
    offer = offer_pairing(first, relay)
    honest = relay.meet_get

    def answered(meeting: str, side: str) -> bytes | None:
        """The other person says yes between two looks."""
        if honest(meeting, side) is None:
            newcomer = look_for_newcomer(relay, offer)
            assert newcomer
            let_in(first, relay, NOW, offer, newcomer)
            return None
        return honest(meeting, side)

    relay.meet_get = lambda m, s: answered(m, s) if s == "a" else honest(m, s)  # type: ignore[method-assign]
    assert "1 new line came" in join(told, offer.code)
    sync(first, relay, NOW)
    assert len(first.entries()) == 4


def test_pairing_from_this_side_and_taking_it_out(
    told: Told, relay: MemoryHost, monkeypatch: pytest.MonkeyPatch
) -> None:
    from landward.app.together.pairing import ask_to_be_let_in, look_for_answer

    join(told)
    other = MemoryBook()
    asked = []

    def offered(book, host):  # type: ignore[no-untyped-def]
        offer = offer_pairing(book, host)
        asked.append(ask_to_be_let_in(other, relay, ADDRESS, offer.code.lower(), "phone", NOW))
        return offer

    monkeypatch.setattr("landward.app.together.pairing.offer_pairing", offered)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    said = told("pair")
    assert "  ".join(asked[0].words) in said and "“phone” belongs to your devices now" in said
    assert look_for_answer(other, relay, NOW, asked[0])
    sync(other, relay, NOW)
    assert len(other.entries()) == 3
    assert "no single device is called “tablet”" in told("remove-device", "tablet", code=2)
    assert "that is this device itself" in told("remove-device", "desk", code=2)
    assert "does not take part any more" in told("remove-device", "phone")
    with pytest.raises(HostRefused, match="or this device was taken out"):
        sync(other, relay, NOW)
    assert len(other.entries()) == 3


@pytest.mark.parametrize(
    ("refusal", "says"),
    [
        ("full", "has no more room for this diary"),
        ("unreachable", "did not answer, or the line broke off"),
        ("version", "newer or older version"),
        ("busy", "cannot write just now"),
        ("slow-down", "asks to wait a little"),
        ("unknown", "or this device was taken out"),
    ],
)
def test_what_the_relay_refuses_is_one_line_and_loses_nothing(
    told: Told, relay: MemoryHost, vault: Path, refusal: str, says: str
) -> None:
    join(told)
    with Vault.open(vault, "pw", now=NOW) as opened:
        opened.append([note("waits", "waits")])
        before = opened.head()

    def no(*_: object) -> None:
        raise refused(refusal)

    honest = relay.put_many
    relay.put_many = no  # type: ignore[method-assign, assignment]
    said = told("sync", code=2 if refusal in {"unknown", "version"} else 1)
    assert says in said.splitlines()[-1]
    with Vault.open(vault, "pw", now=NOW) as opened:
        assert opened.head() == before
    relay.put_many = honest  # type: ignore[method-assign]
    assert "1 sealed piece went" in told("sync")


def test_wrong_codes(told: Told, relay: MemoryHost) -> None:
    assert "the code is wrong or was used" in join(told, "7QKD-M2XA-0V9S-3RTX", code=2)
    assert "a sign of this code is wrong" in join(told, "7QKD-M2XA-" * 3, code=2)
    assert "joined no relay" in told("devices")
    join(told)
    assert "joined the relay at https://relay.example already" in join(told, code=2)


def test_addresses_that_are_none(told: Told, relay: MemoryHost, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(together, "dial", lambda a: RelayClient(a, refusal=refused))
    for address in ("relay.example", "http://relay.example", "ftp://x", ""):
        said = told("join", address, "7QKD-M2XA-0V9S-3RTB", "--yes", code=2)
        assert "a relay's address begins with https://" in said
