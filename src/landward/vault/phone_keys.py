"""The public keys of paired phones: what a phone signed, it can be believed to have written.

A phone makes its key pair in its browser, where the private half cannot be read out, and hands the
public half over when it is paired. The list lies beside this installation's own secret, in the
user's own folder and not in the vault: whoever may only write to the vault cannot add to it.
Another installation does not know these phones; there such a line counts as anybody's.
"""

import json
from contextlib import suppress
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from landward.model.base import BadInput, Frozen
from landward.model.said import phrase
from landward.vault import installation
from landward.vault.files import PRIVATE_FOLDER, read_plain_file, write_atomically

FILE = "phone-keys.json"
MOST_KEYS = 100
MOST_BYTES = 128 * 1024


class PhoneKey(Frozen):
    """One phone's key for one vault."""

    vault: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    phone: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    """Which paired phone it is: the hash its pairing goes by."""
    device: Annotated[str, Field(pattern=r"^pocket-[0-9a-f]{12}$")]
    """The name the phone writes under; its key speaks for no other."""
    public_key: Annotated[str, Field(pattern=r"^04[0-9a-f]{128}$")]
    """An uncompressed point of P-256, in hex."""


class _Kept(Frozen):
    keys: Annotated[tuple[PhoneKey, ...], Field(max_length=MOST_KEYS)] = ()


def _file() -> Path:
    return installation.folder() / FILE


def phone_keys(vault_id: str) -> tuple[PhoneKey, ...]:
    """The keys that may sign for a vault. A list that cannot be read vouches for nobody."""
    return tuple(key for key in _all() if key.vault == vault_id)


def enrol(key: PhoneKey) -> None:
    """Take up a phone's key, in place of its earlier one. Raises BadInput, CouldNotSave."""
    _point(key.public_key)
    taken = [k for k in _all() if (k.vault, k.device) == (key.vault, key.device)]
    if any(other.phone != key.phone for other in taken):
        raise BadInput(phrase("another phone writes under this name; pair this one again"))
    others = [k for k in _all() if (k.vault, k.phone) != (key.vault, key.phone)]
    _write((*others, key)[-MOST_KEYS:])


def forget(phones: frozenset[str]) -> None:
    """Phones that are paired no more sign nothing that is believed from now on."""
    kept = tuple(key for key in _all() if key.phone not in phones)
    if kept != _all():
        _write(kept)


def is_signed(keys: tuple[PhoneKey, ...], device: str, line: str, signature: str) -> bool:
    """Whether the phone that writes as `device` signed `line` for the vault of `keys`."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256

    for key in keys:
        if key.device != device:
            continue
        with suppress(InvalidSignature, ValueError):
            raw = bytes.fromhex(signature)
            if len(raw) != 64:
                return False
            halves = (int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
            message = signed_text(key.vault, line)
            _point(key.public_key).verify(encode_dss_signature(*halves), message, ECDSA(SHA256()))
            return True
    return False


def signed_text(vault_id: str, line: str) -> bytes:
    """What a phone signs: this format, the vault, the line."""
    return f"landward phone line 1\nvault {vault_id}\n{line}".encode()


def _point(public_key: str):  # type: ignore[no-untyped-def]  # the library is imported when needed
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

    try:
        raw = bytes.fromhex(public_key)
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), raw)
    except ValueError as error:
        raise BadInput(phrase("this is not a phone's key: pair the phone again")) from error


def _all() -> tuple[PhoneKey, ...]:
    try:
        raw = read_plain_file(_file(), MOST_BYTES)
        return _Kept.model_validate(json.loads(raw or b"{}")).keys
    except (OSError, ValueError, ValidationError, RecursionError):
        return ()


def _write(keys: tuple[PhoneKey, ...]) -> None:
    _file().parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    write_atomically(_file(), _Kept(keys=keys).model_dump_json(indent=1).encode())
