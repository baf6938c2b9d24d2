"""One daily severity from several items: their mean where at least half were answered."""

from collections.abc import Sequence

import numpy as np

from landward.engines.patterns.series import Floats
from landward.model.base import BadInput
from landward.model.said import phrase


def mean_severity(items: Sequence[Floats]) -> Floats:
    """Mean of several series (days,) on one scale, NaN on days with fewer than half answered.

    Raises BadInput where there are no items or their lengths differ.
    """
    if not items:
        raise BadInput(phrase("there is nothing to take a mean of"))
    if len({item.size for item in items}) > 1:
        raise BadInput(phrase("these series cover different days"))
    stacked = np.vstack(list(items))
    answered = np.isfinite(stacked)
    count = answered.sum(axis=0)
    total = np.where(answered, stacked, 0.0).sum(axis=0)
    enough = 2 * count >= len(items)
    return np.where(enough, total / np.maximum(count, 1), np.nan)
