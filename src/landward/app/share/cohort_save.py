"""Write a release as files: the page, and its cells as JSON, CSV and Parquet."""

import csv
import io
import json
from datetime import date
from pathlib import Path

from landward.app.keep.write_file import put_in_place
from landward.model.base import BadInput
from landward.model.released import Release
from landward.model.said import phrase
from landward.report.cohort_page import cohort_page

COLUMNS = (
    "measure", "group", "n", "count", "estimate", "low", "high", "bound_low", "bound_high",
    "of_people", "expected", "claim",
)  # fmt: skip


def rows_of(release: Release) -> list[dict[str, object]]:
    """One flat row a released cell, hidden ones with empty numbers."""
    rows = []
    for measure in release.measures:
        for cell in measure.cells:
            low, high = cell.bounds or (None, None)
            values: dict[str, object] = cell.model_dump(exclude={"bounds"})
            rows.append({"measure": measure.name, **values, "bound_low": low, "bound_high": high})
    return rows


def save_release(release: Release, folder: Path, made_on: date) -> tuple[Path, ...]:
    """Write `release.json`, `cells.csv`, `cells.parquet` and `page.pdf` into `folder`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = rows_of(release)
    text = io.StringIO()
    table = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    whole, real = pa.int64(), pa.float64()
    kinds = {"measure": pa.string(), "group": pa.string(), "n": whole, "count": whole}
    schema = pa.schema(
        [(name, kinds.get(name, pa.bool_() if name == "claim" else real)) for name in COLUMNS]
    )
    parquet = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), parquet)
    files = {
        "release.json": json.dumps(release.as_json(), ensure_ascii=False, indent=1).encode(),
        "cells.csv": text.getvalue().encode(),
        "cells.parquet": parquet.getvalue(),
        "page.pdf": cohort_page(release, made_on=made_on),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            put_in_place(folder / name, data)
    except OSError as error:
        raise BadInput(
            phrase("{folder} cannot be written: {strerror}", folder=folder, strerror=error.strerror)
        ) from None
    return tuple(folder / name for name in files)
