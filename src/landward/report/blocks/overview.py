"""The chart's data and the one sentence that says what it shows."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from statistics import median

from landward.model.said import begun, joined, phrase
from landward.model.scale import Scale
from landward.model.waves import State, WaveReading
from landward.report.blocks.block import Block
from landward.report.blocks.doses import main_drug
from landward.report.blocks.scope import Scope, about_the_same, days_between
from landward.report.blocks.shape import Picture
from landward.report.chart_data import ChartData, ChartDose, ChartShift, ChartSpell
from landward.report.words import count_words, date_words, dose_words, number_words, shortened

RECENT_DAYS = 28
MIDDLE_NEEDS = 7
DAY_ITEM = "day"
NAME_LETTERS = 32
"""A drug's name in the chart and its sentence is cut after this many characters."""


def end_words(item: str) -> tuple[str, str]:
    """The words at the better and the worse end of an item's axis."""
    return (phrase("no trouble"), "worst") if item == DAY_ITEM else ("best", "worst")


def chart_data(scope: Scope, reading: WaveReading | None) -> ChartData | None:
    """The rows of the main chart; None where it has no answers in the period."""
    days = tuple(days_between(scope.first_day, scope.last_day))
    answers = tuple(scope.main_on(day) for day in days)
    if all(value is None for value in answers):
        return None
    best, worst = end_words(scope.main.item)
    spells = spells_in(scope, reading)
    return ChartData(
        first_day=scope.first_day,
        answers=answers,
        scale=scope.main.scale,
        label=label(scope),
        best_words=best,
        worst_words=worst,
        carried=tuple(scope.main_carried(day) for day in days),
        dose=_dose(scope),
        spells=spells,
        shifts=shifts_in(scope, reading),
        sentence=sentence(scope, spells, reading),
    )


def label(scope: Scope) -> str:
    """What the main series is called above its chart."""
    if scope.main.item == DAY_ITEM:
        return phrase("How hard each day was")
    name = scope.name(scope.main.item)
    return begun(name)


def spells_in(scope: Scope, reading: WaveReading | None) -> tuple[ChartSpell, ...]:
    """The reading's windows and waves that touch the period, cut to it, as positions in it."""
    if reading is None or reading.first_day is None:
        return ()
    found = []
    for spell in reading.spells:
        if spell.state not in (State.WINDOW, State.WAVE):
            continue
        start = max((reading.date_of(spell.start) - scope.first_day).days, 0)
        end = min((reading.date_of(spell.end) - scope.first_day).days, scope.days - 1)
        if start <= end:
            state = "window" if spell.state == State.WINDOW else "wave"
            found.append(ChartSpell(state=state, start=start, end=end))
    return tuple(found)


def shifts_in(scope: Scope, reading: WaveReading | None) -> tuple[ChartShift, ...]:
    """The lasting changes of the period, each with the days between which it lies."""
    if reading is None or reading.first_day is None:
        return ()
    moved = (reading.first_day - scope.first_day).days
    return tuple(
        ChartShift(
            at=shift.index + moved,
            first=max(0, shift.interval[0] + moved),
            last=min(scope.days - 1, shift.interval[1] + moved),
        )
        for shift in reading.level_shifts
        if 0 <= shift.index + moved < scope.days
    )


def _dose(scope: Scope) -> ChartDose | None:
    drug = main_drug(scope)
    if drug is None:
        return None
    medicine, days = scope.medicine(drug), list(days_between(scope.first_day, scope.last_day))
    taken = _row(medicine.on(day).taken_mg for day in days)
    planned = _row(medicine.planned_mg(day) for day in days)
    if all(mg is None for mg in (*taken, *planned)):
        return None
    shown = planned if any(mg is not None for mg in planned) else ()
    changes = medicine.changes(scope.last_day)
    return ChartDose(
        drug=shortened(drug, NAME_LETTERS),
        taken_mg=taken,
        planned_mg=shown,
        changes=tuple((c.day - scope.first_day).days for c in changes if scope.holds(c.day)),
    )


def _row(amounts: Iterable[Decimal | None]) -> tuple[float | None, ...]:
    return tuple(None if mg is None else float(mg) for mg in amounts)


def sentence(scope: Scope, spells: tuple[ChartSpell, ...], reading: WaveReading | None) -> str:
    """What the chart shows, in one sentence: the middle day, the spells, the dose. No cause."""
    parts = [_middle(scope, scope.main.scale)]
    if reading is None or (
        not reading.spells and all(d.state == State.UNKNOWN for d in reading.days)
    ):
        parts.append(phrase("not enough days yet to tell windows and waves"))
    else:
        parts.append(
            phrase(
                "{spells} and {spells_2}",
                spells=_spell_words(spells, "wave"),
                spells_2=_spell_words(spells, "window"),
            )
        )
    parts += _shift_words(scope, reading)
    dose = _dose_words(scope)
    return joined("; ", (part for part in (*parts, dose) if part)) + "."


