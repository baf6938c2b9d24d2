"""The main chart: one Altair specification for the screen and the printed page.

Dose above, answers below with better upward, one calendar for both. A window is open light with a
fine edge, a wave is hatched: Vega knows no hatching, so short rules are clipped to the band.
"""

import json
from typing import TYPE_CHECKING, Any

from landward.report.chart_data import ChartData, ChartDose, tick_positions
from landward.report.chart_rows import TYPE_PX, chart_rows, known_mg, name_stands_beside
from landward.report.palette import PAPER, Palette
from landward.report.words import date_words

if TYPE_CHECKING:
    import altair as alt

FONT = "Atkinson Hyperlegible"
AXIS_PX = 74
"""Room for the words at the ends of the axis; fixed, so that both panels line up."""
RIGHT_PX = 8
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

    `width_px` is the whole picture, `height_px` the plotting area of the answers; the dose panel is
    left out where the diary holds no doses. The picture's description, read by screen readers, is
    `data.sentence`. `datasets` holds the rows by name: `answers` is the table to show beside it.
    """
    import altair as alt

    plot_px = width_px - AXIS_PX - RIGHT_PX
    rows = chart_rows(data, plot_px, height_px)
    panels = [_answers_panel(data, rows, palette).properties(width=plot_px, height=height_px)]
    if data.dose is not None:
        dose_px = DOSE_PX if max(known_mg(data.dose)) else NO_DOSE_PX
        dose = _dose_panel(data, data.dose, rows, palette)
        panels.insert(0, dose.properties(width=plot_px, height=dose_px))
    chart = alt.vconcat(*panels, spacing=8, description=data.sentence)
    # Rows are put in by name at the end: Altair would copy and check each one a dozen times.
    return {**_styled(chart, palette).to_dict(), "datasets": rows}


def _styled(chart: Any, palette: Palette) -> Any:
    padding = {"left": 0, "top": 2, "right": RIGHT_PX, "bottom": 0}
    return (
        chart.configure(font=FONT, background="transparent", padding=padding)
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
            color=palette.ink, fontSize=TYPE_PX, fontWeight="bold", anchor="start", frame="group"
        )
        .configure_text(fontSize=TYPE_PX, font=FONT)
    )


def _layer(name: str) -> "alt.Chart":
    import altair as alt

    return alt.Chart(alt.NamedData(name=name))


def _across(data: ChartData, *, dates: bool) -> "alt.X":
    """The calendar: days as plain numbers, because times would depend on the machine's zone."""
    import altair as alt

    axis = alt.Axis(labels=False, ticks=False)
    if dates:
        shown = {i: _date(data, i) for i in tick_positions(data.days)}
        axis = alt.Axis(
            values=list(shown),
            labelExpr=f"{json.dumps({str(i): text for i, text in shown.items()})}[datum.value]",
            labelAlign=alt.condition(
                f"datum.value == {data.days - 1}", alt.value("right"), alt.value("center")
            ),
            labelOverlap=False,
        )
    scale = alt.Scale(domain=[-0.5, data.days - 0.5], nice=False, zero=False)
    return alt.X("day", type="quantitative", scale=scale, axis=axis, title=None)


def _date(data: ChartData, position: int) -> str:
    """“3 Feb”, or “Feb 2026” in a chart of years."""
    words = date_words(data.date_of(position), year=data.long)
    return words.split(" ", 1)[1] if data.long else words


