"""Take in what a phone sealed: a parcel sent over the local network or carried as a file."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from landward.model.base import BadInput, Frozen
from landward.model.said import phrase
from landward.vault import Vault
from landward.vault.header import read_header
from landward.vault.receiving import Sealed, receive

MAX_PARCEL_BYTES = 64 * 1024 * 1024
AT_ONCE = 500
"""As many as the inbox takes within minutes; a larger parcel needs the diary unlocked."""


class Parcel(Frozen):
    """Sealed entries of one phone. Nobody can read them but the diary `vault`, unlocked."""

    vault: str
    entries: tuple[Sealed, ...]


class Collected(Frozen):
    """How many entries a parcel held, and how many of them were new here."""

    held: int
    new: int
    joined: bool
    """Whether they are in the diary already, or wait in its inbox for the next unlocking."""


def is_parcel(path: Path) -> bool:
    """Whether a file looks like one a phone made."""
    try:
        with path.open("rb") as file:
            return file.read(200).lstrip().startswith(b'{"format":"landward-waiting"')
    except OSError:
        return False


def read_parcel(data: bytes) -> Parcel:
    """The parcel in `data`. Raises BadInput, naming what is wrong with it."""
    if len(data) > MAX_PARCEL_BYTES:
        raise BadInput(phrase("this is far too large to be a phone's waiting entries"))
    try:
        told = json.loads(data)
        if told["format"] != "landward-waiting":
            raise KeyError("format")
        version, vault, entries = told["version"], told["vault"], told["entries"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadInput(phrase("this is not a file of waiting entries from a phone")) from None
    if version != 1:
        raise BadInput(phrase("these entries were made by a newer Landward: update this one first"))
    try:
        sealed = tuple(
            Sealed(id=e["id"], box=e["box"], blob=base64.b64decode(e["sealed"], validate=True))
            for e in entries
        )
        return Parcel(vault=vault, entries=sealed)
    except (ValidationError, KeyError, TypeError, binascii.Error, ValueError):
        raise BadInput(
            phrase("the waiting entries were cut short or changed: make the file again")
        ) from None


def parcel_in(file: Path) -> Parcel:
    """The parcel a phone made as a file, of which no more is read than a parcel can hold."""
    try:
        with file.open("rb") as stream:
            return read_parcel(stream.read(MAX_PARCEL_BYTES + 1))
    except OSError as error:
        raise BadInput(
            phrase(
                "{file}: cannot be read ({value})",
                file=file,
                value=(error.strerror or "refused").lower(),
            )
        ) from error


def take_in(folder: Path, parcel: Parcel, *, now: datetime) -> int:
    """Put a parcel into the inbox of a vault, locked or not. Returns how many were new there."""
    refuse_foreign(folder, parcel)
    return receive(folder, parcel.entries, now=now)


def refuse_foreign(folder: Path, parcel: Parcel) -> None:
    """Raises BadInput if the vault at `folder` is not the one a parcel was sealed for."""
    if parcel.vault != read_header(folder).vault:
        raise BadInput(phrase("these entries were sealed to another diary: nothing was taken in"))


def collect(
    file: Path, folder: Path, open_vault: Callable[[], Vault] | None, *, now: datetime
) -> Collected:
    """Take in a file a phone made. With `open_vault` the entries join the diary at once.

    Bringing the same file again adds nothing. Raises BadInput and the vault's errors.
    """
    parcel = parcel_in(file)
    refuse_foreign(folder, parcel)
    held = len(parcel.entries)
    if open_vault is None:
        if held > AT_ONCE:
            raise BadInput(
                phrase(
                    "{held} entries at once need the diary unlocked: give its passphrase", held=held
                )
            )
        return Collected(held=held, new=take_in(folder, parcel, now=now), joined=False)
    with open_vault() as vault:
        new = 0
        for start in range(0, held, AT_ONCE):
            some = parcel.entries[start : start + AT_ONCE]
            take_in(folder, parcel.model_copy(update={"entries": some}), now=now)
            new += vault.drain()
        return Collected(held=held, new=new, joined=True)
