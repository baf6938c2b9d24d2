"""Saving: one way in for every door, once per page, corrected in place, never lost."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from landward.app.diary.open_diary import OpenDiary
from landward.app.diary.profile import PlannedDose
from landward.app.write.day import save_day
from landward.app.write.day_page import page_of
from landward.app.write.day_words import DayWords, DoseSaid
from landward.app.write.save import save, take_out, writing_to
from landward.app.write.undo import undo_page
from landward.app.write.writer import OpenWriter, SealedInbox, Writer
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, DoseTaken, Event, Note
from landward.model.diary import bodies_on, fold
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

TODAY = dt.date(2026, 3, 10)
WORDS = "six grey geese"


def at(minute: int, day: dt.date = TODAY) -> Moment:
    when = dt.datetime.combine(day, dt.time(20), dt.UTC) + dt.timedelta(minutes=minute)
    return Moment(at=when, zone="UTC")


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[OpenWriter]:
    vault, _ = Vault.create(tmp_path / "a.vault", WORDS, now=at(0).at, cost=CHEAPEST)
    with vault:
        yield OpenWriter(OpenDiary(vault), SealedInbox(vault.path))


@pytest.fixture(params=["open", "sealed"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Writer]:
    path = tmp_path / "b.vault"
    vault, _ = Vault.create(path, WORDS, now=at(0).at, cost=CHEAPEST)
    if request.param == "sealed":
        vault.lock()
        yield SealedInbox(path)
    else:
        with vault:
            yield OpenWriter(OpenDiary(vault), SealedInbox(path))


def stands(writer: Writer, day: dt.date = TODAY) -> list[str]:
    return [f"{e.kind} {e.body}" for e in writer.index.on(day)]


def dose(mg: str) -> DoseTaken:
    return DoseTaken(drug="diazepam", dose_mg=mg)


def page(writer: Writer, key: str, day: dt.date = TODAY, minute: int = 0, **said: object):
    """Send Today's form as it comes back filled in, with some answers changed."""
    there = page_of(writer.index, day)
    base = {
        "asked": ("day", "anxiety"), "answers": dict(there.words.answers),
        "no_occasion": there.words.no_occasion, "too_much": there.words.too_much,
        "tags": there.words.tags, "note": there.words.note, "event": there.words.event,
        "event_valence": there.words.event_valence, "sleep_hours": there.words.sleep_hours,
    }  # fmt: skip
    words = DayWords.model_validate(base | said)
    shown = frozenset({"day", "anxiety", "window_hours"})
    now = at(minute)
    return lambda moment=now: save_day(
        writer, day, words, (), key, moment, today=TODAY, seen=there.seen, shown=shown
    )


# ---- the same page, again --------------------------------------------------------------------


def test_the_same_page_is_kept_once_and_another_answer_replaces_the_first(either: Writer) -> None:
    first = save(either, TODAY, [("dose", dose("25"))], "page-1", at(0))
    assert save(either, TODAY, [("dose", dose("25"))], "page-1", at(1)) == first
    (second,) = save(either, TODAY, [("dose", dose("2.5"))], "page-1", at(2))
    assert second.replaces == (first[0].id,)
    assert stands(either) == ['dose_taken {"dose_mg":"2.5","drug":"diazepam"}']
    (third,) = save(either, TODAY, [("dose", dose("25"))], "page-1", at(3))  # and back again
    assert third.replaces == (second.id,) and len(stands(either)) == 1


def test_a_page_sent_again_after_a_correction_changes_nothing(writer: OpenWriter) -> None:
    (wrong,) = save(writer, TODAY, [("dose", dose("25"))], "page-1", at(0))
    save(writer, TODAY, [("dose", dose("2.5"))], "page-2", at(1), corrects={"dose": (wrong.id,)})
    assert save(writer, TODAY, [("dose", dose("25"))], "page-1", at(2)) == ()
    assert stands(writer) == ['dose_taken {"dose_mg":"2.5","drug":"diazepam"}']


