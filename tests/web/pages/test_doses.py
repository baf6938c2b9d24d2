"""Doses put right: any dose of any day, from Doses and from its day; two drugs apart."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from tests.web.app_here import EVENING, TODAY, AppHere

from landward.model.moment import Moment

YESTERDAY = (TODAY - dt.timedelta(days=1)).isoformat()
LONG_AGO = (TODAY - dt.timedelta(days=200)).isoformat()


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        app.unlock()
        yield app


def write(here: AppHere, day: str, mg: str = "25", **more: str) -> str:
    """A dose of a day; returns its id."""
    form = {"once": f"dose-{day}-{mg}", "day": day, "drug": "diazepam", "mg": mg, **more}
    assert here.browser.post("/doses/take", data=form).url.path == "/saved"
    return here.about("dose_taken")[-1].id


def doses(here: AppHere, day: str) -> list[str]:
    return [
        json.loads(e.body).get("dose_mg", "") for e in here.about("dose_taken")
        if e.date.isoformat() == day
    ]  # fmt: skip


def change(here: AppHere, entry_id: str, mg: str, once: str = "correcting", **more: str):
    page = here.browser.get(f"/doses/change?id={entry_id}").text
    day = re.search(r'name="day" value="([^"]+)"', page)
    assert day, page
    form = {"once": once, "day": day[1], "drug": "diazepam", "mg": mg, "corrects": entry_id, **more}
    return here.browser.post("/doses/take", data=form)


@pytest.mark.parametrize("day", [TODAY.isoformat(), YESTERDAY, LONG_AGO])
def test_a_wrong_dose_of_any_day_is_corrected_and_the_old_one_is_history(
    here: AppHere, day: str
) -> None:
    wrong = write(here, day)
    assert f"/doses/change?id={wrong}" in here.browser.get(f"/day/{day}").text
    assert f"/doses/change?id={wrong}" in here.browser.get(f"/doses?until={day}").text
    assert 'value="25"' in here.browser.get(f"/doses/change?id={wrong}").text
    assert change(here, wrong, "2.5").url.path == "/saved"
    assert doses(here, day) == ["2.5"]
    page = here.browser.get(f"/day/{day}").text
    assert "What this day said before" in page
    assert "25 mg" in page.split("What this day said before")[1]


@pytest.mark.parametrize("day", [TODAY.isoformat(), YESTERDAY, LONG_AGO])
def test_a_dose_of_any_day_is_taken_back_and_undone(here: AppHere, day: str) -> None:
    wrong = write(here, day)
    answer = here.browser.post("/doses/remove", data={"id": wrong}).text
    assert "Taken back: diazepam, 25 mg" in answer
    assert doses(here, day) == []
    assert "taken back" in here.browser.get(f"/day/{day}").text
    here.browser.post("/undo")
    assert doses(here, day) == ["25"]


def test_a_dose_corrected_from_two_tabs_stands_once(here: AppHere) -> None:
    wrong = write(here, YESTERDAY)
    change(here, wrong, "2", once="first-tab")
    form = {"once": "second-tab", "day": YESTERDAY, "drug": "diazepam", "mg": "2.5",
            "corrects": wrong}  # fmt: skip
    here.browser.post("/doses/take", data=form)
    here.browser.post("/doses/take", data=form)  # and tapped twice
    assert doses(here, YESTERDAY) == ["2.5"]


def test_a_day_before_anything_was_set_offers_the_medicine_of_now_without_its_amount(
    here: AppHere,
) -> None:
    page = here.browser.get(f"/doses/take?day={LONG_AGO}").text
    filled = dict(re.findall(r'name="(drug|mg)"[^>]*?value="([^"]*)"', page))
    assert filled == {"drug": "clonazepam", "mg": ""}


def test_a_dose_taken_back_meanwhile_is_not_corrected(here: AppHere) -> None:
    wrong = write(here, YESTERDAY)
    here.browser.post("/doses/remove", data={"id": wrong})
    form = {"once": "too-late-1", "day": YESTERDAY, "drug": "diazepam", "mg": "2.5",
            "corrects": wrong}  # fmt: skip
    answer = here.browser.post("/doses/take", data=form)
    assert answer.status_code == 422 and "not there any more" in answer.text
    assert doses(here, YESTERDAY) == []


@pytest.mark.parametrize("bad", [{"mg": "many"}, {"mg": "0"}, {"at": "29:00"}, {"drug": ""}])
def test_a_correction_that_does_not_fit_changes_nothing(here: AppHere, bad: dict[str, str]) -> None:
    wrong = write(here, YESTERDAY)
    form = {"once": "correcting", "day": YESTERDAY, "drug": "diazepam", "mg": "2", "at": "",
            "corrects": wrong, **bad}  # fmt: skip
    answer = here.browser.post("/doses/take", data=form)
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    assert f'name="corrects" value="{wrong}"' in answer.text  # the page is still about that dose
    assert doses(here, YESTERDAY) == ["25"]


def test_a_correction_that_meets_the_lock_is_kept_for_the_passphrase(here: AppHere) -> None:
    wrong = write(here, YESTERDAY)
    here.lock()
    form = {
        "once": "while-lock",
        "day": YESTERDAY,
        "drug": "diazepam",
        "mg": "2",
        "corrects": wrong,
    }
    assert here.browser.post("/doses/take", data=form).url.path == "/unlock"
    assert doses(here, YESTERDAY) == ["25"]
    here.unlock()
    assert doses(here, YESTERDAY) == ["2"]


def two_drugs(here: AppHere) -> None:
    here.browser.post(
        "/doses/prescription", data={"drug": "zopiclone", "mg": "7.5", "once": "rx-2"}
    )


def test_two_drugs_are_answered_apart_and_not_taken_can_mean_one(here: AppHere) -> None:
    two_drugs(here)
    page = here.browser.get("/today").text
    assert "Answer each one apart" in page and "All as planned" in page
    answer = here.save(**{
        "dose": "apart", "dose:clonazepam": "as_planned", "dose:zopiclone": "not_taken",
    })  # fmt: skip
    said = {b["drug"]: b["status"] for b in (json.loads(e.body) for e in here.about("dose_taken"))}
    assert said == {"clonazepam": "as_planned", "zopiclone": "not_taken"}
    assert "I missed a dose" in answer.text


def test_a_different_amount_apart_needs_its_amount_and_keeps_the_page(here: AppHere) -> None:
    two_drugs(here)
    said = {"day_is": "6", "note": "long day", "dose": "apart", "dose:zopiclone": "different"}
    answer = here.save(**said)
    assert answer.status_code == 422 and "how much zopiclone was it" in answer.text
    assert ">long day</textarea>" in answer.text and not here.about("check_in")
    here.save(**said, **{"mg:zopiclone": "3.75"})
    assert json.loads(here.about("dose_taken")[0].body) == {
        "day_total": True, "dose_mg": "3.75", "drug": "zopiclone", "status": "different",
    }  # fmt: skip
    left = here.browser.get("/today").text  # the other one is still asked for
    assert 'name="planned" value="clonazepam=1"' in left
    assert 'name="planned" value="zopiclone' not in left


def test_not_taken_leads_to_what_to_do_about_a_missed_dose(here: AppHere) -> None:
    answer = here.save(dose="not_taken")
    assert "I missed a dose" in answer.text and "Do not take two doses at once" in answer.text
    assert "missed" not in str(answer.url) and "not_taken" not in str(answer.url)
    assert "I missed a dose" not in here.save(day_is="3").text


def test_an_earlier_day_asks_for_its_dose(here: AppHere) -> None:
    page = here.browser.get(f"/today?day={YESTERDAY}").text
    assert "My doses that day" in page and "Write one dose" in page
    here.save(day=YESTERDAY, dose="as_planned")
    assert doses(here, YESTERDAY) == ["1"]


# ---- while locked ------------------------------------------------------------------------------


def locked_line(here: AppHere) -> str:
    page = here.browser.get("/today").text
    found = re.search(r"Doses written here today: ([^<]+?)\. A phone may hold more", page)
    return found[1] if found else ""


def test_while_locked_today_says_that_a_dose_was_written_here(here: AppHere) -> None:
    two_drugs(here)
    here.lock()
    assert locked_line(here) == ""
    dose = {"drug": "clonazepam", "mg": "1", "at": "20:04", "once": "night-1"}
    here.browser.post("/doses/take", data=dose)
    assert locked_line(here) == "1 of 2, last at 20:04"
    assert "clonazepam" not in (here.path / "outside.json").read_text().split('"written"')[1]
    here.browser.post("/undo")
    assert locked_line(here) == ""
    here.browser.post("/doses/take", data=dose | {"once": "night-2"})
    here.unlock()
    here.lock()
    assert locked_line(here) == "1 of 2, last at 20:04"
    here.now = Moment(at=EVENING.at + dt.timedelta(days=1), zone=EVENING.zone)
    assert locked_line(here) == ""
    assert "20:04" not in (here.path / "outside.json").read_text()  # cleared as the day turned


def test_what_others_sealed_is_never_counted(here: AppHere) -> None:
    from landward.app.write.entry import WhileLocked, new_entry
    from landward.model.bodies import DoseTaken
    from landward.vault import Vault

    here.lock()
    forged = new_entry(WhileLocked(), DoseTaken(drug="clonazepam", dose_mg="1"), TODAY, here.now)
    Vault.seal(here.path, forged, now=here.now.at)
    assert locked_line(here) == ""


def test_who_chose_to_show_nothing_sees_nothing(here: AppHere) -> None:
    here.browser.post("/settings", data={"fields": "doses_outside", "doses_outside": ""})
    here.save(dose="as_planned")
    here.lock()
    here.save(dose="as_planned")
    assert locked_line(here) == ""
    assert "20:30" not in (here.path / "outside.json").read_text()


def test_a_corrected_amount_leaves_the_time_as_it_was_written_abroad(here: AppHere) -> None:
    at = "2026-03-09T21:00:30+05:00"
    said = {"once": "from-abroad-1", "drug": "Valium", "dose_mg": "25", "day": YESTERDAY, "at": at}
    (wrong,) = here.browser.post("/api/dose", json=said | {"sure": True}).json()["saved"]
    change(here, wrong, "2.5", at="21:00")
    (dose,) = here.about("dose_taken")
    assert json.loads(dose.body)["at"] == at


@pytest.mark.parametrize(
    ("day", "fits"), [("2026-03-04", True), ("2026-02-10", False), (TODAY.isoformat(), False)]
)
def test_the_json_door_holds_the_time_of_a_dose_against_its_day(
    here: AppHere, day: str, fits: bool
) -> None:
    said = {"once": "a-day-apart", "drug": "diazepam", "dose_mg": "1", "day": day,
            "at": "2026-03-04T08:00:00Z"}  # fmt: skip
    answer = here.browser.post("/api/dose", json=said)
    assert (answer.status_code == 200) == fits == bool(doses(here, day)), answer.text
