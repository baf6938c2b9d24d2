"""Run a registered study on pooled diaries: reduce, estimate, protect, write down, release."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import ValidationError

from landward.app.budget.tables import read_table
from landward.app.share.cohort_check import check_cohort
from landward.app.share.cohort_engines import Engine, Runner, engine, pool, table_path
from landward.app.share.cohort_facts import prescription_shares
from landward.app.share.cohort_ledger import Ledger, Record, fingerprint, hash_of
from landward.app.share.cohort_protect import Asked, protect_release
from landward.app.share.study_errors import what_is_wrong
from landward.engines.cohort.cells import Cell, Columns, Reduced
from landward.engines.cohort.expressions import REDUCTIONS
from landward.engines.cohort.measures import estimate
from landward.engines.cohort.pool import Pool
from landward.model.base import BadInput
from landward.model.cohort import GROUPINGS, TABLES, CohortFile
from landward.model.released import Release
from landward.model.said import phrase
from landward.model.study import MeasureSpec, Study


def read_study(path: Path) -> Study:
    """`study.toml`. Raises BadInput that names the line of it that is wrong."""
    try:
        return Study.model_validate(read_table(path))
    except ValidationError as error:
        raise BadInput(f"{path}: {what_is_wrong(error)}") from None


@dataclass(frozen=True)
class Run:
    """What to run, on which data, how."""

    study: Study
    data: Path
    ledger: Path
    engine: Engine = "duckdb"
    master: str = "local[2]"
    only_new: bool = False


def run_study(run: Run) -> Release:
    """Run a study and return what may leave. Raises BadInput; then nothing was released.

    The release is in the ledger before it is returned. A study run again on the same data gives
    back what the ledger holds.
    """
    ledger = Ledger(run.ledger)
    study_hash = hash_of(run.study.model_dump(mode="json"))
    with engine(run.engine, master=run.master) as runner:
        file = check_cohort(runner, run.data).file
        tables = pool(runner, run.data)
        data = fingerprint(table_path(run.data, shape.name) for shape in TABLES)
        ids = set(runner.fetch(tables.people.select("person"))["person"].to_pylist())
        tables, ids, data = _those_allowed(run, ledger, tables, ids, data)
        if (known := ledger.same(study_hash, data)) is not None:
            return known
        chosen, everyone = _population(run.study, runner, tables), len(ids)
        people = int(_columns(runner, chosen.people.aggregate(n=chosen.people.count()))["n"][0])
        large_enough(run.study, people, everyone)
        levels = _levels(runner, tables)
        asked = [
            Asked(spec, tuple(_cells(run.study, runner, chosen, file, spec)))
            for spec in run.study.measures
        ]
    release, told, settings = protect_release(
        run.study,
        asked,
        ledger,
        data=data,
        levels=levels,
        people=people,
        file=file,
        engine=run.engine,
    )
    record = Record(
        number=len(ledger.records) + 1,
        study=run.study.id,
        study_hash=study_hash,
        data=data,
        settings=settings,
        cells=tuple(told),
        release=release,
    )
    ledger.add(record, ids)
    return release


def _those_allowed(
    run: Run, ledger: Ledger, tables: Pool, ids: set[int], data: str
) -> tuple[Pool, set[int], str]:
    """The tables without anybody who was released in other data, or a refusal."""
    before = ids & ledger.seen(but=data)
    if not before:
        return tables, ids, data
    if not run.only_new:
        raise BadInput(
            phrase(
                "{count} of these {count_2} people were in a release of other data "
                "({ledger}). Two releases that share people can be subtracted, so "
                "nothing was released. --only-new takes only the others",
                count=len(before),
                count_2=len(ids),
                ledger=run.ledger,
            )
        )
    for earlier in ledger.records:  # the same new people as before: the same release again
        new = ids & ledger.people_of(earlier.data)
        if earlier.data == hash_of([data, sorted(new)]):
            break
    else:
        new = ids - before
    if not new:
        raise BadInput(phrase("nobody here is new since the last release; nothing was released"))
    named = hash_of([data, sorted(new)])
    return _narrow(tables, tables.people.filter(tables.people.person.isin(sorted(new)))), new, named


def _population(study: Study, runner: Runner, tables: Pool) -> Pool:
    if not study.population:
        return tables
    people = tables.people
    for one in study.population:
        people = people.filter(people[one.column].fill_null("not known").isin(list(one.values)))
    return _narrow(tables, people)


def _narrow(tables: Pool, people: Any) -> Pool:
    """The tables of only these people."""
    one = people.select("person")
    return replace(
        tables,
        people=people,
        days=tables.days.semi_join(one, "person"),
        dose_changes=tables.dose_changes.semi_join(one, "person"),
        answers=tables.answers.semi_join(one, "person"),
    )


def large_enough(study: Study, people: int, everyone: int) -> None:
    """Raises BadInput where so few people are meant, or left out, that they could be told apart."""
    least = study.disclosure.cell_min
    if people < least:
        raise BadInput(
            phrase(
                "the study is about fewer than {least} of these people; nothing was released",
                least=least,
            )
        )
    if 0 < everyone - people < least:
        raise BadInput(
            phrase(
                "the study leaves out fewer than {least} people: a study of everyone "
                "beside it would give them away. Nothing was released",
                least=least,
            )
        )


def _levels(runner: Runner, tables: Pool) -> dict[str, list[str]]:
    found = {}
    for column in GROUPINGS:
        rows = tables.people.select(value=tables.people[column].fill_null("not known")).distinct()
        found[column] = sorted(runner.fetch(rows)["value"].to_pylist())
    return found


def _columns(runner: Runner, table: Any) -> Columns:
    """The rows of an expression as columns of numpy; group words are shared, not copied."""
    import pyarrow as pa

    rows = runner.fetch(table)
    found: dict[str, Any] = {}
    for name in rows.column_names:
        column = rows[name].combine_chunks()
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            coded = column.dictionary_encode()
            words = np.array(coded.dictionary.to_pylist(), dtype=object)
            codes = coded.indices.to_numpy(zero_copy_only=False)
            found[name] = words[codes] if len(codes) else np.array([], dtype=object)
        else:
            found[name] = column.to_numpy(zero_copy_only=False)
    return found


def _cells(
    study: Study, runner: Runner, tables: Pool, file: CohortFile, spec: MeasureSpec
) -> Sequence[Cell]:
    items: dict[int, str] = {}
    for name in spec.items:
        number = file.number_of(name)
        if number is None:
            known = ", ".join(item.id for item in file.items)
            raise BadInput(
                phrase(
                    "“{name}” was not asked in this study's data (there are: {known})",
                    name=name,
                    known=known,
                )
            )
        items[number] = name
    shares: Mapping[str, float] = {}
    if spec.measure == "drugs":
        shares = prescription_shares(spec.shares_source)
    reduced: Reduced = {
        name: _columns(runner, expression)
        for name, expression in REDUCTIONS[spec.measure](tables, spec, tuple(items)).items()
    }
    return estimate(
        reduced,
        spec,
        items,
        odds=study.selection_odds,
        range_=float(file.severity_high - file.severity_low),
        shares=shares,
    )