def _middle(scope: Scope, scale: Scale) -> str:
    first, last = scope.last(RECENT_DAYS)
    recent = [value for _, value in scope.main_answers(first, last)]
    before_last = first - timedelta(days=1)
    before_first = first - timedelta(days=RECENT_DAYS)
    before = [value for _, value in scope.main_answers(before_first, before_last)]
    days = (last - first).days + 1
    best, worst = end_words(scope.main.item)
    ends = (scale.low, scale.high) if scale.better == "down" else (scale.high, scale.low)
    legend = phrase(
        "({ends} {best}, {ends_2} {worst})",
        ends=number_words(ends[0]),
        best=best,
        ends_2=number_words(ends[1]),
        worst=worst,
    )
    if not recent:
        return phrase(
            "No answers in the last {days} {legend}", days=count_words(days, "day"), legend=legend
        )
    now = median(recent)
    text = phrase(
        "The middle of the last {days} is {now} {legend}",
        days=count_words(days, "day"),
        now=number_words(now),
        legend=legend,
    )
    if len(recent) < MIDDLE_NEEDS or len(before) < MIDDLE_NEEDS:
        return text
    return phrase(
        "{text}, {compared} the {recent_days} days before",
        text=text,
        compared=_compared(now, median(before), scale),
        recent_days=RECENT_DAYS,
    )


def _compared(now: float, before: float, scale: Scale) -> str:
    if about_the_same(now, before, scale):
        return phrase("about the same as")
    harder = (now > before) == (scale.better == "down")
    return phrase(
        "{words} by {now} than",
        words=phrase("harder") if harder else phrase("easier"),
        now=number_words(abs(now - before)),
    )


def _spell_words(spells: tuple[ChartSpell, ...], state: str) -> str:
    found = [spell for spell in spells if spell.state == state]
    harder = "harder" if state == "wave" else "easier"
    if not found:
        return phrase("no {harder} spell ({state})", harder=harder, state=state)
    days = sum(spell.end - spell.start + 1 for spell in found)
    words = count_words(len(found), phrase("{harder} spell", harder=harder))
    plural = state if len(found) == 1 else phrase("{state}s", state=state)
    return phrase(
        "{words} ({plural}, {days})", words=words, plural=plural, days=count_words(days, "day")
    )


def _shift_words(scope: Scope, reading: WaveReading | None) -> list[str]:
    """“a lasting change to easier from 3 Feb (about 6 before, 4 after)”: the latest one."""
    if reading is None or reading.first_day is None:
        return []
    scale = scope.main.scale
    for shift in reversed(reading.level_shifts):
        day = reading.date_of(shift.index)
        if not scope.holds(day):
            continue
        # A reading counts upward as harder; the page keeps the answers' own direction.
        levels = [shift.before, shift.after]
        if scale.better == "up":
            levels = [scale.low + scale.high - level for level in levels]
        before, after = (number_words(level) for level in levels)
        way = "harder" if shift.after > shift.before else "easier"
        when = date_words(day, year=False)
        found = {"way": way, "when": when, "before": before, "after": after}
        if not shift.stays:
            return [
                phrase(
                    "a sudden change to {way} from {when}, then slowly back (about {before} "
                    "before, {after} after)",
                    **found,
                )
            ]
        return [
            phrase(
                "a lasting change to {way} from {when} (about {before} before, {after} after)",
                **found,
            )
        ]
    return []


def _dose_words(scope: Scope) -> str:
    drug = main_drug(scope)
    if drug is None:
        return phrase("no doses are recorded")
    changes = [c for c in scope.medicine(drug).changes(scope.last_day) if scope.holds(c.day)]
    if not changes:
        return phrase(
            "no lasting change of {shortened} is recorded in this time",
            shortened=shortened(drug, NAME_LETTERS),
        )
    first, last = dose_words(changes[0].from_mg), dose_words(changes[-1].to_mg)
    name = shortened(drug, NAME_LETTERS)
    return phrase(
        "{name} went from {first} to {last} mg a day in {count}",
        name=name,
        first=first,
        last=last,
        count=count_words(len(changes), "step"),
    )


def _shown(chart: ChartData | None, _rows: int) -> Picture:
    assert chart is not None, "an empty block is not shown"
    return Picture(sentence=chart.sentence)


CHART = Block[ChartData | None](
    name="chart",
    title="",
    words=phrase("the chart"),
    build=lambda scope: chart_data(scope, scope.reading),
    show=_shown,
    nothing=None,
)
