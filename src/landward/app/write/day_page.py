"""A day's page filled with what stands, and what changed on it when it comes back."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from landward.app.diary.profile import names_in
from landward.app.library.known_words import KNOWN
from landward.app.write.day_words import DayWords
from landward.model.bodies import Answers, Body, CheckIn, Event, Note, Sleep
from landward.model.day_answers import LATE_AFTER_DAYS, delay_days, lasting_origin
from landward.model.entries import ORDER, Entry
from landward.model.journal import JournalIndex
from landward.model.questions import SPECIAL_ANSWERS

Said = float | str | None
"""A number, “no_occasion”, “too_much”, “declined”, or the word that was chosen."""
ON_THE_PAGE = frozenset({CheckIn.kind, Sleep.kind, Event.kind, Note.kind})
"""The kinds Today's form asks for, doses apart."""


@dataclass(frozen=True)
class DayPage:
    """What the form of one day shows, and the entries it was filled with."""

    words: DayWords = field(default_factory=DayWords)
    places: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Ids by place on the page: what a changed answer there corrects."""
    sources: Mapping[str, Entry] = field(default_factory=dict)
    """The check-in each item's answer comes from."""
    carried: frozenset[str] = frozenset()
    event_note: str = ""

    @property
    def seen(self) -> tuple[str, ...]:
        """Every id the page was filled with."""
        return tuple(dict.fromkeys(i for ids in self.places.values() for i in ids))


def page_of(index: JournalIndex, day: dt.date) -> DayPage:
    """The page of a day, filled with what stands for it."""
    return filled(index.on(day), names_in(index).read)


def filled(entries: Iterable[Entry], read: Callable[[Entry], Body | None] = KNOWN.read) -> DayPage:
    """A page filled with some entries about one day; where two differ, with the last in order.

    Of several events, nights or notes the last is on the form; the others keep their own lines.
    """
    found = sorted((e for e in entries if e.kind in ON_THE_PAGE), key=ORDER)
    bodies = [(entry, read(entry)) for entry in found]
    check_ins = [(e, b) for e, b in bodies if isinstance(b, CheckIn)]
    said: dict[str, Said] = {}
    asked: dict[str, None] = {}
    sources: dict[str, Entry] = {}
    scales: dict[str, str] = {}
    wordings: dict[str, str] = {}
    carried: set[str] = set()
    for entry, body in check_ins:
        scales |= body.scales
        asked |= dict.fromkeys(body.asked)
        for item in (*body.asked, *body.choices):
            now = said_of(body, item)
            if now is not None:
                said[item], sources[item] = now, entry
                wordings.pop(item, None)
                if item in body.wordings:
                    wordings[item] = body.wordings[item]
                (carried.add if body.carried else carried.discard)(item)
    places = {"check_in": tuple(entry.id for entry, _ in check_ins)} if check_ins else {}
    last = {b.kind: (e, b) for e, b in bodies if b is not None and not isinstance(b, CheckIn)}
    places |= {kind: (entry.id,) for kind, (entry, _) in last.items()}
    note = next((b.note for _, b in reversed(check_ins) if b.note), "")
    sleep, event, own_note = (_body(last, shape) for shape in (Sleep, Event, Note))
    if note:
        places.pop(Note.kind, None)  # the form's field is the check-in's note
    modes = [body.mode for _, body in check_ins]
    return DayPage(
        words=words_saying(
            said,
            tuple(asked),
            scales={item: scales[item] for item, now in said.items() if item in scales},
            wordings=wordings,
            mode="answered" if "answered" in modes or not modes else modes[-1],
            tags=next((b.tags for _, b in reversed(check_ins) if b.tags), ()),
            note=note or (own_note.text if isinstance(own_note, Note) else ""),
            sleep_hours=sleep.hours if isinstance(sleep, Sleep) else None,
            event=event.what if isinstance(event, Event) else "",
            event_valence=event.valence if isinstance(event, Event) else None,
        ),
        places=places,
        sources=sources,
        carried=frozenset(carried),
        event_note=event.note if isinstance(event, Event) else "",
    )


def _body(last: Mapping[str, tuple[Entry, Body]], shape: type[Body]) -> Body | None:
    return last[shape.kind][1] if shape.kind in last else None


def said_of(body: Answers | DayWords, item: str) -> Said:
    """What was answered to one item: a number, a word, or nothing."""
    if item in body.answers:
        return body.answers[item]
    if item in body.no_occasion:
        return "no_occasion"
    if item in body.too_much:
        return "too_much"
    if isinstance(body, CheckIn | DayWords) and item in body.choices:
        return body.choices[item]
    return "declined" if isinstance(body, Answers) and item in body.declined else None


