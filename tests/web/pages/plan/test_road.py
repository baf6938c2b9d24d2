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
        self.id = re.search(r"d=([0-9a-f]{8})", str(found.url))[1]  # type: ignore[index]
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
