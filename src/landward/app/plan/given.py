"""Plans somebody else made: a prescriber's file, or a published schedule. Printed as given."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from landward.app.budget.within import within
from landward.app.plan import tables as plan_facts
from landward.app.plan.taper import with_supply
from landward.catalog import Catalog
from landward.catalog.schedules import schedule, schedules
from landward.engines.tapering import check_given
from landward.exchange.plan_fhir import is_fhir
from landward.exchange.plan_file import (
    MOST_BYTES,
    given_of,
    read_doses,
    read_plan_file,
    read_plan_json,
)
from landward.model.amounts import read_number
from landward.model.base import BadInput
from landward.model.preparation import Preparation, read_preparations
from landward.model.said import phrase
from landward.model.schedules import ScheduleStep
from landward.model.taper import DRAFT_WARNING, TaperPlan, TaperStep
from landward.model.taper_given import GivenPlan, GivenStep
from landward.model.taper_request import far_off


def check_plan_file(catalog: Catalog, path: Path) -> TaperPlan:
    """The plan in a file, unchanged, with every guideline check beside each step.

    Raises BadInput where the file is no plan or names a drug that is not in the tables.
    """
    # In a process of its own: 100 KB of TOML can ask for 8 GB.
    given = within(read_plan_file, _read(path), path.name, answer=GivenPlan, what=path.name)
    return check_plan(catalog, given)


def plan_of_file(catalog: Catalog, path: Path) -> TaperPlan:
    """The plan in a file, to keep or to count out: Landward's own stays to the letter.

    Raises BadInput as `check_plan_file` does.
    """
    if path.suffix.lower() == ".json" and not is_fhir(
        text := _read(path).decode("utf-8", errors="replace")
    ):
        plan = within(read_plan_json, text, path.name, answer=TaperPlan, what=path.name)
        return _known(catalog, plan)
    return check_plan_file(catalog, path)


def _known(catalog: Catalog, plan: TaperPlan) -> TaperPlan:
    """The plan as it was written, once its drug is known and every line adds up."""
    drug = catalog.find_drug(plan.drug)
    given_of(plan)  # for what it refuses: no steps, steps out of order, years out of reach
    for step in plan.steps:
        if not _adds_up(step):
            raise BadInput(
                phrase(
                    "the step of {start} does not add up: its pieces are not its dose. The "
                    "file was changed after it was written; make it again",
                    start=step.start,
                )
            )
    return plan.model_copy(update={"drug": drug.id, "draft": True, "warning": DRAFT_WARNING})


def _adds_up(step: TaperStep) -> bool:
    """Whether a step's pieces are its doses, and its doses of one drug its day."""
    whole = all(not dose.drug for dose in step.doses)
    if whole and step.doses and sum(dose.made_mg for dose in step.doses) != step.made_mg:
        return False
    pieces = [piece for dose in step.doses for piece in dose.pieces]
    return all(piece.mg == piece.count * _strength_mg(piece.product) for piece in pieces) and all(
        sum(piece.mg for piece in dose.pieces) == dose.made_mg for dose in step.doses if dose.pieces
    )


def _strength_mg(bottle: str) -> Fraction:
    """The mg in one of a product, from its name: “tab 2”, “er tab 0.5”, “liquid 0.4 mg/mL”."""
    return read_number(bottle.removesuffix(" mg/mL").rsplit(" ", 1)[-1], f"“{bottle}”")


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInput(phrase("{path} is too large to be a plan", path=path))
        return path.read_bytes()
    except OSError as error:
        raise BadInput(
            phrase("{path} cannot be read: {strerror}", path=path, strerror=error.strerror)
        ) from error


def check_plan(catalog: Catalog, given: GivenPlan) -> TaperPlan:
    """A given plan with its checks and, where its products are known, its supply."""
    drug = catalog.find_drug(given.drug)
    for doses in (given.held, *(step.doses for step in given.steps)):
        no_drug_as_time(catalog, drug.id, [dose.at for dose in doses])
    one_drug = _without_own_name(
        given.model_copy(update={"drug": drug.id, "steps": _drugs_known(catalog, given.steps)})
    )
    plan = check_given(one_drug, plan_facts.step_rules(catalog, drug))
    plan = plan.model_copy(update={"tables": plan_facts.tables_version(catalog)})
    return with_supply(catalog, plan)


