"""Whoever can write to the inbox must not be able to keep the diary from opening."""

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from nacl.public import PublicKey, SealedBox

from landward.vault import Vault, inbox, keys, sealed_files
from landward.vault.header import Box, read_header
from tests.vault.conftest import NOW, make_entry, make_vault, reopen

ENVELOPE: dict[str, object] = {
    "date": "2026-11-01", "device": "x", "id": "a" * 32, "kind": "note", "origin": "app",
    "recorded_at": "2026-11-01T10:00:00+00:00", "replaces": [], "seq": 1, "version": 1,
    "zone": "UTC",
}  # fmt: skip


def line(body: str = '{"text":"hi"}', **changed: object) -> str:
    return f'{{"body":{body},{json.dumps(ENVELOPE | changed)[1:]}'


def forge(path: Path, text: str, box: Box | None = None) -> None:
    """Seal any text at all as a stranger's program could: past every check of ours."""
    header = read_header(path)
    box = box or header.inbox
    sealed = SealedBox(PublicKey(bytes.fromhex(box.public_key))).encrypt(
        f"landward-inbox 1 {header.vault}\n{text}".encode()
    )
    name = f"{box.id}.{'b' * 32}.{secrets.token_hex(4)}.sealed"
    (path / sealed_files.FOLDER / name).write_bytes(sealed)


FORGED = {
    "a time beyond the calendar": line(recorded_at="9999-12-31T23:59:59-10:00"),
    "a time before the calendar": line(recorded_at="0001-01-01T00:00:00+10:00"),
    "a number no database holds": line(seq=2**63),
    "a version no database holds": line(kind="dream", version=2**63),
    "a number without end": line(seq=10**400),
    "half a character": line(replaces=["\ud800"]),
    "half a character in the origin": line(origin="\ud800"),
    "longer than any entry": line() + " " * inbox.MAX_SEALED_BYTES,
    "a depth without end": '{"body":' + "[" * 20_000,
}


@pytest.mark.parametrize("text", FORGED.values(), ids=FORGED.keys())
def test_no_forged_line_keeps_the_diary_from_opening(path: Path, text: str) -> None:
    good = make_entry(1)
    with make_vault(path) as vault:
        carer = next(
            box
            for box_id in [keys.open_box(vault, "my sister", now=NOW)]
            for box in vault.header.boxes
            if box.id == box_id
        )
    forge(path, text)
    forge(path, text, carer)
    Vault.seal(path, good, now=NOW)
    with reopen(path) as vault:
        assert vault.entries() == (good,)
        assert "2 sealed entries could not be read" in vault.notices[0]
    with reopen(path) as vault:  # and it is said once, not for ever
        assert vault.notices == ()


RESIDENTS: dict[str, Callable[[Path], object]] = {
    "a folder": lambda file: file.mkdir(),
    "a link to nothing": lambda file: file.symlink_to("/nowhere/at/all"),
    "a link to a device": lambda file: file.symlink_to("/dev/zero"),
    "a pipe nobody writes to": lambda file: os.mkfifo(file),
    "a huge file": lambda file: file.write_bytes(bytes(inbox.MAX_SEALED_BYTES + 1)),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and few links to put there")
@pytest.mark.parametrize("make", RESIDENTS.values(), ids=RESIDENTS.keys())
def test_what_is_no_file_in_the_inbox_is_set_aside_unread(
    path: Path, make: Callable[[Path], object]
) -> None:
    make_vault(path).lock()
    file = path / sealed_files.FOLDER / f"{read_header(path).inbox.id}.{'b' * 32}.00000000.sealed"
    make(file)
    good = make_entry(1)
    Vault.seal(path, good, now=NOW)
    with reopen(path) as vault:
        assert vault.entries() == (good,)
        assert "1 sealed entr" in vault.notices[0]
    assert inbox.waiting(path) == ()


def test_a_flood_is_taken_in_by_turns_and_delays_none_of_the_own_lines(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten thousand files in the inbox made one unlocking as long as all of them together."""
    make_vault(path).lock()
    monkeypatch.setattr(sealed_files, "MOST_AT_ONCE", 3)
    for number in range(5):
        forge(path, line(id=f"{number:032x}"))
    own = make_entry(9)
    Vault.seal(path, own, now=NOW)
    for file in inbox.waiting(path):  # a time can be set by anyone
        if own.id not in file.name:
            os.utime(file, (1, 1))
    with reopen(path) as vault:
        assert own in vault.entries() and len(vault.entries()) == 3
        assert vault.notices == (
            "3 more sealed lines lie in the inbox: 3 are taken in at a time, yours first. Nothing "
            "is lost: the next unlocking takes in more",
        )
    with reopen(path) as vault:
        assert len(vault.entries()) == 6 and vault.notices == ()


def test_what_needs_an_empty_inbox_takes_all_of_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_vault(path).lock()
    with reopen(path) as vault:
        monkeypatch.setattr(sealed_files, "MOST_AT_ONCE", 2)
        box = keys.open_box(vault, "sister", now=NOW)
        for number in range(5):
            inbox.leave(path, make_entry(number), now=NOW, box_id=box)
        keys.close_box(vault, box)
        assert len(vault.entries()) == 5


def test_two_programs_may_drain_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_vault(path).lock()
    entries = [make_entry(number) for number in range(3)]
    for entry in entries:
        Vault.seal(path, entry, now=NOW)
    first = reopen(path)
    left = make_entry(9)
    Vault.seal(path, left, now=NOW)
    seen = sealed_files.to_take_in(path, first.header)
    reopen(path).lock()
    # It was listed before the other took it.
    monkeypatch.setattr(sealed_files, "to_take_in", lambda folder, header: seen)
    assert first.drain() == 0
    assert {entry.id for entry in first.entries()} == {entry.id for entry in [*entries, left]}
    first.lock()
