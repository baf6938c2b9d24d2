"""Everyone can use every page: axe in three themes, keyboard, 320 px, large letters, no scripts.

axe-core is evaluated from the vendored file: the app's policy refuses scripts that are added.
"""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.app_live import (
    PHONE,
    SIX_TAPS,
    Live,
    browser,
    come_in,
    lock,
    served,
    start_mine,
)

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
YESTERDAY = (dt.date.today() - dt.timedelta(days=1)).isoformat()
PAGES = (
    "/today",
    f"/today?day={YESTERDAY}",
    "/saved",
    "/journey",
    "/journey?zoom=4w",
    "/journey?zoom=all",
    "/journey?zoom=12w&lane=hard&lane=anxiety",
    "/stories",
    "/stories/codes",
    "/journey/since",
    "/journey/after",
    "/journey/course",
    "/journey/helped",
    "/journey/feelings",
    "/journey/numbing",
    "/journey/card",
    "/glimmer",
    "/week",
    "/remember",
    "/origins",
    "/phone",
    "/together",
    "/together/phones",
    "/library",
    "/library/article/gut",
    "/library/article/suicide",
    "/library/sure",
    "/library/row/flag.delirium",
    "/my-request?from=gut",
    "/lab",
    "/lab?person=slower-taper&all=yes",
    "/lab/waves",
    "/lab/medicine/lorazepam?rhythm=three",
    "/library/medicines",
    "/library/claims",
    "/library/drug/clonazepam",
    "/library/claim/claim.000-01",
    "/library/symptom/tinnitus",
    "/library/rule/asam2025.ceiling",
    "/library/source/ASAM-2025",
    "/library/nothing-of-that-name",
    "/today?day=2999-01-01",  # what was asked cannot be done: the page that says so
    f"/day/{YESTERDAY}",
    "/doses",
    "/doses/take",
    "/plan",
    "/plan/given",
    "/plan/ask",
    "/plan/crossover",
    "/plan/written",
    "/report",
    "/report/history",
    "/feelings",
    "/questions",
    "/serious",
    "/settings",
    "/import",
    "/help",
    "/help?country=IE",
    "/unsafe",
    "/doors",
    "/away",
)
RUN_AXE = "() => axe.run(document, {resultTypes: ['violations']})"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with served(tmp_path_factory.mktemp("live")) as running:
        yield running


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture
def looking_around(live: Live, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE)
    page = come_in(context, live, "Look around")
    yield page
    context.close()


def open_every_fold(page: Page) -> None:
    page.evaluate("() => document.querySelectorAll('details').forEach(d => d.open = true)")


def violations(page: Page) -> list[str]:
    open_every_fold(page)
    page.evaluate(AXE)
    found = page.evaluate(RUN_AXE)["violations"]
    return [f"{v['id']}: {n['html'][:160]}" for v in found for n in v["nodes"]]


@pytest.mark.parametrize("theme", ["dim", "paper", "contrast"])
def test_axe_finds_nothing_on_any_page(looking_around: Page, live: Live, theme: str) -> None:
    page = looking_around
    page.request.post(
        live.base + "/settings",
        form={"fields": "theme", "theme": theme},
        headers={"origin": live.base},
    )
    found = {}
    for path in PAGES:
        page.goto(live.base + path)
        assert page.locator("html").get_attribute("data-theme") == theme
        if wrong := violations(page):
            found[path] = wrong
    assert not found, json.dumps(found, indent=1)


def test_axe_finds_nothing_before_and_while_locked(tmp_path: Path, chromium: Browser) -> None:
    with served(tmp_path) as live:
        context = chromium.new_context(viewport=PHONE)
        page = context.new_page()
        found = {}
        page.goto(live.base + "/today")  # nobody was let in yet
        found["closed"] = violations(page)
        page.goto(live.address)
        found["doors"] = violations(page)
        page.get_by_role("button", name="Start mine").click()
        found["start"] = violations(page)
        start_mine(page)
        lock(page, live)
        for path in ("/today", "/unlock", "/help", "/serious"):
            page.goto(live.base + path)
            found[path] = violations(page)
        context.close()
    assert not any(found.values()), json.dumps(found, indent=1)


SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL_TARGETS = """() => {
  const small = [];
  const inside = (e) => { const s = getComputedStyle(e.parentElement).display;
    const words = ['P', 'LI', 'DD', 'TD', 'H1'].includes(e.parentElement.tagName);
    return s !== 'flex' && s !== 'grid' && words; };
  for (const e of document.querySelectorAll('a, button, input, select, textarea, summary')) {
    let r = e.getBoundingClientRect();
    if (e.closest('.closer') || e.matches('.skip, .enter, [type=hidden]')) continue;
    if (r.width === 0 || (e.tagName === 'A' && inside(e))) continue;  // links inside a sentence
    if (e.matches('[type=checkbox], .tick [type=radio]'))
      r = e.closest('label').getBoundingClientRect();
    if (r.height < 44 || r.width < 44)
      small.push(`${Math.round(r.width)}x${Math.round(r.height)} ${e.outerHTML.slice(0, 90)}`);
  }
  return small; }"""


def test_targets_are_large_and_nothing_scrolls_sideways_at_320(
    looking_around: Page, live: Live
) -> None:
    page = looking_around
    page.set_viewport_size({"width": 320, "height": 640})
    wide, small = {}, {}
    for path in PAGES:
        page.goto(live.base + path)
        open_every_fold(page)
        if page.evaluate(SIDEWAYS) > 0:
            wide[path] = page.evaluate(SIDEWAYS)
        if found := page.evaluate(SMALL_TARGETS):
            small[path] = found
    assert not wide
    assert not small, json.dumps(small, indent=1)


