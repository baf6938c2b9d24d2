"""Everything that changes a vault's files, each with what the person is told and how to look.

An operation runs on a copy of a prepared folder. `look` tells in a few words what the folder then
holds: which secrets open it, which entries it gives, which keys and copies there are. Equal words
mean that nothing a person could notice is different.
"""

import contextlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from landward.model.base import BadInput, LandwardError
from landward.model.entries import Entry, canonical_json
from landward.vault import (
    Vault,
    asking,
    inbox,
    keys,
    migrations,
    repair,
    sealed_files,
    upgrade,
    words,
)
from landward.vault.backup import make_backup, restore_backup
from landward.vault.checking import check_vault
from landward.vault.cost import CHEAPEST
from landward.vault.database import Connection
from landward.vault.erasure import erase_entries, erase_vault
from landward.vault.header import FILE, read_header
from landward.vault.merging import merge_vaults
from landward.vault.opening import open_files

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
OLD, NEW, GUEST = "the old passphrase", "quite another one", "a guest’s passphrase"
NOTHING = ("nothing was changed", "nothing was removed", "nothing was erased")
VAULT = "my.vault"
Look = dict[str, object]


def entry(number: int, **given: object) -> Entry:
    """The entry with this number, always the same."""
    columns: dict[str, object] = {
        "id": f"{number:032x}", "device": "test", "seq": number, "recorded_at": NOW,
        "zone": "UTC", "date": date(2026, 1, 1) + timedelta(days=number % 300), "kind": "note",
        "version": 1, "body": canonical_json({"text": f"line {number} " + "word " * (number % 50)}),
    }  # fmt: skip
    return Entry.checked(columns | given)


@dataclass
class Told:
    """What a run said: words on the screen, and how it ended."""

    shown: list[list[str]] = field(default_factory=list)
    done: bool = False
    error: str = ""
    message: str = ""
    went_on: str = ""
    """How a following save in the same open diary ended: saved, locked, or an error's name."""


Say = Callable[[tuple[str, ...]], None]
Run = Callable[[Path, Say], Callable[[], Vault | None]]
"""Opens what has to be open and returns what to do; that may return the vault it leaves open."""


@dataclass(frozen=True)
class Operation:
    """One way to change a vault's files."""

    name: str
    run: Run
    prepare: Callable[[Path], None] = lambda folder: None
    settle: Callable[[Path], None] = lambda folder: None
    """What has to be done before looking."""
    halves: bool = False
    """Whether part of it may be done when it is cut short, since each part stands for itself."""


def first_vault(folder: Path) -> None:
    """A vault with a few entries, three keys, a box, and recovery words that are known."""
    vault, shown = Vault.create(folder / VAULT, OLD, now=NOW, cost=CHEAPEST)
    with vault:
        vault.append([entry(number) for number in range(40)])
        keys.add_passphrase(vault, GUEST, "guest", now=NOW, cost=CHEAPEST)
        keys.open_box(vault, "sister", now=NOW)
    (folder / "words.json").write_text(json.dumps(shown))


def look(folder: Path, shown: list[list[str]], vault: str = VAULT) -> Look:
    """What the folder holds, as a person could find out."""
    path = folder / vault
    if not path.exists():
        return {"vault": "none"}
    first = json.loads((folder / "words.json").read_text())
    seen: Look = {"opens": [], "words": []}
    opened: Vault | None = None
    said: list[str] = []
    for phrase in (OLD, NEW, GUEST):
        with contextlib.suppress(LandwardError):
            found = Vault.open(path, phrase, now=NOW)
            seen["opens"].append(phrase)
            said += found.notices
            if opened is not None:
                opened.lock()
            opened = found
    for name, twelve in [("first", first), *((f"shown {n}", s) for n, s in enumerate(shown))]:
        with contextlib.suppress(LandwardError):
            Vault.open_with(path, _secret(twelve), _kind(twelve), now=NOW).lock()
            seen["words"].append(name)
    if opened is None:
        return seen
    with opened as vault_:
        there = vault_.entries()
        seen["said"] = list(dict.fromkeys(said))
        seen["entries"] = sorted(f"{e.seq}:{len(e.body)}" for e in there)
        seen["waiting"] = sorted(one.entry.seq for one in asking.waiting(vault_))
        seen["sealed"] = len(inbox.waiting(path))
        seen["aside"] = len(list((path / sealed_files.FOLDER / sealed_files.SET_ASIDE).glob("*")))
        names = vault_.header.names(vault_.key).names
        seen["keys"] = sorted(names[slot.id].label for slot in vault_.header.slots)
        seen["boxes"] = sorted(names[box.id].label for box in vault_.header.boxes)
        seen["problems"] = list(check_vault(vault_, now=NOW).problems)
    return seen


