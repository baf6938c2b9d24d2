"""FHIR of generated diaries, each with a plan: two validators, our bindings, and the plan back.

    python benchmarks/report/bundles.py --many 200

The second validator (fhirkit, a Rust reader of R4) is used where it is installed; it is no
dependency of Landward. Structure is checked by both; words bound to HL7's lists by our own table.
"""

import argparse
import datetime as dt
import json
import random
from fractions import Fraction
from typing import Any

from diaries import Pen
from fhir.resources.R4B.bundle import Bundle
from generated import START, generated

from landward.app.share.fhir import make_fhir
from landward.exchange.plan_file import read_plan_file
from landward.model.bodies import PlanAdopted
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.model.readers import Reader
from landward.report.blocks.all_blocks import CHOSEN
from landward.report.fhir.bindings import faults

try:
    import fhirkit
except ImportError:
    fhirkit = None

NOW = Moment(at=dt.datetime(2026, 12, 1, tzinfo=dt.UTC), zone="UTC")
LIVED = ("check_in", "dose_taken", "sleep", "scale", "feelings")
TIMES = ("morning", "noon", "evening", "bedtime", "after tea", "8 am")


def with_plan(seed: int) -> tuple[list[Entry], list[tuple[str, int, Fraction, list[Any]]]]:
    """A generated diary with an adopted plan, and the plan's steps as they were written."""
    dice = random.Random(f"plan {seed}")
    day, rows, steps = START, [], []
    for _ in range(dice.randint(1, 12)):
        at = dice.sample(TIMES, dice.randint(1, 4))
        parts = (1, 4, 8, 10, 3, 7)
        doses = [(one, Fraction(dice.randint(1, 300), dice.choice(parts))) for one in at]
        days, total = dice.randint(1, 42), sum((mg for _, mg in doses), Fraction(0))
        rows.append({"start": day.isoformat(), "days": days, "made_mg": str(total),
                     "doses": [{"at": one, "made_mg": str(mg)} for one, mg in doses]})  # fmt: skip
        steps.append((day.isoformat(), days, total, doses))
        day += dt.timedelta(days=days)
    pen = Pen(f"plan-{seed}")
    plan = json.dumps({"drug": "diazepam", "steps": rows})
    pen.write(PlanAdopted(plan=plan, tables_version="-"), START)
    return [*generated(seed), *pen.entries], steps


def errors_in(raw: bytes) -> list[str]:
    """What two validators and our own table of bound words find."""
    found = list(faults(json.loads(raw)))
    try:
        Bundle.model_validate_json(raw)
    except ValueError as error:
        found.append(f"fhir.resources: {str(error)[:200]}")
    if fhirkit is not None:
        found += [f"fhirkit: {i.path} {i.message}" for i in fhirkit.validate(raw)
                  if i.severity == "error"]  # fmt: skip
    return found


def some_reader(seed: int, last: dt.date) -> Reader:
    """Somebody who may see some parts of some days."""
    dice = random.Random(f"reader {seed}")
    names = [block.name for block in CHOSEN]
    return Reader(name="A", hidden=tuple(dice.sample(names, dice.randint(0, len(names)))),
                  since=min(last, START + dt.timedelta(days=dice.randint(0, 20))))  # fmt: skip


def leaked(raw: bytes, reader: Reader) -> list[str]:
    """What such a reader may not see and is in the bundle all the same."""
    resources = [entry["resource"] for entry in json.loads(raw)["entry"]]
    kinds = {one["resourceType"] for one in resources}
    found = []
    if {"doses", "taper"} & set(reader.hidden):
        gone = {"MedicationStatement", "MedicationRequest", "CarePlan"} & kinds
        found += [f"leaked: {kind}" for kind in sorted(gone)]
    if "everyday" in reader.hidden and "QuestionnaireResponse" in kinds:
        found.append("leaked: QuestionnaireResponse")
    days = [one["effectiveDateTime"] for one in resources if "effectiveDateTime" in one]
    if reader.since and any(day < reader.since.isoformat() for day in days):
        found.append("leaked: a day before")
    texts = {
        one["code"].get("text", "") for one in resources if one["resourceType"] == "Observation"
    }
    if {"chart", "days"} & set(reader.hidden) and "how hard the day was" in texts:
        found.append("leaked: how hard a day was")
    return found


def main() -> int:
    """Check so many diaries; says every difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=200)
    many = parser.parse_args().many
    wrong = resources = plans = 0
    for seed in range(many):
        entries, steps = with_plan(seed)
        raw = make_fhir(entries, NOW)
        resources += len(json.loads(raw)["entry"])
        found = errors_in(raw)
        reader = some_reader(seed, max(e.date for e in entries if e.kind in LIVED))
        narrowed = make_fhir(entries, NOW, seen=reader)
        found += [f"for a reader: {one}" for one in errors_in(narrowed)]
        found += leaked(narrowed, reader)
        back = [
            (one.start.isoformat(), one.days, one.total_mg, [(d.at, d.mg) for d in one.doses])
            for one in read_plan_file(raw, "bundle.json").steps
        ]
        plans += back == steps
        if back != steps:
            found.append("the plan that came back is another")
        wrong += len(found)
        for line in found[:3]:
            print(f"diary {seed}: {line}")
    second = f"fhirkit {fhirkit.__version__}" if fhirkit else "no second validator installed"
    print(f"{many} diaries, each whole and for a reader, {resources} resources in the whole ones")
    print(f"R4B classes and {second}: {wrong} errors; {plans} of {many} plans came back exactly")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
