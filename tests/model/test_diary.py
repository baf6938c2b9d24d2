"""The fold: corrections, retractions, two check-ins on a day, competing corrections."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from landward.model.bodies import CheckIn, DoseTaken, Note, Retraction
from landward.model.diary import fold
from landward.model.entries import Entry
from landward.model.journal import standing, union
from making import START, entry

DOWN = "0..10 better down"


def day(value: float, *, item: str = "day", carried: bool = False) -> CheckIn:
    return CheckIn(asked=(item,), answers={item: value}, scales={item: DOWN}, carried=carried)


def test_a_correction_stands_in_the_place_of_what_it_names() -> None:
    first = entry(day(3), key="1")
    second = entry(day(5), key="2", minute=-30, replaces=(first.id,))
    diary = fold([first, second])
    assert diary.days[START].answers == {"day": 5}, "only `replaces` decides, never a clock"


def test_a_retraction_takes_back_and_is_not_shown() -> None:
    first = entry(day(3), key="1")
    diary = fold([first, entry(Retraction(), key="2", replaces=(first.id,))])
    assert diary.lines == () and diary.days == {}


def test_two_corrections_of_one_entry_are_both_shown_until_one_names_both() -> None:
    first = entry(day(3), key="1")
    left = entry(day(4), key="2", replaces=(first.id,))
    right = entry(day(6), key="3", minute=1, replaces=(first.id,))
    diary = fold([first, left, right])
    assert diary.conflicts == (tuple(sorted((left.id, right.id))),)
    assert diary.days[START].differing == {"day"}
    settled = entry(day(5), key="4", minute=2, replaces=(left.id, right.id))
    assert fold([first, left, right, settled]).conflicts == ()


def test_two_check_ins_of_a_day_merge_item_by_item_and_are_never_averaged() -> None:
    morning, evening = entry(day(2), key="1"), entry(day(8), key="2", minute=600)
    other = entry(day(4, item="insomnia"), key="3", minute=-60)
    merged = fold([evening, morning, other]).days[START]
    assert merged.answers == {"day": 8, "insomnia": 4}
    assert merged.differing == {"day"}
    assert len(merged.entry_ids) == 3


def test_an_item_asked_and_left_open_is_not_an_answer() -> None:
    asked = CheckIn(asked=("day", "insomnia"), declined=("insomnia",))
    merged = fold([entry(asked)]).days[START]
    assert merged.asked == {"day", "insomnia"}
    assert merged.declined == {"insomnia"} and merged.answers == {}


def test_unknown_kinds_are_counted_not_shown() -> None:
    strange = entry(Note(text="x")).but(kind="dream")
    diary = fold([strange])
    assert (diary.unknown, diary.lines) == (1, ())


@given(st.data())
def test_the_fold_does_not_depend_on_the_order_entries_arrive_in(data: st.DataObject) -> None:
    entries: list[Entry] = []
    for number in range(data.draw(st.integers(1, 8))):
        replaces = tuple(
            data.draw(st.sets(st.sampled_from([e.id for e in entries]), max_size=2))
            if entries
            else ()
        )
        when = START + dt.timedelta(days=data.draw(st.integers(0, 2)))
        body = data.draw(st.sampled_from([day(1), day(9), DoseTaken(drug="x", dose_mg=1)]))
        entries.append(entry(body, when, key=str(number), replaces=replaces))
    shuffled = data.draw(st.permutations(entries))
    assert fold(shuffled) == fold(entries)


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_joining_copies_is_a_set_union(a: list[int], b: list[int], c: list[int]) -> None:
    pool = [entry(day(n), key=str(n)) for n in range(6)]
    x, y, z = ([pool[i] for i in copy] for copy in (a, b, c))
    assert union(x, y) == union(y, x)
    assert union(union(x, y), z) == union(x, union(y, z))
    assert union(x, x) == union(x)


def test_what_replaced_something_from_another_copy_stands_alone() -> None:
    later = entry(day(5), key="2", replaces=("f" * 32,))
    assert standing([later]).entries == (later,)
