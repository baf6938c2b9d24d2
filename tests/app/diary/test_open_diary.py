"""An open diary keeps what it computed while that is true; what was begun ahead is used or lost."""

import datetime as dt
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from landward.app.diary.incremental_diary import AT_ONCE, IncrementalDiary
from landward.app.diary.once import Once
from landward.app.diary.open_diary import ANSWERS, OpenDiary
from landward.app.library.known_words import KNOWN
from landward.app.read.held_waves import read_ahead
from landward.app.read.journey import read_journey
from landward.app.read.waves import read_waves
from landward.app.write.entry import new_entry
from landward.model.base import BadInput
from landward.model.bodies import Body, CheckIn, Note, Profile, Retraction
from landward.model.diary import fold
from landward.model.entries import Entry
from landward.model.errors import Locked
from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.cost import CHEAPEST

NOW = Moment(at=dt.datetime(2026, 3, 1, 20, tzinfo=dt.UTC), zone="UTC")
START = dt.date(2025, 12, 1)


def check_in(hard: float) -> CheckIn:
    return CheckIn(asked=("day",), answers={"day": hard}, scales={"day": "0..10 better down"})


@pytest.fixture
def open_diary(tmp_path: Path) -> OpenDiary:
    vault, _ = Vault.create(tmp_path / "a.vault", "six grey geese", now=NOW.at, cost=CHEAPEST)
    return OpenDiary(vault)


@pytest.fixture
def elsewhere() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(max_workers=1) as pool:
        yield pool


def write(diary: OpenDiary, body: Body, day: int = 0, replaces: tuple[str, ...] = ()) -> Entry:
    date = START + dt.timedelta(days=day)
    entry = new_entry(diary.vault, body, date, NOW, replaces=replaces)
    diary.append([entry])
    return entry


def write_days(diary: OpenDiary, days: int) -> None:
    entries = [
        new_entry(diary.vault, check_in(day * 7 % 11), START + dt.timedelta(days=day), NOW)
        for day in range(days)
    ]
    diary.append(entries)


def test_a_growing_diary_is_the_fold_of_its_journal(open_diary: OpenDiary) -> None:
    assert open_diary.diary == fold((), KNOWN)
    first = write(open_diary, check_in(4))
    assert open_diary.diary == fold(open_diary.vault.entries(), KNOWN)
    write(open_diary, check_in(6), replaces=(first.id,))
    write(open_diary, Note(text="rain"), 3)
    assert open_diary.diary == fold(open_diary.vault.entries(), KNOWN)
    write_days(open_diary, AT_ONCE + 5)  # so many are folded together
    assert open_diary.diary == fold(open_diary.vault.entries(), KNOWN)


def test_a_first_fold_begun_elsewhere_takes_in_what_was_written_meanwhile(
    open_diary: OpenDiary, elsewhere: ThreadPoolExecutor
) -> None:
    write_days(open_diary, 20)
    entries = open_diary.vault.entries()
    folded = IncrementalDiary(entries[:15])
    soon = folded.begin(elsewhere)
    for entry in entries[15:]:
        folded.add(entry)
    assert elsewhere.submit(soon).result() == fold(entries[:15], KNOWN)
    assert folded.diary() == fold(entries, KNOWN)


def test_what_a_new_entry_cannot_have_changed_is_not_computed_again(open_diary: OpenDiary) -> None:
    made: list[str] = []

    def answers() -> int:
        return open_diary.keep("answers", lambda: len(made.append("answers") or made), ANSWERS)

    def anything() -> int:
        return open_diary.keep("anything", lambda: len(made.append("anything") or made))

    said = write(open_diary, check_in(4))
    answers(), anything()
    assert made == ["answers", "anything"]
    answers(), anything()
    assert made == ["answers", "anything"]
    write(open_diary, Note(text="rain"))
    answers(), anything()
    assert made == ["answers", "anything", "anything"]
    write(open_diary, Retraction(), replaces=(said.id,))  # a check-in is gone
    answers(), anything()
    assert made[3:] == ["answers", "anything"]


