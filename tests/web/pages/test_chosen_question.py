"""The hardest part of the day: asked only once chosen, the same words at every door, no number."""

import datetime as dt
import json
from pathlib import Path

import pytest
from tests.making import entry
from tests.web.app_here import PASSPHRASE, TODAY, AppHere

from landward.app.diary.profile import Person, read_me
from landward.app.phone.make_page import pocket_files, pocket_of
from landward.app.read.lag import most_answered
from landward.app.read.waves import overall_items
from landward.app.transfer.export import export_files
from landward.catalog.catalog import load_catalog
from landward.cli.main import run
from landward.exchange.mapping import read_map
from landward.model.base import BadInput
from landward.model.bodies import CheckIn
from landward.model.choices import choice_counts
from landward.model.diary import fold
from landward.model.entries import Entry
from landward.model.questions import BY_ID, SPECIALS_MEAN
from landward.vault.header import read_header
from landward.web.pages.entry_lines import lines_of

HARDEST = BY_ID["hardest_part"]
FIELD = "q:hardest_part"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LANDWARD_PASSPHRASE", PASSPHRASE)
    with AppHere(tmp_path) as app:
        yield app


def choose(here: AppHere, *items: str) -> None:
    here.unlock()
    here.browser.post("/settings", data={"fields": ["asked"], "asked": list(items)})


def choices(here: AppHere) -> list[dict[str, str]]:
    return [json.loads(e.body).get("choices", {}) for e in here.about("check_in")]


def phone_page(here: AppHere) -> str:
    pocket = pocket_of(read_header(here.path), here.room.outside, TODAY)
    return pocket_files(pocket, load_catalog().crisis("IE"))["index.html"].decode()


def test_it_is_asked_nowhere_until_it_is_chosen_and_then_locked_too(here: AppHere) -> None:
    here.unlock()
    assert HARDEST.words not in here.browser.get("/today").text + phone_page(here)
    choose(here, "hardest_part")
    here.lock()
    for page in (here.browser.get("/today").text, phone_page(here)):
        assert f"<legend>{HARDEST.words}</legend>" in page
        assert all(f">{word}<" in page for word in HARDEST.answers)
    choose(here)
    assert HARDEST.words not in here.browser.get("/today").text + phone_page(here)


def test_what_no_occasion_and_too_much_mean_stands_where_they_are_asked(here: AppHere) -> None:
    choose(here, "hardest_part")
    pages = [here.browser.get(path).text for path in ("/today", "/feelings")]
    for page in (*pages, phone_page(here)):
        assert page.count(SPECIALS_MEAN) == 1
    for page in (pages[0], phone_page(here)):  # beside those two, not under the next question
        assert page.index(SPECIALS_MEAN) < page.index(HARDEST.words)


def test_a_word_is_kept_as_that_word_shown_on_its_day_corrected_and_exported(
    here: AppHere,
) -> None:
    choose(here, "hardest_part")
    here.save(day_is="7", **{FIELD: "evening"})
    (check_in,) = here.about("check_in")
    assert check_in.version == 3
    body = json.loads(check_in.body)
    assert (body["answers"], body["choices"]) == ({"day": 7}, {"hardest_part": "evening"})
    day = here.browser.get(f"/day/{TODAY.isoformat()}").text
    assert "<dt>Hardest part of the day</dt><dd>evening</dd>" in day

    page = here.browser.get("/today").text
    assert f'name="{FIELD}" value="evening" checked' in page
    seen = {"seen": [check_in.id]}
    here.save(day_is="7", **{FIELD: "night"}, **seen)  # changed: stands alone
    assert choices(here) == [{"hardest_part": "night"}]
    (again,) = here.about("check_in")
    here.save(day_is="6", seen=[again.id])  # a page that did not show it leaves it
    assert choices(here) == [{"hardest_part": "night"}]
    (last,) = here.about("check_in")
    csv = export_files(here.entries())["check_in.csv"].decode()
    assert "choices.hardest_part" in csv and ",night," in csv
    here.save(day_is="6", **{FIELD: ""}, seen=[last.id])  # cleared
    assert choices(here) == [{}] and here.about("check_in")[0].version == 1


def test_skipped_or_too_unwell_says_nothing_and_nothing_else_is_taken(here: AppHere) -> None:
    choose(here, "hardest_part")
    here.save(day_is="5", **{FIELD: ""})
    here.browser.post("/today/unwell", data={"once": here.idempotency_key() + "u"})
    assert choices(here) == [{}, {}]
    refused = here.save(**{FIELD: "3"})
    assert refused.status_code == 422
    assert "answered with morning, midday, evening or night, not “3”" in refused.text


