"""A story on a phone: read, one finding accepted, its code looked at; by thumb and by ear."""

from pathlib import Path

import pytest
from tests.browser.app_live import browser, come_in, served, start_mine
from tests.browser.test_app_access import SIDEWAYS, SMALL_TARGETS, violations

STORY = (
    "I was put on Ativan 1 mg. Then I tapered, from 1 mg to 0.25 in ten months. My skin was on "
    "fire, I had no sleep, and I watched the world from behind glass. No seizures, thank God. "
    "I took the last crumb in March. The ringing in my ears is still here."
)


@pytest.mark.parametrize("theme", ["dim", "paper", "contrast"])
def test_a_story_is_read_accepted_and_given_as_codes_at_320(tmp_path: Path, theme: str) -> None:
    with served(tmp_path) as live, browser() as chromium:
        context = chromium.new_context(viewport={"width": 320, "height": 640})
        page = come_in(context, live, "Start mine")
        start_mine(page)
        page.request.post(
            live.base + "/settings",
            form={"fields": "theme", "theme": theme},
            headers={"origin": live.base},
        )
        page.goto(live.base + "/stories")
        page.fill("textarea[name=text]", STORY)
        page.get_by_role("button", name="Read it here").click()
        page.locator("mark").first.wait_for()
        found = {"read": [*violations(page), *page.evaluate(SMALL_TARGETS)]}
        assert page.evaluate(SIDEWAYS) == 0
        page.locator("input[name=do0][value=accept]").check(force=True)
        page.get_by_role("button", name="Write down what I accepted").click()
        page.goto(live.base + "/stories/codes")
        assert page.get_by_role("button", name="Save the file").is_visible()
        found["codes"] = [*violations(page), *page.evaluate(SMALL_TARGETS)]
        assert page.evaluate(SIDEWAYS) == 0
        context.close()
    assert not any(found.values()), found
