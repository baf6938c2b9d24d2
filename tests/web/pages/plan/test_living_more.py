"""Two medicines side by side, tablets in hand, a limit of mL, waiting longer at each step."""

import datetime as dt
import re
from fractions import Fraction
from pathlib import Path

import pytest
from tests.web.app_here import AppHere
from tests.web.pages.plan.test_kept import answer, at, keep, planned
from tests.web.pages.plan.test_road import DIAZEPAM, Walk, no_to_all

from landward.app.plan.in_hand import in_hand


@pytest.fixture
def app(tmp_path: Path) -> AppHere:
    app = AppHere(tmp_path, DIAZEPAM, mg="20")
    app.unlock()
    return app


def keep_lorazepam(app: AppHere) -> None:
    """A second plan: 2 mg of lorazepam at night, 0.5 mg less every 14 days."""
    walk = Walk(app)
    walk.say("take", drug="lorazepam", **{"at:night": "2 mg"})
    walk.say("cupboard", have=["tab 1"], **{"cut:tab 1": "half"}).say("safety", **no_to_all())
    walk.say(
        "pace", method="fixed", every="14 days", start="2026-03-12", **{"rate:fixed": "0.5 mg"}
    )
    stamp = re.search(r'name="stamp" value="([^"]+)"', walk.page.text)[1]
    said = {"d": walk.id, "stamp": stamp, "agreed": "own"}
    assert "Kept as version 1" in app.browser.post("/plan/keep", data=said).text


def test_two_medicines_have_one_list_of_days_one_calendar_and_never_one_sum(app: AppHere) -> None:
    keep(app)
    assert "Together" not in app.browser.get("/plan").text
    keep_lorazepam(app)
    text = app.browser.get("/plan").text
    assert "The plan for diazepam, now: <b>20 mg</b> a day" in text
    assert "The plan for lorazepam, now: <b>2 mg</b> a day" in text
    assert "22 mg" not in text and "never added up" in text
    days = re.findall(r"<b>(\w+)</b> from \w+ (\d+ \w+ \d+), if you go on", text)
    assert days[:2] == [("diazepam", "12 Mar 2026"), ("lorazepam", "12 Mar 2026")]
    at(app, 1)
    answer(app, "go_on")
    at(app, 3)
    assert planned(app).startswith("diazepam 18 mg"), "a yes to one is none to the other"
    calendar = app.browser.post("/plan/together/paper", data={"do": "calendar"}).text
    calendar = calendar.replace("\r\n ", "")
    assert calendar.count("BEGIN:VCALENDAR") == 1 and calendar.count("STATUS:CONFIRMED") == 1
    assert "Sheet 1\\, line 1" in calendar and "Sheet 2\\, line 1\\, if you go on" in calendar
    assert "diazepam" not in calendar and "lorazepam" not in calendar
    uids = re.findall(r"UID:(\S+)", calendar)
    assert len(uids) == len(set(uids))
    order = app.browser.post("/plan/together/paper", data={"do": "order"}).text
    assert "Diazepam: supply" in order and "Lorazepam: supply" in order


def test_tablets_in_hand_last_to_a_day_and_change_nothing(app: AppHere) -> None:
    keep(app)
    at(app, 1)
    answer(app, "go_on")
    at(app, 3)
    text = app.browser.get("/plan/kept?drug=diazepam").text
    names = re.findall(r'name="count:([^"]+)"', text)
    assert names, "what today's dose is made from can be counted"

    said = {f"count:{name}": "" for name in names}
    text = app.browser.post("/plan/in-hand", data={"drug": "diazepam", **said}).text
    assert "Count at least one box" in text
    said[f"count:{names[0]}"] = "10"
    before = planned(app)
    text = app.browser.post("/plan/in-hand", data={"drug": "diazepam", **said}).text
    assert (
        "Ask for more by" in text and "never makes the plan faster" in text and "can kill" in text
    )
    assert 'value="10"' in text and planned(app) == before


