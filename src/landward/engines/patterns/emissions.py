"""How an answer on a bounded ordinal scale arises: a latent severity, rounded, clipped, with tails.

Everything works on one scale from 0 to 10, to which every diary is stretched; `grain` is the
distance between neighbouring answers there (1 for 0–10, 2.5 for 0–4).
"""

from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

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
    The derivatives are made where they are first asked for: most passes only read.
    """

    chance: Floats
    told: Floats
    scale: Floats
    """(CARRIED + 1, 1) spread of an answer around its mean."""
    above: Floats
    below: Floats
    """(CARRIED + 1, n) the ends of what an answer stands for, in spreads from its mean."""

    @cached_property
    def pull(self) -> Floats:
        """The derivative of the log chance by the mean."""
        above, below = self._densities
        by_kind = np.stack((below - above, -above, below), axis=1)
        return np.asarray(by_kind * (1 - STRAY) / (self.chance * self.scale[:, :, None]))

    @cached_property
    def spread(self) -> Floats:
        """The derivative of the log chance by the logarithm of sigma."""
        above, below = self._densities
        up, down = -above * self.above, below * self.below
        return np.asarray(np.stack((up + down, up, down), axis=1) * (1 - STRAY) / self.chance)

    @cached_property
    def _densities(self) -> tuple[Floats, Floats]:
        density = _standard()[1]
        return _between(self.above, density)[0], _between(self.below, density)[0]


_FINE = np.linspace(-FURTHEST, FURTHEST, 2 * FURTHEST * PER_SPREAD + 1)


@cache
def _standard() -> tuple[Floats, Floats]:
    """Distribution and density of the standard Student-t on a fine grid."""
    from scipy.special import gammaln, stdtr

    constant = np.exp(gammaln((FREEDOM + 1) / 2) - gammaln(FREEDOM / 2))
    density = (1 + _FINE**2 / FREEDOM) ** (-(FREEDOM + 1) / 2) / np.sqrt(FREEDOM * np.pi)
    return stdtr(FREEDOM, _FINE), constant * density


@cache
def _normal() -> tuple[Floats, Floats]:
    """Distribution and density of the standard normal on the same grid."""
    from scipy.special import ndtr

    return ndtr(_FINE), np.exp(-0.5 * _FINE**2) / np.sqrt(2 * np.pi)


def _between(z: Floats, *functions: Floats) -> list[Floats]:
    """Functions on the fine grid, read off between its points at z, any shape."""
    at = np.clip((z + FURTHEST) * PER_SPREAD, 0, 2 * FURTHEST * PER_SPREAD - 1)
    whole = at.astype(np.int64)
    part = at - whole
    return [low + part * (np.take(f, whole + 1) - low) for f in functions for low in [f[whole]]]


@lru_cache(maxsize=8)
def emission_tables(sigma: float, phi: float, grain: float) -> Tables:
    """Tables for innovation spread `sigma`, lag-one residual correlation `phi`, answer `grain`.

    An answer stands for every latent severity within half a grain of it, the lowest and highest
    answers for all beyond as well.
    """
    u = np.arange(-REACH, REACH + 0.5 / RESOLUTION, 1 / RESOLUTION)
    left = np.append(phi ** (2 * np.arange(1, CARRIED + 1)), 0.0)
    scale = (sigma * np.sqrt((1 - left) / (1 - phi * phi)))[:, None]
    above, below = (u + grain / 2) / scale, (u - grain / 2) / scale
    (above_f,), (below_f,) = _between(above, _standard()[0]), _between(below, _standard()[0])
    chance = np.stack((above_f - below_f, above_f, 1.0 - below_f), axis=1)
    chance *= 1 - STRAY
    chance += STRAY * grain / 10
    told = _told(u, sigma / np.sqrt(1 - phi * phi), grain)
    return Tables(chance, told, scale, above, below)


def _told(u: Floats, scale: float, grain: float) -> Floats:
    """(3, n) mean of a normal residual of spread `scale` inside what an answer stands for."""
    above_f, above_d = _between((u + grain / 2) / scale, *_normal())
    below_f, below_d = _between((u - grain / 2) / scale, *_normal())
    mass = np.stack((above_f - below_f, above_f, 1.0 - below_f))
    edges = np.stack((below_d - above_d, -above_d, below_d))
    return np.where(mass > 1e-9, scale * edges / np.maximum(mass, 1e-12), u)


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
