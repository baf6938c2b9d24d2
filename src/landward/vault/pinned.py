"""The key that sealed lines go to, remembered since a passphrase last proved it.

While a diary is locked nobody can tell whether keys.json is still the person's: whoever may write
to the folder could put their own public key there and read what is logged next. So this
installation remembers, in the user's own folder, which key belongs to which diary, and seals to no
other. A diary that was never opened here is believed the first time.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from landward.model.base import BadInput, Frozen, LandwardError
from landward.model.said import phrase
from landward.vault import installation
from landward.vault.files import PRIVATE_FOLDER, read_plain_file, write_atomically
from landward.vault.header import Header, read_header

FILE = "inbox-keys.json"
MOST_PINS = 200
MOST_BYTES = 256 * 1024
_Hex32 = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
_Hex64 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Pin(Frozen):
    """One diary's inbox key, as it was when the diary was last open here."""

    vault: _Hex32
    public_key: _Hex64
    path: str


class _Kept(Frozen):
    pins: Annotated[tuple[Pin, ...], Field(max_length=MOST_PINS)] = ()


def pin(folder: Path, header: Header) -> None:
    """Remember the key of a header that was just authenticated. A disk that refuses is let be."""
    mine = Pin(
        vault=header.vault,
        public_key=header.inbox.public_key,
        path=str(folder.resolve()),
    )
    kept = _all()
    if mine in kept:
        return
    others = [one for one in kept if (one.vault, one.path) != (mine.vault, mine.path)]
    with suppress(LandwardError, OSError):
        _file().parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        pins = _Kept(pins=(*others, mine)[-MOST_PINS:])
        write_atomically(_file(), pins.model_dump_json(indent=1).encode())


def refuse_swapped(folder: Path, header: Header) -> None:
    """Raises BadInput where keys.json names another key than the one this diary had here."""
    here, kept = str(folder.resolve()), _all()
    of_this = [one for one in kept if one.vault == header.vault]
    known = [one for one in of_this if one.path == here] or of_this  # it may have been moved
    if any(one.public_key == header.inbox.public_key for one in known):
        return
    if not known and all(one.path != here for one in kept):
        return
    raise BadInput(
        phrase(
            "keys.json was changed since this diary was last open here, and whoever "
            "changed it could read what is written now: nothing was written. Unlock "
            "the diary once, then it goes on"
        )
    )


def believed_header(folder: Path) -> Header:
    """keys.json, for handing its public key on. Raises BadInput where that was exchanged."""
    header = read_header(folder)
    refuse_swapped(folder, header)
    return header


def _file() -> Path:
    return installation.folder() / FILE


def _all() -> tuple[Pin, ...]:
    try:
        raw = read_plain_file(_file(), MOST_BYTES)
        return _Kept.model_validate(json.loads(raw or b"{}")).pins
    except (OSError, ValueError, ValidationError, RecursionError):
        return ()
