"""Windows and waves of a diary: every regular drug is handed to the engine, by its own dose."""

import datetime as dt
from decimal import Decimal

import numpy as np
from tests.report.people import Pen, check_in

from landward.app.read.waves import read_waves
from landward.engines.patterns import read_waves as engine
from landward.model.bodies import DoseTaken
from landward.model.diary import Diary, fold
from landward.report.readings.waves import sentence

START = dt.date(2026, 1, 1)
DAYS = 90


def diary_of(drugs: tuple[str, ...], *, needed: bool = False) -> tuple[Diary, np.ndarray]:
    pen, rng = Pen(), np.random.default_rng(4)
    hard = np.clip(np.round(4 + rng.normal(0, 1, DAYS)), 0, 10)
    hard[40:50] = 9
    for number in range(DAYS):
        day = START + dt.timedelta(days=number)
        pen.write(check_in({"day": float(hard[number])}), day)
        for place, drug in enumerate(drugs):
            mg = Decimal(10) if number < 30 + 20 * place else Decimal(8)
            pen.write(DoseTaken(drug=drug, dose_mg=mg, day_total=True), day)
        if needed:
            pen.write(DoseTaken(drug="hydroxyzine", dose_mg=Decimal(25), as_needed=True), day)
    return fold(pen.entries), hard


def test_two_drugs_are_read_each_by_its_own_dose() -> None:
    diary, hard = diary_of(("diazepam", "pregabalin"))
    found = read_waves(diary)
    assert found.drugs == ("diazepam", "pregabalin")
    assert "diazepam and pregabalin" in sentence(found)
    doses = {
        drug: np.where(np.arange(DAYS) < day, 10.0, 8.0)
        for drug, day in (("diazepam", 30), ("pregabalin", 50))
    }
    wanted = engine(hard, doses)
    assert [d.p_wave for d in found.reading.days[:-3]] == [d.p_wave for d in wanted.days[:-3]]
    assert [d.p_wave for d in wanted.days] != [d.p_wave for d in engine(hard).days]


def test_one_drug_is_read_as_before_and_needs_no_words() -> None:
    diary, hard = diary_of(("diazepam",), needed=True)
    found = read_waves(diary)
    assert found.drugs == ("diazepam",)
    wanted = engine(hard, np.where(np.arange(DAYS) < 30, 10.0, 8.0))
    assert [d.p_wave for d in found.reading.days[:-3]] == [d.p_wave for d in wanted.days[:-3]]
    assert "heeded" not in sentence(found)


def test_without_doses_there_is_nothing_to_tell_apart() -> None:
    diary, _ = diary_of(())
    assert read_waves(diary).drugs == ()
