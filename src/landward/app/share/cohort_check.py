"""Is a folder what it says it is? Names the first wrong row, and releases nothing."""

from pathlib import Path

from landward.app.share.cohort_engines import Runner, pool
from landward.app.share.cohort_files import columns_wrong, read_cohort_file
from landward.engines.cohort.checks import checks
from landward.model.base import BadInput, Frozen
from landward.model.cohort import TABLES, CohortFile


class CheckedCohort(Frozen):
    """A folder that holds what the schema says, and how much of it."""

    file: CohortFile
    rows: dict[str, int]


def check_cohort(runner: Runner, folder: Path) -> CheckedCohort:
    """Check every row. Raises BadInput that names the first one that is wrong, and why."""
    file = read_cohort_file(folder)
    if wrong := columns_wrong(folder):
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise BadInput(f"{wrong[0]}{more}. Nothing was released")
    tables = pool(runner, folder)
    counts = {
        shape.name: int(runner.fetch(getattr(tables, shape.name).aggregate(
            n=getattr(tables, shape.name).count()
        ))["n"][0].as_py())
        for shape in TABLES
    }  # fmt: skip
    if counts["people"] == 0:
        raise BadInput(f"{folder} holds 0 people: there is nothing to release")
    for check in checks(tables, file):
        found = check.wrong.order_by(list(check.key)).limit(1).select(*check.key)
        rows = runner.fetch(found).to_pylist()
        if rows:
            where = ", ".join(f"{name} {value}" for name, value in rows[0].items())
            raise BadInput(f"{check.table}.parquet, {where}: {check.why}. Nothing was released")
    return CheckedCohort(file=file, rows=counts)
