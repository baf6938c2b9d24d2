"""`landward safety`: taken together, likely dependence, driving, what to do now."""

import textwrap
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from cyclopts import App, Parameter

from landward.app.plan.ask_safety import about_driving, likely_dependent, taken_together, what_now
from landward.cli.terminal import AsJson, print_json, tell
from landward.model.safety import Finding
from landward.report.as_json.plain import plain_json, rows_json

app = App(
    name="safety",
    help="Rules with their sources: taken together, dependence, driving, what to do now.",
    help_format="plaintext",
)

Country = Annotated[str, Parameter(name="--country", help="Two letters, like GB.")]


@app.command
def together(drug: str, *beside: str, json: AsJson = False) -> None:
    """What the tables say about a drug and what is taken beside it.

    Examples:

      landward safety together lorazepam oxycodone beer
      landward safety together Xanax ketoconazole --json
    """
    reading = taken_together(drug, beside)
    if json:
        print_json(plain_json(reading))
        return
    _show(reading.findings)
    tell(reading.plain)


@app.command
def dependence(
    drug: str,
    *,
    days_per_week: Annotated[float, Parameter(help="On how many days a week it is taken.")],
    months: Annotated[float | None, Parameter(help="For how many months.")] = None,
    mg: Annotated[Decimal | None, Parameter(help="How many mg a day.")] = None,
    json: AsJson = False,
) -> None:
    """Whether the body has likely got used to it, by the joint guideline's table.

    Examples:

      landward safety dependence clonazepam --days-per-week 7 --months 6
      landward safety dependence diazepam --days-per-week 7 --months 2 --mg 5
    """
    reading = likely_dependent(drug, days_per_week, months, mg)
    if json:
        print_json(plain_json(reading))
        return
    _show([reading.finding] if reading.finding else [])
    if reading.finding is None:
        tell(reading.plain)
    tell(reading.reminder)


@app.command
def driving(*, country: Country = "", drug: str = "", json: AsJson = False) -> None:
    """What is to know about driving. Whether you are fit to drive is never judged.

    Examples:

      landward safety driving --country GB --drug diazepam
    """
    notes = about_driving(country, drug)
    if json:
        print_json({"notes": rows_json(notes)})
        return
    _show(notes)


@app.command
def now(incident: str, *, country: Country = "", json: AsJson = False) -> None:
    """What to do when something went differently: ran_out, vomited_doses, took_extra …

    Examples:

      landward safety now ran_out --country GB
      landward safety now took_extra
    """
    reading = what_now(incident, country)
    if json:
        print_json(plain_json(reading))
        return
    _show(reading.steps)
    tell(reading.reminder)


def _show(findings: Sequence[Finding]) -> None:
    """Each finding in plain words, its rule and sources below it."""
    for finding in findings:
        tell(textwrap.fill(finding.plain, 88))
        tell(f"  {finding.rule}: {', '.join(finding.source)} ({finding.locator})\n")
