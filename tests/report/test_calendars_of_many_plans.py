"""Ten calendars of each kind, drawn: a hold, two plans, a shorter plan, reminders in any zone.

What stands after loading the first file and then the second is worked out from the drawn days.
"""

import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest

from landward.app.share.dose_papers import reminders
from landward.engines.tapering import hold
from landward.model.moment import Moment
from landward.report.taper_calendar import plan_calendar
from tests.report.test_taper_calendar import TODAY, Store, a_plan, regimen

ZONES = (
    "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Auckland",
    "America/Sao_Paulo", "Asia/Tokyo", "Africa/Cairo", "Pacific/Kiritimati", "UTC",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(10))
def test_after_a_hold_each_line_stands_once_on_its_day(seed: int) -> None:
    rng = random.Random(seed)
    first = a_plan(*range(30, 30 - rng.randint(4, 12), -1))
    length = rng.randint(1, 40)
    begins = TODAY + dt.timedelta(days=rng.randint(1, 14 * (len(first.steps) - 1) - 1))
    held = hold(first, begins, length)
    right = [
        step.start + dt.timedelta(days=length if step.start > begins else 0)
        for step in first.steps
    ]  # fmt: skip
    store = Store().load(plan_calendar(first, TODAY)).load(plan_calendar(held, TODAY, [first]))
    assert sorted(day for _, day in store.standing()) == right
    assert len(store) == len(first.steps), "no line twice"
    again = store.load(plan_calendar(first, TODAY))
    assert sorted(day for _, day in again.standing()) == right, "an older file moves nothing back"


@pytest.mark.parametrize("seed", range(10))
def test_two_plans_stand_beside_each_other(seed: int) -> None:
    rng = random.Random(seed)
    one, other = (
        a_plan(*range(20, 20 - rng.randint(2, 9), -1), drug=drug,
               start=TODAY + dt.timedelta(days=rng.randint(0, 9)))
        for drug in ("diazepam", rng.choice(("zopiclone", "lorazepam")))
    )  # fmt: skip
    store = Store().load(plan_calendar(one, TODAY)).load(plan_calendar(other, TODAY))
    days = sorted(step.start for plan in (one, other) for step in plan.steps)
    assert sorted(day for _, day in store.standing()) == days


@pytest.mark.parametrize("seed", range(10))
def test_a_plan_made_shorter_leaves_nothing_behind(seed: int) -> None:
    rng = random.Random(seed)
    lines = rng.randint(3, 10)
    first = a_plan(*range(30, 30 - lines, -1))
    kept = rng.randint(1, lines - 1)
    shorter = a_plan(*range(30, 30 - kept, -1), start=TODAY + dt.timedelta(days=7)).model_copy(
        update={"version": 2, "replaces": 1}
    )
    store = Store().load(plan_calendar(first, TODAY)).load(plan_calendar(shorter, TODAY, [first]))
    assert [day for _, day in store.standing()] == [step.start for step in shorter.steps]


@pytest.mark.parametrize("zone", ZONES)
def test_reminders_are_the_wall_clock_of_wherever_the_person_is(zone: str) -> None:
    """The second file is written half a year later, over a change of the clocks where there is
    one, and one time was changed.
    """
    rng = random.Random(zone)
    early, late, changed = (f"{hour:02}:{rng.choice((0, 5, 30, 45)):02}" for hour in (7, 22, 9))
    at = dt.datetime(2026, 1, 5, 12, tzinfo=ZoneInfo(zone))
    now = Moment(at=at.astimezone(dt.UTC), zone=zone)
    later = Moment(at=now.at + dt.timedelta(days=182), zone=zone)
    first = reminders([regimen(early, late)], now, whose="mine")
    second = reminders([regimen(changed, late)], later, [regimen(early, late)], "mine")
    for text in (first, second):
        assert b"TZID" not in text and b"DTSTART:2026" in text
        starts = [line for line in text.split(b"\r\n") if line.startswith(b"DTSTART")]
        assert not any(line.endswith(b"Z") for line in starts), "no time of another place"
    standing = Store().load(first).load(second).standing()
    assert sorted(f"{when:%H:%M}" for _, when in standing) == sorted((changed, late))
