"""Every symptom that was asked, first weeks beside the last, and what was answered in words."""

from datetime import date, timedelta
from statistics import median

from landward.model.bodies import Feelings
from landward.model.choices import choice_counts
from landward.model.questions import BY_ID, USUAL_DAY
from landward.model.questions import FEELINGS as DAILY
from landward.model.said import begun, joined, phrase
from landward.report.appendices.part import Leaf, Part
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Column, Lines, Row, Table, row
from landward.report.words import count_words, number_words

SPAN_DAYS = 28


def every_symptom(scope: Scope) -> tuple[Leaf, ...]:
    """Every item of the daily check-in, by name, up to the end of the period."""
    table = Table(
        columns=(
            Column(head="", share=1), Column(head=phrase("best to worst"), right=True),
            Column(head=phrase("first 28 days"), right=True),
            Column(head=phrase("last 28 days"), right=True),
            Column(head=phrase("answered"), right=True),
        ),
        rows=_items(scope),
        note=phrase("Half of the answers lie at or below these (medians)."),
    )  # fmt: skip
    words = in_words(scope)
    found = []
    if table.rows:
        found.append((phrase("Everything that was asked"), table))
    leaves = [Leaf(part=SYMPTOMS.name, title=title, shape=shape) for title, shape in found]
    if words:
        shape = Lines(said=words)
        leaves.append(Leaf(part=SYMPTOMS.name, title=phrase("Answers in words"), shape=shape))
    return tuple(leaves)


def _items(scope: Scope) -> tuple[Row, ...]:
    """What a block that was left out tells has no line here."""
    feelings = {item for _, body in scope.diary.of(Feelings) for item in body.asked}
    away = set(DAILY) if "feelings" in scope.hidden else set(scope.feelings_away)
    if scope.hidden & {"chart", "days"}:
        away |= {scope.main.item, "day", "window_hours"}
    rows = []
    for item in scope.diary.items:
        answers = scope.answers(item, date.min, scope.last_day)
        scales = scope.scales(item, date.min, scope.last_day)
        if item in feelings or item in away or not answers or len(scales) != 1:
            continue
        start = answers[0][0]
        first = [value for day, value in answers if day < start + timedelta(days=SPAN_DAYS)]
        cut = scope.last_day - timedelta(days=SPAN_DAYS)
        last = [value for day, value in answers if day > cut]
        scale = scales.pop()
        best, worst = (scale.low, scale.high) if scale.better == "down" else (scale.high, scale.low)
        ends = phrase("{best} to {worst}", best=number_words(best), worst=number_words(worst))
        rows.append(
            row(
                scope.name(item), ends, number_words(median(first)),
                number_words(median(last)) if last else "–", count_words(len(answers), "day"),
            )
        )  # fmt: skip
    return tuple(sorted(rows, key=lambda one: one.cells[0].words))


def in_words(scope: Scope) -> tuple[str, ...]:
    """How often each word was chosen in the period."""
    return tuple(
        phrase(
            "{asked}: {items} ({answered} of {days} answered)",
            asked=_asked(scope, one.item),
            items=joined(", ", ((phrase("{w} {n}", w=w, n=n) for w, n in one.counts.items()))),
            answered=one.answered,
            days=count_words(one.days, "day"),
        )
        for one in choice_counts(scope.diary, scope.first_day, scope.last_day)
        if one.item != USUAL_DAY or "everyday" not in scope.hidden
    )


def _asked(scope: Scope, item: str) -> str:
    """What a question is called; one that is asked no more goes by its stored name."""
    if item in BY_ID:
        return BY_ID[item].beside
    return begun(scope.names.get(item, item.replace("_", " ")))


SYMPTOMS = Part("every-symptom", phrase("every symptom"), every_symptom, tells=("symptoms",))