def test_the_form_of_a_day_sent_again_after_a_correction_changes_nothing(
    writer: OpenWriter,
) -> None:
    page(writer, "p0", answers={"day": 6.0, "anxiety": 3.0})()
    one = page(writer, "p1", answers={"day": 7.0, "anxiety": 3.0})
    one(at(1))
    page(writer, "p2", answers={"day": 5.0, "anxiety": 3.0})(at(2))
    one(at(3))
    assert page_of(writer.index, TODAY).words.answers == {"day": 5, "anxiety": 3}
    assert len(writer.index.on(TODAY)) == 1


def test_a_dose_corrected_twice_ends_as_the_second_says(writer: OpenWriter) -> None:
    (wrong,) = save(writer, TODAY, [("dose", dose("25"))], "page-1", at(0))
    for key, mg in (("tab-1", "2"), ("tab-2", "2.5")):  # both tabs were opened on the 25 mg
        save(writer, TODAY, [("dose", dose(mg))], key, at(1), corrects={"dose": (wrong.id,)})
    assert stands(writer) == ['dose_taken {"dose_mg":"2.5","drug":"diazepam"}']
    assert [json.loads(e.body)["dose_mg"] for e in writer.index.was_on(TODAY)] == ["25", "2"]


def test_two_corrections_from_two_devices_are_both_shown_until_one_names_both(
    writer: OpenWriter,
) -> None:
    (wrong,) = save(writer, TODAY, [("dose", dose("25"))], "page-1", at(0))
    save(writer, TODAY, [("dose", dose("2.5"))], "here", at(1), corrects={"dose": (wrong.id,)})
    there = wrong.but(id="f" * 32, device="phone", body=dose("2").to_json(), replaces=(wrong.id,))
    writer.append([there], at(2))
    assert len(stands(writer)) == 2
    save(writer, TODAY, [("dose", dose("2.5"))], "now", at(3), corrects={"dose": (there.id,)})
    assert stands(writer) == ['dose_taken {"dose_mg":"2.5","drug":"diazepam"}']
    assert fold(writer.diary.vault.entries()).conflicts == ()


# ---- a page that comes back filled in ------------------------------------------------------


def test_a_changed_answer_stands_alone_and_the_old_one_is_history(writer: OpenWriter) -> None:
    page(writer, "p1", answers={"day": 6.0, "anxiety": 3.0}, note="rain", sleep_hours=7.5)()
    page(writer, "p2", answers={"day": 7.0, "anxiety": 3.0})(at(1))
    day = writer.diary.diary.days[TODAY]
    assert day.answers == {"day": 7, "anxiety": 3} and day.differing == frozenset()
    (check_in,) = (body for _, body in bodies_on(writer.index, TODAY, CheckIn))
    assert check_in.note == "rain"
    assert [e.kind for e in writer.index.on(TODAY)].count("sleep") == 1
    (before,) = writer.index.was_on(TODAY)
    assert json.loads(before.body)["answers"] == {"day": 6, "anxiety": 3}


def test_an_answer_is_cleared_and_a_note_and_an_event_deleted(writer: OpenWriter) -> None:
    page(writer, "p1", answers={"day": 6.0, "anxiety": 3.0}, event="a visit", note="rain")()
    page(writer, "p2", answers={"day": 6.0}, event="", note="")(at(1))
    (check_in,) = (body for _, body in bodies_on(writer.index, TODAY, CheckIn))
    assert check_in.answers == {"day": 6} and check_in.note == ""
    assert bodies_on(writer.index, TODAY, Event) == ()
    page(writer, "p3", answers={})(at(2))
    assert writer.index.on(TODAY) == ()
    assert TODAY not in writer.diary.diary.days


def test_a_page_nobody_changed_writes_nothing(writer: OpenWriter) -> None:
    page(writer, "p1", answers={"day": 6.0}, note="rain", event="a visit", sleep_hours=6.0)()
    head = writer.diary.head
    assert page(writer, "p2")(at(1)) == ()
    assert writer.diary.head == head


