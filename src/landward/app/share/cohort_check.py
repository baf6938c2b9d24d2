"""Is a folder what it says it is? Names the first wrong row, and releases nothing."""

from pathlib import Path

from landward.app.share.cohort_engines import Runner, pool
from landward.app.share.cohort_files import columns_wrong, read_cohort_file
from landward.engines.cohort.checks import checks
from landward.model.base import BadInput, Frozen
from landward.model.cohort import TABLES, CohortFile
from landward.model.said import phrase


class CheckedCohort(Frozen):
    """A folder that holds what the schema says, and how much of it."""

    file: CohortFile
    rows: dict[str, int]


def check_cohort(runner: Runner, folder: Path) -> CheckedCohort:
    """Check every row. Raises BadInput that names the first one that is wrong, and why."""
    file = read_cohort_file(folder)
    if wrong := columns_wrong(folder):
        more = phrase(" (and {count} more)", count=len(wrong) - 1) if len(wrong) > 1 else ""
        raise BadInput(phrase("{wrong}{more}. Nothing was released", wrong=wrong[0], more=more))
    tables = pool(runner, folder)
    counts = {
        shape.name: int(runner.fetch(getattr(tables, shape.name).aggregate(
            n=getattr(tables, shape.name).count()
        ))["n"][0].as_py())
        for shape in TABLES
    }  # fmt: skip
    if counts["people"] == 0:
        raise BadInput(
            phrase("{folder} holds 0 people: there is nothing to release", folder=folder)
        )
    for check in checks(tables, file):
        found = check.wrong.order_by(list(check.key)).limit(1).select(*check.key)
        rows = runner.fetch(found).to_pylist()
        if rows:
            where = ", ".join(f"{name} {value}" for name, value in rows[0].items())
            raise BadInput(
                phrase(
                    "{table}.parquet, {where}: {why}. Nothing was released",
                    table=check.table,
                    where=where,
                    why=check.why,
                )
            )
    return CheckedCohort(file=file, rows=counts)
