"""The JSON door: schemathesis throws what it can at it; nothing breaks, nothing is half-saved."""

import datetime as dt
import json
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from tests.web.app_here import HOME, TODAY, AppHere

from landward.model.item_ids import item_of

EXAMPLES = 25


@pytest.fixture
def here(tmp_path: Path):
    with AppHere(tmp_path) as app:
        yield app


def test_without_a_session_nothing_is_taken(here: AppHere) -> None:
    stranger = here.new_browser(let_in=False)
    for path in ("/api/check-in", "/api/dose"):
        assert stranger.post(path, json={}).status_code in (401, 422)
    assert stranger.get("/api/status").status_code == 401
    assert not here.sealed_files()


def test_a_check_in_is_kept_once_and_says_whether_it_is_sealed(here: AppHere) -> None:
    said = {"once": "program-1", "answers": {"day": 4, "anxiety": 2}, "dose": "as_planned"}
    first = here.browser.post("/api/check-in", json=said).json()
    assert first["sealed"] is True
    assert first["day"] == TODAY.isoformat()
    assert here.browser.post("/api/check-in", json=said).json() == first
    assert len(here.about("check_in")) == 1
    here.unlock()
    again = here.browser.post("/api/check-in", json={**said, "once": "program-2"}).json()
    assert again["sealed"] is False


def test_a_dose_like_one_that_is_there_needs_a_word(here: AppHere) -> None:
    here.unlock()
    at = dt.datetime(2026, 3, 10, 19, 0, tzinfo=dt.UTC).isoformat()
    said = {"once": "program-1", "drug": "Klonopin", "dose_mg": "0.5", "at": at}
    assert here.browser.post("/api/dose", json=said).status_code == 200
    assert here.browser.post("/api/dose", json=said).status_code == 200  # the same one again
    other = {**said, "once": "program-2"}
    assert here.browser.post("/api/dose", json=other).status_code == 409
    assert here.browser.post("/api/dose", json={**other, "second": True}).status_code == 200
    assert len(here.about("dose_taken")) == 2


@pytest.mark.parametrize("unlocked", [False, True])
def test_nothing_thrown_at_it_breaks_it(here: AppHere, unlocked: bool) -> None:
    schema = schemathesis.openapi.from_dict(here.app.app.openapi())
    if unlocked:
        here.unlock()
    for found in schema.get_all_operations():
        operation = found.ok()
        modes = [schemathesis.GenerationMode.POSITIVE]
        if operation.method == "post":  # a question without fields cannot be asked wrongly
            modes.append(schemathesis.GenerationMode.NEGATIVE)
        for mode in modes:
            _throw(here, operation.as_strategy(generation_mode=mode))
    here.entries()  # whatever was kept is whole: every line reads, or opening would refuse


def _throw(here: AppHere, strategy: object) -> None:
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    @given(case=strategy)
    def check(case: schemathesis.Case) -> None:
        for file in here.sealed_files()[:-400]:
            file.unlink()  # the inbox refuses a flood, and says so; here it is about the answers
        sent = case.as_transport_kwargs(base_url=HOME)
        parts = {name: sent[name] for name in ("params", "json") if sent.get(name) is not None}
        raw = sent.get("data")
        if isinstance(raw, (bytes, str)):
            parts["content"] = raw
        answer = here.browser.request(sent["method"], sent["url"], **parts)
        assert answer.status_code < 500, answer.text

    check()


def test_an_item_may_be_called_what_a_person_calls_it(here: AppHere) -> None:
    here.unlock()
    said = {
        "once": "program-1",
        "answers": {"day": 4, "Ear pressure": 2, "耳鸣": 3},
        "too_much": ["Burning skin"],
    }
    assert here.browser.post("/api/check-in", json=said).status_code == 200
    (entry,) = here.about("check_in")
    body = json.loads(entry.body)
    tinnitus = item_of("耳鸣")
    assert body["answers"] == {"day": 4, "ear_pressure": 2, tinnitus: 3}
    assert body["words"] == {tinnitus: "耳鸣"}
    assert body["too_much"] == ["burning_skin"]


@pytest.mark.parametrize(
    "answers", [{"Ear pressure": 2, "ear_pressure": 3}, {"…": 1}, {"": 1}, {"x" * 300: 1}]
)
def test_a_name_that_names_nothing_or_the_same_twice_is_refused(
    here: AppHere, answers: dict[str, int]
) -> None:
    here.unlock()
    answer = here.browser.post("/api/check-in", json={"once": "program-1", "answers": answers})
    assert answer.status_code == 422
    assert not here.about("check_in")


def test_a_medicine_nobody_knows_is_kept_as_written_and_that_is_said(here: AppHere) -> None:
    here.unlock()
    said = {"once": "program-1", "drug": "Zzyzxol", "dose_mg": "0.5"}
    answer = here.browser.post("/api/dose", json=said).json()
    assert answer["remark"] == "“zzyzxol” is not in our tables; kept as you wrote it."
    known = {"once": "program-2", "drug": "Klonopin", "dose_mg": "0.5"}
    assert here.browser.post("/api/dose", json=known).json()["remark"] == ""
