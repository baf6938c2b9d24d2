"""The table of `tests/scenarios/doses`, written before the code: one answer a row."""

import datetime as dt
import random
from decimal import Decimal
from typing import Any

import pytest
from tests.model.medicines.scenarios import TABLE, day_journal, settled_journal

from landward.app.library.known_words import KNOWN
from landward.model.diary import fold
from landward.model.medicines import medicine_record
from landward.model.medicines.supply import used_mg

DAYS = [pytest.param(case, id=case["id"]) for case in TABLE["day"]]
SETTLED = [pytest.param(case, id=case["id"]) for case in TABLE["settled"]]


def text(mg: Decimal | None) -> str | None:
    return None if mg is None else f"{mg.normalize():f}"


@pytest.mark.parametrize("case", DAYS)
def test_the_days_dose(case: dict[str, Any]) -> None:
    entries = day_journal(case)
    shuffled = random.Random(7).sample(entries, len(entries))
    for journal in (entries, entries[::-1], shuffled):
        record = medicine_record(fold(journal, KNOWN).lines)
        for right in case["right"]:
            medicine, day = record.of(right["drug"]), dt.date.fromisoformat(right["date"])
            dose = medicine.on(day)
            used, from_taken = used_mg(dose, medicine.expected_mg(day))
            said = {
                "drug": medicine.drug,
                "date": day.isoformat(),
                "state": dose.state.value,
                "taken_mg": text(dose.taken_mg),
                "as_needed_mg": text(dose.as_needed_mg),
                "supply_used_mg": text(used),
                "supply_from": None if used is None else "taken" if from_taken else "planned",
            }
            assert said == right, case


@pytest.mark.parametrize("case", SETTLED)
def test_the_settled_dose(case: dict[str, Any]) -> None:
    entries, until = settled_journal(case)
    medicine = medicine_record(fold(entries).lines).of("x")
    way = medicine.way(until)
    last = way.changes[-1] if way.changes else None
    said = {
        "settled_mg": text(way.settled_mg),
        "last_change": last
        and {
            "date": last.day.isoformat(),
            "from_mg": text(last.from_mg),
            "to_mg": text(last.to_mg),
            "percent": None if last.percent is None else str(last.percent),
        },
        "missed_7": len(medicine.missed_days(until)),
    }
    assert said == case["right"], case
