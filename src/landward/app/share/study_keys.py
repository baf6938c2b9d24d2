"""A person's key for one study: it signs what they give and, if they wish, takes it back.

The key lies in the vault, one a study, so no two studies can tell that two gifts are one person's.
The id in a study is worked out from the key: whoever holds a withdrawal can check it, nobody can
make one up.
"""

import hashlib
import json
import secrets
from typing import TypeVar

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from landward.model.base import BadInput
from landward.model.gift import Gift, Withdrawal
from landward.model.said import phrase
from landward.vault import Vault

SignedT = TypeVar("SignedT", Gift, Withdrawal)


def study_key(vault: Vault, study: str, *, new: bool) -> SigningKey:
    """The key for one study; made and kept in the vault if `new`.

    Raises BadInput where there is none: then nothing was given to that study from this vault.
    """
    name = f"study-key/{study}"
    kept = vault.fact(name)
    if kept is None:
        if not new:
            raise BadInput(phrase("nothing was given to “{study}” from this diary", study=study))
        kept = secrets.token_hex(32)
        vault.remember(name, kept)
    return SigningKey(bytes.fromhex(kept))


def person_in(study: str, verify_key: str) -> int:
    """A person's number in a study: 62 bits of a hash of the study and their key."""
    digest = hashlib.sha256(f"{study}\n{verify_key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 2


def signed(paper: SignedT, key: SigningKey) -> SignedT:
    """The paper with its signature."""
    return paper.model_copy(update={"signature": key.sign(_text(paper)).signature.hex()})


def check_signature(paper: Gift | Withdrawal, where: str) -> None:
    """Raises BadInput where a paper was not signed by the person it is about, or was changed."""
    try:
        VerifyKey(bytes.fromhex(paper.verify_key)).verify(
            _text(paper), bytes.fromhex(paper.signature)
        )
    except (BadSignatureError, ValueError):
        raise BadInput(
            phrase("{where}: the signature does not fit; it was changed on the way", where=where)
        ) from None
    if person_in(paper.study, paper.verify_key) != paper.person:
        raise BadInput(phrase("{where}: the id is not that of the key that signed it", where=where))


def _text(paper: Gift | Withdrawal) -> bytes:
    body = paper.model_dump(mode="json", by_alias=True, exclude={"signature"})
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
