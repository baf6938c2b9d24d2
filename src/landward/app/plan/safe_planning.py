"""The questions for safe planning, one at a time; a question without an answer is not a “no”."""

import datetime as dt
from collections.abc import Mapping

from landward.app.diary.profile import Person
from landward.catalog import load_catalog
from landward.engines.safety.supervision import read_supervision
from landward.model.base import BadInput
from landward.model.bodies import Profile
from landward.model.diary import Diary
from landward.model.safety import SafetyVerdict, SupervisionQuestion
from landward.model.said import counted, phrase

FIELD = "supervision."
EVERY = dt.timedelta(days=7)
ANSWERS = ("yes", "no", "skipped")


def answers_of(me: Person) -> dict[str, str]:
    """The answers given so far, by question; skipped ones are not answers."""
    return {
        field.removeprefix(FIELD): value
        for field, value in me.fields.items()
        if field.startswith(FIELD) and value in ("yes", "no")
    }


def verdict(me: Person) -> SafetyVerdict:
    """What the answers come to."""
    return read_supervision(answers_of(me), load_catalog().supervision_questions)


def next_question(me: Person) -> SupervisionQuestion | None:
    """The next question without an answer, skipped ones last; None when all are answered."""
    rules = [rule for rule in load_catalog().supervision_questions if rule.usable]
    open_ = [rule for rule in rules if me.stated(FIELD + rule.id) not in ("yes", "no")]
    open_.sort(key=lambda rule: me.stated(FIELD + rule.id) == "skipped")
    return open_[0] if open_ else None


def is_due(me: Person, today: dt.date) -> bool:
    """Whether to offer one question now: once a week at most."""
    if next_question(me) is None or not me.settings.setup:
        return False
    try:
        last = dt.date.fromisoformat(me.settings.supervision_asked or me.settings.setup)
    except ValueError:
        return False
    return today - last >= EVERY


def answer_fields(question: str, answer: str, today: dt.date) -> dict[str, str]:
    """The profile fields of one answer. Raises BadInput for what is not one of ours."""
    if answer not in ANSWERS or all(r.id != question for r in load_catalog().supervision_questions):
        raise BadInput(phrase("answer yes, no, or leave it for later"))
    return {FIELD + question: answer, "supervision_asked": today.isoformat()}


def questions() -> tuple[SupervisionQuestion, ...]:
    """Every question, in the order they are asked."""
    return tuple(rule for rule in load_catalog().supervision_questions if rule.usable)


def answered_on(diary: Diary) -> dict[str, dt.date]:
    """The day each standing answer was last said, by question."""
    found: dict[str, dt.date] = {}
    for entry, body in diary.of(Profile):
        for field in body.fields:
            if field.startswith(FIELD):
                found[field.removeprefix(FIELD)] = entry.date
    return found


def confirmed_fields(said: Mapping[str, str], today: dt.date) -> dict[str, str]:
    """The profile fields of all answers, confirmed on a day. Raises BadInput while one is open."""
    asked = questions()
    open_ = [rule for rule in asked if said.get(rule.id) not in ("yes", "no")]
    if open_:
        raise BadInput(
            counted(
                len(open_),
                "{count} question has no answer yet; “not answered” is not a no",
                "{count} questions have no answer yet; “not answered” is not a no",
            )
        )
    return {
        **{FIELD + rule.id: said[rule.id] for rule in asked},
        "supervision_asked": today.isoformat(),
    }
