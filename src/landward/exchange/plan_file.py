"""A plan in a file: typed by a prescriber (TOML, CSV), or written by Landward (JSON, code).

Everything is read as given; whether it keeps any rule is asked afterwards. Amounts need a unit,
either with the number (“18 mg”) or in the name of the column (`dose_mg`).
"""

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from landward.exchange.plan_code import PREFIX, from_code
from landward.exchange.plan_columns import (
    FREE_COLUMNS,
    ONE_TIME,
    PLAN_COLUMNS,
    compare_totals,
    doses_of_columns,
    tidy_columns,
    total_of_columns,
)
from landward.exchange.plan_fhir import is_fhir, read_plan_fhir
from landward.model.amounts import read_mg
from landward.model.base import BadInput
from landward.model.plan_pack import FORMAT, unpack_plan
from landward.model.preparation import read_preparations
from landward.model.said import phrase
from landward.model.taper import TaperPlan
from landward.model.taper_given import GivenDose, GivenPlan, GivenStep, doses_sum

MOST_BYTES = 2_000_000
_CLOCK = re.compile(r"(?:at )?\d{1,2}(?:[:.]\d{2})?(?: ?(?:am|pm|h))?", re.IGNORECASE)
_PLAIN_TIME = re.compile(
    r"daily|(?:every|each) (?:morning|noon|midday|afternoon|evening|night)", re.IGNORECASE
)
_BETWEEN = re.compile(r"(?<!\d),|,(?!\d)|[+;]")
"""Between two doses; a comma between digits is a decimal comma."""
_MOST_TIME_WORDS = 6
_NO_TIME = """
and or twice thrice once times time each every other day daily per half quarter quarters one
two three four five six up to not no maybe about some tablet tablets tab tabs pill pills capsule
capsules drop drops of ml mg if needed prn skip never alternate alternating second third week
weekly
"""
"""Words that name no time of day."""


def read_plan_file(content: bytes, name: str) -> GivenPlan:
    """The plan in a file; its name's ending says which kind. Raises BadInput in one clear line."""
    if len(content) > MOST_BYTES:
        raise BadInput(phrase("{name} is too large to be a plan", name=name))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(phrase("{name} is not a text file", name=name)) from error
    if text.lstrip().startswith(PREFIX):
        return from_code(text.strip())
    ending = name.rsplit(".", 1)[-1].lower()
    if ending == "csv":
        return _from_csv(text, name)
    if ending == "toml":
        return _from_toml(text, name)
    if is_fhir(text):
        return read_plan_fhir(text, name)
    return given_of(read_plan_json(text, name))


