"""From daily posteriors to spells: runs of equal state with intervals for both edges."""

import itertools

import numpy as np
from numpy.typing import NDArray

from landward.engines.patterns.series import Floats
from landward.model.waves import Spell, State

EDGE_MASS = 0.95
"""Share of the posterior that the interval of an edge is meant to hold."""

FEWEST = 2
"""Answered days without which a run is no spell."""


def runs_of(codes: NDArray[np.int8]) -> list[tuple[int, int, int]]:
    """(state, first day, last day) of every run of equal codes, in order."""
    if not codes.size:
        return []
    edges = np.concatenate(([0], np.flatnonzero(np.diff(codes)) + 1, [codes.size]))
    return [(int(codes[a]), int(a), int(b) - 1) for a, b in itertools.pairwise(edges)]


def edge_interval(chance: Floats, edge: int, step: int) -> tuple[int, int]:
    """Where an edge probably lies, from p(inside the spell) of the days around it.

    `step` is +1 for a start (the chance rises through it) and -1 for an end. Read as a chance that
    the edge has been passed, the posterior gives the central 95 %: outwards until p falls under
    2.5 %, inwards until it exceeds 97.5 %, each walk ending where p turns back.
    """
    tail = (1 - EDGE_MASS) / 2
    outer = edge
    while 0 <= outer - step < chance.size and tail < chance[outer - step] <= chance[outer] + 0.05:
        outer -= step
    inner = edge
    while 0 <= inner + step < chance.size and chance[inner] < 1 - tail:
        if chance[inner + step] < chance[inner]:
            break
        inner += step
    return (outer, inner) if step > 0 else (inner, outer)


def find_spells(
    codes: NDArray[np.int8], deviation: Floats, p_window: Floats, p_wave: Floats
) -> tuple[Spell, ...]:
    """Spells of the coded days (-1 window, +1 wave), oldest first.

    `deviation` is severity minus baseline, NaN where missing; `p_*` are the daily posteriors. A
    spell may hold unanswered days inside, through which the posterior carries it, but starts and
    ends on answered ones. One without two answered days is left out.
    """
    found = []
    for code, first, last in runs_of(codes):
        answered = first + np.flatnonzero(np.isfinite(deviation[first : last + 1]))
        if code not in (-1, 1) or answered.size < FEWEST:
            continue
        chance = p_wave if code == 1 else p_window
        start, end = int(answered[0]), int(answered[-1])
        found.append(
            Spell(
                state=State.WAVE if code == 1 else State.WINDOW,
                start=start,
                end=end,
                amplitude=float(deviation[answered].mean()),
                start_interval=edge_interval(chance, start, +1),
                end_interval=edge_interval(chance, end, -1),
            )
        )
    return tuple(found)
