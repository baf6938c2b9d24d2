"""The table of day doses and settled doses, turned into journals as a person wrote them."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.making import entry

from landward.model.amounts import as_decimal, read_mg
from landward.model.bodies import Body, DoseTaken, PlanAdopted, Retraction
from landward.model.entries import Entry
from landward.model.moment import Moment

TABLE: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "scenarios/doses/day_dose_cases.json").read_text(encoding="utf-8")
)
DAY = dt.date(2026, 3, 1)
NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def plan(drug: str, start: dt.date, *steps: tuple[int, str]) -> PlanAdopted:
    """A plan in the open shape: so many days on so many mg, one step after the other."""
    said = []
    for days, mg in steps:
        said.append({"start": start.isoformat(), "days": days, "made_mg": mg})
        start += dt.timedelta(days=days)
    return PlanAdopted(plan=json.dumps({"drug": drug, "steps": said}), tables_version="t")


def day_journal(case: dict[str, Any]) -> list[Entry]:
    """The entries of a `day` case, in the order of the list."""
    entries = []
    for drug, mg in sorted(case.get("planned", {}).items()):
        body = plan(drug, DAY - dt.timedelta(days=30), (400, mg))
        entries.append(entry(body, DAY - dt.timedelta(days=30), key=f"plan {drug}"))
    ids: dict[str, str] = {}
    for number, one in enumerate(case["entries"]):
        recorded = one.get("recorded_at")
        at = dt.datetime.fromisoformat(recorded) if recorded else NOON
        made = entry(
            _body(one),
            _date(one),
            key=f"{number}",
            seq=number,
            replaces=tuple(ids[name] for name in one.get("replaces", ())),
        ).but(
            recorded_at=at if recorded else at + dt.timedelta(minutes=number),
            device=one.get("device", "a"),
        )
        ids[one.get("id", f"#{number}")] = made.id
        entries.append(made)
    return entries


def _date(one: dict[str, Any]) -> dt.date:
    """The day told, or the one the door finds: before four it is the evening of the day before."""
    if one.get("door"):
        return Moment(at=dt.datetime.fromisoformat(one["at"]), zone="Europe/Berlin").today()
    return dt.date.fromisoformat(one.get("date", DAY.isoformat()))


def _body(one: dict[str, Any]) -> Body:
    if one.get("kind") == "retraction":
        return Retraction()
    kept = {key: one[key] for key in ("at", "status", "as_needed", "day_total") if key in one}
    mg = as_decimal(read_mg(one["amount"])) if "amount" in one else one.get("mg")
    return DoseTaken.model_validate({"drug": one["drug"], "dose_mg": mg, **kept})


def settled_journal(case: dict[str, Any]) -> tuple[list[Entry], dt.date]:
    """The entries of a `settled` case, and the day it is asked for."""
    start = dt.date.fromisoformat(case["start"])
    marks = list(_marks(case["marks"]))
    entries = []
    if planned := case.get("planned"):
        amounts = list(_marks(planned))
        steps = [(1, mg) for mg in amounts] if len(amounts) == len(marks) else [(4000, amounts[0])]
        entries.append(entry(plan("x", start, *steps), start, key="plan"))
    for number, mark in enumerate(marks):
        day = start + dt.timedelta(days=number)
        for place, body in enumerate(_day(mark)):
            entries.append(entry(body, day, key=f"{number}.{place}", minute=place))
    last = start + dt.timedelta(days=len(marks) - 1)
    return entries, dt.date.fromisoformat(case["until"]) if "until" in case else last


def _marks(text: str) -> Iterator[str]:
    for word in text.split():
        times, _, mark = word.rpartition("*")
        yield from [mark] * int(times or 1)


def _day(mark: str) -> Iterator[DoseTaken]:
    regular, _, needed = mark.partition("~")
    for part in regular.rstrip("!").split("+"):
        single = "+" in regular or "!" in regular
        if part == "x":
            yield DoseTaken(drug="x", status="not_taken", day_total=True)
        elif part == "?":
            yield DoseTaken(drug="x", status="as_planned")
        elif re.fullmatch(r"[\d.]+", part):
            yield DoseTaken(drug="x", dose_mg=part, day_total=not single)
    if regular.endswith("!"):
        yield DoseTaken(drug="x", status="not_taken")
    if needed:
        yield DoseTaken(drug="x", dose_mg=needed, as_needed=True)
