"""Twelve made-up diaries and what a reader of page one ought to answer, written down by hand."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from landward.model.bodies import (
    Body,
    CheckIn,
    DoseTaken,
    PlanAdopted,
    Prescription,
    Profile,
    Sleep,
)
from landward.model.entries import Entry, id_from_source
from landward.model.safety_questions import SAFETY_QUESTIONS, safety_body

LAST = dt.date(2026, 11, 26)
NO = {one.id: "no" for one in SAFETY_QUESTIONS}


@dataclass(frozen=True)
class Case:
    """One diary: what it is called, its entries, the true answers to the six questions."""

    name: str
    entries: tuple[Entry, ...]
    truth: dict[str, str]


class Pen:
    """Writes entries one after the other."""

    def __init__(self, name: str) -> None:
        self.name, self.entries = name, list[Entry]()

    def write(self, body: Body, day: dt.date) -> None:
        """One more entry about a day."""
        number = len(self.entries)
        at = dt.datetime.combine(day, dt.time(21), dt.UTC)
        self.entries.append(
            Entry(
                id=id_from_source(self.name, str(number)), device="laptop", seq=number,
                recorded_at=at, zone="Europe/London", date=day, kind=body.kind,
                version=body.written_as, body=body.to_json(), origin="app",
            )
        )  # fmt: skip

    def day(self, day: dt.date, hard: float | None, **symptoms: float) -> None:
        """One check-in."""
        answers = ({} if hard is None else {"day": float(hard)}) | symptoms
        scales = {name: "0..10 better down" if name == "day" else "0..4 better down"
                  for name in answers}  # fmt: skip
        self.write(CheckIn(asked=tuple(answers), answers=answers, scales=scales), day)

    def dose(self, day: dt.date, drug: str, mg: str, **more: bool) -> None:
        """One day's dose."""
        self.write(DoseTaken(drug=drug, dose_mg=Decimal(mg), **more), day)

    def label(self, day: dt.date, drug: str, mg: str, **more: object) -> None:
        """A copied label."""
        self.write(
            Prescription.model_validate({"drug": drug, "dose_mg_per_day": Decimal(mg), **more}), day
        )


def back(days: int) -> dt.date:
    """So many days before the last."""
    return LAST - dt.timedelta(days=days)


def sway(number: int, size: int = 1) -> int:
    """A whole number from −size to size that looks unordered and is always the same."""
    return (number * 7919 + 12) % (2 * size + 1) - size


def plan(drug: str, steps: list[tuple[dt.date, int, str]]) -> PlanAdopted:
    """An adopted plan in the open shape."""
    rows = [{"start": day.isoformat(), "days": days, "made_mg": mg} for day, days, mg in steps]
    return PlanAdopted(
        plan=json.dumps({"drug": drug, "steps": rows}), tables_version="-", prescriber="Dr Marsh"
    )


def empty(pen: Pen) -> dict[str, str]:
    pen.write(Profile(fields={"name": "A. Reed"}), LAST)
    return {"taken": "nothing is written; not known", "change": "none recorded",
            "direction": "cannot be said", "red_flag": "not asked (not the same as none)",
            "complete": "nothing written", "asked": "nothing"}  # fmt: skip


def one_day(pen: Pen) -> dict[str, str]:
    pen.day(LAST, 6, insomnia=3)
    pen.dose(LAST, "diazepam", "10")
    return {"taken": "diazepam 10 mg on 26 Nov 2026, the only written day; not settled yet",
            "change": "none recorded", "direction": "cannot be said: one day",
            "red_flag": "not asked", "complete": "a new diary of one day, answered",
            "asked": "nothing"}  # fmt: skip


def three_days(pen: Pen) -> dict[str, str]:
    fields = {
        "request": "Help me to start slowly, please.",
        "attempts": "Once, 2019, in two weeks: too fast.",
    }
    pen.write(Profile(fields=fields), back(2))
    pen.label(back(2), "diazepam", "10", why="panic attacks", started_on=dt.date(2016, 3, 1))
    for number in range(3):
        pen.day(back(2 - number), (5, 6, 5)[number], insomnia=2, anxiety=3)
        pen.dose(back(2 - number), "diazepam", "10")
    return {"taken": "diazepam 10 mg a day", "change": "none recorded",
            "direction": "cannot be said: three days", "red_flag": "not asked",
            "complete": "a new diary: all 3 days answered",
            "asked": "help to start slowly"}  # fmt: skip


