"""From a folder and a secret to an open journal: unlock, authenticate, finish what a crash left."""

from dataclasses import dataclass
from pathlib import Path

from landward.model.said import phrase
from landward.vault import rotation
from landward.vault.create import JOURNAL
from landward.vault.database import Connection, connect
from landward.vault.datakey import DataKey
from landward.vault.errors import NotAVault, WrongKey
from landward.vault.file_lock import holding
from landward.vault.header import FILE, Header, parse_header, read_header_bytes
from landward.vault.looking import LookThrough
from landward.vault.slots import SlotKind
from landward.vault.stale import set_aside_if_stale
from landward.vault.strange import refuse_strange_tables


@dataclass(slots=True)
class Opened:
    """What unlocking yields."""

    header: Header
    key: DataKey
    slot_id: str
    connection: Connection
    said: str | None = None
    """One line to tell the person about what was met on the way, if there is one."""


_SAID = {
    "passphrase": phrase(
        "this passphrase does not open the diary; nothing was changed. "
        "Forgotten? `landward vault recover PATH` takes the recovery words"
    ),
    "recovery": phrase("these recovery words do not open the diary; nothing was changed"),
    "split": phrase("these two parts do not open the diary; nothing was changed"),
}
_AND_THEN = phrase(
    ". If nothing opens it, start a new one: should the old one reopen, both "
    "can be joined (`landward vault merge`)"
)


def unlock(header: Header, secret: bytes, kind: SlotKind) -> tuple[DataKey, str]:
    """The data key and the slot of `kind` that `secret` opens. Raises WrongKey."""
    for slot in header.slots:
        if slot.kind == kind:
            key = slot.open(header.vault, secret)
            if key is not None:
                return key, slot.id
    if kind != "passphrase" and not any(slot.kind == kind for slot in header.slots):
        raise WrongKey(phrase("this vault has no such recovery key; it opens with its passphrase"))
    raise WrongKey(_SAID[kind] + _AND_THEN)


def open_files(
    path: Path, secret: bytes, kind: SlotKind, look: LookThrough | None = None
) -> Opened:
    """Open the vault at `path`, after a `look` at its journal. Raises NotAVault, WrongKey, Damaged,
    Busy.
    """
    if not path.is_dir():
        why = phrase("it is a file") if path.exists() else phrase("there is nothing here")
        raise NotAVault(
            phrase(
                "{path}: not a vault ({why}); `landward vault create PATH` makes one",
                path=path,
                why=why,
            )
        )
    header, key, slot_id = _unlock(path, secret, kind)
    if header.previous_key is not None:
        with holding(path, alone=True):
            header = parse_header(read_header_bytes(path), path / FILE)
            header.authenticate(key)
            if header.previous_key is not None:
                header = rotation.finish(path, header, key)
    if look is not None:
        look(path / JOURNAL, key.derive("journal"))
    said = set_aside_if_stale(path / JOURNAL, key.derive("journal"))
    with holding(path):
        # The slow part (argon2) ran without the lock; the keys may have changed meanwhile.
        if parse_header(read_header_bytes(path), path / FILE) != header:
            header, key, slot_id = _unlock(path, secret, kind)
        connection = connect(path / JOURNAL, key.derive("journal"))
        try:
            refuse_strange_tables(connection, path / JOURNAL)
        except BaseException:
            connection.close()
            raise
    return Opened(header, key, slot_id, connection, said)


def _unlock(path: Path, secret: bytes, kind: SlotKind) -> tuple[Header, DataKey, str]:
    header = parse_header(read_header_bytes(path), path / FILE)
    key, slot_id = unlock(header, secret, kind)
    header.authenticate(key)
    return header, key, slot_id
