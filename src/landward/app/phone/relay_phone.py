"""What the diary remembers of a phone that comes through a relay, sealed beside the journal."""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated

from pydantic import Field, ValidationError

from landward.model.base import BadInput, Frozen
from landward.model.entries import UtcTime
from landward.model.said import phrase
from landward.vault import Vault
from landward.vault.phone_keys import PhoneKey
from landward.vault.phone_shelf import ShelfKeys, four_words, shelf_keys, to_code

FACT = "relay phone "

Hex32 = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
Hex64 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Hello(Frozen):
    """What a phone said of itself on its shelf: its name and the keys it made."""

    device: Annotated[str, Field(pattern=r"^pocket-[0-9a-f]{12}$")]
    signs: Annotated[str, Field(pattern=r"^04[0-9a-f]{128}$")]
    """What it signs its lines with: an uncompressed point of P-256."""
    opens: Hex64
    """X25519: opens what may be seen on it without its passcode."""
    passcode_opens: Hex64
    """X25519: opens the rest, once its passcode was typed."""
    label: Annotated[str, Field(max_length=60)]

    def words(self, shelf: str) -> tuple[str, str, str, str]:
        """The four words that stand on its screen too."""
        said = (self.device, self.signs, self.opens, self.passcode_opens)
        return four_words(shelf, "\n".join(said))


class Taken(Frozen):
    """Which of a phone's lines the diary has, by the numbers the phone gave them."""

    through: Annotated[int, Field(ge=0)] = 0
    """All of them up to this one."""
    also: tuple[int, ...] = ()
    """Some after it, where one between them has not come."""

    def adding(self, number: int) -> "Taken":
        """With one more of them."""
        if number <= self.through or number in self.also:
            return self
        there, through = {*self.also, number}, self.through
        while through + 1 in there:
            through += 1
            there.remove(through)
        return Taken(through=through, also=tuple(sorted(there)))


class RelayPhone(Frozen):
    """One phone and its shelf."""

    root: Annotated[str, Field(pattern=r"^[0-9a-f]{34}$")]
    address: str
    made_at: UtcTime
    paired: Hello | None = None
    """What the person said yes to; None until then."""
    paired_at: UtcTime | None = None
    asks: Hello | None = None
    """A phone that waits for a yes: a new one, or this one after its browser forgot it."""
    refused: tuple[str, ...] = ()
    """What was said no to, so that it does not ask again."""
    seen_at: UtcTime | None = None
    """When its shelf was last read."""
    read_to: int = 0
    """The number of the last blob that was looked at."""
    last: int = 0
    """The highest number its relay ever gave."""
    read_whole_at: UtcTime | None = None
    """When the shelf was last read from its beginning: a relay put back from a copy counts anew."""
    taken: Mapping[str, Taken] = Field(default_factory=dict)
    """Its lines that are in the diary, by the device they were written under."""
    faces: tuple[Hex32, ...] = ()
    """What was put on its shelf for it to read, the newest last."""
    face_number: int = 0
    face_mark: str = ""
    """What the newest of them says, in short: the same is not put twice."""

    @cached_property
    def keys(self) -> ShelfKeys:
        """Tokens and keys of the shelf."""
        return shelf_keys(bytes.fromhex(self.root))

    @property
    def shelf(self) -> str:
        """The shelf's number, which the phone goes by here."""
        return self.keys.shelf

    @property
    def code(self) -> str:
        """What can be typed on the phone, now or after its browser forgot everything."""
        return to_code(bytes.fromhex(self.root))

    @property
    def url(self) -> str:
        """What the picture holds. The code comes after the #: it travels in no request."""
        return f"{self.address.rstrip('/')}/phone/#{self.code}"

    @property
    def is_paired(self) -> bool:
        """Whether the person said yes to a phone on this shelf."""
        return self.paired is not None

    @property
    def label(self) -> str:
        """What the phone calls itself."""
        known = self.paired or self.asks
        return known.label if known else phrase("a phone that has not answered yet")

    @property
    def words(self) -> tuple[str, ...]:
        """The four words of the phone that waits for a yes; none where none does."""
        return self.asks.words(self.shelf) if self.asks else ()

    def signing_key(self, vault_id: str) -> PhoneKey | None:
        """What the phone that was said yes to signs with; None before that."""
        if self.paired is None:
            return None
        return PhoneKey(
            vault=vault_id,
            phone=self.key_owner,
            device=self.paired.device,
            public_key=self.paired.signs,
        )

    @property
    def key_owner(self) -> str:
        """The name its signing key is kept under."""
        return hashlib.sha256(f"relay shelf {self.shelf}".encode()).hexdigest()


def phones(vault: Vault) -> tuple[RelayPhone, ...]:
    """Every phone with a shelf, the one that was added first before the others."""
    found = (_read(text) for text in vault.facts(FACT).values())
    return tuple(
        sorted((one for one in found if one is not None), key=lambda one: (one.made_at, one.root))
    )


def phone_of(vault: Vault, shelf: str) -> RelayPhone:
    """The phone on one shelf. Raises BadInput where there is none."""
    text = vault.fact(FACT + shelf)
    found = None if text is None else _read(text)
    if found is None:
        raise BadInput(phrase("this diary knows no such phone; nothing was changed"))
    return found


def keep(vault: Vault, phone: RelayPhone) -> RelayPhone:
    """Remember a phone, durably."""
    vault.remember(FACT + phone.shelf, phone.model_dump_json())
    return phone


def drop(vault: Vault, phone: RelayPhone) -> None:
    """Remember it no more."""
    vault.remember(FACT + phone.shelf, None)


def _read(text: str) -> RelayPhone | None:
    try:
        return RelayPhone.model_validate(json.loads(text))
    except (ValueError, ValidationError, RecursionError):
        return None
