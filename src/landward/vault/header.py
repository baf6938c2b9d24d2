"""keys.json: the ways into this vault, and the public keys that anyone may seal entries to.

Nothing in it is readable beyond how many keys there are and of which kind: names and dates are
sealed in `about`, and `mac` ties every field to the data key.
"""

import hmac
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError

from landward.model.base import BadInput, Frozen
from landward.model.entries import UtcTime, canonical_json
from landward.model.said import phrase
from landward.vault.datakey import DataKey
from landward.vault.errors import CouldNotSave, Damaged, NotAVault, NotConfirmed
from landward.vault.files import open_now, saving, second_name, sync_folder, write_atomically
from landward.vault.slots import Hex, Slot

CONTAINER = 1
"""The container's version. A newer one is refused; unknown things inside it are kept."""
MAX_HEADER_BYTES = 256 * 1024
FILE = "keys.json"
_PUT_BACK = phrase("`landward vault repair PATH --backup FILE` puts it back from a backup")
PublicKey = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Box(Frozen):
    """A key pair to seal entries to. The inbox has one; each carer's write-only box its own."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    public_key: PublicKey
    sealed_private_key: Hex


class Named(Frozen):
    """What a key or box is called, and since when it exists."""

    label: Annotated[str, Field(max_length=80)]
    made_at: UtcTime


OWN_PASSPHRASE = "your passphrase"  # noqa: S105 - a label, not a secret
"""The label of the key the person made first: recovery replaces this one, never a guest's."""


class About(Frozen):
    """The readable side of the keys, by id of slot or box. Sealed in the header."""

    names: dict[str, Named] = Field(default_factory=dict)

    def naming(self, key_id: str, label: str, now: datetime) -> "About":
        """These names and one more."""
        named = Named(label=label, made_at=now)
        return About(names={**self.names, key_id: named})

    def keeping(self, ids: set[str]) -> "About":
        """The names of these ids only."""
        return About(names={i: named for i, named in self.names.items() if i in ids})


class Header(Frozen):
    """The content of keys.json."""

    format: Literal["landward-vault"] = "landward-vault"
    container: Literal[1] = 1
    vault: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    generation: Annotated[int, Field(ge=1)]
    slots: Annotated[tuple[Slot, ...], Field(min_length=1, max_length=16)]
    inbox: Box
    boxes: Annotated[tuple[Box, ...], Field(max_length=16)] = ()
    retired: Annotated[tuple[Box, ...], Field(max_length=64)] = ()
    """Inboxes of earlier data keys: a phone that was offline may still send to them."""
    about: Annotated[str, Field(pattern=r"^([0-9a-f]{2})+$", max_length=64 * 1024)]
    previous_key: Hex | None = None
    """The data key before a rotation, sealed by the new one, until the rotation is done."""
    mac: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = "0" * 64

    def _authenticated(self) -> bytes:
        return canonical_json(self.model_dump(mode="json", exclude={"mac"})).encode()

    def authentic(self, key: DataKey) -> bool:
        """Whether every field is as someone with the data key wrote it."""
        return hmac.compare_digest(self.mac, key.mac(self._authenticated()))

    def authenticate(self, key: DataKey) -> None:
        """Raises Damaged if any field was changed by someone without the data key."""
        if not self.authentic(key):
            raise Damaged(
                phrase(
                    "keys.json was changed since Landward wrote it; nothing was opened. "
                    "`landward vault repair PATH` puts back the copy kept inside the journal"
                )
            )

    def signed(self, key: DataKey) -> Self:
        """This header, authenticated under `key`."""
        return self.model_copy(update={"mac": key.mac(self._authenticated())})

    def revised(self, key: DataKey, **changes: Any) -> Self:
        """The next generation of this header, authenticated under `key`."""
        return self.model_copy(update={"generation": self.generation + 1, **changes}).signed(key)

    def names(self, key: DataKey) -> About:
        """What the keys and boxes are called."""
        return About.model_validate_json(key.unseal("about", bytes.fromhex(self.about)))

    @property
    def all_boxes(self) -> dict[str, Box]:
        """Every box whose entries are still taken in, by id."""
        return {box.id: box for box in (*self.retired, *self.boxes, self.inbox)}

    def to_bytes(self) -> bytes:
        """The text of keys.json."""
        return json.dumps(self.model_dump(mode="json"), indent=1).encode()


