"""An entry of the diary back in words, line by line, as the person said it."""

from collections import Counter
from collections.abc import Iterable

from landward.app.diary.profile import Person
from landward.app.library.known_words import KNOWN
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
    Sleep,
    UserLabel,
)
from landward.model.entries import Entry
from landward.model.identity import drug_words
from landward.model.questions import BY_ID, HOURS, SPECIAL_ANSWERS, question
from landward.model.said import phrase
from landward.report.words import count_words, number_words
from landward.web.http.templates import mg

KIND_NAMES = {
    "check_in": ("check-in", "check-ins"),
    "dose_taken": ("dose", "doses"),
    "feelings": (phrase("weekly look at feelings"), phrase("weekly looks at feelings")),
    "note": ("note", "notes"),
    "retraction": (phrase("taking back"), phrase("takings back")),
    "incident": (phrase("line about something serious"), phrase("lines about something serious")),
    "user_label": (phrase("name for a spell"), phrase("names for spells")),
}
Line = tuple[str, str]


def lines_of(me: Person, entry: Entry) -> tuple[Line, ...]:
    """What one entry says: (name, words). Nothing for kinds that are about no day."""
    body = KNOWN.knowing(me.names).read(entry)
    return () if body is None else body_lines(me, body)


def body_lines(me: Person, body: Body) -> tuple[Line, ...]:
    """What one body says: (name, words)."""
    match body:
        case CheckIn():
            return _check_in(me, body)
        case Feelings():
            return (*_answers(me, body, ""), *([(phrase("Note"), body.note)] if body.note else []))
        case DoseTaken():
            drug = drug_words(body.drug.capitalize(), body.own_word)
            return ((drug, dose_words(body)),)
        case Sleep():
            return ((phrase("Slept"), f"{number_words(body.hours)} h"),)
        case Event():
            return (
                (phrase("Happened"), body.what),
                *([(phrase("Note"), body.note)] if body.note else []),
            )
        case Glimmer():
            return ((phrase("A small good moment"), body.text),)
        case Note():
            return ((phrase("Note"), body.text),)
        case Incident():
            note = f": {body.note}" if body.note else ""
            return ((phrase("Something serious"), body.what.replace("_", " ") + note),)
        case UserLabel():
            return (
                (
                    phrase("Named {label}", label=body.label),
                    phrase("until {until}", until=body.until.isoformat()),
                ),
            )
        case _:
            return ()


def dose_words(dose: DoseTaken) -> str:
    """“2.5 mg at 21:30, as needed” or “not taken”."""
    if dose.status == "not_taken":
        return phrase("not taken")
    said = mg(dose.dose_mg) + {
        "as_planned": phrase(" as planned"),
        "different": " (different)",
    }.get(dose.status, "")
    said += phrase(", as needed") if dose.as_needed else ""
    return said + (phrase(" at {at}", at=f"{dose.at:%H:%M}") if dose.at else "")


def _check_in(me: Person, body: CheckIn) -> tuple[Line, ...]:
    lines: list[Line] = [(phrase("Too unwell to log"), "")] if body.mode == "unwell" else []
    lines += _answers(me, body, phrase(" (same as the day before)") if body.carried else "")
    if body.tags:
        lines.append(("Tags", ", ".join(body.tags)))
    if body.note:
        lines.append(("Note", body.note))
    return tuple(lines)


def _answers(me: Person, body: Answers, mark: str) -> list[Line]:
    lines: list[Line] = []
    for item in body.asked:
        name = item_name(me, item)
        if item in body.answers:
            scale = body.scales[item]
            lines.append((name, answer_words(item, float(body.answers[item]), scale) + mark))
        elif item in body.no_occasion:
            lines.append((name, SPECIAL_ANSWERS["no_occasion"]))
        elif item in body.too_much:
            lines.append((name, SPECIAL_ANSWERS["too_much"]))
    if isinstance(body, CheckIn):
        lines += [(item_name(me, item), word + mark) for item, word in body.choices.items()]
    return lines


def item_name(me: Person, item: str) -> str:
    """The words a question is known by; one that is asked no more goes by its stored name."""
    return BY_ID[item].beside if item in BY_ID else me.label(item)


def answer_words(item: str, value: float, scale: str = "") -> str:
    """An answer as it was tapped: the word for it, or the number."""
    asked = question(item)
    if asked.scale is None or (scale and not scale.startswith(f"{asked.scale.span} ")):
        return number_words(value)
    if asked.ends:
        end = asked.ends.get(int(value)) if value.is_integer() else None
        return phrase("{value} of {high}", value=f"{value:g}", high=f"{asked.scale.high:g}") + (
            f" ({end})" if end else ""
        )
    if asked.scale == HOURS:
        return f"{number_words(value)} h"
    if value.is_integer() and 0 <= value < len(asked.answers):
        return asked.answers[int(value)]
    return number_words(value)


def count_words_of(entries: Iterable[Entry]) -> str:
    """“1 check-in and 2 doses”: what kind of things, without a word of what they say."""
    counts = Counter(entry.kind for entry in entries)
    named = [
        count_words(n, *KIND_NAMES.get(kind, (kind.replace("_", " "),) * 2))
        for kind, n in counts.items()
    ]
    return " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))