def read_plan_json(text: str, name: str) -> TaperPlan:
    """A plan that Landward wrote: `plan --json`, a plan file, or what the journal keeps."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(
            phrase("{name} is not a plan file (TOML, CSV or JSON)", name=name)
        ) from error
    if not isinstance(raw, dict):
        raise BadInput(phrase("{name} holds no plan", name=name))
    if raw.get("format") == FORMAT:
        return unpack_plan(raw)
    fields = {key: value for key, value in raw.items() if key in TaperPlan.model_fields}
    try:
        return TaperPlan.model_validate(fields)
    except ValueError as error:
        raise BadInput(phrase("{name} holds no plan that can be read", name=name)) from error


def given_of(plan: TaperPlan) -> GivenPlan:
    """A plan Landward wrote, taken as given: its doses stay, its checks are asked afresh."""
    if not plan.steps:
        raise BadInput(phrase("this plan has no steps"))
    return GivenPlan.checked(
        title=plan.method,
        drug=plan.drug,
        source=f"plan version {plan.version}",
        held_mg=plan.from_mg,
        preparations=read_preparations(", ".join(plan.products)) if plan.products else (),
        steps=tuple(
            GivenStep(
                start=step.start,
                days=step.days,
                doses=tuple(
                    GivenDose(at=dose.at, drug=dose.drug, mg=dose.made_mg) for dose in step.doses
                ),
                total_mg=step.made_mg,
            )
            for step in plan.steps
        ),
    )


def _from_toml(text: str, name: str) -> GivenPlan:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name}: {error}") from error
    rows = raw.get("step")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BadInput(
            phrase("{name} has no [[step]] tables with start, days and doses", name=name)
        )
    for key in raw:
        if key not in (*PLAN_COLUMNS, *FREE_COLUMNS, "step", "held"):
            raise BadInput(
                phrase(
                    "{name}: what is “{key}”? A plan has {plan_columns}, held and [[step]]",
                    name=name,
                    key=key,
                    plan_columns=", ".join(PLAN_COLUMNS),
                )
            )
    steps = _steps(
        ((phrase("{name}, step {n}", name=name, n=n), row) for n, row in enumerate(rows, start=1)),
        raw,
    )
    held = read_doses(str(raw["held"]), phrase("{name}, held", name=name)) if "held" in raw else ()
    return _plan(raw, name, steps, held)


def _from_csv(text: str, name: str) -> GivenPlan:
    reader = csv.DictReader(io.StringIO(text))
    columns = [column.strip().casefold() for column in reader.fieldnames or ()]
    for column in columns:
        if column and columns.count(column) > 1:
            raise BadInput(
                phrase("{name}: the column “{column}” stands twice", name=name, column=column)
            )
    rows: list[tuple[str, dict[str, Any]]] = []
    for row in reader:
        where = phrase("{name}, line {line_num}", name=name, line_num=reader.line_num)
        if None in row:
            raise BadInput(
                phrase("{where} has more cells than the header has columns", where=where)
            )
        if any((value or "").strip() for value in row.values()):
            rows.append((where, {key: value or "" for key, value in row.items()}))
    if not rows:
        raise BadInput(phrase("{name} has no lines under its header", name=name))
    head = {
        key: value
        for key, value in tidy_columns(rows[0][1]).items()
        if key in PLAN_COLUMNS and value
    }
    return _plan(head, name, _steps(rows, head), ())


def _plan(
    raw: dict[str, Any], name: str, steps: tuple[GivenStep, ...], held: tuple[GivenDose, ...]
) -> GivenPlan:
    if not raw.get("drug"):
        raise BadInput(phrase("{name} does not say which drug it is for; add drug", name=name))
    return GivenPlan.checked(
        title=str(raw.get("title", phrase("the prescriber's plan"))),
        drug=str(raw["drug"]),
        source=str(raw.get("source", name)),
        held=held,
        held_mg=doses_sum(held) if held else None,
        preparations=read_preparations(str(raw["products"])) if raw.get("products") else (),
        steps=steps,
    )


def _steps(
    rows: Iterable[tuple[str, dict[str, Any]]], head: dict[str, Any]
) -> tuple[GivenStep, ...]:
    steps: list[GivenStep] = []
    for where, raw in rows:
        step = _step(raw, where, steps[-1] if steps else None, str(head.get("drug", "")))
        if steps and (end := steps[-1].start + timedelta(days=steps[-1].days)) < step.start:
            last = step.start - timedelta(days=1)
            raise BadInput(
                phrase(
                    "{where}: no line says what is taken from {end} to {last}; add one, even "
                    "where the dose stays the same",
                    where=where,
                    end=end,
                    last=last,
                )
            )
        steps.append(step)
    return tuple(steps)


def _step(raw: dict[str, Any], where: str, before: GivenStep | None, plan_drug: str) -> GivenStep:
    try:
        row = tidy_columns(raw)
    except BadInput as error:
        raise BadInput(f"{where}: {error}") from None
    start = _start(row, where, before)
    days = _days(row, where, start)
    own = str(row.get("drug") or "")
    doses, total = _doses(row, where, own if own.casefold() != plan_drug.casefold() else "")
    others = {dose.drug for dose in doses if dose.drug.casefold() not in ("", plan_drug.casefold())}
    if others and total is None:
        raise BadInput(
            phrase(
                "{where}: milligrams of {plan_drug} and {others} cannot be added up. "
                "Give each drug a file of its own, or add total_mg: the day in mg of "
                "{plan_drug}, as your prescriber counts it",
                where=where,
                plan_drug=plan_drug,
                others=" and ".join(sorted(others)),
            )
        )
    try:
        made = total if total is not None else doses_sum(doses)
        return GivenStep(start=start, days=days, doses=doses, total_mg=made)
    except ValueError as error:
        raise BadInput(
            phrase("{where}: {days} days is not a length a step can have", where=where, days=days)
        ) from error


def _start(row: dict[str, Any], where: str, before: GivenStep | None) -> date:
    given = row.get("start", "")
    if not given and before is not None:
        return before.start + timedelta(days=before.days)
    try:
        return given if type(given) is date else date.fromisoformat(str(given))
    except ValueError as error:
        raise BadInput(
            phrase(
                "{where}: “{given}” is not a date; write it like 2026-01-05",
                where=where,
                given=given,
            )
        ) from error


def _days(row: dict[str, Any], where: str, start: date) -> int:
    if row.get("end"):
        end = _start({"start": row["end"]}, where, None)
        if end < start:
            raise BadInput(
                phrase(
                    "{where}: the end ({end}) is before the start ({start})",
                    where=where,
                    end=end,
                    start=start,
                )
            )
        return (end - start).days + 1
    try:
        return int(str(row.get("days", "")))
    except ValueError as error:
        raise BadInput(
            phrase("{where}: how long? give days, or the last day as end", where=where)
        ) from error


def _doses(
    row: dict[str, Any], where: str, drug: str
) -> tuple[tuple[GivenDose, ...], Fraction | None]:
    """The doses of a row, and the day's total where a column says it beside doses in words."""
    text = row.get("doses") or row.get("dose")
    if text is None or text == "":
        found = doses_of_columns(row, where)
        if found is None:
            raise BadInput(
                phrase(
                    "{where}: no dose; write for example doses = “morning 8 mg, night 10 mg”",
                    where=where,
                )
            )
        return _named(found, drug), None
    doses = _named(read_doses(str(text), where), drug)
    total = total_of_columns(row, where)
    if total is not None and len({dose.drug for dose in doses}) < 2 and not drug:
        compare_totals(doses, {"the total": total}, where)
    return doses, total


