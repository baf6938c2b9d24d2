"""Whoever can write to the inbox must not be able to keep the diary from opening."""

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from nacl.public import PublicKey, SealedBox

from landward.vault import Vault, inbox, keys
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
    (path / inbox.FOLDER / name).write_bytes(sealed)


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
    file = path / inbox.FOLDER / f"{read_header(path).inbox.id}.{'b' * 32}.00000000.sealed"
    make(file)
    good = make_entry(1)
    Vault.seal(path, good, now=NOW)
    with reopen(path) as vault:
        assert vault.entries() == (good,)
        assert "1 sealed entr" in vault.notices[0]
    assert inbox.waiting(path) == ()


def test_two_programs_may_drain_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_vault(path).lock()
    entries = [make_entry(number) for number in range(3)]
    for entry in entries:
        Vault.seal(path, entry, now=NOW)
    first = reopen(path)
    left = make_entry(9)
    Vault.seal(path, left, now=NOW)
    seen = inbox.waiting(path)
    monkeypatch.setattr(inbox, "waiting", lambda folder: seen)  # listed before the other took it
    reopen(path).lock()
    assert first.drain() == 0
    assert {entry.id for entry in first.entries()} == {entry.id for entry in [*entries, left]}
    first.lock()
