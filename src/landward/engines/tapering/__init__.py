"""The taper planner: asked pace, makeable doses, guideline limits, crossover, supply, changes."""

from landward.engines.tapering.change import (
    DayBeside,
    ask_to_go_back,
    held_on,
    history_before,
    hold,
    other_drugs_on,
    side_by_side,
    split_on,
    step_on,
)
from landward.engines.tapering.crossover import cross_over
from landward.engines.tapering.fewest import fewest_products
from landward.engines.tapering.given import check_given
from landward.engines.tapering.guideline_checks import applicable
from landward.engines.tapering.plan import plan_taper
from landward.engines.tapering.supply import supply_of, total_mg

__all__ = [
    "DayBeside",
    "applicable",
    "ask_to_go_back",
    "check_given",
    "cross_over",
    "fewest_products",
    "held_on",
    "history_before",
    "hold",
    "other_drugs_on",
    "plan_taper",
    "side_by_side",
    "split_on",
    "step_on",
    "supply_of",
    "total_mg",
]