def _named(doses: tuple[GivenDose, ...], drug: str) -> tuple[GivenDose, ...]:
    """The doses under the row's own drug, where it is not the plan's."""
    if not drug:
        return doses
    return tuple(dose if dose.drug else dose.model_copy(update={"drug": drug}) for dose in doses)


def read_doses(text: str, where: str) -> tuple[GivenDose, ...]:
    """“18 mg”, “morning 8 mg, night 10 mg”, “noon 1 mg lorazepam + night 10 mg diazepam”, “none”.

    Every amount needs its unit. Raises BadInput where one is missing or a part cannot be read.
    """
    if text.strip().lower() in {"none", "stop", "0 mg"}:
        return ()
    found = [_one_dose(part.strip(), where) for part in _BETWEEN.split(text)]
    times = [(dose.at, dose.drug) for dose in found]
    if len(set(times)) != len(times):
        raise BadInput(
            phrase(
                "{where}: the same dose time stands twice in “{text}”",
                where=where,
                text=text.strip(),
            )
        )
    return tuple(found)


def _one_dose(part: str, where: str) -> GivenDose:
    """“night 10 mg”, “morning ½ tablet of 5 mg”, “noon 1 mg lorazepam”: the first word that begins
    an amount ends the name of the dose time.
    """
    words = part.split()
    why: BadInput | None = None
    for start in range(min(len(words), _MOST_TIME_WORDS + 1)):
        at = " ".join(words[:start])
        for drug in ("", words[-1]) if words[-1].isalpha() and len(words[-1]) > 2 else ("",):
            amount = " ".join(words[start : len(words) - bool(drug)])
            try:
                mg = read_mg(amount, where, unit_needed=True, zero=True)
            except BadInput as error:
                why = why or error
                continue
            _refuse_habit(at, part, where)
            return GivenDose(at=at or ONE_TIME, mg=mg, drug=drug)
    if why is not None and len(words) <= 2:
        raise why
    raise BadInput(
        phrase(
            "{where}: “{part}” is not a dose; say each dose time, like “morning 1 mg, night 10 mg”",
            where=where,
            part=part,
        )
    )


def _refuse_habit(at: str, part: str, where: str) -> None:
    """Words such as “twice a day” name no time of day: what they mean must be written out."""
    if re.search(r"\d", at) and not re.fullmatch(
        r"(?:at )?\d{1,2}(?:[:.]\d{2})?(?: ?(?:am|pm|h))?", at
    ):
        raise BadInput(
            phrase("{where}: “{part}” is not a dose; write “night 10 mg”", where=where, part=part)
        )
    if _PLAIN_TIME.fullmatch(at):
        return
    for word in re.findall(r"[^\W\d_]+", at.casefold()):
        if word in _NO_TIME.split():
            raise BadInput(
                phrase(
                    "{where}: “{part}”: “{word}” is no time of day. Say each dose time, like "
                    "“morning 1 mg, night 1 mg”",
                    where=where,
                    part=part,
                    word=word,
                )
            )
