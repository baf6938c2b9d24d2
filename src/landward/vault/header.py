"""keys.json: who can open this vault, and the public key that anyone may seal entries to."""

import hmac
import json
import secrets
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from landward.model.base import Frozen
from landward.model.entries import UtcTime, canonical_json
from landward.vault.datakey import DataKey
from landward.vault.errors import CouldNotSave, Damaged, NotAVault
from landward.vault.files import write_atomically
from landward.vault.slots import Hex, Slot

CONTAINER = 1
"""The container's version. A newer one is refused; unknown things inside it are kept."""
MAX_HEADER_BYTES = 256 * 1024
PublicKey = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Box(Frozen):
    """A key pair to seal entries to. The inbox has one; each carer's write-only box its own."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    label: Annotated[str, Field(max_length=80)]
    public_key: PublicKey
    sealed_private_key: Hex
    made_at: UtcTime


class Header(Frozen):
    """The content of keys.json. `mac` ties all of it to the data key."""

    format: Literal["landward-vault"] = "landward-vault"
    container: Literal[1] = 1
    vault: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    generation: Annotated[int, Field(ge=1)]
    made_at: UtcTime
    slots: Annotated[tuple[Slot, ...], Field(min_length=1, max_length=16)]
    inbox: Box
    boxes: Annotated[tuple[Box, ...], Field(max_length=16)] = ()
    previous_key: Hex | None = None
    mac: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]

    def _authenticated(self) -> bytes:
        return canonical_json(self.model_dump(mode="json", exclude={"mac"})).encode()

    def authenticate(self, key: DataKey) -> None:
        """Raises Damaged if any field was changed by someone without the data key."""
        if not hmac.compare_digest(self.mac, key.mac(self._authenticated())):
            raise Damaged(
                "keys.json was changed since Landward wrote it: put back keys.json from a backup "
                "(`landward vault restore FILE`)"
            )

    def revised(self, key: DataKey, **changes: Any) -> "Header":
        """The next generation of this header, authenticated under `key`."""
        bare = self.model_copy(update={"generation": self.generation + 1, **changes})
        return bare.model_copy(update={"mac": key.mac(bare._authenticated())})


def new_header(
    key: DataKey, vault_id: str, slots: tuple[Slot, ...], inbox: Box, now: Any
) -> Header:
    """The first header of a vault."""
    bare = Header(vault=vault_id, generation=1, made_at=now, slots=slots, inbox=inbox, mac="0" * 64)
    return bare.model_copy(update={"mac": key.mac(bare._authenticated())})


def new_vault_id() -> str:
    """A random name that ties slots and sealed entries to one vault."""
    return secrets.token_hex(16)


def read_header(folder: Path) -> Header:
    """Read keys.json and check its form, spending no memory on it. Raises NotAVault, Damaged."""
    path = folder / "keys.json"
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_HEADER_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        where = "there is nothing here" if not folder.exists() else "it has no keys.json"
        raise NotAVault(
            f"{folder}: not a vault ({where}); make one with `landward vault create`"
        ) from error
    except OSError as error:
        raise NotAVault(
            f"{path}: cannot be read ({(error.strerror or 'refused').lower()})"
        ) from error
    return parse_header(raw, path)


def parse_header(raw: bytes, where: object) -> Header:
    """The header in `raw`. `where` names its place in error messages."""
    if len(raw) > MAX_HEADER_BYTES:
        raise Damaged(f"{where}: far too large to be a vault's keys")
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{where}: cut short or changed; put it back from a backup") from error
    if not isinstance(told, dict) or told.get("format") != "landward-vault":
        raise NotAVault(f"{where}: not the keys of a Landward vault")
    version = told.get("container")
    if isinstance(version, int) and version > CONTAINER:
        raise NotAVault(
            f"{where}: made by a newer Landward (container {version}, this one knows {CONTAINER}): "
            "update Landward and open it again"
        )
    try:
        return Header.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise Damaged(
            f"{where}: {place} is not as Landward writes it ({first['msg'].lower()})"
        ) from error


def write_header(folder: Path, header: Header) -> None:
    """Replace keys.json atomically. Raises CouldNotSave."""
    text = json.dumps(header.model_dump(mode="json"), indent=1, ensure_ascii=False)
    if len(text.encode()) > MAX_HEADER_BYTES:
        raise CouldNotSave("this vault has too many keys: remove one first")
    write_atomically(folder / "keys.json", text.encode())
