import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from nacl.public import PrivateKey, PublicKey, SealedBox

from landward.model.base import BadInput
from landward.vault import Vault, inbox, keys, sealed_files
from landward.vault.errors import Damaged, NotAVault
from landward.vault.header import read_header
from tests.vault.conftest import NOW, PASSPHRASE, make_entry, make_vault, reopen


@pytest.fixture
def locked(path: Path) -> Path:
    make_vault(path).lock()
    return path


def test_an_entry_written_while_locked_arrives_on_unlock(locked: Path) -> None:
    entry = make_entry(1)
    file = Vault.seal(locked, entry, now=NOW)
    assert file.exists() and b"line 1" not in file.read_bytes()
    with reopen(locked) as vault:
        assert vault.entries() == (entry,)
    assert inbox.waiting(locked) == ()


def test_the_same_entry_sealed_twice_arrives_once(locked: Path) -> None:
    entry = make_entry(1)
    for _ in range(3):
        Vault.seal(locked, entry, now=NOW)
    with reopen(locked) as vault:
        assert vault.entries() == (entry,)


def test_an_entry_already_in_the_journal_is_not_doubled_by_its_sealed_copy(locked: Path) -> None:
    entry = make_entry(1)
    Vault.seal(locked, entry, now=NOW)
    sealed = inbox.waiting(locked)[0]
    copy = sealed.read_bytes()
    reopen(locked).lock()
    sealed.write_bytes(copy)  # as if the machine had stopped between commit and unlink
    with reopen(locked) as vault:
        assert vault.entries() == (entry,)
    assert inbox.waiting(locked) == ()


