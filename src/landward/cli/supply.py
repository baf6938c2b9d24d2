"""`landward supply`: what a plan needs from the pharmacy, interval by interval."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.cli.terminal import AsJson, moment, print_json


def supply(
    file: Path,
    /,
    *,
    every: Annotated[str, Parameter(help="Days of supply at a time: 7d, 14d, 28d.")] = "28d",
    packs: Annotated[str, Parameter(help="Pack sizes: “tab 2 = 28”.")] = "",
    country: Annotated[str | None, Parameter(help="Two letters; its maximum is kept.")] = None,
    patient: Annotated[str, Parameter(help="Printed as written.")] = "",
    prescriber: Annotated[str, Parameter(help="Printed as written.")] = "",
    valid_until: Annotated[
        dt.date | None, Parameter(help="Else the end of the first interval.")
    ] = None,
    json: AsJson = False,
) -> None:
    """Count out what a plan needs, as text to hand over. It is not a prescription.

    FILE is a plan file, `plan --json`, TOML, CSV or the text of a scanned code.

    Example:

      landward plan --drug diazepam … --save plan.json
      landward supply plan.json --every 28d --packs "tab 2 = 28"
    """
    from landward.app.library.tables import load_catalog
    from landward.app.plan.given import plan_of_file
    from landward.app.plan.request import read_every, read_packs
    from landward.app.plan.taper import with_supply
    from landward.report.as_json.plan import supply_as_json
    from landward.report.taper_supply import SupplySheet, supply_text

    catalog = load_catalog()
    plan = with_supply(
        catalog,
        plan_of_file(catalog, file),
        country.upper() if country else None,
        read_every(every),
        read_packs(packs),
    )
    if json:
        print_json(supply_as_json(plan))
    else:
        sheet = SupplySheet(patient=patient, prescriber=prescriber, valid_until=valid_until)
        print(supply_text(plan, sheet, moment().today()), end="")
