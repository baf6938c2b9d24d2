"""A made-up person's diary, rich enough to fill every block; every number follows from its day."""

import datetime as dt
from decimal import Decimal

from landward.model.bodies import (
    Body,
    CheckIn,
    DoseTaken,
    Feelings,
    Incident,
    Prescription,
    Profile,
    ScaleAnswers,
    Sleep,
)
from landward.model.diary import FILLED_IN_LATER, Diary, fold
from landward.model.entries import Entry
from landward.model.series import DaySeries, day_series
from landward.model.waves import DayReading, Spell, State, WaveReading
from tests.making import entry

START = dt.date(2025, 12, 1)
DAYS = 115
LAST = START + dt.timedelta(days=DAYS - 1)
STEPS = [Decimal(text) for text in ("10", "9", "8", "7.5", "7")]
STEP_DAYS = 25
WAVES = ((50, 63), (86, 91))
WINDOWS = ((70, 77), (102, 106))
GAPS = {5, 17, 29, 78, 79, 80, 81, 95}
UNWELL = {52, 87}
FEELINGS = ("joy", "sadness", "anger", "love", "motivation", "presence", "body", "empathy")


def wobble(number: int, size: int) -> int:
    """A whole number from −size to size that looks unordered and is always the same."""
    return (number * 7919 + 12) % (2 * size + 1) - size


def severity(i: int) -> int:
    """How hard day `i` was, 0 to 10."""
    hard = 2 if any(a <= i <= b for a, b in WAVES) else 0
    easy = 3 if any(a <= i <= b for a, b in WINDOWS) else 0
    return max(0, min(10, 6 - i // 60 + hard - easy + wobble(i, 1)))


def check_in(answers: dict[str, float], *, carried: bool = False) -> CheckIn:
    """A check-in on the diary's own scales."""
    scales = {
        name: "0..10 better down" if name == "day" else "0..4 better down" for name in answers
    }
    return CheckIn(asked=tuple(answers), answers=answers, scales=scales, carried=carried)


class Pen:
    """Writes entries one after the other."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def write(self, body: Body, day: dt.date, origin: str = "app") -> None:
        """One more entry."""
        number = len(self.entries)
        self.entries.append(entry(body, day, key=str(number), seq=number, origin=origin))


def rich_entries() -> list[Entry]:
    """Sixteen weeks with doses, symptoms, feelings, sleep, questionnaires and safety facts."""
    pen = Pen()
    pen.write(Profile(fields={"request": "Please let me hold at 7 mg for four weeks."}), START)
    pen.write(
        Prescription(
            drug="diazepam",
            dose_mg_per_day=Decimal(7),
            form="tablets 2 mg",
            supply_mg=Decimal(300),
        ),
        START + dt.timedelta(days=90),
    )
    for i in range(DAYS):
        day = START + dt.timedelta(days=i)
        if i in UNWELL:
            pen.write(CheckIn(mode="unwell"), day)
        elif i not in GAPS:
            hard = severity(i)
            answers = {"day": float(hard)}
            for name, share in (("insomnia", 0.45), ("tinnitus", 0.3), ("anxiety", 0.4)):
                answers[name] = float(max(0, min(4, round(hard * share) + wobble(i, 1) * (i % 2))))
            carried, later = i in (100, 111), i % 9 == 0
            origin = FILLED_IN_LATER if later else "app"
            pen.write(check_in(answers, carried=carried), day, origin)
        half = STEPS[min(i // STEP_DAYS, 4)] / 2
        pen.write(DoseTaken(drug="diazepam", dose_mg=half), day)
        pen.write(DoseTaken(drug="diazepam", dose_mg=half), day)
        pen.write(Sleep(hours=5.5 + 0.5 * wobble(i, 1)), day)
        if i % 7 == 3:
            pen.write(weekly(i), day)
    pen.write(Incident(what="fall"), START + dt.timedelta(days=60))
    pen.write(Incident(what="ran_out"), START + dt.timedelta(days=97))
    pen.write(Incident(what="suicidal_thoughts"), START + dt.timedelta(days=98))
    pen.write(ScaleAnswers(instrument="PHQ-9", total=14), START + dt.timedelta(days=110))
    return pen.entries


def weekly(i: int) -> Feelings:
    """A weekly look at the feelings; from day 80 on there was no occasion for anger."""
    answers = {name: float(min(4, place % 3 + i // 50)) for place, name in enumerate(FEELINGS)}
    no_occasion: tuple[str, ...] = ()
    if i > 80:
        del answers["anger"]
        no_occasion = ("anger",)
    scales = dict.fromkeys(answers, "0..4 better up")
    return Feelings(asked=FEELINGS, answers=answers, scales=scales, no_occasion=no_occasion)


def rich() -> Diary:
    """The made-up person's diary."""
    return fold(rich_entries())


def main(diary: Diary, item: str = "day") -> DaySeries:
    """The series of the chart."""
    return day_series(diary, item)


def reading(series: DaySeries) -> WaveReading:
    """A reading written by hand, so that no engine's change moves these pages."""
    states = dict.fromkeys(range(series.days), State.USUAL)
    spells = []
    for state, runs in ((State.WINDOW, WINDOWS), (State.WAVE, WAVES)):
        for a, b in runs:
            states |= dict.fromkeys(range(a, b + 1), state)
            spells.append(
                Spell(
                    state=state,
                    start=a,
                    end=b,
                    amplitude=2.0,
                    start_interval=(a, a),
                    end_interval=(b, b),
                )
            )
    days = tuple(
        DayReading(severity=None, state=state, p_window=None, p_wave=None, baseline=None)
        for state in states.values()
    )
    return WaveReading(
        scale=(0, 10),
        days=days,
        spells=tuple(sorted(spells, key=lambda spell: spell.start)),
        answered=series.answered,
        first_day=series.first_day,
    )
