"""The main chart: one Altair specification for the screen and the printed page.

Dose above, answers below with better upward, one calendar for both. A window is open light with a
fine edge, a wave is hatched: Vega knows no hatching, so short rules are clipped to the band.
"""

import json
from typing import TYPE_CHECKING, Any

from landward.report.chart_data import ChartData, ChartDose, runs, tick_positions, weekly_medians
from landward.report.hatching import hatch_lines
from landward.report.palette import PAPER, Palette

if TYPE_CHECKING:
    import altair as alt

FONT = "Atkinson Hyperlegible"
TYPE_PX = 10.5
AXIS_PX = 74
"""Room for the words at the ends of the axis; fixed, so that both panels line up."""
HATCH_PX = 5.0
SPELL_LABEL_PX = 38
AXIS_NAME_LETTERS = 12
DOSE_LABEL_PX = 30
DOSE_PX = 48
NO_DOSE_PX = 16
DOSE_HEADROOM = 1.5
"""The axis of the doses ends above the largest one, so that its label has room."""


def severity_chart(
    data: ChartData,
    *,
    palette: Palette = PAPER,
    width_px: int = 510,
    height_px: int = 190,
) -> dict[str, Any]:
    """The Vega-Lite specification of the chart: a plain dict, the same for the same values.

    `width_px` is the whole picture, `height_px` the plotting area of the answers; the dose panel
    is left out where the diary holds no doses. The picture's description,
    read by screen readers, is `data.sentence`.
    """
    import altair as alt

    plot_px = width_px - AXIS_PX - 8
    panels: list[Any] = []
    if data.dose is not None:
        panels.append(_dose_panel(data, data.dose, palette, plot_px))
    panels.append(_answers_panel(data, palette, plot_px, height_px))
    chart = alt.vconcat(*panels, spacing=8, description=data.sentence)
    return dict(_styled(chart, palette).to_dict())


def _styled(chart: "alt.VConcatChart", palette: Palette) -> Any:
    return (
        chart.configure(
            font=FONT,
            background="transparent",
            padding={"left": 0, "top": 2, "right": 8, "bottom": 0},
        )
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=palette.ink,
            labelFontSize=TYPE_PX,
            domainColor=palette.hairline,
            tickColor=palette.hairline,
            grid=False,
            title=None,
        )
        .configure_title(
            color=palette.ink,
            fontSize=TYPE_PX,
            fontWeight="bold",
            anchor="start",
            frame="group",
        )
        .configure_text(fontSize=TYPE_PX, font=FONT)
    )


def _rows(values: list[dict[str, Any]]) -> Any:
    import altair as alt

    return alt.InlineData(values=values)


def _across(data: ChartData, field: str = "day", *, dates: bool = True) -> "alt.X":
    import altair as alt

    if not dates:
        axis = alt.Axis(labels=False, ticks=False)
    else:
        shown = {str(i): _short_date(data, i) for i in tick_positions(data.days)}
        words = ",".join(f"'{position}':'{text}'" for position, text in shown.items())
        axis = alt.Axis(
            values=[int(position) for position in shown],
            labelExpr=f"{{{words}}}[datum.value]",
            labelAlign=alt.condition(
                f"datum.value == {data.days - 1}", alt.value("right"), alt.value("center")
            ),
            labelOverlap=False,
        )
    scale = alt.Scale(domain=[-0.5, data.days - 0.5], nice=False, zero=False)
    return alt.X(field, type="quantitative", scale=scale, axis=axis, title=None)


def _short_date(data: ChartData, position: int) -> str:
    day = data.date_of(position)
    return f"{day.day} {day:%b}"


