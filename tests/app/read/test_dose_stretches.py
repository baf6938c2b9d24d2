"""Before the first lasting cut, while doses came down, after the last dose."""

import datetime as dt
from decimal import Decimal

from landward.app.read.dose_stretches import dose_stretches
from landward.app.read.feelings import read_feelings
from landward.model.bodies import CheckIn, DoseTaken
from landward.model.diary import fold
from making import START, entry


def day(position):
    return START + dt.timedelta(days=position)


def diary(doses, answers=()):
    """`doses`: (drug, position, mg); `answers`: pleasant, by position."""
    bodies = [(t, DoseTaken(drug=drug, dose_mg=Decimal(mg), status="as_planned"))
              for drug, t, mg in doses]  # fmt: skip
    scales = {"pleasant": "0..4 better up"}
    bodies += [(t, CheckIn(asked=("pleasant",), answers={"pleasant": float(v)}, scales=scales))
               for t, v in answers]  # fmt: skip
    return fold(entry(body, day(t), key=str(n), seq=n) for n, (t, body) in enumerate(bodies, 1))


def told(found):
    return [(one.name, one.first, one.last) for one in found]


def taper(days=60):
    return [("diazepam", t, "10" if t < 20 else "5" if t < 40 else "0") for t in range(days)]


def test_one_drug_down_to_nothing():
    found = dose_stretches(diary(taper()), day(0), day(59))
    assert told(found) == [("before", 0, 19), ("coming_down", 20, 39), ("after", 40, 59)]


def test_still_coming_down_has_no_after():
    found = dose_stretches(diary(taper(30)), day(0), day(29))
    assert told(found) == [("before", 0, 19), ("coming_down", 20, 29)]


def test_a_second_drug_still_taken_keeps_it_open():
    other = [("clonazepam", t, "1" if t < 30 else "0.5") for t in range(60)]
    found = dose_stretches(diary(taper() + other), day(0), day(59))
    assert told(found) == [("before", 0, 19), ("coming_down", 20, 59)]


def test_nothing_was_cut():
    same = [("diazepam", t, "10") for t in range(30)]
    assert dose_stretches(diary(same), day(0), day(29)) == ()
    assert dose_stretches(diary([]), day(0), day(29)) == ()


def test_answers_that_begin_after_the_end_are_all_after():
    found = dose_stretches(diary(taper()), day(45), day(59))
    assert told(found) == [("after", 0, 14)]


def test_the_reading_carries_them():
    answers = [(t, t % 5) for t in range(60)]
    found = read_feelings(diary(taper(), answers))
    assert [one.stretch.name for one in found.reading.phases] == ["before", "coming_down", "after"]
