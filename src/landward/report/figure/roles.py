"""How each role is drawn, said once: colours are names of the palette (“$ink”), never numbers.

The page's style sheet is written from this table, and paper gets the same values as attributes.
"""

from landward.report.palette import Palette

SHADES = 11
"""From no trouble to the worst: one for every answer of the daily question."""
DARK_FROM = 6
"""From this shade on a sign on top must be light where hard is dark."""

Style = dict[str, str]

_LINE: Style = {"fill": "none", "stroke-linejoin": "round"}
ROLES: dict[str, Style] = {
    "axis": {**_LINE, "stroke": "$hairline", "stroke-width": "1"},
    "line": {**_LINE, "stroke": "$ink", "stroke-width": "1.7"},
    "thin": {**_LINE, "stroke": "$quiet", "stroke-width": ".7"},
    "planned": {**_LINE, "stroke": "$quiet", "stroke-width": "1.2", "stroke-dasharray": "5 4"},
    "second": {
        **_LINE, "stroke": "$ink", "stroke-width": "1.5", "stroke-dasharray": "1.5 3.5",
        "stroke-linecap": "round",
    },
    "change": {**_LINE, "stroke": "$quiet", "stroke-width": ".9", "stroke-dasharray": "1 3"},
    "dots": {**_LINE, "stroke": "$ink", "stroke-width": "5", "stroke-linecap": "round"},
    "fine-dots": {**_LINE, "stroke": "$quiet", "stroke-width": "3.4", "stroke-linecap": "round"},
    "tiny-dots": {**_LINE, "stroke": "$quiet", "stroke-width": "1.7", "stroke-linecap": "round"},
    "hollow": {**_LINE, "stroke": "$ground", "stroke-width": "2.2", "stroke-linecap": "round"},
    "middle": {**_LINE, "stroke": "$ink", "stroke-width": "2.6"},
    "range": {"fill": "$hairline"},
    "range-second": {
        "fill": "none", "stroke": "$quiet", "stroke-width": "1", "stroke-dasharray": "2 2",
    },
    "shift": {"fill": "$hatch", "fill-opacity": ".35"},
    "window": {"fill": "$window_fill", "stroke": "$window_edge", "stroke-width": "1"},
    "edge": {"fill": "none", "stroke": "$hatch", "stroke-width": "1"},
    "words": {"fill": "$ink"},
    "strong": {"fill": "$ink", "font-weight": "700"},
    "soft": {"fill": "$quiet"},
    "cell": {"stroke": "$cell_edge", "stroke-width": ".6"},
    "lit": {"fill": "none", "stroke": "$window_edge", "stroke-width": "1.8"},
    "sign": {"fill": "$quiet"},
    "own": {"fill": "$accent", "stroke": "$ground", "stroke-width": ".8"},
    "dose": {"fill": "$dose"},
    "dose-edge": {**_LINE, "stroke": "$ink", "stroke-width": "1.6"},
    "tap": {"fill": "transparent"},
    "on-light": {"fill": "$on_light"},
    "on-dark": {"fill": "$on_dark"},
}  # fmt: skip
HATCHES: dict[str, Style] = {
    "hatch": {"stroke": "$hatch", "stroke-width": "1.1"},
    "hatch-on-light": {"stroke": "$on_light", "stroke-width": ".9"},
    "hatch-on-dark": {"stroke": "$on_dark", "stroke-width": ".9"},
}
MOVING = frozenset(("axis", "line", "thin", "planned", "second", "change", "dots", "fine-dots",
                    "tiny-dots", "hollow", "middle", "dose-edge"))  # fmt: skip
"""Strokes that keep their width when a picture is stretched to the room there is."""


def shades(palette: Palette) -> tuple[str, ...]:
    """The ramp from easy to hard by way of the middle, as ``#rrggbb``; lightness only falls."""
    half = (SHADES - 1) // 2
    first = [_mix(palette.easy, palette.between, step / half) for step in range(half)]
    second = [_mix(palette.between, palette.hard, step / half) for step in range(half + 1)]
    return (*first, *second)


def _mix(one: str, other: str, share: float) -> str:
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def attributes(style: Style, palette: Palette) -> str:
    """A style as SVG attributes, its colours looked up in the palette."""
    named = palette.model_dump()
    return "".join(
        f' {name}="{named[value[1:]] if value.startswith("$") else value}"'
        for name, value in style.items()
    )


def style_sheet() -> str:
    """The same table as rules of the page's style sheet; colours are its custom properties."""
    rules = [f".fig .{role}{{{_rules(style)}}}" for role, style in (ROLES | HATCHES).items()]
    rules += [f".fig .shade{number}{{fill:var(--shade{number})}}" for number in range(SHADES)]
    moving = ",".join(f".fig .{role}" for role in sorted(MOVING))
    return "\n".join((*rules, f"{moving}{{vector-effect:non-scaling-stroke}}"))


def _rules(style: Style) -> str:
    return ";".join(
        f"{name}:var(--{value[1:].replace('_', '-')})"
        if value.startswith("$")
        else f"{name}:{value}"
        for name, value in style.items()
    )
