"""Checks of what safety rests on: guidelines, crisis lines, red flags, the dependence table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from string import Formatter
from typing import Any

from landward.catalog.tables import RULE_UNITS
from landward.model.crisis import CrisisLine
from landward.model.guidelines import Guideline, GuidelineRule
from landward.model.safety import DependenceRule, DoseBand, IncidentStep, RedFlag
from landward.model.said import phrase

_DAYS = range(1, 8)
_MONTHS = (0.0, 0.5, 1.0, 2.0, 2.99, 3.0, 12.0, 600.0)
_BANDS = ("low", "moderate_or_high")
_ZONES = timedelta(days=1)
"""Somewhere it is already tomorrow."""


def safety_faults(
    rows: Mapping[str, Sequence[Any]], guidelines: Sequence[Guideline], today: date | None
) -> Iterator[str]:
    """What is wrong in the tables of safety."""
    for guideline in guidelines:
        for rule in guideline.rules:
            if not rule.id.startswith(f"{guideline.key}."):
                yield phrase(
                    "{id}: the ids of this guideline begin with “{key}.”",
                    id=rule.id,
                    key=guideline.key,
                )
            yield from _rule_faults(rule)
    yield from _crisis_faults(rows["crisis_lines"], today)
    for flag in rows["red_flags"]:
        yield from _flag_faults(flag)
    yield from _incident_faults(rows["incidents"])
    yield from _dependence_faults(rows["dependence_risk"], rows["dose_bands"])
    partners = {row.partner for row in rows["interactions"]}
    for word in rows["interaction_words"]:
        if word.partner not in partners:
            yield phrase(
                "{id}: no interaction is with “{partner}”", id=word.id, partner=word.partner
            )


def stale_lines(lines: Sequence[CrisisLine], today: date) -> list[str]:
    """Crisis lines that were last read in their source more than 180 days ago."""
    return [
        phrase(
            "{id}: last checked on {checked_on}, more than 180 days ago",
            id=line.id,
            checked_on=line.checked_on,
        )
        for line in lines
        if line.usable and line.is_stale(today)
    ]


def _rule_faults(rule: GuidelineRule) -> Iterator[str]:
    unit = RULE_UNITS.get(rule.kind, "")
    numbers = [n for n in (rule.low, rule.value, rule.high) if n is not None]
    if rule.unit != unit:
        yield phrase(
            "{id}: a {kind} is in “{unit}”, not “{unit_2}”",
            id=rule.id,
            kind=rule.kind,
            unit=unit,
            unit_2=rule.unit,
        )
    if unit and not numbers:
        yield phrase("{id}: a {kind} needs a number", id=rule.id, kind=rule.kind)
    if not unit and numbers:
        yield phrase("{id}: a {kind} carries no number", id=rule.id, kind=rule.kind)
    if any(number <= 0 for number in numbers):
        yield phrase("{id}: a limit is more than 0", id=rule.id)
    if unit == "%" and any(number > 100 for number in numbers):
        yield phrase("{id}: more than 100 %", id=rule.id)
    if rule.kind == "max_cut_percent" and rule.window_days is None:
        yield phrase("{id}: a ceiling counts over a number of days", id=rule.id)
    if rule.kind == "mg_band":
        top, bottom = rule.band_from_mg, rule.band_to_mg
        if top is None or bottom is None or not top > bottom >= 0:
            yield phrase("{id}: a band runs from a higher to a lower dose", id=rule.id)
    pace = (rule.pace_low_days, rule.pace_high_days)
    if None not in pace and not 0 < (pace[0] or 0) <= (pace[1] or 0):
        yield phrase("{id}: its pace runs from fewer to more days", id=rule.id)


def _crisis_faults(lines: Sequence[CrisisLine], today: date | None) -> Iterator[str]:
    for line in lines:
        code = line.country
        if not (len(code) == 2 and code.isascii() and code.isupper()):
            yield phrase(
                "{id}: “{code}” is not a country in two capital letters", id=line.id, code=code
            )
        if not line.phone and not line.text_to:
            yield phrase("{id}: neither a number to call nor one to text", id=line.id)
        for number in (line.phone, line.text_to):
            if number and not set(number) <= set("0123456789 +-"):
                yield phrase("{id}: “{number}” is not a number to dial", id=line.id, number=number)
        if today is not None and line.checked_on > today + _ZONES:
            yield phrase(
                "{id}: checked on {checked_on}, which is still to come",
                id=line.id,
                checked_on=line.checked_on,
            )
    for country, group in groupby(lines, key=lambda line: line.country):
        kinds = [line.kind for line in group]
        if kinds[0] != "emergency":
            yield phrase(
                "crisis_lines.csv: the first line of {country} is not its emergency number",
                country=country,
            )


def _flag_faults(flag: RedFlag) -> Iterator[str]:
    if flag.level == "emergency" and "{emergency}" not in flag.action:
        yield phrase("{id}: an emergency names the emergency number", id=flag.id)
    yield from _placeholder_faults(flag.id, flag.action)


def _placeholder_faults(row_id: str, text: str) -> Iterator[str]:
    for _, name, _, _ in Formatter().parse(text):
        if name is not None and name != "emergency":
            yield phrase("{row_id}: nothing fills in “{name}”", row_id=row_id, name=name)


def _incident_faults(steps: Sequence[IncidentStep]) -> Iterator[str]:
    found: dict[str, list[int]] = {}
    for step in steps:
        found.setdefault(step.incident, []).append(step.step)
        yield from _placeholder_faults(step.id, step.plain)
    for incident, numbers in found.items():
        if numbers != list(range(1, len(numbers) + 1)):
            yield phrase(
                "incidents.csv: the steps of {incident} are {numbers}, not 1, 2, 3 …",
                incident=incident,
                numbers=numbers,
            )


def _dependence_faults(rules: Sequence[DependenceRule], bands: Sequence[DoseBand]) -> Iterator[str]:
    for days in _DAYS:
        for months in _MONTHS:
            for band in _BANDS:
                fitting = [rule.id for rule in rules if _fits(rule, days, months, band)]
                if len(fitting) != 1:
                    yield (
                        phrase(
                            "dependence_risk.csv: {days} days a week, {months} months, {band} dose "
                            "has {count} rows",
                            days=days,
                            months=format(months, "g"),
                            band=band,
                            count=len(fitting),
                        )
                    )
    for row in bands:
        if not 0 < row.low_up_to_mg < row.moderate_up_to_mg:
            yield phrase("{id}: a low dose ends below a moderate one", id=row.id)


def _fits(rule: DependenceRule, days: int, months: float, band: str) -> bool:
    return (
        rule.days_low <= days <= rule.days_high
        and (rule.months_from is None or months >= rule.months_from)
        and (rule.months_below is None or months < rule.months_below)
        and rule.dose_band in {"any", band}
    )
