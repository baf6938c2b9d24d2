"""A made-up diary from a seed: gaps, late days, changes, weekly looks, two drugs now and then."""

import datetime as dt
import random
from decimal import Decimal

from diaries import Pen

from landward.model.bodies import CheckIn, Feelings, Incident, Sleep
from landward.model.entries import Entry
from landward.model.safety_questions import SAFETY_QUESTIONS, safety_body

START = dt.date(2025, 3, 1)
SYMPTOMS = ("insomnia", "tinnitus", "anxiety", "nausea", "tremor", "fog", "aches")


def generated(seed: int) -> list[Entry]:
    """The entries of one diary; the same seed gives the same ones."""
    dice = random.Random(seed)
    pen = Pen(f"generated-{seed}")
    days = dice.choice((1, 3, 13, 14, 20, 40, 60, 90, 130, 260))
    often = dice.choice((0.3, 0.7, 0.95, 1.0))
    level = dice.randint(2, 7)
    names = dice.sample(("diazepam", "zopiclone"), dice.choice((0, 1, 1, 1, 2)))
    drugs = {name: _doses(dice, days) for name in names}
    for number in range(days):
        day = START + dt.timedelta(days=number)
        if dice.random() < 0.02:
            level = dice.randint(1, 8)
        if dice.random() < often:
            if dice.random() < 0.05:
                pen.write(CheckIn(mode="unwell"), day)
            else:
                symptoms = {name: float(dice.randint(0, 4)) for name in SYMPTOMS
                            if dice.random() < 0.6}  # fmt: skip
                pen.day(day, max(0, min(10, level + dice.randint(-2, 2))), **symptoms)
        for drug, amounts in drugs.items():
            if (mg := amounts[number]) is not None and dice.random() < 0.97:
                pen.dose(day, drug, mg)
        if number % 7 == 3 and dice.random() < 0.6:
            answers = {name: float(dice.randint(0, 4)) for name in ("joy", "love")}
            pen.write(Feelings(asked=("joy", "love"), answers=answers,
                               scales=dict.fromkeys(answers, "0..4 better up")), day)  # fmt: skip
        if dice.random() < 0.4:
            pen.write(Sleep(hours=dice.randint(6, 18) / 2), day)
        if dice.random() < 0.01:
            pen.write(Incident(what=dice.choice(("fall", "seizure", "ran_out"))), day)
        if dice.random() < 0.02:
            words = {one.id: dice.choice(("yes", "no", "no", "no", "skip"))
                     for one in SAFETY_QUESTIONS}  # fmt: skip
            pen.write(safety_body(words), day)
    if not pen.entries:
        pen.day(START, 5)
    return pen.entries


def _doses(dice: random.Random, days: int) -> list[str | None]:
    """Steps of at least a tenth, a passing other day now and then, days without a word."""
    mg, left = Decimal(dice.choice((4, 10, 20))), dice.randint(1, 40)
    found: list[str | None] = []
    for _ in range(days):
        left -= 1
        if not left:
            share = dice.choice(("0.5", "0.75", "0.9", "1.25"))
            mg, left = (mg * Decimal(share)).quantize(Decimal("0.01")), dice.randint(4, 40)
        roll = dice.random()
        other = (mg * Decimal("1.5")).quantize(Decimal("0.01"))
        found.append(None if roll < 0.05 else str(other) if roll < 0.07 else str(mg))
    return found