def test_a_limit_of_ml_is_kept_by_every_line(app: AppHere) -> None:
    walk = Walk(app)
    walk.say("take", drug="diazepam", **{"at:night": "20 mg"})
    liquid = "liquid 0.4 mg/mL"
    walk.say("cupboard", have=["tab 2", "tab 5", liquid],
             **{f"mark:{liquid}": "0.1", f"most:{liquid}": "5", "cut:tab 2": "whole",
                "cut:tab 5": "whole"})  # fmt: skip
    walk.say("safety", **no_to_all())
    walk.say("pace", method="percent-current", every="14 days", start="2026-03-12",
             **{"rate:percent-current": "5"})  # fmt: skip
    assert walk.at == "/plan/draft", walk.page.text
    drawn = [Fraction(ml) for ml in re.findall(r"([\d.]+) mL of", walk.page.text)]
    assert drawn and max(drawn) <= 5


def test_where_tablets_are_too_coarse_waiting_longer_is_one_press(app: AppHere) -> None:
    walk = Walk(app)
    walk.say("take", drug="diazepam", **{"at:night": "20 mg"})
    walk.say("cupboard", have=["tab 5"], **{"cut:tab 5": "half"}).say("safety", **no_to_all())
    walk.say("pace", method="percent-current", every="14 days", start="2026-03-12",
             **{"rate:percent-current": "10"})  # fmt: skip
    assert "too coarse" in walk.page.text and "Wait longer at each step" in walk.page.text
    form = re.search(r'<form method="post" action="/plan/pace">.*?</form>', walk.page.text, re.S)
    assert form
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form[0]))
    page = app.browser.post("/plan/pace", data=fields)
    assert page.url.path == "/plan/draft" and "17.5 mg a day" in page.text, page.text
    assert "Not kept" not in page.text


def test_days_in_hand_are_counted_at_the_lines_said_yes_to(app: AppHere) -> None:
    keep(app)
    at(app, 1)
    answer(app, "go_on")
    from tests.app.plan.test_printed import lived

    one = lived(1)
    today = dt.date(2026, 1, 5)
    used = one.plan.steps[0].doses[0].pieces[0]
    (found,) = in_hand(one, {used.product: used.count * 10}, today)
    assert found.last_day == today + dt.timedelta(days=10), "ten days from tomorrow, held on"
    assert found.ask_by == today + dt.timedelta(days=3)


def test_after_re_planning_what_is_taken_now_stays_drawn_until_a_line_begins(app: AppHere) -> None:
    """18 mg by line 1; the new version begins with 18 mg before its line 1: the same tablets."""
    keep(app)
    at(app, 1)
    answer(app, "go_on")
    at(app, 4)
    before = re.search(r'<ul class="pieces">.*?</ul>', app.browser.get("/today").text, re.S)
    assert before is not None
    found = app.browser.post("/plan/replan", data={"drug": "diazepam"})
    walk = Walk(app)
    walk.id = re.search(r"d=([0-9a-f]{8})", str(found.url))[1]
    walk.say("safety", **no_to_all())
    walk.say("pace", method="percent-current", every="28 days", start="2026-03-20",
             **{"rate:percent-current": "6"})  # fmt: skip
    stamp = re.search(r'name="stamp" value="([^"]+)"', walk.page.text)[1]
    kept = app.browser.post("/plan/keep", data={"d": walk.id, "stamp": stamp, "agreed": "own"})
    assert "Kept as version 2" in kept.text and "Now, before line 1" in kept.text
    assert "As in the version before." in kept.text and before[0] in kept.text
    today = app.browser.get("/today").text
    assert planned(app) == "diazepam 18 mg" and before[0] in today
    counted = {"drug": "diazepam", "count:tab 2": "30", "count:tab 5": "30"}
    assert "lasts to" in app.browser.post("/plan/in-hand", data=counted).text
    order = app.browser.post("/plan/kept/paper", data={"drug": "diazepam", "do": "pharmacy"})
    assert order.content.startswith(b"%PDF")
