"""The answers a page draws are the same whether windows and waves were read from them or not."""

import datetime as dt

import numpy as np
import pytest
from tests.making import START, entry

from landward.app.read.main_series import main_series, unread_series
from landward.app.read.waves import read_waves
from landward.app.share.report import changes_told, report_context
from landward.model.bodies import CheckIn, DoseTaken
from landward.model.diary import fold
from landward.report.blocks.before_after import CHANGES

DAY, SYMPTOM = "0..10 better down", "0..4 better down"


def diary(*items: tuple[str, str]):
    lines = []
    for number in range(60):
        on = START + dt.timedelta(days=number)
        answers = {item: (number * 7 + place) % 4 for place, (item, _) in enumerate(items)}
        body = CheckIn(asked=tuple(answers), answers=answers, scales=dict(items))
        if number % 11:
            lines.append(entry(body, on, key=f"day{number}", seq=number))
        dose = DoseTaken(drug="diazepam", dose_mg="10" if number < 30 else "9", day_total=True)
        lines.append(entry(dose, on, key=f"dose{number}", seq=100 + number))
    return fold(lines)


@pytest.mark.parametrize(
    "items", [(("day", DAY),), (("anxiety", SYMPTOM), ("insomnia", SYMPTOM))], ids=["day", "mean"]
)
def test_read_or_not_it_is_the_same_series(items) -> None:
    whole = diary(*items)
    read = main_series(whole, read_waves(whole))
    unread = unread_series(whole, START + dt.timedelta(days=59))
    assert (read.item, read.first_day, read.scale) == (unread.item, unread.first_day, unread.scale)
    np.testing.assert_array_equal(read.values, unread.values)
    np.testing.assert_array_equal(read.missing, unread.missing)
    np.testing.assert_array_equal(read.carried, unread.carried)


def test_the_changes_alone_are_those_of_the_whole_page() -> None:
    whole = diary(("day", DAY))
    page = report_context(whole, first_day=START)
    assert changes_told(whole) == CHANGES.of(page) != ()