SPILT = """() => {
  const spilt = [];
  const folded = (e) => e.closest('.scroll, .unseen, .skip, .enter, svg, thead');
  for (const e of document.querySelectorAll('main *, .bar a, .top a')) {
    if (folded(e)) continue;
    const r = e.getBoundingClientRect();
    if (r.width && r.right > innerWidth + 1)
      spilt.push('out of the page: ' + e.outerHTML.slice(0, 90));
    if (e.matches('.ten span, .words span, .choice span, .month a, .bar a, button')
        && e.scrollWidth > e.clientWidth + 1)
      spilt.push('out of its cell: ' + e.outerHTML.slice(0, 90));
  }
  return spilt; }"""
LARGE = [("320", "150"), ("390", "150"), ("320", "200"), ("390", "200")]


def test_large_text_stays_in_the_page_and_in_its_cell(looking_around: Page, live: Live) -> None:
    page = looking_around
    wide, spilt = {}, {}
    for path in PAGES:
        page.goto(live.base + path)
        if path == "/away":
            continue
        open_every_fold(page)
        for width, text in LARGE:
            page.set_viewport_size({"width": int(width), "height": 844})
            page.evaluate("text => document.documentElement.dataset.text = text", text)
            if page.evaluate(SIDEWAYS) > 0:
                wide[f"{path} at {width}, {text} %"] = page.evaluate(SIDEWAYS)
            if text == "150" and (found := page.evaluate(SPILT)):
                spilt[f"{path} at {width}, {text} %"] = found[:4]
    assert not wide
    assert not spilt, json.dumps(spilt, indent=1)


def test_every_place_stays_in_the_bar_at_every_text_size(looking_around: Page, live: Live) -> None:
    page = looking_around
    page.goto(live.base + "/journey")
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 640})
        for text in ("100", "125", "150", "200"):
            page.evaluate("text => document.documentElement.dataset.text = text", text)
            for name in ("Today", "Journey", "Doses", "Report", "Help now"):
                box = page.locator(".bar").get_by_role("link", name=name).bounding_box()
                assert box is not None
                assert box["x"] >= 0 and box["x"] + box["width"] <= width, (name, width, text)
                assert box["y"] + box["height"] <= 640, (name, width, text)
                assert min(box["width"], box["height"]) >= 44, (name, width, text)
            taken = page.locator(".bar").bounding_box()
            assert taken is not None and taken["height"] <= 640 / 4, (width, text)


def test_the_browsers_own_zoomed_letters_do_not_scroll_sideways_either(
    looking_around: Page, live: Live
) -> None:
    page = looking_around
    for path in PAGES:
        page.goto(live.base + path)
        page.evaluate("() => { document.documentElement.style.setProperty('font-size', '225%') }")
        open_every_fold(page)
        assert page.evaluate(SIDEWAYS) <= 0, path


def test_the_first_byte_is_dark_and_nothing_moves(looking_around: Page, live: Live) -> None:
    page = looking_around
    page.goto(live.base + "/today")
    assert page.locator("meta[name=color-scheme]").get_attribute("content") == "dark"
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
        return s.animationName !== 'none' || (s.transitionDuration !== '0s'); }).length"""
    )
    assert moving == 0


def test_keyboard_alone_fills_in_today_and_saves(tmp_path: Path, chromium: Browser) -> None:
    with served(tmp_path) as live:
        context = chromium.new_context(viewport=PHONE)
        page = come_in(context, live, "Start mine")
        start_mine(page)
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.textContent") == "Skip to the page"
        page.keyboard.press("Enter")

        def tab_to(selector: str) -> None:
            for _ in range(60):
                page.keyboard.press("Tab")
                if page.evaluate("s => document.activeElement.matches(s)", selector):
                    return
            raise AssertionError(f"the keyboard never reached {selector}")

        tab_to("[name=day_is]")
        page.keyboard.press("Space")
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        shown = page.evaluate(
            "() => getComputedStyle(document.activeElement.nextElementSibling).outlineStyle"
        )
        assert shown == "solid"  # the focus can be seen
        tab_to("[name='s:anxiety']")
        page.keyboard.press("Space")
        tab_to("button[value=as_planned]")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="Saved. You can close this.").wait_for()
        page.goto(live.base + "/today")
        assert page.get_by_text("4 of 10").is_visible()
        context.close()


def test_logging_reading_and_the_report_work_without_scripts(
    tmp_path: Path, chromium: Browser
) -> None:
    with served(tmp_path) as live:
        context = chromium.new_context(viewport=PHONE, java_script_enabled=False)
        page = come_in(context, live, "Start mine")
        start_mine(page)
        for tap in SIX_TAPS[:-1]:
            page.locator(tap).check(force=True)
        page.locator(SIX_TAPS[-1]).click()
        assert page.get_by_text("Saved. You can close this.").is_visible()
        page.goto(live.base + "/journey")
        assert page.get_by_text("1 of 1 day answered").is_visible()
        page.goto(live.base + "/report")
        with page.expect_download() as coming:
            page.get_by_role("button", name="Make the page (PDF)").click()
        assert Path(coming.value.path()).read_bytes().startswith(b"%PDF-")
        page.goto(live.base + "/help")
        page.locator("select[name=country]").select_option("IE")
        page.get_by_role("button", name="Show").click()
        assert page.get_by_role("link", name="112").is_visible()
        context.close()
