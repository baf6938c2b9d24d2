"""The page that reads a story: nothing is stored by reading, only what is accepted is kept."""

import json
import re

import pytest
from tests.web.app_here import PASSPHRASE, AppHere

from landward.app.stories.own_words import HEADING, corrections
from landward.cli.main import run

STORY = "I took Valium for six years. Then I came off it and had terrible vertigo and no appetite."


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    with AppHere(tmp_path_factory.mktemp("stories")) as app:
        app.unlock()
        yield app


def notes(here):
    return [e.body for e in here.entries() if e.kind == "note"]


def test_reading_stores_nothing_and_underlines_what_was_found(here):
    before = len(here.entries())
    page = here.browser.post("/stories", data={"text": STORY}).text
    assert re.findall(r"<mark id=\"w\d+\">([^<]+)<", page) == ["terrible vertigo", "no appetite"]
    assert "after the last dose" in page and "diazepam" in page
    assert len(here.entries()) == before


def test_only_what_is_accepted_becomes_a_note(here):
    answers = {"text": STORY, "do0": "accept", "do1": "drop", "once": "a" * 32}
    assert here.browser.post("/stories/keep", data=answers).status_code == 200
    (body,) = [one for one in notes(here) if HEADING in one]
    assert "vertigo | stopped | self" in body and "appetite" not in body


def test_a_change_and_corrections_by_choice(here):
    answers = {
        "text": STORY, "do0": "change", "symptom0": "dizziness", "phase0": "cutting",
        "do1": "drop", "teach": "yes", "once": "b" * 32,
    }  # fmt: skip
    here.browser.post("/stories/keep", data=answers)
    texts = [json.loads(one)["text"] for one in notes(here)]
    rows = corrections(texts)
    assert {"decision": "changed", "words": "terrible vertigo", "symptom": "dizziness",
            "phase": "cutting", "whose": "self"} in rows  # fmt: skip
    assert [one["words"] for one in rows if one["decision"] == "dropped"] == ["no appetite"]


def test_a_name_that_is_no_symptom_is_refused_and_nothing_is_written(here):
    before = len(here.entries())
    answers = {"text": STORY, "do0": "change", "symptom0": "gremlins", "once": "c" * 32}
    assert "not a symptom of the list" in here.browser.post("/stories/keep", data=answers).text
    assert len(here.entries()) == before


def test_help_now_stands_beside_words_about_dying(here):
    page = here.browser.post("/stories", data={"text": "I could not sleep and wanted to die."}).text
    assert "Nothing was counted or scored" in page and 'href="/help"' in page


def test_what_is_pasted_is_shown_as_words_never_run(here):
    page = here.browser.post(
        "/stories", data={"text": "<script>alert(1)</script> I had nausea."}
    ).text
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_own_notes_can_be_read(here):
    here.save(note="Since the last cut I have had tinnitus and no sleep at all.")
    page = here.browser.post("/stories", data={"notes": "yes"}).text
    marked = re.findall(r"<mark id=\"w\d+\">([^<]+)<", page)
    assert "tinnitus" in marked and any("no sleep" in one for one in marked)
    assert HEADING not in page, "what was made here is not read again"


def test_own_corrections_can_be_taken_out_by_choice(here, tmp_path, monkeypatch):
    answers = {"text": STORY, "do0": "accept", "do1": "drop", "teach": "yes", "once": "d" * 32}
    here.browser.post("/stories/keep", data=answers)
    monkeypatch.setenv("LANDWARD_PASSPHRASE", PASSPHRASE)
    out = tmp_path / "mine.jsonl"
    assert run(["stories", "mine", "--vault", str(here.path), "-o", str(out)]) == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    said = {(one["decision"], one["words"], one["symptom"]) for one in rows}
    assert {("accepted", "terrible vertigo", "vertigo"),
            ("dropped", "no appetite", "loss_of_appetite")} <= said  # fmt: skip


def test_nothing_accepted_writes_nothing(here):
    before = len(here.entries())
    page = here.browser.post("/stories/keep", data={"text": STORY}).text
    assert "nothing was written down" in page and len(here.entries()) == before


def test_codes_leave_by_consent_and_words_stay(here):
    shown = here.browser.get("/stories/codes").text
    assert "dizziness</strong>" in shown and "terrible vertigo" not in shown
    before = len(here.entries())
    refused = here.browser.post("/stories/codes", data={})
    assert "the tick is missing" in refused.text and len(here.entries()) == before
    given = here.browser.post("/stories/codes", data={"agree": "yes"})
    rows = [json.loads(line) for line in given.text.splitlines()]
    assert {"symptom": "dizziness", "phase": "cutting", "whose": "self"} in rows
    assert all(set(row) == {"symptom", "phase", "whose"} for row in rows), "no word, no day"
    assert rows == sorted(rows, key=lambda row: tuple(row.values()))
    assert here.entries()[-1].kind == "shared", "the diary notes that a file was made"
    whole = here.browser.post("/stories/codes", data={"agree": "yes", "words": "yes"})
    assert "no appetite" in whole.text, "with the words, what was dropped and kept is there"


def test_a_note_edited_by_hand_lets_no_word_out(here):
    here.save(note=f"{HEADING}\naccepted | x | my sister Ann | stopped | self")
    shown = here.browser.get("/stories/codes")
    assert shown.status_code == 200 and "Ann" not in shown.text
    assert "Ann" not in here.browser.post("/stories/codes", data={"agree": "yes"}).text


def test_codes_in_the_terminal_ask_first(here, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LANDWARD_PASSPHRASE", PASSPHRASE)
    out = tmp_path / "codes.jsonl"
    asked = ["stories", "mine", "--codes", "--vault", str(here.path), "-o", str(out)]
    assert run(asked) == 0
    assert "--yes agrees" in capsys.readouterr().err and not out.exists()
    assert run([*asked, "--yes"]) == 0
    assert "dizziness, cutting, self" in capsys.readouterr().out
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert rows and all(set(row) == {"symptom", "phase", "whose"} for row in rows)
