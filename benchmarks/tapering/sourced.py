"""35 requests from named kinds of sources: which have a plan, what each says to stay on.

python3 run.py bench tapering sourced

A request that the pace asked for makes no plan of is asked again with intervals that wait longer.
One that has none then either is typed in as a prescriber writes it: two doses by turns.
"""

import datetime as dt
import json
from io import StringIO
from pathlib import Path

from rich.console import Console

import landward
from landward.app.plan.drafts import PlanDraft
from landward.app.plan.written import plan_written
from landward.catalog import load_catalog
from landward.cli.plan_show import show_plan
from landward.model.amounts import exact_text
from landward.model.taper import TaperPlan

CASES = Path(__file__).with_name("sourced.json")
START = dt.date(2027, 1, 4)
BY_TURNS = {
    "14": {"drug": "zolpidem", "held": "night 12.5 mg", "products": "er tab 6.25, er tab 12.5",
           "a1": "night 12.5 mg", "b1": "night 6.25 mg", "weeks1": "4",
           "a2": "night 6.25 mg", "b2": "night 6.25 mg", "weeks2": "4"},
    "33": {"drug": "flurazepam", "held": "night 30 mg", "products": "cap 15, cap 30",
           "a1": "night 30 mg", "b1": "night 15 mg", "weeks1": "4",
           "a2": "night 15 mg", "b2": "night 15 mg", "weeks2": "4"},
}  # fmt: skip
"""What a prescriber could write where only whole and half strengths are sold; never proposed."""


def planned(options: dict[str, str], finish: str = "") -> TaperPlan:
    """The plan of one case."""
    more = {key: value for key, value in options.items() if key not in ("start", "finish")}
    start = dt.date.fromisoformat(options["start"]) if "start" in options else START
    done = finish or options.get("finish", "")
    return landward.plan_taper(**{"every": "14d", **more}, start=start, finish=done)  # type: ignore[arg-type]


def typed_in(number: str) -> TaperPlan:
    """The same by turns, as somebody typed it in."""
    fields = {name: (text,) for name, text in BY_TURNS[number].items()}
    draft = PlanDraft(
        id="0" * 8, fields={"written": ("turns",), "start": ("2027-01-04",), **fields}
    )
    return plan_written(load_catalog(), draft, START)


def says_what_to_stay_on(plan: TaperPlan) -> bool:
    """Whether the printed plan names the dose of its last line, counted here, to stay on."""
    printed = StringIO()
    show_plan(plan, None, Console(file=printed, width=400))
    doses = plan.steps[-1].doses if plan.steps else ()
    last = sum((dose.made_mg for dose in doses), start=plan.from_mg * (not plan.steps))
    return not last or f"Stay on {exact_text(last)} mg" in printed.getvalue()


def main() -> None:
    """One line a case, and the sums."""
    sums = dict.fromkeys(("as asked", "waiting longer", "typed in by turns", "none"), 0)
    silent = 0
    for case in json.loads(CASES.read_text(encoding="utf-8")):
        number = case["name"][:2]
        how, plan = "as asked", planned(case["options"])
        if not plan.steps:
            silent += not says_what_to_stay_on(plan)
            how, plan = "waiting longer", planned(case["options"], "stretch")
        if not plan.steps and number in BY_TURNS:
            silent += not says_what_to_stay_on(plan)
            how, plan = "typed in by turns", typed_in(number)
        how = how if plan.steps else "none"
        sums[how] += 1
        silent += not says_what_to_stay_on(plan)
        last = exact_text(plan.steps[-1].made_mg) if plan.steps else "-"
        print(f"  {case['name']:44}{how:20}{len(plan.steps):5} lines, to {last} mg")
    print(f"{sum(sums.values())} cases: {sums}; without a word of what to stay on: {silent}")


if __name__ == "__main__":
    main()
