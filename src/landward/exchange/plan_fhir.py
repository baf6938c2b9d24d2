"""A prescriber's plan in FHIR R4: a MedicationRequest whose dosage lines follow one another.

Equal `sequence` is taken together, a higher one afterwards. What cannot be told for sure (a range,
“as needed”, every other day, an amount without a unit of mass) is refused by line: a dose is never
guessed. The amounts may be whole, decimal, or our own exact fraction beside a rounded one.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import Any

from landward.model.base import BadInput
from landward.model.exact import exact
from landward.model.said import phrase
from landward.model.taper_given import GivenDose, GivenPlan, GivenStep

EXACT = "urn:landward:exact-mg"
"""The extension that holds a fraction no decimal can: “1/3”."""

DEAD = frozenset({"cancelled", "stopped", "entered-in-error"})
MG = {"mg": Fraction(1), "g": Fraction(1000), "ug": Fraction(1, 1000)}
WHEN = {
    "MORN": "morning", "NOON": "noon", "AFT": "afternoon", "EVE": "evening", "NIGHT": "night",
    "HS": "bedtime",
}  # fmt: skip
DAYS = {"d": 1, "wk": 7}
MOST_TIMES = 24
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,20})?([eE][-+]?[0-9])?")

Json = dict[str, Any]


def is_fhir(text: str) -> bool:
    """Whether a JSON text says it is a FHIR resource."""
    return '"resourceType"' in text


def read_plan_fhir(text: str, name: str) -> GivenPlan:
    """The plan of one medicine in a MedicationRequest or a Bundle. Raises BadInput in one line."""
    try:
        raw = json.loads(text, parse_float=_number, parse_int=_number, parse_constant=_number)
        found = list(_requests(raw))
    except (ValueError, RecursionError, AttributeError, TypeError) as error:
        raise BadInput(phrase("{name} is no FHIR resource that can be read", name=name)) from error
    if not found:
        raise BadInput(phrase("{name} holds no MedicationRequest that stands", name=name))
    names = sorted({_drug(one, name) for one in found})
    if len(found) > 1:
        raise BadInput(
            phrase(
                "{name} holds {count} medication requests ({names}): give a file with one of them",
                name=name,
                count=len(found),
                names=", ".join(names),
            )
        )
    try:
        steps = tuple(_steps(found[0], name))
    except (AttributeError, TypeError, ValueError, KeyError, ArithmeticError) as error:
        raise BadInput(
            phrase("{name}: its dosage lines are not as FHIR R4 has them", name=name)
        ) from error
    return GivenPlan.checked(
        title=phrase("a prescriber's plan"),
        drug=names[0],
        source=phrase("FHIR, {name}", name=name),
        steps=steps,
    )


def _number(text: str) -> Fraction:
    """A number of JSON as it stands. Raises ValueError for one that is small to write and large to
    work with: a power of ten, hundreds of digits.
    """
    if NUMBER.fullmatch(text) is None:
        raise ValueError(phrase("this number is out of reach"))
    return Fraction(text)


def _value(number: object) -> Fraction:
    """What has to be a number of JSON; a text that looks like one is none."""
    if isinstance(number, bool) or not isinstance(number, int | Fraction):
        raise TypeError(phrase("this is no number"))
    return Fraction(number)


def _requests(raw: Any) -> Iterator[Json]:
    entries = [one.get("resource") for one in raw.get("entry", ())]
    for one in (raw, *entries):
        wanted = isinstance(one, dict) and one.get("resourceType") == "MedicationRequest"
        if wanted and one.get("status") not in DEAD and one.get("doNotPerform") is not True:
            yield one


def _drug(request: Json, name: str) -> str:
    concept = request.get("medicationCodeableConcept")
    if not isinstance(concept, dict):
        raise BadInput(phrase("{name}: the medicine is named nowhere in its request", name=name))
    said = [concept.get("text"), *(one.get("display") for one in concept.get("coding", ()))]
    word = next((one for one in said if isinstance(one, str) and one.strip()), "")
    if not word:
        raise BadInput(phrase("{name}: the medicine has a code and no name", name=name))
    return word.strip()[:100]


def _steps(request: Json, name: str) -> Iterator[GivenStep]:
    lines = request.get("dosageInstruction") or []
    if not lines:
        raise BadInput(phrase("{name}: the request has no dosage lines", name=name))
    numbered = [
        (int(_value(one.get("sequence", 1))), place, one) for place, one in enumerate(lines, 1)
    ]
    starts = _day(request["authoredOn"]) if "authoredOn" in request else None
    for _, group in groupby(sorted(numbered, key=lambda one: one[:2]), key=lambda one: one[0]):
        inside = list(group)
        where = phrase("{name}, dosage line {inside}", name=name, inside=inside[0][1])
        spans = {_span(one, starts, where) for _, _, one in inside}
        if len(spans) > 1:
            raise BadInput(
                phrase("{where}: lines of one sequence last for different days", where=where)
            )
        ((start, days),) = spans
        doses = tuple(
            dose
            for _, place, one in inside
            for dose in _doses(one, phrase("{name}, dosage line {place}", name=name, place=place))
        )
        total = sum((dose.mg for dose in doses), Fraction(0))
        yield GivenStep(start=start, days=days, doses=doses, total_mg=total)
        starts = start + timedelta(days=days)


def _span(line: Json, starts: date | None, where: str) -> tuple[date, int]:
    """The first day and how many: from a period, else from a duration behind the line before."""
    repeat = line["timing"]["repeat"]
    if "boundsPeriod" in repeat:
        period = repeat["boundsPeriod"]
        if "start" not in period or "end" not in period:
            raise BadInput(phrase("{where}: its period has no first or no last day", where=where))
        first, last = _day(period["start"]), _day(period["end"])
        if last < first:
            raise BadInput(phrase("{where}: its period ends before it begins", where=where))
        return first, (last - first).days + 1
    duration = repeat.get("boundsDuration")
    if duration is None:
        raise BadInput(phrase("{where} does not say for how long", where=where))
    unit = duration.get("code") or duration.get("unit")
    many = _value(duration["value"]) * DAYS.get(unit, 0)
    if many < 1 or many.denominator != 1:
        raise BadInput(phrase("{where}: its duration is not in whole days or weeks", where=where))
    if starts is None:
        raise BadInput(phrase("{where}: nothing says on which day it begins", where=where))
    return starts, int(many)


def _day(text: Any) -> date:
    return date.fromisoformat(str(text)[:10])


def _doses(line: Json, where: str) -> list[GivenDose]:
    if line.get("asNeededBoolean") is True or "asNeededCodeableConcept" in line:
        raise BadInput(phrase("{where} is “as needed”, which is no step of a plan", where=where))
    rates = line.get("doseAndRate") or []
    if len(rates) != 1:
        raise BadInput(phrase("{where} has not exactly one amount", where=where))
    if "rateRatio" in rates[0]:
        ratio = rates[0]["rateRatio"]
        below = ratio["denominator"]
        if (below.get("code") or below.get("unit")) != "d" or _value(below["value"]) != 1:
            raise BadInput(phrase("{where}: its rate is not by the day", where=where))
        return [GivenDose(at="daily", mg=_mg(ratio["numerator"], where))]
    if "doseQuantity" not in rates[0]:
        raise BadInput(
            phrase("{where}: a range or another amount that is no one dose", where=where)
        )
    mg = _mg(rates[0]["doseQuantity"], where)
    return [GivenDose(at=at, mg=mg) for at in _times(line["timing"], where)]


def _times(timing: Json, where: str) -> list[str]:
    """The dose times of one line: named ones, else as many as a day has."""
    repeat = timing["repeat"]
    frequency = _value(repeat.get("frequency", 1))
    daily = _value(repeat.get("period", 1)) == 1 and repeat.get("periodUnit", "d") == "d"
    if not daily or "dayOfWeek" in repeat or "frequencyMax" in repeat:
        raise BadInput(phrase("{where} is not taken every day alike", where=where))
    if frequency.denominator != 1 or not 1 <= frequency <= MOST_TIMES:
        raise BadInput(phrase("{where}: how many times a day?", where=where))
    said = timing.get("code", {}).get("text", "")
    named = [str(one)[:5] for one in repeat.get("timeOfDay", ())]
    for code in repeat.get("when", ()):
        if code not in WHEN:
            raise BadInput(
                phrase("{where}: “{code}” is no time of day known here", where=where, code=code)
            )
        named.append(WHEN[code])
    if isinstance(said, str) and said.strip() and len(named) <= 1 and frequency == 1:
        return [said.strip()[:60]]
    if named:
        return named
    many = int(frequency)
    return ["daily"] if many == 1 else [f"dose {number} of {many}" for number in range(1, many + 1)]


def _mg(quantity: Json, where: str) -> Fraction:
    for extension in quantity.get("extension", ()):
        if extension.get("url") == EXACT:
            return exact(str(extension["valueString"]))
    unit = str(quantity.get("code") or quantity.get("unit") or "").replace("µ", "u")
    if unit not in MG or "comparator" in quantity:
        raise BadInput(phrase("{where}: its amount is not in mg, g or µg", where=where))
    mg = _value(quantity["value"]) * MG[unit]
    if mg < 0:
        raise BadInput(phrase("{where}: an amount below 0", where=where))
    return mg
