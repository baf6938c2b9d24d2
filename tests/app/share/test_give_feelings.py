"""The feelings series leaves as codes and numbers, with the words it was asked in, by consent."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from landward.app.share.cohort_run import read_study
from landward.app.share.give import make_gift, preview_gift, to_file
from landward.app.share.study_keys import check_signature
from landward.model.bodies import CheckIn, Feelings, Glimmer
from landward.model.gift import SAID, Gift
from landward.model.scale import FEELING
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from making import MOMENT, entry

STUDY = Path(__file__).parents[3] / "examples" / "studies" / "first-study.toml"
FIRST = date(2026, 3, 1)
SECRET = "my sister knows"


@pytest.fixture
def vault(tmp_path):
    made, _ = Vault.create(tmp_path / "v", "pw", now=MOMENT.at, cost=CHEAPEST)
    weekly = [
        ({"joy": 3}, (), (), {"joy": "1.en", "anger": "1.en"}, ("joy", "anger")),
        ({}, ("joy",), (), {"joy": "2.de"}, ("joy",)),
        ({}, (), ("joy",), {"joy": "2.de"}, ("joy",)),
    ]
    said = [
        Feelings(asked=asked, answers=answers, scales=dict.fromkeys(answers, str(FEELING)),
                 no_occasion=quiet, too_much=much, wordings=words, note=SECRET)
        for answers, quiet, much, words, asked in weekly
    ]  # fmt: skip
    scales = dict.fromkeys(("pleasant", "painful"), str(FEELING))
    answers = {"pleasant": 1, "painful": 0}
    pair = CheckIn(asked=tuple(answers), answers=answers, scales=scales, note=SECRET)
    lines = [*((FIRST + timedelta(days=7 * n), body) for n, body in enumerate(said)),
             (FIRST + timedelta(days=1), pair),
             (FIRST, Glimmer(text=SECRET, feeling="a secret one"))]  # fmt: skip
    made.append([entry(body, day, key=str(n)) for n, (day, body) in enumerate(lines)])
    yield made
    made.lock()


def study_of(*elements: str):
    return read_study(STUDY).model_copy(update={"elements": elements})


def test_answers_words_and_wordings_are_codes_and_numbers(vault) -> None:
    study = study_of("feelings")
    gift = make_gift(vault, study, preview_gift(vault, study, date(2026, 4, 1)))
    rows = [(r.day, r.item, SAID[r.said], r.value, r.wording) for r in gift.rows.feelings]
    assert rows == [
        (0, "joy", "answered", 3, "1.en"),
        (0, "anger", "left_open", None, "1.en"),
        (1, "pleasant", "answered", 1, "1.en"),
        (1, "painful", "answered", 0, "1.en"),
        (7, "joy", "no_occasion", None, "2.de"),
        (14, "joy", "too_much", None, "2.de"),
    ]
    text = to_file(gift).decode()
    assert SECRET not in text and "secret one" not in text and "2026-03" not in text
    check_signature(Gift.model_validate(json.loads(text)), "here")
    assert "day 7: joy no occasion, asked in words 2.de" in gift.rows.lines()


def test_nothing_of_feelings_leaves_unless_the_study_names_it(vault) -> None:
    study = study_of("day")
    gift = make_gift(vault, study, preview_gift(vault, study, date(2026, 4, 1)))
    assert gift.rows.feelings == ()
    assert "feelings" not in json.loads(to_file(gift))["rows"]  # gifts from before stay as signed
