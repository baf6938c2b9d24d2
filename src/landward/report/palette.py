"""The colours of the shore at dusk: one set for paper and light screens, one for dim ones.

Nothing is told by colour alone: a window is open light with a fine edge, a wave is hatched, and
both are drawn that way on every medium. How hard a day was is one ramp from light (easy) to dark
(hard), so that it survives greyscale. Contrast of ink and quiet against the ground is at least
4.5 to 1 in both sets (tests hold it there).
"""

from typing import Literal

from landward.model.base import Frozen


class Palette(Frozen):
    """Colour tokens as ``#rrggbb``. The web's style sheet and the charts take them from here."""

    name: Literal["paper", "light", "dim"]
    ground: str
    raised: str
    ink: str
    quiet: str
    hairline: str
    accent: str
    window_fill: str
    window_edge: str
    hatch: str
    easy: str
    between: str
    hard: str
    cell_edge: str
    dose: str
    lit: str


PAPER = Palette(
    name="paper",
    ground="#ffffff",
    raised="#ffffff",
    ink="#22303d",
    quiet="#5b6772",
    hairline="#c3c9ce",
    accent="#8a5a00",
    window_fill="#fdf4df",
    window_edge="#a98a4a",
    hatch="#b0b8bf",
    easy="#f4efe3",
    between="#9aa6b1",
    hard="#1f2d40",
    cell_edge="#c3c9ce",
    dose="#e4e7ea",
    lit="#a87413",
)

LIGHT = PAPER.model_copy(
    update={
        "name": "light",
        "ground": "#f6f1e7",
        "raised": "#fdfaf3",
        "window_fill": "#fffaf0",
        "window_edge": "#9a7c3c",
        "quiet": "#55616c",
        "hairline": "#cdc6b8",
        "hatch": "#a7a79f",
        "easy": "#fdfbf5",
        "cell_edge": "#d5cfc2",
        "dose": "#d9d5cb",
    }
)

DIM = Palette(
    name="dim",
    ground="#171615",
    raised="#201e1c",
    ink="#cdc5b8",
    quiet="#978f83",
    hairline="#3c3834",
    accent="#d8a24a",
    window_fill="#2a2519",
    window_edge="#8d7442",
    hatch="#57524b",
    easy="#ece2c9",
    between="#7f7a6f",
    hard="#1e2a3d",
    cell_edge="#3a3733",
    dose="#34312d",
    lit="#f4e2ae",
)

PALETTES = {palette.name: palette for palette in (PAPER, LIGHT, DIM)}

CONTRAST = DIM.model_copy(
    update={
        "ground": "#000000",
        "raised": "#0c0c0c",
        "ink": "#ffffff",
        "quiet": "#d9d9d9",
        "hairline": "#8c8c8c",
        "accent": "#ffcf70",
        "window_fill": "#1c1a10",
        "window_edge": "#ffcf70",
        "hatch": "#b5b5b5",
        "easy": "#ffffff",
        "between": "#8c8c8c",
        "hard": "#10151f",
        "cell_edge": "#8c8c8c",
        "dose": "#3d3d3d",
        "lit": "#ffd27a",
    }
)
"""For eyes that need more: white on black, every edge seen."""
