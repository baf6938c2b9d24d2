"""Whom to call, before anything else: works with no diary, locked or not, and stores nothing."""

import datetime as dt

from landward.app.library.country_words import COUNTRY_WORDS
from landward.catalog import load_catalog
from landward.model.base import Frozen
from landward.model.crisis import CrisisInfo
from landward.model.said import Words, phrase


class Country(Frozen):
    """A country we have numbers for."""

    code: str
    name: Words
    emergency: str = ""
    """The number to call first, empty where the tables hold none."""


def crisis_for(country: str, today: dt.date) -> CrisisInfo:
    """The emergency number and crisis lines of a country; general words where none are known."""
    return load_catalog().crisis(country, today)


def emergency_number(country: str) -> str:
    """The number to call first, or “your local emergency number”."""
    lines = load_catalog().crisis(country).lines
    return (
        lines[0].phone
        if lines and lines[0].kind == "emergency"
        else phrase("your emergency number")
    )


def countries() -> tuple[Country, ...]:
    """Every country with at least one standing line, by name."""
    codes = {line.country for line in load_catalog().crisis_lines if line.usable}
    first = {
        line.country: line.phone
        for line in reversed(load_catalog().crisis_lines)
        if line.usable and line.kind == "emergency"
    }
    found = [
        Country(code=code, name=COUNTRY_WORDS.get(code, code), emergency=first.get(code, ""))
        for code in codes
        if len(code) == 2
    ]
    return tuple(sorted(found, key=lambda country: (country.name, country.code)))
