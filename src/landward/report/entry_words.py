"""One short line about an entry, enough to recognise it: values in full, free words only begun."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from landward.model.bodies import (
    KINDS,
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
from landward.model.entries import Entry
from landward.model.identity import drug_words
from landward.model.journal import FROM, came_unsigned
from landward.model.questions import GLIMMERS, STRENGTHS
from landward.model.said import joined, phrase
from landward.model.scale import Scale
from landward.report.words import count_words, date_words, dose_words, number_words

ITEMS_SHOWN = 3
WORDS_SHOWN = 3
_STATUS = {
    "taken": "",
    "as_planned": phrase("as planned"),
    "different": phrase("other than planned"),
}
_MODES = {
    "answered": "",
    "unwell": phrase("too unwell to log"),
    "resting": phrase("resting from tracking"),
}


def glimmer_words(body: Glimmer) -> str:
    """“warmth, barely there”: what reached the person and how strongly, without their sentence."""
    feeling = GLIMMERS.get(body.feeling, body.feeling)
    strength = STRENGTHS[body.strength] if body.strength else ""
    return joined(", ", (part for part in (feeling, strength) if part))


def entry_words(body: Body | None) -> str:
    """The line about one body; for a kind or version nobody here knows, that it is kept.

    A stranger's text may hold control characters that a terminal would obey: none gets through.
    """
    if body is None:
        return phrase("from a newer Landward: kept, not shown")
    said = joined("; ", (part for part in _WORDS[type(body)](body) if part))
    if said.isprintable():
        return said
    return "".join(letter if letter.isprintable() else "·" for letter in said)


def came_words(entry: Entry) -> str:
    """How an entry came, where that is worth knowing; "" for what the person wrote here."""
    if came_unsigned(entry):
        return phrase("sealed, not from this computer or a paired phone")
    if entry.origin.startswith(FROM):
        return phrase("sealed, through the box of {origin}", origin=entry.origin.removeprefix(FROM))
    return ""


def begun(text: str) -> str:
    """The first words of a text, and how long it is; a short text as it is, a long one never."""
    words = text.split()
    if len(words) <= WORDS_SHOWN and len(text) <= 40:
        return phrase("“{words}”", words=" ".join(words)) if words else ""
    start = joined(" ", words[:WORDS_SHOWN])[:40].rstrip()
    return phrase("“{start} …” ({count})", start=start, count=count_words(len(words), "word"))


def _answers(body: Answers) -> Iterable[str]:
    shown = list(body.answers.items())[:ITEMS_SHOWN]
    left = len(body.answers) - len(shown)
    more = phrase(" and {left} more", left=left) if left else ""
    scales = {_scale_words(body.scales[item]) for item in body.answers}
    if len(shown) > 1 and len(scales) == 1:
        said = joined(
            ", ",
            (
                phrase("{plain} {value}", plain=_plain(item), value=number_words(value))
                for item, value in shown
            ),
        )
        yield phrase("{said}{more}, each {pop}", said=said, more=more, pop=scales.pop())
    else:
        said = joined(
            ", ",
            (
                phrase(
                    "{plain} {value} {scales}",
                    plain=_plain(item),
                    value=number_words(value),
                    scales=_scale_words(body.scales[item]),
                )
                for item, value in shown
            ),
        )
        yield said + more
    unsaid = len(body.declined) + len(body.no_occasion) + len(body.too_much)
    yield phrase("{unsaid} answered without a number", unsaid=unsaid) if unsaid else ""


def _check_in(body: CheckIn) -> Iterable[str]:
    yield _MODES[body.mode]
    yield from _answers(body)
    yield joined(
        ", ",
        (
            phrase("{plain} {word}", plain=_plain(item), word=word)
            for item, word in body.choices.items()
        ),
    )
    yield phrase("same as the day before") if body.carried else ""
    yield phrase("tags {tags}", tags=joined(", ", body.tags)) if body.tags else ""
    yield phrase("note {begun}", begun=begun(body.note)) if body.note else ""


def _feelings(body: Feelings) -> Iterable[str]:
    yield from _answers(body)
    yield phrase("note {begun}", begun=begun(body.note)) if body.note else ""


def _scale(body: ScaleAnswers) -> Iterable[str]:
    yield body.instrument
    yield phrase("total {total}", total=number_words(body.total)) if body.total is not None else ""
    yield from _answers(body)


def _dose(body: DoseTaken) -> Iterable[str]:
    drug = drug_words(body.drug, body.own_word)
    if body.status == "not_taken":
        yield phrase("{drug}, not taken", drug=drug)
        return
    amount = (
        phrase(" {dose_mg} mg", dose_mg=dose_words(body.dose_mg))
        if body.dose_mg is not None
        else ""
    )
    at = phrase(" at {at}", at=f"{body.at:%H:%M}") if body.at else ""
    yield phrase(
        "{drug}{amount}{at}{mark0}",
        drug=drug,
        amount=amount,
        at=at,
        mark0=phrase(" in the whole day") if body.day_total else "",
    )
    yield _STATUS[body.status]
    yield phrase("as needed") if body.as_needed else ""


def _event(body: Event) -> Iterable[str]:
    yield begun(body.what)
    yield phrase("note {begun}", begun=begun(body.note)) if body.note else ""


def _sleep(body: Sleep) -> Iterable[str]:
    between = (
        phrase(
            " ({started_at} to {ended_at})",
            started_at=f"{body.started_at:%H:%M}",
            ended_at=f"{body.ended_at:%H:%M}",
        )
        if body.started_at and body.ended_at
        else ""
    )
    yield phrase("{hours} h{between}", hours=number_words(body.hours), between=between)


def _prescription(body: Prescription) -> Iterable[str]:
    drug = drug_words(body.drug, body.own_word)
    yield phrase(
        "{drug} {dose_mg_per_day} mg a day",
        drug=drug,
        dose_mg_per_day=dose_words(body.dose_mg_per_day),
    )
    yield (
        phrase("from {started_on}", started_on=body.started_on.isoformat())
        if body.started_on
        else ""
    )


def _incident(body: Incident) -> Iterable[str]:
    yield _plain(body.what)
    yield phrase("note {begun}", begun=begun(body.note)) if body.note else ""


_WORDS: Mapping[type[Body], Callable[[Any], Iterable[str]]] = {
    CheckIn: _check_in,
    Feelings: _feelings,
    ScaleAnswers: _scale,
    DoseTaken: _dose,
    Event: _event,
    Sleep: _sleep,
    Prescription: _prescription,
    Incident: _incident,
    Glimmer: lambda body: (glimmer_words(body), begun(body.text) if body.text else ""),
    DidAnyway: lambda body: (begun(body.what),),
    Note: lambda body: (begun(body.text),),
    PlanStep: lambda body: (
        phrase("{drug}: go on with the plan from {day}", drug=body.drug, day=date_words(body.start))
        if body.start
        else phrase("{drug}: stay on this dose for now", drug=body.drug),
    ),
    PlanAdopted: lambda body: (
        "a plan",
        phrase("with {prescriber}", prescriber=body.prescriber) if body.prescriber else "",
    ),
    Profile: lambda body: (count_words(len(body.fields), "fact or choice", "facts or choices"),),
    UserLabel: lambda body: (
        phrase("{label}, until {until}", label=body.label, until=body.until.isoformat()),
    ),
    Shared: lambda body: (
        begun(body.what),
        phrase("for {reader}", reader=body.reader) if body.reader else "",
    ),
    Retraction: lambda body: (phrase("takes back what was written before"),),
}
assert set(_WORDS) == set(KINDS.values()), "every kind has its words"


def _plain(item: str) -> str:
    return item.replace("_", " ")


def _scale_words(text: str) -> str:
    scale = Scale.parse(text)
    if scale.low == 0:
        return phrase("of {high}", high=number_words(scale.high))
    return phrase("({low} to {high})", low=number_words(scale.low), high=number_words(scale.high))
