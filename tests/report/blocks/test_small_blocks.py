"""The small blocks: completeness, symptoms, bars, everyday life, safety, the sentence."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from landward.model.bodies import CheckIn, Incident, Profile, ScaleAnswers, Sleep
from landward.model.diary import FILLED_IN_LATER, fold
from landward.model.safety_questions import planning_fields, safety_body
from landward.model.scale import DAY, Scale
from landward.model.series import DaySeries, Missing
from landward.model.waves import DayReading, LevelShift, State, WaveReading
from landward.report.blocks.completeness import completeness
from landward.report.blocks.days_bar import days_bars, steps_of
from landward.report.blocks.everyday import everyday_lines
from landward.report.blocks.overview import chart_data, direction, sentence
from landward.report.blocks.safety_strip import safety_strip
from landward.report.blocks.scope import Scope
from landward.report.blocks.symptoms import symptom_rows
from tests.report.people import Pen, check_in
from tests.report.people import main as main_of

START = date(2026, 1, 1)


def day(number: int) -> date:
    return START + timedelta(days=number)


def scope_of(pen: Pen, days: int, first: int = 0, item: str = "day", **more: Any) -> Scope:
    diary = fold(pen.entries)
    return Scope(
        diary=diary, first_day=day(first), last_day=day(days - 1), main=main_of(diary, item), **more
    )


def series(values: list[float | None], scale: Scale = DAY) -> DaySeries:
    numbers = np.array([np.nan if value is None else value for value in values])
    return DaySeries(
        item="day" if scale == DAY else "mood",
        first_day=START,
        values=numbers,
        missing=np.where(np.isnan(numbers), Missing.NO_ENTRY, Missing.ANSWERED).astype(np.int8),
        carried=np.zeros(numbers.size, np.bool_),
        scale=scale,
    )


def plain_scope(values: list[float | None], scale: Scale = DAY, first: int = 0) -> Scope:
    main = series(values, scale)
    return Scope(diary=fold([]), first_day=day(first), last_day=day(len(values) - 1), main=main)


# ---- completeness ---------------------------------------------------------------------------


def test_completeness_says_how_and_why_not() -> None:
    pen = Pen()
    for i in range(40):
        if i in (30, 31):
            pen.write(CheckIn(mode="unwell"), day(i))
        elif i in (32, 33, 34):
            continue
        elif i == 35:
            pen.write(CheckIn(asked=("day",), declined=("day",)), day(i))
        else:
            origin = {36: FILLED_IN_LATER, 37: "import:elsewhere"}.get(i, "app")
            pen.write(check_in({"day": 5.0}, carried=i == 38), day(i), origin)
    found = completeness(scope_of(pen, 40))
    assert found.sentence == "22 of the last 28 days answered (most days), 34 of the 40 days shown"
    assert found.how == "same day 19, filled in later 1, same as the day before 1, imported 1"
    assert found.missing == "no entry 3, too unwell to log 2, asked, not answered 1"
    assert found.banner is None


def test_a_thin_diary_says_what_a_gap_may_mean_and_a_new_one_is_called_new() -> None:
    pen = Pen()
    for i in (0, 3, 9, 13):
        pen.write(check_in({"day": 5.0}), day(i))
    thin = completeness(scope_of(pen, 14))
    assert thin.sentence == "4 of 14 days answered (few days)"
    assert thin.banner is not None and "easier or harder" in thin.banner
    new = completeness(scope_of(pen, 10))
    assert (new.sentence, new.banner) == ("A new diary: 3 of its 10 days answered", None)
    one = completeness(scope_of(pen, 1))
    assert (one.sentence, one.banner) == ("A new diary: its 1 day is answered", None)


# ---- symptoms -------------------------------------------------------------------------------


def test_symptoms_are_the_hardest_now_beside_the_weeks_before() -> None:
    pen = Pen()
    for i in range(42):
        late = i >= 28
        pen.write(
            check_in(
                {
                    "day": 5.0,
                    "insomnia": 3.0 if late else 1.0,
                    "nausea": 1.0 if late else 2.0,
                    "tinnitus": 2.0,
                }
            ),
            day(i),
        )
    rows = symptom_rows(scope_of(pen, 42, origins={"insomnia": "new"}))
    assert [(r.name, r.now, r.change, r.hard_days, r.origin) for r in rows] == [
        ("insomnia", "3 [3–3]", "harder by 2", "14 of 14", "new"),
        ("tinnitus", "2 [2–2]", "same", "0 of 14", ""),
        ("nausea", "1 [1–1]", "easier by 1", "0 of 14", ""),
    ]


def test_an_item_where_more_is_better_is_read_its_own_way() -> None:
    pen = Pen()
    for i in range(42):
        better = {
            "asked": ("day", "energy"),
            "scales": {"day": str(DAY), "energy": "0..3 better up"},
        }
        answers = {"day": 5.0, "energy": 0.0 if i >= 28 else 2.0}
        pen.write(CheckIn(answers=answers, **better), day(i))
    assert symptom_rows(scope_of(pen, 42)) == ()  # no symptom, unless the person watches it
    (row,) = symptom_rows(scope_of(pen, 42, watched=("energy",)))
    assert (row.change, row.hard_days, row.scale) == ("harder by 2", "14 of 14", "3 best, 0 worst")


def test_a_tenth_of_a_point_is_no_change_and_a_dash_is_no_minus() -> None:
    pen = Pen()
    for i in range(42):
        answers = {"day": 5.0, "low_mood": -0.5 if i >= 28 else -0.6}
        scales = {"day": str(DAY), "low_mood": "-3..3 better down"}
        pen.write(CheckIn(asked=tuple(answers), answers=answers, scales=scales), day(i))
    (row,) = symptom_rows(scope_of(pen, 42))
    assert (row.change, row.now) == ("same", "−0.5 [−0.5 to −0.5]")


def test_two_answers_make_no_line() -> None:
    pen = Pen()
    for i in range(14):
        pen.write(check_in({"day": 5.0} | ({"nausea": 4.0} if i < 2 else {})), day(i))
    assert symptom_rows(scope_of(pen, 14)) == ()
    (row,) = symptom_rows(scope_of(pen, 14, watched=("nausea",)))
    assert (row.watched, row.now) == (True, "2 answers: too few")


def test_watched_symptoms_come_first_and_what_the_diary_asks_is_no_symptom() -> None:
    pen = Pen()
    for i in range(14):
        hard = {f"s{number}": 4.0 for number in range(7)}
        asked = {"day": 5.0, "window_hours": 3.0, "pleasant": 0.0, "mild": 1.0} | hard
        scales = dict.fromkeys(asked, "0..4 better down") | {
            "day": str(DAY), "window_hours": "0..24 better up", "pleasant": "0..4 better up",
        }  # fmt: skip
        pen.write(CheckIn(asked=tuple(asked), answers=asked, scales=scales), day(i))
    rows = symptom_rows(scope_of(pen, 14, watched=("mild", "never_asked")))
    assert [row.name for row in rows] == ["mild", "s0", "s1", "s2", "s3", "s4"]


# ---- the bars -------------------------------------------------------------------------------


def test_bars_count_every_day_once() -> None:
    values: list[float | None] = [0, 3, 4, 6, 7, 10, None] * 6
    bars = days_bars(plain_scope(values))
    assert [bar.label for bar in bars] == [
        "first 14, from 1 Jan",
        "14 days before",
        "last 14 days",
    ]
    for bar in bars:
        assert sum(part.days for part in bar.parts) == 14
        assert [(part.words, part.days) for part in bar.parts] == [
            ("0–3", 4),
            ("4–6", 4),
            ("7–10", 4),
            ("no entry", 2),
        ]


def test_a_short_diary_has_the_bars_it_has_days_for() -> None:
    assert [bar.label for bar in days_bars(plain_scope([5.0] * 14))] == ["last 14 days"]
    assert [bar.label for bar in days_bars(plain_scope([5.0] * 3))] == ["all 3 days"]


def test_a_scale_of_few_steps_shows_each_step_better_end_first() -> None:
    up = Scale(low=0, high=3, better="up")
    (bar,) = days_bars(plain_scope([3.0, 3.0, 0.0, 2.0] + [1.0] * 10, up))
    assert [(part.words, part.days, part.shade) for part in bar.parts[:4]] == [
        ("3", 2, 0),
        ("2", 1, pytest.approx(1 / 3)),
        ("1", 10, pytest.approx(2 / 3)),
        ("0", 1, 1),
    ]
    assert steps_of(Scale(low=1, high=7)) is None


def test_a_mean_on_a_short_scale_is_shown_in_thirds() -> None:
    (bar,) = days_bars(plain_scope([0.4] * 7 + [2.6] * 7, Scale(low=0, high=3)))
    assert [(part.words, part.days) for part in bar.parts] == [
        ("easier third", 7),
        ("middle", 0),
        ("harder third", 7),
        ("no entry", 0),
    ]


# ---- everyday life --------------------------------------------------------------------------


def test_how_much_of_a_usual_day_went_is_counted_in_its_own_words() -> None:
    pen = Pen()
    for number, word in enumerate(("all of it", "most of it", "most of it", "nearly nothing")):
        pen.write(CheckIn(choices={"usual_day": word}), day(number))
    pen.write(CheckIn(choices={"usual_day": "some of it"}), day(3))  # the last word of a day
    pen.write(check_in({"day": 4.0}), day(0))
    (line,) = everyday_lines(scope_of(pen, 4))
    assert line == "Of a usual day: all of it 1, most of it 2, some of it 1 (4 of 4 days answered)"


def test_everyday_life_is_what_was_recorded() -> None:
    pen = Pen()
    pen.write(check_in({"day": 5.0}), START)
    assert everyday_lines(scope_of(pen, 100)) == ()
    pen.write(Sleep(hours=5), day(97))
    pen.write(Sleep(hours=6.5), day(98))
    pen.write(ScaleAnswers(instrument="GAD-7", total=11), day(1))
    pen.write(ScaleAnswers(instrument="PHQ-9", total=14), day(50))
    assert everyday_lines(scope_of(pen, 100)) == (
        "Sleep: 5.8 h (middle of 2 nights)",
        "PHQ-9: 14 on 20 Feb 2026",
    )


# ---- safety ---------------------------------------------------------------------------------


def strip_of(share: bool) -> Any:
    pen = Pen()
    pen.write(check_in({"day": 5.0, "confusion": 0.0}), day(3))
    pen.write(Incident(what="seizure"), day(-5))  # before the period
    pen.write(Incident(what="fall"), day(3))
    pen.write(Incident(what="fall"), day(5))
    pen.write(Incident(what="vomited_doses"), day(4))
    pen.write(Incident(what="flag.suicidal_thoughts"), day(4))
    return safety_strip(replace(scope_of(pen, 10), share_suicidal_thoughts=share))


def test_safety_tells_recorded_from_earlier_from_never_asked() -> None:
    strip = strip_of(share=False)
    assert [(fact.name, fact.days) for fact in strip.recorded] == [
        ("Fall", "yes, on 4 Jan and 6 Jan"),
        ("Vomited doses", "yes, on 5 Jan"),
    ]
    assert [(fact.name, fact.days) for fact in strip.earlier] == [("seizure", "27 Dec 2025")]
    assert strip.said_no == () and strip.not_answered == "" and strip.private
    assert strip.not_asked == (
        "seizure, confusion, seeing or hearing things, alcohol with it, opioid, ran out and "
        "pregnancy"
    )


def test_thoughts_of_suicide_are_printed_only_if_shared() -> None:
    assert "suicid" not in strip_of(share=False).model_dump_json()
    shared = strip_of(share=True)
    assert ("Thoughts of suicide", "yes, on 5 Jan") in [(f.name, f.days) for f in shared.recorded]
    assert not shared.private


def answered(when: int, **words: str) -> Any:
    return safety_body(words), day(when)


def test_a_no_stands_with_its_month_and_an_old_one_says_nothing_since() -> None:
    pen = Pen()
    pen.write(check_in({"day": 5.0}), START)
    pen.write(*answered(2, seizure="no", fall="yes", opioid="no"))
    pen.write(*answered(30, seizure="no", fall="no"))
    recent = safety_strip(scope_of(pen, 40))
    assert recent.said_no == (
        ("in the month to 31 Jan", "seizure"),
        ("in the month to 3 Jan; not asked since", "opioid"),
    )
    assert [(f.name, f.days) for f in recent.recorded] == [
        ("Fall", "yes, in the month to 3 Jan 2026")
    ]
    assert recent.not_answered == (
        "confusion, seeing or hearing things, alcohol with it, ran out and pregnancy"
    )
    assert recent.not_asked == ""
    later = safety_strip(scope_of(pen, 120, first=60))
    assert later.said_no[0] == ("in the month to 31 Jan; not asked since", "seizure and fall")


def test_what_planning_asked_is_an_answer_too_but_a_whole_life_is_no_month() -> None:
    pen = Pen()
    pen.write(check_in({"day": 5.0}), START)
    asked = {"supervision.ask.pregnancy": "no", "supervision.ask.seizures": "no"}
    pen.write(Profile(fields=asked), day(1))
    strip = safety_strip(scope_of(pen, 10))
    assert strip.said_no == (("in the month to 2 Jan", "pregnancy"),)
    assert "seizure" in strip.not_asked
    assert planning_fields({"seizure": "no", "pregnancy": "yes"}) == {
        "supervision.ask.pregnancy": "yes"
    }


# ---- the sentence ---------------------------------------------------------------------------


def read(days: int, *shifts: LevelShift) -> WaveReading:
    usual = DayReading(severity=5, state=State.USUAL, p_window=0, p_wave=0, baseline=5)
    return WaveReading(
        scale=(0, 10),
        days=(usual,) * days,
        spells=(),
        level_shifts=shifts,
        answered=days,
        first_day=START,
    )


def test_the_sentence_compares_and_names_no_cause() -> None:
    scope = plain_scope([8.0] * 28 + [6.0] * 28 + [4.0] * 28)
    shift = LevelShift(index=56, before=6, after=4, interval=(50, 60))
    assert direction(scope) == (
        "easier, by 2, than in the 28 days before; easier, by 4, than at the start"
    )
    numbers = (
        "Middle of the last 28 days: 4 (0 no trouble, 10 worst); the 28 days before: 6; first 28 "
        "days, from 1 Jan 2026: 8"
    )
    assert sentence(scope, (), None) == f"{numbers}."
    assert sentence(scope, (), read(84, shift)) == (
        f"{numbers}; read by the program: no harder spell (wave) and no easier spell (window); a "
        "lasting change to easier from 26 Feb (likely 20 Feb to 2 Mar; about 6 before, 4 after)."
    )


def test_the_days_before_are_as_many_as_there_are() -> None:
    assert direction(plain_scope([6.0] * 12 + [4.0] * 28)).endswith("than in the 12 days before")
    few = "too few days to say which way it goes"
    assert direction(plain_scope([6.0] * 6 + [4.0] * 28)) == few
    assert direction(plain_scope([5.0])) == few


def test_where_more_is_better_the_levels_are_told_in_the_answers_own_numbers() -> None:
    scope = plain_scope([2.0] * 28 + [5.0] * 28, Scale(low=1, high=7, better="up"))
    shift = LevelShift(index=28, before=6, after=3, interval=(28, 28))  # read with harder upward
    text = sentence(scope, (), read(56, shift))
    assert direction(scope).startswith("easier, by 3, than")
    assert ": 5 (7 best, 1 worst); the 28 days before: 2" in text
    assert "a lasting change to easier from 29 Jan (about 2 before, 5 after)" in text


def test_too_few_days_are_said_to_be_too_few() -> None:
    assert (
        sentence(plain_scope([5.0]), (), None)
        == "One answer in the one day: 5 (0 no trouble, 10 worst)."
    )
    assert sentence(plain_scope([None] * 3), (), None).startswith("No answers in the last 3 days")
    assert chart_data(plain_scope([None] * 3), None) is None
