"""A table with its days across and its symptoms down, read as if each day were a row.

A row of it is a column of the file: where a line would be named, the column is, by its letter.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from landward.exchange.stamps import read_stamp
from landward.exchange.text_table import Row, TextTable, same_name
from landward.model.base import BadInput
from landward.model.said import phrase

DATE = "Date"
_LOOKED_AT = 16
_FEWEST_DAYS = 2
_MOST_DAYS = 20_000


def turned(table: TextTable) -> TextTable:
    """The table with its days down, where they stand across; else the same table."""
    wanted = {same_name(name) for name in table.wanted}
    if wanted and wanted <= {same_name(name) for name in table.header}:
        return table
    records = table.records()
    for _, head in islice(records, _LOOKED_AT):
        days = [place for place, cell in enumerate(head) if place and read_stamp(cell) is not None]
        others = [cell for place, cell in enumerate(head) if place and cell and place not in days]
        if len(days) >= _FEWEST_DAYS and len(days) >= 2 * len(others):
            if read_stamp(head[0]) is not None:
                return table
            if len(days) > _MOST_DAYS:
                raise BadInput(
                    phrase(
                        "more than {most_days} days stand across this table", most_days=_MOST_DAYS
                    )
                )
            return _turn(table, head, days, [cells for _, cells in records], others)
    return table


def _turn(
    table: TextTable, head: Row, days: Sequence[int], rows: Sequence[Row], others: Sequence[str]
) -> TextTable:
    named = [cells for cells in rows if cells[0]]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([DATE, *(" ".join(cells[0].split()) for cells in named)])
    for place in days:
        cells = (cells[place] if place < len(cells) else "" for cells in named)
        writer.writerow([head[place], *(" ".join(cell.split()) for cell in cells)])
    said = [phrase("Days stand across and symptoms down: each column is read as a day.")]
    if others:
        said.append(
            phrase(
                "Columns that are no day are left out: {others}.", others=", ".join(others)[:200]
            )
        )
    return replace(
        table,
        text=out.getvalue(),
        delimiter=",",
        decided=(*table.decided, *said),
        across=tuple(place + 1 for place in days),
        backslash=False,
        spaced=False,
    )