def sealed_about(key: DataKey, about: About) -> str:
    """`about` as it stands in the header."""
    return key.seal("about", about.model_dump_json().encode()).hex()


def new_vault_id() -> str:
    """A random name that ties slots and sealed entries to one vault."""
    return secrets.token_hex(16)


def read_header_bytes(folder: Path) -> bytes:
    """The bytes of keys.json, never more than a header can have. Raises NotAVault."""
    path = folder / FILE
    try:
        with open_now(path) as file:
            return file.read(MAX_HEADER_BYTES + 1) or b""
    except (FileNotFoundError, NotADirectoryError) as error:
        why = phrase("it has no keys.json") if folder.exists() else phrase("there is nothing here")
        raise NotAVault(
            phrase(
                "{folder}: not a vault ({why}); `landward vault create PATH` makes one",
                folder=folder,
                why=why,
            )
        ) from error
    except OSError as error:
        raise NotAVault(
            phrase(
                "{path}: cannot be read ({value})",
                path=path,
                value=(error.strerror or "refused").lower(),
            )
        ) from error


def read_header(folder: Path) -> Header:
    """Read keys.json and check its form, spending no memory on it. Raises NotAVault, Damaged."""
    return parse_header(read_header_bytes(folder), folder / FILE)


def parse_header(raw: bytes, where: object) -> Header:
    """The header in `raw`. `where` names its place in error messages."""
    if len(raw) > MAX_HEADER_BYTES:
        raise Damaged(phrase("{where}: far too large to be a vault's keys", where=where))
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Damaged(
            phrase("{where}: cut short or changed; {put_back}", where=where, put_back=_PUT_BACK)
        ) from error
    if not isinstance(told, dict) or told.get("format") != "landward-vault":
        raise NotAVault(phrase("{where}: not the keys of a Landward vault", where=where))
    version = told.get("container")
    if isinstance(version, int) and version > CONTAINER:
        raise NotAVault(
            phrase(
                "{where}: made by a newer Landward (container {version}, this one knows "
                "{container}): update Landward and open it again",
                where=where,
                version=version,
                container=CONTAINER,
            )
        )
    try:
        return Header.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        why = first["msg"][:1].lower() + first["msg"][1:]
        raise Damaged(
            phrase(
                "{where}: {place} is not as Landward writes it ({why}); {put_back}",
                where=where,
                place=place,
                why=why,
                put_back=_PUT_BACK,
            )
        ) from error


@contextmanager
def replacing_header(folder: Path, header: Header) -> Iterator[None]:
    """Put new keys in place for what follows; if that does not work out, the old are back.

    The old file keeps a second name meanwhile, so that a full disk cannot stop its return. What
    follows may raise NotConfirmed where it is done all the same: then the new keys stay.
    """
    kept = folder / f".{FILE}.{secrets.token_hex(4)}.part"  # swept should the machine stop here
    with saving(folder / FILE):
        second_name(folder / FILE, kept)
    try:
        try:
            write_header(folder, header)
        except NotConfirmed as error:
            raise CouldNotSave(
                phrase(
                    "{folder}: the disk would not confirm the new keys; nothing was changed",
                    folder=folder / FILE,
                )
            ) from error
        try:
            yield
        except NotConfirmed as error:
            raise _either(folder) from error
    except BaseException as error:
        if not isinstance(error, NotConfirmed):
            _put_back(kept, folder, error)
        raise
    finally:
        with suppress(OSError):
            kept.unlink(missing_ok=True)


def _put_back(kept: Path, folder: Path, why: BaseException) -> None:
    try:
        kept.replace(folder / FILE)
        sync_folder(folder)
    except OSError:
        raise _either(folder) from why


def _either(folder: Path) -> NotConfirmed:
    return NotConfirmed(
        phrase(
            "{folder}: the disk refused in the middle of changing the keys; the new "
            "ones may count already, or still the earlier ones: keep both until you "
            "have tried them",
            folder=folder / FILE,
        )
    )


def write_header(folder: Path, header: Header) -> None:
    """Replace keys.json atomically. Raises CouldNotSave."""
    data = header.to_bytes()
    if len(data) > MAX_HEADER_BYTES:
        raise BadInput(phrase("this vault has too many keys: remove one first"))
    write_atomically(folder / FILE, data)
