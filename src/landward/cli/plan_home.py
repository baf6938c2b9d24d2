"""`landward plan home`: how wrong weighing or a home-made mixture can be. Never recommended."""

from typing import Annotated

from cyclopts import Parameter

from landward.cli.terminal import AsJson, print_json, tell
from landward.model.said import phrase
from landward.report.as_json.plain import plain_json


def home(
    *,
    dose: Annotated[str, Parameter(help="The dose aimed at, like “0.3 mg”.")],
    tablet: Annotated[str, Parameter(help="What one whole tablet holds, like “2 mg”.")],
    mass: Annotated[str, Parameter(help="Weighing: what the whole tablet weighs, “170 mg”.")] = "",
    scale: Annotated[str, Parameter(help="Weighing: the steps the scale shows, “1 mg”.")] = "",
    water: Annotated[str, Parameter(help="Mixture: the whole volume in mL.")] = "",
    mark: Annotated[str, Parameter(help="Mixture: the mark of the syringe in mL.")] = "",
    json: AsJson = False,
) -> None:
    """Show the error of weighing a piece, or of mixing a tablet into water. Not recommended.

    Examples:

      landward plan home --dose "0.3 mg" --tablet "2 mg" --mass "170 mg" --scale "1 mg"
      landward plan home --dose "0.3 mg" --tablet "2 mg" --water 20 --mark 0.1
    """
    from landward.app.plan.home import HomeForm, home_error
    from landward.model.amounts import rounded_text

    found = home_error(
        HomeForm(dose=dose, tablet=tablet, mass=mass, scale=scale, water=water, mark=mark)
    )
    if json:
        print_json(plain_json(found))
        return
    tell(
        phrase(
            "Aimed at {aimed_mg} mg; reading error alone leaves {low_mg} to {high_mg} mg (± "
            "{percent} %, {steps} marks).",
            aimed_mg=rounded_text(found.aimed_mg, 3),
            low_mg=rounded_text(found.low_mg, 3),
            high_mg=rounded_text(found.high_mg, 3),
            percent=rounded_text(found.percent, 1),
            steps=found.steps,
        )
    )
    tell(found.advice)
