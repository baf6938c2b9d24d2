"""The decision table of symptom origin: every row, every edge, every combination of answers."""

from datetime import date
from itertools import product

import pytest

from landward.engines.patterns.origin import TABLE, onset_from_dates, read_origin
from landward.model.base import BadInput
from landward.model.origins import DrugDates, Onset, Origin, SymptomHistory
from landward.model.safety import Answer

YES, NO, OPEN = Answer.YES, Answer.NO, Answer.UNANSWERED
DATES = DrugDates(
    started_on=date(2024, 3, 1),
    cuts=(date(2026, 1, 10), date(2026, 2, 10)),
    last_dose_on=date(2026, 6, 1),
)


def read(**said):
    return read_origin(SymptomHistory(symptom="tinnitus", **said), DATES)


@pytest.mark.parametrize(
    ("said", "origin", "rule"),
    [
        ({"there_before": NO}, Origin.NEW, "origin.new"),
        ({"there_before": NO, "level_now": 3}, Origin.NEW, "origin.new"),
        (
            {"there_before": YES, "level_before": 1, "level_now": 2},
            Origin.STRONGER,
            "origin.stronger",
        ),
        (
            {"there_before": YES, "level_before": 2, "level_now": 2},
            Origin.AS_BEFORE,
            "origin.as-before",
        ),
        (
            {"there_before": YES, "level_before": 3, "level_now": 1},
            Origin.AS_BEFORE,
            "origin.as-before",
        ),
        ({"there_before": YES, "level_now": 4}, Origin.UNSURE, "origin.level-not-known"),
        ({}, Origin.UNSURE, "origin.before-not-known"),
        ({"level_before": 0, "level_now": 4}, Origin.UNSURE, "origin.before-not-known"),
        ({"there_before": NO, "onset": Onset.BEFORE}, Origin.UNSURE, "origin.contradiction"),
        ({"set_off": YES, "set_off_before": NO}, Origin.SET_OFF, "origin.set-off-only-now"),
        ({"there_before": NO, "set_off": YES}, Origin.SET_OFF, "origin.set-off-and-new"),
        (
            {"there_before": YES, "set_off": YES, "level_before": 2, "level_now": 2},
            Origin.UNSURE,
            "origin.trigger-before-not-known",
        ),
        (
            {"there_before": YES, "set_off": YES, "set_off_before": YES, "level_before": 1,
             "level_now": 3},
            Origin.STRONGER,
            "origin.stronger",
        ),
    ],
)  # fmt: skip
def test_each_row_of_the_table(said, origin, rule):
    reading = read(**said)
    assert (reading.origin, reading.rule) == (origin, rule)


def test_every_combination_of_answers_has_one_answer_and_silence_alone_decides_nothing():
    levels = (None, 0, 1, 4)
    answers = (YES, NO, OPEN)
    seen = set()
    for before, set_off, set_off_before in product(answers, repeat=3):
        for onset, was, now in product(Onset, levels, levels):
            reading = read(
                there_before=before, set_off=set_off, set_off_before=set_off_before,
                onset=onset, level_before=was, level_now=now,
            )  # fmt: skip
            seen.add(reading.rule)
            if before is OPEN and set_off is not YES:
                assert reading.origin is Origin.UNSURE
            assert bool(reading.would_settle) == (reading.origin is Origin.UNSURE)
    assert seen == {row.rule for row in TABLE}  # no row that can never speak


def test_words_never_explain():
    text = " ".join(f"{row.plain} {row.would_settle}" for row in TABLE).lower()
    for word in ("cause", "because", "damage", "sensiti", "withdrawal", "diagnos"):
        assert word not in text


@pytest.mark.parametrize(
    ("began", "onset"),
    [
        (date(2024, 2, 29), Onset.BEFORE),
        (date(2024, 3, 1), Onset.ON),  # the first day of the medicine
        (date(2026, 1, 9), Onset.ON),
        (date(2026, 1, 10), Onset.COMING_DOWN),  # the day of the first cut
        (date(2026, 6, 1), Onset.COMING_DOWN),  # the day of the last dose
        (date(2026, 6, 2), Onset.AFTER),
    ],
)
def test_onset_from_dates(began, onset):
    assert onset_from_dates(began, DATES) is onset


def test_without_a_start_only_what_follows_from_cuts_is_known():
    no_start = DrugDates(cuts=(date(2026, 1, 10),))
    assert onset_from_dates(date(2026, 1, 9), no_start) is Onset.NOT_KNOWN
    assert onset_from_dates(date(2026, 1, 20), no_start) is Onset.COMING_DOWN


def test_a_stated_onset_stands_before_the_dates():
    reading = read(there_before=NO, onset=Onset.ON, began_on=date(2026, 1, 20))
    assert reading.onset is Onset.ON
    assert reading.days_after_cut == 10


def test_days_after_cut_count_from_the_last_cut():
    assert read(began_on=date(2026, 2, 19)).days_after_cut == 9
    assert read(began_on=date(2025, 2, 19)).days_after_cut is None
    assert read().days_after_cut is None


def test_triggers_count_only_when_it_is_set_off():
    assert read(set_off=YES, triggers=("light", "sound", "light")).triggers == ("light", "sound")
    assert read(set_off=NO, triggers=("light",)).triggers == ()


def test_a_step_of_nothing_is_refused():
    with pytest.raises(BadInput):
        read_origin(SymptomHistory(symptom="x"), DATES, stronger_by=0)
