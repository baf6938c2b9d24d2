"""A lab scenario as one picture: level, calm, symptoms and feelings of made-up people.

Better is always upward. A line is the middle person, the band around it eight of ten. Every
picture carries, in words, what nobody measured in people and that it is no forecast.
"""

import math
import textwrap
from typing import TYPE_CHECKING, Any

from landward.model.course import Course
from landward.model.stopping import DO_NOT_STOP
from landward.report.charts import FONT
from landward.report.palette import PAPER, Palette

if TYPE_CHECKING:
    import altair as alt

AXIS_PX, RIGHT_PX, PANEL_PX, TYPE_PX = 96, 12, 92, 11
_POINTS = 240
_DASHES: tuple[list[int], ...] = ([1, 0], [5, 3], [1, 3], [8, 3, 1, 3])
"""Arms differ by dash as well as by shade, so that greyscale tells them apart."""
_SAMPLES = ("———", "– – –", "· · ·", "– · –")
_LETTER_PX, _GAP_PX = 5.6, 14

# curve, title, word where it is highest, at zero, where it is lowest, whether more is worse
_PANELS = (
    ("concentration", "Level in the blood", "{high} ng/ml", "0", "", False),
    ("tone", "Calm", "calmer", "as before", "on edge", False),
    ("withdrawal", "Symptoms of withdrawal", "worst here", "none", "", True),
    ("blunting", "Feelings", "numb", "all reach me", "", True),
)


