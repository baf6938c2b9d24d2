"""Checks of readings and samples: each reading names a row and one of its sources, and agrees."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from landward.model.facts import Fact, Status


def reading_faults(
    rows: Mapping[str, Sequence[Any]], facts: Sequence[Fact], today: date | None
) -> Iterator[str]:
    """What is wrong in the tables of readings and samples."""
    known = {row.id: row for row in facts}
    for reading in rows["readings"]:
        row = known.get(reading.row)
        if row is None:
            yield f"{reading.id}: no row is called “{reading.row}”"
            continue
        if not set(reading.source) <= set(row.source):
            yield f"{reading.id}: {reading.row} does not cite {', '.join(reading.source)}"
        if reading.agrees == "no" and row.status is Status.DOUBLE_CHECKED:
            yield f"{reading.id}: a reading disagrees, so {reading.row} is not double-checked"
        if today is not None and reading.read_on > today:
            yield f"{reading.id}: read on {reading.read_on}, which is still to come"
    for sample in rows["samples"]:
        if not sample.wrong <= sample.checkable <= sample.rows:
            yield f"{sample.id}: wrong, checkable and all rows do not fit together"
        if sample.dangerous is not None and sample.dangerous > sample.wrong:
            yield f"{sample.id}: more rows dangerous than wrong"
