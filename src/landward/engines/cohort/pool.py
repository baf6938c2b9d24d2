"""The pooled tables as Ibis expressions, and the pieces that every measure is built of.

Every reduction adds, counts and takes smallest and largest values; none ranks rows, so no tie can
give two engines two answers. All arithmetic is on whole numbers.
"""

from dataclasses import dataclass
from functools import reduce
from typing import Any

Table = Any
"""An Ibis table expression. Ibis ships no types that a checker could hold it to."""

WEEK_DAYS, BLOCK_DAYS = 7, 28
WEEK_MIN_DAYS, BLOCK_MIN_DAYS = 3, 8
"""Answered days below which a week or a block of four weeks has no mean."""
MILLI = 1000
"""Means are kept in thousandths of a point, rounded half up: whole numbers add up exactly."""


@dataclass(frozen=True)
class Pool:
    """The four tables. `keys` names columns that keep whole cohorts apart in one table."""

    people: Table
    days: Table
    dose_changes: Table
    answers: Table
    keys: tuple[str, ...] = ()

    @property
    def one(self) -> list[str]:
        """The columns that name one person."""
        return [*self.keys, "person"]


def grouped(pool: Pool, by: tuple[str, ...], *more: str) -> Table:
    """Each person with the words of their group, for example ``sex=f; drug=diazepam``."""
    import ibis

    label = ibis.literal("all")
    for place, column in enumerate(by):
        part = ibis.literal(f"{column}=") + pool.people[column].fill_null("not known")
        label = part if place == 0 else label + ibis.literal("; ") + part
    return pool.people.mutate(grp=label).select(*pool.one, "grp", *more)


def sizes(pool: Pool, people: Table) -> Table:
    """How many people each group holds."""
    return people.group_by([*pool.keys, "grp"]).agg(n=people.count())


def answered(pool: Pool, items: tuple[int, ...], first: int, last: int) -> Table:
    """The answers to some items within some days, without those that were not asked."""
    rows = pool.answers
    if len(items) > 0:
        rows = rows.filter(rows.item.isin(list(items)))
    return rows.filter(rows.state != 2, rows.day >= first, rows.day <= last)


def tally(condition: Table) -> Table:
    """How often a condition holds: 0, never empty."""
    return condition.cast("int64").sum().fill_null(0)


def means(pool: Pool, width: int, at_least: int) -> Table:
    """Each person's mean severity by week or block, in thousandths, where enough days have it."""
    rows = pool.days.filter(pool.days.severity.notnull())
    rows = rows.mutate(week=rows.day // width, severity=rows.severity.cast("int64"))
    made = rows.group_by([*pool.one, "week"]).agg(n=rows.count(), s=rows.severity.sum())
    made = made.filter(made.n >= at_least)
    return made.select(*pool.one, "week", m=(MILLI * made.s + made.n // 2) // made.n)


def cuts(pool: Pool, width: int) -> Table:
    """Weeks or blocks that hold a cut, and how deep in hundredths of a percent of the dose then."""
    rows = pool.dose_changes
    rows = rows.filter(rows.to_ug < rows.from_ug)
    rows = rows.mutate(
        week=rows.day // width, bp=(rows.from_ug - rows.to_ug) * 10_000 // rows.from_ug
    )
    return rows.group_by([*pool.one, "week"]).agg(bp=rows.bp.sum())


def shifted(pool: Pool, weeks: Table, by: tuple[int, ...]) -> Table:
    """The weeks that lie so many weeks after any of `weeks`, each once."""
    moved = [weeks.select(*pool.one, week=weeks.week + step) for step in by]
    return reduce(lambda one, other: one.union(other), moved).distinct()


def flag(pool: Pool, rows: Table, weeks: Table, name: str) -> Table:
    """`rows` with a column that is 1 in the weeks named, else 0."""
    marked = weeks.mutate(**{name: 1}).select(*pool.one, "week", name)
    joined = rows.left_join(marked, [*pool.one, "week"])
    return joined.select(*rows.columns, **{name: joined[name].fill_null(0).cast("int64")})
