"""The road to a draft: four questions, one a screen, without any script."""

import re
from pathlib import Path

import pytest
from tests.web.app_here import BEGINNING, AppHere

from landward.app.plan.safe_planning import questions

DIAZEPAM = BEGINNING.model_copy(update={"drug": "diazepam", "country": "GB"})
CUPBOARD = {"have": ["tab 2", "tab 5"], "cut:tab 2": "half", "cut:tab 5": "half"}
PACE = {"method": "percent-current", "rate:percent-current": "10", "every": "14 days",
        "start": "2026-03-12"}  # fmt: skip


def no_to_all(**other: str) -> dict[str, str]:
    return {f"a:{rule.id}": "no" for rule in questions()} | other


class Walk:
    """A person on the road, answering one screen after the other."""

    def __init__(self, app: AppHere) -> None:
        self.app = app
        found = app.browser.post("/plan/new", data={"drug": ""})
        self.id = re.search(r"d=([0-9a-f]{8})", str(found.url))[1]
        self.page = found

    def say(self, question: str, **fields: object) -> "Walk":
        self.page = self.app.browser.post(f"/plan/{question}", data={"d": self.id, **fields})
        return self

    @property
    def at(self) -> str:
        return self.page.url.path

    def to_draft(self, **pace: str) -> "Walk":
        self.say("take", drug="diazepam", **{"at:night": "20 mg"}).say("cupboard", **CUPBOARD)
        return self.say("safety", **no_to_all()).say("pace", **(PACE | pace))


@pytest.fixture
def app(tmp_path: Path) -> AppHere:
    app = AppHere(tmp_path, DIAZEPAM, mg="20")
    app.unlock()
    return app


def test_four_screens_lead_to_a_draft_that_says_so(app: AppHere) -> None:
    walk = Walk(app)
    assert "20 mg" in walk.page.text, "the prescribed dose is filled in to be confirmed"
    walk.to_draft()
    assert walk.at == "/plan/draft", walk.page.text
    text = walk.page.text
    assert "DRAFT" in text and "no prescriber has seen it" in text and "can kill" in text
    assert "18 mg a day" in text and "−10.0 %" in text
    assert "20 mg a day" in text and "Most plans change" in text
    assert '<svg class="fig still"' in text, "pieces are drawn"
    assert app.about("plan_adopted") == [], "a draft is no entry"


@pytest.mark.parametrize(
    ("question", "fields", "told", "kept"),
    [
        ("take", {"drug": "diazepam", "at:night": "999999 mg"}, "more than any dose", "999999 mg"),
        ("take", {"drug": "diazepam", "at:night": "a lot"}, "a lot", 'value="a lot"'),
        ("take", {"drug": "aspirin", "at:night": "5 mg"}, "aspirin", 'value="aspirin"'),
        ("take", {"drug": "diazepam"}, "how much you take", 'value="diazepam"'),
        ("take", {"drug": "diazepam", "at:daily": "5", "at:night": "5"}, "not both", 'value="5"'),
        ("cupboard", {}, "Tick what you have", "cupboard"),
        ("cupboard", {"own_kind1": "liquid", "own_strength1": "2 apples"}, "apples", "2 apples"),
        ("cupboard", {"own_strength1": "2 mg"}, "a capsule or a liquid", 'value="2 mg"'),
    ],
)
def test_absurd_values_are_told_in_place_and_kept(
    app: AppHere, question: str, fields: dict[str, str], told: str, kept: str
) -> None:
    walk = Walk(app).say("take", drug="diazepam", **{"at:night": "20 mg"})
    walk.say(question, **({"at:daily": "", "at:night": ""} | fields))
    assert walk.page.status_code == 422
    assert told in walk.page.text and kept in walk.page.text
    again = app.browser.get(f"/plan/{question}?d={walk.id}").text
    assert kept in again, "what was typed is still there after the back button"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"method": ""}, "Choose how"),
        ({"every": ""}, "how long each step"),
        ({"rate:percent-current": "200"}, "no taper"),
        ({"rate:percent-current": "0"}, "0"),
        ({"start": "next week"}, "not a date"),
        ({"start": "3026-01-01"}, "check the year"),
        ({"to": "40"}, "below today"),
        ({"cuts": "4"}, "needs both"),
        ({"cuts": "a few", "pause": "3 weeks"}, "from 1 to 99"),
        ({"cuts": "4", "pause": "soon"}, "number of days or weeks"),
        ({"method": "hyperbolic", "rate:hyperbolic": "5", "half_dose": "a bit"}, "a bit"),
    ],
)
def test_a_pace_that_makes_no_sense_is_told_in_place(
    app: AppHere, fields: dict[str, str], told: str
) -> None:
    walk = Walk(app).to_draft(**fields)
    assert walk.at == "/plan/pace" and walk.page.status_code == 422
    assert told in walk.page.text