def test_a_drain_cut_short_before_the_commit_loses_nothing(
    locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = make_entry(1)
    Vault.seal(locked, entry, now=NOW)

    def power_off(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("landward.vault.rows.insert", power_off)
    with pytest.raises(KeyboardInterrupt):
        reopen(locked)
    monkeypatch.undo()
    assert len(inbox.waiting(locked)) == 1
    with reopen(locked) as vault:
        assert vault.entries() == (entry,)


def test_an_erased_entry_does_not_come_back_through_the_inbox(locked: Path) -> None:
    from landward.vault.erasure import erase_entries

    entry = make_entry(1)
    with reopen(locked) as vault:
        vault.append([entry])
        erase_entries(vault, [entry.id])
    Vault.seal(locked, entry, now=NOW)
    with reopen(locked) as vault:
        assert vault.entries() == ()


def test_what_cannot_be_read_is_kept_apart_and_said(locked: Path) -> None:
    header = read_header(locked)
    box = header.inbox.id
    key = PublicKey(bytes.fromhex(header.inbox.public_key))
    strangers = {
        "garbage": b"not sealed at all",
        "empty": b"",
        "for another key": SealedBox(PrivateKey.generate().public_key).encrypt(b"x"),
        "another vault": inbox.seal_entry("0" * 32, header.inbox, make_entry(1)),
        "no entry": SealedBox(key).encrypt(f"landward-inbox 1 {header.vault}\n[1,2]".encode()),
        "deep": SealedBox(key).encrypt(f"landward-inbox 1 {header.vault}\n{'[' * 30_000}".encode()),
    }
    for number, sealed in enumerate(strangers.values()):
        inbox.put(locked, box, f"{number:032x}", sealed, NOW)
    (locked / "inbox" / "nobody.sealed").write_bytes(b"?")
    huge = locked / "inbox" / f"{box}.{'9' * 32}.00000000.sealed"
    huge.write_bytes(bytes(10_000_000))
    good = make_entry(5)
    Vault.seal(locked, good, now=NOW)
    with reopen(locked) as vault:
        assert vault.entries() == (good,)
        assert f"{len(strangers) + 2} sealed entries could not be read" in vault.notices[0]
    kept = list((locked / "inbox" / "unreadable").iterdir())
    assert len(kept) == len(strangers) + 2


def test_entries_for_keys_that_come_back_are_tried_again(locked: Path) -> None:
    """An older keys.json lay in its place for a while; meanwhile a newer box was written to."""
    older = (locked / "keys.json").read_bytes()
    with reopen(locked) as vault:
        box = keys.open_box(vault, "my sister", now=NOW)
    newer = (locked / "keys.json").read_bytes()
    inbox.leave(locked, make_entry(1), now=NOW, box_id=box)
    (locked / "keys.json").write_bytes(older)
    with reopen(locked) as vault:
        assert vault.entries() == ()
    (locked / "keys.json").write_bytes(newer)
    with reopen(locked) as vault:
        assert [entry.origin for entry in vault.entries()] == ["from my sister"]


def test_what_its_own_box_cannot_open_is_not_tried_for_ever(locked: Path) -> None:
    inbox.put(locked, read_header(locked).inbox.id, "1" * 32, b"garbage", NOW)
    with reopen(locked) as vault:
        assert vault.notices
    with reopen(locked) as vault:
        assert vault.notices == ()
    (kept,) = (locked / "inbox" / "unreadable").iterdir()
    assert kept.read_bytes() == b"garbage"


def test_squatting_on_an_id_blocks_nobody(locked: Path) -> None:
    entry = make_entry(1)
    inbox.put(locked, read_header(locked).inbox.id, entry.id, b"squatter", NOW)
    Vault.seal(locked, entry, now=NOW)
    with reopen(locked) as vault:
        assert vault.entries() == (entry,)


def test_impossible_entries_are_refused_when_sealing_and_set_aside_when_forged(
    locked: Path,
) -> None:
    far = make_entry(1, date=date(9999, 1, 1))
    with pytest.raises(BadInput, match="check the year"):
        Vault.seal(locked, far, now=NOW)
    header = read_header(locked)
    sealed = inbox.seal_entry(header.vault, header.inbox, far)
    inbox.put(locked, header.inbox.id, far.id, sealed, NOW)
    with reopen(locked) as vault:
        assert vault.entries() == ()
        assert vault.notices


def test_a_forged_body_does_not_spoil_the_diary(locked: Path) -> None:
    header = read_header(locked)
    forged = make_entry(1, kind="check_in", says={"asked": 7})
    sealed = inbox.seal_entry(header.vault, header.inbox, forged)
    inbox.put(locked, header.inbox.id, forged.id, sealed, NOW)
    with reopen(locked) as vault:
        assert vault.entries() == ()
        assert vault.notices


def test_size_count_and_rate_are_limited(locked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    box = read_header(locked).inbox.id
    with pytest.raises(BadInput, match="64 KiB"):
        inbox.put(locked, box, "0" * 32, bytes(inbox.MAX_SEALED_BYTES + 1), NOW)
    monkeypatch.setattr(inbox, "MAX_RECENT", 3)
    monkeypatch.setattr(inbox, "MAX_WAITING", 5)
    when = NOW
    for number in range(5):
        file = inbox.put(locked, box, f"{number:032x}", b"x", when)
        os.utime(file, (when.timestamp(), when.timestamp()))
        if number == 2:
            with pytest.raises(BadInput, match="too many entries in ten minutes"):
                inbox.put(locked, box, "0" * 32, b"x", when + timedelta(minutes=1))
            when += timedelta(hours=1)
    with pytest.raises(BadInput, match="wait unread"):
        inbox.put(locked, box, "0" * 32, b"x", when + timedelta(days=9))
    assert len(inbox.waiting(locked)) == 5


def test_a_phones_flood_keeps_nobody_from_writing_here(
    locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A phone's 600 entries in ten minutes blocked this computer as well."""
    box = read_header(locked).inbox.id
    monkeypatch.setattr(inbox, "MAX_RECENT", 3)
    monkeypatch.setattr(inbox, "MAX_WAITING", 4)
    now = datetime.now(UTC)
    for number in range(3):
        inbox.put(locked, box, f"{number:032x}", b"x", now, "phone")
    for number in range(9):  # and so did whoever may write to the folder
        name = f"{box}.{number:032x}.00000000.sealed"
        (locked / sealed_files.FOLDER / name).write_bytes(b"x")
    with pytest.raises(BadInput, match="too many entries in ten minutes"):
        inbox.put(locked, box, "e" * 32, b"x", now, "phone")
    for number in range(3):
        Vault.seal(locked, make_entry(number), now=now)
    with pytest.raises(BadInput, match="too many entries in ten minutes"):
        Vault.seal(locked, make_entry(9), now=now)


def test_sealing_into_what_is_no_vault_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotAVault):
        Vault.seal(tmp_path / "none", make_entry(1), now=NOW)
    assert list(tmp_path.iterdir()) == []


# ---- a carer's write-only box -------------------------------------------------------------


def test_a_carers_entry_is_marked_whose_it_is_whatever_it_claims(locked: Path) -> None:
    with reopen(locked) as vault:
        box = keys.open_box(vault, "  my   sister ", now=NOW)
    inbox.leave(locked, make_entry(1, origin="app"), now=NOW, box_id=box)
    with reopen(locked) as vault:
        (entry,) = vault.entries()
        assert entry.origin == "from my sister"


def test_nobody_can_speak_in_a_carers_name_through_the_open_inbox(locked: Path) -> None:
    Vault.seal(locked, make_entry(1, origin="from my sister"), now=NOW)
    with reopen(locked) as vault:
        assert vault.entries()[0].origin == "unsigned, from my sister"


@pytest.mark.parametrize(
    "claim",
    [
        {"kind": "retraction", "says": {}},
        {"kind": "profile", "says": {"fields": {}}},
        {"kind": "plan_adopted", "says": {"plan": "{}", "tables_version": "1"}},
        {"kind": "prescription", "says": {"drug": "diazepam", "dose_mg_per_day": "2"}},
        {"replaces": ("a" * 32,)},
    ],
)
def test_a_carer_can_correct_plan_and_retract_nothing(
    locked: Path, claim: dict[str, object]
) -> None:
    with reopen(locked) as vault:
        box = keys.open_box(vault, "my sister", now=NOW)
    inbox.leave(locked, make_entry(1, **claim), now=NOW, box_id=box)
    with reopen(locked) as vault:
        assert vault.entries() == ()
        assert "could not be read" in vault.notices[0]


def test_a_carers_box_opens_nothing(locked: Path) -> None:
    with reopen(locked) as vault:
        keys.open_box(vault, "my sister", now=NOW)
        told = (locked / "keys.json").read_text()
    assert "sister" not in told
    assert PASSPHRASE not in told


def test_a_closed_box_takes_nothing_more(locked: Path) -> None:
    with reopen(locked) as vault:
        box = keys.open_box(vault, "my sister", now=NOW)
        inbox.leave(locked, make_entry(1), now=NOW, box_id=box)
        keys.close_box(vault, box)
        assert len(vault.entries()) == 1
        with pytest.raises(BadInput, match="no such box"):
            keys.close_box(vault, box)
    with pytest.raises(BadInput, match="closed"):
        inbox.leave(locked, make_entry(2), now=NOW, box_id=box)


def test_what_is_left_in_the_moment_a_box_closes_still_arrives(
    locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its key goes with the box: an entry that was acknowledged before must be read before."""
    with reopen(locked) as vault:
        box, late = keys.open_box(vault, "my sister", now=NOW), [make_entry(7)]
        drain = vault.drain

        def drained_just_before(**how: bool) -> int:
            added = drain(**how)
            if late:
                inbox.leave(locked, late.pop(), now=NOW, box_id=box)
            return added

        monkeypatch.setattr(vault, "drain", drained_just_before)
        keys.close_box(vault, box)
        assert [entry.origin for entry in vault.entries()] == ["from my sister"]
        assert inbox.waiting(locked) == ()


def test_a_box_whose_halves_do_not_belong_together_opens_nothing(vault: Vault) -> None:
    """The second wall behind the header's own: a swapped public key has its reader elsewhere."""
    box = vault.header.inbox
    swapped = box.model_copy(update={"public_key": bytes(PrivateKey.generate().public_key).hex()})
    assert inbox.private_key(vault.key, box)
    with pytest.raises(Damaged, match="public key was swapped"):
        inbox.private_key(vault.key, swapped)
