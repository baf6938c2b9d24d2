"""The signs under a tide calendar, drawn as in it, each with its word; only those that occur."""

from dataclasses import dataclass

from landward.model.said import phrase
from landward.report.figure.marks import Box, Dot, Figure, Hatched, Mark
from landward.report.figure.roles import SHADES
from landward.report.figure.tide import Tide

HIGH, WIDE, RAMP = 14.0, 26.0, 110.0


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign and what it means."""

    figure: Figure
    words: str


def legend(tide: Tide, ends: tuple[str, str]) -> tuple[Sign, ...]:
    """The ramp from easy to hard, then at most five signs."""
    step = RAMP / SHADES
    ramp: list[Mark] = [
        Box(f"cell shade{n}", n * step, 1, step - 0.6, HIGH - 3) for n in range(SHADES)
    ]
    words = phrase("{best} to {worst}", best=ends[0], worst=ends[1])
    found = [Sign(Figure(RAMP, HIGH, tuple(ramp), words, key="ramp"), words)]
    states = {one.state for one in tide.days}
    kinds = {one.kind for one in tide.days}
    middle, cell = WIDE / 2, (1.0, 1.0, WIDE - 2, HIGH - 3)
    if "window" in states:
        found.append(_sign("window", phrase("window"), Box("lit", *cell, 2)))
    if "wave" in states:
        found.append(
            _sign("wave", phrase("wave"), Box("cell shade7", *cell), Hatched("hatch7", *cell))
        )
    if "none" in kinds:
        found.append(
            _sign("no-entry", phrase("no entry"), Dot("sign", middle, HIGH / 2 - 0.5, 1.4))
        )
    if "unwell" in kinds:
        found.append(
            _sign(
                "too-unwell", phrase("too unwell"), Box("sign", middle - 5, HIGH / 2 - 1.3, 10, 1.7)
            )
        )
    if any(one.own for one in tide.days):
        mark = Box("own", 0, 0, 4, HIGH - 1)
        found.append(_sign("my-own-word", phrase("my own word"), Box("cell shade3", *cell), mark))
    return tuple(found)


def _sign(key: str, words: str, *marks: Mark) -> Sign:
    return Sign(Figure(WIDE, HIGH, marks, words, key=f"sign-{key}"), words)
