"""An attacker who holds every release of a pooled data set and wants the small cells.

    recover(releases, margins) -> list[Recovered]

`releases` are in the shape of `cohort run` (DESIGN §5). ATTACKER.md says what is known, assumed
and attacked; `attacker_selftest.py` shows it biting on releases made without care. Nothing of the
cohort engine is imported: whoever attacks has only what was published.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from integer_bounds import UNBOUNDED, NoSolution, System
from published import Cell, Key, cells_of, key_of, possible_counts, with_intervals

TRUST = ("partitions", "growth", "estimates", "intervals")
"""Believed beside the rounding; dropped from the right where it cannot be true."""

MANY = 400
"""Above so many possible (n, with) pairs of a cell, its estimate is kept as a linear rule only."""


@dataclass(frozen=True)
class Recovered:
    """A count the releases give away: in every possible world it lies in low..high, within 1..9.

    `kind`: "n" people in a cell · "with" / "without" those of it who have (have not) what the
    share counts · "difference" people in `group` at `release` but not in `minus` · "rest" people of
    `group` in no published part of it; "with of the rest", "without of the difference" likewise.
    """

    kind: str
    release: int
    measure: str
    group: Key
    low: int
    high: int
    trust: tuple[str, ...]
    minus: tuple[int, Key] | None = None

    @property
    def exact(self) -> bool:
        """Whether it is pinned to one number."""
        return self.low == self.high

    def right(self, truth: int) -> bool:
        """Whether the claim is true: a small cell was given away."""
        return self.low <= truth <= self.high


@dataclass(frozen=True)
class Target:
    """A sum of unknowns the attacker would like to know."""

    kind: str
    cell: Cell
    minus: Cell | None
    row: tuple[tuple[int, float], ...]


def recover(
    releases: Sequence[Mapping[str, Any]],
    margins: Iterable[Mapping[str, Any]] = (),
    *,
    trust: Sequence[str] = TRUST,
    small: int | None = None,
) -> list[Recovered]:
    """Every count of 1 … small - 1 that the releases together pin down.

    `margins` is what the attacker knows besides (ATTACKER.md): sums, subsets, equal cells, known
    counts, what kind of number an estimate is. `small` is the least cell_min of the releases unless
    given. Where what is believed has no solution, beliefs are dropped from the right of `trust`.
    Raises ValueError for a margin of a cell nobody published; TimeoutError if one question takes
    over a minute: an unanswered attack is no defence.
    """
    releases, margins = list(releases), [dict(margin) for margin in margins]
    if small is None:
        rules = [r.get("disclosure", {}) for r in releases]
        small = min((int(rule.get("cell_min", 10)) for rule in rules), default=10)
    believed = tuple(name for name in TRUST if name in trust)
    cells = cells_of(releases, margins)
    there = {(cell.release, cell.measure, cell.key) for cell in cells}
    if strange := [ref for margin in margins for ref in refs_of(margin) if ref not in there]:
        raise ValueError(f"no release has the cell {strange[0]}")
    found = _attack(cells, margins, believed, small)
    return sorted(found, key=lambda r: (r.release, r.measure, r.group, r.kind, str(r.minus)))


def refs_of(margin: Mapping[str, Any]) -> list[tuple[int, str, Key]]:
    """The cells a margin names, in its order; none where it says something else."""
    refs: list[Any] = []
    if "total" in margin:
        refs = [margin["total"], *margin["parts"]]
    elif "known" in margin:
        refs = [margin["known"]]
    else:
        for name in ("within", "same", "difference"):
            refs = list(margin.get(name, refs))
    return [(ref[0], ref[1], key_of(ref[2])) for ref in refs]


def _attack(
    cells: list[Cell], margins: list[dict], trust: tuple[str, ...], small: int
) -> list[Recovered]:
    """Solve each part of the system; a part without a solution is tried with fewer beliefs."""
    model = Model(cells, margins, trust)
    answers: list[Recovered] = []
    stuck: set[int] = set()
    for unknowns in model.system.parts():
        inside = set(unknowns)
        wanted = {t: dict(t.row) for t in model.targets if t.row[0][0] in inside}
        try:
            found = model.system.part(unknowns).within(wanted, 1, small - 1)
        except NoSolution:
            stuck |= {number for number, unknown in model.n.items() if unknown in inside}
            continue
        for target, (low, high) in found.items():
            cell, less = target.cell, target.minus
            minus = (less.release, less.key) if less else None
            place = (cell.release, cell.measure, cell.key)
            answers.append(Recovered(target.kind, *place, low, high, trust, minus))
    if stuck and trust:
        left = [cell for cell in cells if cell.number in stuck]
        answers += _attack(left, margins, trust[:-1], small)
    return answers


class Model:
    """What was published and is believed, as a system of whole unknowns; and what is wanted of it.

    `n` and `k` give each cell its unknowns: its people, and those counted by its share (the sum of
    a mean). The same cell of the same date is the same unknown, in however many releases.
    """

    def __init__(self, cells: list[Cell], margins: list[dict], trust: tuple[str, ...]) -> None:
        self.system, self.cells = System(), cells
        self.targets: list[Target] = []
        self.n: dict[int, int] = {}
        self.k: dict[int, int] = {}
        self._people(cells)
        if "estimates" in trust:
            self._estimates(intervals="intervals" in trust)
        self._told(margins)
        if "partitions" in trust:
            self._partitions({v for margin in margins for v in margin.get("overlapping", ())})
        if "growth" in trust:
            self._growth()

    def want(self, kind: str, cell: Cell, minus: Cell | None, row: Mapping[int, float]) -> None:
        self.targets.append(Target(kind, cell, minus, tuple(row.items())))

    def _people(self, cells: list[Cell]) -> None:
        first: dict[tuple[object, ...], int] = {}
        everyone = [cell for cell in cells if cell.measure == "people"]
        for cell in sorted(cells, key=lambda c: (c.measure != "people", len(c.key))):
            same = (cell.measure, cell.when, cell.key)
            if same not in first:
                first[same] = self.system.unknown(("n", *same))
                self.want("n", cell, None, {first[same]: 1.0})
            self.n[cell.number] = n = first[same]
            self.system.bound(n, *cell.bounds)
            for whole in everyone:
                around = whole.when == cell.when and set(whole.key) <= set(cell.key)
                if around and self.n.get(whole.number, n) != n:
                    self.system.bound(n, 0, self.system.high[self.n[whole.number]])
                    self.system.row({self.n[whole.number]: 1.0, n: -1.0}, 0, UNBOUNDED)

    def _estimates(self, *, intervals: bool) -> None:
        """The numerator of every share (the sum of every mean) is whole; intervals give n away."""
        system, tables = self.system, defaultdict(list)
        for cell in self.cells:
            if cell.kind != "other":
                tables[cell.release, cell.measure].append(cell)
        shared: dict[int, int] = {}
        for table in tables.values():
            pairs = {}
            for cell in table:
                n = self.n[cell.number]
                if n not in shared:
                    shared[n] = system.unknown(("with", cell.number))
                    if cell.kind == "share":
                        system.row({n: 1.0, shared[n]: -1.0}, 0, UNBOUNDED)
                        self.want("with", cell, None, {shared[n]: 1.0})
                        self.want("without", cell, None, {n: 1.0, shared[n]: -1.0})
                self.k[cell.number] = k = shared[n]
                if cell.estimate is None:
                    continue
                if cell.numerator:
                    system.bound(k, *cell.numerator)
                    continue
                possible = possible_counts(cell, int(system.low[n]), int(system.high[n]))
                if possible is not None:
                    pairs[cell.number] = possible
                off = cell.precision + 1e-9
                system.row({k: 1.0, n: -(cell.estimate + off)}, -UNBOUNDED, 1e-6)
                system.row({k: 1.0, n: -(cell.estimate - off)}, -1e-6, UNBOUNDED)
            if intervals:
                pairs = with_intervals(table, pairs)
            for number, possible in pairs.items():
                if len(possible) <= MANY:
                    system.one_of((self.n[number], self.k[number]), possible)

    def within(self, smaller: Cell, bigger: Cell, *, counted: bool = True) -> None:
        """Everybody of one cell is in another; what is between them is wanted."""
        a, b = self.n[bigger.number], self.n[smaller.number]
        if a == b:
            return
        self.system.row({a: 1.0, b: -1.0}, 0, UNBOUNDED)
        self.want("difference", bigger, smaller, {a: 1.0, b: -1.0})
        up, down = self.k.get(bigger.number), self.k.get(smaller.number)
        if not counted or up is None or down is None or up == down:
            return
        self.system.row({up: 1.0, down: -1.0}, 0, UNBOUNDED)
        if bigger.kind == "share":
            left = {a: 1.0, up: -1.0, b: -1.0, down: 1.0}
            self.system.row(left, 0, UNBOUNDED)
            self.want("with of the difference", bigger, smaller, {up: 1.0, down: -1.0})
            self.want("without of the difference", bigger, smaller, left)

    def sum(self, total: Cell, parts: Sequence[Cell], *, whole: bool) -> None:
        """Parts of a total that share nobody; `whole` if nothing is left beside them."""
        rests = []
        for unknown in (self.n, self.k):
            if any(cell.number not in unknown for cell in (total, *parts)):
                continue
            row: dict[int, float] = defaultdict(float)
            row[unknown[total.number]] += 1.0
            for part in parts:
                row[unknown[part.number]] -= 1.0
            if whole:
                self.system.row(row, 0, 0)
                continue
            rest = self.system.unknown(("rest", total.number, *(p.number for p in parts)))
            self.system.row({**row, rest: -1.0}, 0, 0)
            rests.append(rest)
        if rests:
            self.want("rest", total, None, {rests[0]: 1.0})
        if len(rests) == 2 and total.kind == "share":
            left = {rests[0]: 1.0, rests[1]: -1.0}
            self.system.row(left, 0, UNBOUNDED)
            self.want("with of the rest", total, None, {rests[1]: 1.0})
            self.want("without of the rest", total, None, left)

    def _told(self, margins: list[dict]) -> None:
        """What the attacker was told; margins of cells not being solved now are passed over."""
        by_ref = {(c.release, c.measure, c.key): c for c in self.cells}
        for margin in margins:
            refs = [by_ref.get(ref) for ref in refs_of(margin)]
            if not refs or None in refs:
                continue
            named = [cell for cell in refs if cell is not None]
            n = [self.n[cell.number] for cell in named]
            if "total" in margin:
                self.sum(named[0], named[1:], whole=margin.get("exhaustive", True))
            elif "within" in margin:
                self.within(named[0], named[1])
            elif "same" in margin:
                for one, other in combinations(sorted(set(n)), 2):
                    self.system.row({one: 1.0, other: -1.0}, 0, 0)
            elif "known" in margin:
                self.system.bound(n[0], *margin["between"])
            elif n[0] != n[1]:
                row = {n[0]: 1.0, n[1]: -1.0}
                self.system.row(row, *margin["between"])
                self.want("difference", named[0], named[1], row)

    def _partitions(self, overlapping: set[str]) -> None:
        """Groups with one condition more than a cell are parts of it, and together all of it."""
        tables: dict[tuple[str, object], dict[Key, Cell]] = defaultdict(dict)
        for cell in self.cells:
            tables[cell.measure, cell.when].setdefault(cell.key, cell)
        for table in tables.values():
            below: dict[Key, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
            for key, cell in table.items():
                for condition in key:
                    parent = tuple(c for c in key if c != condition)
                    below[parent][condition[0]].append(cell)
            for parent, variables in below.items():
                total = table.get(parent)
                families = []
                for variable, parts in variables.items():
                    for part in parts if total else ():
                        self.within(part, total)
                    if variable not in overlapping and len(parts) > 1:
                        families.append((parts, self._is_whole(variable, parts)))
                if total is None and sum(whole for _, whole in families) > 1:
                    self._same_sums([parts for parts, whole in families if whole])
                for parts, whole in families if total else ():
                    self.sum(total, parts, whole=whole)

    @staticmethod
    def _is_whole(variable: str, parts: Sequence[Cell]) -> bool:
        """Whether a table names all its groups: one release, none dropped, no population."""
        one = len({part.release for part in parts}) == 1
        named = not any(part.left_out or variable in part.population for part in parts)
        return one and named

    def _same_sums(self, tables: list[list[Cell]]) -> None:
        """Two complete tables of the same people without a published total have equal sums."""
        for one, other in combinations(tables, 2):
            for unknown in (self.n, self.k):
                if all(cell.number in unknown for cell in (*one, *other)):
                    row: dict[int, float] = defaultdict(float)
                    for cell in one:
                        row[unknown[cell.number]] += 1.0
                    for cell in other:
                        row[unknown[cell.number]] -= 1.0
                    self.system.row(row, 0, 0)

    def _growth(self) -> None:
        """Who was in stays in: a cell at an earlier date lies within the same cell later."""
        lines: dict[tuple[str, Key], dict[tuple[int, str], Cell]] = defaultdict(dict)
        for cell in self.cells:
            lines[cell.measure, cell.key].setdefault(cell.when, cell)
        for line in lines.values():
            for earlier, later in combinations([line[when] for when in sorted(line)], 2):
                self.within(earlier, later, counted=False)
