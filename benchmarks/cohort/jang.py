"""A published cohort (Jang et al. 2024, CC BY 4.0, doi 10.1038/s41597-024-04147-6) as pooled data.

    python3 benchmarks/cohort jang CSV OUT     writes OUT/pooled, runs the study, writes OUT/results

25 people with panic disorder, six answers a day on 0–3, no medicines. Negative items count as
present from 1 on. Dates become days since each person's first answer. Where a person has two rows
of one day, the later one is used (as `examples/maps/jang.toml` says in the open).
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from landward.app.share.cohort_files import arrow_schema, write_cohort_file
from landward.app.share.cohort_run import Run, read_study, run_study
from landward.app.share.cohort_save import save_release
from landward.model.cohort import TABLES, CohortFile, CohortItem

ITEMS = {"anx": "anxiety", "irr": "irritability", "nm": "negative_mood", "ne": "low_energy"}
STUDY = Path(__file__).parents[2] / "examples" / "studies" / "jang2024.toml"


def convert(source: Path, folder: Path) -> int:
    """Write the pooled tables; returns how many people there are."""
    by_person: dict[str, dict[dt.date, dict[str, str]]] = {}
    for row in csv.DictReader(source.open(encoding="utf-8")):
        by_person.setdefault(row["id"], {})[dt.date.fromisoformat(row["date"])] = row
    rows: dict[str, list[dict]] = {shape.name: [] for shape in TABLES}
    for name, days in sorted(by_person.items()):
        digest = hashlib.sha256(f"jang2024 {name}".encode()).digest()
        person = int.from_bytes(digest[:8], "big") >> 2
        first, last = min(days), max(days)
        rows["people"].append(
            {"person": person, "zero": "first_day", "first_day": 0, "last_day": (last - first).days,
             "ended": "left", "consent": "published"}
        )  # fmt: skip
        for day, row in sorted(days.items()):
            number = (day - first).days
            rows["days"].append({"person": person, "day": number})
            for item, short in enumerate(ITEMS):
                value = int(row[short]) if row[short] else None
                state = 2 if value is None else int(value > 0)
                rows["answers"].append(
                    {"person": person, "day": number, "item": item, "state": state, "value": value}
                )
    folder.mkdir(parents=True)
    for shape in TABLES:
        table = pa.Table.from_pylist(rows[shape.name], schema=arrow_schema(shape))
        pq.write_table(table, folder / f"{shape.name}.parquet")
    items = tuple(CohortItem(item=i, id=n, low=0, high=3) for i, n in enumerate(ITEMS.values()))
    write_cohort_file(
        folder,
        CohortFile(
            study="jang2024",
            made_up=False,
            source="Jang et al. 2024, Sci Data, doi 10.1038/s41597-024-04147-6, zenodo 14190139;",
            licence="CC BY 4.0",
            items=items,
        ),
    )
    return len(by_person)


def main(source: Path, out: Path) -> None:
    people = convert(source, out / "pooled")
    print(f"{people} people in {out / 'pooled'}")
    release = run_study(Run(study=read_study(STUDY), data=out / "pooled", ledger=out / "ledger"))
    for path in save_release(release, out / "results", dt.date.today()):
        print(path)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("say which file and where to: python3 run.py bench cohort jang CSV OUT")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
