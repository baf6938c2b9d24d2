"""`landward plan check` and `plan schedule`: plans somebody else made, printed as given."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.cli.terminal import AsJson, console, moment, print_json, tell

Save = Annotated[
    tuple[Path, ...],
    Parameter(help="Write it: .pdf, .ics, .svg (QR code) or .json. Repeatable.", negative=""),
]


def check(file: Path, /, *, save: Save = (), json: AsJson = False) -> None:
    """Print a plan as given, with every guideline check beside each step. Nothing is changed.

    FILE is TOML or CSV typed by hand, a plan file or `plan --json`, or the text of a scanned code.

    Example of a TOML file:

      drug = "diazepam"
      held = "20 mg"
      [[step]]
      start = 2026-01-05
      days = 14
      doses = "morning 8 mg, night 10 mg"
    """
    from landward.app.library.tables import load_catalog
    from landward.app.plan.given import check_plan_file
    from landward.cli.plan import save_plan
    from landward.cli.plan_show import show_plan
    from landward.report.as_json.plan import plan_as_json

    plan = check_plan_file(load_catalog(), file)
    save_plan(plan, save, moment().today())
    if json:
        print_json(plan_as_json(plan))
    else:
        show_plan(plan, None, console())


def schedule(
    name: str = "",
    /,
    *,
    start: Annotated[dt.date | None, Parameter(help="The day of the first step.")] = None,
    every: Annotated[str, Parameter(help="Days a step, within what the source prints.")] = "",
    dose: Annotated[str, Parameter(help="Join it at this daily dose.")] = "",
    products: Annotated[
        str,
        Parameter(
            help="What doses are made from, to count them out; of a second drug after "
            "its name: “tab 2 half, tab 5; lorazepam: tab 1 half”."
        ),
    ] = "",
    save: Save = (),
    json: AsJson = False,
) -> None:
    """Print a published schedule as given, with every guideline check. Without NAME, list them.

    Examples:

      landward plan schedule nice-cks --start 2026-01-05
      landward plan schedule nhs-scotland-lorazepam --every 14d --json
    """
    from landward.app.library.tables import load_catalog
    from landward.app.plan.given import published, published_names
    from landward.app.plan.request import read_every
    from landward.cli.plan import save_plan
    from landward.cli.plan_show import show_plan
    from landward.model.amounts import read_mg
    from landward.report.as_json.plan import plan_as_json

    if not name:
        names = published_names()
        if json:
            print_json(names)
        else:
            for key, title in names.items():
                tell(f"{key:26}{title}")
        return
    today = moment().today()
    plan = published(
        load_catalog(),
        name,
        start or today,
        every_days=read_every(every) if every else None,
        from_mg=read_mg(dose) if dose else None,
        products=products,
    )
    save_plan(plan, save, today)
    if json:
        print_json(plan_as_json(plan))
    else:
        show_plan(plan, None, console())
