"""What lasts: whatever the days before, one day never moves it."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from landward.model.medicines.levels import GLIDE_STEP, way_until

START = dt.date(2026, 1, 1)
amounts = st.sampled_from(["1", "1", "1", "0.98", "0.96", "0.95", "0.9", "0.5", "0"]).map(Decimal)


def known(*said: str | Decimal) -> dict[dt.date, Decimal]:
    return {START + dt.timedelta(days=n): Decimal(mg) for n, mg in enumerate(said)}


def settled(*said: str | Decimal) -> Decimal | None:
    return way_until(known(*said), START + dt.timedelta(days=len(said) - 1)).settled_mg


@given(st.lists(amounts, min_size=3, max_size=25), amounts)
def test_one_other_day_never_moves_the_settled_dose(before: list[Decimal], day: Decimal) -> None:
    assume(abs(day - before[-1]) > GLIDE_STEP * before[-1])
    assert settled(*before, day) in (settled(*before), None)


@given(st.lists(amounts, max_size=25))
def test_what_is_settled_was_taken_and_changes_lead_to_it(said: list[Decimal]) -> None:
    way = way_until(known(*said), START + dt.timedelta(days=len(said)))
    assert way.settled_mg is None or way.settled_mg in said
    for change in way.changes:
        assert change.from_mg != change.to_mg and known(*said)[change.day] != change.from_mg
    if way.changes and way.settled_mg is not None:
        assert way.changes[-1].to_mg == way.settled_mg


@pytest.mark.parametrize(
    ("said", "right"),
    [
        (("1",) * 5 + ("0.98", "0.96", "0.97"), "0.96"),  # not back to 1: docs/decisions/0011
        (("1",) * 5 + ("0.98", "0.96", "0"), "0.96"),  # one day forgotten on the way
        (("1",) * 5 + ("0.98", "0.96", "0", "0.94", "0.92", "0.9"), "0.9"),  # and on from there
        (("1",) * 5 + ("0.98", "0.96") + ("0.7",) * 3, "0.7"),
        (("1", "0.99", "0.98"), "0.98"),  # from the first known day
    ],
)
def test_a_glide_that_breaks_off_stays_where_it_came_to(said: tuple[str, ...], right: str) -> None:
    assert settled(*said) == Decimal(right)


def test_a_glide_from_the_first_day_is_no_change_and_halves_round_away_from_zero() -> None:
    assert way_until(known("1", "0.99", "0.98"), START + dt.timedelta(days=2)).changes == ()
    (up,) = way_until(known(*["8"] * 3, *["8.004"] * 3), START + dt.timedelta(days=5)).changes
    (down,) = way_until(known(*["8"] * 3, *["7.996"] * 3), START + dt.timedelta(days=5)).changes
    assert (str(up.percent), str(down.percent)) == ("0.1", "-0.1")
