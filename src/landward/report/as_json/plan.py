"""Plans, what they need from the pharmacy, and a change to another drug, as JSON."""

from collections.abc import Iterable
from typing import Any, Protocol

from landward.model.crossover import Crossover
from landward.model.safety import SafetyVerdict
from landward.model.taper import DRAFT_WARNING, TaperPlan


def plan_as_json(plan: TaperPlan, verdict: SafetyVerdict | None = None) -> dict[str, Any]:
    """A plan, and what was asked before it, as plain JSON values. Exact decimals are strings."""
    document: dict[str, Any] = plan.model_dump(mode="json", by_alias=True)
    if verdict is not None:
        document["supervision"] = {
            "may_self_plan": verdict.may_self_plan,
            "plain": verdict.plain,
            "unanswered": len(verdict.open_questions),
            "questions": [
                {"id": finding.rule, "question": finding.plain, "answer": None}
                for finding in verdict.open_questions
            ],
            "with_clinician": [finding.model_dump() for finding in verdict.with_clinician],
            "care": [finding.model_dump() for finding in verdict.care],
        }
    return document


def supply_as_json(plan: TaperPlan) -> dict[str, Any]:
    """What a plan needs from the pharmacy, interval by interval."""
    lines = [line.model_dump(mode="json", by_alias=True) for line in plan.supply]
    return {"drug": plan.drug, "version": plan.version, "supply": lines}


def crossover_as_json(found: Crossover) -> dict[str, Any]:
    """What tables say of the two drugs, what was picked, and the plan where there is one."""
    document = found.model_dump(mode="json", exclude={"plan"})
    none = {"draft": True, "steps": [], "warning": DRAFT_WARNING}
    steps = plan_as_json(found.plan) if found.plan else none
    return {**document, **steps, "refused": document["refused"]}


class Beside(Protocol):
    """A day of a plan beside what was taken, as a value with words of its own."""

    @property
    def words(self) -> str:
        """“as planned”, “different” or “not known”."""

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """The day's amounts."""


def beside_as_json(rows: Iterable[Beside]) -> list[dict[str, Any]]:
    """Planned, makeable and taken dose, day by day."""
    return [{**row.model_dump(mode="json"), "words": row.words} for row in rows]
