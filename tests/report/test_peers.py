"""A history for peers: chosen parts, in months; no date, name or free word leaves."""

import datetime as dt
import re

import pytest

from landward.app.read.names import table_words
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, Profile
from landward.model.diary import fold
from landward.report.peers import PARTS, peers_history
from tests.report.people import Pen, rich, rich_entries

LAST = dt.date(2026, 3, 25)


def test_what_was_chosen_is_told_in_months() -> None:
    text = peers_history(rich(), ["doses", "days"], last=LAST, names=table_words())
    assert text.startswith("A diary of 4 months. Month 1 is the first.\n")
    assert "diazepam: month 1: 10; month 1: 9; month 2: 8; month 3: 7.5; month 4: 7" in text
    assert "How hard the days were" in text and "Symptoms" not in text
    assert "Do not stop suddenly" in text


def test_no_date_no_name_and_no_free_word_is_in_it() -> None:
    pen = Pen()
    pen.entries = rich_entries()
    own = "own:0123456789ab"
    pen.write(
        Profile(fields={"name": "A. Reed", "attempts": "in Leeds", "request": "Dr Lind"}), LAST
    )
    pen.write(CheckIn(asked=(own,), answers={own: 4.0}, scales={own: "0..4 better down"}), LAST)
    text = peers_history(fold(pen.entries), list(PARTS), last=LAST, names=table_words())
    assert not re.search(r"20\d\d|\b(Jan|Feb|Mar|Dec)\b|Reed|Leeds|Lind|own:", text)
    assert "insomnia" in text.lower()


def test_nothing_chosen_another_part_and_an_empty_diary_are_told() -> None:
    for parts, why in (((), "choose at least one"), (("notes",), "no part is called “notes”")):
        with pytest.raises(BadInput, match=why):
            peers_history(rich(), parts, last=LAST, names={})
    with pytest.raises(BadInput, match="nothing is written"):
        peers_history(fold([]), ("days",), last=LAST, names={})