def forty_days(pen: Pen) -> dict[str, str]:
    pen.write(Profile(fields={"request": "Stay at this dose for six weeks."}), back(39))
    pen.label(back(60), "clonazepam", "1", why="panic attacks", started_on=dt.date(2019, 5, 1))
    pen.write(plan("clonazepam", [(back(19), 200, "0.875")]), back(21))
    for number in range(39, -1, -1):
        if number not in (33, 8):
            pen.day(back(number), (4 if number > 19 else 6) + sway(number), insomnia=2.0)
        pen.dose(back(number), "clonazepam", "0.875" if number <= 19 else "1")
    pen.write(safety_body(NO | {"ran_out": "yes"}), back(5))
    return {"taken": "clonazepam 0.875 mg a day, settled since 7 Nov 2026",
            "change": "1 to 0.875 mg, -12.5 %, on 7 Nov 2026",
            "direction": "harder than before",
            "red_flag": "yes: ran out (month to 21 Nov); the other questions no",
            "complete": "most days: 26 or 27 of the last 28, 38 of all 40",
            "asked": "stay at this dose for six weeks"}  # fmt: skip


def sparse(pen: Pen) -> dict[str, str]:
    for number in range(117, 2, -6):
        pen.day(back(number), 5 + sway(number, 2))
        pen.dose(back(number), "lorazepam", "2")
    return {"taken": "lorazepam 2 mg a day (as far as written: about every sixth day)",
            "change": "none recorded", "direction": "cannot be said: too few days",
            "red_flag": "not asked", "complete": "few days answered: about 4 or 5 of 28",
            "asked": "nothing"}  # fmt: skip


def two_drugs(pen: Pen) -> dict[str, str]:
    pen.write(Profile(fields={"request": "One medicine at a time, please."}), back(99))
    for number in range(99, -1, -1):
        pen.day(back(number), 6 - (number < 28) + sway(number), insomnia=2.0, tinnitus=1.0)
        pen.dose(back(number), "diazepam", "9" if number <= 42 else "10")
        pen.dose(back(number), "zopiclone", "3.75" if number <= 16 else "7.5")
    pen.write(safety_body(NO), back(3))
    return {"taken": "diazepam 9 mg a day and zopiclone 3.75 mg a day",
            "change": "zopiclone 7.5 to 3.75 mg, -50 %, on 10 Nov 2026 (diazepam 10 to 9, -10 %, "
                      "15 Oct 2026)",
            "direction": "easier than the 28 days before (by 1)",
            "red_flag": "none in the month to 23 Nov; suicidal thoughts kept private",
            "complete": "every day", "asked": "one medicine at a time"}  # fmt: skip


def as_needed(pen: Pen) -> dict[str, str]:
    pen.label(back(90), "lorazepam", "1", why="flying", started_on=dt.date(2024, 6, 1))
    for number in range(89, -1, -1):
        pen.day(back(number), 3 + sway(number))
        if number in (80, 61, 47, 26, 19, 12, 7, 2):
            pen.dose(back(number), "lorazepam", "1", as_needed=True)
    return {"taken": "lorazepam only as needed: 1 mg on 5 of the last 28 days, last 24 Nov; no "
                     "daily dose",
            "change": "none recorded", "direction": "about the same", "red_flag": "not asked",
            "complete": "every day", "asked": "nothing"}  # fmt: skip


def updosing(pen: Pen) -> dict[str, str]:
    pen.write(Profile(fields={"request": "Hold here until I sleep again."}), back(110))
    for number in range(110, -1, -1):
        hard = 4 if number > 80 else 8 if number > 28 else 7
        pen.day(back(number), min(10, hard + sway(number)), insomnia=3.0)
        mg = "0.5" if number > 80 or number <= 37 else "0.4"
        pen.dose(back(number), "clonazepam", mg)
    return {"taken": "clonazepam 0.5 mg a day, settled since 20 Oct 2026",
            "change": "an INCREASE: 0.4 to 0.5 mg, +25 %, on 20 Oct 2026",
            "direction": "easier than the 28 days before (still harder than at the start)",
            "red_flag": "not asked", "complete": "every day",
            "asked": "hold here until sleep is back"}  # fmt: skip


