"""Errors meant for the person reading them. Standard library only, so that --help stays quick."""


class LandwardError(Exception):
    """What was wrong, where, what to do. One line."""


class BadInput(LandwardError):
    """What was given cannot be used; nothing was written. The command line exits with 2."""


class NotAVault(BadInput):
    """The path holds no vault, or one this version cannot read."""


class WrongKey(BadInput):
    """No key slot opens with what was typed."""


class Damaged(BadInput):
    """Bytes were changed or lost since Landward wrote them. Nothing from them is shown."""


class CouldNotSave(LandwardError):
    """The disk refused (full, read-only, gone). Nothing was changed."""


class NotConfirmed(CouldNotSave):
    """The disk refused where it is too late to undo: it may be done, and it may not last."""


class Busy(LandwardError):
    """Another program holds this vault."""


class Locked(LandwardError):
    """The vault is locked: the passphrase is needed again."""
