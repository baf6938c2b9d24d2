"""Whether the body has likely got used to the medicine: a published table, looked up."""

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from landward.model.base import BadInput
from landward.model.safety import DependenceReading, DependenceRule, DoseBand, Finding
from landward.model.said import phrase

Band = Literal["low", "moderate", "high", "not_known"]
_NOT_KNOWN = phrase("This cannot be read from the table yet: {what} is not known.")


def dependence_risk(
    *,
    days_per_week: float,
    months: float | None,
    drug: str,
    dose_mg_per_day: Decimal | None,
    rules: Sequence[DependenceRule],
    bands: Sequence[DoseBand],
    diazepam_mg_per_day: tuple[Decimal, Decimal] | None = None,
) -> DependenceReading:
    """Look a pattern of use up in the table (`rules`) with its dose bands (`bands`).

    `months` of use and the daily dose (mg) may be unknown (None). For a drug without a band of
    its own, `diazepam_mg_per_day` may give the lowest and highest equal dose of diazepam: the
    band counts only when both ends lie in the same one. Part days count up, so 3.5 days a week is
    read as 4. Raises BadInput for days outside 0 to 7, negative months or doses.
    """
    if not 0 < days_per_week <= 7:
        raise BadInput(
            phrase(
                "{days_per_week} days a week cannot be; it is more than 0 and at most 7",
                days_per_week=format(days_per_week, "g"),
            )
        )
    if months is not None and months < 0:
        raise BadInput(phrase("months of use cannot be negative"))
    band = _band(drug, dose_mg_per_day, bands, diazepam_mg_per_day)
    days = math.ceil(days_per_week)
    fitting = [rule for rule in rules if rule.days_low <= days <= rule.days_high]
    if months is not None:
        fitting = [rule for rule in fitting if _months_fit(rule, months)]
    elif any(rule.months_from is not None for rule in fitting):
        return _unknown(band, phrase("how many months it has been"))
    if len(fitting) > 1:
        if band == "not_known":
            return _unknown(band, phrase("whether the dose is low or higher"))
        wanted = "low" if band == "low" else "moderate_or_high"
        fitting = [rule for rule in fitting if rule.dose_band in {wanted, "any"}]
    if len(fitting) != 1:
        raise ValueError(
            phrase(
                "the dependence table has {count} rows for one pattern of use", count=len(fitting)
            )
        )
    rule = fitting[0]
    finding = Finding.of(rule, rule.plain)
    return DependenceReading(risk=rule.risk, dose_band=band, finding=finding, plain=rule.plain)


def _months_fit(rule: DependenceRule, months: float) -> bool:
    reached = rule.months_from is None or months >= rule.months_from
    return reached and (rule.months_below is None or months < rule.months_below)


def _unknown(band: Band, what: str) -> DependenceReading:
    plain = _NOT_KNOWN.format(what=what)
    return DependenceReading(risk="not_known", dose_band=band, finding=None, plain=plain)


def _band(
    drug: str,
    dose_mg: Decimal | None,
    bands: Sequence[DoseBand],
    diazepam_mg: tuple[Decimal, Decimal] | None,
) -> Band:
    known = {band.drug: band for band in bands}
    if dose_mg is not None and dose_mg < 0:
        raise BadInput(phrase("a daily dose cannot be negative"))
    if dose_mg is not None and drug in known:
        return _within(known[drug], dose_mg)
    if diazepam_mg is not None and "diazepam" in known:
        low, high = (_within(known["diazepam"], dose) for dose in diazepam_mg)
        return low if low == high else "not_known"
    return "not_known"


def _within(band: DoseBand, dose_mg: Decimal) -> Band:
    if dose_mg <= band.low_up_to_mg:
        return "low"
    return "moderate" if dose_mg <= band.moderate_up_to_mg else "high"
