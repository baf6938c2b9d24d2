"""A paired phone signs its lines: they come unmarked, and it may put right its own alone."""

import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from landward.model.base import BadInput
from landward.model.entries import Entry
from landward.vault import Vault, asking
from landward.vault.header import read_header
from landward.vault.phone_keys import PhoneKey, enrol, forget, phone_keys, signed_text
from landward.vault.receiving import receive
from tests.vault.conftest import NOW, make_entry, make_vault, reopen
from tests.vault.test_browser_seal import sealed

DEVICE = "pocket-0123456789ab"


class Handset:
    """What a browser does: a key pair of its own, and raw signatures of 64 bytes."""

    def __init__(self, path: Path, device: str = DEVICE) -> None:
        self.path, self.device = path, device
        self.vault = read_header(path).vault
        self.phone = secrets.token_hex(32)
        self.private: EllipticCurvePrivateKey = generate_private_key(SECP256R1())

    @property
    def public_key(self) -> str:
        public = self.private.public_key()
        return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint).hex()

    def enrol(self, **changed: str) -> None:
        said = {"vault": self.vault, "phone": self.phone, "device": self.device}
        enrol(PhoneKey(**(said | {"public_key": self.public_key} | changed)))

    def sign(self, line: str) -> str:
        der = self.private.sign(signed_text(self.vault, line), ECDSA(SHA256()))
        return b"".join(half.to_bytes(32, "big") for half in decode_dss_signature(der)).hex()

    def send(self, what: Entry, signature: str | None = None) -> None:
        signed = self.sign(what.to_line()) if signature is None else signature
        receive(self.path, (sealed(self.path, what, signature=signed),), now=NOW)


@pytest.fixture
def handset(path: Path) -> Handset:
    make_vault(path).lock()
    made = Handset(path)
    made.enrol()
    return made


def line(number: int, **given: object) -> Entry:
    return make_entry(number, **({"device": DEVICE} | given))


def kept(path: Path) -> tuple[tuple[Entry, ...], list[str]]:
    with reopen(path) as vault:
        return vault.entries(), [one.why for one in asking.waiting(vault)]


def test_what_a_paired_phone_signed_comes_unmarked(handset: Handset) -> None:
    told = line(1)
    handset.send(told)
    assert kept(handset.path) == ((told,), [])


def test_a_phone_puts_right_its_own_lines_and_nobody_elses(handset: Handset) -> None:
    own, mine = line(1), make_entry(2, device="laptop")
    with reopen(handset.path) as vault:
        vault.append([own, mine])
    right = line(3, replaces=(own.id,))
    for what in (
        right,
        line(4, replaces=(mine.id,)),
        line(5, replaces=(own.id, mine.id)),
        line(6, replaces=("f" * 32,)),
        line(7, kind="profile", says={"fields": {"lock_after_min": "0"}}),
    ):
        handset.send(what)
    entries, waits = kept(handset.path)
    assert right in entries and len(entries) == 3
    assert sorted(waits) == ["acts", "replaces", "replaces", "replaces"]


def test_a_wrong_signature_counts_as_none(handset: Handset) -> None:
    stranger = Handset(handset.path)  # the same name, another key
    first, second, third, fourth = (line(number) for number in range(4))
    stranger.send(first)
    handset.send(second, handset.sign(first.to_line()))  # a signature of another line
    handset.send(third, "00" * 64)
    handset.send(fourth, "no hex at all")
    entries, _ = kept(handset.path)
    assert [entry.origin for entry in entries] == ["unsigned, app"] * 4


def test_a_key_speaks_for_one_name_and_one_diary(handset: Handset, tmp_path: Path) -> None:
    handset.send(line(1, device="pocket-ffffffffffff"))
    with make_vault(tmp_path / "other"):
        pass
    elsewhere = Handset(tmp_path / "other")
    elsewhere.private = handset.private
    elsewhere.send(line(2))
    assert kept(handset.path)[0][0].origin == "unsigned, app"
    assert kept(tmp_path / "other")[0][0].origin == "unsigned, app"


def test_a_forgotten_phone_signs_nothing_any_more(handset: Handset) -> None:
    forget(frozenset({handset.phone}))
    handset.send(line(1))
    assert kept(handset.path)[0][0].origin == "unsigned, app"


def test_a_phone_that_lost_its_key_hands_over_a_new_one(handset: Handset) -> None:
    handset.private = generate_private_key(SECP256R1())
    handset.enrol()
    assert [key.public_key for key in phone_keys(handset.vault)] == [handset.public_key]
    other = Handset(handset.path)
    with pytest.raises(BadInput, match="another phone writes under this name"):
        other.enrol()


@pytest.mark.parametrize("bad", ["04" + "00" * 64, "04" + "ff" * 64])
def test_what_is_no_point_of_the_curve_is_no_key(handset: Handset, bad: str) -> None:
    with pytest.raises(BadInput, match="not a phone's key"):
        handset.enrol(public_key=bad)


def test_a_signed_line_that_a_forger_was_before_takes_its_place(handset: Handset) -> None:
    told = line(1)
    Handset(handset.path).send(told.but(body='{"text":"false"}'), "")
    reopen(handset.path).lock()
    handset.send(told)
    assert kept(handset.path) == ((told,), ["number"])


def test_both_arriving_together_the_signed_one_counts(handset: Handset) -> None:
    told = line(1)
    Handset(handset.path).send(told.but(body='{"text":"false"}'), "")
    handset.send(told)
    Handset(handset.path).send(told.but(body='{"text":"falser"}'), "")
    assert kept(handset.path) == ((told,), ["number", "number"])


def test_a_line_of_this_installation_needs_no_phone(path: Path) -> None:
    make_vault(path).lock()
    mine = make_entry(1)
    Vault.seal(path, mine, now=NOW)
    assert kept(path) == ((mine,), [])
