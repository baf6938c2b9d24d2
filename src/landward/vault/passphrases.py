"""What people type, brought to one form before it becomes a key."""

import unicodedata

from landward.model.base import BadInput
from landward.model.said import phrase

MAX_PASSPHRASE_BYTES = 64 * 1024


def normalise(passphrase: str) -> bytes:
    """The bytes a passphrase stands for: NFKC, without the line end a paste or pipe leaves.

    Composed and decomposed accents, full-width and ordinary letters give the same key. Spaces
    count, except line ends at the end. Raises BadInput for an empty or absurdly long one.
    """
    text = unicodedata.normalize("NFKC", passphrase.rstrip("\r\n"))
    if not text.strip():
        raise BadInput(
            phrase("the passphrase is empty: choose a few words that only you would put together")
        )
    try:
        raw = text.encode()
    except UnicodeEncodeError as error:
        raise BadInput(phrase("the passphrase holds a broken character: type it again")) from error
    if len(raw) > MAX_PASSPHRASE_BYTES:
        raise BadInput(
            phrase("the passphrase is longer than 64 KiB: was a whole file pasted by mistake?")
        )
    return raw
