"""From exact cells to a release: every measure and all releases before, in one proof."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from landward.app.share.cohort_ledger import Ledger, TellsCell, hash_of
from landward.engines.cohort.audit import Told, levels_of, protect
from landward.engines.cohort.cells import Cell
from landward.engines.cohort.disclosure import first_pass, hidden, rounded
from landward.engines.cohort.measures import MEANINGS
from landward.model.base import BadInput
from landward.model.cohort import CohortFile
from landward.model.released import Release, ReleasedCell, ReleasedMeasure
from landward.model.study import MeasureSpec, Study

Conditions = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """One measure of the study with its exact cells."""

    spec: MeasureSpec
    cells: tuple[Cell, ...]


@dataclass
class _Place:
    """Where a cell stands in the release, and in which count of people."""

    measure: int
    at: int
    told: Told
    group: Conditions = ()


def protect_release(
    study: Study,
    asked: Sequence[Asked],
    ledger: Ledger,
    *,
    data: str,
    levels: dict[str, list[str]],
    people: int,
    file: CohortFile,
    engine: str,
) -> tuple[Release, list[TellsCell], dict[str, str]]:
    """The release, what the ledger must remember of it, and how each count was defined.

    Raises BadInput where a count of these people was released before by another definition.
    """
    rule = study.disclosure
    among = tuple(sorted((f.column, "|".join(sorted(f.values))) for f in study.population))
    shown = [first_pass(one.cells, rule) for one in asked]
    systems: dict[str, list[_Place]] = defaultdict(list)
    settings: dict[str, str] = {}
    for m, one in enumerate(asked):
        for at, (cell, out) in enumerate(zip(one.cells, shown[m], strict=True)):
            system, meant = _system(one.spec, cell, among)
            _defined_alike(ledger, data, system, meant, settings)
            if cell.group == "weighted to prescriptions":
                continue  # a sum of cells that are in the proof themselves
            told = Told(_conditions(cell.group, among), out.n, out.count)
            systems[system].append(_Place(m, at, told))
    remembered: list[TellsCell] = []
    for system, places in systems.items():
        before = ledger.told(data, system)
        mine = [place.told for place in places]
        known = levels_of((), levels)
        keep = protect([*before, *mine], known, rule)[len(before) :]
        for place, stays in zip(places, keep, strict=True):
            if not stays and place.told.n is not None:
                shown[place.measure][place.at] = hidden(asked[place.measure].cells[place.at])
            told = place.told if stays else Told(place.told.conditions, None)
            remembered.append(
                TellsCell(system=system, conditions=told.conditions, n=told.n, with_it=told.with_it)
            )
    _hide_weighted(asked, shown)
    count = Told(among, rounded(people, rule))
    before = ledger.told(data, "people")
    if not protect([*before, count], levels, rule)[-1]:
        raise BadInput(
            "how many people this study is about cannot be said beside what was released before "
            "without giving a small group away; nothing was released"
        )
    remembered.append(TellsCell(system="people", conditions=among, n=count.n, with_it=None))
    return (
        _assemble(study, asked, shown, data=data, people=count.n, file=file, engine=engine),
        remembered,
        settings,
    )


def _conditions(group: str, among: Conditions) -> Conditions:
    if group == "all":
        return among
    parts = [part.partition("=") for part in group.split("; ")]
    mine = tuple((left, right) for left, _, right in parts)
    return tuple(sorted({*mine, *among}))


def _system(spec: MeasureSpec, cell: Cell, among: Conditions) -> tuple[str, str]:
    """Which count of people a cell is about, and the settings that define it.

    Prevalence may be shown in several tables: they are added up and proven together. Everything
    else is shown in one table once, so nothing can be subtracted from it.
    """
    if spec.measure in ("prevalence", "drugs") and cell.kind == "share":
        meant = hash_of([spec.first_day, spec.last_day, spec.days_present])
        return f"prevalence/{cell.item}", meant
    words = spec.model_dump(mode="json", exclude={"items"})
    return f"{spec.measure}/{cell.item}/{cell.at}", hash_of([words, list(among)])


def _defined_alike(
    ledger: Ledger, data: str, system: str, meant: str, settings: dict[str, str]
) -> None:
    before = ledger.setting(data, system)
    if before is not None and before[0] != meant:
        raise BadInput(
            f"{system} of these people left before with other settings (release {before[1]}). Two "
            "nearly equal counts of the same people can be subtracted; nothing was released"
        )
    if settings.setdefault(system, meant) != meant:
        raise BadInput(
            f"the study asks for {system} twice with other settings: two nearly equal counts of "
            "the same people can be subtracted. Ask for one; nothing was released"
        )


def _hide_weighted(asked: Sequence[Asked], shown: list[list[ReleasedCell]]) -> None:
    """A weighted sum is hidden with any of its parts: else the part could be worked out from it."""
    for m, one in enumerate(asked):
        if one.spec.measure != "drugs":
            continue
        gone = {
            cell.item
            for cell, out in zip(one.cells, shown[m], strict=True)
            if out.n is None and cell.kind == "share"
        }
        for at, cell in enumerate(one.cells):
            if cell.group == "weighted to prescriptions" and cell.item in gone:
                shown[m][at] = hidden(cell)


def _assemble(
    study: Study,
    asked: Sequence[Asked],
    shown: list[list[ReleasedCell]],
    *,
    data: str,
    people: int | None,
    file: CohortFile,
    engine: str,
) -> Release:
    measures = []
    for one, cells in zip(asked, shown, strict=True):
        meaning = MEANINGS[one.spec.measure]
        settings: dict[str, Any] = one.spec.model_dump(mode="json", exclude_defaults=True)
        measures.append(
            ReleasedMeasure(
                name=one.spec.measure,
                estimand=meaning.estimand,
                assumptions=meaning.assumptions,
                cannot_say=meaning.cannot_say,
                settings=settings,
                cells=tuple(cells),
                suppressed=sum(cell.n is None for cell in cells),
            )
        )
    words = "; ".join(f"{f.column}={' or '.join(f.values)}" for f in study.population)
    return Release(
        study=study.id,
        title=study.title,
        question=study.protocol.question,
        engine=engine,
        data=data[:16],
        made_up=file.made_up,
        source=file.source,
        licence=file.licence,
        people=people,
        population=words or "all",
        selection_odds=study.selection_odds,
        measures=tuple(measures),
        disclosure=study.disclosure,
    )
