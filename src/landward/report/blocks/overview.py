"""The chart's data and the one sentence that says what it shows."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from landward.model.said import Said, Words, joined, phrase
from landward.model.scale import Scale
from landward.model.waves import State, WaveReading
from landward.report.blocks.block import Block
from landward.report.blocks.doses import drugs_shown, main_drug
from landward.report.blocks.scope import Scope, about_the_same, days_between
from landward.report.blocks.shape import Picture
from landward.report.chart_data import ChartData, ChartDose, ChartShift, ChartSpell, middles
from landward.report.chart_labels import shown_changes
from landward.report.pattern_words import own_levels
from landward.report.words import count_words, date_words, dose_words, number_words, shortened

RECENT_DAYS = 28
MIDDLE_NEEDS = 7
DAY_ITEM = "day"
NAME_LETTERS = 32
"""A drug's name in the chart and its sentence is cut after this many characters."""


def end_words(item: str) -> tuple[str, str]:
    """The words at the better and the worse end of an item's axis."""
    return (
        phrase("no trouble") if item == DAY_ITEM else phrase("best"),
        phrase("worst"),
    )


def chart_data(scope: Scope, reading: WaveReading | None) -> ChartData | None:
    """The rows of the main chart; None where it has no answers in the period."""
    days = tuple(days_between(scope.first_day, scope.last_day))
    answers = tuple(scope.main_on(day) for day in days)
    if all(value is None for value in answers):
        return None
    best, worst = end_words(scope.main.item)
    shown = reading if scope.spells_shown else None
    spells = spells_in(scope, shown)
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
        shifts=shifts_in(scope, shown),
        direction=direction(scope),
        sentence=sentence(scope, spells, shown),
    )


def label(scope: Scope) -> str:
    """What the main series is called above its chart."""
    if scope.main.item == DAY_ITEM:
        return phrase("How hard each day was")
    name = scope.name(scope.main.item)
    return name[:1].upper() + name[1:]


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
    drug = main_drug(scope) if scope.doses_shown else None
    if drug is None:
        return None
    medicine, days = scope.medicine(drug), list(days_between(scope.first_day, scope.last_day))
    taken = _row(medicine.on(day).taken_mg for day in days)
    changes = changes_named(scope)
    if all(mg is None for mg in taken) and not changes:
        return None
    return ChartDose(
        drug=shortened(drug, NAME_LETTERS),
        taken_mg=taken,
        changes=tuple((day - scope.first_day).days for day, _ in changes),
        changed_to=tuple(amount for _, amount in changes),
    )


def changes_named(scope: Scope) -> list[tuple[date, str]]:
    """The lasting changes of the period, of every drug, by day; each names its drug where there
    are several: the answers of these days are the answers to both.
    """
    drugs = drugs_shown(scope) if scope.doses_shown else ()
    found = [
        (change.day, place, drug, dose_words(change.to_mg))
        for place, drug in enumerate(drugs)
        for change in scope.medicine(drug).changes(scope.last_day)
        if scope.holds(change.day)
    ]
    several = len({drug for _, _, drug, _ in found}) > 1
    return [
        (day, f"{shortened(drug, 12, word=12)} {amount}" if several else amount)
        for day, _, drug, amount in sorted(found)
    ]


def _row(amounts: Iterable[Decimal | None]) -> tuple[float | None, ...]:
    return tuple(None if mg is None else float(mg) for mg in amounts)


def direction(scope: Scope) -> Words:
    """Which way it goes, in a few words: the last four weeks beside the days before, and beside
    the diary's first four weeks, for easier than last month may be harder than ever. No cause.
    """
    now, before, at_start = _middles(scope)
    if len(now) < MIDDLE_NEEDS or len(before) < MIDDLE_NEEDS:
        return phrase("too few days to say which way it goes")
    first, _ = scope.last(RECENT_DAYS)
    many = min(RECENT_DAYS, (first - scope.main.first_day).days)
    way = _compared(median(now), median(before), scope.main.scale)
    said = phrase("{way} in the {many} days before", way=way, many=many)
    if len(at_start) < MIDDLE_NEEDS:
        return said
    begun = _compared(median(now), median(at_start), scope.main.scale)
    return phrase("{said}; {way} at the start", said=said, way=begun)


def _middles(scope: Scope) -> tuple[list[float], list[float], list[float]]:
    """The answers of the last four weeks, of the four before, and of the diary's first four."""
    first, last = scope.last(RECENT_DAYS)
    start = scope.main.first_day
    before = (first - timedelta(days=RECENT_DAYS), first - timedelta(days=1))
    begin = (start, start + timedelta(days=RECENT_DAYS - 1))
    spans = ((first, last), before, begin)
    now, then, at_start = ([value for _, value in scope.main_answers(*span)] for span in spans)
    return now, then, at_start if begin[1] < before[0] else []


def sentence(scope: Scope, spells: tuple[ChartSpell, ...], reading: WaveReading | None) -> Words:
    """What the chart shows, in numbers: the middle day now, before, and when the diary began."""
    parts: list[Words] = [_middle(scope, scope.main.scale)]
    if reading is not None:
        if not reading.spells and all(d.state == State.UNKNOWN for d in reading.days):
            parts.append(phrase("not enough days yet to tell windows and waves"))
        else:
            waves, windows = _spell_words(spells, "wave"), _spell_words(spells, "window")
            parts.append(phrase("read by the program: {waves} and {windows}", waves=waves,
                                windows=windows))  # fmt: skip
        parts += _shift_words(scope, reading)
    return phrase("{parts}.", parts=joined("; ", (part for part in parts if part)))


