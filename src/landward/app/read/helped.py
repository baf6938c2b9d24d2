"""Read how the day after a tag or an event compares with the day after like days without it."""

import datetime as dt
from collections import defaultdict

from landward.app.diary.open_diary import ANSWERS, LABELS
from landward.app.read.reading import Reading
from landward.app.read.waves import overall_items, overall_severity
from landward.engines.patterns import what_helped
from landward.model.bodies import CheckIn, Event, UserLabel
from landward.model.diary import Diary
from landward.model.panel import day_panel
from landward.model.readings import DiaryHelped, OwnWords
from landward.model.said import phrase
from landward.report.as_json import helped as json_of
from landward.report.readings import helped as words

ANSWERS_THEMSELVES = ("mood:",)
"""Tags some apps write for the answer itself; they say how the day was, not what was done."""


def read_helped(diary: Diary, item: str | None = None) -> DiaryHelped:
    """Every tag and event of a diary, against one item or the day as a whole.

    Days filled by "same as yesterday" are left out: they would say that nothing ever follows
    anything. Raises BadInput for an empty diary or an item that was never answered.
    """
    items = (item,) if item else overall_items(diary)
    panel = day_panel(diary, items)
    scale = panel.scales[items[0]]
    return DiaryHelped(
        reading=what_helped(
            overall_severity(panel, carried=False),
            _tagged(diary, panel.first_day, panel.last_day),
            scale=scale,
        ),
        items=items,
        scale=scale,
        better_up=len(items) == 1 and bool(panel.better_up),
        first_day=panel.first_day,
        days=panel.days,
        own_words=_own_words(diary),
    )


def _tagged(diary: Diary, first: dt.date, last: dt.date) -> dict[str, list[int]]:
    """Positions by tag or event, one spelling each whatever its case: the first one written."""
    spelling: dict[str, str] = {}
    found: defaultdict[str, set[int]] = defaultdict(set)

    def note(day: dt.date, text: str) -> None:
        words = " ".join(text.split())
        if not words or words.casefold().startswith(ANSWERS_THEMSELVES):
            return
        if first <= day <= last:
            found[spelling.setdefault(words.casefold(), words)].add((day - first).days)

    for entry, check_in in diary.of(CheckIn):
        for tag in check_in.tags:
            note(entry.date, tag)
    for entry, event in diary.of(Event):
        note(entry.date, event.what)
    return {name: sorted(days) for name, days in sorted(found.items())}


def _own_words(diary: Diary) -> tuple[OwnWords, ...]:
    return tuple(
        OwnWords(label=body.label, first_day=entry.date, last_day=body.until, text=body.helped)
        for entry, body in diary.of(UserLabel)
        if body.helped.strip()
    )


HELPED = Reading(
    name="helped",
    of=ANSWERS | LABELS | {Event.kind},
    read=read_helped,
    tell=words.tell,
    as_json=json_of.as_json,
    takes="item",
    help=phrase(
        "How the day after a tag or event was, next to the day after like days "
        "without the tag.\n\n    Hard days ease by themselves, so before and "
        "after alone would praise everything. It takes ten\n    days with a tag "
        "and ten without. After is not because: both can have the same "
        "reason.\n\n    Examples:\n\n      landward helped --vault my.vault\n    "
        "  landward helped --vault my.vault --item insomnia --json\n    "
    ),
)
