"""How sure are these tables? Rows by status, the last reading, and the last sample's errors."""

import math
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from landward.catalog.catalog import Catalog
from landward.model.facts import Status
from landward.model.row_readings import ErrorRate, Sample, Sureness
from landward.model.said import phrase

_Z = 1.959964
"""Standard normal quantile of a two-sided 95 % interval."""


def how_sure(catalog: Catalog) -> Sureness:
    """What the tables can say of themselves; the order of samples is by day, then id."""
    about_rows = (*catalog.readings, *catalog.samples)
    apart = {row.id for row in about_rows}
    rows = [row for row in catalog.rows_by_id.values() if row.id not in apart]
    status = Counter(row.status for row in rows)
    days = [reading.read_on for reading in catalog.readings]
    days += [line.checked_on for line in catalog.crisis_lines if line.usable]
    rate = last_error_rate(catalog.samples)
    return Sureness(
        rows=len(rows),
        double_checked=status[Status.DOUBLE_CHECKED],
        draft=status[Status.DRAFT],
        withdrawn=status[Status.WITHDRAWN],
        readings=len(catalog.readings),
        last_reading=max(days, default=None),
        error_rate=rate,
        plain=_words(len(rows), status, rate),
    )


def last_error_rate(samples: Sequence[Sample]) -> ErrorRate | None:
    """The error rate of the last usable sample, or None where nobody has drawn one."""
    drawn = [sample for sample in samples if sample.usable and sample.checkable]
    if not drawn:
        return None
    last = max(drawn, key=lambda sample: (sample.taken_on, sample.id))
    low, high = wilson(last.wrong, last.checkable)
    return ErrorRate(
        sample=last.id,
        taken_on=last.taken_on,
        checkable=last.checkable,
        wrong=last.wrong,
        percent=_percent(last.wrong / last.checkable),
        low_percent=_percent(low),
        high_percent=_percent(high),
    )


def wilson(found: int, of: int) -> tuple[float, float]:
    """The 95 % Wilson score interval of a share, both ends between 0 and 1.

    Source: Wilson EB, J Am Stat Assoc 1927;22:209.
    """
    share, square = found / of, _Z * _Z
    middle = share + square / (2 * of)
    half = _Z * math.sqrt(share * (1 - share) / of + square / (4 * of * of))
    whole = 1 + square / of
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def _percent(share: float) -> Decimal:
    return Decimal(str(round(100 * share, 1)))


def _words(rows: int, status: Counter[Status], rate: ErrorRate | None) -> str:
    counted = phrase(
        "{rows} rows: {double_checked} double-checked, {draft} draft, {withdrawn} withdrawn. "
        "No clinician has reviewed any of them.",
        rows=rows,
        double_checked=status[Status.DOUBLE_CHECKED],
        draft=status[Status.DRAFT],
        withdrawn=status[Status.WITHDRAWN],
    )
    if rate is None:
        return phrase("{counted} No sample has been drawn.", counted=counted)
    return phrase(
        "{counted} In the last sample ({day}) {wrong} of {checkable} rows that could be checked "
        "were wrong or stronger than their source: {percent} % (likely between {low} and "
        "{high} %).",
        counted=counted,
        day=rate.taken_on.isoformat(),
        wrong=rate.wrong,
        checkable=rate.checkable,
        percent=rate.percent,
        low=rate.low_percent,
        high=rate.high_percent,
    )
