"""Releases as cells: who is meant, which counts are possible, what estimate and interval tell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from integer_bounds import UNBOUNDED
from scipy.stats import beta, norm

Key = tuple[tuple[str, str], ...]
"""The conditions a cell's people fulfil, population included, in order of variable."""

EVERYBODY = {"", "all", "everyone", "everybody", "total", "overall"}
SHARE = re.compile(r"preval|share|proportion|percent|\brate of people", re.IGNORECASE)
NO_SHARE = re.compile(
    r"ratio|hazard|slope|effect|differ|correl|median|duration|surviv", re.IGNORECASE
)
MOST_TRIED = 20_000
EXACT = 1e-9


@dataclass(frozen=True)
class Cell:
    """One published cell. `bounds` are the counts its n allows; `precision` is half the last digit.

    `population` names the variables that filtered the whole release, not the table; `numerator`
    holds the counts a share allows that was made of rounded counts (the release says so).
    """

    number: int
    release: int
    when: tuple[int, str]
    measure: str
    key: Key
    bounds: tuple[int, int]
    population: frozenset[str]
    hidden: bool = False
    left_out: bool = False
    kind: str = "other"
    estimate: float | None = None
    interval: tuple[float, float] | None = None
    precision: float = EXACT
    numerator: tuple[int, int] | None = None


def key_of(group: Any) -> Key:
    """A group as conditions: {"drug": "diazepam"}, "drug=diazepam; sex=f", “diazepam”, or all."""
    if group is None:
        return ()
    if isinstance(group, Mapping):
        return tuple(sorted((str(k), str(v)) for k, v in group.items()))
    if isinstance(group, (list, tuple)):
        return tuple(sorted((str(k), str(v)) for k, v in group))
    text = str(group).strip()
    if text.lower() in EVERYBODY:
        return ()
    parts = [part.strip() for part in re.split(r"[;,&]", text) if part.strip()]
    if all("=" in part for part in parts):
        return tuple(sorted((a.strip(), b.strip()) for a, b in (p.split("=", 1) for p in parts)))
    return (("group", text),)


@dataclass(frozen=True)
class Rules:
    """What a release says of its own disclosure control; unsaid, the usual is taken."""

    least: int
    rounding: int
    rounding_rule: str
    suppresses: bool
    only_small_hidden: bool
    shares_of_released: bool

    @classmethod
    def of(cls, release: Mapping[str, Any]) -> "Rules":
        told = release.get("disclosure", {})
        return cls(
            least=int(told.get("cell_min", 10)),
            rounding=int(told.get("rounding", 1)),
            rounding_rule=str(told.get("rounding_rule", "nearest")),
            suppresses=bool(told.get("suppresses", True)),
            only_small_hidden=told.get("secondary") is False,
            shares_of_released=told.get("estimates_from") == "released",
        )

    def rounded_from(self, n: float) -> tuple[int, int]:
        """The whole numbers that are rounded to n."""
        step, told = self.rounding, int(n)
        if step <= 1:
            return told, told
        if self.rounding_rule == "random":
            return told - step + 1, told + step - 1
        if self.rounding_rule in ("up", "down"):
            return (
                (told - step + 1, told) if self.rounding_rule == "up" else (told, told + step - 1)
            )
        return told - step // 2, told + step // 2

    def counts(self, n: float | None, why: str) -> tuple[int, int]:
        """The true counts behind a published n."""
        if n is None:
            small = self.only_small_hidden or why in ("small", "primary")
            return (0, self.least - 1) if small else (0, UNBOUNDED)
        low, high = self.rounded_from(n)
        return max(low, self.least if self.suppresses and n >= self.least else 0), high

    def people(self, count: int) -> tuple[int, int]:
        """The same for the number of all people; not rounded if it does not look rounded."""
        looks_rounded = self.rounding > 1 and count % self.rounding == 0
        return self.rounded_from(count) if looks_rounded else (count, count)

    def numerator(self, n: float | None, share: float, off: float) -> tuple[int, int] | None:
        """The true counts behind a share of two rounded counts."""
        if n is None or not self.shares_of_released:
            return None
        step = max(self.rounding, 1)
        first = int(np.ceil(((share - off) * n - 1e-9) / step))
        last = int(np.floor(((share + off) * n + 1e-9) / step))
        if first > last:
            return None
        return self.counts(first * step, "")[0], self.counts(last * step, "")[1]


def decimals_of(values: Sequence[float]) -> float:
    """Half the last digit shared by numbers that were rounded alike; `EXACT` if they were not."""
    most = 0
    for value in values:
        text = f"{value:.12f}".rstrip("0")
        most = max(most, len(text.partition(".")[2]))
    return EXACT if most >= 10 else 0.5 * 10.0**-most


def cells_of(
    releases: Sequence[Mapping[str, Any]], margins: Sequence[Mapping[str, Any]]
) -> list[Cell]:
    """Every cell of every release, with the number of people of each as a cell of "people"."""
    kinds: dict[str, str] = {}
    for margin in margins:
        kinds |= margin.get("kinds", {})
    cells: list[Cell] = []
    for place, release in enumerate(releases):
        rules, when = Rules.of(release), _when(releases, place)
        population = key_of(release.get("population"))
        filters = frozenset(variable for variable, _ in population)
        if (count := release.get("people")) is not None:
            bounds = rules.people(count)
            cells.append(Cell(len(cells), place, when, "people", population, bounds, filters))
        for measure in release.get("measures", ()):
            kind = kinds.get(measure["name"]) or _kind(measure)
            scale = 0.01 if kind == "percent" else 1.0
            told = [_numbers(cell, scale) for cell in measure["cells"]]
            off = decimals_of([value for cell in told for value in cell if value is not None])
            hidden = [cell.get("n") is None for cell in measure["cells"]]
            for (e, low, high), cell in zip(told, measure["cells"], strict=True):
                n = cell.get("n")
                share = kind in ("share", "percent")
                cells.append(
                    Cell(
                        number=len(cells),
                        release=place,
                        when=when,
                        measure=str(measure["name"]),
                        key=tuple(sorted({*population, *key_of(cell.get("group"))})),
                        bounds=rules.counts(n, str(cell.get("why", ""))),
                        population=filters,
                        hidden=n is None,
                        left_out=bool(measure.get("suppressed")) and not any(hidden),
                        kind="share" if share else kind,
                        estimate=e,
                        interval=None if low is None or high is None else (low, high),
                        precision=off,
                        numerator=rules.numerator(n, e, off) if share and e is not None else None,
                    )
                )
    return cells


