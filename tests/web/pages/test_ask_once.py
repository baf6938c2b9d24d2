"""Something doubtful is asked about once: a name that looks like a known one, a lost point."""

import re
from pathlib import Path

import pytest
from tests.web.app_here import PASSPHRASE, TODAY, AppHere

from landward.app.library.known_words import KNOWN
from landward.model.bodies import DoseTaken
from landward.vault import Vault


def sent(app: AppHere, page: str, **said: str):
    """One dose, with the hidden fields of the page that came before, as a browser sends them."""
    hidden = re.findall(r'<input type="hidden" name="(spelt|sure)" value="([^"]*)">', page)
    data: dict[str, object] = {"once": "dose-page-1", "day": TODAY.isoformat(), **said}
    for name in ("spelt", "sure"):
        data[name] = [value for field, value in hidden if field == name]
    return app.browser.post("/doses/take", data=data)


def doses(app: AppHere) -> list[tuple[str, str, str]]:
    app.room.lock()
    with Vault.open(app.path, PASSPHRASE, now=app.now.at) as vault:
        bodies = [KNOWN.read(entry) for entry in vault.entries()]
    return [(b.drug, b.own_word, str(b.dose_mg)) for b in bodies if isinstance(b, DoseTaken)]


@pytest.mark.parametrize("unlocked", [True, False], ids=["open", "locked"])
def test_an_amount_far_above_the_plan_is_asked_about_once(tmp_path: Path, unlocked: bool) -> None:
    with AppHere(tmp_path, mg="1.25") as app:
        if unlocked:
            app.unlock()
        asked = sent(app, "", drug="clonazepam", mg="125")
        assert asked.status_code == 422
        assert "125 mg? Prescribed is 1.25 mg a day" in asked.text or (
            "125 mg? Planned is 1.25 mg a day" in asked.text
        )
        other = sent(app, asked.text, drug="clonazepam", mg="12.5")
        assert other.status_code == 422, "another amount is another question"
        assert "Saved" in sent(app, other.text, drug="clonazepam", mg="12.5").text
        assert doses(app) == [("clonazepam", "", "12.5")]


def test_an_amount_near_the_plan_or_of_an_unknown_drug_is_not_asked_about(tmp_path: Path) -> None:
    with AppHere(tmp_path, mg="1.25") as app:
        app.unlock()
        assert "Saved" in sent(app, "", drug="clonazepam", mg="2.5").text
        assert "Saved" in sent(app, "", drug="zopiclone", mg="7.5", once="dose-page-2").text


def test_a_near_spelling_is_asked_about_and_the_own_word_may_stay(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        asked = sent(app, "", drug="diazepan", mg="5")
        assert asked.status_code == 422 and "Did you mean diazepam?" in asked.text
        assert "Saved" in sent(app, asked.text, drug="diazepan", mg="5").text
        assert doses(app) == [("diazepan", "", "5")]


def test_a_brand_and_an_amount_in_words_on_the_page(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        said = sent(app, "", drug="Klonopin", mg="half a 0,5 mg tablet", at="19:00")
        assert "Saved" in said.text
        assert "Clonazepam (Klonopin)" in app.browser.get(f"/day/{TODAY}").text
        assert doses(app) == [("clonazepam", "Klonopin", "0.25")]


def test_both_questions_are_asked_one_after_the_other(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        first = sent(app, "", drug="clonazepan", mg="125")
        assert "Did you mean" in first.text
        second = sent(app, first.text, drug="clonazepam", mg="125")
        assert "125 mg?" in second.text
        assert "Saved" in sent(app, second.text, drug="clonazepam", mg="125").text


def test_today_asks_about_a_different_amount_too(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        data = {"once": "page-1", "day": TODAY.isoformat(), "dose": "apart",
                "dose:clonazepam": "different", "mg:clonazepam": "125",
                "asked": "day", "day_is": "5"}  # fmt: skip
        asked = app.browser.post("/today", data=data)
        assert asked.status_code == 422 and "125 mg? Prescribed is 1 mg a day" in asked.text
        (sure,) = re.findall(r'name="sure" value="([^"]*)"', asked.text)
        assert "Saved" in app.browser.post("/today", data={**data, "sure": sure}).text


def test_a_program_is_refused_and_may_say_that_it_is_sure(tmp_path: Path) -> None:
    with AppHere(tmp_path) as app:
        app.unlock()
        said = {"once": "program-1", "drug": "Klonopin", "dose_mg": "125"}
        refused = app.browser.post("/api/dose", json=said)
        assert refused.status_code == 409 and "say `sure`" in refused.json()["detail"]
        assert app.browser.post("/api/dose", json={**said, "sure": True}).status_code == 200
        near = {"once": "program-2", "drug": "diazepan", "dose_mg": "½ tablet of 5 mg"}
        told = app.browser.post("/api/dose", json=near).json()
        assert "Did you mean diazepam?" in told["remark"]
        assert doses(app) == [("clonazepam", "Klonopin", "125"), ("diazepan", "", "2.5")]
