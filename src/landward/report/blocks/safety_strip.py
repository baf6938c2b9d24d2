"""What must not be missed: safety facts the person stated, with their dates. Never inferred.

A “no” stands with the month it is about; “not answered” was asked and skipped, “not asked” says
exactly that. Thoughts of suicide are on the page only if the person shares them in this report.
"""

from collections import defaultdict
from datetime import date, timedelta

from landward.model.base import Frozen
from landward.model.bodies import Incident
from landward.model.safety_questions import (
    ABOUT_DAYS,
    BY_NAME,
    NO,
    SAFETY_QUESTIONS,
    YES,
    SafetyAnswer,
    safety_answers,
)
from landward.model.said import Words, begun, phrase
from landward.report.blocks.block import Block
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Facts
from landward.report.words import date_words, list_words

NAMED_DAYS = 3
SHARED_ONLY_IF_CHOSEN = {
    "suicidal_thoughts": phrase("thoughts of suicide"),
    "self_harm_intent": "self-harm",
}
FACTS: dict[str, tuple[str, ...]] = {
    "seizure": ("seizure",),
    "confusion": ("confusion", "delirium"),
    "hallucination": ("hallucination", "hallucinations", "psychosis"),
    "fall": ("fall", "fall_head"),
    "alcohol": ("alcohol", "alcohol_mix", "mixed_alcohol"),
    "opioid": ("opioid", "new_opioid", "mixed_opioid"),
    "ran out": ("ran_out",),
    "stopped suddenly": ("stopped_suddenly",),
    "pregnancy": ("pregnancy",),
}
"""What the page calls it, and the ids it may be recorded under (red flags and incidents alike)."""

_FACT_OF = {id_: ids[0] for ids in FACTS.values() for id_ in ids}


class SafetyFact(Frozen):
    """A stated safety fact and its days, in words."""

    name: Words
    days: Words


class SafetyStrip(Frozen):
    """Stated facts first; then each “no” with its month; then what was skipped or never asked."""

    recorded: tuple[SafetyFact, ...]
    earlier: tuple[SafetyFact, ...]
    """What was stated before the time the page is about, with its latest day."""
    said_no: tuple[tuple[Words, Words], ...]
    """(the month, the facts answered with no about it)."""
    not_answered: Words
    not_asked: Words
    private: bool
    """Whether thoughts of suicide are kept private: their absence says nothing."""


def safety_strip(scope: Scope) -> SafetyStrip:
    """Facts stated in the period, by name; other stated incidents follow under their own id."""
    days, before = _stated(scope)
    answers = safety_answers(scope.diary.lines, scope.last_day)
    recorded: list[SafetyFact] = []
    none: defaultdict[date, list[Words]] = defaultdict(list)
    skipped: list[Words] = []
    never: list[Words] = []
    for one in SAFETY_QUESTIONS:
        if one.only_if_shared and not scope.share_suicidal_thoughts:
            continue
        said, found = answers[one.id], days.pop(one.id, [])
        yes = [a for a in said if a.word == YES and (scope.holds(a.day) or a is said[-1])]
        if found or yes:
            recorded.append(SafetyFact(name=begun(one.name), days=_yes_words(found, yes)))
            continue
        answered = [a for a in said if a.word == NO]
        if answered:
            none[answered[-1].day].append(one.name)
        else:
            (skipped if said else never).append(one.name)
    recorded += [
        SafetyFact(name=begun(_name(scope, what)), days=_yes_words(found, []))
        for what, found in days.items()
    ]
    return SafetyStrip(
        recorded=tuple(recorded),
        earlier=tuple(
            SafetyFact(name=_name(scope, what), days=date_words(max(found)))
            for what, found in before.items()
        ),
        said_no=tuple(
            (_month(scope, day), list_words(names)) for day, names in sorted(none.items())[::-1]
        ),
        not_answered=list_words(skipped),
        not_asked=list_words(never),
        private=not scope.share_suicidal_thoughts,
    )


def _stated(scope: Scope) -> tuple[dict[str, list[date]], dict[str, list[date]]]:
    """The days of each stated incident: those of the period, and those before it."""
    inside: dict[str, list[date]] = {}
    before: dict[str, list[date]] = {}
    for entry, body in scope.diary.of(Incident):
        what = _plain(body.what)
        hidden = what in SHARED_ONLY_IF_CHOSEN and not scope.share_suicidal_thoughts
        if hidden or entry.date > scope.last_day:
            continue
        place = inside if scope.holds(entry.date) else before
        days = place.setdefault(_FACT_OF.get(what, what), [])
        if entry.date not in days:
            days.append(entry.date)
    return inside, before


def _name(scope: Scope, what: str) -> Words:
    if what in BY_NAME:
        return BY_NAME[what].name
    return SHARED_ONLY_IF_CHOSEN.get(what) or scope.name(what)


def _month(scope: Scope, day: date) -> Words:
    """“in the month to 20 Nov”; an old answer says nothing about the time since."""
    when = date_words(day, year=day.year != scope.last_day.year)
    if scope.last_day - day > timedelta(days=ABOUT_DAYS):
        return phrase("in the month to {day}; not asked since", day=when)
    return phrase("in the month to {day}", day=when)


def _plain(id_: str) -> str:
    """An id without its family: `flag.seizure` and `safety:seizure` are both `seizure`."""
    return id_.rsplit(":", 1)[-1].removeprefix("flag.")


def _yes_words(days: list[date], yes: list[SafetyAnswer]) -> Words:
    """“yes, on 3 and 5 Mar”: up to three days by name; more as their number and the latest."""
    if not days:
        months = list_words([date_words(one.day) for one in yes[-1:]])
        return phrase("yes, in the month to {day}", day=months)
    named = [date_words(day, year=False) for day in days]
    if len(days) <= NAMED_DAYS:
        return phrase("yes, on {days}", days=list_words(named))
    return phrase("yes, on {many} days, last on {day}", many=len(days), day=named[-1])


def _shown(strip: SafetyStrip | None, _rows: int) -> Facts:
    assert strip is not None, "safety facts are on every page"
    strong = [phrase("{name}: {days}", name=fact.name, days=fact.days) for fact in strip.recorded]
    plain = [
        phrase("No {month}: {facts}", month=month, facts=facts) for month, facts in strip.said_no
    ]
    if strip.earlier:
        old = [phrase("{name} on {day}", name=one.name, day=one.days) for one in strip.earlier]
        plain.append(phrase("Before this time: {facts}", facts=list_words(old)))
    if strip.not_answered:
        plain.append(phrase("Asked, not answered: {facts}", facts=strip.not_answered))
    if strip.not_asked:
        plain.append(phrase("Not asked: {facts}", facts=strip.not_asked))
    if strip.private:
        plain.append(phrase("Thoughts of suicide: kept private, which says neither yes nor no"))
    return Facts(strong=tuple(strong), plain=tuple(plain))


SAFETY = Block[SafetyStrip | None](
    name="safety",
    title=phrase("Safety, as stated by the patient"),
    words=phrase("safety facts"),
    build=safety_strip,
    show=_shown,
    nothing=None,
    fixed=True,
)
