"""A prescriber's own ways, typed in: laid out as written, never a day without by mistake."""

import re
from pathlib import Path

import pytest
from tests.web.app_here import AppHere
from tests.web.pages.plan.test_kept import answer, at, planned
from tests.web.pages.plan.test_road import DIAZEPAM


@pytest.fixture
def app(tmp_path: Path) -> AppHere:
    app = AppHere(tmp_path, DIAZEPAM, mg="20")
    app.unlock()
    return app


def write(app: AppHere, way: str, **fields: str) -> object:
    said = {"written": way, "drug": "diazepam", "held": "night 20 mg", "start": "2026-03-12"}
    return app.browser.post("/plan/written", data=said | fields)


def keep(app: AppHere, page: object) -> object:
    draft = re.search(r"d=([0-9a-f]{8})", str(page.url))[1]
    stamp = re.search(r'name="stamp" value="([^"]+)"', page.text)[1]
    said = {"d": draft, "stamp": stamp, "agreed": "agreed", "with": "Dr A", "on": "2026-03-01"}
    return app.browser.post("/plan/keep", data=said)


def test_cuts_with_a_pause(app: AppHere) -> None:
    page = write(app, "pauses", cut="1 mg", every="7 days", cuts="2", pause="3 weeks", to="16 mg",
                 products="tab 2 half, tab 5, tab 10", rule="A hard week: stay.")  # fmt: skip
    assert page.url.path == "/plan/draft", page.text
    assert "19 mg a day" in page.text and "18 mg a day" in page.text
    assert "At least 28 days" in page.text, "the pause is part of the second line"
    assert "A plan I was given, printed as given" in page.text
    assert "A hard week: stay." in page.text and "Word for word" in page.text
    sheet = app.browser.post("/plan/paper", data={"d": page.url.params["d"], "do": "sheet"})
    assert sheet.content.startswith(b"%PDF")


def test_a_night_without_never_becomes_every_night(app: AppHere) -> None:
    week = {f"{name}1": "night 20 mg" for name in ("mon", "wed", "thu", "fri", "sun")}
    free = {"tue1": "none", "sat1": "none"}
    page = write(app, "weekdays", weeks1="2", rule="Ours: ring me first.", **week, **free)
    assert page.url.path == "/plan/draft", page.text
    keep(app, page)
    at(app, 1)
    text = answer(app, "go_on")
    assert "Ours: ring me first." not in text, "the rule stands where a line is asked about"
    for day, mg in (
        (2, 20),
        (4, 0),
        (7, 0),
        (8, 20),
        (9, 20),
        (11, 0),
        (13, 20),
        (18, 0),
        (19, 20),
    ):
        at(app, day)  # 12 March 2026 is a Thursday, day 2; Saturdays are 4, 11, 18
        assert (planned(app) == "diazepam 20 mg") is (mg == 20), (day, planned(app))
    at(app, 8)
    today = app.browser.get("/today").text
    assert "the next 7 days as written" in today and "Ours: ring me first." in today
    assert "Stay on the days as they are now" in today


@pytest.mark.parametrize(
    ("way", "fields", "told"),
    [
        ("pauses", {"cut": "1 mg"}, "give a number of days or weeks"),
        ("pauses", {"cut": "1", "every": "7", "cuts": "many", "pause": "7"}, "from 1 to 99"),
        ("turns", {"a1": "night 5 mg", "weeks1": "2"}, "fill in every day"),
        ("turns", {"a1": "twice", "b1": "none", "weeks1": "2"}, "twice"),
        ("strips", {"pouches": ""}, "each pouch"),
        ("strips", {"pouches": "10\nten"}, "Pouch 2"),
        ("strips", {"pouches": "10\n9", "home": "drops"}, "above 0"),
    ],
)
def test_what_cannot_be_read_is_told_and_kept(
    app: AppHere, way: str, fields: dict[str, str], told: str
) -> None:
    page = write(app, way, **fields)
    assert page.status_code == 422 and told in page.text.replace("&#39;", "'"), page.text
    assert all(value.split("\n")[0] in page.text for value in fields.values())


def test_pouches_and_drops_in_words(app: AppHere) -> None:
    page = write(app, "strips", pouches="19\n18\n17", strip="28")
    assert "strip 1, pouch 1 of 3" in page.text
    lines = {"drug": "diazepam", "held": "20 mg", "start1": "2026-03-12", "days1": "14",
             "doses1": "night 19 mg", "words1": "ring on day 7", "home": "drops",
             "drops:mg_per_ml": "10", "drops:drops_per_ml": "20"}  # fmt: skip
    page = app.browser.post("/plan/given", data=lines)
    assert "ring on day 7; 38 drops" in page.text, page.text
    paper = app.browser.post("/plan/paper", data={"d": page.url.params["d"], "do": "pharmacy"})
    assert paper.content.startswith(b"%PDF")
