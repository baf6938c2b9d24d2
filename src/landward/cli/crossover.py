"""`landward crossover`: a stepwise change to a longer-acting drug."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from landward.cli.terminal import AsJson, console, moment, print_json, styled
from landward.model.said import begun, phrase

if TYPE_CHECKING:
    from rich.console import Console

    from landward.model.crossover import Crossover


def crossover(
    *,
    drug: Annotated[str, Parameter(help="The drug taken now.")],
    doses: Annotated[str, Parameter(help="Its doses: “morning 1 mg, night 1 mg”.")],
    products: Annotated[
        str, Parameter(help="What the new doses are made from: “tab 2 half, tab 5”.")
    ],
    from_products: Annotated[
        str, Parameter(help="What the old doses are made from: they are counted too.")
    ] = "",
    to: Annotated[str, Parameter(help="The longer-acting drug.")] = "diazepam",
    every: Annotated[str, Parameter(help="Time between two changes: 7d, 1w.")] = "7d",
    start: Annotated[dt.date | None, Parameter(help="The day of the first change.")] = None,
    equals: Annotated[str, Parameter(help="What the prescriber picked: “1 mg = 10 mg”.")] = "",
    table: Annotated[str, Parameter(help="Or one table's number, by the table's name.")] = "",
    because: Annotated[
        str, Parameter(help="Why, where --equals is outside every table; printed on the plan.")
    ] = "",
    first: Annotated[
        str, Parameter(help="Dose times to change first. Else the last of the day.")
    ] = "",
    halves: Annotated[bool, Parameter(help="Each dose time in two goes.", negative="")] = False,
    answered: Annotated[str, Parameter(help="Safety answers: “seizures=no”.")] = "",
    save: Annotated[
        tuple[Path, ...], Parameter(help="Write it: .pdf, .ics, .svg or .json.", negative="")
    ] = (),
    json: AsJson = False,
) -> None:
    """Change to a longer-acting drug, dose time by dose time. A DRAFT for the prescriber.

    Tables disagree on which doses are equal. Without --equals or --table their range is shown and
    nothing is chosen: the prescriber picks.

    Example:

      landward crossover --drug lorazepam --doses "morning 1 mg, night 1 mg"
        --products "tab 2 half, tab 5, tab 10" --table nhs_scotland --every 7d
    """
    from landward.app.library.tables import load_catalog
    from landward.app.plan.crossover import CrossoverForm, plan_crossover
    from landward.app.plan.request import read_every, read_names
    from landward.app.plan.taper import read_answers
    from landward.cli.plan import save_plan
    from landward.report.as_json.plan import crossover_as_json

    catalog, today = load_catalog(), moment().today()
    pairs = [part.partition("=") for part in answered.split(",") if part.strip()]
    found = plan_crossover(
        catalog,
        CrossoverForm(
            drug=drug, doses=doses, products=products,
            from_products=from_products, to_drug=to, every_days=read_every(every),
            start=start, equals=equals, table=table, because=because,
            first=read_names(first), in_halves=halves,
        ),
        read_answers(catalog, {name.strip(): word for name, _, word in pairs}),
        today,
    )  # fmt: skip
    if found.plan is not None:
        save_plan(found.plan, save, today)
    if json:
        print_json(crossover_as_json(found))
    else:
        _show(found, console())


def _show(found: "Crossover", screen: "Console") -> None:
    from rich.table import Table

    from landward.cli.plan_show import show_plan
    from landward.model.amounts import short_text
    from landward.model.taper import DRAFT_WARNING

    equal = found.equal
    screen.print(
        "\n[bold]"
        + phrase("What tables put for 1 mg of {from_drug}", from_drug=equal.from_drug)
        + "[/bold]\n"
    )
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    for name in (
        "  " + phrase("table"),
        phrase("mg of {to_drug}", to_drug=equal.to_drug),
        phrase("source"),
    ):
        table.add_column(name)
    for row in equal.rows:
        low, high = row.low_mg / row.from_mg, row.high_mg / row.from_mg
        span = " to ".join(dict.fromkeys(short_text(mg) for mg in (low, high)))
        table.add_row(f"  {row.table}", span, row.source)
    screen.print(table)
    if found.refused is not None:
        screen.print(styled("\n" + begun(found.refused.reason) + "."))
        screen.print(
            styled(phrase("Pick with --equals “1 mg = …” or --table NAME.") + "\n", style="dim")
        )
        screen.print(styled(DRAFT_WARNING + "\n"))
    if found.plan is not None:
        screen.print(styled("\n" + phrase("Picked: {picked_from}.", picked_from=found.picked_from)))
        show_plan(found.plan, None, screen)
