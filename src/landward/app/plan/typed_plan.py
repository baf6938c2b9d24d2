"""A plan somebody was given, typed in line by line, as a code, or as a file: shown as given."""

import datetime as dt
import json
import re
from pathlib import Path

from landward.app.budget.within import within
from landward.app.plan.drafts import PlanDraft
from landward.app.plan.given import check_plan, plan_of_file, products_by_drug
from landward.app.plan.request import read_every
from landward.app.plan.written import beside
from landward.catalog import Catalog
from landward.exchange.plan_code import PREFIX
from landward.exchange.plan_file import read_plan_file
from landward.model.base import BadInput
from landward.model.plan_pack import plan_from_text, plan_to_text
from landward.model.said import phrase
from landward.model.taper import TaperPlan
from landward.model.taper_given import GivenPlan

LINES = 8
MOST_LINES = 40


def plan_typed(catalog: Catalog, draft: PlanDraft) -> TaperPlan:
    """The plan of the typed lines. Raises BadInput naming the line that cannot be read."""
    rows = _rows(draft)
    head = {name: draft.said(name) for name in ("drug", "held") if draft.said(name)}
    text = [f"{name} = {json.dumps(value)}" for name, value in head.items()]
    for place, (number, start, days, doses) in enumerate(rows):
        text += [
            "[[step]]",
            f"start = {_day(start, number)}",
            f"days = {_days(days, rows[place + 1 :], start, number)}",
            f"doses = {json.dumps(doses)}",
        ]
    if not draft.said("drug"):
        raise BadInput(phrase("say which medicine it is"))
    given = _read_lines("\n".join(text), [row[0] for row in rows])
    noted = tuple(
        step.model_copy(update={"words": draft.said(f"words{row[0]}").strip()})
        for step, row in zip(given.steps, rows, strict=True)
    )
    own, others = products_by_drug(
        catalog, draft.said("products"), catalog.find_drug(given.drug).id
    )
    update = {"steps": noted, "preparations": own, "others": others, **beside(draft)}
    return check_plan(catalog, given.model_copy(update=update))


_STEP = re.compile(r"^lines\.toml, step (\d+)")


def _read_lines(text: str, numbers: list[int]) -> GivenPlan:
    """The lines read as a plan file; what is wrong is told of the line as it was typed."""
    try:
        return read_plan_file(text.encode(), "lines.toml")
    except BadInput as error:
        where = _STEP.match(str(error))
        if where is None or not 0 < int(where[1]) <= len(numbers):
            raise
        rest = str(error)[where.end() :]
        number = numbers[int(where[1]) - 1]
        raise BadInput(phrase("line {number}{rest}", number=number, rest=rest)) from error


_Row = tuple[int, str, str, str]


def _rows(draft: PlanDraft) -> list[_Row]:
    """Number, first day, days, doses of each line that holds anything."""
    rows = []
    for number in range(1, MOST_LINES + 1):
        start, days, doses = (draft.said(f"{name}{number}") for name in ("start", "days", "doses"))
        if start or doses or days:
            if not (start and doses):
                raise BadInput(
                    phrase("line {number}: give its first day and its doses", number=number)
                )
            rows.append((number, start, days, doses))
    if not rows:
        raise BadInput(phrase("type in at least one line, or choose a file"))
    return rows


def _day(text: str, number: int) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            phrase("line {number}: “{text}” is not a date", number=number, text=text[:40])
        ) from None


def _days(days: str, later: list[_Row], start: str, number: int) -> int:
    """How long a line lasts: as typed, else until the next one begins."""
    if days:
        return read_every(days, phrase("line {number}, for how many days:", number=number))
    if not later:
        raise BadInput(phrase("line {number}: for how many days, at least?", number=number))
    return max(0, (_day(later[0][1], later[0][0]) - _day(start, number)).days)


def plan_of_code(catalog: Catalog, code: str) -> TaperPlan:
    """The plan of a scanned code. Raises BadInput for a text that is none."""
    if not code.strip().startswith(PREFIX):
        raise BadInput(phrase("that is no plan's code: it begins with {prefix}", prefix=PREFIX))
    return _read(catalog, code.strip().encode(), "code.txt")


def plan_handed(catalog: Catalog, path: Path) -> TaperPlan:
    """The plan of a file that was handed over. Raises BadInput as the command line does."""
    return plan_of_file(catalog, path)


def _read(catalog: Catalog, content: bytes, name: str) -> TaperPlan:
    given = within(read_plan_file, content, name, answer=GivenPlan, what=name)
    return check_plan(catalog, given)


def given_draft(draft: PlanDraft, plan: TaperPlan) -> PlanDraft:
    """The draft with the plan somebody gave."""
    return draft.model_copy(update={"given": plan_to_text(plan)})


def given_plan(draft: PlanDraft) -> TaperPlan | None:
    """The plan somebody gave, where this draft is one."""
    return plan_from_text(draft.given) if draft.given else None
