"""Adding one entry to a folded diary is the same as folding the whole journal again."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landward.model.bodies import Body, CheckIn, DoseTaken, Feelings, Note, Retraction
from landward.model.diary import Diary, fold
from landward.model.entries import Entry
from landward.model.journal import RETRACTION
from making import START, entry

SYMPTOM, FEELING = "0..4 better down", "0..4 better up"
ITEMS = ("day", "insomnia", "tinnitus")


def same(grown: Diary, folded: Diary) -> None:
    assert grown == folded
    assert list(grown.days) == list(folded.days) == sorted(folded.days), "in date order"


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    said = draw(st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 4), max_size=3))
    asked = tuple(dict.fromkeys((*said, *draw(st.sets(st.sampled_from(ITEMS))))))
    left = tuple(item for item in asked if item not in said)
    answers = {item: float(value) for item, value in said.items()}
    return draw(
        st.sampled_from(
            (
                CheckIn(
                    asked=asked,
                    answers=answers,
                    scales=dict.fromkeys(said, SYMPTOM),
                    declined=left[:1],
                    too_much=left[1:],
                    mode=draw(st.sampled_from(("answered", "unwell", "resting"))),
                    carried=draw(st.booleans()),
                ),
                Feelings(asked=asked, answers=answers, scales=dict.fromkeys(said, FEELING)),
                DoseTaken(drug="diazepam", dose_mg="2.5"),
                Note(text="x"),
                Retraction(),
            )
        )
    )


@st.composite
def journals(draw: st.DrawFn) -> list[Entry]:
    """Entries in the order they arrive; each may replace any other, sooner or later, or nobody."""
    size = draw(st.integers(1, 12))
    keys = [str(number) for number in range(size)]
    ids = {key: entry(Note(text="x"), key=key).id for key in (*keys, "from elsewhere")}
    made = []
    for key in draw(st.permutations(keys)):
        one = entry(
            draw(bodies()),
            START + dt.timedelta(days=draw(st.integers(0, 3))),
            key=key,
            minute=draw(st.integers(-2, 2)),
            device=draw(st.sampled_from(("laptop", "phone"))),
            seq=draw(st.integers(0, 1)),
            replaces=tuple(draw(st.lists(st.sampled_from(sorted(ids.values())), max_size=3))),
            origin=draw(st.sampled_from(("app", "filled in later", "undo"))),
        )
        strange = draw(st.sampled_from(({}, {}, {}, {"kind": "dream"}, {"version": 9})))
        made.append(one.but(**strange))
    return made


@settings(suppress_health_check=[HealthCheck.too_slow])  # a timing never fails a test
@given(journals())
def test_one_entry_at_a_time_is_the_whole_fold(journal: list[Entry]) -> None:
    diary = fold([])
    for number, one in enumerate(journal, start=1):
        diary = diary.with_entry(one)
        same(diary, fold(journal[:number]))


def test_a_day_filled_in_later_takes_its_place() -> None:
    late, early = START + dt.timedelta(days=5), START
    check_in = CheckIn(asked=("day",), answers={"day": 3}, scales={"day": SYMPTOM})
    first = entry(check_in, late, key="1")
    diary = fold([first]).with_entry(entry(check_in, early, key="2", origin="filled in later"))
    assert list(diary.days) == [early, late]
    assert [one.date for one, _ in diary.lines] == [early, late]


def test_taking_back_the_only_check_in_of_a_day_takes_the_day_away() -> None:
    check_in = entry(CheckIn(mode="unwell"), key="1")
    diary = fold([check_in]).with_entry(entry(Retraction(), key="2", replaces=(check_in.id,)))
    same(diary, fold([check_in, entry(Retraction(), key="2", replaces=(check_in.id,))]))
    assert diary.days == {} and diary.lines == ()


def test_a_malformed_body_is_refused_and_the_diary_stays_as_it_was() -> None:
    diary = fold([entry(Note(text="x"), key="1")])
    broken = entry(Note(text="x"), key="2").but(body='{"text":5}')
    with pytest.raises(ValueError, match="text"):
        diary.with_entry(broken)
    assert diary == fold([entry(Note(text="x"), key="1")])


def test_the_journal_and_the_bodies_call_a_retraction_the_same() -> None:
    assert Retraction.kind == RETRACTION


def test_an_entry_that_names_another_twice_is_no_rival_of_itself() -> None:
    first = entry(Note(text="x"), key="1")
    twice = entry(Note(text="y"), key="2", replaces=(first.id, first.id))
    assert fold([first, twice]).conflicts == ()
