"""Answers by item: carried on from diary to diary, they are what walking all days gives."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from landward.app.read.answers_by_item import WalkedDays, walk
from landward.model.day_answers import DayAnswers

NONE: frozenset[str] = frozenset()
ITEMS = ("day", "anxiety", "sleep")
FIRST = dt.date(2026, 3, 1)
DAYS = st.dictionaries(
    st.integers(0, 12),
    st.dictionaries(st.sampled_from(ITEMS), st.tuples(st.integers(0, 3), st.booleans())),
    max_size=10,
)


def a_day(number: int, said: dict[str, tuple[int, bool]]) -> DayAnswers:
    return DayAnswers(
        FIRST + dt.timedelta(days=number),
        "answered",
        frozenset(said),
        {item: float(value) for item, (value, _) in said.items()},
        dict.fromkeys(said, "nrs_0_10"),
        NONE,
        NONE,
        NONE,
        frozenset(item for item, (_, carried) in said.items() if carried),
        NONE,
        False,
        (),
    )


@given(st.lists(DAYS, min_size=1, max_size=6))
def test_carried_on_is_walked_anew(diaries: list[dict[int, dict[str, tuple[int, bool]]]]) -> None:
    carried, made = WalkedDays(), dict[str, DayAnswers]()
    for said in diaries:
        # The same day said the same way is the very same value, as a diary carried on has it.
        days = {}
        for number in sorted(said):
            one = made.setdefault(repr((number, said[number])), a_day(number, said[number]))
            days[one.day] = one
        found = carried.of(days)
        assert found == walk(days)
        assert list(found) == list(walk(days))


def test_what_did_not_change_is_the_same_list() -> None:
    before = {
        one.day: one for one in (a_day(n, dict.fromkeys(ITEMS, (1, False))) for n in range(9))
    }
    carried = WalkedDays()
    old = carried.of(before)
    kept = [list(old[item]) for item in ITEMS]
    changed = a_day(5, {"day": (3, False), "anxiety": (1, False), "sleep": (1, False)})
    new = carried.of(before | {changed.day: changed})
    assert new["anxiety"] is old["anxiety"]
    assert new["sleep"] is old["sleep"]
    assert new["day"][5] == (changed.day.toordinal(), 3.0, "nrs_0_10", False)
    assert [old[item] for item in ITEMS] == kept, "whoever reads the older diary sees it unchanged"
