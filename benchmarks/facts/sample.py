"""Draw the rows of a sample of the safety-relevant tables: `python benchmarks/facts/sample.py`.

    --seed N    which rows (20261127)
    --rows N    how many (100)
    --unread    only rows of no earlier list beside this file

Every usable row of eleven tables may be drawn: doses that are said to be equal, products, what is
taken together, warning signs, crisis lines, guidelines, questions before a plan, who is used to the
medicine, dose bands, what to do when something went differently, driving. The rows are sorted by id
before the draw, so the same tables and seed give the same rows; `sample-20261127.csv` keeps those
that were read, with what each was held against. The list drawn with `--unread` is called
`sample-SEED-unread.csv`.
"""

import argparse
import csv
import random
from pathlib import Path

from landward.catalog import load_catalog

TABLES = (
    "crisis_lines", "dependence_risk", "dose_bands", "driving", "equivalences", "guidelines",
    "incidents", "interactions", "products", "red_flags", "supervision_questions",
)  # fmt: skip


def read_before() -> set[str]:
    """The ids of the rows that stand in a list of an earlier sample."""
    lists = sorted(Path(__file__).parent.glob("sample-*.csv"))
    texts = [path.read_text("utf-8") for path in lists if "unread" not in path.stem]
    return {row["row"] for text in texts for row in csv.DictReader(text.splitlines())}


def drawn(seed: int, count: int, unread: bool = False) -> list[tuple[str, str]]:
    """Table and id of the rows drawn, in that order."""
    rows = load_catalog().rows_by_table
    left_out = read_before() if unread else set()
    pool = sorted(
        (row.id, table)
        for table in TABLES
        for row in rows[table]
        if row.usable and row.id not in left_out
    )
    return sorted((table, name) for name, table in random.Random(seed).sample(pool, count))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=20261127)
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--unread", action="store_true")
    wanted = parser.parse_args()
    rows = load_catalog().rows_by_id
    for table, name in drawn(wanted.seed, wanted.rows, wanted.unread):
        row = rows[name]
        print(f"{table:24} {name:48} {row.status.value:16}{'; '.join(row.source)} ({row.locator})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
