"""The diary as one reader may see it: what they may not see is taken out before anything is made.

Letters, bundles, tables and sealed files are made from what is left, so none of them can hold more.
"""

import datetime as dt
from collections.abc import Collection, Iterator

from landward.model.bodies import (
    Answers,
    Body,
    CheckIn,
    DoseTaken,
    Event,
    Feelings,
    Glimmer,
    Incident,
    Note,
    PlanAdopted,
    PlanStep,
    Prescription,
    Profile,
    Retraction,
    ScaleAnswers,
    Shared,
    Sleep,
    UserLabel,
)
from landward.model.diary import Diary, fold
from landward.model.questions import FEELINGS as DAILY
from landward.model.questions import USUAL_DAY, WEEKLY, WINDOW_HOURS
from landward.model.readers import FAMILY, Reader, hidden_parts
from landward.model.safety_questions import FAMILY as SAFETY_FAMILY
from landward.model.said import Words, joined, phrase
from landward.report.appendices.all_parts import PARTS
from landward.report.blocks.all_blocks import CHOSEN, FEELING
from landward.report.context import ReportContext
from landward.report.words import date_words, list_words

OFFERED = (
    *(block.name for block in CHOSEN), *PARTS, *(FEELING + item for item in (*DAILY, *WEEKLY)),
)  # fmt: skip
"""Everything a reader may be allowed, blocks of page one and the pages behind it."""

STANDING = (Profile, Prescription, PlanAdopted, PlanStep, Incident)
"""What holds until something else is said may be seen though it was written before the days; so may
safety facts, which stand on every page: left out, they would read as never asked."""
DOSES = (DoseTaken, Prescription, PlanAdopted, PlanStep)
FREE = (Note, Glimmer, Event)


def seen_by(diary: Diary, reader: Reader, *, parts: bool = True) -> Diary:
    """What a reader may see of a diary: their days, their parts, free words only where allowed.

    A reader's open ends are open: `for_reader` makes them definite. Without `parts` only days and
    free words are narrowed, for a page that leaves its own blocks out and says so.
    """
    hidden = frozenset(hidden_parts(reader, OFFERED)) if parts else frozenset()
    entries = []
    for entry, body in diary.lines:
        seen = _seen(entry.date, body, reader, hidden)
        if seen is None:
            continue
        entries.append(
            entry if seen is body else entry.but(body=seen.to_json(), version=seen.written_as)
        )
    left = fold(entries, diary.names)
    return left if diary.until is None else left.up_to(diary.until)


def _seen(day: dt.date, body: Body, reader: Reader, hidden: Collection[str]) -> Body | None:
    """One body as far as it may be seen; None where nothing of it is."""
    after = reader.until is not None and day > reader.until
    before = reader.since is not None and day < reader.since
    if isinstance(body, Profile):
        return _profile(body, reader, hidden, away=after)
    if after or (before and not isinstance(body, STANDING)):
        return None
    if isinstance(body, DOSES):
        return None if {"doses", "taper"} & set(hidden) else body
    if isinstance(body, Sleep | ScaleAnswers):
        return None if "everyday" in hidden else body
    if isinstance(body, UserLabel):
        gone = {"chart", "days"} & set(hidden)
        return None if gone else _without_words(body, reader, "helped")
    if isinstance(body, FREE):
        return body if reader.own_words else None
    if isinstance(body, Incident):
        return _without_words(body, reader, "note")
    if isinstance(body, CheckIn | Feelings):
        return _answers(body, reader, hidden)
    return None if isinstance(body, Shared | Retraction) else body


def _without_words(body: Body, reader: Reader, field: str) -> Body:
    if reader.own_words or not getattr(body, field):
        return body
    return body.model_copy(update={field: ""})


def _profile(
    body: Profile, reader: Reader, hidden: Collection[str], *, away: bool
) -> Profile | None:
    """What somebody said about themselves, without what other readers may see. `away` is after the
    last day a reader may see.
    """
    gone = set[str]()
    if not reader.own_words:
        gone |= {"request", "attempts"}
    if "request" in hidden:
        gone.add("request")
    if {"doses", "taper"} & set(hidden):
        gone.add("attempts")
    kept = {
        name: text
        for name, text in body.fields.items()
        if name not in gone
        and not name.startswith(FAMILY)
        and not (away and name.startswith(SAFETY_FAMILY))
    }
    if kept == body.fields:
        return body
    return Profile(fields=kept) if kept else None


def _answers(body: Answers, reader: Reader, hidden: Collection[str]) -> Answers | None:
    """A check-in without the answers that may not be seen; None where none is left."""
    away = frozenset(_away(body, hidden))
    gone: dict[str, object] = {}
    if away:
        gone = {
            "asked": tuple(item for item in body.asked if item not in away),
            "answers": {i: v for i, v in body.answers.items() if i not in away},
            "scales": {i: s for i, s in body.scales.items() if i not in away},
        }
        for name in ("declined", "no_occasion", "too_much"):
            gone[name] = tuple(item for item in getattr(body, name) if item not in away)
        if isinstance(body, CheckIn):
            gone |= {"choices": {i: w for i, w in body.choices.items() if i not in away},
                     "words": {i: w for i, w in body.words.items() if i not in away}}  # fmt: skip
    if not reader.own_words:
        gone |= {"note": ""} | ({"tags": ()} if isinstance(body, CheckIn) else {})
    if isinstance(body, CheckIn) and {"chart", "days"} & set(hidden):
        gone["mode"] = "answered"
    if not gone:
        return body
    left = type(body).model_validate(body.model_dump() | gone)
    says = left.asked or (isinstance(left, CheckIn) and (left.choices or left.mode != "answered"))
    return left if says else None


def _away(body: Answers, hidden: Collection[str]) -> Iterator[str]:
    """The items of a check-in that a left-out block tells."""
    choices = tuple(body.choices) if isinstance(body, CheckIn) else ()
    for item in (*body.asked, *choices):
        if item in ("day", WINDOW_HOURS):
            gone = {"chart", "days"}
        elif item == USUAL_DAY:
            gone = {"everyday"}
        elif item in DAILY or isinstance(body, Feelings):
            gone = {"feelings", FEELING + item}
        else:
            gone = {"symptoms"}
        if gone & set(hidden):
            yield item


def reader_of(page: ReportContext, *, own_words: bool) -> Reader:
    """Whoever a page is for, as a reader: what goes with the page holds no more than it."""
    hidden = (*page.hidden, *(FEELING + item for item in page.feelings_away))
    since = page.first_day if page.limits else None
    return Reader(name=page.reader or "-", hidden=hidden, since=since, until=page.last_day,
                  own_words=own_words)  # fmt: skip


def left_out_of(reader: Reader) -> Words:
    """What stays away from a reader by choice, in a sentence; "" where nothing does."""
    hidden = set(hidden_parts(reader, OFFERED))
    blocks = [block.words for block in CHOSEN if block.name in hidden]
    single = any(name.startswith(FEELING) for name in hidden) and "feelings" not in hidden
    if single:
        blocks.append(phrase("single feelings"))
    said: list[Words] = []
    if {block.name for block in CHOSEN} <= hidden:
        said.append(phrase("Everything that may be left out was left out by choice."))
    elif blocks or single:
        said.append(phrase("Left out by choice: {parts}.", parts=list_words(blocks)))
    if reader.since is not None:
        said.append(days_shown(reader.since))
    return joined(" ", said)


def days_shown(since: dt.date) -> Words:
    """That days before this one are not shown."""
    return phrase("Only days from {first} are shown, by choice.", first=date_words(since))