def _middle(scope: Scope, scale: Scale) -> Words:
    first, last = scope.last(RECENT_DAYS)
    now, before, at_start = _middles(scope)
    days = (last - first).days + 1
    best, worst = end_words(scope.main.item)
    ends = (scale.low, scale.high) if scale.better == "down" else (scale.high, scale.low)
    legend = f"({number_words(ends[0])} {best}, {number_words(ends[1])} {worst})"
    span = phrase("last {days}", days=count_words(days, "day")) if days > 1 else phrase("one day")
    if not now:
        return phrase("No answers in the {span} {legend}", span=span, legend=legend)
    if len(now) == 1:
        return phrase("One answer in the {span}: {now} {legend}", span=span,
                      now=number_words(now[0]), legend=legend)  # fmt: skip
    parts = [phrase("Middle of the {span}: {now} {legend}", span=span,
                    now=number_words(median(now)), legend=legend)]  # fmt: skip
    if len(before) >= MIDDLE_NEEDS:
        many = min(RECENT_DAYS, (first - scope.main.first_day).days)
        parts.append(phrase("the {many} days before: {before}", many=many,
                            before=number_words(median(before))))  # fmt: skip
    if len(at_start) >= MIDDLE_NEEDS:
        parts.append(phrase("first 28 days, from {day}: {start}",
                            day=date_words(scope.main.first_day),
                            start=number_words(median(at_start))))  # fmt: skip
    if since := _since_change(scope):
        parts.append(since)
    return joined("; ", parts)


def _since_change(scope: Scope) -> Said | None:
    """The middle since the last dose change of these weeks: four weeks mix days before it in."""
    first, last = scope.last(RECENT_DAYS)
    days = [day for day, _ in changes_named(scope) if first < day]
    if not days:
        return None
    since = [value for _, value in scope.main_answers(days[-1], last)]
    if len(since) < MIDDLE_NEEDS:
        return None
    return phrase("since the dose change of {day}: {now}", day=date_words(days[-1], year=False),
                  now=number_words(median(since)))  # fmt: skip


def _compared(now: float, before: float, scale: Scale) -> Words:
    if about_the_same(now, before, scale):
        return phrase("about the same as")
    harder = (now > before) == (scale.better == "down")
    by = number_words(abs(now - before))
    if harder:
        return phrase("harder, by {by}, than", by=by)
    return phrase("easier, by {by}, than", by=by)


def _spell_words(spells: tuple[ChartSpell, ...], state: str) -> str:
    found = [spell for spell in spells if spell.state == state]
    harder = "harder" if state == "wave" else "easier"
    if not found:
        return phrase("no {harder} spell ({state})", harder=harder, state=state)
    days = sum(spell.end - spell.start + 1 for spell in found)
    words = count_words(len(found), phrase("{harder} spell", harder=harder))
    plural = state if len(found) == 1 else f"{state}s"
    return f"{words} ({plural}, {count_words(days, 'day')})"


def _shift_words(scope: Scope, reading: WaveReading | None) -> list[str]:
    """“a lasting change to easier from 3 Feb (likely 30 Jan to 9 Feb; about 6 before, 4 after)”,
    the latest one.
    """
    if reading is None or reading.first_day is None:
        return []
    scale = scope.main.scale
    for shift in reversed(reading.level_shifts):
        day = reading.date_of(shift.index)
        if not scope.holds(day):
            continue
        # A reading counts upward as harder; the page keeps the answers' own direction.
        levels = own_levels(shift, (scale.low, scale.high), scale.better == "up")
        before, after = (number_words(level) for level in levels)
        way = "harder" if shift.after > shift.before else "easier"
        when = date_words(day, year=False)
        ends = (max(0, min(at, len(reading.days) - 1)) for at in shift.interval)
        first, last = (date_words(reading.date_of(at), year=False) for at in ends)
        likely = (
            "" if first == last else phrase("likely {first} to {last}; ", first=first, last=last)
        )
        found = {"way": way, "when": when, "before": before, "after": after, "likely": likely}
        if not shift.stays:
            return [
                phrase(
                    "a sudden change to {way} from {when}, then slowly back ({likely}about "
                    "{before} before, {after} after)",
                    **found,
                )
            ]
        return [
            phrase(
                "a lasting change to {way} from {when} ({likely}about {before} before, {after} "
                "after)",
                **found,
            )
        ]
    return []


def _shown(chart: ChartData | None, _rows: int) -> Picture:
    assert chart is not None, "an empty block is not shown"
    return Picture(
        key="chart",
        title=phrase("{label}: {direction}", label=chart.label, direction=chart.direction),
        sentence=chart.sentence,
        note=_how_to_read(chart),
    )


def _how_to_read(chart: ChartData) -> Words:
    parts = [phrase("Up is better. Dots: days")]
    if middles(chart.answers, chart.middle_days):
        parts.append(
            phrase("lines: the middle of four weeks, grey: middle half") if chart.long
            else phrase("lines: each week’s middle, grey: middle half")
        )  # fmt: skip
    if shown_changes(chart):
        parts.append(phrase("dotted: dose changes"))
    if chart.spells:
        parts.append(phrase("framed: window, hatched: wave, as the program reads them"))
    return phrase("{parts}.", parts=joined(", ", parts))


CHART = Block[ChartData | None](
    name="chart",
    title="",
    words=phrase("the chart"),
    build=lambda scope: chart_data(scope, scope.reading),
    show=_shown,
    nothing=None,
    empty=phrase("No day was rated."),
    heading=phrase("How hard each day was"),
)
