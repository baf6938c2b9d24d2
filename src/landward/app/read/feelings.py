"""Read how much feeling reached a person, day by day and week by week."""

import datetime as dt
from collections import Counter

from landward.app.diary.open_diary import ANSWERS
from landward.app.read.dose_stretches import dose_stretches
from landward.app.read.feeling_words import Apart, asked_when, by_wording
from landward.app.read.medicines import OF_MEDICINES
from landward.app.read.reach_lane import PAIRS
from landward.app.read.reading import Reading
from landward.app.read.waves import overall_items, overall_severity
from landward.engines.patterns import read_feelings as read
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, DidAnyway, Event, Glimmer
from landward.model.diary import Diary
from landward.model.feelings import FeelingsReading
from landward.model.panel import DayPanel, day_panel
from landward.model.questions import LITTLE_WAS, WEEKLY, question
from landward.model.readings import DiaryFeelings
from landward.model.said import phrase
from landward.model.series import Floats, day_series
from landward.report.as_json import feelings as json_of
from landward.report.readings.feelings_telling import tell


def read_feelings(diary: Diary) -> DiaryFeelings:
    """Every feeling in the diary. Raises BadInput where none was ever asked."""
    pair = next((p for p in PAIRS if all(item in diary.items for item in p)), None)
    items = _items(diary, pair)
    in_words = _in_words_only(diary, (*(pair or ()), *WEEKLY))
    if not items:
        if in_words:
            return _words_alone(diary, in_words)
        raise BadInput(
            phrase(
                "the diary has no feelings yet; the daily check-in and the weekly look ask for them"
            )
        )
    panel = day_panel(diary, items)
    apart = by_wording(diary, panel)
    for item in in_words:
        apart.add_words(item, diary)
    reading = read(
        apart.values,
        scales=apart.scales,
        pair=pair if pair and all(item in items for item in pair) else None,
        no_occasion=apart.no_occasion,
        too_much=apart.too_much,
        events=_events(diary, panel.first_day, panel.last_day),
        severity=_severity(diary, set(items), panel),
        stretches=dose_stretches(diary, panel.first_day, panel.last_day),
    )
    return _with_the_rest(diary, reading, panel.first_day)


def _with_the_rest(diary: Diary, reading: FeelingsReading, first_day: dt.date) -> DiaryFeelings:
    """The reading, beside it what the person said in words."""
    items = dict.fromkeys(one.item.partition(":")[0] for one in reading.items)
    said = (b.choices.get(LITTLE_WAS) for _, b in diary.of(CheckIn))
    own = Counter(word for word in said if word)
    asked = question(LITTLE_WAS)
    return DiaryFeelings(
        reading=reading,
        first_day=first_day,
        asked_in=asked_when(diary, (*items, *((LITTLE_WAS,) if own else ()))),
        own_word=tuple((asked.as_said(word), own[word]) for word in asked.answers if own[word]),
        symptoms=any(item not in items for item in diary.items),
        glimmers=tuple((e.date, body) for e, body in diary.of(Glimmer))[::-1],
        anyway=tuple((e.date, body) for e, body in diary.of(DidAnyway))[::-1],
    )


def _in_words_only(diary: Diary, items: tuple[str, ...]) -> tuple[str, ...]:
    """Those that were asked and only ever answered with “no occasion” or “too much”."""
    numbers = {item for said in diary.days.values() for item in said.answers}
    words = {item for said in diary.days.values() for item in (*said.no_occasion, *said.too_much)}
    return tuple(item for item in items if item in words - numbers)


def _words_alone(diary: Diary, items: tuple[str, ...]) -> DiaryFeelings:
    """A diary whose every answer about feelings is “no occasion” or “too much”."""
    days = diary.days
    apart = Apart(min(days), (max(days) - min(days)).days + 1)
    for item in items:
        apart.add_words(item, diary)
    reading = read(
        apart.values,
        scales=apart.scales,
        no_occasion=apart.no_occasion,
        too_much=apart.too_much,
    )
    return _with_the_rest(diary, reading, apart.first)


def _items(diary: Diary, pair: tuple[str, str] | None) -> tuple[str, ...]:
    """The pair, the weekly statements, and whatever else is better when there is more of it."""
    found = []
    for item in diary.items:
        try:
            one = day_series(diary, item)
        except BadInput:
            continue  # asked, but never answered with a number
        if item in WEEKLY or (pair and item in pair) or one.scale.better == "up":
            found.append(item)
    return tuple(found)


def _events(diary: Diary, first: dt.date, last: dt.date) -> list[tuple[int, int]]:
    return [
        ((entry.date - first).days, body.valence)
        for entry, body in diary.of(Event)
        if body.valence is not None and first <= entry.date <= last
    ]


def _severity(diary: Diary, feelings: set[str], panel: DayPanel) -> Floats | None:
    """How hard each day was, from what is not itself a feeling."""
    try:
        items = tuple(item for item in overall_items(diary) if item not in feelings)
        return overall_severity(day_panel(diary, items, panel.first_day, panel.last_day))
    except BadInput:
        return None


OVER_TIME = Reading(
    name="feelings",
    of=ANSWERS | {Event.kind, Glimmer.kind, DidAnyway.kind} | OF_MEDICINES,
    read=read_feelings,
    tell=tell,
    as_json=json_of.as_json,
    help=phrase(
        "How much feeling reached you over time, pleasant and painful. Nothing "
        "is added up.\n\n    Examples:\n\n      landward feelings --vault "
        "my.vault\n      landward feelings --vault my.vault --json\n    "
    ),
)
