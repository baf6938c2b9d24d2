"""A person on a phone, 320 px wide: from what is at home to a draft, and every screen for everyone.

`LANDWARD_PICTURES=FOLDER` keeps a picture of every screen, to be looked at.
"""

import datetime as dt
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.browser.app_live import Live, browser, come_in, served
from tests.browser.test_app_access import violations

from landward.model.moment import Moment

NARROW = {"width": 320, "height": 640}
PICTURES = os.environ.get("LANDWARD_PICTURES", "")
SHEETS = {
    "Print the sheet": "sheet",
    "A sheet for the prescriber": "prescriber",
    "A sheet for the pharmacy": "pharmacy",
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Live]:
    with served(tmp_path) as running:
        yield running


def look(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


class Checked:
    """A page that is looked at whenever another screen is reached."""

    def __init__(self, page: Page, live: Live) -> None:
        self.page, self.live, self.wrong = page, live, dict[str, list[str]]()

    def screen(self, name: str, *, folds: bool = True) -> None:
        look(self.page, name)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= NARROW["width"], f"{name} is {wide} px wide"
        if folds and (found := violations(self.page)):
            self.wrong[name] = found
            look(self.page, f"{name}-open")
        elif folds:
            look(self.page, f"{name}-open")

    def press(self, name: str) -> None:
        """Press a button and wait for the page it leads to; a click alone returns on the old."""
        self.follow(self.page.get_by_role("button", name=name, exact=True).first)

    def follow(self, pressed: Locator) -> None:
        with self.page.expect_navigation(wait_until="load"):
            pressed.click()

    def fetch(self, name: str) -> Path:
        """Press a button that hands a file over; the page stays."""
        with self.page.expect_download() as handed:
            self.page.get_by_role("button", name=name, exact=True).first.click()
        return Path(handed.value.path())


def to_draft(shown: Checked, theme: str, *, dose: str = "20 mg", every: str = "14 days") -> None:
    page = shown.page
    page.goto(shown.live.base + "/plan")
    shown.screen(f"{theme}-plan")
    shown.follow(page.locator("form[action='/plan/new'] button").first)
    page.get_by_label("Medicine").fill("diazepam")
    for name in ("The whole day in one dose", "Morning", "Midday", "Evening"):
        page.get_by_label(name).fill("")
    page.get_by_label("Night").fill(dose)
    shown.screen(f"{theme}-take")
    shown.press("This is what I take")
    for product in ("tab 2", "tab 5", "tab 10"):
        page.locator(f"[name=have][value='{product}']").first.check()
    shown.screen(f"{theme}-cupboard")
    shown.press("This is what I have")
    for radio in page.locator("[type=radio][value=no]").all():
        radio.check(force=True)
    shown.screen(f"{theme}-safety")
    shown.press("All of this is so today")
    assert page.locator("[name=method]:checked").count() == 0, "nothing is chosen beforehand"
    page.locator("[name=method][value=percent-current]").check()
    page.get_by_label("How many percent each time").fill("10")
    page.get_by_label("How long each step is held, at least").fill(every)
    shown.screen(f"{theme}-pace")
    shown.press("Show the draft")
    assert "/plan/draft" in page.url


@pytest.mark.parametrize("theme", ["dim", "paper", "contrast"])
def test_every_screen_of_the_road_is_for_everyone(
    live: Live, chromium: Browser, theme: str
) -> None:
    context = chromium.new_context(viewport=NARROW, java_script_enabled=True)
    page = come_in(context, live, "Look around")
    page.request.post(
        live.base + "/settings", form={"fields": "theme", "theme": theme},
        headers={"origin": live.base},
    )  # fmt: skip
    shown = Checked(page, live)
    to_draft(shown, theme)
    shown.screen(f"{theme}-draft", folds=False)
    shown.screen(f"{theme}-draft")
    page.reload()
    page.get_by_text("What changes when one choice changes").click()
    page.locator("details[hx-get] button[name=change]").first.wait_for()
    shown.screen(f"{theme}-neighbours")
    shown.follow(page.locator("button[name=change]").first)
    shown.screen(f"{theme}-beside")
    for path in ("given", "ask"):
        page.goto(f"{live.base}/plan/{path}")
        shown.screen(f"{theme}-{path}")
    context.close()
    assert not shown.wrong, json.dumps(shown.wrong, indent=1)


def days_later(live: Live, page: Page, days: int) -> None:
    """The clock of the app so many days on; a diary that locked meanwhile is opened again."""
    moment = Moment(at=dt.datetime.now(dt.UTC) + dt.timedelta(days=days), zone="UTC")
    live.house.clock = lambda: moment
    page.goto(live.base + "/today")


def test_a_person_keeps_a_plan_goes_on_prints_holds_and_has_the_right_calendar(
    live: Live, chromium: Browser
) -> None:
    context = chromium.new_context(viewport=NARROW, java_script_enabled=True)
    page = come_in(context, live, "Look around")
    shown = Checked(page, live)
    to_draft(shown, "show")
    page.get_by_label("It is my own draft; no prescriber has seen it").check()
    shown.press("Keep this plan")
    shown.screen("show-kept")
    page.goto(live.base + "/today")
    assert page.get_by_text("Your plan has a step tomorrow").count() == 1
    shown.screen("show-today-asks")
    shown.press("Go on to 18 mg")
    days_later(live, page, 3)
    shown.screen("show-today-pieces")
    assert page.locator(".pieces svg").count() >= 2, "the pieces of today's line are drawn"
    page.goto(live.base + "/plan/kept?drug=diazepam")
    assert shown.fetch("Print the sheet").read_bytes().startswith(b"%PDF")
    page.get_by_label("Hold this line for longer").fill("2 weeks")
    shown.press("Hold")
    assert page.get_by_text("Your printed sheet, version 1, no longer fits.").count() == 1
    shown.screen("show-held")
    text = shown.fetch("Dates for a calendar").read_text("utf-8").replace("\n ", "")
    starts = re.findall(r"DTSTART;VALUE=DATE:(\d{8})", text)
    begun = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=1)
    second = begun + dt.timedelta(days=28)
    assert starts[:2] == [f"{begun:%Y%m%d}", f"{second:%Y%m%d}"], "14 days and two weeks held"
    assert text.count("STATUS:CONFIRMED") == 1 and "diazepam" not in text
    shown.press("Slower, or another way, from today")
    assert page.get_by_label("The whole day in one dose").input_value() == "18 mg"
    shown.press("This is what I take")
    shown.press("This is what I have")
    shown.press("All of this is so today")
    page.locator("[name=method][value=percent-current]").check()
    page.get_by_label("How many percent each time").fill("6")
    page.get_by_label("How long each step is held, at least").fill("4 weeks")
    shown.press("Show the draft")
    assert page.get_by_text("17 mg a day").count() >= 1, page.inner_text("main")
    context.close()
    assert not shown.wrong, json.dumps(shown.wrong, indent=1)


