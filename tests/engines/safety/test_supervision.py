"""Who should not plan alone: silence is not a “no”, and a yes is enough."""

import pytest

from landward.catalog import load_catalog
from landward.engines.safety import read_supervision
from landward.model.base import BadInput
from landward.model.safety import Answer

RULES = load_catalog().supervision_questions
ALL_NO = {rule.id: "no" for rule in RULES}
CARE = [rule for rule in RULES if rule.if_yes == "care"]
CLINICIAN = [rule for rule in RULES if rule.if_yes == "with_clinician"]


def test_the_twelve_questions_of_the_brief_are_asked():
    asked = {rule.id.removeprefix("ask.") for rule in RULES}
    assert asked >= {
        "seizures", "pregnancy", "alcohol", "opioids", "other_sedatives", "high_dose", "liver",
        "age_65", "suicidality", "psychosis", "bipolar", "dementia",
    }  # fmt: skip


def test_saying_nothing_leaves_every_question_open():
    verdict = read_supervision({}, RULES)
    assert not verdict.may_self_plan
    assert verdict.with_clinician == ()
    assert len(verdict.open_questions) == len(RULES)
    assert "not a “no”" in verdict.plain


def test_every_question_answered_no_lets_a_plan_be_drafted():
    verdict = read_supervision(ALL_NO, RULES)
    assert verdict.may_self_plan
    assert verdict.open_questions == verdict.care == verdict.with_clinician == ()
    assert "Do not stop suddenly" in verdict.reminder


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_one_question_left_open_is_enough_to_wait(rule):
    verdict = read_supervision({**ALL_NO, rule.id: Answer.UNANSWERED}, RULES)
    assert not verdict.may_self_plan
    assert [finding.rule for finding in verdict.open_questions] == [rule.id]


@pytest.mark.parametrize("rule", CLINICIAN, ids=lambda rule: rule.id)
def test_one_yes_asks_for_a_clinician_with_its_reason_and_source(rule):
    verdict = read_supervision({**ALL_NO, rule.id: "yes"}, RULES)
    assert not verdict.may_self_plan
    (finding,) = verdict.with_clinician
    assert (finding.rule, finding.plain, finding.source) == (rule.id, rule.why, rule.source)


@pytest.mark.parametrize("rule", CARE, ids=lambda rule: rule.id)
def test_age_asks_for_care_and_does_not_stop_a_draft(rule):
    verdict = read_supervision({**ALL_NO, rule.id: "yes"}, RULES)
    assert verdict.may_self_plan
    assert [finding.rule for finding in verdict.care] == [rule.id]


def test_a_yes_speaks_before_open_questions():
    verdict = read_supervision({"seizures": True}, RULES)
    assert "clinician" in verdict.plain
    assert len(verdict.open_questions) == len(RULES) - 1


@pytest.mark.parametrize(
    ("given", "counts_as_open"), [(None, True), ("", True), (" NO ", False), (False, False)]
)
def test_answers_in_every_form(given, counts_as_open):
    verdict = read_supervision({**ALL_NO, "ask.liver": given}, RULES)
    assert verdict.may_self_plan is not counts_as_open


@pytest.mark.parametrize(
    ("answers", "part"),
    [
        ({"seizure": "yes"}, "not one of the safety questions"),
        ({"liver": "maybe"}, "answer yes, no"),
    ],
)
def test_a_slip_is_not_read_as_silence(answers, part):
    with pytest.raises(BadInput, match=part):
        read_supervision(answers, RULES)
