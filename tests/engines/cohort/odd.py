"""Small pooled data sets full of what goes wrong: ties, nulls, empty groups, people without days.

Made from one seed, all in one set of tables, each data set under its own `cohort` number.
"""

import random
from typing import Any

import pyarrow as pa

from landward.model.cohort import TABLES, TableShape

Rows = dict[str, list[dict[str, Any]]]
ARROW = {
    "int64": pa.int64(),
    "int32": pa.int32(),
    "int16": pa.int16(),
    "int8": pa.int8(),
    "text": pa.string(),
}


def odd_cohort(seed: int) -> Rows:
    """One data set. Some have nobody in them, some nobody who was asked, some one person."""
    dice = random.Random(seed)
    rows: Rows = {shape.name: [] for shape in TABLES}
    for number in range(dice.choice([0, 1, 2, 5, 9])):
        person = dice.choice([number, -number - 1, 2**60 + number])
        first = dice.choice([-30, -7, -1, 0])
        last = first + dice.choice([0, 6, 20, 75, 120])
        cuts = dice.random() < 0.7
        rows["people"].append(
            {
                "person": person,
                "zero": "first_cut" if cuts else "first_day",
                "first_day": first,
                "last_day": last,
                "last_dose_day": dice.choice([None, dice.randint(first, last)]) if cuts else None,
                "ended": dice.choice(["data_cut", "left"]),
                "start_dose_ug": dice.choice([None, 20_000]),
                "drug": dice.choice(["diazepam", "clonazepam", None, ""]) or None,
                "sex": dice.choice(["f", "m", None]),
                "age_band": None,
                "country": dice.choice(["ca", "Ca", "é"]),
                "channel": dice.choice(["clinic", "forum"]),
                "indication": None,
                "consent": "1",
            }
        )
        _days(dice, rows, person, first, last, cuts)
    return rows


def _days(dice: random.Random, rows: Rows, person: int, first: int, last: int, cuts: bool) -> None:
    dose, rate = 20_000, dice.random()
    for day in range(first, last + 1):
        if dice.random() < 0.85:
            severity = dice.choice([None, dice.randint(0, 10), 5])
            rows["days"].append(
                {"person": person, "day": day, "severity": severity, "dose_ug": dose}
            )
        for item in (0, 1, 2):
            if dice.random() < 0.7:
                state = 2 if dice.random() < 0.2 else int(dice.random() < rate)
                value = None if state == 2 else state * 3
                rows["answers"].append(
                    {"person": person, "day": day, "item": item, "state": state, "value": value}
                )
        if cuts and day >= 0 and dice.random() < 0.06:
            for nth in range(dice.choice([1, 1, 2])):  # two changes on one day: a tie
                to = dose + dice.choice([-3000, -333, 1000, -7])
                change = {"day": day, "nth": nth, "from_ug": dose, "to_ug": max(to, 0)}
                rows["dose_changes"].append({"person": person, **change})
                dose = max(to, 0) or 20_000


def as_arrow(shape: TableShape, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as an Arrow table, with the `cohort` column if they hold one."""
    fields = [(column.name, ARROW[column.kind]) for column in shape.columns]
    if rows and "cohort" in rows[0]:
        fields.insert(0, ("cohort", pa.int32()))
    return pa.Table.from_pylist(rows, schema=pa.schema(fields))