def to_change(shown: Checked, theme: str) -> None:
    """Lorazepam three times a day to diazepam, up to its draft; the number is the prescriber's."""
    page = shown.page
    page.goto(shown.live.base + "/plan")
    shown.press("A change to another medicine, with a prescriber")
    page.get_by_label("Medicine").fill("lorazepam")
    page.get_by_label("The whole day in one dose").fill("")
    for at in ("Morning", "Midday", "Night"):
        page.get_by_label(at).fill("1 mg")
    shown.press("This is what I take")
    page.get_by_label("From lorazepam to").fill("diazepam")
    shown.press("Show what the tables say")
    shown.screen(f"{theme}-change")
    picked = page.get_by_label("1 mg of lorazepam is counted as how many mg of diazepam?")
    assert not picked.input_value(), "nothing is chosen beforehand"
    picked.fill("10")
    page.get_by_label("How many days between two changes").fill("7 days")
    page.get_by_label("What the lorazepam is made from").fill("tab 1 half")
    page.get_by_label("Each dose in two goes").check()
    shown.press("This was picked")
    for product in ("tab 2", "tab 5", "tab 10"):
        page.locator(f"[name=have][value='{product}']").first.check()
    shown.press("This is what I have")
    for radio in page.locator("[type=radio][value=no]").all():
        radio.check(force=True)
    shown.press("All of this is so today")
    shown.screen(f"{theme}-change-draft")
    assert page.get_by_text("3 mg lorazepam a day").count() == 1


@pytest.mark.parametrize("theme", ["dim", "paper", "contrast"])
def test_a_change_ways_typed_in_and_two_plans_are_for_everyone(
    live: Live, chromium: Browser, theme: str
) -> None:
    context = chromium.new_context(viewport=NARROW, java_script_enabled=True)
    page = come_in(context, live, "Look around")
    page.request.post(
        live.base + "/settings", form={"fields": "theme", "theme": theme},
        headers={"origin": live.base},
    )  # fmt: skip
    shown = Checked(page, live)
    for way in ("pauses", "turns", "weekdays", "strips"):
        page.goto(f"{live.base}/plan/written?way={way}")
        shown.screen(f"{theme}-{way}")
    page.goto(f"{live.base}/plan/written?way=pauses")
    for label, text in {
        "Medicine": "clonazepam",
        "What I take now": "night 2 mg",
        "How much less each time": "0.25 mg",
        "How long each step is held": "7 days",
        "How many cuts, then a pause": "4",
        "How long the pause is": "3 weeks",
        "What it is made from": "tab 0.5 half, tab 2",
    }.items():
        page.get_by_label(label).fill(text)
    page.get_by_text("A rule we wrote down together").click()
    page.get_by_label("Word for word").last.fill("After a hard week: stay. Ring Dr A on 1234.")
    shown.press("Show it")
    shown.screen(f"{theme}-pauses-draft")
    page.get_by_label("It was agreed with a prescriber").check()
    page.get_by_label("With", exact=True).fill("Dr A")
    page.get_by_label("On", exact=True).fill("2026-01-02")
    shown.press("Keep this plan")
    to_change(shown, theme)
    page.get_by_label("It is my own draft; no prescriber has seen it").check()
    shown.press("Keep this plan")
    shown.screen(f"{theme}-change-kept")
    page.goto(live.base + "/plan")
    assert page.get_by_text("Together").count() >= 1
    shown.screen(f"{theme}-together")
    page.goto(live.base + "/today")
    shown.follow(page.get_by_role("button", name=re.compile("Go on to 1.75 mg")))
    days_later(live, page, 3)
    shown.screen(f"{theme}-today-two")
    page.goto(live.base + "/plan/kept?drug=clonazepam")
    for field in page.locator("[name^='count:']").all():
        field.fill("20")
    shown.press("How long does it last?")
    shown.screen(f"{theme}-left-at-home")
    page.goto(live.base + "/lab?person=stable-use")
    shown.screen(f"{theme}-lab")
    if PICTURES and theme == "dim":
        for drug in ("clonazepam", "diazepam"):
            page.goto(f"{live.base}/plan/kept?drug={drug}")
            for name, kind in SHEETS.items():
                kept = Path(PICTURES) / f"{drug}-{kind}.pdf"
                kept.write_bytes(shown.fetch(name).read_bytes())
    context.close()
    assert not shown.wrong, json.dumps(shown.wrong, indent=1)
