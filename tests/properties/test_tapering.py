"""No plan, whatever is asked, breaks a line of the contract. Counted from what is printed."""

import random
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from landward.engines.tapering import plan_taper, supply_of
from landward.model.base import BadInput
from landward.model.plan_pack import plan_from_text, plan_to_text

sys.path.append(str(Path(__file__).parents[2] / "benchmarks" / "tapering"))

from audit import audit
from cases import CEILING, any_size, describe


@settings(max_examples=60, deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_every_line_adds_up_and_none_is_faster_than_asked(seed):
    request = any_size(random.Random(seed))
    plan = plan_taper(request, CEILING)
    assert not any(audit(request, CEILING, plan).values()), describe(request)
    if not request.finish:
        assert all(check.ok for step in plan.steps for check in step.checks)
    assert plan.ends is not None
    assert bool(plan.refused) == (not plan.steps and not plan.ends.complete)


@settings(max_examples=25, deadline=None)
@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=1, max_value=40))
def test_the_supply_covers_every_day_and_nothing_is_lost_in_the_journal(seed, every):
    request = any_size(random.Random(seed))
    plan = plan_taper(request, CEILING)
    ordered = sum(line.mg for line in supply_of(plan, every))
    assert ordered >= sum(step.days * step.made_mg for step in plan.steps)
    try:
        text = plan_to_text(plan)
    except BadInput:
        assert len(plan.steps) > 300
        return
    assert len(text) <= 20_000
    again = plan_from_text(text)
    assert [(step.start, step.days, step.made_mg, step.doses, step.checks, step.cut_percent)
            for step in again.steps] == [
        (step.start, step.days, step.made_mg, step.doses, step.checks, step.cut_percent)
        for step in plan.steps]  # fmt: skip
    assert again.ends == plan.ends
