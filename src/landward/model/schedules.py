"""A published schedule, one row a step, as its source prints it."""

from typing import Annotated

from pydantic import Field

from landward.model.amounts import Exact
from landward.model.facts import Fact


class ScheduleStep(Fact):
    """One step. `doses` reads “morning 1 mg lorazepam + night 10 mg diazepam”, or “none”.

    `total_mg` is the day's dose in mg of `drug`, as the source counts it. Step 0 is the start.
    """

    schedule: str
    title: str
    drug: str
    step: Annotated[int, Field(ge=0)]
    doses: str
    total_mg: Exact
    interval_low_days: Annotated[int, Field(ge=1)]
    interval_high_days: Annotated[int, Field(ge=1)]
