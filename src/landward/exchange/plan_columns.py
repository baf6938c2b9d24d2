"""The columns of a typed plan: which are dose times, which are a total, which are neither.

Nothing is dropped in silence. A column is one the plan knows, a dose time (`morning_mg`,
“Night (mg)”, “night” over “5 mg”), or it is refused by its name. A total beside dose times is
compared with their sum and never added to it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from landward.model.amounts import exact_text, read_mg
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.model.taper_given import GivenDose, doses_sum

ONE_TIME = "daily"
STEP_COLUMNS = ("start", "days", "end", "doses", "dose", "drug")
PLAN_COLUMNS = ("drug", "title", "products", "source")
FREE_COLUMNS = ("note", "notes", "step", "line")
"""Read by nothing here and safe to leave: they say no amount and no day."""

_TOTALS = {
    "total", "total a day", "total per day", "daily total", "total daily", "total dose",
    "total daily dose", "daily", "daily dose", "day", "day total", "a day", "per day", "dose",
    "sum",
}  # fmt: skip
_UNITS = {
    "mg": 1, "milligram": 1, "milligrams": 1,
    "ug": 1000, "µg": 1000, "μg": 1000, "mcg": 1000, "microgram": 1000, "micrograms": 1000,
}  # fmt: skip
_WITH_UNIT = re.compile(
    rf"(?P<name>.*?)[\s_]*[(\[]?\b(?P<unit>{'|'.join(_UNITS)})\b[)\]]?", re.IGNORECASE
)


@dataclass(frozen=True)
class Column:
    """One column that holds amounts. `per_mg` is how many of its unit make 1 mg; None: in cells."""

    name: str
    per_mg: int | None

    @property
    def total(self) -> bool:
        """Whether it says the whole day rather than one dose time."""
        return self.name in _TOTALS


def tidy_columns(row: Mapping[Any, Any]) -> dict[str, Any]:
    """The row with its own columns under their plain names; other names stay as typed.

    Raises BadInput where two columns have one name.
    """
    known = {*STEP_COLUMNS, *PLAN_COLUMNS, *FREE_COLUMNS}
    tidy: dict[str, Any] = {}
    for key, value in row.items():
        name = str(key).strip()
        plain = name.casefold()
        name = plain if plain in known else name
        if name in tidy:
            raise BadInput(phrase("the column “{name}” stands twice", name=name))
        tidy[name] = value.strip() if isinstance(value, str) else value
    return tidy


def doses_of_columns(row: Mapping[str, Any], where: str) -> tuple[GivenDose, ...] | None:
    """The doses a row's columns say; None where no column says one.

    Raises BadInput, naming the column, for a column that is neither known nor a dose, two columns
    for one dose time, and a total that is not the sum.
    """
    times: dict[str, GivenDose] = {}
    totals: dict[str, Fraction] = {}
    for key, cell in row.items():
        if key in (*STEP_COLUMNS, *PLAN_COLUMNS, *FREE_COLUMNS) or cell is None or str(cell) == "":
            continue
        column, mg = _amount(key, str(cell), where)
        if column.total:
            totals[key] = mg
        elif column.name in times:
            raise BadInput(
                phrase(
                    "{where}: “{name}” stands in two columns; keep one",
                    where=where,
                    name=column.name,
                )
            )
        else:
            times[column.name] = GivenDose(at=column.name, mg=mg)
    if times:
        compare_totals(tuple(times.values()), totals, where)
        return tuple(times.values())
    if not totals:
        return None
    if len(set(totals.values())) > 1:
        raise BadInput(
            phrase(
                "{where}: {totals} say different doses for one day",
                where=where,
                totals=" and ".join(totals),
            )
        )
    return (GivenDose(at=ONE_TIME, mg=next(iter(totals.values()))),)


def total_of_columns(row: Mapping[str, Any], where: str) -> Fraction | None:
    """What a row's total column says of the day, beside doses written in words; None without one.

    Raises BadInput for a column that is no total: a dose time beside `doses` says a dose twice.
    """
    found: dict[str, Fraction] = {}
    for key, cell in row.items():
        if key in (*STEP_COLUMNS, *PLAN_COLUMNS, *FREE_COLUMNS) or cell is None or str(cell) == "":
            continue
        column, mg = _amount(key, str(cell), where)
        if not column.total:
            raise BadInput(
                phrase(
                    "{where}: “{key}” stands beside doses in words; keep one of the two",
                    where=where,
                    key=key,
                )
            )
        found[key] = mg
    if len(set(found.values())) > 1:
        raise BadInput(
            phrase(
                "{where}: {found} say different doses for one day",
                where=where,
                found=" and ".join(found),
            )
        )
    return next(iter(found.values()), None)


def compare_totals(
    doses: tuple[GivenDose, ...], totals: Mapping[str, Fraction], where: str
) -> None:
    """Raises BadInput where a total is not the sum of the doses beside it."""
    made = doses_sum(doses)
    for key, total in totals.items():
        if total != made:
            raise BadInput(
                phrase(
                    "{where}: “{key}” says {exact_text} mg, but the dose times add up to "
                    "{exact_text_2} mg; which is right?",
                    where=where,
                    key=key,
                    exact_text=exact_text(total),
                    exact_text_2=exact_text(made),
                )
            )


def _amount(key: str, cell: str, where: str) -> tuple[Column, Fraction]:
    column = _column(key)
    try:
        mg = read_mg(cell, f"{where}, {key}", unit_needed=column.per_mg is None, zero=True)
    except BadInput:
        if column.per_mg is not None:
            raise
        known = ", ".join((*STEP_COLUMNS, *PLAN_COLUMNS, "note"))
        raise BadInput(
            phrase(
                "{where}: what is “{key}”? It is no dose time with an amount and its "
                "unit, like “{value}_mg”, and none of {known}",
                where=where,
                key=key,
                value=key.strip() or "night",
                known=known,
            )
        ) from None
    bare = not any(sign.isalpha() for sign in cell)
    return column, mg / column.per_mg if column.per_mg and bare else mg


def _column(key: str) -> Column:
    """What a heading says: “Night_MG” is night in mg, “night (micrograms)” night in micrograms."""
    found = _WITH_UNIT.fullmatch(key.replace("_", " ").strip())
    name = (found["name"] if found else key.replace("_", " ")).strip().casefold()
    per_mg = _UNITS[found["unit"].casefold()] if found else None
    return Column(" ".join(name.split()) or "total", per_mg)
