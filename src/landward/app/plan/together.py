"""Plans of several medicines beside each other: one list of days, one calendar, one supply.

Each keeps its own rules, lines and version; amounts of different medicines are never added up.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from landward.app.plan.living import versions
from landward.app.plan.plan_files import KINDS, PlanFile
from landward.app.plan.standing import Standing
from landward.app.plan.taper import with_supply
from landward.catalog import Catalog
from landward.model.base import BadInput
from landward.model.diary import Diary
from landward.model.said import phrase
from landward.report.plan_lines import PlanLine, plan_lines
from landward.report.taper_calendar import joined_calendar, plan_calendar
from landward.report.taper_supply import SupplySheet, supply_text

MOST_AHEAD = 12


@dataclass(frozen=True, slots=True)
class Coming:
    """A line of one medicine that has not begun."""

    drug: str
    sheet: int
    line: PlanLine


def coming(plans: Sequence[Standing], today: dt.date) -> tuple[Coming, ...]:
    """The next lines of every plan in order of their days, those of one day by medicine."""
    found = [
        Coming(drug=one.plan.drug, sheet=sheet, line=line)
        for sheet, one in enumerate(plans, start=1)
        for line in plan_lines(one.plan, one.begun)
        if line.start > today
    ]
    return tuple(sorted(found, key=lambda one: (one.line.start, one.sheet))[:MOST_AHEAD])


def shared_file(
    catalog: Catalog, plans: Sequence[Standing], kind: str, diary: Diary, today: dt.date
) -> PlanFile:
    """The calendar or the order of all plans as one file. Raises BadInput for another kind."""
    if kind not in ("calendar", "order") or not plans:
        raise BadInput(phrase("there is no such paper"))
    name, media_type = KINDS[kind]
    if kind == "calendar":
        files = [
            plan_calendar(one.plan, today, versions(diary, one.plan.drug), one.begun, sheet)
            for sheet, one in enumerate(plans, start=1)
        ]
        return PlanFile(name=name, media_type=media_type, content=joined_calendar(files))
    texts = [
        supply_text(
            one.plan if one.begun is None else with_supply(catalog, one.plan),
            SupplySheet(prescriber=one.agreed_with), today,
        )
        for one in plans
    ]  # fmt: skip
    return PlanFile(name=name, media_type=media_type, content="\n\n".join(texts).encode())
