"""The medicine record: per drug and day what was prescribed, planned and taken, and what lasts.

Everything that shows, counts or computes with a dose reads this and nothing else. Pure: a journal's
standing lines in, frozen values out.
"""

from landward.model.medicines.day_dose import DayDose, DayState
from landward.model.medicines.levels import DoseChange, DoseLevel, Way
from landward.model.medicines.record import Medicine, MedicineRecord, medicine_record
from landward.model.medicines.supply import Supply

__all__ = [
    "DayDose",
    "DayState",
    "DoseChange",
    "DoseLevel",
    "Medicine",
    "MedicineRecord",
    "Supply",
    "Way",
    "medicine_record",
]
