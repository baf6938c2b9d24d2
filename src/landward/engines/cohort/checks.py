"""What a pooled row must be. Each check is an expression that gives the rows that are wrong."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from landward.engines.cohort.pool import Pool, Table
from landward.model.cohort import GROUPINGS, TABLES, CohortFile
from landward.model.said import phrase

WORDS = "^[0-9A-Za-zÀ-ɏ .+/-]{1,40}$"
"""What a code of a group may be written with: what a file or a page could not misread."""


@dataclass(frozen=True)
class Check:
    """A table, the columns that name its rows, the rows that are wrong, and why they are."""

    table: str
    key: tuple[str, ...]
    wrong: Table
    why: str


def checks(pool: Pool, file: CohortFile) -> Iterator[Check]:
    """Every check, cheap ones first."""
    yield from _people(pool, file)
    for shape in TABLES:
        rows = getattr(pool, shape.name)
        twice = rows.group_by(list(shape.key)).agg(times=rows.count())
        why = (
            phrase("two people have one id")
            if shape.name == "people"
            else phrase("the row is there twice")
        )
        yield Check(shape.name, shape.key, twice.filter(twice.times > 1), why)
        never = [column.name for column in shape.columns if not column.empty]
        empty = reduce(or_, (rows[name].isnull() for name in never))
        why = phrase("a cell is empty that never may be ({never})", never=", ".join(never))
        yield Check(shape.name, shape.key, rows.filter(empty), why)
        if shape.name != "people":
            strange = rows.anti_join(pool.people, "person")
            yield Check(shape.name, shape.key, strange, phrase("nobody of that id is in people"))
    yield from _days(pool, file)
    yield from _answers(pool, file)


def _people(pool: Pool, file: CohortFile) -> Iterator[Check]:
    rows, key = pool.people, ("person",)
    if file.withdrawn:
        gone = rows.filter(rows.person.isin(list(file.withdrawn)))
        yield Check("people", key, gone, phrase("this person has withdrawn their consent"))
    zero = ~rows.zero.isin(["first_cut", "first_day"])
    yield Check("people", key, rows.filter(zero), phrase("zero is neither first_cut nor first_day"))
    ended = ~rows.ended.isin(["data_cut", "left"])
    yield Check("people", key, rows.filter(ended), phrase("ended is neither data_cut nor left"))
    late = rows.first_day > rows.last_day
    yield Check("people", key, rows.filter(late), phrase("first_day is after last_day"))
    codes = (rows[column].notnull() & ~rows[column].re_search(WORDS) for column in GROUPINGS)
    why = phrase(
        "a code is not short letters and digits ({groupings})", groupings=", ".join(GROUPINGS)
    )
    yield Check("people", key, rows.filter(reduce(or_, codes)), why)


def _days(pool: Pool, file: CohortFile) -> Iterator[Check]:
    rows, key = pool.days, ("person", "day")
    outside = (rows.severity < file.severity_low) | (rows.severity > file.severity_high)
    scale = f"{file.severity_low} to {file.severity_high}"
    yield Check(
        "days", key, rows.filter(outside), phrase("severity is outside {scale}", scale=scale)
    )
    yield Check("days", key, rows.filter(rows.dose_ug < 0), phrase("dose_ug is below 0"))
    changes, named = pool.dose_changes, ("person", "day", "nth")
    below = (changes.from_ug < 0) | (changes.to_ug < 0)
    yield Check("dose_changes", named, changes.filter(below), phrase("a dose is below 0"))
    same = changes.filter(changes.from_ug == changes.to_ug)
    yield Check("dose_changes", named, same, phrase("from and to are the same dose"))
    for name, table, columns in (("days", rows, key), ("dose_changes", changes, named)):
        joined = table.join(pool.people.select("person", "first_day", "last_day"), "person")
        outside = (joined.day < joined.first_day) | (joined.day > joined.last_day)
        yield Check(
            name, columns, joined.filter(outside), phrase("the day is outside the person's days")
        )
    cuts = changes.filter(changes.to_ug < changes.from_ug)
    first = cuts.group_by("person").agg(day=cuts.day.min())
    both = first.join(pool.people.select("person", "zero"), "person")
    shifted = both.filter((both.zero == "first_cut") & (both.day != 0))
    yield Check("dose_changes", ("person", "day"), shifted, phrase("the first cut is not on day 0"))


def _answers(pool: Pool, file: CohortFile) -> Iterator[Check]:
    rows, key = pool.answers, ("person", "day", "item")
    known = rows.item.isin([item.item for item in file.items])
    yield Check("answers", key, rows.filter(~known), phrase("cohort.json names no such item"))
    state = ~rows.state.isin([0, 1, 2])
    yield Check(
        "answers", key, rows.filter(state), phrase("state is not 0 absent, 1 present, 2 not asked")
    )
    both = rows.filter((rows.state == 2) & rows.value.notnull())
    yield Check("answers", key, both, phrase("it was not asked, and yet has a value"))
    for item in file.items:
        mine = rows.filter(rows.item == item.item)
        outside = (mine.value < item.low) | (mine.value > item.high)
        scale = f"{item.low} to {item.high}"
        yield Check(
            "answers",
            key,
            mine.filter(outside),
            phrase("{id} is outside {scale}", id=item.id, scale=scale),
        )