def test_a_rhythm_of_cuts_and_the_half_dose_are_said_on_the_draft(app: AppHere) -> None:
    walk = Walk(app).to_draft(**{"every": "7 days", "cuts": "4", "pause": "3 weeks"})
    assert walk.at == "/plan/draft", walk.page.text
    assert "after every 4 cuts a pause of 21 days more" in walk.page.text
    assert "At least 7 days." in walk.page.text
    walk.say("pace", **(PACE | {"method": "hyperbolic", "rate:hyperbolic": "5"}))
    assert "Chosen: 5 % of the modelled occupancy, half of it at 20 mg every" in walk.page.text
    walk.say("pace", **(PACE | {"method": "hyperbolic", "rate:hyperbolic": "5", "half_dose": "40"}))
    assert "half of it at 40 mg" in walk.page.text


def test_where_there_is_no_plan_it_says_what_to_stay_on(app: AppHere) -> None:
    walk = Walk(app).to_draft(**{"rate:percent-current": "1"})
    assert "Stay on 20 mg a day until you and your prescriber go on together" in walk.page.text
    assert "/report#letters" in walk.page.text


def test_a_yes_says_who_belongs_beside_and_what_can_still_be_done(app: AppHere) -> None:
    walk = Walk(app).say("take", drug="diazepam", **{"at:night": "20 mg"})
    walk.say("cupboard", **CUPBOARD).say("safety", **no_to_all(**{"a:ask.seizures": "yes"}))
    walk.say("pace", **PACE)
    text = walk.page.text
    assert "This needs a clinician beside you. You can still type in a plan you were given" in text
    assert "18 mg" not in text and "/plan/ask" in text and "/plan/given" in text
    assert "Have you ever had a seizure" in app.browser.get("/plan/ask").text


def test_no_plan_before_every_question_is_confirmed_for_it(app: AppHere) -> None:
    walk = Walk(app).say("take", drug="diazepam", **{"at:night": "20 mg"})
    walk.say("cupboard", **CUPBOARD).say("pace", **PACE)
    assert walk.at == "/plan/safety", "asked before each new plan"
    walk.say("safety", **{"a:ask.seizures": "no"})
    assert walk.page.status_code == 422 and "15 questions have no answer yet" in walk.page.text
    walk.say("safety", **no_to_all())
    second = Walk(app)
    text = app.browser.get(f"/plan/safety?d={second.id}").text
    assert "(No, 10 Mar 2026)" in text, "dated, and to be confirmed again"


def test_two_drafts_stand_beside_each_other_and_neither_is_ranked(app: AppHere) -> None:
    walk = Walk(app).to_draft()
    assert 'name="change"' not in walk.page.text, "each is a plan of its own: only when asked for"
    asked = app.browser.get(f"/plan/neighbours?d={walk.id}").text
    words = re.findall(r'name="change" value="([^"]+)"', asked)
    assert words and "Each step held 28 days" in words, "what changes when one choice changes"
    assert "As chosen, line 1 is 18 mg" in asked
    pair = app.browser.post("/plan/second", data={"d": walk.id, "change": words[0]})
    assert pair.url.path == "/plan/beside"
    assert "Draft 1" in pair.text and "Draft 2" in pair.text
    for word in ("better", "faster", "recommended", "best"):
        assert word not in pair.text.replace("Neither is the better one", ""), word


def test_a_draft_on_paper_says_so(app: AppHere) -> None:
    walk = Walk(app).to_draft()
    for kind, begins in (("sheet", b"%PDF"), ("calendar", b"BEGIN:VCALENDAR"), ("order", b"Diaz")):
        made = app.browser.post("/plan/paper", data={"d": walk.id, "do": kind})
        assert made.content.startswith(begins), kind
        assert "draft-" in made.headers["content-disposition"]


