"""What a browser seals, the vault opens once: never another vault's, never a changed one."""

import datetime as dt
import secrets
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey

from landward.model.base import BadInput
from landward.model.bodies import CheckIn, Note
from landward.model.entries import Entry
from landward.vault import Vault, inbox, keys, sealed_files
from landward.vault.browser_seal import MAGIC, SIGNED, bound_to, open_browser_sealed
from landward.vault.cost import CHEAPEST
from landward.vault.header import read_header
from landward.vault.receiving import Sealed, receive
from tests.making import entry

NOW = dt.datetime(2026, 3, 1, 20, 0, tzinfo=dt.UTC)
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    made, _ = Vault.create(tmp_path / "my.vault", "a quiet shore", now=NOW, cost=CHEAPEST)
    made.lock()
    return tmp_path / "my.vault"


def sealed(
    folder: Path, what: Entry, *, vault_id: str | None = None, signature: str = ""
) -> Sealed:
    """Sealed as a browser does it, by the library's own sender."""
    header = read_header(folder)
    public = bytes.fromhex(header.inbox.public_key)
    line = (f"{SIGNED}{signature}\n" if signature else "") + what.to_line()
    padded = line.encode() + b" " * (-len(line.encode()) % 256)
    info = bound_to(vault_id or header.vault, public)
    blob = MAGIC + SUITE.encrypt(padded, X25519PublicKey.from_public_bytes(public), info)
    return Sealed(id=what.id, box=header.inbox.id, blob=blob)


def opened(folder: Path) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    with Vault.open(folder, "a quiet shore", now=NOW) as vault:
        return vault.entries(), vault.notices


HARD_DAY = entry(
    CheckIn(
        asked=("day",), answers={"day": 7}, scales={"day": "0..10 better down"}, note="Wiatr 🌊"
    )
)


def marked(what: Entry) -> Entry:
    """As it stands in the diary when nothing proves which phone wrote it."""
    return what.but(origin=f"unsigned, {what.origin}")


def test_a_sealed_entry_joins_the_diary_once_however_often_it_is_sent(vault: Path) -> None:
    blob = sealed(vault, HARD_DAY)
    assert receive(vault, (blob,), now=NOW) == 1
    assert receive(vault, (blob,), now=NOW) == 0  # waiting already
    receive(vault, (sealed(vault, HARD_DAY),), now=NOW)  # sealed anew: other bytes, same id
    assert opened(vault) == ((marked(HARD_DAY),), ())
    receive(vault, (blob,), now=NOW)  # sent again after it was drained
    assert opened(vault) == ((marked(HARD_DAY),), ())


def test_both_ways_of_sealing_wait_side_by_side(vault: Path) -> None:
    from_terminal = entry(Note(text="from a terminal"), key="2")
    Vault.seal(vault, from_terminal, now=NOW)
    receive(vault, (sealed(vault, HARD_DAY),), now=NOW)
    assert set(opened(vault)[0]) == {from_terminal, marked(HARD_DAY)}


def test_what_was_bound_to_another_vault_is_set_aside_not_lost(vault: Path) -> None:
    foreign = sealed(vault, HARD_DAY, vault_id=secrets.token_hex(16))
    receive(vault, (foreign,), now=NOW)
    entries, notices = opened(vault)
    assert entries == () and "could not be read" in notices[0]
    assert len(list((vault / sealed_files.FOLDER / sealed_files.SET_ASIDE).iterdir())) == 1


def test_one_changed_byte_anywhere_does_not_open(vault: Path) -> None:
    private = PrivateKey.generate()
    public = X25519PublicKey.from_public_bytes(bytes(private.public_key))
    info = bound_to("ab" * 16, bytes(private.public_key))
    blob = MAGIC + SUITE.encrypt(b"{}", public, info)
    assert open_browser_sealed("ab" * 16, private, blob) == b"{}"
    for place in range(len(MAGIC), len(blob)):
        changed = bytearray(blob)
        changed[place] ^= 1
        with pytest.raises(CryptoError):
            open_browser_sealed("ab" * 16, private, bytes(changed))
    for cut in (len(MAGIC), len(MAGIC) + 31, len(MAGIC) + 33, len(blob) - 1):
        with pytest.raises(CryptoError):
            open_browser_sealed("ab" * 16, private, blob[:cut])


def test_a_body_that_would_break_the_diary_is_set_aside(vault: Path) -> None:
    broken = HARD_DAY.but(body='{"asked":"everything"}')
    receive(vault, (sealed(vault, broken),), now=NOW)
    entries, notices = opened(vault)
    assert entries == () and "could not be read" in notices[0]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": "../../etc/passwd"}, "no proper id"),
        ({"box": "0" * 16}, "another diary"),
        ({"blob": b"junk" * 40}, "cut short or changed"),
        ({"blob": MAGIC + b"x" * 20}, "cut short or changed"),
        ({"blob": MAGIC + b"x" * 100_000}, "64 KiB"),
    ],
)
def test_all_of_a_delivery_or_nothing(vault: Path, change: dict[str, object], says: str) -> None:
    good = sealed(vault, HARD_DAY)
    with pytest.raises(BadInput, match=says):
        receive(vault, (good, good.model_copy(update=change)), now=NOW)
    assert inbox.waiting(vault) == ()


def test_a_phone_offline_while_the_keys_changed_still_gets_through(vault: Path) -> None:
    blob = sealed(vault, HARD_DAY)
    with Vault.open(vault, "a quiet shore", now=NOW) as journal:
        words = next(slot for slot in journal.header.slots if slot.kind == "recovery")
        keys.remove_key(journal, words.id, "a quiet shore", now=NOW)
    assert read_header(vault).inbox.id != blob.box
    assert receive(vault, (blob,), now=NOW) == 1
    assert opened(vault) == ((marked(HARD_DAY),), ())
