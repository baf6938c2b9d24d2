"""From exact cells to a release: every measure and all releases before, in one proof."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from landward.app.share.cohort_ledger import Ledger, TellsCell, hash_of
from landward.engines.cohort.audit import Told, protect
from landward.engines.cohort.cells import Cell
from landward.engines.cohort.disclosure import first_pass, hidden, rounded
from landward.engines.cohort.measures import MEANINGS
from landward.engines.cohort.prevalence import ON, WEIGHTED
from landward.model.base import BadInput
from landward.model.cohort import CohortFile
from landward.model.released import Release, ReleasedCell, ReleasedMeasure, ReleasedRule
from landward.model.said import phrase
from landward.model.study import DisclosureRule, MeasureSpec, Study

Conditions = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Asked:
    """One measure of the study with its exact cells."""

    spec: MeasureSpec
    cells: tuple[Cell, ...]


@dataclass
class _Told:
    """What is said of one group in one count of people, and which cells say it."""

    told: Told
    cells: list[tuple[int, int]] = field(default_factory=list)
    """Measure and place of the cells that are hidden with it."""
    of_people: list[tuple[int, int]] = field(default_factory=list)
    """Cells that only lose their share of everyone with it."""


Systems = dict[str, dict[Conditions, _Told]]


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
    settings: dict[str, str] = {}
    for one in asked:
        for cell in one.cells:
            system, meant = _system(one.spec, cell, among)
            _defined_alike(ledger, data, system, meant, settings)
    systems = _systems(asked, shown, among, rule)
    count = rounded(people, rule)
    everyone = systems["people"].setdefault(among, _Told(Told(among, count)))
    everyone.told = Told(among, count, fixed=True)
    remembered: list[TellsCell] = []
    for system, groups in systems.items():
        before = ledger.told(data, system)
        keep = protect([*before, *(one.told for one in groups.values())], levels, rule)
        for group, stays in zip(groups.values(), keep[len(before) :], strict=True):
            if not stays:
                _take_back(group, asked, shown)
            told = group.told if stays else Told(group.told.conditions, None)
            remembered.append(
                TellsCell(system=system, conditions=told.conditions, n=told.n, with_it=told.with_it)
            )
    _hide_weighted(asked, shown)
    release = _assemble(study, asked, shown, data=data, people=count, file=file, engine=engine)
    return release, remembered, settings


def _systems(
    asked: Sequence[Asked],
    shown: list[list[ReleasedCell]],
    among: Conditions,
    rule: DisclosureRule,
) -> Systems:
    """Every count that is told, by what it counts and of whom."""
    systems: Systems = defaultdict(dict)

    def add(system: str, told: Told) -> _Told:
        there = systems[system].setdefault(told.conditions, _Told(told))
        if there.told.n is None and told.n is not None:
            there.told = told
        return there

    for m, one in enumerate(asked):
        drugs = "|".join(c.item.removeprefix(ON) for c in one.cells if c.expected is not None)
        for at, (cell, out) in enumerate(zip(one.cells, shown[m], strict=True)):
            if cell.group == WEIGHTED:
                continue  # a sum of cells that are in the proof themselves
            if cell.expected is not None:  # people on a drug, among people on any of the drugs
                drug = cell.item.removeprefix(ON)
                one_drug = _conditions(f"drug={drug}", among)
                of_all = _conditions(f"drug={drugs}", among)
                add("people", Told(one_drug, out.count)).cells.append((m, at))
                add("people", Told(of_all, out.n)).cells.append((m, at))
                continue
            conditions = _conditions(cell.group, among)
            system, _ = _system(one.spec, cell, among)
            add(system, Told(conditions, out.n, out.count)).cells.append((m, at))
            if out.of_people is not None:
                size = Told(conditions, rounded(cell.people, rule))
                add("people", size).of_people.append((m, at))
    return systems


def _take_back(one: _Told, asked: Sequence[Asked], shown: list[list[ReleasedCell]]) -> None:
    """Hide what says a count that may not be said."""
    for m, at in one.cells:
        shown[m][at] = hidden(asked[m].cells[at])
    for m, at in one.of_people:
        shown[m][at] = shown[m][at].model_copy(update={"of_people": None})


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
    if cell.expected is not None:
        return f"drugs/{cell.item}", hash_of(spec.shares_source)
    if spec.measure in ("prevalence", "drugs"):
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
            phrase(
                "{system} of these people left before with other settings (release "
                "{before}). Two nearly equal counts of the same people can be "
                "subtracted; nothing was released",
                system=system,
                before=before[1],
            )
        )
    if settings.setdefault(system, meant) != meant:
        raise BadInput(
            phrase(
                "the study asks for {system} twice with other settings: two nearly equal "
                "counts of the same people can be subtracted. Ask for one; nothing was "
                "released",
                system=system,
            )
        )


def _hide_weighted(asked: Sequence[Asked], shown: list[list[ReleasedCell]]) -> None:
    """A weighted sum is hidden with any of its parts: else the part could be worked out from it."""
    for m, one in enumerate(asked):
        if one.spec.measure != "drugs":
            continue
        gone = {
            cell.item
            for cell, out in zip(one.cells, shown[m], strict=True)
            if out.n is None and cell.kind == "share" and cell.expected is None
        }
        for at, cell in enumerate(one.cells):
            if cell.group == WEIGHTED and cell.item in gone:
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
        registered=" ".join(
            filter(None, (study.protocol.registered_on, study.protocol.registered_at))
        ),
        intended=study.protocol.population,
        selection_odds=study.selection_odds,
        measures=tuple(measures),
        disclosure=ReleasedRule(**study.disclosure.model_dump()),
    )
