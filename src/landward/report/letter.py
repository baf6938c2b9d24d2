"""A letter: the person's facts from the medicine record, what guidance says, what is asked.

Every number of a guideline comes with its rule from the tables; the wording is ours. A letter
asks, and presumes neither a pace nor zero. The kinds of letter stand in `letter_kinds`.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from landward.model.base import Frozen
from landward.model.bodies import Incident, Prescription, Profile
from landward.model.diary import Diary
from landward.model.facts import Source
from landward.model.guidelines import GuidelineRule
from landward.model.medicines import Medicine, MedicineRecord, medicine_record
from landward.model.said import ENGLISH, Catalogue, Words, joined, phrase
from landward.report.blocks.asking import kept_request
from landward.report.blocks.doses import day_list, dose_row, stop_words, taken_now_words
from landward.report.blocks.safety_strip import FACTS, SHARED_ONLY_IF_CHOSEN
from landward.report.letter_kinds import FIRST_STEP, NEXT_STEP, TAPER, LetterKind
from landward.report.typesetting import typeset
from landward.report.words import (
    count_words,
    date_words,
    dose_words,
    item_words,
    list_words,
    shortened,
)

ZERO = Decimal(0)

REQUEST_LETTERS, ATTEMPTS_LETTERS = 300, 300
STILL_KNOWN_DAYS = 7
"""What was written longer ago than this says nothing about now, and nor does a plan."""


class Guidance(Frozen):
    """One rule in plain words and the number of its source in the list at the end."""

    words: Words
    source: int


class Fact(Frozen):
    """One line about a medicine: which, and what the diary holds of it."""

    name: Words
    said: Words


class Letter(Frozen):
    """Everything the letter says."""

    title: Words
    letter: bool
    """Whether it greets and is signed; a card does neither."""
    prescriber: Words
    sender: Words
    taking: tuple[Words, ...]
    reducing_since: Words
    """The day of the first lasting cut or of the plan; empty where nothing has begun."""
    opening: Words
    request: Words
    """What the person asks for, in their own words."""
    facts: tuple[Fact, ...]
    guidance: tuple[Guidance, ...]
    asks_head: Words
    asks: tuple[Words, ...]
    blank_lines: int
    closing: Words
    recorded: tuple[Words, ...]
    to_fill_in: tuple[Words, ...]
    sources: tuple[Words, ...]
    reviewed: bool
    left_out: Words = ""
    """What stays away from this reader by choice."""


def build_letter(
    diary: Diary,
    *,
    today: date,
    guidance: Sequence[GuidelineRule],
    sources: Mapping[str, Source],
    prescriber: str = "",
    sender: str = "",
    review_weeks: int | None = None,
    kind: LetterKind = TAPER,
    left_out: Words = "",
) -> Letter:
    """The letter of a kind for one diary.

    `guidance` are the rules to cite, in order, and `sources` the bibliography their keys point to
    (KeyError if one is missing). Thoughts of suicide never enter a letter.
    """
    keys = list(dict.fromkeys(rule.source[0] for rule in guidance))
    record = medicine_record(diary.lines)
    since = _reducing_since(record, today)
    step = NEXT_STEP if since else FIRST_STEP
    reviews = (
        phrase(", for example every {review_weeks}", review_weeks=count_words(review_weeks, "week"))
        if review_weeks
        else ""
    )
    opening = _filled(kind.begun, since=date_words(since)) if since else kind.opening
    return Letter(
        title=kind.title,
        letter=kind.letter,
        opening=opening,
        request=_request(diary) if kind.request else "",
        facts=_facts(diary, record, kind, today) if kind.facts else (),
        asks_head=kind.asks_head,
        blank_lines=kind.blank_lines,
        closing=kind.closing,
        prescriber=shortened(prescriber, 80),
        sender=shortened(sender, 60),
        taking=_taking(record, today),
        reducing_since=date_words(since) if since else "",
        guidance=tuple(
            Guidance(words=rule.plain, source=keys.index(rule.source[0]) + 1) for rule in guidance
        ),
        asks=tuple(_filled(ask, step=step, reviews=reviews) for ask in kind.asks),
        recorded=(*_stops(record, today), *_recorded(diary, today)),
        to_fill_in=kind.to_fill_in,
        sources=tuple(str(sources[key]) for key in keys),
        left_out=left_out,
        reviewed=all(rule.status == "clinician-reviewed" for rule in guidance),
    )


def _filled(words: Words, **values: str) -> Words:
    """A sentence of the kinds with its values, in whatever language it is said."""
    return phrase(getattr(words, "message", words), **values)


def letter_pdf(
    letter: Letter,
    *,
    today: date,
    paper: Literal["a4", "letter"] = "a4",
    catalogue: Catalogue = ENGLISH,
) -> bytes:
    """The letter as PDF, dated `today`."""
    data = letter.model_dump() | {"date": date_words(today)}
    return typeset("letter", data, date=today, paper=paper, catalogue=catalogue)


def _taking(record: MedicineRecord, today: date) -> tuple[str, ...]:
    """“diazepam 0.35 mg a day (prescribed 1 mg a day)”: what is taken now, the label second."""
    lines = (_one_taken(medicine, today) for medicine in record.medicines.values())
    return tuple(line for line in lines if line)


def _one_taken(medicine: Medicine, today: date) -> str:
    """What is taken, else planned, else on the label, else last noted; “” for a drug ended.

    A label never stands for what was taken: where doses are noted and none of them lasts, it says
    that they differ.
    """
    drug, label = medicine.drug, medicine.prescription(today)
    if (stopped := medicine.stopped_days(today)) and not medicine.settled_mg(today):
        return _stopped(medicine, stopped, today)
    settled, planned = medicine.settled_mg(today), medicine.planned_mg(today)
    ordered = label.dose_mg_per_day if label else None
    now = planned if settled is None else settled
    if now is None and label is None:
        return _last_noted(medicine, today)
    if not (now or ordered or planned):
        return ""
    last = medicine.last_written(today)
    noted = "" if last is None else taken_now_words(medicine, today)
    if planned and settled is None and last is not None and (today - last).days > STILL_KNOWN_DAYS:
        # A plan is no word on what was taken since: the last days may have been a stop.
        return phrase(
            "{drug}{form}, planned {planned} mg a day ({noted})",
            drug=drug,
            form=_form(label),
            planned=dose_words(planned),
            noted=noted,
        )
    if label and ((now == ordered and planned in (None, now)) or (now is None and not noted)):
        amount = dose_words(label.dose_mg_per_day)
        return phrase(
            "{drug} {amount} mg a day{when}{form}{since}",
            drug=drug,
            amount=amount,
            when=_when(label),
            form=_form(label),
            since=_since(label),
        )
    order = (
        phrase("prescribed {value} mg a day", value=dose_words(ordered or ZERO)) if label else ""
    )
    order += phrase("{when}{since}", when=_when(label), since=_since(label)) if label else ""
    if now is None:
        return phrase(
            "{drug}{form}, {order} ({noted})",
            drug=drug,
            form=_form(label),
            order=order,
            noted=noted,
        )
    beside = ["planned", noted] if settled is None else []
    if settled is not None and planned not in (None, settled):
        beside.append(phrase("planned {value} mg", value=dose_words(planned or ZERO)))
    words = joined("; ", (part for part in (*beside, order) if part))
    return phrase(
        "{drug} {now} mg a day{form}", drug=drug, now=dose_words(now), form=_form(label)
    ) + (phrase(" ({words})", words=words) if words else "")


def _stopped(medicine: Medicine, days: Sequence[date], today: date) -> str:
    """A few days without are no dose of 0 mg: a reader would go on leaving it out."""
    changes = medicine.changes(today)
    if not changes:
        return phrase("{drug}, not taken on {days}", drug=medicine.drug, days=day_list(days))
    return phrase("{drug}, {mg} mg a day until it was not taken on {days}", drug=medicine.drug,
                  mg=dose_words(changes[-1].from_mg), days=day_list(days))  # fmt: skip


def _last_noted(medicine: Medicine, today: date) -> str:
    known = medicine.known(today)
    if not known or not known[max(known)]:
        return ""
    day = max(known)
    amount, when = phrase("{known} mg", known=dose_words(known[day])), date_words(day)
    if any(level.mg == known[day] for level in medicine.levels(today)):
        return phrase(
            "{drug} {amount} a day (last noted {when})",
            drug=medicine.drug,
            amount=amount,
            when=when,
        )
    return phrase(
        "{drug}, {amount} on {when} (no lasting dose recorded)",
        drug=medicine.drug,
        amount=amount,
        when=when,
    )


def _when(label: Prescription) -> str:
    return phrase(" ({times})", times=list_words(label.times)) if label.times else ""


def _form(label: Prescription | None) -> str:
    return phrase(", {form}", form=label.form) if label and label.form else ""


def _since(label: Prescription) -> str:
    return (
        phrase(" since {started_on}", started_on=date_words(label.started_on))
        if label.started_on
        else ""
    )


def _reducing_since(record: MedicineRecord, today: date) -> date | None:
    """When the reduction began: the first lasting cut, or the first day of a plan gone by."""
    found = []
    for medicine in record.medicines.values():
        found += [change.day for change in medicine.changes(today) if change.to_mg < change.from_mg]
        planned = medicine.planned.first_day
        if planned is not None and planned < today:
            found.append(planned)
    return min(found, default=None)


def _request(diary: Diary) -> Words:
    return shortened(" ".join(kept_request(diary).split()), REQUEST_LETTERS, word=40)


def _facts(diary: Diary, record: MedicineRecord, kind: LetterKind, today: date) -> tuple[Fact, ...]:
    """What each medicine is for, its last change, the plan, what is left; then earlier attempts."""
    found = []
    for drug, medicine in record.medicines.items():
        row = dose_row(medicine, today, today)
        why = next((one.body.why for one in reversed(medicine.ordered) if one.body.why), "")
        if not (why or medicine.days or medicine.planned.first_day):
            continue
        parts = []
        if why:
            parts.append(phrase("for {why}", why=shortened(why, 60)))
        parts.append(phrase("last change: {change}", change=row.last_change))
        if medicine.planned_mg(today) is not None:
            parts.append(phrase("plan: {planned} a day", planned=row.planned))
        if row.supply != "not recorded":
            parts.append(phrase("left: {supply}", supply=row.supply))
        found.append(Fact(name=shortened(drug, 40), said=joined("; ", parts)))
    attempts = ""
    for entry, body in diary.of(Profile):
        if entry.date <= today:
            attempts = body.fields.get("attempts", attempts)
    if kind.attempts and attempts.strip():
        said = shortened(" ".join(attempts.split()), ATTEMPTS_LETTERS).rstrip(".")
        found.append(Fact(name=phrase("earlier attempts"), said=said))
    return tuple(found)


def _stops(record: MedicineRecord, today: date) -> tuple[str, ...]:
    """More than one planned day not taken comes first: a settled dose must not hide it."""
    found = ((drug, one.stopped_days(today)) for drug, one in record.medicines.items())
    return tuple(
        phrase("planned days not taken: {drug}", drug=stop_words(drug, days))
        for drug, days in found
        if days
    )


def _recorded(diary: Diary, today: date) -> tuple[str, ...]:
    """Safety facts the diary holds, once each with the latest day."""
    names = {id_: fact for fact, ids in FACTS.items() for id_ in ids}
    latest: dict[str, date] = {}
    for entry, body in diary.of(Incident):
        what = body.what.rsplit(":", 1)[-1].removeprefix("flag.")
        if what not in SHARED_ONLY_IF_CHOSEN and entry.date <= today:
            latest[names.get(what, item_words(what))] = entry.date
    return tuple(
        phrase("{name}, last on {day}", name=name, day=date_words(day))
        for name, day in latest.items()
    )
