"""What was planned, taken, settled and changed, and the supply, as JSON."""

import datetime as dt
from decimal import Decimal
from typing import Any

from landward.model.medicines import DayDose, DoseChange, Medicine, MedicineRecord
from landward.report.words import dose_words


def as_json(record: MedicineRecord, first: dt.date, last: dt.date) -> dict[str, Any]:
    """The shape of `doses --json`: every drug as known on `last`, its days from `first` on."""
    return {
        "from": first.isoformat(),
        "until": last.isoformat(),
        "drugs": [_drug(medicine, first, last) for medicine in record.medicines.values()],
    }


def _drug(medicine: Medicine, first: dt.date, last: dt.date) -> dict[str, Any]:
    way, supply = medicine.way(last), medicine.supply(last)
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    return {
        "drug": medicine.drug,
        "own_word": medicine.own_word,
        "settled_mg": mg_json(way.settled_mg),
        "planned_mg": mg_json(medicine.planned_mg(last)),
        "prescribed_mg": mg_json(medicine.prescribed_mg(last)),
        "last_change": _change(way.changes[-1]) if way.changes else None,
        "missed_7": len(medicine.missed_days(last)),
        "days": [day_json(medicine.on(day)) for day in days],
        "supply_days": None if supply is None else str(supply.days),
        "supply": None
        if supply is None
        else {
            "dispensed_on": supply.dispensed_on.isoformat(),
            "left_mg": mg_json(supply.left_mg),
            "counted_from": supply.counted_from,
            "days_as_taken": supply.known_days,
            "days_as_planned": supply.unknown_days,
        },
    }


def day_json(dose: DayDose) -> dict[str, Any]:
    """One drug on one day; what was taken as needed stands apart."""
    return {
        "date": dose.day.isoformat(),
        "taken_mg": mg_json(dose.taken_mg),
        "as_needed_mg": mg_json(dose.as_needed_mg),
        "state": dose.state.value,
    }


def mg_json(amount: Decimal | None) -> str | None:
    """An exact amount as text, without trailing zeros."""
    return None if amount is None else dose_words(amount)


def _change(change: DoseChange) -> dict[str, Any]:
    return {
        "date": change.day.isoformat(),
        "from_mg": mg_json(change.from_mg),
        "to_mg": mg_json(change.to_mg),
        "percent": None if change.percent is None else str(change.percent),
    }
