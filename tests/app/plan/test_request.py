"""Plans that cannot be: days outside any calendar, files whose lines do not add up."""

import datetime as dt
import json
from pathlib import Path

import pytest

from landward.app.plan.crossover import CrossoverForm, plan_crossover
from landward.app.plan.given import check_plan_file, plan_of_file, published
from landward.app.plan.request import PlanForm, read_form, read_packs
from landward.app.plan.taper import plan_taper
from landward.catalog import load_catalog
from landward.cli.main import run
from landward.model.base import BadInput
from landward.report.as_json.plan import plan_as_json

CATALOG = load_catalog()
TODAY = dt.date(2026, 1, 5)
FORM = PlanForm(
    drug="diazepam", dose="20", method="percent-current", rate="10", products="tab 2 half, tab 5",
    start=TODAY, until=dt.date(2026, 3, 2),
)  # fmt: skip


def saved(folder: Path, change) -> Path:
    """A plan file, altered by hand after it was written."""
    document = plan_as_json(plan_taper(CATALOG, FORM, {}, TODAY, require_answers=False).plan)
    change(document)
    path = folder / "plan.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize("start", [dt.date(1, 1, 1), dt.date(9999, 12, 30), dt.date(2999, 1, 1)])
def test_a_start_in_no_calendar_of_ours(start, tmp_path):
    form = FORM.model_copy(update={"start": start, "until": None})
    with pytest.raises(BadInput, match="check the year"):
        plan_taper(CATALOG, form, {}, TODAY, require_answers=False)
    change = CrossoverForm(drug="lorazepam", doses="night 1 mg", products="tab 10", start=start)
    with pytest.raises(BadInput, match="check the year"):
        plan_crossover(CATALOG, change, {}, TODAY)
    with pytest.raises(BadInput, match="check the year"):
        published(CATALOG, "nice-cks", start)
    path = tmp_path / "given.toml"
    path.write_text(
        f'drug = "diazepam"\n[[step]]\nstart = {start}\ndays = 14\ndoses = "night 8 mg"\n'
    )
    with pytest.raises(BadInput, match="check the year"):
        check_plan_file(CATALOG, path)


def more_tablets(document):
    document["steps"][1]["doses"][0]["pieces"][0]["count"] = "90"


def more_mg(document):
    more_tablets(document)
    document["steps"][1]["doses"][0]["pieces"][0]["mg"] = "180"


def another_dose(document):
    document["steps"][1]["made_mg"] = "2"


@pytest.mark.parametrize("change", [more_tablets, more_mg, another_dose])
def test_a_file_whose_pieces_are_not_its_doses_is_not_kept_and_not_counted_out(
    change, tmp_path, capsys
):
    path = saved(tmp_path, change)
    with pytest.raises(BadInput, match="2026-01-19 does not add up"):
        plan_of_file(CATALOG, path)
    assert run(["supply", str(path)]) == 2
    assert capsys.readouterr().out == ""


def test_a_file_with_steps_out_of_order_is_not_kept(tmp_path):
    path = saved(tmp_path, lambda plan: plan["steps"][1].update(start="2026-01-01"))
    with pytest.raises(BadInput, match="begins before the step"):
        plan_of_file(CATALOG, path)


def test_no_file_takes_the_draft_or_the_warning_away(tmp_path):
    path = saved(tmp_path, lambda plan: plan.update(draft=False, warning=""))
    plan = plan_of_file(CATALOG, path)
    assert plan.draft is True
    assert plan.warning.startswith("Do not stop suddenly")


def test_a_file_that_was_not_altered_stays_to_the_letter(tmp_path):
    path = saved(tmp_path, lambda plan: None)
    plan = plan_of_file(CATALOG, path)
    assert json.loads(path.read_text())["steps"] == plan_as_json(plan)["steps"]


def test_a_change_to_products_that_cannot_make_the_new_dose():
    # 10 mg of diazepam is 25 mL; at most 5 mL are drawn
    form = CrossoverForm(
        drug="lorazepam", doses="night 1 mg", equals="1 mg = 10 mg",
        products="liquid 0.4 mg/mL mark 0.1 mL most 5 mL",
    )  # fmt: skip
    with pytest.raises(BadInput, match="10 mg for night cannot be made"):
        plan_crossover(CATALOG, form, {}, TODAY)


def test_where_nobody_has_picked_the_draft_mark_and_the_warning_stand_all_the_same(capsys):
    asked = ["crossover", "--drug=lorazepam", "--doses=night 1 mg", "--products=tab 10", "--json"]
    assert run(asked) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["steps"] == [] and document["draft"] is True
    assert document["warning"].startswith("Do not stop suddenly")


@pytest.mark.parametrize("size", ["²", "٢٨", "2.5", "-3", "0", "9" * 5000])
def test_a_pack_size_is_a_plain_number(size):
    with pytest.raises(BadInput, match="is no pack size"):
        read_packs(f"tab 2 = {size}")


@pytest.mark.parametrize("dose", ["٢٠", "２０"])
def test_figures_of_any_one_script_are_figures(dose):
    assert read_form(CATALOG, FORM.model_copy(update={"dose": dose}), TODAY).dose_mg == 20


def test_amounts_are_written_in_plain_figures(capsys):
    with pytest.raises(BadInput, match="not a number"):
        plan_taper(CATALOG, FORM.model_copy(update={"dose": "2٠"}), {}, TODAY,
                   require_answers=False)  # fmt: skip
    with pytest.raises(BadInput, match="days or weeks"):
        plan_taper(CATALOG, FORM.model_copy(update={"every": "１４d"}), {}, TODAY,
                   require_answers=False)  # fmt: skip


def test_a_pack_of_something_that_is_not_in_the_plan_is_said():
    with pytest.raises(BadInput, match="“tab 7” is not one of this plan's products: tab 2"):
        plan_taper(CATALOG, FORM, {}, TODAY, require_answers=False, packs={"tab 7": 28})
