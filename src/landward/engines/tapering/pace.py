"""The asked curve of each method, and the lowest dose one asked cut may lead to.

Each method gives two things. `asked(k)` is the dose asked for in step k (step 0 is today's dose).
`lowest_after(held)` is how far one cut may go from the dose actually held. The second never falls
when `held` rises; `search` relies on that and `tests/properties` holds it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from landward.model.amounts import exact_text
from landward.model.said import phrase
from landward.model.taper_request import Band, Method, TaperRequest

Lowest = Callable[[Fraction], Fraction]


@dataclass(frozen=True)
class Pace:
    """A method at work. Doses in mg.

    `step_days` is the length of a step; a cut is measured against the dose held `window_days`
    before (1 is the day before; a daily microtaper compares whole intervals). `words` says what
    the asked rate means.
    """

    step_days: int
    window_days: int
    asked: Callable[[], Iterator[Fraction]]
    lowest_after: Lowest
    words: str


def pace_of(request: TaperRequest) -> Pace:
    """The pace a request asks for. The asked curve never goes below `request.to_mg`."""
    every, percent = request.every_days, exact_text(request.rate or Fraction(0))
    rate = (request.rate or Fraction(0)) / 100
    if request.method is Method.DAILY:
        return Pace(
            step_days=1,
            window_days=every,
            asked=lambda: _down_to(request.to_mg, _daily(request.dose_mg, rate, every)),
            lowest_after=lambda held: held * (1 - rate),
            words=phrase(
                "{percent} % of the dose held {every} days before", percent=percent, every=every
            ),
        )
    lowest, words = _lowest_and_words(request, rate, percent)
    return Pace(
        step_days=every,
        window_days=1,
        asked=lambda: _down_to(request.to_mg, _repeat(request.dose_mg, lowest)),
        lowest_after=lowest,
        words=words,
    )


def _lowest_and_words(request: TaperRequest, rate: Fraction, percent: str) -> tuple[Lowest, str]:
    original = request.original
    match request.method:
        case Method.PERCENT_CURRENT:
            return (lambda held: held * (1 - rate)), phrase(
                "{percent} % of the current dose", percent=percent
            )
        case Method.PERCENT_ORIGINAL:
            cut = original * rate
            return (lambda held: max(held - cut, Fraction(0))), phrase(
                "{percent} % of the original dose", percent=percent
            )
        case Method.FIXED:
            amount = request.rate or Fraction(0)
            return (lambda held: max(held - amount, Fraction(0))), f"{percent} mg"
        case Method.BANDS:
            bands = tuple(sorted(request.bands, key=lambda band: band.above_mg, reverse=True))
            return (lambda held: _one_band_step(held, bands)), phrase("the step of its dose band")
        case _:
            half = request.half_occupancy_mg or original
            share = rate * original / (original + half)
            return (
                lambda held: _less_occupancy(held, half, share),
                phrase(
                    "{percent} % of the modelled occupancy, half of it at {half} mg",
                    percent=percent,
                    half=exact_text(half),
                ),
            )


def _repeat(dose: Fraction, lowest: Lowest) -> Iterator[Fraction]:
    """Step after step by one full cut; every method but the daily one is its own repetition."""
    while True:
        yield dose
        dose = lowest(dose)


def _daily(dose: Fraction, rate: Fraction, every: int) -> Iterator[Fraction]:
    """A straight line, day by day, from each interval's dose to the next interval's."""
    yield dose
    while True:
        for day in range(1, every + 1):
            yield dose * (1 - rate * Fraction(day, every))
        dose *= 1 - rate


def _down_to(goal: Fraction, curve: Iterator[Fraction]) -> Iterator[Fraction]:
    for dose in curve:
        yield max(dose, goal)


def _one_band_step(held: Fraction, bands: tuple[Band, ...]) -> Fraction:
    """One step down; it never jumps past the start of the next, gentler band."""
    for band in bands:
        if held > band.above_mg:
            return max(held - band.cut_mg, band.above_mg)
    return Fraction(0)


def _less_occupancy(held: Fraction, half: Fraction, share: Fraction) -> Fraction:
    """The dose whose share of occupied sites, dose / (dose + half), is lower by `share`."""
    left = held / (held + half) - share
    return half * left / (1 - left) if left > 0 else Fraction(0)
