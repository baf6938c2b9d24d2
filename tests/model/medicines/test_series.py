"""What the engines are given: one number a day, NaN where the day is not known."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from tests.making import START, entry

from landward.model.bodies import DoseTaken
from landward.model.diary import fold
from landward.model.medicines import medicine_record
from landward.model.medicines.series import dose_series


def day(number: int) -> date:
    return START + timedelta(days=number)


def test_doses_of_a_day_add_up_and_unknown_amounts_stay_unknown() -> None:
    def dose(mg: str | None, status: str = "taken") -> DoseTaken:
        amount = None if mg is None else Decimal(mg)
        return DoseTaken.model_validate({"drug": "x", "dose_mg": amount, "status": status})

    diary = fold(
        [
            entry(dose("2.5"), day(0), key="1"),
            entry(dose("2.5"), day(0), key="2", minute=1),
            entry(dose(None, "not_taken"), day(1), key="3"),
            entry(dose(None, "as_planned"), day(2), key="4"),
            entry(dose("5"), day(2), key="5"),
        ]
    )
    taken = dose_series(medicine_record(diary.lines).of("x"), day(0), day(3))
    assert taken[:2].tolist() == [5, 0]
    assert np.isnan(taken[2:]).all(), "a dose without its amount leaves the day unknown"


def test_a_whole_days_amount_stands_alone() -> None:
    single = DoseTaken(drug="x", dose_mg=Decimal(5))
    total = DoseTaken(drug="x", dose_mg=Decimal(15), day_total=True)
    diary = fold([entry(single, key="1"), entry(total, key="2"), entry(single, key="3", minute=9)])
    assert dose_series(medicine_record(diary.lines).of("x"), day(0), day(0)).tolist() == [15]


def test_what_was_taken_as_needed_is_no_change_of_the_dose() -> None:
    regular = DoseTaken(drug="x", dose_mg=Decimal(10), day_total=True)
    needed = DoseTaken(drug="x", dose_mg=Decimal(2), as_needed=True)
    entries = [entry(regular, day(n), key=f"{n}") for n in range(3)]
    diary = fold([*entries, entry(needed, day(1), key="n"), entry(needed, day(3), key="alone")])
    taken = dose_series(medicine_record(diary.lines).of("x"), day(0), day(3))
    assert taken[:3].tolist() == [10, 10, 10] and np.isnan(taken[3])
