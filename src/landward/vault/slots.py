"""Key slots: each holds the data key, sealed under something a person knows or keeps."""

import secrets
from typing import Annotated, Literal

from pydantic import Field

from landward.model.base import Frozen
from landward.model.entries import canonical_json
from landward.vault.cost import Cost, stretch
from landward.vault.datakey import KEY_BYTES, DataKey, seal, unseal

SlotKind = Literal["passphrase", "recovery", "split"]
Hex = Annotated[str, Field(pattern=r"^([0-9a-f]{2})+$", max_length=4096)]


class Slot(Frozen):
    """One way in. `cost` and `salt` turn a secret into a key; `box` is the sealed data key."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    kind: SlotKind
    kdf: Literal["argon2id"] = "argon2id"
    cost: Cost
    salt: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    box: Hex

    def bound_to(self, vault_id: str) -> bytes:
        """What the box is tied to: change any of it, or the vault, and it does not open."""
        told = self.model_dump(mode="json", exclude={"box"})
        return canonical_json({"slot": told, "vault": vault_id}).encode()

    def open(self, vault_id: str, secret: bytes) -> DataKey | None:
        """The data key, or None if `secret` is not this slot's. Costs one argon2id run."""
        key = stretch(secret, bytes.fromhex(self.salt), self.cost)
        raw = unseal(key, bytes.fromhex(self.box), self.bound_to(vault_id))
        return None if raw is None or len(raw) != KEY_BYTES else DataKey(raw)


def make_slot(
    vault_id: str,
    kind: SlotKind,
    secret: bytes,
    data_key: DataKey,
    *,
    cost: Cost,
) -> Slot:
    """Seal `data_key` under `secret` in a new slot of the vault `vault_id`."""
    bare = Slot(
        id=secrets.token_hex(8),
        kind=kind,
        cost=cost,
        salt=secrets.token_hex(16),
        box="00",
    )
    key = stretch(secret, bytes.fromhex(bare.salt), cost)
    box = seal(key, data_key.reveal(), bare.bound_to(vault_id))
    return bare.model_copy(update={"box": box.hex()})