def _dose_panel(data: ChartData, dose: ChartDose, palette: Palette, width: int) -> Any:
    import altair as alt

    known = [v for v in (*dose.taken_mg, *dose.planned_mg) if v is not None]
    top = max(known) or 1.0
    scale = alt.Scale(domain=[0, top * DOSE_HEADROOM], nice=False)
    beside = _name_stands_beside(dose, known[0], top)
    axis = alt.Axis(
        values=[0, known[0]] if beside else [0],
        labelExpr=f"datum.value == 0 ? '0 mg' : {json.dumps(dose.drug, ensure_ascii=False)}",
        minExtent=AXIS_PX,
        maxExtent=AXIS_PX,
        domain=False,
        ticks=False,
        labelPadding=6,
    )
    upright = alt.Y("mg:Q", scale=scale, axis=axis, title=None)
    across = _across(data, dates=False)
    layers = []
    if dose.planned_mg:
        planned = alt.Chart(_rows(_steps(dose.planned_mg)))
        layers.append(
            planned.mark_line(
                interpolate="step-after", color=palette.quiet, strokeWidth=1, strokeDash=[4, 3]
            ).encode(x=across, y=upright, detail="run:N")
        )
    taken = alt.Chart(_rows(_steps(dose.taken_mg)))
    layers.append(
        taken.mark_line(interpolate="step-after", color=palette.ink, strokeWidth=1.6).encode(
            x=across, y=upright, detail="run:N"
        )
    )
    labels = alt.Chart(_rows(_dose_labels(dose, width / data.days)))
    layers.append(
        labels.mark_text(align="left", baseline="bottom", dx=3, dy=-3, color=palette.ink).encode(
            x=across, y=upright, text="text:N"
        )
    )
    return alt.layer(*layers, width=width, height=DOSE_PX if max(known) else NO_DOSE_PX)


def _steps(values: tuple[float | None, ...]) -> list[dict[str, Any]]:
    """Corner points of a step line, one unbroken line per run of known days."""
    rows: list[dict[str, Any]] = []
    for number, (first, last) in enumerate(runs(values)):
        rows += [{"day": i - 0.5, "mg": values[i], "run": number} for i in range(first, last + 1)]
        rows.append({"day": last + 0.5, "mg": values[last], "run": number})
    return rows


def _name_stands_beside(dose: ChartDose, start_mg: float, top_mg: float) -> bool:
    """Whether the drug's name fits to the left of its line, clear of the zero below."""
    return len(dose.drug) <= AXIS_NAME_LETTERS and start_mg >= 0.3 * top_mg


def _dose_labels(dose: ChartDose, px_per_day: float) -> list[dict[str, Any]]:
    """The amount beside each new level, where the one before leaves room."""
    taken = any(mg is not None for mg in dose.taken_mg)
    values = dose.taken_mg if taken else dose.planned_mg
    known = [v for v in (*dose.taken_mg, *dose.planned_mg) if v is not None]
    unit = " mg" if _name_stands_beside(dose, known[0], max(known) or 1.0) else f" mg {dose.drug}"
    if not taken:
        unit += ", planned"
    labels: list[dict[str, Any]] = []
    before, free_px = None, 0.0
    for i, mg in enumerate(values):
        if mg is not None and mg != before:
            if i * px_per_day >= free_px:
                text = f"{mg:.6g}{unit if not labels else ''}"
                labels.append({"day": i - 0.5, "mg": mg, "text": text})
                free_px = i * px_per_day + max(DOSE_LABEL_PX, len(text) * TYPE_PX * 0.56)
            before = mg
    return labels


def _dose_changes(dose: ChartDose) -> list[int]:
    """Positions on which the amount differs from the last known one."""
    changes: list[int] = []
    before: float | None = None
    for i, mg in enumerate(dose.taken_mg):
        if mg is not None:
            if before is not None and mg != before:
                changes.append(i)
            before = mg
    return changes


