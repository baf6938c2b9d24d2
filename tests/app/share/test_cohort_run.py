"""A registered study on pooled diaries, and every bad input the issue names: nothing leaves."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from landward.app.share import cohort_engines
from landward.app.share.cohort_check import check_cohort
from landward.app.share.cohort_engines import engine
from landward.app.share.cohort_facts import held_against, prescription_shares
from landward.app.share.cohort_make import make_cohort
from landward.app.share.cohort_run import Run, read_study, run_study
from landward.app.share.cohort_save import save_release
from landward.catalog import load_catalog
from landward.engines.cohort.made_up import Truth
from landward.model.base import BadInput
from landward.model.study import Study

STUDIES = Path(__file__).parents[3] / "examples" / "studies"
FIRST = STUDIES / "first-study.toml"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("cohort") / "made-up"
    make_cohort(240, 5, folder, truth=Truth(weeks=30))
    return folder


@pytest.fixture
def data(made, tmp_path) -> Path:
    """A copy that a test may spoil."""
    folder = tmp_path / "data"
    folder.mkdir()
    for path in made.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def change(folder: Path, table: str, how) -> None:
    """Write a table anew with its rows changed by `how`."""
    path = folder / f"{table}.parquet"
    found = pq.read_table(path)
    pq.write_table(pa.Table.from_pylist(how(found.to_pylist()), schema=found.schema), path)


def others(rows: list[dict], shift: int) -> list[dict]:
    return [{**row, "person": row["person"] + shift} for row in rows]


def study(**more) -> Study:
    small = {
        "id": "small",
        "title": "Small",
        "protocol": {"question": "How many had insomnia?"},
        "measures": [{"measure": "prevalence", "items": ["insomnia"], "by": ["sex"]}],
    }
    return Study.model_validate({**small, **more})


def run(folder: Path, asked: Study, ledger: Path, **more):
    return run_study(Run(study=asked, data=folder, ledger=ledger, **more))


def test_the_first_study_runs_whole_and_twice_the_same(data, tmp_path) -> None:
    asked = read_study(FIRST)
    release = run(data, asked, tmp_path / "ledger")
    assert [m.name for m in release.measures] == [m.measure for m in asked.measures]
    course = release.measures[2].cells[0]
    assert course.low <= 0.8 <= course.high  # what is true of these made-up people
    assert run(data, asked, tmp_path / "ledger") == release
    assert len(list((tmp_path / "ledger").glob("release-*.json"))) == 1
    for path in save_release(release, tmp_path / "out", date(2026, 1, 1)):
        assert path.stat().st_size > 100
    cells = pq.read_table(tmp_path / "out" / "cells.parquet").to_pylist()
    assert len(cells) == sum(len(m.cells) for m in release.measures)


def test_another_table_of_the_same_people_stands_in_one_proof(data, tmp_path) -> None:
    first = run(data, study(), tmp_path / "ledger")
    second = run(
        data,
        study(measures=[{"measure": "prevalence", "items": ["insomnia"], "by": ["country"]}]),
        tmp_path / "ledger",
    )
    assert first.people == second.people == 240
    with pytest.raises(BadInput, match="other settings"):
        later = {"measure": "prevalence", "items": ["insomnia"], "last_day": 100}
        run(data, study(measures=[later]), tmp_path / "ledger")


def test_five_more_people_are_refused_and_only_new_ones_must_be_ten(data, tmp_path) -> None:
    run(data, study(), tmp_path / "ledger")
    change(
        data,
        "people",
        lambda rows: [*rows, *({**r, "person": r["person"] + 1000} for r in rows[:5])],
    )
    with pytest.raises(BadInput, match="240 of these 245 people"):
        run(data, study(), tmp_path / "ledger")
    with pytest.raises(BadInput, match="fewer than 10"):
        run(data, study(), tmp_path / "ledger", only_new=True)
    change(
        data,
        "people",
        lambda rows: [*rows, *({**r, "person": r["person"] + 2000} for r in rows[:60])],
    )
    new = run(data, study(), tmp_path / "ledger", only_new=True)
    assert new.people == 65
    assert run(data, study(), tmp_path / "ledger", only_new=True) == new


def first(rows: list[dict], **new) -> list[dict]:
    return [{**rows[0], **new}, *rows[1:]]


WRONG = [
    ("people", lambda rows: [*rows, rows[0]], "people.parquet, person 0: two people have one id"),
    ("people", lambda rows: first(rows, zero="monday"), "neither first_cut nor"),
    ("people", lambda rows: first(rows, country="my <b>name"), "not short letters"),
    ("people", lambda rows: [], "0 people"),
    ("days", lambda rows: first(rows, severity=11), "day -28: severity is outside"),
    ("days", lambda rows: [*rows, rows[3]], "person 0, day -25: the row is there twice"),
    ("answers", lambda rows: first(rows, state=3), "state is not 0 absent"),
    ("answers", lambda rows: first(rows, item=9), "no such item"),
    ("answers", lambda rows: first(rows, person=10**9), "nobody of that id"),
    ("dose_changes", lambda rows: first(rows, day=3), "first cut is not on day 0"),
]


@pytest.mark.parametrize(("table", "how", "says"), WRONG)
def test_a_wrong_row_is_named_and_nothing_leaves(data, tmp_path, table, how, says) -> None:
    change(data, table, how)
    with pytest.raises(BadInput, match=says):
        run(data, study(), tmp_path / "ledger")
    assert not (tmp_path / "ledger").exists()


def test_a_withdrawn_consent_and_a_schema_of_next_year_are_named(data, tmp_path) -> None:
    path = data / "cohort.json"
    file = json.loads(path.read_text())
    path.write_text(json.dumps({**file, "withdrawn": [17]}))
    with pytest.raises(BadInput, match="person 17: this person has withdrawn"):
        run(data, study(), tmp_path / "ledger")
    path.write_text(json.dumps({**file, "schema": "landward-cohort/2"}))
    with pytest.raises(BadInput, match=r"landward-cohort/2.*reads landward-cohort/1"):
        run(data, study(), tmp_path / "ledger")
    assert not (tmp_path / "ledger").exists()


def test_a_column_nobody_declared_is_refused(data) -> None:
    found = pq.read_table(data / "people.parquet")
    name = pa.array(["Ann"] * found.num_rows)
    pq.write_table(found.append_column("name", name), data / "people.parquet")
    with engine("duckdb") as runner, pytest.raises(BadInput, match="“name” that the schema"):
        check_cohort(runner, data)


def test_a_cell_of_three_is_hidden_and_a_population_of_three_refused(data, tmp_path) -> None:
    rare = [{**r, "country": "ie"} if r["person"] < 3 else r for r in
            pq.read_table(data / "people.parquet").to_pylist()]  # fmt: skip
    change(data, "people", lambda rows: rare)
    with pytest.raises(BadInput, match="fewer than 10 of these people"):
        run(data, study(population=[{"column": "country", "values": ["ie"]}]), tmp_path / "a")
    with pytest.raises(BadInput, match="leaves out fewer than 10"):
        values = ["ca", "gb", "us"]
        run(data, study(population=[{"column": "country", "values": values}]), tmp_path / "a")
    by_country = [{"measure": "prevalence", "items": ["insomnia"], "by": ["country"]}]
    release = run(data, study(measures=by_country), tmp_path / "b")
    shown = {c.group.split(";")[0]: c.n for c in release.measures[0].cells}
    assert shown["country=ie"] is None
    assert sum(n is None for n in shown.values()) >= 1


def test_a_missing_engine_is_named(monkeypatch, data, tmp_path) -> None:
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setattr(cohort_engines.shutil, "which", lambda name: None)
    monkeypatch.setattr(cohort_engines, "JAVA_PLACES", ())
    with pytest.raises(BadInput, match="Java 17 or later, and none was found"):
        run(data, study(), tmp_path / "ledger", engine="spark")
    assert not (tmp_path / "ledger").exists()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"disclosure": {"cell_min": 3}}, "greater than or equal to 10"),
        ({"measures": [{"measure": "pace"}]}, "fast_percent"),
        ({"measures": [{"measure": "prevalence"}]}, "needs the items"),
        ({"measures": [{"measure": "course", "by": ["name"]}]}, "cannot be grouped by"),
        ({"population": [{"column": "name", "values": ["x"]}]}, "cannot be chosen by"),
    ],
)
def test_a_wrong_study_is_named(tmp_path, wrong, says) -> None:
    with pytest.raises(ValueError, match=says):
        study(**wrong)


def test_prescription_shares_come_from_the_tables() -> None:
    assert prescription_shares("FDA2020") == {"alprazolam": 38, "clonazepam": 24, "lorazepam": 20}
    with pytest.raises(BadInput, match="no prescription shares"):
        prescription_shares("NOBODY2020")


def test_every_printed_number_is_recomputed_contradicted_or_pending() -> None:
    told = {row.id: held_against(row) for row in load_catalog().paper_values}
    assert told["pv.ritvo2023.2"] == "agrees with its own counts"
    wrong = {r.id for r in load_catalog().paper_values if r.check_result == "contradicts"}
    assert wrong
    assert {name for name, said in told.items() if said.startswith("contradicts")} == wrong
    assert told["pv.barker2004acn.1"] == "pending source"
    assert len(told) >= 106
