"""Two calendar files, loaded one after the other into a store keyed by UID, by a second library."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import vobject

from landward.app.diary.profile import Regimen
from landward.app.share.dose_papers import reminders
from landward.engines.tapering import hold
from landward.model.moment import Moment
from landward.model.taper import TaperPlan, TaperStep, TimedDose
from landward.report.taper_calendar import plan_calendar
from landward.report.taper_sheet import sheet_data

TODAY = dt.date(2026, 1, 5)
NOW = Moment(at=dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC), zone="Europe/Berlin")


def a_plan(*mg: int, drug: str = "diazepam", start: dt.date = TODAY) -> TaperPlan:
    steps = tuple(
        TaperStep(
            step=number,
            start=start + dt.timedelta(days=14 * (number - 1)),
            days=14,
            ideal_mg=Fraction(dose),
            made_mg=Fraction(dose),
            cut_percent=Fraction(10),
            doses=(TimedDose(at="daily", made_mg=Fraction(dose)),),
            checks=(),
        )
        for number, dose in enumerate(mg, start=1)
    )
    return TaperPlan(drug=drug, method="given", start=start, from_mg=Fraction(20),
                     times=("daily",), products=(), steps=steps)  # fmt: skip


class Store(dict):
    """What a calendar program keeps: an event by its UID, the newest SEQUENCE, none cancelled."""

    def load(self, text: bytes) -> "Store":
        for event in vobject.readOne(text.decode()).vevent_list:
            uid, sequence = event.uid.value, int(event.sequence.value)
            if uid in self and int(self[uid].sequence.value) > sequence:
                continue
            self[uid] = event
        return self

    def standing(self) -> list[tuple[str, dt.date | dt.datetime]]:
        shown = [e for e in self.values() if e.status.value != "CANCELLED"]
        return sorted((e.summary.value, e.dtstart.value) for e in shown)


def test_after_a_hold_each_line_stands_once_on_its_new_day() -> None:
    first = a_plan(18, 16, 14, 12, 10)
    held = hold(first, dt.date(2026, 1, 20), 14)
    store = Store().load(plan_calendar(first, TODAY)).load(plan_calendar(held, TODAY, [first]))
    assert store.standing() == [
        ("Sheet, line 1", dt.date(2026, 1, 5)),
        ("Sheet, line 2", dt.date(2026, 1, 19)),
        ("Sheet, line 3", dt.date(2026, 2, 16)),
        ("Sheet, line 4", dt.date(2026, 3, 2)),
        ("Sheet, line 5", dt.date(2026, 3, 16)),
    ]
    assert store.load(plan_calendar(first, TODAY)).standing()[2][1] == dt.date(2026, 2, 16)


def test_a_line_that_is_gone_is_cancelled() -> None:
    first = a_plan(18, 16, 14, 12, 10)
    shorter = a_plan(18, 16, 15, start=dt.date(2026, 2, 2)).model_copy(
        update={"version": 2, "replaces": 1}
    )
    store = Store().load(plan_calendar(first, TODAY)).load(plan_calendar(shorter, TODAY, [first]))
    assert [day for _, day in store.standing()] == [
        dt.date(2026, 2, 2), dt.date(2026, 2, 16), dt.date(2026, 3, 2),
    ]  # fmt: skip


def test_a_third_version_still_knows_the_first() -> None:
    first = a_plan(18, 16, 14)
    second = hold(first, dt.date(2026, 1, 6), 7)
    third = hold(second, dt.date(2026, 1, 30), 7)
    store = Store()
    for plan, earlier in ((first, []), (second, [first]), (third, [first, second])):
        store.load(plan_calendar(plan, TODAY, earlier))
    assert len(store) == 3 and store.standing()[2][1] == third.steps[2].start


def test_two_plans_never_share_an_event() -> None:
    plans = [
        a_plan(18, 16), a_plan(18, 16, drug="zopiclone"), a_plan(18, 15), a_plan(18, 16, 14),
        a_plan(18, 16, start=dt.date(2026, 1, 6)),
        a_plan(18, 16).model_copy(update={"from_mg": Fraction(21)}),
    ]  # fmt: skip
    store = Store()
    for plan in plans:
        store.load(plan_calendar(plan, TODAY))
    assert len(store) == sum(len(plan.steps) for plan in plans)
    assert not any(plan.drug in text for plan in plans for text in store)


def test_the_sheet_numbers_its_lines() -> None:
    assert [row["line"] for row in sheet_data(a_plan(18, 16, 14), "step")["rows"]] == list("123")


def regimen(*times: str) -> Regimen:
    return Regimen(entry_id="1", drug="diazepam", mg_per_day=Decimal(10), since=TODAY, times=times)


def test_reminders_are_wall_time_and_a_changed_clock_is_cancelled() -> None:
    first = reminders([regimen("08:00", "22:00")], NOW, whose="mine")
    later = NOW.model_copy(update={"at": NOW.at + dt.timedelta(days=3)})
    second = reminders([regimen("09:00", "22:00")], later, [regimen("08:00", "22:00")], "mine")
    assert b"TZID" not in first and b"DTSTART:20260105T080000\r\n" in first
    store = Store().load(first).load(second)
    assert [when.time() for _, when in store.standing()] == [dt.time(9), dt.time(22)]
    assert all(when.tzinfo is None for _, when in store.standing())
    other = Store().load(reminders([regimen("22:00")], NOW, whose="theirs"))
    assert not store.keys() & other.keys(), "two diaries in one calendar"