def test_the_terminal_and_programs_take_the_same_words(
    here: AppHere, capsys: pytest.CaptureFixture[str]
) -> None:
    vault = ["--vault", str(here.path)]
    assert run(["log", *vault, "--answer", "hardest_part=Evening", "--answer", "day=6",
                "--answer", "pleasant=too_much", "--answer", "painful=mostly"]) == 0  # fmt: skip
    (check_in,) = here.about("check_in")
    body = json.loads(check_in.body)
    assert body["choices"] == {"hardest_part": "evening"}
    assert body["answers"] == {"day": 6, "painful": 3} and body["too_much"] == ["pleasant"]
    for wrong, why in (
        ("hardest_part=3", "answered with morning, midday, evening or night"),
        ("hardest=evening", "there is no question “hardest”"),
        ("day=evening", "“day” runs from 0 to 10"),
        ("day=11", "runs from 0 to 10, not 11"),
        ("joy=3", "asked once a week"),
    ):
        capsys.readouterr()
        assert run(["log", *vault, "--answer", wrong]) == 2, wrong
        assert why in capsys.readouterr().err
    assert len(here.about("check_in")) == 1
    sent = {"once": "program-0001", "choices": {"hardest_part": "night"}}
    assert here.browser.post("/api/check-in", json=sent).status_code == 200
    wrong_word = sent | {"once": "program-0002", "choices": {"hardest_part": "noon"}}
    assert here.browser.post("/api/check-in", json=wrong_word).status_code == 422


def test_a_map_of_a_file_cannot_turn_a_question_into_another(here: AppHere) -> None:
    head = 'source = "x"\n[date]\ncolumn = "d"\n'
    ours = read_map(head + '[items.day]\ncolumn = "a"\nscale = [0, 10]\n')
    assert "day" in ours.items
    with pytest.raises(BadInput, match=r"runs 0\.\.10 better down, not 0\.\.3"):
        read_map(head + '[items.day]\ncolumn = "a"\nscale = [0, 3]\n')
    with pytest.raises(BadInput, match="answered in words"):
        read_map(head + '[items.hardest_part]\ncolumn = "a"\nscale = [0, 3]\n')


def test_same_as_yesterday_carries_it_marked(here: AppHere) -> None:
    choose(here, "hardest_part")
    yesterday = TODAY - dt.timedelta(days=1)
    here.save(day=yesterday.isoformat(), day_is="7", **{FIELD: "midday"})
    here.browser.post("/today/same", data={"once": here.idempotency_key() + "s"})
    bodies = [json.loads(e.body) for e in here.about("check_in")]
    assert [b["choices"] for b in bodies] == [{"hardest_part": "midday"}] * 2
    assert [b.get("carried", False) for b in bodies] == [False, True]


def test_journey_counts_the_words_and_nothing_more(here: AppHere) -> None:
    choose(here, "hardest_part")
    for back, word in enumerate(("night", "evening", "evening", "morning", "")):
        day = TODAY - dt.timedelta(days=back)
        here.save(day=day.isoformat(), day_is="6", **{FIELD: word})
    page = here.browser.get("/journey?zoom=4w").text
    wanted = "Hardest part of the day (4 of 28 days answered): morning 1, evening 2, night 1."
    assert f"<p>{wanted}</p>" in page


def test_counts_are_by_day_without_what_was_carried_over() -> None:
    first = dt.date(2026, 1, 1)

    def said(back: int, word: str, key: str, **more: bool) -> Entry:
        body = CheckIn(choices={"hardest_part": word}, **more)
        return entry(body, first + dt.timedelta(days=back), key=key, minute=int(key))

    diary = fold([said(0, "night", "1"), said(0, "morning", "2"),  # two on a day: the last counts
                  said(1, "morning", "3", carried=True), said(2, "dusk", "4"),
                  said(9, "night", "5")])  # fmt: skip
    (found,) = choice_counts(diary, first, first + dt.timedelta(days=6))
    assert (found.days, found.answered) == (7, 2)
    assert list(found.counts.items()) == [("morning", 1), ("dusk", 1)]
    assert choice_counts(diary, first + dt.timedelta(days=3), first + dt.timedelta(days=6)) == ()


def test_no_reading_ever_sees_it() -> None:
    days = [
        entry(
            CheckIn(
                asked=("headache",),
                answers={"headache": n % 5},
                scales={"headache": "0..4 better down"},
                choices={"hardest_part": "night"},
            ),
            key=str(n),
            day=dt.date(2026, 1, 1) + dt.timedelta(days=n),
        )
        for n in range(30)
    ]
    diary = fold(days)
    assert diary.items == most_answered(diary) == overall_items(diary) == ("headache",)


def test_a_question_that_is_gone_is_still_shown_under_its_stored_name() -> None:
    old = CheckIn(
        asked=("gone_number",),
        answers={"gone_number": 2},
        scales={"gone_number": "0..7 better up"},
        choices={"best_hour": "dawn"},
    )
    nobody = read_me(())
    assert isinstance(nobody, Person)
    assert lines_of(nobody, entry(old)) == (("Gone number", "2"), ("Best hour", "dawn"))


@pytest.mark.parametrize("item", ["weight_change", "eating", "gut", "muscles", "sleep_stages"])
def test_a_body_fact_can_be_followed_and_is_asked_nowhere_unasked(here: AppHere, item: str) -> None:
    asked = BY_ID[item]
    here.unlock()
    assert f"<legend>{asked.words}" not in here.browser.get("/today").text + phone_page(here)
    choose(here, item)
    for page in (here.browser.get("/today").text, phone_page(here)):
        assert f"<legend>{asked.words}" in page
    here.save(day_is="5", **{f"q:{item}": asked.answers[-1]})
    assert choices(here)[-1] == {item: asked.answers[-1]}