def test_what_another_page_changed_meanwhile_stays(writer: OpenWriter) -> None:
    page(writer, "p1", answers={"day": 6.0, "anxiety": 3.0})()
    stale = page(writer, "p2", note="a walk")  # filled in before the next page is saved
    page(writer, "p3", answers={"day": 6.0, "anxiety": 1.0})(at(1))
    stale(at(2))
    (check_in,) = (body for _, body in bodies_on(writer.index, TODAY, CheckIn))
    assert check_in.answers == {"day": 6, "anxiety": 1} and check_in.note == "a walk"


def test_questions_no_longer_asked_and_other_scales_stay_as_they_were(writer: OpenWriter) -> None:
    old = CheckIn(
        asked=("day", "removed_question", "mood"),
        answers={"day": 4, "removed_question": 2, "mood": 9},
        scales={"day": "0..10 better down", "removed_question": "0..4 better down",
                "mood": "1..10 better up"},
    )  # fmt: skip
    save(writer, TODAY, [("check_in", old)], "import-1", at(0))
    page(writer, "p1", answers={"day": 5.0})(at(1))
    (check_in,) = (body for _, body in bodies_on(writer.index, TODAY, CheckIn))
    assert check_in.answers == {"day": 5, "removed_question": 2, "mood": 9}
    assert check_in.scales["mood"] == "1..10 better up"


def test_carried_answers_stay_hollow_when_another_is_changed(writer: OpenWriter) -> None:
    carried = CheckIn(
        asked=("day", "anxiety"), answers={"day": 4, "anxiety": 2}, carried=True,
        scales={"day": "0..10 better down", "anxiety": "0..4 better down"},
    )  # fmt: skip
    save(writer, TODAY, [("check_in", carried)], "same-1", at(0))
    page(writer, "p1", answers={"day": 7.0, "anxiety": 2.0})(at(1))
    day = writer.diary.diary.days[TODAY]
    assert day.answers == {"day": 7, "anxiety": 2} and day.differing == frozenset()
    assert day.carried == {"anxiety"}


def test_undo_brings_the_page_back_as_it_was_and_it_can_be_corrected_again(
    writer: OpenWriter,
) -> None:
    page(writer, "p1", answers={"day": 6.0, "anxiety": 3.0})()
    change = page(writer, "p2", answers={"day": 9.0, "anxiety": 3.0})
    saved = change(at(1))
    undone = undo_page(writer, tuple(e.id for e in saved), at(2))
    assert undone is not None and undone.entries == saved
    assert page_of(writer.index, TODAY).words.answers == {"day": 6, "anxiety": 3}
    change(at(3))  # the stale page, sent again, is meant anew
    assert page_of(writer.index, TODAY).words.answers == {"day": 9, "anxiety": 3}
    assert len(writer.index.on(TODAY)) == 1


def test_a_dose_taken_back_takes_its_rivals_along(writer: OpenWriter) -> None:
    (wrong,) = save(writer, TODAY, [("dose", dose("25"))], "page-1", at(0))
    taken = take_out(writer, wrong, at(1))
    assert stands(writer) == [] and taken[0].replaces == (wrong.id,)
    assert take_out(writer, wrong, at(2)) == ()


# ---- days long past ------------------------------------------------------------------------


def test_ratings_after_seven_days_are_marked_and_left_out_and_paper_is_not(
    writer: OpenWriter,
) -> None:
    words = DayWords(answers={"day": 6.0})
    for back, origin in ((7, None), (8, None), (9, "import:paper")):
        day = TODAY - dt.timedelta(days=back)
        save_day(writer, day, words, (), f"page-{back}", at(0), today=TODAY, origin=origin)
    days = writer.diary.diary.days
    late = {(TODAY - day).days: (sorted(said.late), said.delay_days) for day, said in days.items()}
    assert late == {7: ([], 7), 8: (["day"], 8), 9: ([], 0)}


