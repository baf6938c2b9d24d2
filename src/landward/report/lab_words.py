"""What is said beside every result of the lab."""

from landward.model.said import phrase
from landward.model.stopping import DO_NOT_STOP

CAUTION = phrase(
    "These people are made up. This is not a forecast of you or of anyone, and it "
    "never reads a diary. {do_not_stop}",
    do_not_stop=DO_NOT_STOP,
)
