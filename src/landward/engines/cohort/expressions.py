"""One reduction for each measure: many days in, whole numbers out, on whichever engine runs it.

Each returns named tables. A column `grp` is the words of a group; the rest are whole numbers. The
same reductions in plain Python are in `reference.py`; the tests hold all engines to it exactly.
"""

from collections.abc import Callable

from landward.engines.cohort.pool import (
    BLOCK_DAYS,
    BLOCK_MIN_DAYS,
    MILLI,
    WEEK_DAYS,
    WEEK_MIN_DAYS,
    Pool,
    Table,
    answered,
    cuts,
    flag,
    grouped,
    means,
    shifted,
    sizes,
    tally,
)
from landward.model.study import MeasureSpec

Reduced = dict[str, Table]


def prevalence(pool: Pool, spec: MeasureSpec, items: tuple[int, ...]) -> Reduced:
    """People asked about an item, people who had it, and who left before the window's end."""
    people = grouped(pool, spec.by, "last_day", "ended")
    rows = answered(pool, items, spec.first_day, spec.last_day)
    each = rows.group_by([*pool.one, "item"]).agg(days=tally(rows.state == 1))
    each = each.mutate(had=(each.days >= spec.days_present).cast("int64"))
    each = each.join(people, pool.one)
    short = (each.had == 0) & (each.ended == "left") & (each.last_day < spec.last_day)
    each = each.mutate(short=short.cast("int64"))
    cells = each.group_by([*pool.keys, "grp", "item"]).agg(
        asked=each.count(), present=each.had.sum(), short=each.short.sum()
    )
    return {"people": sizes(pool, people), "cells": cells}


def drugs(pool: Pool, spec: MeasureSpec, items: tuple[int, ...]) -> Reduced:
    """Prevalence by drug: the numbers that the weighting to prescription shares starts from."""
    return prevalence(pool, spec.model_copy(update={"by": ("drug",)}), items)


def duration(pool: Pool, spec: MeasureSpec, items: tuple[int, ...]) -> Reduced:
    """How long each person's item went on: times, ended or not, left or not, counted.

    Follow-up of the ending stops `quiet_days` before a person's last answer: later than that
    nobody can know yet that it ended. People who still have it then stay in, as not ended.
    `standing`: 0 usable, 1 had it before it could be seen to begin, 2 too recent to follow.
    """
    people = grouped(pool, spec.by, "last_dose_day", "ended")
    rows = answered(pool, items, spec.first_day, spec.last_day).join(people, pool.one)
    here = rows.state == 1
    near = here & ((rows.day - rows.last_dose_day).abs() <= spec.quiet_days)
    each = rows.group_by([*pool.one, "grp", "ended", "last_dose_day", "item"]).agg(
        first_asked=rows.day.min().cast("int64"),
        last_asked=rows.day.max().cast("int64"),
        first_here=rows.day.min(where=here).cast("int64"),
        last_here=rows.day.max(where=here).cast("int64"),
        near=tally(near.fill_null(False)),
    )
    each = each.filter(each.first_here.notnull())
    if spec.clock == "last_dose":
        each = each.filter(each.near > 0)
        each = each.mutate(began=each.last_dose_day.cast("int64"), unseen=0)
    else:
        unseen = (each.first_here <= each.first_asked).cast("int64")
        each = each.mutate(began=each.first_here, unseen=unseen)
    each = each.mutate(until=each.last_asked - spec.quiet_days)
    each = each.mutate(event=(each.last_here < each.until).cast("int64"))
    ended_at = each.last_here + 1 - each.began
    each = each.mutate(time=(each.event == 1).ifelse(ended_at, each.until - each.began))
    early = (each.time <= 0) & (each.event == 1)
    each = each.mutate(time=early.ifelse(1, each.time))
    standing = (each.unseen == 1).ifelse(1, (each.time <= 0).ifelse(2, 0))
    each = each.mutate(standing=standing, gone=(each.ended == "left").cast("int64"))
    usable = each.standing == 0
    each = each.mutate(
        time=usable.ifelse(each.time, 0).cast("int64"), event=usable.ifelse(each.event, 0)
    )
    by = [*pool.keys, "grp", "item", "standing", "time", "event", "gone"]
    return {"people": sizes(pool, people), "cells": each.group_by(by).agg(n=each.count())}


