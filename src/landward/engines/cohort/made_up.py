"""Made-up cohorts whose truth is known: what an estimator should find is written down first.

Nobody here is real, and none of the numbers below is a claim about anyone: they are chosen so that
every measure has something to find, and something to be misled by (people cut after easier weeks;
people who fare worse may leave, or may be likelier to join).
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]
BEFORE_DAYS = 28

DRUGS = ("alprazolam", "clonazepam", "diazepam", "lorazepam")
SPELL, RISK, NUMB = 0, 1, 2
ITEM_IDS = (
    "insomnia",
    "panic_attack",
    "emotional_numbness",
    "anxiety",
    "brain_fog",
    "tinnitus",
    "low_energy",
    "muscle_stiffness",
    "sensitivity_to_light",
    "nausea",
)
"""The second follows cuts, the third follows phases; all others are spells."""


@dataclass(frozen=True)
class Truth:
    """What is true of the made-up people, and how they came to be seen."""

    weeks: int = 52
    cut_effect: float = 0.8
    pace_effect: float = 0.0
    by_block: bool = False
    carry_over: float = 0.5
    cut_ratio: float = 1.6
    numb: tuple[float, float, float] = (0.20, 0.40, 0.30)
    had: float = 0.5
    spell_days: float = 120.0
    drug_shares: tuple[float, ...] = (0.25, 0.35, 0.20, 0.20)
    drug_had: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    trait: float = 1.0
    asked: float = 0.9
    never_asked: float = 0.12
    leaving: float = 0.0
    """Chance of leaving in four weeks, for the half who fare better; the others, three times."""
    join_odds: float = 1.0
    """How much likelier the half who fare worse are to join (odds)."""

    @property
    def nothing(self) -> "Truth":
        """The same people with no effect of anything."""
        flat = (0.3, 0.3, 0.3)
        return replace(self, cut_effect=0.0, pace_effect=0.0, cut_ratio=1.0, numb=flat)

    def had_by_trait(self) -> tuple[float, float]:
        """Chance of a spell for the half who fare better, and worse."""
        return self.had - 0.12 * self.trait, self.had + 0.12 * self.trait

    def still_there(self, day: int) -> float:
        """The true share of those who had a spell that has it still after `day` days."""
        chances, means = self.had_by_trait(), self.spell_by_trait()
        stay = [c * math.exp(-day / m) for c, m in zip(chances, means, strict=True)]
        return sum(stay) / sum(chances)

    def spell_by_trait(self) -> tuple[float, float]:
        """Mean days of a spell for both halves."""
        return self.spell_days * (1 - 0.3 * self.trait), self.spell_days * (1 + 0.3 * self.trait)


def make_up(
    rng: np.random.Generator,
    people: int,
    truth: Truth,
    *,
    first_person: int = 0,
    items: Sequence[int] = (SPELL, RISK, NUMB),
    with_days: bool = True,
) -> dict[str, Arrays]:
    """`people` made-up diaries as four tables of columns. Persons are numbered from `first_person`.

    `items` are numbers of `ITEM_IDS`; without `with_days` nobody gave days. Empty
    cells are −1 in `severity` and `value`, and −10⁶ in `last_dose_day`: see `EMPTY`.
    """
    who = np.arange(first_person, first_person + people, dtype=np.int64)
    worse = rng.random(people) < truth.join_odds / (1 + truth.join_odds)
    sign = np.where(worse, 1.0, -1.0) * truth.trait
    last_day = rng.integers(truth.weeks * 7 - 110, truth.weeks * 7, people)
    left, last_day = _leaving(rng, truth, worse, last_day)
    taper = _Taper(rng, truth, sign, people)
    table = {"person": who, "last_day": last_day, "worse": worse, "sign": sign}
    days = _days(rng, table, taper)
    if not with_days:
        days = {name: column[:0] for name, column in days.items()}
    answers = [_item(rng, truth, table, taper, item) for item in items]
    if not answers:
        answers = [{name: c[:0] for name, c in _item(rng, truth, table, taper, SPELL).items()}]
    drug = rng.choice(len(DRUGS), people, p=np.array(truth.drug_shares))
    return {
        "people": {
            "person": who,
            "zero": np.full(people, "first_cut"),
            "first_day": np.full(people, -BEFORE_DAYS, np.int32),
            "last_day": last_day.astype(np.int32),
            "last_dose_day": np.where(
                taper.stopped <= last_day, taper.stopped, EMPTY["last_dose_day"]
            ).astype(np.int32),
            "ended": np.where(left, "left", "data_cut"),
            "start_dose_ug": taper.start_ug,
            "drug": np.array(DRUGS)[drug],
            "sex": np.array(("f", "m"))[(rng.random(people) < 0.35).astype(int)],
            "age_band": np.array(("18-39", "40-59", "60+"))[rng.integers(0, 3, people)],
            "country": np.array(("ca", "gb", "us"))[rng.integers(0, 3, people)],
            "channel": np.array(("clinic", "forum"))[(rng.random(people) < 0.6).astype(int)],
            "indication": np.array(("anxiety", "insomnia"))[rng.integers(0, 2, people)],
            "consent": np.full(people, "1"),
        },
        "days": days,
        "dose_changes": taper.changes(who, last_day),
        "answers": {name: np.concatenate([a[name] for a in answers]) for name in answers[0]},
    }


EMPTY: Mapping[str, int] = {"severity": -1, "value": -1, "last_dose_day": -(10**6)}
"""What stands for an empty cell in the columns above, until they are written."""


def _leaving(
    rng: np.random.Generator,
    truth: Truth,
    worse: NDArray[np.bool_],
    last_day: NDArray[np.int64],
) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    rate = np.where(worse, 3.0, 1.0) * truth.leaving
    with np.errstate(divide="ignore"):
        gone = rng.exponential(1.0, len(worse)) * 28 / rate if truth.leaving else np.inf
    gone = np.floor(gone) + 14
    left = gone < last_day
    return left, np.where(left, gone, last_day).astype(np.int64)


class _Taper:
    """Everybody's severity and dose, week by week, each cut decided by what was written before."""

    def __init__(
        self, rng: np.random.Generator, truth: Truth, sign: NDArray[Any], people: int
    ) -> None:
        weeks = truth.weeks
        self.before = BEFORE_DAYS // 7
        self.rng, self.truth, self.people = rng, truth, people
        self.start_ug = rng.integers(5, 41, people) * 1000
        self.cut = np.zeros((people, weeks), bool)
        self.from_ug = np.zeros((people, weeks), np.int64)
        self.to_ug = np.zeros((people, weeks), np.int64)
        self.stopped = np.full(people, 10**6)
        # Severity by day; written or not, by day.
        self.severity = np.zeros((people, weeks + self.before, 7), np.int8)
        self.written = rng.random((people, weeks + self.before, 7)) < truth.asked
        self.dose = np.zeros((people, weeks + self.before), np.int64)
        self._effect = truth.cut_effect + 0.4 * sign + rng.uniform(-0.3, 0.3, people)
        self._run(sign)

    def _run(self, sign: NDArray[Any]) -> None:
        rng, truth = self.rng, self.truth
        base = rng.uniform(3.0, 5.0, self.people)
        noise = np.zeros(self.people)
        dose, cuts_left = self.start_ug.copy(), rng.integers(5, 8, self.people)
        since = np.full(self.people, 99)
        fast_now, fast_before = np.zeros(self.people, bool), np.zeros(self.people, bool)
        for place in range(truth.weeks + self.before):
            week = place - self.before
            if week >= 0:
                if week % 4 == 0:
                    fast_before, fast_now = fast_now, np.zeros(self.people, bool)
                cut, fast = self._decide(place, week, since, cuts_left)
                dose = self._apply(week, cut, fast, dose, cuts_left)
                fast_now = np.where(cut, self._depth(week) > 0.15, fast_now)
                since = np.where(cut, 0, since + 1)
            spread = 0.6 * math.sqrt(1 - truth.carry_over**2)
            noise = truth.carry_over * noise + rng.normal(0, spread, self.people)
            level = base + np.clip(noise, -1.5, 1.5)
            level += np.where(since < 2, self._effect, 0.0)
            level += fast_before * (truth.pace_effect + 0.3 * sign * bool(truth.pace_effect))
            shake = rng.uniform(-1, 1, (self.people, 7)) + rng.random((self.people, 7))
            self.severity[:, place] = np.clip(np.floor(level[:, None] + shake), 0, 10)
            self.dose[:, place] = dose

    def _mean(self, places: slice, at_least: int) -> NDArray[Any]:
        """The rounded mean people could read in their own diary; 5 where they wrote too little."""
        written = self.written[:, places].reshape(self.people, -1)
        severity = self.severity[:, places].reshape(self.people, -1)
        count = written.sum(axis=1)
        total = (severity * written).sum(axis=1)
        mean = np.floor(total / np.maximum(count, 1) + 0.5)
        return np.where(count >= at_least, mean, 5)

    def _decide(
        self, place: int, week: int, since: NDArray[Any], cuts_left: NDArray[Any]
    ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        block = self.truth.by_block
        easy = self._mean(slice(place - 4, place), 8) if block else None
        lately = easy if easy is not None else self._mean(slice(place - 1, place), 3)
        chance = np.where(lately <= 4, 0.65, 0.3)
        draw = self.rng.random((2, self.people))
        weekly = (draw[0] < chance) & (since >= 4)
        cut = (draw[0] < 0.85) & (week % 4 == 0) if block else weekly
        if week == 0:
            cut[:] = True
        return cut & (cuts_left > 0), draw[1] < (chance if block else 0.4)

    def _apply(
        self,
        week: int,
        cut: NDArray[np.bool_],
        fast: NDArray[np.bool_],
        dose: NDArray[Any],
        cuts_left: NDArray[Any],
    ) -> NDArray[Any]:
        last = cut & (cuts_left == 1)
        to = np.where(last, 0, np.floor(dose * np.where(fast, 0.75, 0.92)).astype(np.int64))
        self.cut[:, week] = cut
        self.from_ug[:, week], self.to_ug[:, week] = dose, to
        cuts_left -= cut
        self.stopped[last] = 7 * week - 1
        return np.where(cut, to, dose)

    def _depth(self, week: int) -> NDArray[Any]:
        return 1 - self.to_ug[:, week] / np.maximum(self.from_ug[:, week], 1)

    def changes(self, who: NDArray[Any], last_day: NDArray[Any]) -> Arrays:
        """The dose changes that fell within each diary."""
        person, week = np.nonzero(self.cut & (7 * np.arange(self.truth.weeks) <= last_day[:, None]))
        return {
            "person": who[person],
            "day": (7 * week).astype(np.int32),
            "nth": np.zeros(len(person), np.int16),
            "from_ug": self.from_ug[person, week],
            "to_ug": self.to_ug[person, week],
        }


def _days(rng: np.random.Generator, table: Arrays, taper: _Taper) -> Arrays:
    people = len(table["person"])
    day = np.arange(taper.severity.shape[1] * 7) - BEFORE_DAYS
    severity = taper.severity.reshape(people, -1)
    written = taper.written.reshape(people, -1)
    person, at = np.nonzero(day <= table["last_day"][:, None])
    return {
        "person": table["person"][person],
        "day": day[at].astype(np.int32),
        "severity": np.where(written[person, at], severity[person, at], EMPTY["severity"]).astype(
            np.int16
        ),
        "dose_ug": taper.dose[person, at // 7],
    }


def _item(
    rng: np.random.Generator, truth: Truth, table: Arrays, taper: _Taper, item: int
) -> Arrays:
    people = len(table["person"])
    day = np.arange(taper.severity.shape[1] * 7) - BEFORE_DAYS
    inside = day <= table["last_day"][:, None]
    if item == RISK:
        risk = np.zeros((people, len(day)), bool)
        weeks = np.zeros((people, taper.severity.shape[1]), bool)
        weeks[:, taper.before :] = taper.cut
        weeks[:, taper.before + 1 :] |= taper.cut[:, :-1]
        risk[:] = np.repeat(weeks, 7, axis=1)
        rate = rng.uniform(0.03, 0.25, people)
        ratio = truth.cut_ratio * np.exp(0.15 * table["sign"] * (truth.cut_ratio != 1))
        chance = rate[:, None] * np.where(risk, ratio[:, None], 1.0)
    elif item == NUMB:
        late = day > taper.stopped[:, None]
        phase = np.where(day < 0, 0, np.where(late, 2, 1))
        own = 0.1 * table["sign"] + rng.uniform(-0.08, 0.08, people)
        chance = np.array(truth.numb)[phase] + own[:, None]
    else:
        half = table["worse"].astype(int)
        had = rng.random(people) < np.array(truth.had_by_trait())[half]
        onset = rng.integers(-20, 60, people)
        length = np.ceil(rng.exponential(np.array(truth.spell_by_trait())[half]))
        in_spell = (day >= onset[:, None]) & (day < (onset + length)[:, None])
        chance = np.where(in_spell & had[:, None], 0.9, 0.0)
    present = rng.random(chance.shape, dtype=np.float32) < chance
    never = rng.random(people) < truth.never_asked
    asked = (rng.random(chance.shape, dtype=np.float32) < truth.asked) & ~never[:, None]
    person, at = np.nonzero(inside)
    state = np.where(asked[person, at], present[person, at], 2).astype(np.int8)
    return {
        "person": table["person"][person],
        "day": day[at].astype(np.int32),
        "item": np.full(len(person), item, np.int16),
        "state": state,
        "value": np.where(state == 2, EMPTY["value"], 2 * (state == 1)).astype(np.int16),
    }


def in_parts(
    rng: np.random.Generator, people: int, truth: Truth, items: Sequence[int], part: int = 2000
) -> Iterator[dict[str, Arrays]]:
    """The same people in parts that fit in memory, numbered on from part to part."""
    for first in range(0, people, part):
        count = min(part, people - first)
        yield make_up(rng, count, truth, first_person=first, items=items)
