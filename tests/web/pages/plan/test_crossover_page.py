"""Lorazepam three times a day to diazepam: the range shown, nothing chosen, drugs kept apart."""

import re
from pathlib import Path

import pytest
from tests.web.app_here import AppHere
from tests.web.pages.plan.test_kept import answer, at, planned
from tests.web.pages.plan.test_road import DIAZEPAM, no_to_all

PICK = {"to_drug": "diazepam", "picked": "10", "every": "7 days", "start": "2026-03-12",
        "from_products": "tab 1 half"}  # fmt: skip
THREE = {"at:morning": "1 mg", "at:midday": "1 mg", "at:night": "1 mg"}


@pytest.fixture
def app(tmp_path: Path) -> AppHere:
    app = AppHere(tmp_path, DIAZEPAM.model_copy(update={"drug": "lorazepam"}), mg="3")
    app.unlock()
    return app


class Change:
    def __init__(self, app: AppHere, **pick: str) -> None:
        self.app = app
        page = app.browser.post("/plan/new", data={"drug": "", "way": "crossover"})
        self.id = re.search(r"d=([0-9a-f]{8})", str(page.url))[1]
        self.say("take", drug="lorazepam", **THREE)
        self.say("crossover", **(PICK | pick))

    def say(self, question: str, **fields: object) -> "Change":
        self.page = self.app.browser.post(f"/plan/{question}", data={"d": self.id, **fields})
        return self

    def to_draft(self) -> "Change":
        self.say("cupboard", have=["tab 2", "tab 5", "tab 10"])
        return self.say("safety", **no_to_all())


def test_ranges_and_sources_come_before_any_number(app: AppHere) -> None:
    change = Change(app, to_drug="", picked="")
    page = change.say("crossover", to_drug="diazepam", do="ranges").page
    assert "What tables put for 1 mg of lorazepam" in page.text
    assert page.text.count('<small class="quiet">') >= 3, "each table with its source"
    assert 'name="picked" type="text" value=""' in page.text, "nothing is chosen"
    page = change.say("crossover", **(PICK | {"picked": ""})).page
    assert page.status_code == 422 and "none is chosen here" in page.text
    page = change.say("crossover", **(PICK | {"picked": "80"})).page
    assert page.status_code == 422 and "the tables say" in page.text and 'value="80"' in page.text


def test_two_medicines_are_never_added_up(app: AppHere) -> None:
    change = Change(app).to_draft()
    text = change.page.text
    assert change.page.url.path == "/plan/draft", text
    assert "3 mg lorazepam a day" in text, "now"
    assert "2 mg lorazepam + 10 mg diazepam a day" in text
    assert ">30 mg a day" not in text
    assert "one 1 mg tablet of lorazepam" in text and "one 10 mg tablet of diazepam" in text
    for kind in ("sheet", "prescriber", "pharmacy"):
        made = app.browser.post("/plan/paper", data={"d": change.id, "do": kind})
        assert made.content.startswith(b"%PDF"), kind
    order = app.browser.post("/plan/paper", data={"d": change.id, "do": "order"}).text
    assert "lorazepam, 1 mg tablet: 21 tablets" in order, order  # 14 + 7 in three weeks
    assert "diazepam, 10 mg tablet: 42 tablets" in order and "total" not in order


def test_kept_each_medicine_is_planned_by_itself(app: AppHere) -> None:
    change = Change(app).to_draft()
    stamp = re.search(r'name="stamp" value="([^"]+)"', change.page.text)[1]
    said = {"d": change.id, "stamp": stamp, "agreed": "agreed", "with": "Dr A", "on": "2026-03-01"}
    app.browser.post("/plan/keep", data=said)
    at(app, 1)
    assert planned(app) == "lorazepam 3 mg", "nothing began"
    today = app.browser.get("/today").text
    assert "3 mg lorazepam → 2 mg lorazepam + 10 mg diazepam" in today
    answer(app, "go_on")
    at(app, 2)
    today = app.browser.get("/today").text
    assert "<b>diazepam 10 mg</b>" in today and "<b>lorazepam 2 mg</b>" in today
    refused = app.browser.post("/plan/replan", data={"drug": "diazepam"})
    assert "wo medicines are in this line" in refused.text


def test_halves_say_how_each_dose_is_divided(app: AppHere) -> None:
    text = Change(app, in_halves="yes").to_draft().page.text
    assert "first 0.5 mg of the 1 mg of lorazepam is left and 5 mg of diazepam added" in text
    wrong = Change(app, in_halves="yes", from_products="tab 1").to_draft().page
    assert "cannot be made from tab 1" in wrong.text
