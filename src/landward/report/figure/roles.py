"""How each role is drawn, said once: colours are names of the palette (“$ink”), never numbers.

The page's style sheet is written from this table, and paper gets the same values as attributes.
"""

import re

from landward.report.palette import Palette

SHADES = 11
"""From no trouble to the worst: one for every answer of the daily question."""

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
    "light": {**_LINE, "stroke": "$accent", "stroke-width": "6", "stroke-linecap": "round"},
    "flood": {**_LINE, "stroke": "$ink", "stroke-width": "4.4", "stroke-linecap": "square"},
    "reach": {"fill": "$hatch", "fill-opacity": ".5"},
    "range": {"fill": "$hatch", "fill-opacity": ".55"},
    "window": {"fill": "$window_fill", "stroke": "$window_edge", "stroke-width": "1"},
    "edge": {"fill": "none", "stroke": "$hatch", "stroke-width": "1"},
    "words": {"fill": "$ink"},
    "strong": {"fill": "$ink", "font-weight": "700"},
    "soft": {"fill": "$quiet"},
    "cell": {"stroke": "$cell_edge", "stroke-width": ".6"},
    "around-lit": {"fill": "none", "stroke": "$ground", "stroke-width": "4"},
    "lit": {"fill": "none", "stroke": "$lit", "stroke-width": "1.6"},
    "sign": {"fill": "$quiet"},
    "own": {"fill": "$accent", "stroke": "$ground", "stroke-width": ".8"},
    "dose": {"fill": "$dose"},
    "dose-edge": {**_LINE, "stroke": "$ink", "stroke-width": "1.6"},
    "piece": {"fill": "$dose", "stroke": "$ink", "stroke-width": "1.6", "stroke-linejoin": "round"},
    "sign-dots": {**_LINE, "stroke": "$quiet", "stroke-width": "2.6", "stroke-linecap": "round"},
    "dash": {**_LINE, "stroke": "$quiet", "stroke-width": "1.6"},
    "blank": {"fill": "none", "stroke": "$cell_edge", "stroke-width": ".6"},
    "tap": {"fill": "none", "pointer-events": "all"},
    "small": {"font-size": "10px"},
    "figure": {"font-size": "13px"},
}  # fmt: skip
HATCHES: dict[str, Style] = {
    "hatch": {"stroke": "$hatch", "stroke-width": "1.1"},
}
MOVING = frozenset(("axis", "line", "thin", "planned", "second", "change", "dots", "fine-dots",
                    "tiny-dots", "hollow", "middle", "dose-edge", "sign-dots",
                    "dash", "cell", "piece", "light", "flood"))  # fmt: skip
"""Strokes that keep their width when a picture is stretched to the room there is."""


def shades(palette: Palette) -> tuple[str, ...]:
    """The ramp from easy to hard by way of the middle, as ``#rrggbb``; lightness only falls."""
    half = (SHADES - 1) // 2
    first = [_mix(palette.easy, palette.between, step / half) for step in range(half)]
    second = [_mix(palette.between, palette.hard, step / half) for step in range(half + 1)]
    return (*first, *second)


def inks(palette: Palette) -> tuple[str, ...]:
    """Black or white for each shade, whichever is read on it: at least 4.5 to 1 on any ground."""
    return tuple("#000000" if _luminance(one) > 0.179 else "#ffffff" for one in shades(palette))


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2): 0 black, 1 white."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def themed(role: str, palette: Palette) -> str:
    """One role as SVG attributes in the palette's colours; `shade3`, `ink3`, `hatch3` are made."""
    found = _MADE.fullmatch(role)
    if found is None:
        return attributes((ROLES | HATCHES)[role], palette)
    kind, number = found[1], int(found[2])
    if kind == "hatch":
        return f' stroke="{inks(palette)[number]}" {HATCH_INK}'
    return f' fill="{(shades if kind == "shade" else inks)(palette)[number]}"'


_MADE = re.compile(r"(shade|ink|hatch)(\d+)")
HATCH_INK = 'stroke-width=".9" stroke-opacity=".6"'


def variables(palette: Palette) -> str:
    """The made colours as custom properties of a theme."""
    pairs = zip(shades(palette), inks(palette), strict=True)
    return "".join((f"--shade{n}:{shade};--ink{n}:{ink};" for n, (shade, ink) in enumerate(pairs)))


def _mix(one: str, other: str, share: float) -> str:
    pairs = ((int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join((f"{round(a + (b - a) * share):02x}" for a, b in pairs))


def attributes(style: Style, palette: Palette) -> str:
    """A style as SVG attributes, its colours looked up in the palette."""
    named = palette.model_dump()
    return "".join(
        (
            f' {name}="{named[value[1:]] if value.startswith("$") else value}"'
            for name, value in style.items()
        ),
    )


def style_sheet() -> str:
    """The same table as rules of the page's style sheet; colours are its custom properties."""
    rules = [f".fig .{role}{{{_rules(style)}}}" for role, style in (ROLES | HATCHES).items()]
    for n in range(SHADES):
        rules.append(f".fig .shade{n}{{fill:var(--shade{n})}}.fig .ink{n}{{fill:var(--ink{n})}}")
        rules.append(f".fig .hatch{n}{{stroke:var(--ink{n});stroke-width:.9;stroke-opacity:.6}}")
    moving = ",".join(f".fig .{role}" for role in sorted(MOVING))
    return "\n".join((*rules, f"{moving}{{vector-effect:non-scaling-stroke}}"))


def _rules(style: Style) -> str:
    return ";".join(
        (
            f"{name}:var(--{value[1:].replace('_', '-')})"
            if value.startswith("$")
            else f"{name}:{value}"
            for name, value in style.items()
        ),
    )
