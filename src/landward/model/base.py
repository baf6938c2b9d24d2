"""The one base class: values are frozen, checked at birth, and refuse fields nobody declared."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value. Change it with `model_copy(update=...)`, never in place."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class LandwardError(Exception):
    """An error meant for the person reading it: what was wrong, where, what to do. One line."""


class BadInput(LandwardError):
    """What was given cannot be used; nothing was written. The command line exits with 2."""