def after_the_end(pen: Pen) -> dict[str, str]:
    pen.label(back(400), "diazepam", "5", why="back pain", started_on=dt.date(2020, 2, 1))
    for number in range(300, -1, -1):
        pen.day(back(number), max(0, 3 + number // 80 + sway(number)), tinnitus=1.0)
        if number > 101:
            mg = ("5", "4", "3", "2", "1", "0.5")[min(5, (300 - number) // 33)]
            pen.dose(back(number), "diazepam", mg)
        elif number > 87:
            pen.dose(back(number), "diazepam", "0")
    pen.label(back(101), "diazepam", "0")
    pen.write(safety_body(NO), back(60))
    return {"taken": "nothing now: diazepam ended (0 mg) on 17 Aug 2026",
            "change": "0.5 to 0 mg, -100 %, on 17 Aug 2026",
            "direction": "about the same as the 28 days before (easier than at the start)",
            "red_flag": "no (month to 27 Sep); not asked since", "complete": "every day",
            "asked": "nothing"}  # fmt: skip


def ten_years(pen: Pen) -> dict[str, str]:
    pen.write(Profile(fields={"request": "Drops instead of quarters."}), back(3649))
    pen.label(back(3649), "diazepam", "20", why="anxiety", started_on=dt.date(2009, 9, 1))
    for number in range(3649, -1, -1):
        pen.day(back(number), max(0, min(10, 3 + number // 900 + sway(number, 2))), insomnia=2.0)
        step = min(38, (3649 - number) // 95)
        pen.dose(back(number), "diazepam", str(Decimal(20) - Decimal("0.5") * step))
    pen.write(safety_body(NO | {"fall": "yes"}), back(20))
    return {"taken": "diazepam 1 mg a day", "change": "1.5 to 1 mg, -33 %, on 18 Oct 2026",
            "direction": "about the same as the 28 days before (easier than ten years ago)",
            "red_flag": "yes: a fall (month to 6 Nov); the others no", "complete": "every day",
            "asked": "drops instead of quarters"}  # fmt: skip


def right_to_left(pen: Pen) -> dict[str, str]:
    pen.write(Profile(fields={"name": "מרים לוי", "request": "Slower, please: half the step."}),
              back(59))  # fmt: skip
    for number in range(59, -1, -1):
        if number % 5:
            pen.day(back(number), 5 + sway(number), insomnia=2.0)
        pen.dose(back(number), "alprazolam", "0.75" if number <= 13 else "1")
    return {"taken": "alprazolam 0.75 mg a day, settled since 13 Nov 2026",
            "change": "1 to 0.75 mg, -25 %, on 13 Nov 2026",
            "direction": "about the same as before", "red_flag": "not asked",
            "complete": "most days: about 22 of 28", "asked": "slower: half the step"}  # fmt: skip


def emoji(pen: Pen) -> dict[str, str]:
    pen.write(Profile(fields={"name": "Zoë 🌊", "request": "🙏 Please hold at 5 mg."}), back(59))
    pen.label(back(59), "diazepam", "5")
    for number in range(59, -1, -1):
        pen.day(back(number), 6 + sway(number), insomnia=3.0)
        pen.write(Sleep(hours=5.5), back(number))
        if number in (3, 4, 5):
            pen.write(DoseTaken(drug="diazepam", status="not_taken"), back(number))
        else:
            pen.dose(back(number), "diazepam", "5")
    return {"taken": "diazepam 5 mg a day, but not taken on 21, 22 and 23 Nov 2026",
            "change": "stopped on 21 Nov 2026 (5 to 0 mg), back to 5 mg on 24 Nov 2026",
            "direction": "about the same",
            "red_flag": "YES: three planned days not taken in the last seven; the questions were "
                        "not asked",
            "complete": "every day", "asked": "hold at 5 mg"}  # fmt: skip


CASES: tuple[Callable[[Pen], dict[str, str]], ...] = (
    empty, one_day, three_days, forty_days, sparse, two_drugs, as_needed, updosing, after_the_end,
    ten_years, right_to_left, emoji,
)  # fmt: skip


def made(write: Callable[[Pen], dict[str, str]]) -> Case:
    """One of the twelve."""
    pen = Pen(write.__name__)
    truth = write(pen)
    return Case(write.__name__, tuple(pen.entries), truth)
