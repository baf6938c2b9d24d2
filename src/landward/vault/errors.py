"""What can go wrong with a vault, each as one line for the person reading it."""

from landward.model.errors import (
    Busy,
    CouldNotSave,
    Damaged,
    Locked,
    NotAVault,
    NotConfirmed,
    WrongKey,
)

__all__ = ["Busy", "CouldNotSave", "Damaged", "Locked", "NotAVault", "NotConfirmed", "WrongKey"]
