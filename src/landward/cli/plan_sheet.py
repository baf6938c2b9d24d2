"""`landward plan sheet`: a plan on paper, one line a step or a day."""

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from landward.cli.terminal import catalogue, moment, say
from landward.model.said import phrase


def sheet(
    file: Path,
    /,
    *,
    output: Annotated[Path, Parameter(name=("--output", "-o"), help="The PDF to write.")],
    lines: Annotated[Literal["step", "day"], Parameter(help="One line a step or a day.")] = "step",
    paper: Annotated[Literal["a4", "letter", "a5"], Parameter(help="Paper size.")] = "a4",
    patient: Annotated[str, Parameter(help="Printed as written.")] = "",
    prescriber: Annotated[str, Parameter(help="Printed as written.")] = "",
) -> None:
    """Print a plan in large type with boxes to tick. DRAFT stands on every page.

    FILE is a plan file, `plan --json`, TOML, CSV or the text of a scanned code.

    Example:

      landward plan sheet plan.json -o sheet.pdf --lines day --paper letter
    """
    from landward.app.keep.write_file import write_file
    from landward.app.library.tables import load_catalog
    from landward.app.plan.given import plan_of_file
    from landward.app.plan.papers import paper_of

    plan = plan_of_file(load_catalog(), file)
    content = paper_of(
        plan, "sheet.pdf", moment().today(), lines=lines, paper=paper, patient=patient,
        prescriber=prescriber, catalogue=catalogue(),
    )  # fmt: skip
    say(phrase("written: {output}", output=write_file(output, content)))
