"""What a picture is made of: boxes, paths and words in roles, never in colours or fonts.

Lengths are in one unit, from the upper left corner. On paper it is a point; on a screen widths
become shares of the room there is, and heights grow with the letters.
"""

from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    role: str
    x: float
    y: float
    width: float
    height: float
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Hatched:
    """A rectangle filled with slanted lines: told from its neighbours without any colour."""

    role: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Path:
    """A line as SVG writes it: “M0 0L10 5”."""

    role: str
    d: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A small round sign that stays round."""

    role: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text. `dx` moves it off its place by so many units, however wide the picture is."""

    role: str
    x: float
    y: float
    text: str
    anchor: Anchor = "start"
    dx: float = 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """A part of a picture that opens something. On paper only what it holds is drawn."""

    address: str
    label: str
    marks: tuple["Mark", ...]


Mark = Box | Hatched | Path | Dot | Words | Link


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: its size, what is drawn from back to front, and what a screen reader says."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    description: str
    key: str = "figure"
    """Part of the names inside, so that two pictures on one page do not share any."""
    hatch_gap: float = 5.0
    linked: bool = False
    """Whether links are to be reached inside; else it is one image with its description."""
    still: bool = False
    """Whether it keeps its own width on a page, in letters, and is never stretched to the room."""
