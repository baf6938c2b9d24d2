"""This installation's own mark: what it seals while a diary is locked, it can vouch for later.

The secret lies in this user's own folder, not in the vault, so that whoever may only write to the
vault, or holds only its public key, cannot make the mark. Another installation cannot check it:
there such a line counts as anybody's.
"""

import hashlib
import hmac
import secrets
from contextlib import suppress
from pathlib import Path

import platformdirs

from landward.vault.files import PRIVATE_FOLDER, read_plain_file, write_new

FILE = "installation.key"
SECRET_BYTES = 32


def folder() -> Path:
    """This user's own folder for what an installation keeps about itself."""
    return Path(platformdirs.user_state_dir("landward", appauthor=False))


def secret() -> bytes | None:
    """The secret, made on first use; None where no private place can keep one."""
    path = folder() / FILE
    for _ in range(2):
        try:
            found = read_plain_file(path, SECRET_BYTES)
        except FileNotFoundError:
            found = None
        except OSError:
            return None
        if found is not None and len(found) == SECRET_BYTES:
            return found
        with suppress(OSError):
            path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
            write_new(path, secrets.token_bytes(SECRET_BYTES))
    return None


def mark(key: bytes, vault_id: str, line: str) -> str:
    """The mark of one line for one vault: HMAC-SHA256, in hex."""
    return hmac.new(key, f"{vault_id}\n{line}".encode(), hashlib.sha256).hexdigest()


def is_ours(key: bytes | None, vault_id: str, line: str, found: str) -> bool:
    """Whether this installation made the mark."""
    return key is not None and hmac.compare_digest(mark(key, vault_id, line), found)