def test_journey_uses_what_was_read_ahead_and_says_the_same(
    open_diary: OpenDiary, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_days(open_diary, 60)
    write(open_diary, Profile(fields={"spells": "on"}))
    last = START + dt.timedelta(days=59)
    at_once = read_journey(open_diary, "all", last, spells=True)
    write(open_diary, check_in(5), 60)
    in_threads: list[str] = []

    def reading(diary: object, *_: object, **__: object) -> object:
        in_threads.append(threading.current_thread().name)
        return read_waves(diary)  # a diary

    monkeypatch.setattr("landward.app.read.held_waves.read_waves", reading)
    elsewhere.submit(read_ahead, open_diary.still(elsewhere)).result(20)
    later = read_journey(open_diary, "all", last, spells=True)
    assert len(in_threads) == 1 and "ThreadPool" in in_threads[0]
    fresh = read_journey(OpenDiary(open_diary.vault), "all", last, spells=True)
    assert later == fresh != at_once


def test_nothing_is_read_ahead_for_someone_who_did_not_ask(
    open_diary: OpenDiary, elsewhere: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_days(open_diary, 30)
    monkeypatch.setattr(
        "landward.app.read.held_waves.read_waves", lambda *_: pytest.fail("spells are off")
    )
    read_ahead(open_diary.still(elsewhere))


def test_what_is_read_elsewhere_is_one_state_whatever_is_written_meanwhile(
    open_diary: OpenDiary, elsewhere: ThreadPoolExecutor
) -> None:
    write_days(open_diary, 5)
    still = open_diary.still(elsewhere)
    assert open_diary.still(elsewhere) is still
    before = fold(open_diary.vault.entries(), KNOWN)
    write(open_diary, check_in(9), 5)
    assert elsewhere.submit(lambda: still.diary).result() == before != open_diary.diary
    now = open_diary.still(elsewhere)
    days = {
        one: one.keep("days", lambda one=one: len(one.diary.days), ANSWERS) for one in (still, now)
    }
    assert (days[still], days[now]) == (5, 6)
    assert open_diary.keep("days", lambda: pytest.fail("it is there"), ANSWERS) == 6


def test_what_two_threads_ask_for_is_made_once(open_diary: OpenDiary) -> None:
    write_days(open_diary, 5)
    begun, go_on, made = threading.Event(), threading.Event(), []

    def slow() -> int:
        begun.set()
        go_on.wait(10)
        return len(made.append("slow") or made)

    with ThreadPoolExecutor(2) as two:
        still = open_diary.still(two)
        asked = [two.submit(still.keep, "slow", slow, ANSWERS)]
        assert begun.wait(10)
        asked.append(two.submit(still.keep, "slow", slow, ANSWERS))
        go_on.set()
        assert [one.result(10) for one in asked] == [1, 1]


def test_closing_waits_until_the_other_thread_let_go(
    open_diary: OpenDiary, elsewhere: ThreadPoolExecutor
) -> None:
    write_days(open_diary, 5)
    begun, go_on, done = threading.Event(), threading.Event(), threading.Event()

    def slow() -> None:
        begun.set()
        go_on.wait(10)
        done.set()

    still = open_diary.still(elsewhere)
    elsewhere.submit(still.keep, "slow", slow, ANSWERS)
    assert begun.wait(10)
    open_diary.vault.lock()
    threading.Timer(0.2, go_on.set).start()
    open_diary.close()
    assert done.is_set()


def test_nothing_new_is_read_once_it_is_closed(
    open_diary: OpenDiary, elsewhere: ThreadPoolExecutor
) -> None:
    write_days(open_diary, 5)
    still = open_diary.still(elsewhere)
    open_diary.close()
    with pytest.raises(Locked):
        still.keep("later", lambda: pytest.fail("it was locked"), ANSWERS)


def test_a_refusal_reaches_everyone_who_asks_and_is_not_kept(open_diary: OpenDiary) -> None:
    def refuse() -> str:
        raise BadInput("nothing to read")

    for _ in range(2):
        with pytest.raises(BadInput, match="nothing to read"):
            open_diary.keep("refused", refuse)
    assert open_diary.keep("refused", lambda: "read") == "read"


def test_what_waits_behind_another_reading_is_made_here_once(
    elsewhere: ThreadPoolExecutor,
) -> None:
    go_on, made = threading.Event(), []
    elsewhere.submit(go_on.wait, 30)
    ahead = Once(lambda: len(made.append("here") or made), elsewhere)
    assert ahead.result() == 1
    go_on.set()
    assert elsewhere.submit(ahead.result).result(10) == 1


def test_the_person_is_read_again_only_when_something_about_them_is_written(
    open_diary: OpenDiary,
) -> None:
    profile = write(open_diary, Profile(fields={"app_name": "Mine"}))
    before = open_diary.me
    write(open_diary, check_in(3))
    write(open_diary, Note(text="rain"))
    assert open_diary.me is before
    write(open_diary, Profile(fields={"app_name": "Yours"}))
    assert open_diary.me.settings.app_name == "Yours"
    write(
        open_diary,
        Retraction(reason="undo"),
        replaces=(open_diary.index.of_kinds({"profile"})[-1].id,),
    )
    assert open_diary.me.settings.app_name == "Mine"
    assert open_diary.index.stands(profile.id)


def test_a_word_for_an_item_in_a_check_in_is_known_at_once(open_diary: OpenDiary) -> None:
    assert open_diary.me.label("own:x1") == "X1"
    said = CheckIn(
        asked=("own:x1",),
        answers={},
        scales={},
        declined=("own:x1",),
        words={"own:x1": "Ohrensausen"},
    )
    write(open_diary, said)
    assert open_diary.me.label("own:x1") == "Ohrensausen"


def test_bodies_of_a_day_are_what_reading_them_anew_says(open_diary: OpenDiary) -> None:
    write_days(open_diary, 5)
    day = START + dt.timedelta(days=2)
    first = open_diary.bodies_on(day, CheckIn)
    assert open_diary.bodies_on(day, CheckIn)[0][1] is first[0][1]
    write(open_diary, Profile(fields={"names": '{"own:x": "Zucken"}'}))
    again = open_diary.bodies_on(day, CheckIn)
    assert [(e, open_diary.names.read(e)) for e in open_diary.on(day)] == list(again)
