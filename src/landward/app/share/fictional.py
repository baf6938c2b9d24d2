"""Two fictional people's diaries, made here and seeded: for looking around and for benchmarks.

Nobody's data went into it. It is drawn so that every page has something to show: a slow clonazepam
taper with a hold, harder spells that follow some changes and some that follow nothing, windows,
days too unwell to log, gaps. In one of the two feelings come back later than symptoms ease; in the
other they have not come back so far, and it is told as warmly.
"""

import datetime as dt
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from landward.app.write.entry import Numbering, new_entry
from landward.model.bodies import (
    Body,
    CheckIn,
    DidAnyway,
    DoseTaken,
    Event,
    Feelings,
    Glimmer,
    Note,
    PlanAdopted,
    Prescription,
    Profile,
    Sleep,
    UserLabel,
)
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.model.questions import WINDOW_HOURS, scale_of
from landward.model.scale import FEELING
from landward.model.taper import TaperPlan, TaperStep, TimedDose

WHOSE = "A fictional person’s diary: nobody lived it. What you write here is thrown away."
DRUG = "clonazepam"
SEED = 11
DAYS = 420
PINS = ("anxiety", "sensitivity_to_light", "tinnitus")
NAMES = {
    "anxiety": "Anxiety",
    "sensitivity_to_light": "Light hurts",
    "tinnitus": "Ringing in my ears",
}
WEEKLY = ("joy", "sadness", "anger", "love", "motivation", "presence", "body", "empathy")
EVENTS = (
    ("Walked by the river", 1), ("Call with my sister", 2), ("Supermarket was too bright", -1),
    ("Slept through the alarm", 0), ("Neighbours’ building work", -1), ("Sun on the balcony", 1),
    ("Argument about money", -2), ("Cooked for the first time in weeks", 1),
)  # fmt: skip
MOMENTS = (
    "Laughed at a film, out loud.", "The coffee tasted of coffee.",
    "Cried at a song. It was all right.", "Noticed that I had not thought about it for an hour.",
)  # fmt: skip
NOTES = (
    "Three days after the cut, as last time. It passed in the end.",
    "Lights off, blanket, audiobook. That is what helped.",
    "Better. I do not trust it yet, but better.",
)


@dataclass(frozen=True, slots=True)
class Story:
    """What differs between the two fictional people: how feeling went, and their own words."""

    whose: str
    eases: float
    """How far numbness eases over the diary, in points of 0 to 4."""
    better_note: str
    moments: tuple[str, ...]
    notes: tuple[str, ...]
    anyway: tuple[str, ...]
    seed: int


RETURNS = Story(
    whose=WHOSE,
    eases=2.6,
    better_note="It has passed every time so far. Ring Áine.",
    moments=MOMENTS,
    notes=NOTES,
    anyway=(
        "Rang Áine on her birthday. Felt little, said I love you.",
        "Watered the neighbour’s plants.",
        "Sat through the school play, all of it.",
        "Made my bed and opened the window.",
    ),
    seed=SEED,
)
"""One whose feeling comes back, slowly, a sad song first."""

STILL = Story(
    whose="Another fictional person’s diary: nobody lived it. What you write here is thrown away.",
    eases=0.0,
    better_note="You have been kind on days you felt nothing. That was you. Ring Niall.",
    moments=(
        "The dog put her head on my knee. Something was there, for a second.",
        "One line of a song. Then gone. It counts.",
        "Rain. I stood at the window longer than I had to.",
        "Niall laughed and I nearly did.",
    ),
    notes=(
        "A hard one. I stayed in the dark room and it let go in the end.",
        "Blanket, slow book, door shut. It helped as far as anything does.",
        "Easier today. I felt no joy about it and that is allowed.",
    ),
    anyway=(
        "Made soup for Niall. He said it was good. I believe him.",
        "Went to the choir and sang. The others heard no difference.",
        "Wrote to my aunt in hospital.",
        "Walked the dog in the rain. She was glad for both of us.",
    ),
    seed=29,
)
"""One whose feeling has not come back so far. Symptoms ease; days are lived all the same."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing the fictional person wrote: about which day, and at what hour."""

    day: dt.date
    hour: int
    body: Body


