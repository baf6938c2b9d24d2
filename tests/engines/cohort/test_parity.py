"""Every measure on 500 generated data sets: plain Python = DuckDB = Spark, to the last count."""

import random
from collections import defaultdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from engines.cohort.odd import as_arrow, odd_cohort
from landward.app.share.cohort_engines import Runner, engine, pool
from landward.engines.cohort.expressions import REDUCTIONS
from landward.engines.cohort.reference import REFERENCE, Diaries
from landward.model.cohort import TABLES
from landward.model.study import MeasureSpec

DATA_SETS = 500
ITEMS = (0, 1)
NAMES = ("a", "b")
SPECS = {
    "prevalence": {"items": NAMES, "by": ("sex",), "first_day": -5, "last_day": 60},
    "drugs": {"items": NAMES, "shares_source": "X", "days_present": 2},
    "duration": {"items": NAMES, "quiet_days": 9, "by": ("drug", "country")},
    "duration last_dose": {"items": NAMES, "quiet_days": 9, "clock": "last_dose"},
    "course": {"by": ("channel",), "washout_weeks": 1, "weeks_after": 2},
    "course no washout": {"washout_weeks": 0, "weeks_after": 0},
    "cuts": {"items": NAMES, "by": ("sex",)},
    "pace": {"fast_percent": 10.0, "limit_source": "X"},
    "pooled": {"by": ("drug",)},
    "numbness": {"items": NAMES, "by": ("channel",)},
}
Counts = dict[tuple[int, str], list[tuple]]


def spec(name: str) -> MeasureSpec:
    return MeasureSpec(measure=name.split()[0], **SPECS[name])


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> tuple[Path, dict[int, dict]]:
    folder = tmp_path_factory.mktemp("odd")
    sets = {seed: odd_cohort(seed) for seed in range(DATA_SETS)}
    for shape in TABLES:
        rows = [{"cohort": k, **row} for k, rows in sets.items() for row in rows[shape.name]]
        random.Random(7).shuffle(rows)  # no engine may rely on the order of rows
        pq.write_table(as_arrow(shape, rows), folder / f"{shape.name}.parquet")
    return folder, sets


@pytest.fixture(scope="module")
def expected(data) -> dict[str, Counts]:
    _, sets = data
    found: dict[str, Counts] = {name: {} for name in SPECS}
    for number, rows in sets.items():
        diaries = Diaries(**rows)
        for name in SPECS:
            for table, counted in REFERENCE[name.split()[0]](diaries, spec(name), ITEMS).items():
                if counted:
                    found[name][number, table] = sorted(counted)
    return found


def run(runner: Runner, folder: Path, name: str) -> Counts:
    tables = REDUCTIONS[name.split()[0]](pool(runner, folder, ("cohort",)), spec(name), ITEMS)
    found: Counts = defaultdict(list)
    for table, expression in tables.items():
        columns = runner.fetch(expression).to_pydict()
        for number, *row in zip(*columns.values(), strict=True):
            found[number, table].append(tuple(row))
    return {where: sorted(rows) for where, rows in found.items()}


QUICK = {  # so small a job is done before a compiler would pay
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
}


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # PySpark leaves its sockets to the end
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("engine_name", ["duckdb", "spark"])
def test_every_engine_gives_the_counts_of_plain_python(data, expected, engine_name) -> None:
    folder, _ = data
    with engine(engine_name, master="local[1]", settings=QUICK) as runner:
        for name in SPECS:
            assert run(runner, folder, name) == expected[name], name


def test_the_data_sets_reach_what_they_are_made_for(expected) -> None:
    """A parity of empty tables would prove nothing."""
    for name, counts in expected.items():
        tables = {table for _, table in counts}
        assert len(tables) >= 2, name
        assert sum(len(rows) for rows in counts.values()) > 300, name
