"""Plans in files: typed by a prescriber, written by us, scanned from paper."""

import json
from datetime import date
from fractions import Fraction

import pytest

from landward.engines.tapering import plan_taper
from landward.exchange.plan_code import from_code, to_code
from landward.exchange.plan_file import read_doses, read_plan_file, read_plan_json
from landward.model.amounts import exact_text
from landward.model.base import BadInput
from landward.model.plan_pack import pack_plan, plan_from_text, plan_to_text, unpack_plan
from landward.model.preparation import read_preparations
from landward.model.taper_request import Ceiling, Method, TaperRequest

CEILING = Ceiling(percent="25", days=14, rule="r", source="ASAM-2025")
REQUEST = TaperRequest.checked(
    drug="diazepam", dose_mg="20", method="percent-current", rate="10", every_days=14,
    start=date(2026, 1, 5), preparations=read_preparations("tab 2 half, tab 5"),
    times=("morning", "night"),
)  # fmt: skip
PLAN = plan_taper(REQUEST, CEILING)

TOML = """
drug = "diazepam"
title = "Plan of Dr. A"
held = "20 mg"
products = "tab 2 half, tab 5"
[[step]]
start = 2026-01-05
days = 14
doses = "morning 8 mg, night 10 mg"
[[step]]
end = 2026-02-03
doses = "500 micrograms"
[[step]]
days = 7
doses = "none"
"""


def test_a_typed_plan_is_read_as_given():
    plan = read_plan_file(TOML.encode(), "plan.toml")
    rows = [(step.start, step.days, str(step.total_mg)) for step in plan.steps]
    assert rows == [
        (date(2026, 1, 5), 14, "18"),
        (date(2026, 1, 19), 16, "1/2"),
        (date(2026, 2, 4), 7, "0"),
    ]
    assert plan.held_mg == 20
    assert [dose.at for dose in plan.steps[0].doses] == ["morning", "night"]


