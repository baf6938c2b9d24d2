"""What the fields of Today mean, and what was written about a day, back in words."""

import datetime as dt
import re
from collections.abc import Iterable

from landward.app.diary.open_diary import OpenDiary
from landward.app.read.doses import parse_mg
from landward.app.write.day_words import DayWords, DoseSaid
from landward.model.base import BadInput
from landward.model.bodies import (
    CheckIn,
    DidAnyway,
    DoseTaken,
    Event,
    Glimmer,
    Incident,
    Note,
    Sleep,
)
from landward.model.questions import (
    BY_ID,
    FEELINGS,
    QUESTIONS,
    WINDOW_HOURS,
    Question,
    chosen,
    wordings_daily,
    words_chosen,
)
from landward.model.said import phrase
from landward.web.http.request_context import LONG, RequestContext
from landward.web.pages.ask_once import ask_about_amount
from landward.web.pages.entry_lines import body_lines

ITEM = re.compile(r"[a-z0-9][a-z0-9_:.\-]{0,79}")
DAY_FIELD = "day_is"
"""The field of how hard the day was; “day” itself is the date."""
SYMPTOM_PREFIX = "s:"
QUESTION_PREFIX = "q:"
MOST_TAGS = 12
DOSE_PREFIX = "dose:"
SPOKEN = (CheckIn, Sleep, Event, Glimmer, DidAnyway, Note, Incident)
"""The kinds a day is shown with, in this order."""


def read_words(context: RequestContext) -> DayWords:
    """The answers on the page. Raises BadInput naming the field that does not fit."""
    answers: dict[str, float] = {}
    no_occasion: list[str] = []
    too_much: list[str] = []
    asked: list[str] = []
    more = [item for item in context.said_all("asked_more") if context.said(SYMPTOM_PREFIX + item)]
    for item in (*context.said_all("asked"), *more):
        if not ITEM.fullmatch(item):
            raise BadInput(phrase("“{item}” is not the name of a question", item=item[:40]))
        asked.append(item)
        text = context.said(_field_of(item))
        if text == "no_occasion":
            no_occasion.append(item)
        elif text == "too_much":
            too_much.append(item)
        elif text:
            answers[item] = _number(text, item)
    hours = context.said("window_hours")
    if hours:
        answers[WINDOW_HOURS] = _number(hours, phrase("hours of window"))
    sleep = context.said("sleep_hours")
    dose = context.said("dose")
    valence = context.said("event_valence")
    choices = words_chosen({q.id: context.said(_field_of(q.id)) for q in _IN_WORDS})
    return DayWords(
        asked=tuple(asked),
        answers=answers,
        choices=choices,
        wordings=wordings_daily((*asked, *choices), context.catalogue.language),
        no_occasion=tuple(no_occasion),
        too_much=tuple(too_much),
        tags=_tags(context),
        note=context.said("note", LONG),
        sleep_hours=_hours(sleep) if sleep else None,
        event=context.said("event"),
        event_valence=int(valence) if valence in ("-2", "-1", "0", "1", "2") else None,
        dose=dose if dose in ("as_planned", "not_taken") else "",
        doses=_doses(context) if dose == "apart" else {},
    )


def _tags(context: RequestContext) -> tuple[str, ...]:
    parts = [part.strip() for part in context.said("tags", 1000).replace("#", ",").split(",")]
    tags = tuple(dict.fromkeys(part[:60] for part in parts if part))
    if len(tags) > MOST_TAGS:
        raise BadInput(
            phrase(
                "a day holds at most {most_tags} tags; this has {tags}",
                most_tags=MOST_TAGS,
                tags=len(tags),
            )
        )
    return tags


def _number(text: str, name: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise BadInput(
            phrase("“{name}” needs a number, not “{text}”", name=name, text=text[:40])
        ) from None
    if not abs(value) <= 1000:
        raise BadInput(phrase("“{name}” needs a number on its scale", name=name))
    return value


def _hours(text: str) -> float:
    value = _number(text, phrase("hours of sleep"))
    if not 0 <= value <= 24:
        raise BadInput(phrase("a night has 0 to 24 hours, not {value}", value=f"{value:g}"))
    return value


def shown_items(context: RequestContext) -> frozenset[str]:
    """The items the page had an answer for, or a field that was emptied. What a page could not
    show (a question no longer asked, a number between two words) has no field, and stays.
    """
    named = {f.removeprefix(SYMPTOM_PREFIX) for f in context.form if f.startswith(SYMPTOM_PREFIX)}
    named |= {q.id for q in QUESTIONS if _field_of(q.id) in context.form}
    return frozenset(item for item in named if ITEM.fullmatch(item))


def fields_of(words: DayWords) -> dict[str, str]:
    """The fields of the form, filled with words that stand."""
    fields = {}
    for item, value in words.answers.items():
        fields[_field_of(item)] = f"{value:g}"
    fields |= {_field_of(item): "no_occasion" for item in words.no_occasion}
    fields |= {_field_of(item): "too_much" for item in words.too_much}
    fields |= {_field_of(item): word for item, word in words.choices.items()}
    if words.sleep_hours is not None:
        fields["sleep_hours"] = f"{words.sleep_hours:g}"
    if words.event_valence is not None:
        fields["event_valence"] = str(words.event_valence)
    said = {"event": words.event, "note": words.note, "tags": ", ".join(words.tags)}
    return fields | {name: text for name, text in said.items() if text}


def _field_of(item: str) -> str:
    if item == "day":
        return DAY_FIELD
    if item in FEELINGS or item == WINDOW_HOURS:
        return item
    return (QUESTION_PREFIX if item in BY_ID else SYMPTOM_PREFIX) + item


_IN_WORDS = tuple(one for one in QUESTIONS if one.scale is None)


def questions_on_today(asked: Iterable[str]) -> tuple[tuple[str, Question], ...]:
    """The questions with words to tap, each after the name of its field; `asked` names those the
    person chose. How hard the day was stands first on the page, the hours under “More”.
    """
    daily = (one for one in QUESTIONS if one.asked == "today" and one.answers)
    return tuple((_field_of(one.id), one) for one in (*daily, *chosen(asked)))


def spoken(diary: OpenDiary, day: dt.date) -> tuple[tuple[str, str], ...]:
    """What was written about a day, line by line: (name, words). Doses are listed elsewhere."""
    found = [diary.read(entry) for entry in diary.on(day)]
    return tuple(
        line
        for shape in SPOKEN
        for body in found
        if isinstance(body, shape)
        for line in body_lines(diary.me, body)
    )


def _doses(context: RequestContext) -> dict[str, DoseSaid]:
    """Answers drug by drug: “dose:NAME” with its amount, where it was different, in “mg:NAME”."""
    said: dict[str, DoseSaid] = {}
    for field in context.form:
        drug = field.removeprefix(DOSE_PREFIX)
        answer = context.said(field) if drug != field else ""
        if answer in ("as_planned", "not_taken"):
            said[drug] = DoseSaid(answer=answer)
        elif answer == "different":
            amount = context.said(f"mg:{drug}")
            if not amount:
                raise BadInput(
                    phrase("how much {drug} was it? Write the amount under “different”", drug=drug)
                )
            said[drug] = DoseSaid(answer="different", dose_mg=parse_mg(amount))
            body = DoseTaken(drug=drug, dose_mg=said[drug].dose_mg, day_total=True)
            ask_about_amount(context, body, context.day(context.said("day")))
    return said