def test_a_correction_long_after_marks_only_what_was_changed(writer: OpenWriter) -> None:
    then = TODAY - dt.timedelta(days=30)
    words = DayWords(answers={"day": 6.0, "anxiety": 3.0})
    save_day(writer, then, words, (), "then", at(0, then), today=then)
    page(writer, "now", day=then, answers={"day": 2.0, "anxiety": 3.0})(at(0))
    day = writer.diary.diary.days[then]
    assert day.answers == {"day": 2, "anxiety": 3} and day.late == {"day"}
    page(writer, "again", day=then, answers={"day": 3.0, "anxiety": 3.0})(at(1))
    assert writer.diary.diary.days[then].late == {"day"}
    assert writer.diary.diary.days[then].answers == {"day": 3, "anxiety": 3}


def test_a_day_in_1999_takes_a_note_and_a_rating(writer: OpenWriter) -> None:
    then = dt.date(1999, 5, 1)
    save(writer, then, [("note", Note(text="the first tablet"))], "n", at(0), today=TODAY)
    page(writer, "p", day=then, answers={"day": 8.0})(at(1))
    assert writer.diary.diary.days[then].late == {"day"}
    assert page_of(writer.index, then).words.note == "the first tablet"
    assert [e.kind for e in writer.index.on(then)] == ["note", "check_in"]


# ---- doses ---------------------------------------------------------------------------------


def test_two_drugs_are_answered_apart(writer: OpenWriter) -> None:
    planned = tuple(
        PlannedDose(drug=drug, since=TODAY, mg_per_day=mg)
        for drug, mg in (("diazepam", 10), ("zopiclone", 7.5))
    )
    words = DayWords(
        doses={"diazepam": DoseSaid(answer="as_planned"), "zopiclone": DoseSaid(answer="not_taken")}
    )
    save_day(writer, TODAY, words, planned, "p1", at(0), today=TODAY)
    said = {b.drug: (b.status, b.dose_mg) for _, b in bodies_on(writer.index, TODAY, DoseTaken)}
    assert said == {"diazepam": ("as_planned", 10), "zopiclone": ("not_taken", None)}


@pytest.mark.parametrize("said", [DoseSaid(answer="different"), DoseSaid(answer="as_planned")])
def test_an_amount_nobody_knows_is_asked_for(writer: OpenWriter, said: DoseSaid) -> None:
    words = DayWords(doses={"lorazepam": said}, answers={"day": 5.0})
    with pytest.raises(BadInput, match="lorazepam"):
        save_day(writer, TODAY, words, (), "p1", at(0), today=TODAY)
    assert writer.index.on(TODAY) == ()


# ---- one command ---------------------------------------------------------------------------


@pytest.mark.parametrize("passphrase", [WORDS, None])
def test_a_command_writes_the_same_open_or_locked(tmp_path: Path, passphrase: str | None) -> None:
    path = tmp_path / "c.vault"
    Vault.create(path, WORDS, now=at(0).at, cost=CHEAPEST)[0].lock()
    with writing_to(path, passphrase, at(1)) as one:
        save(one, TODAY, [("dose", dose("2.5"))], "k", at(1))
    with Vault.open(path, WORDS, now=at(2).at) as vault:
        assert [e.body for e in vault.entries()] == ['{"dose_mg":"2.5","drug":"diazepam"}']


# ---- any order of pages --------------------------------------------------------------------

STEPS = st.lists(
    st.tuples(st.sampled_from(("a", "b", "c")), st.integers(0, 4), st.booleans()),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(
    max_examples=30, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(STEPS)
def test_after_any_pages_one_answer_stands_and_it_is_the_last_new_one(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, bool]]
) -> None:
    inbox = InMemory()
    expected = None
    for number, (key, value, twice) in enumerate(steps):
        send = page(inbox, f"{key}{number}", answers={"day": float(value)})
        for _ in range(1 + twice):
            send(at(number))
        expected = float(value)
    said = page_of(inbox.index, TODAY).words.answers
    assert said == {"day": expected}
    assert len(inbox.index.on(TODAY)) == 1


class InMemory(SealedInbox):
    """A writer without a disk, for many tries."""

    def __init__(self) -> None:
        super().__init__(Path("nowhere.vault"))

    def append(self, entries: object, moment: Moment) -> None:
        assert isinstance(entries, list | tuple)
        for entry in entries:
            assert isinstance(entry, Entry)
            self.index.add(entry)
