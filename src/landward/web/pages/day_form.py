"""What the fields of Today mean, and what was written about a day, back in words."""

import datetime as dt
import re

from landward.app.diary.open_diary import OpenDiary
from landward.app.write.day import FEELINGS, WINDOW_HOURS, DayWords
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, Event, Glimmer, Incident, Note, Sleep
from landward.report.words import number_words
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.templates import DAY_ENDS, FEELING_WORDS, SEVERITY_WORDS

ITEM = re.compile(r"[a-z0-9][a-z0-9_:.\-]{0,79}")
DAY_FIELD = "day_is"
"""The field of how hard the day was; “day” itself is the date."""
SYMPTOM_PREFIX = "s:"
MOST_TAGS = 12
FEELING_NAMES = {"pleasant": "pleasant feelings", "painful": "painful feelings"}


def read_words(context: RequestContext) -> DayWords:
    """The answers on the page. Raises BadInput naming the field that does not fit."""
    answers: dict[str, float] = {}
    no_occasion: list[str] = []
    too_much: list[str] = []
    asked: list[str] = []
    more = [item for item in context.said_all("asked_more") if context.said(SYMPTOM_PREFIX + item)]
    for item in (*context.said_all("asked"), *more):
        if not ITEM.fullmatch(item):
            raise BadInput(f"“{item[:40]}” is not the name of a question")
        asked.append(item)
        field = {"day": DAY_FIELD}.get(item, item if item in FEELINGS else SYMPTOM_PREFIX + item)
        text = context.said(field)
        if text == "no_occasion":
            no_occasion.append(item)
        elif text == "too_much":
            too_much.append(item)
        elif text:
            answers[item] = _number(text, item)
    hours = context.said("window_hours")
    if hours:
        answers[WINDOW_HOURS] = _number(hours, "hours of window")
    sleep = context.said("sleep_hours")
    dose = context.said("dose")
    valence = context.said("event_valence")
    return DayWords(
        asked=tuple(asked),
        answers=answers,
        no_occasion=tuple(no_occasion),
        too_much=tuple(too_much),
        tags=_tags(context),
        note=context.said("note", LONG),
        sleep_hours=_hours(sleep) if sleep else None,
        event=context.said("event"),
        event_valence=int(valence) if valence in ("-2", "-1", "0", "1", "2") else None,
        dose=dose if dose in ("as_planned", "not_taken") else "",
    )


def _tags(context: RequestContext) -> tuple[str, ...]:
    parts = [part.strip() for part in context.said("tags", 1000).replace("#", ",").split(",")]
    tags = tuple(dict.fromkeys(part[:60] for part in parts if part))
    if len(tags) > MOST_TAGS:
        raise BadInput(f"a day holds at most {MOST_TAGS} tags; this has {len(tags)}")
    return tags


def _number(text: str, name: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise BadInput(f"“{name}” needs a number, not “{text[:40]}”") from None
    if not abs(value) <= 1000:
        raise BadInput(f"“{name}” needs a number on its scale")
    return value


def _hours(text: str) -> float:
    value = _number(text, "hours of sleep")
    if not 0 <= value <= 24:
        raise BadInput(f"a night has 0 to 24 hours, not {value:g}")
    return value


def answer_words(item: str, value: float) -> str:
    """An answer as it was tapped: the word for it, or the number."""
    if item == "day":
        end = DAY_ENDS.get(int(value)) if value.is_integer() else None
        return f"{value:g} of 10" + (f" ({end})" if end else "")
    if item == WINDOW_HOURS:
        return f"{number_words(value)} h"
    words = FEELING_WORDS if item in FEELINGS else SEVERITY_WORDS
    return words[int(value)] if value.is_integer() and 0 <= value <= 4 else number_words(value)


def spoken(diary: OpenDiary, day: dt.date) -> tuple[tuple[str, str], ...]:
    """What was written about a day, line by line: (name, words). Doses are listed elsewhere."""
    lines: list[tuple[str, str]] = []
    me = diary.me
    for _, body in diary.bodies_on(day, CheckIn):
        if body.mode == "unwell":
            lines.append(("Too unwell to log", ""))
        mark = " (same as the day before)" if body.carried else ""
        for item in body.asked:
            name = {"day": "How hard", WINDOW_HOURS: "Hours of window"}.get(item)
            name = name or FEELING_NAMES.get(item, "").capitalize() or me.label(item)
            if item in body.answers:
                lines.append((name, answer_words(item, float(body.answers[item])) + mark))
            elif item in body.no_occasion:
                lines.append((name, "no occasion"))
            elif item in body.too_much:
                lines.append((name, "too much"))
        if body.tags:
            lines.append(("Tags", ", ".join(body.tags)))
        if body.note:
            lines.append(("Note", body.note))
    lines += [("Slept", f"{number_words(b.hours)} h") for _, b in diary.bodies_on(day, Sleep)]
    lines += [("Happened", b.what) for _, b in diary.bodies_on(day, Event)]
    lines += [("A small good moment", b.text) for _, b in diary.bodies_on(day, Glimmer)]
    lines += [("Note", b.text) for _, b in diary.bodies_on(day, Note)]
    lines += [
        ("Something serious", b.what.replace("_", " ")) for _, b in diary.bodies_on(day, Incident)
    ]
    return tuple(lines)
