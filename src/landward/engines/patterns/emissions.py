"""How an answer on a bounded ordinal scale arises: a latent severity, rounded, clipped, with tails.

Everything works on one scale from 0 to 10, to which every diary is stretched; `grain` is the
distance between neighbouring answers there (1 for 0–10, 2.5 for 0–4).
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from landward.engines.patterns.series import Floats

REACH = 16.0
"""Largest distance of answer and mean that is told apart."""

RESOLUTION = 40.0
"""Table entries per point."""

FREEDOM = 10.0
"""Degrees of freedom of the Student-t noise: normal in the middle, room for an odd day."""

CARRIED = 3
"""Days over which the residual of an answer is followed through a gap."""

FURTHEST, PER_SPREAD = 60, 200
"""Spreads covered by the tabulated Student t, and its points a spread."""

STRAY = 1e-4
"""Chance of an answer that has nothing to do with the model."""


@dataclass(frozen=True)
class Tables:
    """Look-up tables (CARRIED + 1, 3, n) over answer − mean: [age of residual], [kind].

    Row g is for a residual of g + 1 days before, the last row for none.

    `chance` of the answer; `pull`, the derivative of its logarithm by the mean; `spread`, by the
    logarithm of sigma. Kinds: 0 inside the scale, 1 its lowest answer, 2 its highest. `told` (3, n)
    is the residual that an answer tells of: at an end of the scale, further out than the answer.
    """

    chance: Floats
    pull: Floats
    spread: Floats
    told: Floats


@cache
def _standard() -> tuple[Floats, Floats]:
    """Distribution and density of the standard Student-t on a fine grid."""
    from scipy.special import gammaln, stdtr

    z = np.linspace(-FURTHEST, FURTHEST, 2 * FURTHEST * PER_SPREAD + 1)
    constant = np.exp(gammaln((FREEDOM + 1) / 2) - gammaln(FREEDOM / 2))
    density = constant / np.sqrt(FREEDOM * np.pi) * (1 + z * z / FREEDOM) ** (-(FREEDOM + 1) / 2)
    return stdtr(FREEDOM, z), density


def _between(z: Floats, *functions: Floats) -> list[Floats]:
    """Functions on the fine grid, read off between its points at z (n,)."""
    at = np.clip((z + FURTHEST) * PER_SPREAD, 0, 2 * FURTHEST * PER_SPREAD - 1)
    whole = at.astype(np.int64)
    part = at - whole
    return [f[whole] + part * (f[whole + 1] - f[whole]) for f in functions]


@lru_cache(maxsize=4)
def emission_tables(sigma: float, phi: float, grain: float) -> Tables:
    """Tables for innovation spread `sigma`, lag-one residual correlation `phi`, answer `grain`.

    An answer stands for every latent severity within half a grain of it, the lowest and highest
    answers for all beyond as well.
    """
    distribution, density = _standard()
    u = np.arange(-REACH, REACH + 0.5 / RESOLUTION, 1 / RESOLUTION)
    chance, pull, spread = (np.empty((CARRIED + 1, 3, u.size)) for _ in range(3))
    for row in range(CARRIED + 1):
        left = phi ** (2 * (row + 1)) if row < CARRIED else 0.0
        scale = sigma * np.sqrt((1 - left) / (1 - phi * phi))
        above, below = (u + grain / 2) / scale, (u - grain / 2) / scale
        above_f, above_d = _between(above, distribution, density)
        below_f, below_d = _between(below, distribution, density)
        for kind, (low, high) in enumerate(((1, 1), (0, 1), (1, 0))):
            mass = (above_f if high else 1.0) - (below_f if low else 0.0)
            chance[row, kind] = (1 - STRAY) * mass + STRAY * grain / 10
            pull[row, kind] = (low * below_d - high * above_d) / scale
            spread[row, kind] = low * below_d * below - high * above_d * above
    told = _told(u, sigma / np.sqrt(1 - phi * phi), grain)
    return Tables(chance, pull * (1 - STRAY) / chance, spread * (1 - STRAY) / chance, told)


def _told(u: Floats, scale: float, grain: float) -> Floats:
    """(3, n) mean of a normal residual of spread `scale` inside what an answer stands for."""
    from scipy.special import ndtr

    above, below = (u + grain / 2) / scale, (u - grain / 2) / scale
    found = []
    for low, high in ((True, True), (False, True), (True, False)):
        mass = (ndtr(above) if high else 1.0) - (ndtr(below) if low else 0.0)
        edges = low * np.exp(-0.5 * below**2) - high * np.exp(-0.5 * above**2)
        mean = scale * edges / np.sqrt(2 * np.pi) / np.maximum(mass, 1e-12)
        found.append(np.where(mass > 1e-9, mean, u))
    return np.array(found)


def grain_of(series: Floats, scale: tuple[float, float]) -> float:
    """Distance between neighbouring answers in the diary's own points.

    Whole, half, quarter, fifth and tenth points are recognised; anything finer (means over several
    items) is read as a hundredth of the scale.
    """
    answers = series[np.isfinite(series)] - scale[0]
    for grain in (1.0, 0.5, 0.25, 0.2, 0.1):
        steps = answers / grain
        if scale[1] - scale[0] >= 2 * grain and np.abs(steps - np.round(steps)).max() < 1e-6:
            return grain
    return (scale[1] - scale[0]) / 100


def look_up_chance(table: Floats, distance: Floats) -> Floats:
    """Entries of one table for many distances answer − mean, any shape."""
    at = np.clip((distance + REACH) * RESOLUTION + 0.5, 0, table.size - 1).astype(int)
    return np.asarray(table[at])
