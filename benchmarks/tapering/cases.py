"""Random requests, small for the oracles and of any size for the audit. Seeded."""

import random
from datetime import date
from fractions import Fraction

from landward.model.amounts import exact_text
from landward.model.base import BadInput
from landward.model.preparation import Preparation, read_preparations
from landward.model.taper_request import Band, Ceiling, Method, TaperRequest

CEILING = Ceiling(percent=Fraction(25), days=14, rule="asam2025.ceiling", source="ASAM-2025")
BANDS = tuple(
    Band(above_mg=above, cut_mg=cut)
    for above, cut in (("20", "2"), ("10", "1"), ("5", "1"), ("0", "0.5"))
)
START = date(2026, 1, 5)
METHODS = tuple(Method)


def small(rng: random.Random) -> TaperRequest:
    """A case with few enough doses that every plan can be tried."""
    while True:
        pool = ["1", "1 half", "1.5", "2", "2 half", "2 quarter", "2.5", "3 half", "4 quarter", "5"]
        names = [f"tab {name}" for name in rng.sample(pool, rng.randint(1, 3))]
        if rng.random() < 0.2:
            names.append(f"liquid 1 mg/mL mark 0.5 mL most {rng.randint(1, 3)} mL")
        times = ("morning", "night")[: rng.choice((1, 1, 1, 2))]
        most = 9 if len(times) == 1 else 5
        request = _request(rng, read_preparations(", ".join(names)), times, Fraction(most))
        if request is not None:
            return request


def with_gaps(rng: random.Random) -> TaperRequest:
    """Two dose times and coarse products, so that which share makes a dose matters for later."""
    pool = ["tab 2", "tab 3", "cap 5", "tab 1.5", "tab 2.5", "tab 4 half", "cap 7", "tab 3 half",
            "liquid 1 mg/mL mark 1 mL most 2 mL"]  # fmt: skip
    while True:
        items = read_preparations(", ".join(rng.sample(pool, rng.randint(2, 3))))
        request = _request(rng, items, ("morning", "night"), Fraction(16))
        if request is None or request.method is Method.DAILY or request.every_days < 14:
            continue
        return request.model_copy(update={"finish": ""})


def any_size(rng: random.Random) -> TaperRequest:
    """A case as people have them: real drugs' strengths, up to six products and four dose times."""
    kits = (
        ("diazepam", 60, ["tab 2", "tab 2 half", "tab 5 half", "tab 10", "tab 10 quarter",
                          "liquid 0.4 mg/mL mark 0.1 mL", "liquid 1 mg/mL mark 0.1 mL most 10 mL"]),
        ("clonazepam", 8, ["tab 0.5 half", "tab 0.25", "tab 1", "tab 2 quarter",
                           "liquid 0.1 mg/mL mark 0.1 mL",
                           "liquid 0.4 mg/mL mark 0.05 mL most 5 mL"]),
        ("alprazolam", 8, ["tab 0.25 half", "tab 0.5", "tab 1 quarter", "tab 2 quarter",
                           "er tab 0.5", "er tab 1", "liquid 1 mg/mL mark 0.01 mL most 1 mL"]),
        ("zopiclone", 15, ["tab 3.75", "tab 3.75 half", "tab 7.5 half", "tab 7.5", "tab 5"]),
        ("lorazepam", 10, ["tab 0.5 half", "tab 1", "tab 2.5", "liquid 2 mg/mL mark 0.05 mL"]),
        ("chlordiazepoxide", 100, ["cap 5", "cap 10", "cap 25", "tab 10 half"]),
        ("oxazepam", 90, ["tab 10 half", "tab 15", "cap 30"]),
    )  # fmt: skip
    while True:
        _, most, pool = rng.choice(kits)
        names = rng.sample(pool, rng.randint(1, min(6, len(pool))))
        times = ("morning", "noon", "evening", "night")[: rng.choice((1, 1, 1, 2, 3, 4))]
        request = _request(rng, read_preparations(", ".join(names)), times, Fraction(most))
        if request is not None:
            return request


def paused(request: TaperRequest, rng: random.Random) -> TaperRequest:
    """The same with a pause after every few cuts; a little every day has none."""
    if request.method is Method.DAILY:
        return request
    more = {"cuts": rng.randint(1, 6), "pause_days": rng.choice((3, 7, 14, 21, 28, 60))}
    return request.model_copy(update=more)


def lasts(request: TaperRequest, steps: int) -> list[int]:
    """How many days each step is held, counted without the engine."""
    every = 1 if request.method is Method.DAILY else request.every_days
    return [
        every + (request.pause_days if request.cuts and number % request.cuts == 0 else 0)
        for number in range(1, steps + 1)
    ]


def _request(
    rng: random.Random, items: tuple[Preparation, ...], times: tuple[str, ...], most: Fraction
) -> TaperRequest | None:
    split = tuple(_made(rng, items, most / len(times)) for _ in times)
    total = sum(split, Fraction(0))
    if not total:
        return None
    method = rng.choice(METHODS)
    rate: Fraction | None = Fraction(rng.choice((2, 5, 7, 10, 12, 15, 20, 25, 30)))
    if method is Method.FIXED:
        rate = Fraction(rng.choice((1, 2, 4, 5, 8, 10)), 4)
    elif method is Method.BANDS:
        rate = None
    to = _made(rng, items, total / 2) if rng.random() < 0.2 else Fraction(0)
    try:
        return TaperRequest.checked(
            drug="diazepam", dose_mg=total, method=method, rate=rate,
            every_days=rng.choice((3, 7, 7, 10, 14, 14, 14, 21, 28)), start=START,
            preparations=items, times=times, split_mg=split, to_mg=to,
            cut_from=times[:1] if len(times) > 1 and rng.random() < 0.4 else (),
            finish="smallest-step" if rng.random() < 0.3 else "",
            half_occupancy_mg=rng.choice((None, total / 2, total * 2)),
            bands=BANDS if method is Method.BANDS else (),
        )  # fmt: skip
    except BadInput:
        return None


def _made(rng: random.Random, items: tuple[Preparation, ...], most: Fraction) -> Fraction:
    """A dose these products make, up to `most`: products added at random."""
    dose, goal = Fraction(0), most * Fraction(rng.randint(5, 10), 10)
    for _ in range(200):
        item = rng.choice(items)
        step = item.smallest_mg * rng.randint(1, 4)
        if item.most_ml is not None or item.form == "liquid":
            step = item.smallest_mg * 10
        if dose + step <= goal and item.most_ml is None:
            dose += step
    return dose


def describe(request: TaperRequest) -> str:
    """One line to repeat a case by hand."""
    return (
        f"{exact_text(request.dose_mg)} mg {request.method} {request.rate} every "
        f"{request.every_days} d {request.times} {request.split_mg} "
        f"{[item.name for item in request.preparations]} to {request.to_mg} {request.finish}"
    )
