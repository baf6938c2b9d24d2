"""`landward crisis`: whom to call, with no vault, no passphrase and no network."""

from datetime import date
from typing import Annotated

from cyclopts import Parameter

from landward.app.library.help_now import countries, crisis_for
from landward.cli.terminal import AsJson, print_json, tell
from landward.model.said import phrase
from landward.report.as_json.plain import countries_json, plain_json


def crisis(
    country: Annotated[str, Parameter(help="Two letters, like GB. Left out: a list.")] = "",
    *,
    json: AsJson = False,
) -> None:
    """Whom to call, the emergency number first. Nothing is stored and nobody is told.

    Examples:

      landward crisis GB
      landward crisis
    """
    if not country:
        known = countries()
        if json:
            print_json(countries_json(known))
            return
        tell(crisis_for("", date.today()).first_words + "\n")
        for place in known:
            tell(f"{place.code}  {place.name:24}{place.emergency}")
        tell("\n" + phrase("More for one country: landward crisis GB"))
        return
    info = crisis_for(country, date.today())
    if json:
        print_json(plain_json(info))
        return
    tell(info.first_words + "\n")
    for line in info.lines:
        ways = [line.phone, f"text {line.text_to}" if line.text_to else ""]
        number = ", ".join(dict.fromkeys(way for way in ways if way))
        hours = f"  {line.hours}" if line.hours else ""
        note = f"  ({line.note})" if line.note else ""
        tell(f"{number:28}{line.name}{hours}{note}")
    if info.oldest_check:
        tell(
            "\n"
            + phrase(
                "Read in their sources on {oldest_check}. Nobody dialled them to check.",
                oldest_check=info.oldest_check,
            )
        )
    if info.warning:
        tell(info.warning)