def course(pool: Pool, spec: MeasureSpec, items: tuple[int, ...]) -> Reduced:
    """Changes from the week before, for weeks with a cut and for weeks alike without one."""
    people = grouped(pool, spec.by, "ended")
    weeks, cut = means(pool, WEEK_DAYS, WEEK_MIN_DAYS), cuts(pool, WEEK_DAYS)
    index = weeks.select(*pool.one, week=weeks.week + 1, before=weeks.m)
    index = index.semi_join(cut, pool.one)
    if spec.washout_weeks:
        past = shifted(pool, cut, tuple(range(1, spec.washout_weeks + 1)))
        index = index.anti_join(past, [*pool.one, "week"])
    index = flag(pool, index, cut, "cut")
    index = index.mutate(stratum=(index.before + MILLI // 2) // MILLI)
    parts = []
    for after in range(spec.weeks_after + 1):
        later = weeks.select(*pool.one, week=weeks.week - after, then=weeks.m)
        both = index.join(later, [*pool.one, "week"])
        part = both.group_by([*pool.one, "stratum", "cut"]).agg(
            n=both.count(), s=(both.then - both.before).sum()
        )
        parts.append(part.mutate(after=after))
    rows = parts[0]
    for part in parts[1:]:
        rows = rows.union(part)
    rows = rows.join(people, pool.one)
    gone = (rows.ended == "left").cast("int64")
    names = [*pool.one, "grp", "after", "stratum", "cut", "n", "s"]
    had = people.semi_join(cut, pool.one)
    return {
        "people": sizes(pool, people),
        "eligible": sizes(pool, had),
        "rows": rows.select(*names, gone=gone),
    }


def cut_weeks(pool: Pool, spec: MeasureSpec, items: tuple[int, ...]) -> Reduced:
    """Self-controlled: days with and without the item, in the weeks after cuts and in all others.

    People with the same four numbers are counted together; nothing is lost by that.
    """
    people = grouped(pool, spec.by)
    risk = shifted(pool, cuts(pool, WEEK_DAYS), tuple(range(spec.risk_weeks)))
    rows = answered(pool, items, spec.first_day, spec.last_day)
    rows = rows.mutate(week=rows.day // WEEK_DAYS)
    weeks = rows.group_by([*pool.one, "item", "week"]).agg(t=rows.count(), e=tally(rows.state == 1))
    weeks = flag(pool, weeks, risk, "risk")
    each = weeks.group_by([*pool.one, "item"]).agg(
        e1=(weeks.e * weeks.risk).sum(),
        t1=(weeks.t * weeks.risk).sum(),
        e0=(weeks.e * (1 - weeks.risk)).sum(),
        t0=(weeks.t * (1 - weeks.risk)).sum(),
    )
    each = each.join(people, pool.one)
    by = [*pool.keys, "grp", "item", "e1", "t1", "e0", "t0"]
    return {"people": sizes(pool, people), "cells": each.group_by(by).agg(n=each.count())}


def pace(pool: Pool, spec: MeasureSpec, items: tuple[int, ...]) -> Reduced:
    """Four weeks of cutting fast or slowly, and the mean severity of the four weeks after."""
    assert spec.fast_percent is not None
    people = grouped(pool, spec.by)
    blocks, cut = means(pool, BLOCK_DAYS, BLOCK_MIN_DAYS), cuts(pool, BLOCK_DAYS)
    cut = cut.mutate(fast=(cut.bp > round(spec.fast_percent * 100)).cast("int64"))
    before = blocks.select(*pool.one, week=blocks.week + 1, before=blocks.m)
    index = cut.join(before, [*pool.one, "week"])
    later = blocks.select(*pool.one, week=blocks.week - 1, then=blocks.m)
    both = index.left_join(later, [*pool.one, "week"])
    both = both.select(*index.columns, "then")
    both = both.mutate(
        stratum=(both.before + MILLI // 2) // MILLI, seen=both.then.notnull().cast("int64")
    )
    rows = both.group_by([*pool.one, "stratum", "fast"]).agg(
        n=both.count(), seen=both.seen.sum(), s=both.then.sum().fill_null(0)
    )
    rows = rows.join(people, pool.one)
    names = [*pool.one, "grp", "stratum", "fast", "n", "seen", "s"]
    return {"people": sizes(pool, people), "rows": rows.select(*names)}


def pooled(pool: Pool, spec: MeasureSpec, items: tuple[int, ...]) -> Reduced:
    """Each person's own comparison: weeks after a cut against their other weeks."""
    people = grouped(pool, spec.by)
    weeks, cut = means(pool, WEEK_DAYS, WEEK_MIN_DAYS), cuts(pool, WEEK_DAYS)
    risk = shifted(pool, cut, tuple(range(spec.risk_weeks)))
    rows = flag(pool, weeks.semi_join(cut, pool.one), risk, "risk")
    other = 1 - rows.risk
    each = rows.group_by(pool.one).agg(
        n1=rows.risk.sum(),
        s1=(rows.m * rows.risk).sum(),
        q1=(rows.m * rows.m * rows.risk).sum(),
        n0=other.sum(),
        s0=(rows.m * other).sum(),
        q0=(rows.m * rows.m * other).sum(),
    )
    each = each.join(people, pool.one)
    names = [*pool.one, "grp", "n1", "s1", "q1", "n0", "s0", "q0"]
    had = people.semi_join(cut, pool.one)
    return {
        "people": sizes(pool, people),
        "eligible": sizes(pool, had),
        "rows": each.select(*names),
    }


def numbness(pool: Pool, spec: MeasureSpec, items: tuple[int, ...]) -> Reduced:
    """Days asked and days present in three phases: before the first cut, cutting, stopped."""
    people = grouped(pool, spec.by, "last_dose_day", "ended", "zero")
    people = people.filter(people.zero == "first_cut")
    rows = answered(pool, items, spec.first_day, spec.last_day).join(people, pool.one)
    stopped = (rows.day > rows.last_dose_day).fill_null(False)
    phase = (rows.day < 0).ifelse(0, stopped.ifelse(2, 1))
    rows = rows.mutate(phase=phase, here=(rows.state == 1).cast("int64"))
    counts = {}
    for number in (0, 1, 2):
        inside = (rows.phase == number).cast("int64")
        counts[f"a{number}"] = inside.sum()
        counts[f"p{number}"] = (inside * rows.here).sum()
    each = rows.group_by([*pool.one, "grp", "ended", "item"]).agg(**counts)
    each = each.mutate(gone=(each.ended == "left").cast("int64"))
    by = [*pool.keys, "grp", "item", "gone", *counts]
    return {"people": sizes(pool, people), "cells": each.group_by(by).agg(n=each.count())}


REDUCTIONS: dict[str, Callable[[Pool, MeasureSpec, tuple[int, ...]], Reduced]] = {
    "prevalence": prevalence,
    "drugs": drugs,
    "duration": duration,
    "course": course,
    "cuts": cut_weeks,
    "pace": pace,
    "pooled": pooled,
    "numbness": numbness,
}