def words_saying(said: Mapping[str, Said], asked: tuple[str, ...], **rest: object) -> DayWords:
    """Words with these answers."""
    numbers = {item: value for item, value in said.items() if isinstance(value, float | int)}
    words = {
        word: tuple(item for item, value in said.items() if value == word)
        for word in SPECIAL_ANSWERS
    }
    choices = {
        item: value
        for item, value in said.items()
        if isinstance(value, str) and value not in (*SPECIAL_ANSWERS, "declined")
    }
    return DayWords.model_validate(
        {
            "asked": tuple(item for item in asked if item not in choices),
            "answers": numbers,
            "choices": choices,
            **words,
            **rest,
        }
    )


@dataclass(frozen=True)
class Changes:
    """What a page that came back says anew: words to write, and what each place corrects."""

    words: DayWords
    corrects: Mapping[str, tuple[str, ...]]
    kept: tuple[tuple[DayWords, str], ...] = ()
    """Answers nobody touched that may not lose where they come from: with their origin."""
    note_apart: bool = False
    event_note: str = ""


def changes(
    before: DayPage,
    now: DayPage,
    said: DayWords,
    *,
    shown: frozenset[str],
    day: dt.date,
    today: dt.date,
) -> Changes:
    """What changed on a page that was filled with `before`, laid over what stands `now`.

    `shown` are the items the page had an answer or an emptied field for. What the person did not
    touch stays as it is now, also where another page changed it meanwhile, and so does what the
    page did not show. What they emptied is cleared.
    """
    old, here = before.words, now.words
    touched = {i for i in shown if said_of(old, i) != said_of(said, i)}
    items = tuple(dict.fromkeys((*here.asked, *here.choices, *said.asked, *sorted(touched))))
    answers = {i: said_of(said if i in touched else here, i) for i in items}
    apart = Note.kind in now.places
    note = said.note if said.note != old.note else here.note
    tags = said.tags if said.tags != old.tags else here.tags
    mode = said.mode if said.mode != "answered" or touched else here.mode
    checked = bool(
        touched or tags != here.tags or mode != here.mode or (note != here.note and not apart)
    )
    corrects = dict(now.places)
    if not checked:
        corrects.pop(CheckIn.kind, None)
    kept = _kept(now, answers, touched, today, day) if checked else ()
    left = {item for words, _ in kept for item in (*words.asked, *words.choices)}
    same_event = (said.event, said.event_valence) == (old.event, old.event_valence)
    same_sleep = said.sleep_hours == old.sleep_hours
    for place, same in (
        (Event.kind, same_event), (Sleep.kind, same_sleep), (Note.kind, note == here.note)
    ):  # fmt: skip
        if same:
            corrects.pop(place, None)
    mine = {i: v for i, v in answers.items() if v is not None and i not in left}
    return Changes(
        words=words_saying(
            mine if checked else {},
            tuple(i for i in items if i in mine or (i in said.asked and i not in left))
            if checked
            else (),
            scales={i: here.scale_of(i) for i in here.answers if i in mine and i not in touched}
            if checked
            else {},
            wordings=_worded(mine if checked else (), said, here, touched),
            tags=tags if checked else (),
            mode=mode if checked else "answered",
            note=note if note != here.note or (checked and not apart) else "",
            event="" if same_event else said.event,
            event_valence=None if same_event else said.event_valence,
            sleep_hours=None if same_sleep else said.sleep_hours,
            dose=said.dose,
            doses=said.doses,
        ),
        corrects=corrects,
        kept=kept,
        note_apart=apart,
        event_note=now.event_note,
    )


def _worded(
    items: Iterable[str], said: DayWords, here: DayWords, touched: set[str]
) -> dict[str, str]:
    """What was answered anew was asked in the words of the page, all else as it was."""
    found = {item: (said if item in touched else here).wordings.get(item, "") for item in items}
    return {item: words for item, words in found.items() if words}


def _kept(
    now: DayPage, answers: Mapping[str, Said], touched: set[str], today: dt.date, day: dt.date
) -> tuple[tuple[DayWords, str], ...]:
    """Untouched answers by where they come from, where writing them anew would lose it."""
    groups: dict[tuple[str, bool], dict[str, Said]] = {}
    for item, value in answers.items():
        source = now.sources.get(item)
        if value is None or item in touched or source is None:
            continue
        in_time = (today - day).days > LATE_AFTER_DAYS >= delay_days(source)
        if in_time or item in now.carried:
            key = (lasting_origin(source), item in now.carried)
            groups.setdefault(key, {})[item] = value
    return tuple(
        (
            words_saying(
                said,
                tuple(said),
                carried=carried,
                wordings=_worded(said, now.words, now.words, set()),
                scales={i: now.words.scale_of(i) for i in said if i in now.words.answers},
            ),
            origin,
        )
        for (origin, carried), said in sorted(groups.items())
    )
