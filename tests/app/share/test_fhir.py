"""What leaves in a FHIR bundle: numbers under the tables' names, never a person's own words."""

import datetime as dt
import json
from decimal import Decimal

from tests.making import entry

from landward.app.share.fhir import make_fhir
from landward.model.bodies import CheckIn, DoseTaken, Profile
from landward.model.moment import Moment

DAY = dt.date(2026, 1, 5)
MOMENT = Moment(at=dt.datetime(2026, 1, 6, tzinfo=dt.UTC), zone="UTC")
OWN, OTHER = "own:0123456789ab", "the_buzzing"  # the second made of readable words


def test_own_words_for_a_symptom_stay_in_the_diary():
    names = {OWN: "since Tom left", OTHER: "the buzzing", "insomnia": "my 3 a.m. hell"}
    answers = {"day": 5.0, "insomnia": 3.0, OWN: 2.0, OTHER: 1.0, "pleasant": 4.0, "joy": 0.0}
    scales = {name: "0..10 better down" if name == "day" else "0..4 better down"
              for name in answers}  # fmt: skip
    bundle = make_fhir(
        [
            entry(Profile(fields={"names": json.dumps(names)}), DAY, key="a", seq=1),
            entry(CheckIn(asked=tuple(answers), answers=answers, scales=scales), DAY,
                  key="b", seq=2),
        ],
        MOMENT,
    ).decode()  # fmt: skip
    assert not any(words in bundle for words in ("Tom", "buzzing", "hell", "0123456789ab"))
    told = {
        row["resource"]["code"]["text"]: row["resource"]["valueInteger"]
        for row in json.loads(bundle)["entry"]
        if row["resource"]["resourceType"] == "Observation"
    }
    assert told["own symptom 1"] == 2 and told["own symptom 2"] == 1
    assert told["pleasant feelings"] == 4 and told["joy"] == 0  # our own questions keep their names
    assert 3 in told.values() and 5 in told.values()


def test_a_dose_of_a_day_ahead_is_not_sent_as_taken():
    ahead = dt.date(2027, 1, 1)  # a file may hold one
    doses = [DoseTaken(drug="diazepam", dose_mg=Decimal(mg)) for mg in ("5", "500")]
    bundle = make_fhir(
        [entry(body, day, key=str(day)) for body, day in zip(doses, (DAY, ahead), strict=True)],
        MOMENT,
    ).decode()
    assert DAY.isoformat() in bundle and ahead.isoformat() not in bundle and "500" not in bundle