def fictional_lines(
    last_day: dt.date, days: int = DAYS, seed: int | None = None, story: Story = RETURNS
) -> Iterator[Line]:
    """The diary up to `last_day`, oldest first; the same seed and days give the same diary."""
    seed = story.seed if seed is None else seed
    chance = random.Random(seed)  # noqa: S311 - a story, not a secret
    beside = random.Random(seed + 1)  # noqa: S311 - so that what is done anyway moves nothing else
    first = last_day - dt.timedelta(days=days - 1)
    steps = _steps(first, days)
    yield from _beginning(first, steps, story)
    hard, numb, spell, spell_left = 5.0, 3.2, 0.0, 0
    for i in range(days):
        day = first + dt.timedelta(days=i)
        step = max(step for step in steps if step[0] <= day)
        since_cut = (day - step[0]).days
        if spell_left == 0:
            after_cut = step[0] != first and since_cut == 3 and chance.random() < 0.75
            if after_cut or chance.random() < 0.006:
                spell, spell_left = chance.uniform(1.8, 3.2), chance.randint(5, 12)
            elif chance.random() < 0.008 + 0.022 * i / days:
                spell, spell_left = -chance.uniform(2.0, 3.0), chance.randint(2, 6)
            else:
                spell = 0.0
        else:
            spell_left -= 1
        base = 5.6 - 1.9 * i / days
        hard = 0.55 * hard + 0.45 * base + chance.gauss(0, 0.75)
        numb = max(0.4, 3.3 - story.eases * max(0, i - 120) / days) + chance.gauss(0, 0.25)
        level = min(10, max(0, round(hard + spell)))
        yield from _day(chance, day, level, numb, step[1], story=story, weekly=day.weekday() == 6)
        if beside.random() < 0.03:
            what = story.anyway[beside.randrange(len(story.anyway))]
            yield Line(day, 21, DidAnyway(what=what))


def fictional_entries(
    numbering: Numbering,
    moment: Moment,
    days: int = DAYS,
    seed: int | None = None,
    story: Story = RETURNS,
) -> tuple[Entry, ...]:
    """The same diary as journal entries, written in the evening of each day before `moment`."""
    last = moment.today() - dt.timedelta(days=1)
    entries = []
    for line in fictional_lines(last, days, seed, story):
        wall = dt.datetime.combine(line.day, dt.time(line.hour, 10), dt.UTC)
        at = Moment(at=min(wall, moment.at), zone=moment.zone)
        entries.append(new_entry(numbering, line.body, line.day, at, origin="app"))
    return tuple(entries)


