"""What helped and courses in a sentence: both directions, both ways round, never a because."""

import datetime as dt
import re

import numpy as np
import pytest

from landward.engines.patterns import dose_lag, symptom_courses, what_helped
from landward.model.symptom_course import BeforeAfter, HelpedReading, SymptomCourse
from landward.report.course_words import course_sentence, helped_sentence
from landward.report.pattern_words import lag_sentence, range_words

FIRST = dt.date(2026, 1, 1)
CLAIMS = re.compile(r"\b(because of|caused|thanks to|works|helps|nan|None)\b", re.IGNORECASE)


def tag(name, difference=None, *, stands_out=False):
    if difference is None:
        return BeforeAfter(tag=name, times=4)
    return BeforeAfter(
        tag=name,
        times=34,
        before=6,
        after=5,
        difference=difference,
        interval=(difference - 0.5, difference + 0.5),
        p_value=0.001 if stands_out else 0.5,
        stands_out=stands_out,
        standing="compared",
    )


def helped(*tags, item="day", better_up=False):
    reading = HelpedReading(tags=tags, false_discoveries=0.1, answered=100)
    return helped_sentence(reading, days=120, first_day=FIRST, item=item, better_up=better_up)


COVERED = "(100 of 120 days answered, 1 Jan 2026 to 30 Apr 2026)"


@pytest.mark.parametrize(
    ("difference", "better_up", "word"),
    [
        (-0.8, False, "easier"),
        (0.8, False, "harder"),
        (-0.8, True, "higher"),
        (0.8, True, "lower"),
    ],
)
def test_helped_both_directions_and_both_ways_round(difference, better_up, word):
    item = "cheerful" if better_up else "insomnia"
    text = helped(tag("walk", difference, stands_out=True), item=item, better_up=better_up)
    assert text == (
        f"Next to days like it without the tag, {item} was 0.8 points {word} on the day after "
        f"“walk” (0.3 to 1.3, 34 times) {COVERED}. After is not because."
    )


def test_helped_says_when_it_cannot_say():
    assert helped() == f"No tags or events yet, so there is nothing to compare {COVERED}."
    assert helped(tag("tea")).startswith("Not enough days yet with the same tag: it takes ten")
    assert helped(tag("tea", 0.1)).startswith("“tea” does not stand out: the day after was much")
    assert helped(tag("a", 0.1), tag("b", 0.2)).startswith("None of 2 tags stands out")


def course(symptom, trend):
    return SymptomCourse(
        symptom=symptom, scale=(0, 4), days=120, answered=100, severe_days=0, trend=trend
    )


def courses(*found, better_up=()):
    return course_sentence(
        found, answered=100, days=120, first_day=FIRST, better_up=frozenset(better_up)
    )


def test_courses_go_the_right_way_round():
    text = courses(
        course("insomnia", "easier"),
        course("anxiety", "harder"),
        course("cheerful", "harder"),
        course("energy", "easier"),
        course("pain", "no clear trend"),
        course("tinnitus", "too few days"),
        better_up=("cheerful", "energy"),
    )
    assert text == (
        "Insomnia got easier, energy went up, anxiety got harder and cheerful went down over time "
        f"{COVERED}. 1 other shows no clear trend."
    )


def test_courses_without_a_trend_or_days():
    assert courses(course("x", "too few days")).startswith("Not enough days yet to say which way")
    assert (
        courses(course("x", "no clear trend")) == f"It shows no clear trend, up or down {COVERED}."
    )
    both = courses(course("x", "no clear trend"), course("y", "no clear trend"))
    assert both == f"All 2 items show no clear trend, up or down {COVERED}."
    many = courses(*(course(f"s{k}", "harder") for k in range(6)))
    assert many == f"6 items got harder over time {COVERED}."


def test_lag_of_what_is_better_upward_is_lower_and_not_harder():
    dose = np.full(400, 20.0)
    days, y = np.arange(400), 4 + np.random.default_rng(2).normal(0, 0.8, 400)
    for cut in range(30, 330, 20):
        dose[cut:] *= 0.9
        since = np.maximum(days - cut, 0) / 4
        y += 1.6 * since * np.exp(1 - since)
    reading = dose_lag({"cheerful": np.clip(np.round(y), 0, 10)}, dose)
    text = lag_sentence(reading, FIRST, better_up={"cheerful"})
    assert re.match(
        r"In the days after a usual dose cut, cheerful was about [\d.]+ points lower", text
    )
    assert "harder" not in text
    assert "harder" in lag_sentence(reading, FIRST)


@pytest.mark.parametrize(
    ("span", "better_up", "text"),
    [
        ((0.2, 0.9), False, "0.2 to 0.9 harder"),
        ((-0.9, -0.2), False, "0.2 to 0.9 easier"),
        ((-0.3, 1.2), False, "0.3 easier to 1.2 harder"),
        ((0.2, 0.9), True, "0.2 to 0.9 lower"),
        ((-0.3, 1.2), True, "0.3 higher to 1.2 lower"),
        ((-0.01, 1.2), False, "0 to 1.2 harder"),
    ],
)
def test_ranges_name_their_directions(span, better_up, text):
    assert range_words(span, better_up=better_up) == text


@pytest.mark.parametrize("days", [0, 1, 13, 60, 200])
@pytest.mark.parametrize("fill", ["empty", "constant", "noise"])
def test_no_sentence_claims_or_holds_what_is_not_there(days, fill):
    y = {
        "empty": np.full(days, np.nan),
        "constant": np.full(days, 3.0),
        "noise": np.random.default_rng(days).integers(0, 5, days).astype(float),
    }[fill]
    found = symptom_courses({"x": y}, scales={"x": (0, 4)})
    reading = what_helped(y, {"walk": list(range(0, days, 3))}, scale=(0, 4))
    texts = (
        course_sentence(found, answered=int(np.isfinite(y).sum()), days=days, first_day=FIRST),
        helped_sentence(reading, days=days, first_day=FIRST),
    )
    for text in texts:
        assert text.endswith(".")
        assert not CLAIMS.search(text), text
