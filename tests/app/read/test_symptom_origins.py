"""From what a diary holds to how each symptom stands; silence is not turned into an answer."""

import datetime as dt
from decimal import Decimal

from tests.making import START, entry

from landward.app.read.symptom_origins import drug_dates, origin_words, symptom_origins
from landward.model.bodies import CheckIn, Prescription, Profile
from landward.model.diary import fold
from landward.model.origins import Onset, Origin

SCALE = "0..4 better down"


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


def said(**fields: str):
    return entry(Profile(fields={f"origin.{k.replace('__', '.')}": v for k, v in fields.items()}),
                 day(0), key="profile")  # fmt: skip


def check_in(number: int, **levels: int):
    body = CheckIn(asked=tuple(levels), answers=levels, scales=dict.fromkeys(levels, SCALE))
    return entry(body, day(number), key=f"day{number}", seq=number + 2)


def prescribed(number: int, mg: str, drug: str = "diazepam"):
    body = Prescription(drug=drug, dose_mg_per_day=Decimal(mg), started_on=day(number))
    return entry(body, day(number), key=f"{drug}{number}", seq=100 + number)


def test_answers_become_words_for_the_page():
    diary = fold([
        said(tinnitus__before="no", insomnia__before="yes", insomnia__level_before="1",
             photophobia__set_off="yes", photophobia__set_off_before="no",
             photophobia__triggers="light, sound", tremor__before="yes"),
        check_in(20, insomnia=3, tinnitus=2, tremor=1),
        check_in(21, insomnia=3),
    ])  # fmt: skip
    assert origin_words(symptom_origins(diary)) == {
        "insomnia": "stronger than before it",
        "photophobia": "set off by light and sound",
        "tinnitus": "new since the medicine",
        "tremor": "not known whether new",  # there before, but how strong was never said
    }


def test_now_is_the_middle_of_the_last_two_weeks_only():
    diary = fold([
        said(insomnia__before="yes", insomnia__level_before="2"),
        check_in(1, insomnia=4),
        check_in(30, insomnia=2),
    ])  # fmt: skip
    assert symptom_origins(diary)["insomnia"].origin is Origin.AS_BEFORE
    early = symptom_origins(diary, day(5))["insomnia"]
    assert early.origin is Origin.STRONGER  # what a page for that day would have said


def test_a_diary_that_says_nothing_of_origins_has_none():
    assert symptom_origins(fold([check_in(1, insomnia=4)])) == {}
    assert symptom_origins(fold([])) == {}


def test_nonsense_in_the_profile_is_silence():
    diary = fold(
        [said(tremor__before="perhaps", tremor__began_on="last May", tremor__onset="soon")]
    )
    reading = symptom_origins(diary)["tremor"]
    assert (reading.origin, reading.onset) == (Origin.UNSURE, Onset.NOT_KNOWN)


def test_dates_come_from_prescriptions():
    diary = fold([prescribed(0, "20"), prescribed(14, "18"), prescribed(28, "20"),
                  prescribed(42, "0")])  # fmt: skip
    dates = drug_dates(diary)
    assert dates.started_on == day(0)
    assert dates.cuts == (day(14), day(42))
    assert dates.last_dose_on == day(41)


def test_a_second_drug_still_taken_means_no_last_dose_yet():
    diary = fold([prescribed(0, "20"), prescribed(0, "2", "lorazepam"), prescribed(42, "0")])
    assert drug_dates(diary).last_dose_on is None


def test_the_day_it_began_is_read_against_the_cuts():
    diary = fold([
        said(tinnitus__before="no", tinnitus__began_on=day(20).isoformat()),
        prescribed(0, "20"), prescribed(14, "18"), check_in(30, tinnitus=2),
    ])  # fmt: skip
    reading = symptom_origins(diary)["tinnitus"]
    assert (reading.onset, reading.days_after_cut) == (Onset.COMING_DOWN, 6)
