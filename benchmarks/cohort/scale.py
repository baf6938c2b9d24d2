"""10⁵ people, a year, one row a person-day and ten items: every measure's time and memory.

    python3 run.py bench cohort scale make DIR [PEOPLE]     write the people once
    python3 run.py bench cohort scale DIR                   every measure, each in a process
    python3 run.py bench cohort scale peers DIR             two reductions beside pandas, Polars

Wall and CPU seconds, and the peak memory of the process, each measure in its own.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from landward.app.share.cohort_engines import engine, pool
from landward.app.share.cohort_files import to_arrow, write_cohort_file, writers
from landward.app.share.cohort_run import _columns
from landward.engines.cohort.expressions import REDUCTIONS
from landward.engines.cohort.made_up import ITEM_IDS, Truth, in_parts
from landward.engines.cohort.measures import estimate
from landward.model.cohort import TABLES, CohortFile, CohortItem
from landward.model.study import MeasureSpec

ALL = ITEM_IDS
SPECS = {
    "prevalence": MeasureSpec(measure="prevalence", items=ALL, by=("sex",), last_day=180),
    "duration": MeasureSpec(measure="duration", items=ALL),
    "course": MeasureSpec(measure="course"),
    "cuts": MeasureSpec(measure="cuts", items=("panic_attack",)),
    "pace": MeasureSpec(measure="pace", fast_percent=15.0, limit_source="bench"),
    "pooled": MeasureSpec(measure="pooled"),
    "numbness": MeasureSpec(measure="numbness", items=("emotional_numbness",)),
    "drugs": MeasureSpec(measure="drugs", items=ALL, last_day=180, shares_source="bench"),
}
SHARES = {"alprazolam": 38.0, "clonazepam": 24.0, "lorazepam": 20.0}


def make(folder: Path, people: int, distinct: int = 1000) -> None:
    """`people` diaries: `distinct` made-up ones, over and over under other numbers."""
    import duckdb

    truth, base = Truth(weeks=56), folder / "base"
    base.mkdir(parents=True)
    with writers(base) as open_:
        for part in in_parts(np.random.default_rng(23), distinct, truth, range(10), 500):
            for shape in TABLES:
                open_[shape.name].write_table(to_arrow(shape, part[shape.name]))
    at = duckdb.connect(config={"threads": 2, "memory_limit": "3GB"})
    for shape in TABLES:
        source, out = base / f"{shape.name}.parquet", folder / f"{shape.name}.parquet"
        columns = ", ".join(f"b.{c.name}" for c in shape.columns if c.name != "person")
        at.execute(
            f"COPY (SELECT b.person + k * {distinct} AS person, {columns} "
            f"FROM range({people // distinct}) AS t(k), '{source}' AS b) "
            f"TO '{out}' (FORMAT parquet, COMPRESSION zstd)"
        )
        count = at.execute(f"SELECT count(*) FROM '{out}'").fetchone()[0]
        print(f"{shape.name}: {count} rows, {out.stat().st_size / 1e6:.0f} MB", flush=True)
    items = tuple(CohortItem(item=i, id=n, low=0, high=4) for i, n in enumerate(ALL))
    write_cohort_file(folder, CohortFile(study="scale", made_up=True, source="bench", items=items))


def used() -> tuple[float, float]:
    """CPU seconds of this process, and its peak memory in GB."""
    mine = resource.getrusage(resource.RUSAGE_SELF)
    return mine.ru_utime + mine.ru_stime, mine.ru_maxrss / 1024**2


def one(folder: Path, name: str) -> None:
    spec = SPECS[name]
    items = {ALL.index(item): item for item in spec.items}
    began = time.perf_counter()
    with engine("duckdb", memory="2500MB") as runner:
        tables = REDUCTIONS[name](pool(runner, folder), spec, tuple(items))
        reduced = {table: _columns(runner, expression) for table, expression in tables.items()}
    cells = estimate(reduced, spec, items, odds=2.0, range_=10.0, shares=SHARES)
    cpu, memory = used()
    print(f"{name:11} {time.perf_counter() - began:7.1f} s wall {cpu:7.1f} s CPU {memory:5.2f} GB "
          f"{len(cells)} cells, first {cells[0].estimate}")  # fmt: skip


def peer(folder: Path, name: str) -> None:
    """Prevalence of every item, and weekly means: the reductions under all measures."""
    began = time.perf_counter()
    answers, days = str(folder / "answers.parquet"), str(folder / "days.parquet")
    if name == "polars":
        import polars as pl

        rows = pl.scan_parquet(answers).filter(pl.col("state") != 2)
        each = rows.group_by("person", "item").agg((pl.col("state") == 1).sum().alias("days"))
        made = (
            each.group_by("item")
            .agg(pl.len(), (pl.col("days") > 0).sum())
            .collect(engine="streaming")
        )
        week = pl.scan_parquet(days).drop_nulls("severity").with_columns(week=pl.col("day") // 7)
        week = week.group_by("person", "week").agg(
            pl.len(), pl.col("severity").cast(pl.Int64).sum()
        )
        count = week.select(pl.len()).collect(engine="streaming").item()
    elif name == "pandas":
        import pandas as pd

        rows = pd.read_parquet(answers, columns=["person", "item", "state"])
        rows = rows[rows.state != 2]
        each = (rows.state == 1).groupby([rows.person, rows.item], sort=False).sum()
        made = (each > 0).groupby("item").agg(["size", "sum"])
        del rows, each
        week = pd.read_parquet(days, columns=["person", "day", "severity"]).dropna()
        count = len(
            week.groupby([week.person, week.day // 7], sort=False).severity.agg(["size", "sum"])
        )
    else:
        with engine("duckdb", memory="2500MB") as runner:
            tables = pool(runner, folder)
            spec = MeasureSpec(measure="prevalence", items=ALL)
            made = runner.fetch(REDUCTIONS["prevalence"](tables, spec, tuple(range(10)))["cells"])
            rows = tables.days.filter(tables.days.severity.notnull())
            rows = rows.mutate(week=rows.day // 7)
            week = rows.group_by(["person", "week"]).agg(n=rows.count(), s=rows.severity.sum())
            count = runner.fetch(week.aggregate(n=week.count()))["n"][0].as_py()
    cpu, memory = used()
    print(f"{name:8} {time.perf_counter() - began:7.1f} s wall {cpu:7.1f} s CPU {memory:5.2f} GB "
          f"({len(made)} items, {count} weeks)")  # fmt: skip


def main(arguments: list[str]) -> None:
    if arguments[0] == "make":
        make(Path(arguments[1]), int(arguments[2]) if len(arguments) > 2 else 100_000)
    elif arguments[0] in ("one", "peer"):
        {"one": one, "peer": peer}[arguments[0]](Path(arguments[1]), arguments[2])
    else:
        peers = arguments[0] == "peers"
        for name in ("duckdb", "polars", "pandas") if peers else SPECS:
            command = [sys.executable, __file__, "peer" if peers else "one", arguments[-1], name]
            if subprocess.run(command, check=False).returncode:
                print(f"{name}: did not finish", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