def _steps(first: dt.date, days: int) -> list[tuple[dt.date, Decimal]]:
    """Twentieths of the first dose every three weeks, with one long hold and one step back up."""
    amount, day, steps = Decimal("1.0"), first, [(first, Decimal("1.0"))]
    lengths = (42, 21, 21, 21, 49, 21, 21, 28, 21, 21, 21, 28)
    moves = ("-", "-", "-", "+", "-", "-", "-", "-", "-", "-", "-")
    cut = Decimal("0.05")
    for round_ in range(max(1, days // 315 + 1)):
        for length, move in zip(lengths, (*moves, "-"), strict=True):
            day += dt.timedelta(days=length)
            amount = amount + cut if move == "+" else amount - cut
            if amount < cut or (day - first).days >= days:
                return steps
            steps.append((day, amount))
        cut = max(Decimal("0.0125"), cut / 2) if round_ else cut
    return steps


def _beginning(
    first: dt.date, steps: list[tuple[dt.date, Decimal]], story: Story
) -> Iterator[Line]:
    fields = {
        "country": "IE", "age_band": "30–44",
        "weekly": " ".join(WEEKLY), "pins": " ".join(PINS), "names": json.dumps(NAMES),
        "before": "Panic attacks on trains, poor sleep.", "spells": "on", "lag": "on",
        "attempts": "Once, in three weeks, on my own. It went badly.",
        "locked_page": "named", "better_note": story.better_note,
        "plan.people": "Áine (my sister). Dr Brennan’s surgery.",
        "plan.steps": "Dark room, cold water on the wrists, the slow audiobook.",
    }  # fmt: skip
    yield Line(first, 19, Profile(fields=fields))
    yield Line(
        first, 19,
        Prescription(drug=DRUG, dose_mg_per_day=steps[0][1], times=("08:30", "21:30"),
                     form="oral drops", why="panic disorder", started_on=first),
    )  # fmt: skip
    plan = TaperPlan(
        drug=DRUG, method="percent-original", start=first, from_mg=Fraction(steps[0][1]),
        times=("morning", "night"), products=("oral drops",), self_made=False,
        steps=tuple(
            TaperStep(
                step=n, start=day,
                days=((steps[n][0] if n < len(steps) else day + dt.timedelta(days=28)) - day).days,
                ideal_mg=Fraction(mg), made_mg=Fraction(mg),
                cut_percent=_cut(steps[max(0, n - 2)][1], mg),
                doses=(TimedDose(at="morning", made_mg=Fraction(mg) / 2),
                       TimedDose(at="night", made_mg=Fraction(mg) / 2)),
                checks=(),
            )
            for n, (day, mg) in enumerate(steps, start=1)
        ),
    )  # fmt: skip
    yield Line(
        first,
        19,
        PlanAdopted(plan=plan.model_dump_json(), tables_version="fiction", prescriber="Dr Brennan"),
    )


def _cut(before: Decimal, mg: Decimal) -> Fraction:
    return (Fraction(before) - Fraction(mg)) / Fraction(before) * 100


def _day(
    chance: random.Random,
    day: dt.date,
    level: int,
    numb: float,
    planned: Decimal,
    *,
    story: Story,
    weekly: bool,
) -> Iterator[Line]:
    yield from _doses(chance, day, planned)
    mood = chance.random()
    if mood < 0.045:
        return
    if level >= 9 and mood < 0.4:
        yield Line(day, 21, CheckIn(mode="unwell"))
        return
    yield Line(day, 21, _check_in(chance, level, numb))
    if mood > 0.25:
        yield Line(
            day, 21, Sleep(hours=round(max(1.5, 7.6 - 0.42 * level + chance.gauss(0, 0.9)) * 2) / 2)
        )
    if chance.random() < 0.09:
        what, valence = EVENTS[chance.randrange(len(EVENTS))]
        yield Line(day, 21, Event(what=what, valence=valence))
    if level <= 3 and chance.random() < 0.18:
        yield Line(day, 21, Glimmer(text=story.moments[chance.randrange(len(story.moments))]))
    if level >= 8 and chance.random() < 0.2:
        yield Line(day, 21, Note(text=story.notes[chance.randrange(len(story.notes))]))
    if level <= 2 and chance.random() < 0.05:
        yield Line(
            day,
            21,
            UserLabel(label="window", until=day, helped="Quiet, and nobody asked how I was."),
        )
    if weekly:
        yield Line(day, 20, _feelings(chance, numb))


def _doses(chance: random.Random, day: dt.date, planned: Decimal) -> Iterator[Line]:
    luck = chance.random()
    if luck < 0.03:
        return
    if luck < 0.05:
        yield Line(
            day,
            22,
            DoseTaken(
                drug=DRUG, dose_mg=planned + Decimal("0.05"), status="different", day_total=True
            ),
        )
    else:
        yield Line(
            day, 22, DoseTaken(drug=DRUG, dose_mg=planned, status="as_planned", day_total=True)
        )


def _check_in(chance: random.Random, level: int, numb: float) -> CheckIn:
    def near(centre: float, low: int = 0, high: int = 4) -> int:
        return min(high, max(low, round(centre + chance.gauss(0, 0.5))))

    answers: dict[str, float] = {
        "day": level,
        "anxiety": near(level * 0.38),
        "sensitivity_to_light": near(level * 0.36 - 0.3),
        "pleasant": near(3.6 - numb - 0.12 * (level - 4)),
        "painful": near(3.4 - 0.7 * numb),
    }
    asked = list(answers)
    no_occasion: tuple[str, ...] = ()
    if chance.random() < 0.05:
        del answers["pleasant"]
        no_occasion = ("pleasant",)
    if chance.random() < 0.3:
        answers["tinnitus"] = near(level * 0.25 + 0.6)
        asked.append("tinnitus")
    if level <= 4 and chance.random() < 0.3:
        answers[WINDOW_HOURS] = float(chance.randint(1, 9))
        asked.append(WINDOW_HOURS)
    return CheckIn(
        asked=tuple(asked),
        answers=answers,
        scales={item: str(scale_of(item)) for item in answers},
        no_occasion=no_occasion,
        tags=("screen-free",) if chance.random() < 0.06 else (),
    )


def _feelings(chance: random.Random, numb: float) -> Feelings:
    answers: dict[str, float] = {}
    no_occasion = []
    for place, item in enumerate(WEEKLY):
        if item in ("anger", "sadness") and chance.random() < 0.15:
            no_occasion.append(item)
            continue
        answers[item] = min(
            4, max(0, round(3.7 - numb + 0.15 * (place % 3) + chance.gauss(0, 0.4)))
        )
    return Feelings(
        asked=WEEKLY,
        answers=answers,
        scales={item: str(FEELING) for item in answers},
        no_occasion=tuple(no_occasion),
    )
