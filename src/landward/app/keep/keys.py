"""Who can open the diary: passphrases, recovery words, and boxes others may leave entries in."""

from landward.vault import inbox, keys, quiz, words
from landward.vault.keys import OLDER_COPIES, new_recovery_words, set_passphrase
from landward.vault.passphrases import normalise

__all__ = [
    "OLDER_COPIES",
    "inbox",
    "keys",
    "new_recovery_words",
    "normalise",
    "quiz",
    "set_passphrase",
    "words",
]