def _numbers(cell: Mapping[str, Any], scale: float) -> tuple[float | None, ...]:
    told = (cell.get(name) for name in ("estimate", "low", "high"))
    return tuple(None if value is None else value * scale for value in told)


def _when(releases: Sequence[Mapping[str, Any]], place: int) -> tuple[int, str]:
    """The date of the data; undated releases with as many people as the last share its date."""
    told = releases[place].get("date") or releases[place].get("as_of")
    if told:
        return 0, str(told)
    number = 0
    for earlier, later in pairwise(releases[: place + 1]):
        number += earlier.get("people") != later.get("people")
    return 1, f"{number:09d}"


def _kind(measure: Mapping[str, Any]) -> str:
    """What an estimate is: a share of n, or a number nothing is read from."""
    words = f"{measure.get('name', '')} {measure.get('estimand', '')}".replace("_", " ")
    values = [c["estimate"] for c in measure["cells"] if c.get("estimate") is not None]
    if NO_SHARE.search(words) or not values:
        return "other"
    if all(0 <= value <= 1 for value in values):
        return "share"
    return (
        "percent" if SHARE.search(words) and all(0 <= value <= 100 for value in values) else "other"
    )


def possible_counts(cell: Cell, low: int, high: int) -> list[tuple[int, int]] | None:
    """(n, numerator) pairs that round to the published estimate; None if too many to try."""
    if cell.estimate is None or high - low > MOST_TRIED:
        return None
    n = np.arange(max(low, 1), high + 1)
    off = cell.precision + 1e-12
    least = np.ceil((cell.estimate - off) * n - 1e-9).astype(int)
    most = np.floor((cell.estimate + off) * n + 1e-9).astype(int)
    if cell.kind == "share":
        least, most = np.maximum(least, 0), np.minimum(most, n)
    if int(np.clip(most - least + 1, 0, None).sum()) > MOST_TRIED:
        return None
    pairs = [(int(a), k) for a, b, c in zip(n, least, most, strict=True) for k in range(b, c + 1)]
    if low <= 0 and cell.estimate == 0:
        pairs.insert(0, (0, 0))
    return pairs


Pairs = dict[int, list[tuple[int, int]]]


def with_intervals(cells: Sequence[Cell], pairs: Pairs) -> Pairs:
    """The pairs of one measure's cells that also give the published intervals.

    A method of making intervals is believed if it explains every cell that has one; if none does,
    the intervals tell nothing.
    """
    told = [c for c in cells if c.interval and c.kind == "share" and pairs.get(c.number)]
    narrowed: dict[int, set[tuple[int, int]]] = {cell.number: set() for cell in told}
    for method in METHODS.values():
        explained = {cell.number: _explains(cell, pairs[cell.number], method) for cell in told}
        if all(explained.values()):
            for number, found in explained.items():
                narrowed[number] |= set(found)
    return {**pairs, **{number: sorted(found) for number, found in narrowed.items() if found}}


def _explains(cell: Cell, pairs: list[tuple[int, int]], method: Any) -> list[tuple[int, int]]:
    n, k = np.array(pairs, float).T
    usable = n > 0
    with np.errstate(all="ignore"):
        low, high = method(np.where(usable, n, 1), k)
    off = max(cell.precision, 1e-7) * 1.02
    fits = usable & (abs(low - cell.interval[0]) <= off) & (abs(high - cell.interval[1]) <= off)
    return [pair for pair, fit in zip(pairs, fits, strict=True) if fit]


Z = float(norm.ppf(0.975))


def _wilson(n, k):
    p, c = k / n, Z * Z
    middle, half = (
        (p + c / (2 * n)) / (1 + c / n),
        Z * np.sqrt(p * (1 - p) / n + c / (4 * n * n)) / (1 + c / n),
    )
    return np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)


def _wald(n, k):
    p = k / n
    half = Z * np.sqrt(p * (1 - p) / n)
    return np.clip(p - half, 0, 1), np.clip(p + half, 0, 1)


def _agresti_coull(n, k):
    return _wald(n + Z * Z, k + Z * Z / 2)


def _exact(n, k):
    low = np.where(k > 0, beta.ppf(0.025, k, n - k + 1), 0.0)
    return low, np.where(k < n, beta.ppf(0.975, k + 1, n - k), 1.0)


def _jeffreys(n, k):
    low = np.where(k > 0, beta.ppf(0.025, k + 0.5, n - k + 0.5), 0.0)
    return low, np.where(k < n, beta.ppf(0.975, k + 0.5, n - k + 0.5), 1.0)


METHODS = {
    "Wilson": _wilson, "Wald": _wald, "Agresti-Coull": _agresti_coull,
    "Clopper-Pearson": _exact, "Jeffreys": _jeffreys,
}  # fmt: skip
