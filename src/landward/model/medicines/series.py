"""The regular doses of one drug as the engines want them: one number a day, NaN where unknown."""

import datetime as dt

import numpy as np

from landward.model.medicines.record import Medicine
from landward.model.series import Floats


def dose_series(medicine: Medicine, first: dt.date, last: dt.date) -> Floats:
    """Milligrams taken per day, (days,) float; NaN on days that are not known.

    What was taken as needed is not in it: it would look like a change of the dose.
    """
    series = np.full((last - first).days + 1, np.nan)
    for day, mg in medicine.known(last, since=first).items():
        series[(day - first).days] = float(mg)
    return series
