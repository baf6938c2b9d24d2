"""Which phones may come in over the home network: a code seen on the computer's screen, used once.

A paired phone holds a random token in a cookie; only its hash is kept here. The key it signs with
is kept beside this installation's own (`take_key`), and goes when the phone is forgotten. Pairing
lets a phone leave sealed entries and see the locked app. Reading still takes the passphrase.
"""

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from landward.app.keep.phone_keys import PhoneKey, enrol, forget
from landward.app.keep.write_file import write_file
from landward.model.base import BadInput, Frozen
from landward.model.entries import UtcTime
from landward.model.said import phrase

CODE_LIVES_S = 10 * 60.0
TRIES = 5
CODE_DIGITS = 9
MAX_PHONES = 20
COOKIE = "__Host-landward_phone"
COOKIE_LIVES_S = 400 * 24 * 3600
"""As long as browsers keep any cookie; a phone in use gets a fresh one."""


class Phone(Frozen):
    """One paired phone. `token_hash` is the SHA-256 of what its cookie holds."""

    token_hash: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    label: Annotated[str, Field(max_length=60)]
    paired_at: UtcTime


class Phones(Frozen):
    """The content of phones.json."""

    phones: Annotated[tuple[Phone, ...], Field(max_length=MAX_PHONES)] = ()


class Pairing:
    """The pairing code of the moment and the phones paired so far, kept in `file`."""

    def __init__(self, file: Path, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._clock_s = clock_s
        self._code = ""
        self._made_s = 0.0
        self._tries = 0

    def new_code(self) -> str:
        """A fresh code; any earlier one stops working."""
        self._code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
        self._made_s, self._tries = self._clock_s(), 0
        return self._code

    @property
    def open(self) -> bool:
        """Whether a code is waiting to be used."""
        return bool(self._code) and self._clock_s() - self._made_s <= CODE_LIVES_S

    def pair(self, code: str, label: str, now: datetime) -> str | None:
        """A new phone's token for whoever shows the code, else None. Five wrong ones end it."""
        if not self.open:
            return None
        said = "".join(character for character in code if character.isdecimal())
        if not hmac.compare_digest(said.encode(), self._code.encode()):
            self._tries += 1
            if self._tries >= TRIES:
                self._code = ""
            return None
        self._code = ""
        token = secrets.token_urlsafe(32)
        phone = Phone(token_hash=_hash(token), label=label[:60] or "a phone", paired_at=now)
        self._save((*self.phones, phone)[-MAX_PHONES:])
        return token

    def take_key(self, token: str, vault: str, device: str, public_key: str) -> None:
        """From now on what this phone signs as `device` is known to be its own. Raises BadInput."""
        if not self.knows(token):
            raise BadInput(phrase("this phone is not paired"))
        try:
            key = PhoneKey(vault=vault, phone=_hash(token), device=device, public_key=public_key)
        except ValidationError:
            raise BadInput(phrase("this is not a phone's key: pair the phone again")) from None
        enrol(key)

    @property
    def phones(self) -> tuple[Phone, ...]:
        """Every paired phone, oldest first. A file that cannot be read pairs nobody."""
        try:
            return Phones.model_validate(json.loads(self._file.read_bytes())).phones
        except (OSError, ValueError, ValidationError):
            return ()

    def knows(self, token: str | None) -> bool:
        """Whether a cookie is that of a paired phone."""
        wanted = _hash(token or "")
        return any(hmac.compare_digest(phone.token_hash, wanted) for phone in self.phones)

    def forget_all(self) -> int:
        """No phone is paired any more. Returns how many were."""
        count = len(self.phones)
        self._save(())
        return count

    def _save(self, phones: tuple[Phone, ...]) -> None:
        kept = {phone.token_hash for phone in phones}
        forget(frozenset(phone.token_hash for phone in self.phones) - kept)
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(self._file, Phones(phones=phones).model_dump_json(indent=1).encode())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
