"""Safety only ever gets more careful: saying more never opens a door."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from landward.catalog import load_catalog
from landward.engines.safety import dependence_risk, read_red_flags, read_supervision
from landward.engines.safety.red_flags import ORDER
from landward.model.safety import Answer

FACTS = load_catalog()
QUESTIONS = FACTS.supervision_questions
FLAGS = [flag.id for flag in FACTS.red_flags]
CAREFUL = {"rare": 0, "lower": 1, "yes": 2}

answers = st.fixed_dictionaries({rule.id: st.sampled_from(list(Answer)) for rule in QUESTIONS})


@given(answers, st.sampled_from(QUESTIONS), st.sampled_from([Answer.YES, Answer.UNANSWERED]))
def test_taking_back_a_no_never_lets_a_plan_through(said, rule, instead):
    before = read_supervision({**said, rule.id: Answer.NO}, QUESTIONS)
    after = read_supervision({**said, rule.id: instead}, QUESTIONS)
    if rule.if_yes == "with_clinician" or instead is Answer.UNANSWERED:
        assert not after.may_self_plan
    assert before.may_self_plan or not after.may_self_plan


@given(answers)
def test_every_question_is_accounted_for_once(said):
    verdict = read_supervision(said, QUESTIONS)
    spoken = [f.rule for f in (*verdict.with_clinician, *verdict.care, *verdict.open_questions)]
    quiet = [rule.id for rule in QUESTIONS if said[rule.id] is Answer.NO]
    assert sorted(spoken + quiet) == sorted(rule.id for rule in QUESTIONS)


@given(st.lists(st.sampled_from(FLAGS)), st.sampled_from(FLAGS))
def test_one_more_warning_sign_never_makes_it_less_urgent(stated, more):
    before = read_red_flags(stated, FACTS.red_flags).urgency
    after = read_red_flags([*stated, more], FACTS.red_flags).urgency
    assert after is not None
    assert before is None or ORDER.index(after) <= ORDER.index(before)


use = st.tuples(
    st.floats(0.1, 7, allow_nan=False), st.floats(0, 240), st.integers(1, 400).map(Decimal)
)


@given(use, use)
def test_more_days_months_or_dose_never_lower_the_risk(one, other):
    less, more = (tuple(map(pick, one, other)) for pick in (min, max))
    risks = []
    for days, months, dose in (less, more):
        reading = dependence_risk(
            days_per_week=days, months=months, drug="diazepam", dose_mg_per_day=dose / 10,
            rules=FACTS.dependence_rules, bands=FACTS.dose_bands,
        )  # fmt: skip
        risks.append(CAREFUL[reading.risk])
    assert risks[0] <= risks[1]
