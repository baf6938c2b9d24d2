"""Whom to call, before anything else: works with no diary, locked or not, and stores nothing."""

import datetime as dt

from landward.app.library.country_words import COUNTRY_WORDS
from landward.catalog import load_catalog
from landward.catalog.crisis import crisis_info
from landward.model.base import Frozen, LandwardError
from landward.model.crisis import CrisisInfo
from landward.model.said import Words, phrase


class Country(Frozen):
    """A country we have numbers for."""

    code: str
    name: Words
    emergency: str = ""
    """The number to call first, empty where the tables hold none."""


def crisis_for(country: str, today: dt.date) -> CrisisInfo:
    """The emergency number and crisis lines of a country; general words where none are known.

    Where the table of numbers itself cannot be read, the general words come with the reason.
    """
    try:
        return load_catalog().crisis(country, today)
    except LandwardError as error:
        return crisis_info(country, ()).model_copy(update={"warning": str(error)})


def emergency_number(country: str) -> str:
    """The number to call first, or “your local emergency number”."""
    try:
        lines = load_catalog().crisis(country).lines
    except LandwardError:
        lines = ()
    return (
        lines[0].phone
        if lines and lines[0].kind == "emergency"
        else phrase("your emergency number")
    )


def countries() -> tuple[Country, ...]:
    """Every country with at least one standing line, by name; none where no line can be read."""
    try:
        lines = [line for line in load_catalog().crisis_lines if line.usable]
    except LandwardError:
        return ()
    codes = {line.country for line in lines}
    first = {line.country: line.phone for line in reversed(lines) if line.kind == "emergency"}
    found = [
        Country(code=code, name=COUNTRY_WORDS.get(code, code), emergency=first.get(code, ""))
        for code in codes
        if len(code) == 2
    ]
    return tuple(sorted(found, key=lambda country: (country.name, country.code)))