def test_two_tabs_have_drafts_of_their_own(app: AppHere) -> None:
    one, two = Walk(app), Walk(app)
    one.to_draft()
    two.say("take", drug="diazepam", **{"at:night": "8 mg", "at:daily": ""})
    assert "20 mg a day" in app.browser.get(f"/plan/draft?d={one.id}").text


def test_a_given_plan_is_shown_as_given(app: AppHere) -> None:
    lines = {
        "drug": "diazepam", "held": "night 10 mg", "start1": "2026-03-12", "days1": "14",
        "doses1": "night 9 mg", "start2": "2026-03-26", "days2": "", "doses2": "night 8 mg",
        "start3": "2026-04-09", "days3": "14", "doses3": "night 7 mg",
    }  # fmt: skip
    shown = app.browser.post("/plan/given", data=lines)
    assert shown.url.path == "/plan/draft", shown.text
    assert "9 mg a day" in shown.text and "printed as given" in shown.text
    hole = lines | {"days2": "7"}
    refused = app.browser.post("/plan/given", data=hole)
    assert refused.status_code == 422 and "no line says what is taken" in refused.text
    assert 'value="night 8 mg"' in refused.text


def test_a_medicine_switched_midway_takes_nothing_over_from_the_first(app: AppHere) -> None:
    """2 mg tablets of diazepam ticked, then lorazepam typed: another box, another plan."""
    walk = Walk(app).to_draft()
    walk.say("take", drug="aspirin", **{"at:night": "2 mg"})
    assert walk.page.status_code == 422, "what is no such medicine on the way changes nothing"
    walk.say("take", drug="lorazepma", **{"at:night": "2 mg"})
    assert walk.at == "/plan/cupboard"
    assert "What was ticked is diazepam; tick what you have of lorazepam" in walk.page.text
    assert not re.search(r'name="have" value="[^"]+" checked', walk.page.text)
    straight = app.browser.get(f"/plan/draft?d={walk.id}")
    assert straight.url.path == "/plan/cupboard" and "mg a day" not in straight.text
    walk.say("cupboard", have=["tab 1"], **{"cut:tab 1": "half"})
    straight = app.browser.get(f"/plan/draft?d={walk.id}")
    assert straight.url.path == "/plan/safety", "confirmed anew for the other medicine"
    back = walk.say("take", drug="diazepam", **{"at:night": "20 mg"}).page.text
    assert "What was ticked is lorazepam" in back


def test_a_number_picked_for_one_change_is_not_taken_for_another(app: AppHere) -> None:
    begun = app.browser.post("/plan/new", data={"drug": "", "way": "crossover"})
    walk = Walk(app)
    walk.id = re.search(r"d=([0-9a-f]{8})", str(begun.url))[1]
    walk.say("take", drug="lorazepam", **{"at:night": "1 mg"})
    shown = walk.say("crossover", to_drug="diazepam", do="ranges").page.text
    assert 'name="shown_for" value="diazepam"' in shown
    walk.say("crossover", to_drug="clonazepam", picked="10", every="7 days", shown_for="diazepam")
    assert walk.at == "/plan/crossover" and "another medicine than before" in walk.page.text
    assert 'value="10"' not in walk.page.text
    walk.say("crossover", to_drug="diazepam", picked="10", every="7 days", shown_for="diazepam")
    walk.say("take", drug="alprazolam", **{"at:night": "1 mg"})
    assert 'name="picked" type="text" value=""' in walk.page.text


def test_a_second_medicine_is_no_time_of_day(app: AppHere) -> None:
    lines = {"drug": "diazepam", "start2": "2026-03-12", "days2": "14"}
    for doses in ("lorazepam 1 mg, night 3 mg", "Ativan 1 mg, night 3 mg"):
        page = app.browser.post("/plan/given", data=lines | {"doses2": doses})
        assert page.status_code == 422 and "is a medicine, no time of day" in page.text
        assert "4 mg" not in page.text and f'value="{doses}"' in page.text
    page = app.browser.post("/plan/given", data=lines | {"doses2": "9 bananas"})
    assert "Line 2: “9 bananas” is not an amount" in page.text, "the line as it was typed"
    fewer = Walk(app).say("take", drug="diazepam", **{"at:night": "20 mg"})
    fewer.say("cupboard", **CUPBOARD, most_pieces="0")
    assert fewer.page.status_code == 422 and "from 1 to 20" in fewer.page.text
