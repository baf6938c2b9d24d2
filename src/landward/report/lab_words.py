"""What is said beside every result of the lab."""

from landward.model.stopping import DO_NOT_STOP

CAUTION = (
    "These people are made up. This is not a forecast of you or of anyone, and it never reads "
    f"a diary. {DO_NOT_STOP}"
)
