"""One day: everything written about it, each line to be put right, and what it said before."""

import datetime as dt
from dataclasses import dataclass

from starlette.responses import Response

from landward.app.diary.open_diary import OpenDiary
from landward.app.read.doses import written_on
from landward.app.write.save import fresh_key, take_out
from landward.model.base import BadInput
from landward.model.bodies import Glimmer, Note, UserLabel
from landward.model.day_answers import delay_days, is_filled_in_later
from landward.model.entries import Entry
from landward.model.errors import Locked
from landward.model.journal import RETRACTION
from landward.model.moment import Moment
from landward.model.said import phrase
from landward.report.entry_words import came_words, entry_words
from landward.report.words import date_words
from landward.web.http.request_context import LONG, RequestContext
from landward.web.http.routing import Page
from landward.web.pages.day_form import spoken
from landward.web.pages.entry_lines import Line, count_words_of, lines_of
from landward.web.pages.journey import is_day

LABELS = (
    ("window", phrase("my window")),
    ("usual", phrase("usual for me")),
    ("wave", phrase("my wave")),
)
LINES_OF_THEIR_OWN = (
    "note",
    "glimmer",
    "did_anyway",
    "event",
    "sleep",
    "incident",
    "feelings",
    "user_label",
)
"""Kinds that may be deleted line by line; answers are changed on the day's form."""


@dataclass(frozen=True, slots=True)
class Before:
    """Something the day said before: its lines, when it ended, whether something took its place."""

    lines: tuple[Line, ...]
    until: str
    taken_back: bool


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A line with an entry of its own, to be changed or deleted."""

    entry_id: str
    name: str
    words: str
    kind: str
    text: str


def show_day(context: RequestContext) -> Response:
    """Everything written about one day, and a label for it in the person's own words."""
    diary, today = context.reading, context.today
    text = (context.params or {}).get("day", "")
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            phrase("“{text}” is not a date; write it like 2026-03-01", text=text[:40])
        ) from None
    if not is_day(day):
        raise BadInput(phrase("there is no such day"))
    labels = [
        (entry.date, body)
        for entry, body in diary.diary.of(UserLabel)
        if entry.date <= day <= body.until
    ]
    answered = [e for e in diary.on(day) if e.kind in ("check_in", "feelings")]
    return context.page(
        "day.html",
        day=day,
        today=today,
        lines=spoken(diary, day),
        doses=written_on(diary, day),
        own=_own_lines(diary, day),
        history=_history(diary, day),
        sealed=_came_sealed(diary, day),
        labels=labels,
        label_words=LABELS,
        names=dict(LABELS),
        idempotency_key=fresh_key(),
        before=day - dt.timedelta(days=1),
        after=day + dt.timedelta(days=1) if day < today else None,
        can_fill=day <= today,
        later=any(map(is_filled_in_later, answered)),
        delay=max(map(delay_days, answered), default=0),
    )


def _own_lines(diary: OpenDiary, day: dt.date) -> tuple[OwnLine, ...]:
    found = []
    for entry in diary.on(day):
        if entry.kind not in LINES_OF_THEIR_OWN:
            continue
        body = diary.names.read(entry)
        text = body.text if isinstance(body, Note | Glimmer) else ""
        name, words = (lines_of(diary.me, entry) or ((count_words_of([entry]), ""),))[0]
        found.append(OwnLine(entry.id, name, words, entry.kind, text))
    return tuple(found)


def _came_sealed(diary: OpenDiary, day: dt.date) -> tuple[Line, ...]:
    """Lines of the day that somebody else may have written, and how they came."""
    found = []
    for entry in diary.on(day):
        came = came_words(entry)
        if came:
            words = entry_words(diary.names.read(entry)) or count_words_of([entry])
            found.append((words, came))
    return tuple(found)


def _history(diary: OpenDiary, day: dt.date) -> tuple[Before, ...]:
    """What the day said before, oldest first. The words of a note that was deleted are not shown:
    the person did not want them there.
    """
    found = []
    for entry in diary.index.was_on(day):
        ended = diary.index.ended_by(entry.id)
        first = min(ended, key=lambda by: by.order)
        at = Moment(at=first.recorded_at, zone=first.zone).local
        gone = all(by.kind == RETRACTION for by in ended)
        lines = lines_of(diary.me, entry)
        if gone and entry.kind in ("note", "glimmer"):
            lines = ((count_words_of([entry]), ""),)
        found.append(Before(lines, f"{date_words(at.date())}, {at:%H:%M}", gone))
    return tuple(one for one in found if one.lines)


def save_label(context: RequestContext) -> Response:
    """“Label this my wave, my window”: the person's own word stands before any other."""
    first, label = context.said("first"), context.said("label")
    if not first or label not in dict(LABELS):
        raise BadInput(phrase("choose a word and the first day"))
    begins = context.day(first)
    until = context.said("until") or first
    try:
        ends = dt.date.fromisoformat(until)
    except ValueError:
        raise BadInput(
            phrase("“{until}” is not a date; write it like 2026-03-01", until=until[:40])
        ) from None
    if ends < begins:
        raise BadInput(
            phrase(
                "a spell cannot end ({ends}) before it begins ({begins})", ends=ends, begins=begins
            )
        )
    if ends > context.today:
        raise BadInput(
            phrase("{ends} lies ahead; a label is about days that have been", ends=ends.isoformat())
        )
    body = UserLabel(label=label, until=ends, helped=context.said("helped", LONG))
    context.save(begins, [("label", body)])
    return context.go(f"/day/{begins.isoformat()}", phrase("Saved."))


def save_note(context: RequestContext) -> Response:
    """A note, or a small good moment, about any day; or other words for one that stands."""
    text, old = context.said("text", LONG), context.said("corrects")
    if not context.said("day"):
        raise BadInput(phrase("a note is about a day that has been"))
    day = context.day(context.said("day"))
    if not text:
        raise BadInput(phrase("there are no words yet"))
    if old and context.diary is None:
        raise Locked(phrase("a correction needs the passphrase"))
    body = Glimmer(text=text) if context.said("kind") == "glimmer" else Note(text=text)
    context.save(day, [(body.kind, body)], corrects={body.kind: (old,)} if old else None)
    return context.go(f"/day/{day.isoformat()}", phrase("Saved."))


def remove_line(context: RequestContext) -> Response:
    """Delete one line of a day: it stands no more."""
    entry = context.reading.index.entry(context.said("id"))
    if entry is None or entry.kind not in LINES_OF_THEIR_OWN or not _stands(context, entry):
        raise BadInput(phrase("that line is not there any more"))
    taken = take_out(context.writer, entry, context.moment, reason="deleted")
    context.after_saving(entry.date, taken, "taken_back")
    context.browser_session.said = phrase(
        "Deleted: {count_words_of}.", count_words_of=count_words_of([entry])
    )
    return context.go(f"/saved?day={entry.date.isoformat()}")


def _stands(context: RequestContext, entry: Entry) -> bool:
    return context.reading.index.stands(entry.id)


PAGES = (
    Page("/day/{day}", show_day, needs="diary"),
    Page("/label", save_label, "POST"),
    Page("/note", save_note, "POST"),
    Page("/line/remove", remove_line, "POST", needs="diary"),
)
