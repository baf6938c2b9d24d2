"""The letter that asks for a slow reduction: the person's facts, what guidance says, six asks.

Every number of a guideline comes with its rule from the tables; the wording is ours. The letter
asks, and presumes neither a pace nor zero.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from landward.model.base import Frozen
from landward.model.bodies import DoseTaken, Incident, Prescription
from landward.model.diary import Diary
from landward.model.facts import Source
from landward.model.guidelines import GuidelineRule
from landward.report.blocks.recorded import daily_doses
from landward.report.blocks.safety_strip import FACTS, SHARED_ONLY_IF_CHOSEN
from landward.report.typesetting import typeset
from landward.report.words import (
    count_words,
    date_words,
    dose_words,
    item_words,
    list_words,
    shortened,
)

ASKS = (
    "a first step, and what would make us pause or go back a step",
    "a form that allows small steps: tablets of a smaller strength, or a liquid",
    "how often we look at it together{reviews}",
    "a steady supply, so that I never run out",
    "whom I call when it is hard, and when to use emergency care",
    "help alongside, such as talking therapy for anxiety or sleep",
)

TO_FILL_IN = (
    "seizures",
    "alcohol",
    "opioids",
    "pregnancy",
    "breathing problems",
    "other medicines",
)
"""Left open for a pen, because the diary does not hold them."""


class Guidance(Frozen):
    """One rule in plain words and the number of its source in the list at the end."""

    words: str
    source: int


class Letter(Frozen):
    """Everything the letter says."""

    prescriber: str
    sender: str
    taking: tuple[str, ...]
    guidance: tuple[Guidance, ...]
    asks: tuple[str, ...]
    recorded: tuple[str, ...]
    to_fill_in: tuple[str, ...]
    sources: tuple[str, ...]
    reviewed: bool


def build_letter(
    diary: Diary,
    *,
    today: date,
    guidance: Sequence[GuidelineRule],
    sources: Mapping[str, Source],
    prescriber: str = "",
    sender: str = "",
    review_weeks: int | None = None,
) -> Letter:
    """The letter for one diary.

    `guidance` are the rules to cite, in order, and `sources` the bibliography their keys point to
    (KeyError if one is missing). Thoughts of suicide never enter a letter.
    """
    keys = list(dict.fromkeys(rule.source[0] for rule in guidance))
    reviews = f", for example every {count_words(review_weeks, 'week')}" if review_weeks else ""
    return Letter(
        prescriber=shortened(prescriber, 80),
        sender=shortened(sender, 60),
        taking=_taking(diary, today),
        guidance=tuple(
            Guidance(words=rule.plain, source=keys.index(rule.source[0]) + 1) for rule in guidance
        ),
        asks=tuple(ask.format(reviews=reviews) for ask in ASKS),
        recorded=_recorded(diary, today),
        to_fill_in=TO_FILL_IN,
        sources=tuple(str(sources[key]) for key in keys),
        reviewed=all(rule.status == "clinician-reviewed" for rule in guidance),
    )


def letter_pdf(letter: Letter, *, today: date, paper: Literal["a4", "letter"] = "a4") -> bytes:
    """The letter as PDF, dated `today`."""
    data = letter.model_dump(mode="json") | {"date": date_words(today)}
    return typeset("letter", data, date=today, paper=paper)


def _taking(diary: Diary, today: date) -> tuple[str, ...]:
    """“diazepam 10 mg a day (morning, night) since 3 Feb 2019”: prescribed, else taken."""
    lines: dict[str, str] = {}
    for entry, ordered in diary.of(Prescription):
        if entry.date > today:
            continue
        when = f" ({list_words(ordered.times)})" if ordered.times else ""
        form = f", {ordered.form}" if ordered.form else ""
        since = f" since {date_words(ordered.started_on)}" if ordered.started_on else ""
        amount = dose_words(ordered.dose_mg_per_day)
        if ordered.dose_mg_per_day:
            lines[ordered.drug] = f"{ordered.drug} {amount} mg a day{when}{form}{since}"
        else:
            lines.pop(ordered.drug, None)
    stopped = {body.drug for entry, body in diary.of(Prescription) if entry.date <= today}
    for drug in sorted({body.drug for _, body in diary.of(DoseTaken)} - stopped):
        doses = daily_doses(diary, drug, today)
        if doses and (mg := doses[max(doses)]):
            lines[drug] = f"{drug} {dose_words(mg)} mg a day (last noted {date_words(max(doses))})"
    return tuple(lines[drug] for drug in sorted(lines))


def _recorded(diary: Diary, today: date) -> tuple[str, ...]:
    """Safety facts the diary holds, once each with the latest day."""
    names = {id_: fact for fact, ids in FACTS.items() for id_ in ids}
    latest: dict[str, date] = {}
    for entry, body in diary.of(Incident):
        what = body.what.rsplit(":", 1)[-1].removeprefix("flag.")
        if what not in SHARED_ONLY_IF_CHOSEN and entry.date <= today:
            latest[names.get(what, item_words(what))] = entry.date
    return tuple(f"{name}, last on {date_words(day)}" for name, day in latest.items())