def test_a_spreadsheet_is_read_as_given():
    text = "drug,start,days,morning_mg,night_mg\ndiazepam,2026-01-05,14,8,10\n,,14,0,9.5\n"
    plan = read_plan_file(text.encode(), "plan.csv")
    assert [str(step.total_mg) for step in plan.steps] == ["18", "19/2"]
    assert plan.steps[1].start == date(2026, 1, 19)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("p.csv", "drug,start,days,dose\ndiazepam,2026-01-05,14,10\n", "“10” has no unit"),
        ("p.csv", "drug,start,days,dose\ndiazepam,2026-01-05,14,10 mL\n", "a volume"),
        ("p.csv", "drug,start,days,dose\ndiazepam,2026-01-05,14,-2 mg\n", "below zero"),
        ("p.csv", "drug,start,days,dose\ndiazepam,2026-01-05,14,1000000000 mg\n", "more than any"),
        ("p.csv", "drug,start,days,dose\ndiazepam,2026-02-30,14,2 mg\n", "not a date"),
        ("p.csv", "drug,start,end,dose\ndiazepam,2026-03-01,2026-02-01,2 mg\n",
         "the end .2026-02-01. is before the start"),
        ("p.csv", "drug,start,days,dose\ndiazepam,2026-01-05,0,2 mg\n", "not a length"),
        ("p.csv", "drug,start,days,dose\ndiazepam,2026-01-05,,2 mg\n", "how long"),
        ("p.csv", "start,days,dose\n2026-01-05,14,2 mg\n", "which drug"),
        ("p.csv", "drug,start,days,dose\n", "no lines"),
        ("p.toml", "drug = ", "p.toml"),
        ("p.toml", 'drug = "diazepam"', "no \\[\\[step\\]\\] tables"),
        ("p.toml", 'drug="diazepam"\n[[step]]\nstart=2026-01-05\ndays=14', "no dose"),
        ("p.json", "{", "not a plan file"),
        ("p.json", "[]", "holds no plan"),
        ("p.json", "{}", "no plan that can be read"),
        ("p.json", '{"format": "landward-plan", "version": 9}', "newer Landward"),
        ("p.json", '{"format": "landward-plan", "version": 1}', "damaged"),
        ("p.txt", "LANDWARD1:ABC", "damaged"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_one_line(name, text, says):
    with pytest.raises(BadInput, match=says) as error:
        read_plan_file(text.encode(), name)
    assert "\n" not in str(error.value)


def test_doses_in_words():
    doses = read_doses("morning 1 mg lorazepam + night 10 mg diazepam", "here")
    assert [(dose.at, str(dose.mg), dose.drug) for dose in doses] == [
        ("morning", "1", "lorazepam"), ("night", "10", "diazepam"),
    ]  # fmt: skip
    assert [str(dose.mg) for dose in read_doses("2.5 mg", "here")] == ["5/2"]
    assert read_doses("none", "here") == ()
    with pytest.raises(BadInput, match="stands twice"):
        read_doses("night 1 mg, night 2 mg", "here")


@pytest.mark.parametrize(
    ("text", "doses"),
    [
        ("half a tablet of 5 mg", [("daily", "5/2")]),
        ("two tablets of 5 mg", [("daily", "10")]),
        (
            "morning ½ tablet of 5 mg, at bedtime 2,5 mg",
            [("morning", "5/2"), ("at bedtime", "5/2")],
        ),
        ("8 mg,10 mg at", None),
        ("08:00 1 mg + 22:00 500 micrograms", [("08:00", "1"), ("22:00", "1/2")]),
        ("noon 2.5 mL of 0.4 mg/mL; night 0 mg", [("noon", "1"), ("night", "0")]),
        ("every night 5 mg", [("every night", "5")]),
    ],
)
def test_amounts_in_doses_are_read_as_everywhere(
    text: str, doses: list[tuple[str, str]] | None
) -> None:
    if doses is None:
        with pytest.raises(BadInput):
            read_doses(text, "here")
        return
    assert [(dose.at, str(dose.mg)) for dose in read_doses(text, "here")] == doses


@pytest.mark.parametrize(
    "text",
    [
        "twice a day 5 mg", "three times 5 mg", "morning and night 1 mg", "every other day 5 mg",
        "up to 5 mg", "not 5 mg", "half 5 mg", "two 5 mg", "5 mg twice a day", "2x 5 mg a day",
        "as needed 5 mg if bad", "alternate nights 5 mg", "morning or night 5 mg", "3 days 5 mg",
    ],
)  # fmt: skip
def test_a_habit_is_no_dose_time(text: str) -> None:
    """Case 03: “twice a day 5 mg” was a dose time called “twice a day”, and 5 mg a day."""
    with pytest.raises(BadInput, match=r"no time of day|not a dose|not an amount|what strength"):
        read_doses(text, "here")


def test_a_plan_file_gives_the_same_plan_back():
    """All but the seventh decimal of the asked curve, which nobody takes."""
    steps = tuple(
        step.model_copy(update={"ideal_mg": Fraction(exact_text(step.ideal_mg, 6))})
        for step in PLAN.steps
    )
    excess = sum(step.days * (step.made_mg - step.ideal_mg) for step in steps)
    kept = PLAN.model_copy(update={"steps": steps, "excess_mg_days": excess})
    packed = json.loads(json.dumps(pack_plan(PLAN)))
    assert unpack_plan(packed) == kept
    assert plan_from_text(plan_to_text(PLAN)) == kept
    whole = json.dumps(PLAN.model_dump(mode="json", by_alias=True))
    again = read_plan_json(whole, "plan.json")
    assert [step.doses for step in again.steps] == [step.doses for step in PLAN.steps]


def test_a_code_carries_what_is_taken_and_damage_is_noticed():
    code = to_code(PLAN)
    assert set(code) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")
    given = from_code(code)
    assert [step.total_mg for step in given.steps] == [step.made_mg for step in PLAN.steps]
    assert [step.start for step in given.steps] == [step.start for step in PLAN.steps]
    assert given.held_mg == 20
    middle = len(code) // 2
    damaged = code[:middle] + ("0" if code[middle] != "0" else "1") + code[middle + 1 :]
    with pytest.raises(BadInput, match="damaged"):
        from_code(damaged)
    with pytest.raises(BadInput, match="not the code"):
        from_code("https://example.org")


def test_a_code_that_unpacks_to_far_too_much_is_refused():
    import zlib

    from landward.exchange.plan_code import PREFIX, _base45

    with pytest.raises(BadInput):
        from_code(PREFIX + _base45(zlib.compress(b"[" * 50_000_000)))


def test_a_plan_with_too_many_lines_for_paper_says_so():
    fine = read_preparations("liquid 1 mg/mL mark 0.01 mL")
    daily = REQUEST.model_copy(update={"method": Method.DAILY, "preparations": fine})
    with pytest.raises(BadInput, match="hand over the plan file"):
        to_code(plan_taper(daily, CEILING))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("made_mg", "1e999999999"),
        ("made_mg", "-1"),
        ("days", 10**9),
        ("days", -3),
        ("ideal_mg", 0.5),
    ],
)
def test_a_hostile_plan_file_is_only_refused(key, value):
    plan = PLAN.model_dump(mode="json", by_alias=True)
    plan["steps"][0][key] = value
    with pytest.raises(BadInput, match="no plan that can be read"):
        read_plan_json(json.dumps(plan), "plan.json")


def test_a_hostile_pack_is_only_refused():
    packed = pack_plan(PLAN)
    for place, value in ((0, 10**12), (0, "x"), (1, "1e999999999"), (4, "1/0"), (2, [[99, "1"]])):
        steps = json.loads(json.dumps(packed["steps"]))
        steps[0][place] = value
        with pytest.raises(BadInput, match="damaged"):
            unpack_plan({**packed, "steps": steps})


def test_a_damaged_journal_text_is_said_to_be_one():
    for text in ("", "{", "zlib64:%%%", "zlib64:AAAA"):
        with pytest.raises(BadInput, match="cannot be read"):
            plan_from_text(text)
