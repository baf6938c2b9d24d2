"""What must not be missed: safety facts the person stated, with their dates. Never inferred.

"None recorded" means it was asked about in the period and not reported; "not asked" says exactly
that. Thoughts of suicide are left out unless the person chose to share them in this report.
"""

from landward.model.base import Frozen
from landward.model.bodies import Incident
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
    phrase("ran out"): ("ran_out",),
    phrase("stopped suddenly"): ("stopped_suddenly",),
    "pregnancy": ("pregnancy",),
}
"""What the page calls it, and the ids it may be recorded under (red flags and incidents alike)."""


class SafetyFact(Frozen):
    """A stated safety fact and its days, in words."""

    name: Words
    days: Words


class SafetyStrip(Frozen):
    """Stated facts first; then what was asked and not reported; then what was never asked."""

    recorded: tuple[SafetyFact, ...]
    none_recorded: Words
    not_asked: Words


def safety_strip(scope: Scope) -> SafetyStrip:
    """Facts stated in the period, by name; other stated incidents follow under their own id."""
    facts = dict(FACTS)
    if scope.share_suicidal_thoughts:
        facts |= {words: (id_,) for id_, words in SHARED_ONLY_IF_CHOSEN.items()}
    asked = {
        _plain(item)
        for day, answers in scope.diary.days.items()
        if scope.holds(day)
        for item in answers.asked
    }
    stated: dict[str, list[str]] = {}
    known = {name: fact for fact, names in facts.items() for name in names}
    for entry, body in scope.diary.of(Incident):
        what = _plain(body.what)
        hidden = what in SHARED_ONLY_IF_CHOSEN and not scope.share_suicidal_thoughts
        if hidden or not scope.holds(entry.date):
            continue
        name = known.get(what, scope.name(what))
        stated.setdefault(name, []).append(date_words(entry.date, year=False))
    rest = [fact for fact in facts if fact not in stated]
    none = [fact for fact in rest if asked & set(facts[fact])]
    return SafetyStrip(
        recorded=tuple(
            SafetyFact(name=begun(name), days=_days_words(list(dict.fromkeys(days))))
            for name, days in stated.items()
        ),
        none_recorded=list_words(none),
        not_asked=list_words([fact for fact in rest if fact not in none]),
    )


def _plain(id_: str) -> str:
    """An id without its family: `flag.seizure` and `safety:seizure` are both `seizure`."""
    return id_.rsplit(":", 1)[-1].removeprefix("flag.")


def _days_words(days: list[str]) -> str:
    """Up to three days by name; more as their number and the latest."""
    if len(days) <= NAMED_DAYS:
        return list_words(days)
    return phrase("on {count} days, last on {days}", count=len(days), days=days[-1])


def _shown(strip: SafetyStrip | None, _rows: int) -> Facts:
    assert strip is not None, "safety facts are on every page"
    return Facts(
        strong=tuple(
            phrase("{name}: {days}", name=fact.name, days=fact.days) for fact in strip.recorded
        ),
        plain=(phrase("None recorded: {none_recorded}", none_recorded=strip.none_recorded),)
        if strip.none_recorded
        else (),
        soft=(phrase("Not asked: {not_asked}", not_asked=strip.not_asked),)
        if strip.not_asked
        else (),
    )


SAFETY = Block[SafetyStrip | None](
    name="safety",
    title=phrase("Safety facts in this time"),
    words=phrase("safety facts"),
    build=safety_strip,
    show=_shown,
    nothing=None,
    fixed=True,
)