def _answers_panel(data: ChartData, palette: Palette, width: int, height: int) -> Any:
    import altair as alt

    scale = data.scale
    up = scale.better == "up"
    top, bottom = (scale.high, scale.low) if up else (scale.low, scale.high)
    best, worst = (
        json.dumps(f"{end:g} {words}".replace("-", "−"), ensure_ascii=False)
        for end, words in ((top, data.best_words), (bottom, data.worst_words))
    )
    axis = alt.Axis(
        values=_axis_values(scale.low, scale.high),
        labelExpr=(
            f"datum.value == {top} ? {best} : datum.value == {bottom} ? {worst} : "
            "format(datum.value, '~g')"
        ),
        minExtent=AXIS_PX,
        maxExtent=AXIS_PX,
    )
    vertical = alt.Scale(domain=[scale.low, scale.high], reverse=not up, nice=False, zero=False)
    upright = alt.Y("answer:Q", scale=vertical, axis=axis, title=None)
    across = _across(data)
    layers = _spell_layers(data, palette, (across, upright), width, height)
    if data.dose is not None and (changes := _dose_changes(data.dose)):
        layers.append(
            alt.Chart(_rows([{"day": i - 0.5} for i in changes]))
            .mark_rule(strokeWidth=0.8, strokeDash=[1, 3], color=palette.quiet)
            .encode(x=across)
        )

    answers = alt.Chart(_rows(_answer_rows(data)))
    layers += [
        answers.mark_line(color=palette.quiet, strokeWidth=0.6).encode(
            x=across, y=upright, detail="run:N"
        ),
        answers.mark_point(size=10, strokeWidth=0.8, opacity=1, color=palette.quiet).encode(
            x=across,
            y=upright,
            fill=alt.condition(
                "datum.carried", alt.value(palette.ground), alt.value(palette.quiet)
            ),
            tooltip=[alt.Tooltip("date:N", title="day"), alt.Tooltip("answer:Q", title=data.label)],
        ),
    ]
    weeks = [
        {"day": first, "until": last, "answer": middle}
        for first, last, middle in weekly_medians(data.answers)
    ]
    if weeks:
        layers.append(
            alt.Chart(_rows(weeks))
            .mark_rule(strokeWidth=2.6, color=palette.ink)
            .encode(x=across, x2="until:Q", y=upright)
        )
    note = "dots are days" + (", bars the middle of each week" if weeks else "")
    title = alt.Title(f"{data.label}: {note}", offset=16)
    return alt.layer(*layers, title=title, width=width, height=height)


def _axis_values(low: float, high: float) -> list[float]:
    """Both ends and the middle, no more."""
    return [low, (low + high) / 2, high]


def _answer_rows(data: ChartData) -> list[dict[str, Any]]:
    carried = data.carried or (False,) * data.days
    return [
        {
            "day": i,
            "answer": data.answers[i],
            "run": number,
            "carried": carried[i],
            "date": data.date_of(i).isoformat(),
        }
        for number, (first, last) in enumerate(runs(data.answers))
        for i in range(first, last + 1)
    ]


def _spell_layers(
    data: ChartData, palette: Palette, axes: "tuple[alt.X, alt.Y]", width: int, height: int
) -> "list[alt.Chart]":
    """Bands behind the answers, and one word above each band that has room for it."""
    import altair as alt

    across, upright = axes
    px_per_day = width / data.days
    layers: list[alt.Chart] = []
    windows = [
        {"day": spell.start - 0.5, "until": spell.end + 0.5}
        for spell in data.spells
        if spell.state == "window"
    ]
    if windows:
        layers.append(
            alt.Chart(_rows(windows))
            .mark_rect(fill=palette.window_fill, stroke=palette.window_edge, strokeWidth=0.8)
            .encode(x=across, x2="until:Q")
        )
    waves = [spell for spell in data.spells if spell.state == "wave"]
    lines = [
        line
        for spell in waves
        for line in hatch_lines(
            spell.start * px_per_day, (spell.end + 1) * px_per_day, height, HATCH_PX
        )
    ]
    if lines:
        down = data.scale.width / height
        start, sign = (data.scale.high, -1) if data.scale.better == "up" else (data.scale.low, 1)
        rows = [
            {
                "day": x1 / px_per_day - 0.5,
                "until": x2 / px_per_day - 0.5,
                "answer": start + sign * y1 * down,
                "answer2": start + sign * y2 * down,
            }
            for x1, y1, x2, y2 in lines
        ]
        layers.append(
            alt.Chart(_rows(rows))
            .mark_rule(strokeWidth=0.7, color=palette.hatch, aria=False)
            .encode(x=across, x2="until:Q", y=upright, y2="answer2:Q")
        )
    labels = _spell_labels(data, px_per_day)
    if labels:
        layers.append(
            alt.Chart(_rows(labels))
            .mark_text(baseline="bottom", color=palette.quiet)
            .encode(x=across, y=alt.value(-2), text="text:N")
        )
    return layers


def _spell_labels(data: ChartData, px_per_day: float) -> list[dict[str, Any]]:
    """Name every band with room for its name; of each kind at least the longest."""
    longest = {
        state: max(
            (spell for spell in data.spells if spell.state == state),
            key=lambda spell: (spell.end - spell.start, -spell.start),
            default=None,
        )
        for state in ("window", "wave")
    }
    return [
        {"day": (spell.start + spell.end) / 2, "text": spell.state}
        for spell in data.spells
        if (spell.end - spell.start + 1) * px_per_day >= SPELL_LABEL_PX
        or spell == longest[spell.state]
    ]
