"""From what a person typed to a request the planner can use. Every slip gets one clear line."""

import re
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from landward.app.plan import tables as plan_facts
from landward.catalog import Catalog
from landward.model.amounts import read_mg, read_number
from landward.model.base import BadInput, Frozen
from landward.model.preparation import read_preparations
from landward.model.said import phrase
from landward.model.taper_request import Held, Method, TaperRequest, read_method

_EVERY = re.compile(r"(\d{1,4})\s*(d|days?|w|weeks?)?", re.IGNORECASE | re.ASCII)
_PACK = re.compile(r"[1-9]\d{0,5}", re.ASCII)
_PERCENT = re.compile(r"(\S+?)\s*(?:%|percent)?", re.IGNORECASE)
SMALLEST_STEP = "smallest-step"
STRETCH = "stretch"
FINISHES = (STRETCH, SMALLEST_STEP)
"""What can be done where no makeable dose is small enough a step."""


class PlanForm(Frozen):
    """What a form or a command line says, as text. Empty means not given."""

    drug: str
    dose: str
    method: str
    products: str
    rate: str = ""
    every: str = "14d"
    start: date | None = None
    times: str = ""
    split: str = ""
    cut_from: str = ""
    to: str = ""
    until: date | None = None
    finish: str = ""
    original: str = ""
    half_dose: str = ""
    most_pieces: int = 4
    cuts: int = 0
    """After so many cuts comes a pause, `pause` long, on top of `every`."""
    pause: str = ""


def read_form(
    catalog: Catalog, form: PlanForm, today: date, held: tuple[Held, ...] = ()
) -> TaperRequest:
    """The request a form makes. Raises BadInput for the first thing that cannot be used."""
    drug = catalog.find_drug(form.drug)
    method = read_method(form.method)
    if form.finish not in {"", *FINISHES}:
        raise BadInput(
            phrase(
                "“{finish}” is no way to finish; there is {ways}",
                finish=form.finish,
                ways=" and ".join(FINISHES),
            )
        )
    return TaperRequest.checked(
        drug=drug.id,
        dose_mg=read_mg(form.dose),
        method=method,
        rate=read_rate(form.rate, method),
        every_days=read_every(form.every),
        start=form.start or today,
        preparations=read_preparations(form.products),
        times=read_names(form.times) or ("daily",),
        split_mg=read_split(form.split),
        cut_from=read_names(form.cut_from),
        to_mg=read_mg(form.to or "0", phrase("the dose to stop at"), zero=True),
        until=form.until,
        finish=form.finish,
        most_pieces=form.most_pieces,
        original_mg=read_mg(form.original, phrase("the original dose")) if form.original else None,
        half_occupancy_mg=read_mg(form.half_dose, phrase("the half dose"))
        if form.half_dose
        else None,
        bands=plan_facts.bands(catalog, drug) if method is Method.BANDS else (),
        held=held,
        cuts=form.cuts,
        pause_days=read_every(form.pause, phrase("the pause")) if form.pause.strip() else 0,
    )


def read_rate(text: str, method: Method) -> Fraction | None:
    """A rate: percent for the percent methods, an amount for `fixed`. None where none was given."""
    if not text.strip():
        return None
    if method is Method.FIXED:
        if "%" in text:
            raise BadInput(
                phrase("the rate “{text}”: fixed steps are in mg, like “1 mg”", text=text)
            )
        return read_mg(text, phrase("the rate"))
    found = _PERCENT.fullmatch(text.strip())
    if found is None or re.search(r"m?[gl]$", found[1], re.IGNORECASE):
        raise BadInput(
            phrase("the rate “{text}”: {method} takes percent, like 10", text=text, method=method)
        )
    return read_number(found[1], phrase("the rate"))


def read_every(text: str, what: str = "") -> int:
    """An interval in days: “14d”, “14”, “2 weeks”; `what` it is, where it is not the usual one."""
    found = _EVERY.fullmatch(text.strip())
    if found is None:
        raise BadInput(
            phrase(
                "{what} “{text}”: write a number of days or weeks, like 14d or 2w",
                what=what or phrase("every"),
                text=text,
            )
        )
    weeks = (found[2] or "d")[0].lower() == "w"
    return int(found[1]) * (7 if weeks else 1)


def read_names(text: str) -> tuple[str, ...]:
    """Dose times: “morning, night”."""
    return tuple(" ".join(part.split()) for part in text.split(",") if part.strip())


def read_split(text: str) -> tuple[Fraction, ...]:
    """The day's dose by dose time: “1, 0.5, 1.5” in mg. A time that takes nothing is 0."""
    if not text.strip():
        return ()
    spaced = re.split(r",\s+|[+;]", text.strip())
    parts = spaced if len(spaced) > 1 else text.split(",")  # “0,5, 1,5” has decimal commas
    return tuple(read_mg(part, phrase("the split"), zero=True) for part in parts)


def read_packs(text: str) -> Mapping[str, int]:
    """Pack sizes: “tab 2 = 28, liquid 0.4 mg/mL = 100”."""
    packs: dict[str, int] = {}
    for part in text.split(","):
        if not part.strip():
            continue
        name, _, size = part.rpartition("=")
        if not name.strip() or _PACK.fullmatch(size.strip()) is None:
            raise BadInput(
                phrase("“{part}” is no pack size; write it like “tab 2 = 28”", part=part.strip())
            )
        packs[" ".join(name.split())] = int(size)
    return packs
