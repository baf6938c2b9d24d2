"""An entry of the diary back in words, line by line, as the person said it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from landward.app.diary.profile import Person
from landward.app.library.known_words import KNOWN
from landward.model.bodies import (
    Answers,
    Body,
    CheckIn,
    DidAnyway,
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
from landward.model.said import counted, joined, phrase
from landward.report.entry_words import glimmer_words
from landward.report.words import list_words, number_words
from landward.web.http.templates import mg

KIND_COUNTS: Mapping[str, Callable[[int], str]] = {
    "check_in": lambda n: counted(n, "{count} check-in", "{count} check-ins"),
    "dose_taken": lambda n: counted(n, "{count} dose", "{count} doses"),
    "feelings": lambda n: counted(
        n, "{count} weekly look at feelings", "{count} weekly looks at feelings"
    ),
    "glimmer": lambda n: counted(n, "{count} glimmer", "{count} glimmers"),
    "did_anyway": lambda n: counted(n, "{count} thing done anyway", "{count} things done anyway"),
    "note": lambda n: counted(n, "{count} note", "{count} notes"),
    "retraction": lambda n: counted(n, "{count} taking back", "{count} takings back"),
    "incident": lambda n: counted(
        n, "{count} line about something serious", "{count} lines about something serious"
    ),
    "user_label": lambda n: counted(n, "{count} name for a spell", "{count} names for spells"),
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
            return ((phrase("Slept"), phrase("{hours} h", hours=number_words(body.hours))),)
        case Event():
            return (
                (phrase("Happened"), body.what),
                *([(phrase("Note"), body.note)] if body.note else []),
            )
        case Glimmer():
            said = joined(": ", (part for part in (glimmer_words(body), body.text) if part))
            return ((phrase("A glimmer"), said),)
        case DidAnyway():
            return ((phrase("Did it anyway"), body.what),)
        case Note():
            return ((phrase("Note"), body.text),)
        case Incident():
            what: str = body.what.replace("_", " ")
            if body.note:
                what = phrase("{what}: {note}", what=what, note=body.note)
            return ((phrase("Something serious"), what),)
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
        "different": phrase(" (different)"),
    }.get(dose.status, "")
    said += phrase(", as needed") if dose.as_needed else ""
    return said + (phrase(" at {at}", at=f"{dose.at:%H:%M}") if dose.at else "")


def _check_in(me: Person, body: CheckIn) -> tuple[Line, ...]:
    lines: list[Line] = [(phrase("Too unwell to log"), "")] if body.mode == "unwell" else []
    lines += _answers(me, body, phrase(" (same as the day before)") if body.carried else "")
    if body.tags:
        lines.append((phrase("Tags"), ", ".join(body.tags)))
    if body.note:
        lines.append((phrase("Note"), body.note))
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
        chosen = body.choices.items()
        lines += [
            (item_name(me, item), question(item).as_said(word) + mark) for item, word in chosen
        ]
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
            phrase(" ({end})", end=end) if end else ""
        )
    if asked.scale == HOURS:
        return phrase("{hours} h", hours=number_words(value))
    if value.is_integer() and 0 <= value < len(asked.answers):
        return asked.answers[int(value)]
    return number_words(value)


def count_words_of(entries: Iterable[Entry]) -> str:
    """“1 check-in and 2 doses”: what kind of things, without a word of what they say."""
    counts = Counter(entry.kind for entry in entries)
    named = [KIND_COUNTS[kind](n) if kind in KIND_COUNTS else _other(kind, n)
             for kind, n in counts.items()]  # fmt: skip
    return list_words(named)


def _other(kind: str, count: int) -> str:
    return phrase("{count} {kind}", count=count, kind=kind.replace("_", " "))
