"""The page of feelings: what is shown of a diary, and that bad input is shown as it is."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.web.app_here import EVENING, PASSPHRASE, TODAY, AppHere

from landward.app.write.entry import new_entry
from landward.model.bodies import Body, CheckIn, DidAnyway, Feelings, Glimmer
from landward.model.questions import FEELINGS as PAIR
from landward.model.scale import DAY, FEELING
from landward.vault import Vault


@pytest.fixture
def here(tmp_path: Path) -> Iterator[AppHere]:
    with AppHere(tmp_path) as app:
        yield app


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def write(here: AppHere, *lines: tuple[dt.date, Body]) -> None:
    with Vault.open(here.path, PASSPHRASE, now=EVENING.at) as vault:
        vault.append(
            tuple(new_entry(vault, body, day, EVENING, origin="app") for day, body in lines)
        )
    here.unlock()


def day(hard: int, pleasant: float | None, painful: float | None, **more: object) -> CheckIn:
    said = {"day": hard, "pleasant": pleasant, "painful": painful}
    answers = {item: value for item, value in said.items() if value is not None}
    scales = {item: str(DAY if item == "day" else FEELING) for item in answers}
    return CheckIn(asked=tuple(said), answers=answers, scales=scales, **more)


def week(item: str, value: float | None = None, word: str = "", wording: str = "") -> Feelings:
    return Feelings(
        asked=(item,),
        answers={} if value is None else {item: value},
        scales={} if value is None else {item: str(FEELING)},
        no_occasion=(item,) if word == "no_occasion" else (),
        too_much=(item,) if word == "too_much" else (),
        wordings={item: wording} if wording else {},
    )


def shown(here: AppHere, zoom: str = "all") -> str:
    answer = here.browser.get(f"/journey/feelings?zoom={zoom}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", answer.text, flags=re.S))


def test_an_empty_diary_says_where_to_begin(here: AppHere) -> None:
    here.unlock()
    assert "Nothing is written yet" in shown(here)


def test_both_low_floods_and_own_words_stand_apart(here: AppHere) -> None:
    low = [(ago(n), day(5, 0, 1)) for n in range(20)]
    more = [(ago(n), day(5, 3, 1)) for n in range(20, 28)]
    flood = (ago(28), day(6, 1, None, too_much=("painful",)))
    numb = (ago(29), day(5, 0, 0, choices={"little_was": "numb"}))
    write(here, *low, *more, flood, numb)
    said = shown(here)
    assert "Little of either reached you on 21 of 29 days" in said
    assert "Your own word for days with little: numb 1." in said
    assert "It was too much to rate on 1 of 30 days" in said
    assert "Not enough yet" in said  # no lag can be told from this
    assert "total" not in said and "score" not in said


def test_glimmers_and_what_was_done_anyway_stand_by_their_day(here: AppHere) -> None:
    write(
        here,
        *((ago(n), day(5, 1, 1)) for n in range(4)),
        (ago(1), Glimmer(feeling="warmth", strength=1)),
        (ago(2), Glimmer(text="a blackbird")),
        (ago(2), DidAnyway(what="Rang my mother")),
    )
    said = shown(here)
    assert "9 Mar 2026: warmth, barely there" in said
    assert "a blackbird" in said and "Rang my mother" in said
    assert 'class="light"' in here.browser.get("/journey/feelings").text


def test_all_no_occasion_is_shown_as_it_is(here: AppHere) -> None:
    write(here, *((ago(7 * n), week("joy", word="no_occasion")) for n in range(5)))
    said = shown(here)
    assert "Every answer so far was a word, not a number" in said
    assert "last: no occasion; no occasion 5 times" in said


def test_one_week_is_shown_and_nothing_is_made_of_it(here: AppHere) -> None:
    write(here, (ago(1), week("joy", 2)))
    said = shown(here)
    assert "When something good happened, I could feel it. last: partly" in said
    assert "Not enough days yet." in said


def test_joy_fully_and_both_feelings_none_contradict_nothing(here: AppHere) -> None:
    write(here, *((ago(n), day(4, 0, 0)) for n in range(20)), (ago(0), week("joy", 4)))
    said = shown(here)
    assert "Little of either reached you on 20 of 20 days" in said
    assert "last: fully" in said


def test_two_wordings_are_two_series(here: AppHere) -> None:
    old = [(ago(7 * n), week("joy", 1)) for n in range(3, 6)]
    new = [(ago(7 * n), week("joy", 3, wording="2.en")) for n in range(3)]
    write(here, *old, *new)
    page = shown(here)
    assert "I could feel it. (in earlier words) last: a little" in page
    assert "I could feel it. last: mostly" in page
    from landward.app.diary.whole import whole_diary
    from landward.app.read.feelings import read_feelings

    found = read_feelings(whole_diary(here.entries())).reading
    means = {one.item: one.mean for one in found.range}
    assert means == {"joy": 3, "joy:1.en": 1}
    assert "Not kept," in page and "Version 2, language “en”," in page
    assert "Answers to other words are a series of their own." in page


def test_of_the_daily_pair_too_it_says_in_which_words_it_was_asked(here: AppHere) -> None:
    old = [(ago(n), day(5, 1, 1)) for n in range(6, 12)]
    same = [(ago(n), day(5, 2, 2, wordings=dict.fromkeys(PAIR, "1.en"))) for n in range(3, 6)]
    write(here, *old, *same)
    page = shown(here)
    assert "In which words it was asked" in page
    assert "Not kept," in page and "Version 1, language “en”," in page
    assert "series of their own" not in page  # what was not kept is taken for the first words
    from landward.app.diary.whole import whole_diary
    from landward.app.read.feelings import read_feelings
    from landward.report.as_json.feelings import as_json

    found = read_feelings(whole_diary(here.entries()))
    assert {one.item for one in found.reading.items} == {*PAIR}
    said = [(one["item"], one["wording"], one["days"]) for one in as_json(found)["asked_in"]]
    assert said == [("painful", None, 6), ("pleasant", None, 6), ("painful", "1.en", 3),
                    ("pleasant", "1.en", 3)]  # fmt: skip


def test_where_only_feelings_were_asked_no_hard_day_is_made_of_them(here: AppHere) -> None:
    write(here, (TODAY, week("joy", 4)), (ago(7), week("joy", word="no_occasion")))
    page = shown(here)
    assert "How hard each day was" not in page
    assert "nothing else is in the diary to set beside it" in page
    assert "last: fully; no occasion once" in page


def test_a_pair_in_new_words_is_a_new_series(here: AppHere) -> None:
    old = [(ago(n), day(5, 1, 1)) for n in range(6, 12)]
    new = [(ago(n), day(5, 4, 0, wordings=dict.fromkeys(PAIR, "2.en"))) for n in range(6)]
    write(here, *old, *new)
    from landward.app.diary.whole import whole_diary
    from landward.app.read.feelings import read_feelings

    found = read_feelings(whole_diary(here.entries())).reading
    means = {one.item: one.mean for one in found.range}
    assert means == {"pleasant": 4, "painful": 0, "pleasant:1.en": 1, "painful:1.en": 1}
    assert "series of their own" in shown(here)


def test_journey_begins_with_feelings_once_chosen(here: AppHere) -> None:
    write(here, *((ago(n), day(5, 2, 1)) for n in range(10)))

    def names() -> list[str]:
        return re.findall(r'class="lane-name"><b>([^<]+)', here.browser.get("/journey").text)

    assert names()[:1] == ["How hard each day was"]
    here.browser.post("/settings", data={"fields": ["journey_first"], "journey_first": "feelings"})
    assert names()[:2] == ["Feelings that reached me", "How hard each day was"]
    page = here.browser.get("/journey").text
    assert "<th>painful feelings</th>" in page
    assert "<td>-" not in page  # the table says what was answered, not what is drawn turned over
