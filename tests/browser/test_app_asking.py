"""Pages that ask for something or refuse it are as usable as the others, in all three themes."""

import datetime as dt
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.app_live import PASSPHRASE, PHONE, Live, browser, come_in, lock, served
from tests.browser.test_app_access import SIDEWAYS, SMALL_TARGETS, violations

from landward.model.moment import Moment
from landward.web.http.diary_sessions import now


def looked_at(page: Page) -> list[str]:
    """What axe finds, what is too small for a thumb, and whether the page is too wide."""
    found = violations(page)
    page.set_viewport_size({"width": 320, "height": 640})
    found += page.evaluate(SMALL_TARGETS)
    found += ["scrolls sideways"] if page.evaluate(SIDEWAYS) > 0 else []
    page.set_viewport_size(PHONE)
    return found


def in_two_days(live: Live) -> None:
    later = now()
    moment = Moment(at=later.at + dt.timedelta(days=2), zone=later.zone)
    live.house.clock = lambda: moment


@pytest.mark.parametrize("theme", ["dim", "paper", "contrast"])
def test_asking_and_refusing_pages(tmp_path: Path, theme: str) -> None:
    found: dict[str, list[str]] = {}
    with browser() as chromium, served(tmp_path) as live:
        context = chromium.new_context(viewport=PHONE)
        page = come_in(context, live, "Start mine")

        def look(name: str, heading: str) -> None:
            assert page.locator("html").get_attribute("data-theme") == theme, name
            assert page.get_by_role("heading", name=heading).first.is_visible(), name
            found[name] = looked_at(page)

        page.request.post(live.base + "/look", form={"theme": theme}, headers=own(live))
        page.goto(live.base + "/start")
        page.locator("#p").fill("too short")
        page.locator("#p2").fill("too short")
        page.locator("[name=locked_page][value=plain]").check(force=True)
        page.get_by_label("mg in a whole day").fill("1")
        page.get_by_role("button", name="Start").click()
        look("start, refused", "Start")
        page.get_by_label("mg in a whole day").fill("")
        page.locator("#p").fill(PASSPHRASE)
        page.locator("#p2").fill(PASSPHRASE)
        page.locator("[name=locked_page][value=plain]").check(force=True)
        page.get_by_role("button", name="Start").click()
        look("recovery words", "Your recovery words")
        page.get_by_role("link", name="I wrote them down").click()
        in_two_days(live)
        page.goto(live.base + "/remember")
        look("two words asked", "Are the recovery words at hand?")
        for field in page.locator("[name^=word]").all():
            field.fill("seagull")
        page.get_by_role("button", name="Check").click()
        assert page.get_by_role("alert").is_visible()
        look("wrong words", "Are the recovery words at hand?")
        page.goto(live.base + "/today?day=2999-01-01")
        look("not there", "That page is not there")
        page.goto(live.base + "/library")
        page.locator("#w").fill("ringin")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="What fits").wait_for()
        look("library, searched", "Library")
        lock(page, live)
        page.request.post(live.base + "/look", form={"theme": theme}, headers=own(live))
        page.goto(live.base + "/unlock")
        page.locator("#p").fill("not the passphrase")
        page.get_by_role("button", name="Unlock", exact=True).click()
        assert page.get_by_role("alert").is_visible()
        look("wrong passphrase", "Unlock to read")
        page.goto(live.base + "/library/drug/zopiclone")
        look("library, locked", "Zopiclone")
        (live.path / "keys.json").write_text("{}", encoding="utf-8")
        page.goto(live.base + "/unlock")
        page.locator("#p").fill(PASSPHRASE)
        page.get_by_role("button", name="Unlock", exact=True).click()
        found["damaged"] = looked_at(page)
        context.close()
    assert not any(found.values()), json.dumps(found, indent=1)


def own(live: Live) -> dict[str, str]:
    return {"origin": live.base}
