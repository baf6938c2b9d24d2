"""Is an amount well above what is usual for the person? Asked once, wherever a dose is written."""

import datetime as dt

from landward.app.diary.locked_view import LockedView
from landward.app.diary.profile import Person
from landward.model.bodies import DoseTaken
from landward.model.large_dose import LargeDose, looks_too_much


def large_dose(
    body: DoseTaken, day: dt.date, me: Person | None, outside: LockedView
) -> LargeDose | None:
    """What to ask about a dose, by what is planned and prescribed; while locked, by what may be
    seen outside.
    """
    if not body.dose_mg:
        return None
    if me is None:
        seen = {dose.drug: dose.mg_per_day for dose in outside.planned(day)}
        return looks_too_much(body.dose_mg, seen.get(body.drug), None)
    medicine = me.medicines.of(body.drug)
    return looks_too_much(body.dose_mg, medicine.planned_mg(day), medicine.prescribed_mg(day))
