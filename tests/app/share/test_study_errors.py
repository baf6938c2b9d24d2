"""A study that is wrong says where, what, and what to write instead."""

import pytest

from landward.app.share.cohort_run import read_study
from landward.app.share.cohort_truth import truth_in_words
from landward.engines.cohort.made_up import Truth
from landward.model.base import BadInput

GOOD = """id = "numb"
title = "Numb"
schema = "landward-cohort/1"

[protocol]
question = "Is numbness rarer once stopped?"

[disclosure]
cell_min = 10

[[measures]]
measure = "duration"
items = ["insomnia"]
quiet_days = 28
"""

WRONG = [
    ("quiet_days", "quiet_day", "measures, number 1, quiet_day: there is no setting “quiet_day”. "
     "Did you mean “quiet_days”?"),
    ("cell_min", "zzz", "disclosure, zzz: there is no setting “zzz”. There are: "
     "cell_min, rounding"),
    ("cell_min = 10", "cell_min = 5", "disclosure, cell_min: 5 is too low. A study may be stricter "
     "than the rule of this program, never laxer: 10 or more"),
    ('title = "Numb"', "", "title: “title” is missing; add a line title = …"),
    ('items = ["insomnia"]', "", "measures, number 1: “duration” needs the items it is about "
     "(items = [...])"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), WRONG)
def test_a_wrong_study_says_where_what_and_what_instead(tmp_path, old, new, words):
    path = tmp_path / "study.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_study(path).id == "numb"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(BadInput) as told:
        read_study(path)
    assert str(told.value) == f"{path}: {words}"


def test_what_is_true_is_said_in_words_measure_by_measure():
    words = truth_in_words(Truth(cut_effect=0.5, numb=(0.1, 0.5, 0.2), leaving=0.04))
    assert "| course, week 0 | the day's answer is 0.5 points harder" in words
    assert "10 % of days before the first cut, 50 % while cutting, 20 % once stopped" in words
    assert "People who fare worse leave three times as often." in words
    assert "Nobody leaves or joins because of how they fare." in truth_in_words(Truth())
