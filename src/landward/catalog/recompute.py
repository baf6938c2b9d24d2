"""Recomputing printed numbers from the counts printed beside them, to the digits printed.

A check reads ``percent(136, 1207) = 11.3``. Known functions:

* ``percent(part, whole)``, ``sum(a, b, …)``
* ``shares(a, b, …, whole)``: every part over the whole
* ``weighted_mean(value*weight, …)``
* ``odds_ratio(exposed cases, cases, exposed controls, controls)``, ``odds_ratio_ci`` (95 %, Woolf)
* ``ci_middle(low, high)``: the geometric middle of a ratio's interval, where its estimate lies
"""

import math
import re
from collections.abc import Callable, Sequence

from landward.model.base import Frozen
from landward.model.knowledge import PaperValue
from landward.model.said import phrase

_CHECK = re.compile(r"(\w+)\((.+)\) = (.+)")
_Z95 = 1.959964


class Recomputed(Frozen):
    """A printed result beside the recomputed one, and whether they agree to the digits printed."""

    row: str
    source: tuple[str, ...]
    measure: str
    printed: tuple[float, ...]
    recomputed: tuple[float, ...]
    agrees: bool


def recompute(row: PaperValue) -> Recomputed | None:
    """Do the arithmetic of one row; None where it has none. Raises ValueError if malformed."""
    if not row.check:
        return None
    match = _CHECK.fullmatch(row.check)
    if match is None or match[1] not in _FUNCTIONS:
        raise ValueError(phrase("“{check}” is not a check this program can do", check=row.check))
    name, inside, right = match.groups()
    texts = [text.strip() for text in inside.split(",")]
    printed = [text.strip() for text in right.split(",")]
    got, slack = _FUNCTIONS[name](texts)
    if len(got) != len(printed):
        raise ValueError(
            phrase(
                "“{check}” prints {count} numbers but gives {count_2}",
                check=row.check,
                count=len(printed),
                count_2=len(got),
            )
        )
    pairs = zip(printed, got, slack, strict=True)
    agrees = all(abs(float(text) - value) <= half_digit(text) + room for text, value, room in pairs)
    return Recomputed(
        row=row.id,
        source=row.source,
        measure=row.measure,
        printed=tuple(float(text) for text in printed),
        recomputed=tuple(got),
        agrees=agrees,
    )


def half_digit(text: str) -> float:
    """Half a unit of the last digit printed: how far rounding alone can move a number."""
    decimals = len(text.partition(".")[2])
    return 0.5 * 10.0**-decimals * (1 + 1e-9)


Worked = tuple[list[float], list[float]]
"""Results, and for each how far the rounding of its inputs can move it."""


def _exact(values: Sequence[float]) -> Worked:
    return list(values), [0.0] * len(values)


def _percent(texts: Sequence[str]) -> Worked:
    part, whole = (float(text) for text in texts)
    return _exact([100 * part / whole])


def _sum(texts: Sequence[str]) -> Worked:
    return _exact([math.fsum(float(text) for text in texts)])


def _shares(texts: Sequence[str]) -> Worked:
    *parts, whole = (float(text) for text in texts)
    return _exact([part / whole for part in parts])


def _weighted_mean(texts: Sequence[str]) -> Worked:
    pairs = [text.split("*") for text in texts]
    weights = [float(weight) for _, weight in pairs]
    total = math.fsum(weights)
    mean = math.fsum(float(value) * float(weight) for value, weight in pairs) / total
    slack = math.fsum(half_digit(value) * float(weight) for value, weight in pairs) / total
    return [mean], [slack]


def _two_by_two(texts: Sequence[str]) -> tuple[float, float, float, float]:
    exposed_cases, cases, exposed_controls, controls = (float(text) for text in texts)
    return exposed_cases, cases - exposed_cases, exposed_controls, controls - exposed_controls


def _odds_ratio(texts: Sequence[str]) -> Worked:
    a, b, c, d = _two_by_two(texts)
    return _exact([a * d / (b * c)])


def _odds_ratio_ci(texts: Sequence[str]) -> Worked:
    a, b, c, d = _two_by_two(texts)
    middle, error = math.log(a * d / (b * c)), math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return _exact([math.exp(middle - _Z95 * error), math.exp(middle + _Z95 * error)])


def _ci_middle(texts: Sequence[str]) -> Worked:
    low, high = (float(text) for text in texts)
    middle = math.sqrt(low * high)
    slack = middle / 2 * (half_digit(texts[0]) / low + half_digit(texts[1]) / high)
    return [middle], [slack]


_FUNCTIONS: dict[str, Callable[[Sequence[str]], Worked]] = {
    "percent": _percent,
    "sum": _sum,
    "shares": _shares,
    "weighted_mean": _weighted_mean,
    "odds_ratio": _odds_ratio,
    "odds_ratio_ci": _odds_ratio_ci,
    "ci_middle": _ci_middle,
}