def look_around(folder: Path, shown: list[list[str]], settle: Callable[[Path], None]) -> Look:
    """The vault, and whatever else an operation makes beside it."""
    settle(folder)
    seen = look(folder, shown)
    if (folder / "made.vault").exists():
        seen["made"] = look(folder, shown, "made.vault")
    backup = folder / "my.backup"
    if backup.exists():
        with contextlib.suppress(LandwardError):
            restored = restore_backup(backup, folder / "looked.vault", OLD.encode())
            seen["backup"] = len(restored.entries())
            restored.lock()
        seen.setdefault("backup", "broken")
        shutil.rmtree(folder / "looked.vault", ignore_errors=True)
    return seen


def _secret(shown: list[str]) -> bytes:
    return words.from_shares(shown[:2]) if " " in shown[0] else words.from_words(" ".join(shown))


def _kind(shown: list[str]):
    return "split" if " " in shown[0] else "recovery"


# ---- what each operation does -------------------------------------------------------------------


def _open(folder: Path) -> Vault:
    return Vault.open(folder / VAULT, OLD, now=NOW)


def _on_open(act: Callable[[Vault, Path, Say], object]) -> Run:
    def run(folder: Path, say: Say) -> Callable[[], Vault | None]:
        vault = _open(folder)

        def go() -> Vault | None:
            act(vault, folder, say)
            return vault

        go.vault = vault
        return go

    return run


def _on_closed(act: Callable[[Path, Say], object]) -> Run:
    def run(folder: Path, say: Say) -> Callable[[], Vault | None]:
        def go() -> Vault | None:
            made = act(folder, say)
            return made if isinstance(made, Vault) else None

        return go

    return run


def _create(folder: Path, say: Say) -> Vault:
    vault, shown = Vault.create(folder / "made.vault", OLD, now=NOW, cost=CHEAPEST)
    say(shown)
    return vault


def _sealed(folder: Path) -> None:
    for number in range(100, 105):
        Vault.seal(folder / VAULT, entry(number), now=NOW)
    profile = entry(106, kind="profile", body='{"fields":{"lock_after_min":"0"}}')
    Vault.seal(folder / VAULT, profile, now=NOW)
    box = read_header(folder / VAULT).inbox
    (folder / VAULT / sealed_files.FOLDER / f"{box.id}.{'b' * 32}.00000000.sealed").write_bytes(
        b"junk"
    )


def _asks(folder: Path) -> None:
    _sealed(folder)
    _open(folder).lock()


def _backed_up(folder: Path) -> None:
    with _open(folder) as vault:
        make_backup(vault, folder / "my.backup", now=NOW)


def _second(folder: Path) -> None:
    vault, _ = Vault.create(folder / "second.vault", OLD, now=NOW, cost=CHEAPEST)
    with vault:
        vault.append([entry(number) for number in range(30, 90)])


def _altered_keys(folder: Path) -> None:
    file = folder / VAULT / FILE
    told = json.loads(file.read_text())
    told["about"] = "00" + told["about"][2:]
    file.write_text(json.dumps(told))


def _merge(vault: Vault, folder: Path, _: Say) -> None:
    with Vault.open(folder / "second.vault", OLD, now=NOW) as other:
        merge_vaults(vault, other)


def _remove_guest(vault: Vault, say: Say) -> None:
    guest = next(info for info in keys.who_can_open(vault) if info.named.label == "guest")
    keys.remove_key(vault, guest.id, OLD, now=NOW, cost=CHEAPEST, show=say)


