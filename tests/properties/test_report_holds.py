"""Whatever a diary holds, the page is one page, counts every day once and invents nothing."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.report.looking import pages
from tests.report.people import Pen

from landward.app.read.main_series import no_answers
from landward.app.share.report import report_context
from landward.model.base import BadInput
from landward.model.bodies import (
    Body,
    CheckIn,
    DoseTaken,
    Feelings,
    Incident,
    Prescription,
    Profile,
    Sleep,
)
from landward.model.diary import Diary, fold
from landward.model.series import DaySeries, day_series
from landward.report.blocks.days_bar import DAYS
from landward.report.blocks.overview import CHART
from landward.report.blocks.takes import DOSES
from landward.report.page import build_report
from landward.report.report_pdf import report_pdf

START = dt.date(2026, 1, 1)
UNSAID = re.compile(r"\b(nan|inf|none)\b")
# A person may write these words, and the generator reads them off the tests; the page may not.
words = st.text(max_size=40).filter(
    lambda text: not UNSAID.search(text.lower()) and "suicid" not in text.lower()
)
drugs = st.sampled_from(["diazepam", "zopiclone", "#panic()", "喜 😀"])
amounts = st.decimals(0, 1000, places=3, allow_nan=False, allow_infinity=False)


def check_ins() -> st.SearchStrategy[Body]:
    def made(day: int | None, mood: float, mode: Any, carried: bool) -> CheckIn:
        if day is None:
            return CheckIn(mode=mode)
        scales = {"day": "0..10 better down", "mood": "-3..3 better up"}
        answers = {"day": day, "mood": mood}
        return CheckIn(asked=tuple(answers), answers=answers, scales=scales, carried=carried)

    modes = st.sampled_from(["answered", "unwell", "resting"])
    days = st.none() | st.integers(0, 10)
    return st.builds(made, days, st.floats(-3, 3), modes, st.booleans())


bodies = st.one_of(
    check_ins(),
    check_ins(),
    st.builds(DoseTaken, drug=drugs, dose_mg=amounts),
    st.builds(lambda drug: DoseTaken(drug=drug, status="as_planned"), drugs),
    st.builds(Sleep, hours=st.floats(0, 24)),
    st.builds(Incident, what=st.sampled_from(["fall", "seizure", "suicidal_thoughts", "other"])),
    st.builds(
        Prescription,
        drug=drugs,
        dose_mg_per_day=amounts,
        supply_mg=st.none() | amounts,
        form=words,
    ),
    st.builds(lambda text: Profile(fields={"request": text, "name": text}), words),
    st.just(Feelings(asked=("joy",), no_occasion=("joy",))),
)


@st.composite
def diaries(draw: st.DrawFn, most: int) -> Diary:
    pen = Pen()
    for day, body in draw(st.lists(st.tuples(st.integers(0, 120), bodies), max_size=most)):
        pen.write(body, START + dt.timedelta(days=day))
    return fold(pen.entries)


def main(diary: Diary) -> DaySeries:
    """The daily series, or an empty one: the pattern engine has its own properties."""
    try:
        return day_series(diary, "day")
    except BadInput:
        return no_answers(diary, START)


slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


@settings(max_examples=150, deadline=None, suppress_health_check=slow)
@given(diaries(most=60), st.integers(-5, 130) | st.none(), st.integers(0, 60) | st.none())
def test_every_day_is_counted_once_and_nothing_is_invented(
    diary: Diary, until: int | None, span: int | None
) -> None:
    last = None if until is None else START + dt.timedelta(days=until)
    first = None if span is None or last is None else last - dt.timedelta(days=span)
    try:
        page = build_report(diary, None, main=main(diary), first_day=first, last_day=last)
    except BadInput as refusal:
        assert "\n" not in str(refusal)
        return
    done = page.completeness
    assert done.days == (page.last_day - page.first_day).days + 1
    assert 0 <= done.recent_answered <= done.recent_days <= 28
    assert 0 <= done.answered <= done.days
    for bar in DAYS.of(page):
        assert sum(part.days for part in bar.parts) == bar.days
    if (chart := CHART.of(page)) is not None:
        answered = [value for value in chart.answers if value is not None]
        assert len(answered) == done.answered
        assert all(chart.scale.holds(value) for value in answered)
    text = page.model_dump_json()
    assert "suicid" not in text
    said = re.sub("none recorded|as needed: none (in|on)|none now", "", text.lower())
    assert not UNSAID.search(said)
    given_days = {entry.date for entry, _ in diary.lines}
    assert page.last_day in given_days or last is not None


@settings(max_examples=4, deadline=None, suppress_health_check=slow)
@given(diaries(most=40))
def test_any_diary_is_one_page(diary: Diary) -> None:
    try:
        page = report_context(diary)
    except BadInput:
        return
    assert pages(report_pdf(page, today=dt.date(2026, 6, 1), paper="letter")) == 1


def test_the_strategy_writes_diaries_that_make_pages() -> None:
    pen = Pen()
    pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal("0.001")), START)
    assert DOSES.of(report_context(fold(pen.entries)))[0].last_days.endswith(", 0.001")
    for number in (1, 2):
        day = START + dt.timedelta(days=number)
        pen.write(DoseTaken(drug="diazepam", dose_mg=Decimal("0.001")), day)
    assert DOSES.of(report_context(fold(pen.entries)))[0].taken_now == "0.001 mg"
