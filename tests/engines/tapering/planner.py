"""What the planner's tests share: a request and a plan in one line."""

from datetime import date
from typing import Any

from landward.engines.tapering import plan_taper
from landward.model.preparation import read_preparations
from landward.model.taper import TaperPlan
from landward.model.taper_request import Band, Ceiling, TaperRequest

CEILING = Ceiling(percent="25", days=14, rule="asam2025.ceiling", source="ASAM-2025")
START = date(2026, 1, 5)
BANDS = tuple(
    Band(above_mg=above, cut_mg=cut)
    for above, cut in (("20", "2"), ("10", "1"), ("5", "1"), ("0", "0.5"))
)


def asked(
    dose: str, method: str, rate: str | None, products: str, every: int = 14, **more: Any
) -> TaperRequest:
    """A request; doses as text."""
    return TaperRequest.checked(
        drug="diazepam",
        dose_mg=dose,
        method=method,
        rate=rate,
        every_days=every,
        start=START,
        preparations=read_preparations(products),
        **more,
    )


def planned(
    dose: str, method: str, rate: str | None, products: str, every: int = 14, **more: Any
) -> TaperPlan:
    """The plan of a request. `shelf` lists the products the tables know."""
    shelf = read_preparations(more.pop("shelf")) if "shelf" in more else ()
    return plan_taper(asked(dose, method, rate, products, every, **more), CEILING, shelf)


def made(plan: TaperPlan) -> list[str]:
    """The made doses as they are printed."""
    return [str(step["made_mg"]) for step in plan.model_dump(mode="json")["steps"]]


def ideal(plan: TaperPlan) -> list[str]:
    """The asked doses as they are printed."""
    return [str(step["ideal_mg"]) for step in plan.model_dump(mode="json")["steps"]]
