"""The shape of `landward plan --json` (DESIGN.md, chapter 5). Keys may be added, never renamed."""

from typing import Any

from landward.model.safety import SafetyVerdict
from landward.model.taper import TaperPlan


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
