"""`landward plan`: a taper plan as text, JSON, sheet, calendar or file; checks of given plans."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from landward.cli.terminal import AsJson, catalogue, console, moment, print_json, say
from landward.model.base import BadInput
from landward.model.said import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from landward.app.library.tables import Catalog
    from landward.model.safety import Answer
    from landward.model.taper import TaperPlan

app = App(
    name="plan",
    help="Plan a taper, or check a plan you were given. Every plan is a DRAFT for the prescriber.",
    help_format="plaintext",
)
for _name, _target, _line in (
    (
        "check",
        "plan_given:check",
        phrase("A plan in a file, printed as given, with every guideline check."),
    ),
    ("schedule", "plan_given:schedule", phrase("A published schedule, printed as given.")),
    (
        "adopt",
        "plan_living:adopt",
        phrase("Keep a plan in the diary. Its steps are never recomputed."),
    ),
    ("show", "plan_living:show", phrase("The plan that stands in the diary.")),
    (
        "go-on",
        "plan_living:go_on",
        phrase("Begin the next line of the plan. Nothing begins without it."),
    ),
    ("stay", "plan_living:stay", phrase("Stay on the dose of now; doing nothing is staying, too.")),
    ("hold", "plan_living:hold", phrase("Stay on a dose for longer; the rest moves.")),
    ("change", "plan_living:change", phrase("Go on from a day in another way or at another pace.")),
    ("back", "plan_living:back", phrase("Ask the prescriber about going back to the dose before.")),
    ("sheet", "plan_sheet:sheet", phrase("The plan on paper: large type, boxes to tick.")),
    (
        "home",
        "plan_home:home",
        phrase("How wrong weighing or a home mixture can be. Not recommended."),
    ),
    ("taken", "plan_living:taken", phrase("Planned, makeable and taken doses side by side.")),
):
    app.command(f"landward.cli.{_target}", name=_name, help=_line)


@app.default
def plan(
    *,
    drug: Annotated[str, Parameter(help="Which medicine; brand names are understood.")],
    dose: Annotated[
        str, Parameter(help="Today's whole daily dose: 20, “20 mg”, “500 micrograms”.")
    ],
    method: Annotated[
        str,
        Parameter(
            help="percent-current, percent-original, fixed, bands, hyperbolic, daily (microtaper)."
        ),
    ],
    products: Annotated[
        str, Parameter(help="What doses are made from: “tab 2 half, liquid 0.4 mg/mL mark 0.1 mL”.")
    ],
    rate: Annotated[str, Parameter(help="Percent of each cut; for fixed an amount in mg.")] = "",
    every: Annotated[str, Parameter(help="How long each step lasts: 14d, 2w.")] = "14d",
    start: Annotated[
        dt.date | None, Parameter(help="The day of the first cut. Else today.")
    ] = None,
    times: Annotated[str, Parameter(help="Dose times: “morning, night”.")] = "",
    split: Annotated[str, Parameter(help="Today's dose by dose time: “1, 0.5, 1.5”.")] = "",
    cut_from: Annotated[str, Parameter(help="Dose times to lower first, one after another.")] = "",
    to: Annotated[str, Parameter(help="A lower dose to stop at. Else 0.")] = "",
    until: Annotated[dt.date | None, Parameter(help="Plan no further than this day.")] = None,
    finish: Annotated[
        str,
        Parameter(
            help="Where pieces are too coarse: stretch (wait longer, within the guideline) or "
            "smallest-step (go on to 0, every broken check shown)."
        ),
    ] = "",
    original: Annotated[str, Parameter(help="The dose percent-original counts from.")] = "",
    half_dose: Annotated[
        str, Parameter(help="hyperbolic: the dose assumed to fill half the sites (a convention).")
    ] = "",
    cuts: Annotated[
        int, Parameter(help="After so many cuts comes a pause (--pause). Else there is none.")
    ] = 0,
    pause: Annotated[str, Parameter(help="How long the pause is, on top: 21d, 3w.")] = "",
    most_pieces: Annotated[
        int, Parameter(help="Tablets, parts and draws in one dose at most, where it can be done.")
    ] = 4,
    answered: Annotated[str, Parameter(help="Safety answers: “seizures=no, pregnancy=no”.")] = "",
    answers: Annotated[Path | None, Parameter(help="The same in a TOML or JSON file.")] = None,
    country: Annotated[str | None, Parameter(help="Two letters, for products and supply.")] = None,
    fewest_strengths: Annotated[
        bool, Parameter(help="Use as few of the products as reach the same end.", negative="")
    ] = False,
    supply_every: Annotated[int, Parameter(help="Days of supply at a time.")] = 28,
    packs: Annotated[str, Parameter(help="Pack sizes: “tab 2 = 28”.")] = "",
    save: Annotated[
        tuple[Path, ...],
        Parameter(
            help="Write it: .pdf sheet, .ics calendar, .svg QR code, .json plan file. Repeatable.",
            negative="",
        ),
    ] = (),
    json: AsJson = False,
) -> None:
    """Work out a taper plan whose every line adds up, or say why it ends and what would help.

    No step is faster than asked, none goes below the asked dose, none falls further than the
    guideline's limit. It is a DRAFT: go through it with your prescriber. Do not stop suddenly.

    Examples:

      landward plan --drug diazepam --dose 20 --method percent-current --rate 10 --every 14d
        --products "tab 2 half, tab 5, liquid 0.4 mg/mL mark 0.1 mL"
      landward plan --drug diazepam --dose 20 --method percent-current --rate 2.5 --every 7d
        --cuts 4 --pause 3w --products "liquid 1 mg/mL mark 0.1 mL"
      landward plan check plan.toml
    """
    from landward.app.library.tables import load_catalog
    from landward.app.plan.request import PlanForm, read_packs
    from landward.app.plan.taper import plan_taper
    from landward.cli.plan_show import show_plan
    from landward.report.as_json.plan import plan_as_json

    catalog = load_catalog()
    now = moment()
    form = PlanForm(
        drug=drug, dose=dose, method=method, products=products, rate=rate, every=every,
        start=start, times=times, split=split, cut_from=cut_from, to=to, until=until,
        finish=finish, original=original, half_dose=half_dose, most_pieces=most_pieces,
        cuts=cuts, pause=pause,
    )  # fmt: skip
    told = _answers(catalog, answered, answers, interactive=not json)
    answer = plan_taper(
        catalog, form, told, now.today(), require_answers=False,
        country=country.upper() if country else None,
        supply_days=supply_every, packs=read_packs(packs), fewest=fewest_strengths,
    )  # fmt: skip
    save_plan(answer.plan, save, now.today())
    if json:
        print_json(plan_as_json(answer.plan, answer.supervision))
    else:
        show_plan(answer.plan, answer.supervision, console())


def save_plan(
    plan: "TaperPlan",
    paths: tuple[Path, ...],
    today: dt.date,
    earlier: "Sequence[TaperPlan]" = (),
    confirmed: int | None = None,
) -> None:
    """Write a plan in the forms the endings ask for. Raises BadInput before anything is written."""
    from landward.app.keep.write_file import write_file
    from landward.app.plan.papers import paper_of
    from landward.report.taper_calendar import DELETE_FIRST

    if paths and not plan.steps:
        say(phrase("there are no steps to write down; nothing was written"))
        return
    papers = [
        (
            path,
            paper_of(
                plan, path.name, today, earlier=earlier, confirmed=confirmed, catalogue=catalogue()
            ),
        )
        for path in paths
    ]
    for path, content in papers:
        say(phrase("written: {path}", path=write_file(path, content)))
        if earlier and path.suffix.lower() == ".ics":
            say(DELETE_FIRST)


def _answers(
    catalog: "Catalog", answered: str, path: Path | None, *, interactive: bool
) -> "dict[str, Answer]":
    from landward.app.plan.taper import read_answers
    from landward.cli.plan_ask import answers_in_file, ask_supervision

    given: dict[str, str] = answers_in_file(path) if path is not None else {}
    for part in answered.split(","):
        if part.strip():
            name, sign, word = part.partition("=")
            if not sign:
                raise BadInput(
                    phrase("“{part}”: write an answer like seizures=no", part=part.strip())
                )
            given[name.strip()] = word.strip()
    if given or not interactive:
        return read_answers(catalog, given)
    return ask_supervision(catalog)
