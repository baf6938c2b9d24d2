"""Every page of a plan WITH a draft or a kept plan open: axe, finger-wide targets, large letters.

The road to a draft and the plan that is kept are looked at by axe in test_plan_on_a_phone.
"""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.app_live import PHONE, Live, browser, come_in, served
from tests.browser.test_app_access import (
    SIDEWAYS,
    SMALL_TARGETS,
    SPILT,
    open_every_fold,
    violations,
)

from landward.app.plan.safe_planning import questions

NO = {f"a:{rule.id}": "no" for rule in questions()}
TAKE = {"drug": "diazepam", "at:daily": "", "at:morning": "8 mg", "at:night": "12 mg"}
CUPBOARD = {"have": "tab 2", "cut:tab 2": "half", "own_kind1": "liquid",
            "own_strength1": "0.4 mg/mL", "own_mark1": "0.1"}  # fmt: skip
PACE = {"method": "percent-current", "rate:percent-current": "10", "every": "14 days",
        "cuts": "4", "pause": "3 weeks"}  # fmt: skip
LORAZEPAM = {"drug": "lorazepam", "at:daily": "", "at:morning": "1 mg", "at:midday": "1 mg",
             "at:night": "1 mg"}  # fmt: skip
PICK = {"to_drug": "diazepam", "picked": "10", "every": "7 days", "in_halves": "yes",
        "from_products": "tab 1 half", "do": "picked"}  # fmt: skip
TURNS = {"written": "turns", "drug": "clonazepam", "held": "night 2 mg", "a1": "night 2 mg",
         "b1": "night 1.5 mg", "weeks1": "2", "products": "tab 0.5 half",
         "rule": "After a hard week: stay.", "home": ""}  # fmt: skip


ROAD = 5
"""So many of the paths are the road itself."""


class Desk:
    """Forms posted as the pages post them, so that what is looked at can be set out quickly."""

    def __init__(self, page: Page, live: Live) -> None:
        self.page, self.live = page, live

    def post(self, path: str, **fields: str) -> str:
        """Where it led to."""
        found = self.page.request.post(
            self.live.base + path, form=fields, headers={"origin": self.live.base}
        )
        assert found.ok, (path, found.status, found.text()[:600])
        return found.url

    def draft(self, *answers: tuple[str, dict[str, str]], way: str = "") -> str:
        """A draft with these answers; its id."""
        begun = self.post("/plan/new", drug="", **({"way": way} if way else {}))
        name = re.findall(r"d=([0-9a-f]{8})", begun)[0]
        for question, fields in answers:
            self.post(f"/plan/{question}", d=name, **fields)
        return str(name)


def paths_of(page: Page, live: Live) -> list[str]:
    """A draft, a change, a way typed in, a refusal and a kept plan, with every page of each."""
    desk = Desk(page, live)
    own = desk.draft(("take", TAKE), ("cupboard", CUPBOARD), ("safety", NO), ("pace", PACE))
    over = desk.draft(("take", LORAZEPAM), ("crossover", PICK),
                      ("cupboard", {"have": "tab 5"}), ("safety", NO), way="crossover")  # fmt: skip
    stuck = desk.draft(("take", TAKE), ("cupboard", {"have": "tab 2", "cut:tab 2": "whole"}),
                       ("safety", NO), ("pace", PACE))  # fmt: skip
    typed = re.findall(r"d=([0-9a-f]{8})", desk.post("/plan/written", d="", **TURNS))[0]
    kept = desk.draft(("take", TAKE), ("cupboard", CUPBOARD), ("safety", NO), ("pace", PACE))
    page.goto(f"{live.base}/plan/draft?d={kept}")
    stamp = page.locator("input[name=stamp]").first.get_attribute("value") or ""
    desk.post("/plan/keep", d=kept, stamp=stamp, agreed="own")
    roads = [f"/plan/{name}?d={own}" for name in ("take", "cupboard", "safety", "pace", "draft")]
    changes = [f"/plan/{name}?d={over}" for name in ("crossover", "cupboard", "draft")]
    return [
        *roads, *changes, f"/plan/neighbours?d={own}", f"/plan/neighbours?d={over}",
        f"/plan/beside?d={own}&with={over}", f"/plan/draft?d={stuck}", f"/plan/draft?d={typed}",
        f"/plan/written?d={typed}", "/plan/written?way=weekdays", "/plan/written?way=strips",
        f"/plan/given?d={typed}", "/plan/kept?drug=diazepam", "/plan", "/today",
    ]  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def set_out(
    tmp_path_factory: pytest.TempPathFactory, chromium: Browser
) -> Iterator[tuple[Page, Live, list[str]]]:
    with served(tmp_path_factory.mktemp("plans")) as live:
        context = chromium.new_context(viewport=PHONE)
        page = come_in(context, live, "Look around")
        yield page, live, paths_of(page, live)
        context.close()


def opened(page: Page, live: Live, path: str) -> None:
    """The page itself, not one that says it is not there."""
    answer = page.goto(live.base + path)
    assert answer is not None and answer.status == 200, (path, answer and answer.status)
    asked = path.split("?")[0]
    assert page.url.split("?")[0].endswith(asked), f"{path} led to {page.url}"
    assert "is not there" not in page.inner_text("main"), path


@pytest.mark.parametrize("theme", ["dim", "paper", "contrast"])
def test_axe_finds_nothing_with_a_draft_open(
    set_out: tuple[Page, Live, list[str]], theme: str
) -> None:
    page, live, paths = set_out
    Desk(page, live).post("/settings", fields="theme", theme=theme)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    found = {}
    for path in paths[ROAD:-3]:
        opened(page, live, path)
        assert page.locator("html").get_attribute("data-theme") == theme
        if wrong := violations(page):
            found[path] = wrong
    assert not found, json.dumps(found, indent=1)


def test_targets_are_large_and_letters_may_be_at_320(
    set_out: tuple[Page, Live, list[str]],
) -> None:
    page, live, paths = set_out
    page.set_viewport_size({"width": 320, "height": 640})
    wrong: dict[str, object] = {}
    for path in paths:
        opened(page, live, path)
        open_every_fold(page)
        if page.evaluate(SIDEWAYS) > 0:
            wrong[f"{path} is wide"] = page.evaluate(SIDEWAYS)
        if small := page.evaluate(SMALL_TARGETS):
            wrong[f"{path} has small targets"] = small
        for text in ("150", "200"):
            page.evaluate("text => document.documentElement.dataset.text = text", text)
            if page.evaluate(SIDEWAYS) > 0:
                wrong[f"{path} is wide at {text} %"] = page.evaluate(SIDEWAYS)
            if text == "150" and (spilt := page.evaluate(SPILT)):
                wrong[f"{path} spills at {text} %"] = spilt[:4]
        page.evaluate("document.documentElement.dataset.text = '100'")
        page.evaluate("document.documentElement.style.setProperty('font-size', '225%')")
        if page.evaluate(SIDEWAYS) > 0:
            wrong[f"{path} is wide at the browser's 225 %"] = page.evaluate(SIDEWAYS)
    assert not wrong, json.dumps(wrong, indent=1)


def test_the_letters_are_open_where_a_draft_leads_to_them(
    set_out: tuple[Page, Live, list[str]],
) -> None:
    page, live, paths = set_out
    opened(page, live, paths[4])
    page.locator("a[href='/report#letters']").first.click()
    page.wait_for_url("**/report#letters")
    page.get_by_role("button", name="Make the letter or card (PDF)").wait_for(state="visible")
