"""`landward crisis`: whom to call, with no vault, no passphrase and no network."""

from datetime import date
from typing import Annotated

from cyclopts import Parameter

from landward.app.library.help_now import countries, crisis_for
from landward.cli.terminal import AsJson, print_json
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
        print(f"{crisis_for('', date.today()).first_words}\n")
        for place in known:
            print(f"{place.code}  {place.name:24}{place.emergency}")
        print("\nMore for one country: landward crisis GB")
        return
    info = crisis_for(country, date.today())
    if json:
        print_json(plain_json(info))
        return
    print(f"{info.first_words}\n")
    for line in info.lines:
        ways = [line.phone, f"text {line.text_to}" if line.text_to else ""]
        number = ", ".join(dict.fromkeys(way for way in ways if way))
        hours = f"  {line.hours}" if line.hours else ""
        note = f"  ({line.note})" if line.note else ""
        print(f"{number:28}{line.name}{hours}{note}")
    if info.oldest_check:
        print(f"\nRead in their sources on {info.oldest_check}. Nobody dialled them to check.")
    if info.warning:
        print(info.warning)
