"""Checks of readings and samples: each reading names a row and one of its sources, and agrees."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from landward.model.facts import Fact, Status
from landward.model.said import phrase


def reading_faults(
    rows: Mapping[str, Sequence[Any]], facts: Sequence[Fact], today: date | None
) -> Iterator[str]:
    """What is wrong in the tables of readings and samples."""
    known = {row.id: row for row in facts}
    for reading in rows["readings"]:
        row = known.get(reading.row)
        if row is None:
            yield phrase("{id}: no row is called “{row}”", id=reading.id, row=reading.row)
            continue
        if not set(reading.source) <= set(row.source):
            yield phrase(
                "{id}: {row} does not cite {source}",
                id=reading.id,
                row=reading.row,
                source=", ".join(reading.source),
            )
        if reading.agrees == "no" and row.status is Status.DOUBLE_CHECKED:
            yield phrase(
                "{id}: a reading disagrees, so {row} is not double-checked",
                id=reading.id,
                row=reading.row,
            )
        if today is not None and reading.read_on > today:
            yield phrase(
                "{id}: read on {read_on}, which is still to come",
                id=reading.id,
                read_on=reading.read_on,
            )
    for sample in rows["samples"]:
        if not sample.wrong <= sample.checkable <= sample.rows:
            yield phrase("{id}: wrong, checkable and all rows do not fit together", id=sample.id)
        if sample.dangerous is not None and sample.dangerous > sample.wrong:
            yield phrase("{id}: more rows dangerous than wrong", id=sample.id)
