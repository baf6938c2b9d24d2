"""Windows and waves, lasting level shifts, what follows dose changes, feelings: what a diary says.

Pure functions: arrays in, frozen readings out. Importing this package is quick; numba and scipy
are loaded when a reading is first asked for.
"""

from landward.engines.patterns.feelings import read_feelings
from landward.engines.patterns.helped import what_helped
from landward.engines.patterns.lag import dose_lag
from landward.engines.patterns.level_shifts import level_shifts
from landward.engines.patterns.reading import read_waves
from landward.engines.patterns.symptom_course import symptom_course, symptom_courses

__all__ = [
    "dose_lag",
    "level_shifts",
    "read_feelings",
    "read_waves",
    "symptom_course",
    "symptom_courses",
    "what_helped",
]
