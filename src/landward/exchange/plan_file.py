"""A plan in a file: typed by a prescriber (TOML, CSV), or written by Landward (JSON, code).

Everything is read as given; whether it keeps any rule is asked afterwards. Amounts need a unit,
either with the number (“18 mg”) or in the name of the column (`dose_mg`).
"""

import csv
import io
import json
import re
import tomllib
from datetime import date, timedelta
from typing import Any

from landward.exchange.plan_code import PREFIX, from_code
from landward.model.amounts import read_mg
from landward.model.base import BadInput
from landward.model.plan_pack import FORMAT, unpack_plan
from landward.model.preparation import read_preparations
from landward.model.taper import TaperPlan
from landward.model.taper_given import GivenDose, GivenPlan, GivenStep, doses_sum

MOST_BYTES = 2_000_000
ONE_TIME = "daily"
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
        raise BadInput(f"{name} is too large to be a plan")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{name} is not a text file") from error
    if text.lstrip().startswith(PREFIX):
        return from_code(text.strip())
    ending = name.rsplit(".", 1)[-1].lower()
    if ending == "csv":
        return _from_csv(text, name)
    if ending == "toml":
        return _from_toml(text, name)
    return given_of(read_plan_json(text, name))


def read_plan_json(text: str, name: str) -> TaperPlan:
    """A plan that Landward wrote: `plan --json`, a plan file, or what the journal keeps."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{name} is not a plan file (TOML, CSV or JSON)") from error
    if not isinstance(raw, dict):
        raise BadInput(f"{name} holds no plan")
    if raw.get("format") == FORMAT:
        return unpack_plan(raw)
    fields = {key: value for key, value in raw.items() if key in TaperPlan.model_fields}
    try:
        return TaperPlan.model_validate(fields)
    except ValueError as error:
        raise BadInput(f"{name} holds no plan that can be read") from error


def given_of(plan: TaperPlan) -> GivenPlan:
    """A plan Landward wrote, taken as given: its doses stay, its checks are asked afresh."""
    if not plan.steps:
        raise BadInput("this plan has no steps")
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
    if not isinstance(rows, list):
        raise BadInput(f"{name} has no [[step]] tables with start, days and doses")
    steps, after = [], None
    for number, row in enumerate(rows, start=1):
        where = f"{name}, step {number}"
        steps.append(_step(row, where, after))
        after = steps[-1]
    held = read_doses(str(raw["held"]), f"{name}, held") if "held" in raw else ()
    return _plan(raw, name, tuple(steps), held)


def _from_csv(text: str, name: str) -> GivenPlan:
    rows = list(csv.DictReader(io.StringIO(text)))
    if not rows:
        raise BadInput(f"{name} has no lines under its header")
    steps: list[GivenStep] = []
    for number, row in enumerate(rows, start=2):
        cells = {str(key).strip(): (value or "").strip() for key, value in row.items() if key}
        after = steps[-1] if steps else None
        steps.append(_step(cells, f"{name}, line {number}", after))
    head = {
        key: (rows[0].get(key) or "").strip() for key in ("drug", "title", "products", "source")
    }
    return _plan({key: value for key, value in head.items() if value}, name, tuple(steps), ())


def _plan(
    raw: dict[str, Any], name: str, steps: tuple[GivenStep, ...], held: tuple[GivenDose, ...]
) -> GivenPlan:
    if not raw.get("drug"):
        raise BadInput(f"{name} does not say which drug it is for; add drug")
    return GivenPlan.checked(
        title=str(raw.get("title", "the prescriber's plan")),
        drug=str(raw["drug"]),
        source=str(raw.get("source", name)),
        held=held,
        held_mg=doses_sum(held) if held else None,
        preparations=read_preparations(str(raw["products"])) if raw.get("products") else (),
        steps=steps,
    )


def _step(row: dict[str, Any], where: str, before: GivenStep | None) -> GivenStep:
    start = _start(row, where, before)
    days = _days(row, where, start)
    doses = _doses(row, where)
    try:
        return GivenStep(start=start, days=days, doses=doses, total_mg=doses_sum(doses))
    except ValueError as error:
        raise BadInput(f"{where}: {days} days is not a length a step can have") from error


def _start(row: dict[str, Any], where: str, before: GivenStep | None) -> date:
    given = row.get("start", "")
    if not given and before is not None:
        return before.start + timedelta(days=before.days)
    try:
        return given if type(given) is date else date.fromisoformat(str(given))
    except ValueError as error:
        raise BadInput(f"{where}: “{given}” is not a date; write it like 2026-01-05") from error


def _days(row: dict[str, Any], where: str, start: date) -> int:
    if row.get("end"):
        end = _start({"start": row["end"]}, where, None)
        if end < start:
            raise BadInput(f"{where}: the end ({end}) is before the start ({start})")
        return (end - start).days + 1
    try:
        return int(str(row.get("days", "")))
    except ValueError as error:
        raise BadInput(f"{where}: how long? give days, or the last day as end") from error


def _doses(row: dict[str, Any], where: str) -> tuple[GivenDose, ...]:
    columns = [key for key in row if key.endswith("_mg") and str(row[key]) != ""]
    if columns:
        return tuple(
            GivenDose(at=_time_of(key), mg=read_mg(str(row[key]), f"{where}, {key}", zero=True))
            for key in columns
        )
    text = row.get("doses") or row.get("dose")
    if text is None or text == "":
        raise BadInput(f"{where}: no dose; write for example doses = “morning 8 mg, night 10 mg”")
    return read_doses(str(text), where)


def _time_of(column: str) -> str:
    name = column.removesuffix("_mg")
    return ONE_TIME if name in {"dose", "total", "daily"} else name.replace("_", " ")


def read_doses(text: str, where: str) -> tuple[GivenDose, ...]:
    """“18 mg”, “morning 8 mg, night 10 mg”, “noon 1 mg lorazepam + night 10 mg diazepam”, “none”.

    Every amount needs its unit. Raises BadInput where one is missing or a part cannot be read.
    """
    if text.strip().lower() in {"none", "stop", "0 mg"}:
        return ()
    found = [_one_dose(part.strip(), where) for part in _BETWEEN.split(text)]
    times = [(dose.at, dose.drug) for dose in found]
    if len(set(times)) != len(times):
        raise BadInput(f"{where}: the same dose time stands twice in “{text.strip()}”")
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
        f"{where}: “{part}” is not a dose; say each dose time, like “morning 1 mg, night 10 mg”"
    )


def _refuse_habit(at: str, part: str, where: str) -> None:
    """Words such as “twice a day” name no time of day: what they mean must be written out."""
    if re.search(r"\d", at) and not re.fullmatch(
        r"(?:at )?\d{1,2}(?:[:.]\d{2})?(?: ?(?:am|pm|h))?", at
    ):
        raise BadInput(f"{where}: “{part}” is not a dose; write “night 10 mg”")
    if _PLAIN_TIME.fullmatch(at):
        return
    for word in re.findall(r"[^\W\d_]+", at.casefold()):
        if word in _NO_TIME.split():
            raise BadInput(
                f"{where}: “{part}”: “{word}” is no time of day. Say each dose time, like "
                "“morning 1 mg, night 1 mg”"
            )