def lab_chart(course: Course, *, palette: Palette = PAPER, width_px: int = 640) -> dict[str, Any]:
    """The Vega-Lite specification: a plain dict, the same for the same course.

    `datasets` holds the rows by name, one per arm, curve and day shown.
    """
    import altair as alt

    plot_px = width_px - AXIS_PX - RIGHT_PX
    step = max(1, -(-len(course.days) // _POINTS))
    shades = (palette.ink, palette.accent, palette.quiet, palette.window_edge)
    panels = [
        _panel(
            course, panel, step, palette, shades, plot_px=plot_px, last=panel is _PANELS[-1]
        ).properties(
            width=plot_px,
            height=PANEL_PX,
            title=alt.TitleParams(panel[1], color=palette.ink, fontSize=TYPE_PX + 1),
        )
        for panel in _PANELS
    ]
    told = _told(course, width_px)
    chart = alt.vconcat(
        *panels,
        spacing=14,
        description=_sentence(course),
        title=alt.TitleParams(
            course.title,
            subtitle=told,
            color=palette.ink,
            subtitleColor=palette.quiet,
            subtitleFontSize=TYPE_PX,
            subtitleLineHeight=14,
            fontSize=15,
            anchor="start",
            frame="bounds",
            offset=14,
        ),
    )
    padding = {"left": 2, "top": 2, "right": RIGHT_PX, "bottom": 2}
    styled = (
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
        .configure_title(anchor="start", frame="group", font=FONT)
    )
    return {**styled.to_dict(), "datasets": _rows(course, step)}


def _told(course: Course, width_px: int) -> list[str]:
    """The lines under the title: who, and what must be known before looking."""
    many = f"{course.people:,} made-up people" if course.people > 1 else "one made-up person"
    unmeasured = "; ".join(course.unmeasured)
    text = [
        f"{course.person}. {many}: the middle one, and eight of ten in the band.",
        f"Asserted, never measured in people: {unmeasured}.",
        f"{len(course.assumed)} assumptions. Not a forecast of anyone. {DO_NOT_STOP}",
    ]
    return [line for part in text for line in textwrap.wrap(part, width_px // 6)]


def _sentence(course: Course) -> str:
    shown = [check.behaviour for check in course.checks if check.shown]
    return f"{course.title}, made-up people. " + ". ".join(shown) + "."


def _panel(
    course: Course,
    panel: tuple[str, str, str, str, str, bool],
    step: int,
    palette: Palette,
    shades: tuple[str, ...],
    *,
    plot_px: int,
    last: bool,
) -> Any:
    import altair as alt

    curve, _, highest, zero, lowest, worse_up = panel
    low, high = _range(course, curve, step)
    near = (high - low) / 8
    words = {high: highest.format(high=_three_digits(high)), 0.0: zero}
    if low < -near:
        words[low] = lowest
    axis = alt.Axis(
        values=sorted(words),
        labelExpr=" : ".join(
            f"abs(datum.value - ({value!r})) < {near / 10!r} ? {word!r}"
            for value, word in words.items()
        )
        + " : ''",
        minExtent=AXIS_PX,
        maxExtent=AXIS_PX,
        ticks=False,
        domain=False,
        labelPadding=8,
    )
    scale = alt.Scale(domain=[low, high], nice=False, zero=False, reverse=worse_up)
    across = alt.X(
        "day",
        type="quantitative",
        title=None,
        scale=alt.Scale(domain=[0, course.days[-1]], nice=False),
        axis=alt.Axis(tickCount=6, labelExpr="'day ' + datum.value") if last
        else alt.Axis(labels=False, ticks=False),
    )  # fmt: skip
    layers: list[alt.Chart] = []
    if course.first.stop_day < len(course.days) - 1:
        layers += _stop_mark(course, palette, named=curve == "concentration")
    for number in range(len(course.arms)):
        shade, dash = shades[number], _DASHES[number]
        data = alt.Chart(alt.NamedData(name=f"{curve}_{number}"))
        upright = alt.Y("middle", type="quantitative", scale=scale, axis=axis, title=None)
        if number == 0:
            band = alt.Y("low", type="quantitative", scale=scale, axis=axis, title=None)
            layers.append(
                data.mark_area(color=shade, opacity=0.13).encode(x=across, y=band, y2="high")
            )
        layers.append(
            data.mark_line(color=shade, strokeWidth=1.5, strokeDash=dash).encode(
                x=across, y=upright
            )
        )
        if curve == "concentration" and len(course.arms) > 1:
            layers.append(_arm_name(course, number, shade, plot_px))
    return alt.layer(*layers)


def _stop_mark(course: Course, palette: Palette, *, named: bool) -> "list[alt.Chart]":
    import altair as alt

    data = alt.Chart(alt.NamedData(name="stop"))
    across = alt.X("day", type="quantitative")
    marks = [data.mark_rule(color=palette.quiet, strokeDash=[2, 2]).encode(x=across)]
    if named and len(course.arms) == 1:
        marks.append(
            data.mark_text(
                align="left", dx=4, color=palette.quiet, font=FONT, fontSize=TYPE_PX,
                baseline="top",
            ).encode(x=across, y=alt.value(0), text="text:N")
        )  # fmt: skip
    return marks


def _arm_name(course: Course, number: int, shade: str, plot_px: int) -> Any:
    """The arm's name in its own shade, behind a sample of its dash, on the line of the title."""
    import altair as alt

    texts = [f"{_SAMPLES[n]} {arm.name}" for n, arm in enumerate(course.arms)]
    right = plot_px - sum(len(text) * _LETTER_PX + _GAP_PX for text in texts[number + 1 :])
    return (
        alt.Chart(alt.NamedData(name=f"arm_{number}"))
        .mark_text(
            align="right", baseline="bottom", color=shade, font=FONT, fontSize=TYPE_PX, dy=-5
        )
        .encode(x=alt.value(right), y=alt.value(0), text="text:N")
    )


def _three_digits(value: float) -> str:
    """A number as people write it, three digits: 1,470 or 58.9."""
    digits = max(0, 2 - math.floor(math.log10(value))) if value > 0 else 0
    size = 10.0 ** (math.floor(math.log10(value)) - 2) if value > 0 else 1.0
    return f"{round(value / size) * size:,.{digits}f}"


def _range(course: Course, curve: str, step: int) -> tuple[float, float]:
    """The lowest and highest number drawn, zero included, never equal."""
    bands = course.first.curves[curve][::step]
    lows = [band[0] for band in bands]
    highs = [band[2] for band in bands]
    middles = [band[1] for arm in course.arms for band in arm.curves[curve][::step]]
    low, high = min(0.0, *lows, *middles), max(*highs, *middles)
    return low, high if high - low > 1e-9 else low + 1.0


def _rows(course: Course, step: int) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {
        "stop": [{"day": course.first.stop_day, "text": "first day without"}]
    }
    if len(course.arms) > 1:
        for number, arm in enumerate(course.arms):
            rows[f"arm_{number}"] = [{"text": f"{_SAMPLES[number]} {arm.name}"}]
    for curve, *_ in _PANELS:
        for number, arm in enumerate(course.arms):
            rows[f"{curve}_{number}"] = [
                {"day": day, "low": low, "middle": middle, "high": high}
                for day, (low, middle, high) in list(
                    zip(course.days, arm.curves[curve], strict=True)
                )[::step]
            ]
    return rows
