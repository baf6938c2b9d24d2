"""Templates: escaped by default, with the few words and shapes every page shares."""

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from landward.model.identity import drug_words
from landward.model.questions import (
    BY_ID,
    DAY_ENDS,
    FEELING_WORDS,
    SEVERITY_WORDS,
    SPECIAL_ANSWERS,
    SPECIALS_MEAN,
)
from landward.model.said import ENGLISH, Catalogue, begun, phrase
from landward.model.stopping import DO_NOT_STOP
from landward.report.figure.marks import Figure
from landward.report.figure.svg import page_svg
from landward.report.words import (
    WEEKDAYS,
    date_words,
    dose_words,
    number_words,
    weekday_words,
)
from landward.web.http.shapes import Shapes
from landward.web.http.static_files import address
from landward.web.http.template_words import WordsEnvironment


def day_words(day: dt.date) -> str:
    """“Saturday 21 Nov”: the weekday before the one way dates are written."""
    weekday = WEEKDAYS[day.weekday()]
    return phrase("{weekday} {date}", weekday=weekday, date=date_words(day, year=False))


def clock_words(when: dt.datetime) -> str:
    """“22:05”."""
    return f"{when:%H:%M}"


def telephone(number: str) -> str:
    """A number as a link takes it: digits and a leading plus."""
    return "".join(c for c in number.split("/", maxsplit=1)[0] if c.isdigit() or c == "+")


def mg(amount: Decimal | None) -> str:
    """An exact amount with its unit."""
    return phrase("amount not written") if amount is None else f"{dose_words(amount)} mg"


def plain(value: object) -> str:
    """A value for a program, as it is in every language: what a form sends back."""
    return "".join(str(value))


def drawn(figure: Figure) -> Markup:
    """A picture, where it stands."""
    return Markup(page_svg(figure))  # noqa: S704 - the renderer escapes every word


@cache
def environment(catalogue: Catalogue = ENGLISH) -> WordsEnvironment:
    """The template engine of a language. An unknown name is an error, never an empty page."""
    env = WordsEnvironment(
        catalogue,
        loader=PackageLoader("landward.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters |= {
        "day": day_words,
        "date": date_words,
        "weekday": weekday_words,
        "clock": clock_words,
        "number": number_words,
        "mg": mg,
        "tel": telephone,
        "plain": plain,
        "drawn": drawn,
        "begun": begun,
    }
    shapes = Shapes(env)
    env.globals |= {
        "scale10": shapes.scale10,
        "words": shapes.words,
        "named": shapes.named,
        "static": address,
        "drug_words": drug_words,
        "SEVERITY": SEVERITY_WORDS,
        "FEELING": FEELING_WORDS,
        "DAY_ENDS": DAY_ENDS,
        "BY_ID": BY_ID,
        "SPECIALS": tuple(sorted(SPECIAL_ANSWERS.items())),
        "SPECIALS_MEAN": SPECIALS_MEAN,
        "do_not_stop": DO_NOT_STOP,
    }
    return env


def get_ready() -> None:
    """Read every template, so that no page has to wait for its own on first being shown."""
    for name in environment().list_templates(extensions=["html"]):
        environment().get_template(name)


def render(template: str, values: dict[str, Any], catalogue: Catalogue = ENGLISH) -> str:
    """One template with its values, in a language."""
    return environment(catalogue).get_template(template).render(values)