def _dose_panel(data: ChartData, dose: ChartDose, rows: dict[str, Any], palette: Palette) -> Any:
    import altair as alt

    known = known_mg(dose)
    name = json.dumps(dose.drug, ensure_ascii=False)
    axis = alt.Axis(
        values=[0, known[0]] if name_stands_beside(dose) else [0],
        labelExpr=f"datum.value == 0 ? '0 mg' : {name}",
        minExtent=AXIS_PX,
        maxExtent=AXIS_PX,
        domain=False,
        ticks=False,
        labelPadding=6,
    )
    scale = alt.Scale(domain=[0, (max(known) or 1.0) * DOSE_HEADROOM], nice=False)
    place = {
        "x": _across(data, dates=False),
        "y": alt.Y("mg", type="quantitative", scale=scale, axis=axis, title=None),
    }
    run = alt.Detail("run", type="nominal")
    text = alt.Text("text", type="nominal")
    layers = {
        "planned": _layer("planned")
        .mark_line(interpolate="step-after", color=palette.quiet, strokeWidth=1, strokeDash=[4, 3])
        .encode(**place, detail=run),
        "taken": _layer("taken")
        .mark_line(interpolate="step-after", color=palette.ink, strokeWidth=1.6)
        .encode(**place, detail=run),
        "plan_name": _layer("plan_name")
        .mark_text(align="right", baseline="top", dy=5, color=palette.quiet)
        .encode(**place, text=text),
        "dose_names": _layer("dose_names")
        .mark_text(align="left", baseline="bottom", dx=3, dy=-3, color=palette.ink)
        .encode(**place, text=text),
    }
    return alt.layer(*(layer for name, layer in layers.items() if name in rows))


def _answers_panel(data: ChartData, rows: dict[str, Any], palette: Palette) -> Any:
    import altair as alt

    across = _across(data, dates=True)
    upright = _upright(data)
    until = alt.X2("until")
    run = alt.Detail("run", type="nominal")
    layers = {
        "windows": _layer("windows")
        .mark_rect(fill=palette.window_fill, stroke=palette.window_edge, strokeWidth=0.8)
        .encode(x=across, x2=until),
        "hatching": _layer("hatching")
        .mark_rule(strokeWidth=0.7, color=palette.hatch, aria=False)
        .encode(x=across, x2=until, y=upright, y2=alt.Y2("answer2")),
        "spell_names": _layer("spell_names")
        .mark_text(baseline="bottom", color=palette.quiet)
        .encode(x=across, y=alt.value(-2), text=alt.Text("text", type="nominal")),
        "changes": _layer("changes")
        .mark_rule(strokeWidth=0.8, strokeDash=[1, 3], color=palette.quiet)
        .encode(x=across),
        "lines": _layer("answers")
        .mark_line(color=palette.quiet, strokeWidth=0.6)
        .encode(x=across, y=upright, detail=run),
        "answers": _layer("answers")
        .mark_point(
            size=3 if data.long else 10,
            strokeWidth=0.4 if data.long else 0.8,
            opacity=0.5 if data.long else 1,
            color=palette.quiet,
        )
        .encode(
            x=across,
            y=upright,
            fill=alt.condition(
                "datum.carried", alt.value(palette.ground), alt.value(palette.quiet)
            ),
            tooltip=[
                alt.Tooltip("date", type="nominal", title="day"),
                alt.Tooltip("answer", type="quantitative", title=data.label),
            ],
        ),
        "middles": _layer("middles")
        .mark_rule(strokeWidth=2.6, color=palette.ink)
        .encode(x=across, x2=until, y=upright),
    }
    shown = {*rows} if data.long else {*rows, *(("lines",) if "answers" in rows else ())}
    span = "every four weeks" if data.long else "each week"
    note = "dots are days" + (f", bars the middle of {span}" if "middles" in rows else "")
    title = alt.Title(f"{data.label}: {note}", offset=16)
    return alt.layer(*(layer for name, layer in layers.items() if name in shown), title=title)


def _upright(data: ChartData) -> "alt.Y":
    """The answers' own numbers, drawn with the better end on top and words at both ends."""
    import altair as alt

    scale = data.scale
    up = scale.better == "up"
    top, bottom = (scale.high, scale.low) if up else (scale.low, scale.high)
    best, worst = (
        json.dumps(f"{end:g} {words}".replace("-", "−"), ensure_ascii=False)
        for end, words in ((top, data.best_words), (bottom, data.worst_words))
    )
    axis = alt.Axis(
        values=[scale.low, (scale.low + scale.high) / 2, scale.high],
        labelExpr=(
            f"datum.value == {top} ? {best} : datum.value == {bottom} ? {worst} : "
            "format(datum.value, '~g')"
        ),
        minExtent=AXIS_PX,
        maxExtent=AXIS_PX,
    )
    vertical = alt.Scale(domain=[scale.low, scale.high], reverse=not up, nice=False, zero=False)
    return alt.Y("answer", type="quantitative", scale=vertical, axis=axis, title=None)