def _close_box(vault: Vault, _: Path, __: Say) -> None:
    keys.close_box(vault, vault.header.boxes[0].id)


def _let_in(vault: Vault, _: Path, __: Say) -> None:
    asking.let_in(vault, asking.waiting(vault)[0].entry.id)


def _turn_away(vault: Vault, _: Path, __: Say) -> None:
    asking.turn_away(vault, asking.waiting(vault)[0].entry.id)


MORE_TABLES = (*migrations.STEPS, ("one more", ("CREATE TABLE more (a TEXT) STRICT",)))


def _upgrade(vault: Vault, _: Path, __: Say) -> None:
    upgrade.bring_up_to_date(vault.connection(), vault.journal, vault.key, NOW, MORE_TABLES)


def _settle(folder: Path) -> None:
    """Take the further step of the tables back, so that this version opens the vault to look."""
    with contextlib.suppress(LandwardError):
        opened = open_files(folder / VAULT, OLD.encode(), "passphrase")
        with contextlib.closing(opened.connection) as connection:
            if migrations.version_of(connection) == len(MORE_TABLES):
                _take_back(connection)


def _take_back(connection: Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DROP TABLE more")
    connection.execute("DELETE FROM migration WHERE number = 2")
    connection.execute("PRAGMA user_version = 1")
    connection.execute("COMMIT")


def _repair(folder: Path, _: Say) -> None:
    if not repair.repair_keys(folder / VAULT, OLD.encode()):
        raise BadInput("nothing to repair; nothing was changed")


def _earlier_form(folder: Path) -> None:
    with _open(folder) as vault:
        upgrade.bring_up_to_date(vault.connection(), vault.journal, vault.key, NOW, MORE_TABLES)
        with vault.alone() as connection:
            _take_back(connection)


OPERATIONS = (
    Operation("create", _on_closed(_create), halves=True),
    Operation("open and take in what was sealed", _on_closed(lambda f, _: _open(f)), _sealed),
    Operation("save one entry", _on_open(lambda v, f, s: v.append([entry(50)]))),
    Operation(
        "save three hundred entries",
        _on_open(lambda v, f, s: v.append([entry(n) for n in range(50, 350)])),
    ),
    Operation("seal one entry", _on_closed(lambda f, s: Vault.seal(f / VAULT, entry(50), now=NOW))),
    Operation("let a waiting line in", _on_open(_let_in), _asks),
    Operation("drop a waiting line", _on_open(_turn_away), _asks),
    Operation(
        "change the passphrase",
        _on_open(lambda v, f, s: keys.set_passphrase(v, NEW, now=NOW, cost=CHEAPEST)),
    ),
    Operation(
        "add a passphrase",
        _on_open(lambda v, f, s: keys.add_passphrase(v, NEW, "new", now=NOW, cost=CHEAPEST)),
    ),
    Operation(
        "new recovery words", _on_open(lambda v, f, s: keys.new_recovery_words(v, now=NOW, show=s))
    ),
    Operation("split", _on_open(lambda v, f, s: s(keys.split_recovery(v, now=NOW)))),
    Operation("remove a key", _on_open(lambda v, f, s: _remove_guest(v, s))),
    Operation("open a box", _on_open(lambda v, f, s: keys.open_box(v, "brother", now=NOW))),
    Operation("close a box", _on_open(_close_box)),
    Operation(
        "back up", _on_open(lambda v, f, s: make_backup(v, f / "my.backup", now=NOW)), halves=True
    ),
    Operation(
        "restore",
        _on_closed(lambda f, s: restore_backup(f / "my.backup", f / "made.vault", OLD.encode())),
        _backed_up,
    ),
    Operation("merge", _on_open(_merge), _second),
    Operation(
        "erase entries",
        _on_open(lambda v, f, s: erase_entries(v, [entry(3).id, entry(4).id])),
        _earlier_form,
    ),
    Operation("erase everything", _on_open(lambda v, f, s: erase_vault(v)), halves=True),
    Operation("bring the tables up to date", _on_open(_upgrade), settle=_settle),
    Operation("put the keys right", _on_closed(_repair), _altered_keys),
)