def no_drug_as_time(catalog: Catalog, own: str, times: Iterable[str]) -> None:
    """Raises BadInput where another drug stands where a time of day does: its mg would be added."""
    for at in times:
        for word in at.split():
            found = catalog.drug_called(word)
            if found is not None and found.id != own:
                raise BadInput(
                    phrase(
                        "“{at}” is a medicine, no time of day. Say the time first, like “night "
                        "1 mg {drug}”, or give each medicine a plan of its own",
                        at=at,
                        drug=word,
                    )
                )


def _drugs_known(catalog: Catalog, steps: tuple[GivenStep, ...]) -> tuple[GivenStep, ...]:
    """The steps with every drug under its own name: a brand in a plan is no other medicine."""
    return tuple(
        step.model_copy(
            update={
                "doses": tuple(
                    dose.model_copy(update={"drug": catalog.find_drug(dose.drug).id})
                    if dose.drug
                    else dose
                    for dose in step.doses
                )
            }
        )
        for step in steps
    )


def _without_own_name(given: GivenPlan) -> GivenPlan:
    """Doses that name the plan's own drug need no name, unless another drug stands beside them."""
    named = {dose.drug for step in given.steps for dose in step.doses}
    if named - {"", given.drug}:
        return given
    steps = tuple(
        step.model_copy(
            update={"doses": tuple(dose.model_copy(update={"drug": ""}) for dose in step.doses)}
        )
        for step in given.steps
    )
    return given.model_copy(update={"steps": steps})


def published(
    catalog: Catalog,
    name: str,
    start: date,
    *,
    every_days: int | None = None,
    from_mg: Fraction | None = None,
    products: str = "",
) -> TaperPlan:
    """A published schedule from a day on, with every check. `from_mg` joins it at a lower dose.

    Without `every_days` each step lasts the longest interval the source prints. Raises BadInput
    for an unknown name, or a dose or interval that the schedule does not have.
    """
    if (slip := far_off(start)) is not None:
        raise BadInput(slip)
    rows = schedule(name)
    first = _start_row(rows, from_mg)
    days = every_days if every_days is not None else first.interval_high_days
    if not first.interval_low_days <= days <= first.interval_high_days:
        raise BadInput(
            phrase(
                "{title} has {interval_low_days} to {interval_high_days} days a step, not {days}",
                title=first.title,
                interval_low_days=first.interval_low_days,
                interval_high_days=first.interval_high_days,
                days=days,
            )
        )
    steps = tuple(
        GivenStep(
            start=start + timedelta(days=number * days),
            days=days,
            doses=read_doses(row.doses, row.id),
            total_mg=row.total_mg,
        )
        for number, row in enumerate(row for row in rows if row.step > first.step)
    )
    notes = tuple(dict.fromkeys(row.note for row in rows if row.note))
    own, others = products_by_drug(catalog, products, first.drug)
    given = GivenPlan.checked(
        title=first.title,
        drug=first.drug,
        source=f"{', '.join(first.source)}, {first.locator}",
        held=read_doses(first.doses, first.id),
        held_mg=first.total_mg,
        preparations=own,
        others=others,
        steps=steps,
        notes=notes,
    )
    return check_plan(catalog, given)


Products = tuple[Preparation, ...]


def products_by_drug(
    catalog: Catalog, text: str, own: str
) -> tuple[Products, tuple[tuple[str, Products], ...]]:
    """Products as typed: “tab 2 half, tab 5; lorazepam: tab 1 half”. Those without a drug's name
    are of the plan's own. Raises BadInput for a drug or a product that is not known.
    """
    found: dict[str, Products] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        name, sign, products = part.rpartition(":")
        drug = catalog.find_drug(name.strip()).id if sign else own
        found[drug] = (*found.get(drug, ()), *read_preparations(products))
    return found.pop(own, ()), tuple(found.items())


def _start_row(rows: tuple[ScheduleStep, ...], from_mg: Fraction | None) -> ScheduleStep:
    if from_mg is None:
        return rows[0]
    found = [row for row in rows if row.total_mg == from_mg]
    if not found:
        doses = ", ".join(str(row.total_mg) for row in rows)
        raise BadInput(
            phrase(
                "{title} has no step at that dose; it has {doses} mg",
                title=rows[0].title,
                doses=doses,
            )
        )
    return found[-1]


def published_names() -> dict[str, str]:
    """Every published schedule: its name and its title."""
    return {name: rows[0].title for name, rows in schedules().items()}
