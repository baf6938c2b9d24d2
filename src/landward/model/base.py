"""The one base class: values are frozen, checked at birth, and refuse fields nobody declared."""

from pydantic import BaseModel, ConfigDict

from landward.model.errors import BadInput, LandwardError

__all__ = ["BadInput", "Frozen", "LandwardError"]


class Frozen(BaseModel):
    """An immutable value. Change it with `model_copy(update=...)`, never in place."""

    # No string of a diary stays behind in a cache of the reader: only names of fields do.
    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, cache_strings="keys"
    )
