"""The search: the lowest plan that keeps every rule.

**Why one pass is the global optimum.** Every rule bounds a step from below by something that does
not fall when earlier doses rise (the asked curve, the asked cut, the guideline's ceiling), or says
"not above the step before". Take two plans that keep such rules and, step by step, the lower of
their doses: that plan keeps them too. So there is one plan that is lowest in *every* step at once,
whatever the days are weighted with, and choosing the lowest allowed dose in each step finds it.
The proof is written out in docs/methods/tapering.md; benchmarks/tapering checks it by brute force.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from fractions import Fraction

from landward.engines.tapering.makeable import Makeable, makeable
from landward.engines.tapering.pace import Pace, pace_of
from landward.engines.tapering.share_search import ShareSearch, Tail
from landward.engines.tapering.sharing import Share, Sharing, even_share
from landward.engines.tapering.timetable import timetable_of
from landward.model.amounts import exact_text
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.model.taper_request import LONGEST_DAYS, Ceiling, Held, TaperRequest


class Stop(Enum):
    """Why the search ended."""

    GOAL = "goal"
    STUCK = "stuck"
    UNTIL = "until"


@dataclass(frozen=True)
class Row:
    """One step found: its first day (0 is the start), the asked dose in mg, the share in units."""

    day: int
    days: int
    asked: Fraction
    share: Share

    @property
    def total(self) -> int:
        """The day's dose in units."""
        return sum(self.share)


@dataclass
class Found:
    """What the search found: today's share, the rows, and why they stop."""

    grid: Makeable
    pace: Pace
    first: Share
    rows: list[Row] = field(default_factory=list)
    stop: Stop = Stop.STUCK
    below: int | None = None
    """Where it is stuck: the next lower dose the products make, in units."""

    @property
    def last(self) -> int:
        """The dose the plan ends on, in units."""
        return self.rows[-1].total if self.rows else sum(self.first)


def doses_before(request: TaperRequest) -> tuple[Held, ...]:
    """The doses before the start, first to last; none where nothing but today's dose is known.

    Today's dose stands last: where it is not the one that was planned, it is what is held now.
    """
    earlier = sorted(
        (held for held in request.held if held.since < request.start), key=lambda held: held.since
    )
    if earlier and earlier[-1].mg != request.dose_mg:
        yesterday = request.start - timedelta(days=1)
        earlier.append(Held(since=yesterday, mg=request.dose_mg))
    return tuple(earlier)


def search(request: TaperRequest, ceiling: Ceiling) -> Found:
    """The lowest plan that keeps the rules. Raises BadInput if today's dose cannot be made."""
    grid = makeable(request.preparations, request.dose_mg)
    first = _first_share(request, grid)
    order = tuple(request.times.index(name) for name in request.cut_from)
    walk = _Walk(request, ceiling, Sharing(grid, first, order), pace_of(request))
    found = Found(grid, walk.pace, first)
    found.rows, found.stop, found.below = walk.run()
    return found


def final_mg(request: TaperRequest, ceiling: Ceiling) -> Fraction:
    """The lowest dose the rules reach, without the steps on the way.

    Only for one dose time or gapless doses is it sure that the way does not matter (the proof is
    in docs/methods/tapering.md); otherwise the whole search is run.
    """
    grid = makeable(request.preparations, request.dose_mg)
    if len(request.times) > 1 and not grid.gapless:
        found = search(request, ceiling)
        return grid.mg(found.last)
    sharing = Sharing(grid, _first_share(request, grid))
    walk = _Walk(request, ceiling, sharing, pace_of(request))
    total = sum(sharing.first)
    while True:
        low = walk.steady_low(total)
        lower = sharing.lowest_total(sharing.first, low)
        if lower >= total:
            return grid.mg(total)
        total = lower


def _first_share(request: TaperRequest, grid: Makeable) -> Share:
    total = request.dose_mg / grid.unit
    if request.split_mg:
        parts = [part / grid.unit for part in request.split_mg]
        if all(part.denominator == 1 and grid.bits >> int(part) & 1 for part in parts):
            return tuple(int(part) for part in parts)
    elif total.denominator == 1:
        share = even_share(grid, int(total), len(request.times))
        if share is not None:
            return share
    made_from = ", ".join(item.name for item in request.preparations)
    many = len(request.times)
    over = phrase(" in {count} doses", count=many) if many != 1 else ""
    raise BadInput(
        phrase(
            "today's dose of {exact_text} mg{over} cannot be made from {made_from}: "
            "add the products it is made from now",
            exact_text=exact_text(request.dose_mg),
            over=over,
            made_from=made_from,
        )
    )


class _Walk:
    def __init__(
        self, request: TaperRequest, ceiling: Ceiling, sharing: Sharing, pace: Pace
    ) -> None:
        self.request, self.ceiling, self.sharing, self.pace = request, ceiling, sharing, pace
        self.grid = sharing.grid
        self.goal = self.grid.units_up(request.to_mg)
        self._after_cut: dict[int | Fraction, int] = {}
        self.history: list[tuple[int, int | Fraction]] = [
            ((held.since - request.start).days, held.mg / self.grid.unit)
            for held in doses_before(request)
        ] or [(-LONGEST_DAYS, sum(sharing.first))]
        self.timetable = timetable_of(request, pace.step_days)
        self.lookback = -(-max(ceiling.days, pace.window_days) // pace.step_days)
        self._curve: list[int] = []
        self._asked = pace.asked()
        next(self._asked)  # step 0 is today's dose

    def run(self) -> tuple[list[Row], Stop, int | None]:
        """Step by step to the end of the plan."""
        rows: list[Row] = []
        share = self.sharing.first
        asked = self.pace.asked()
        next(asked)  # step 0 is today's dose
        until = LONGEST_DAYS
        if self.request.until is not None:
            until = (self.request.until - self.request.start).days
        day = step = 0
        path = self._shares()
        while True:
            stop, below = self._stop(share)
            if stop is not None:
                return self._rest_on_last(rows), stop, below
            if day >= until:
                if self.request.until is not None:
                    return rows, Stop.UNTIL, None
                raise BadInput(
                    phrase("at this pace the plan takes more than thirty years: ask for more")
                )
            want = next(asked)
            share = path.pop(0) if path else self._next_share(share, want, day)
            days = min(self.lasts(step), until - day)
            rows.append(Row(day, days, want, share))
            self.history.append((day, sum(share)))
            step += 1
            day = self.timetable.starts(step)

    def _shares(self) -> list[Share]:
        """Where it matters which share makes a dose: the best ones, step by step."""
        if len(self.request.times) == 1 or self.grid.gapless:
            return []
        return ShareSearch(self).best() or []

    def lasts(self, step: int) -> int:
        """How many days a step is held."""
        return self.timetable.lasts(step)

    def low(self, step: int, tail: Tail) -> int:
        """The lowest dose the rules allow in a step, from the doses of the steps before it."""
        while len(self._curve) <= step:
            self._curve.append(self.grid.units_up(next(self._asked)))
        day, first = self.timetable.starts(step), step - len(tail)
        step_on = self.timetable.step_on

        def held(on: int) -> int | Fraction:
            return self._highest(on, on) if on < 0 else tail[step_on(on) - first]

        since = day - self.ceiling.days
        recent = max(tail[max(step_on(since), 0) - first :], default=0)
        before = self._highest(since, -1) if since < 0 else 0
        return max(
            self._curve[step],
            self._one_cut_below(held(day - self.pace.window_days)),
            self._kept(max(recent, before)),
        )

    def _next_share(self, share: Share, want: Fraction, day: int) -> Share:
        if self._steady_lower(share) is None:
            return self._smallest_step(share, want, day)
        before = self._highest(day - self.pace.window_days, day - self.pace.window_days)
        recent = self._highest(day - self.ceiling.days, day - 1)
        low = max(self.grid.units_up(want), self._one_cut_below(before), self._kept(recent))
        return self.sharing.lowest(share, min(low, sum(share)))

    def _smallest_step(self, share: Share, want: Fraction, day: int) -> Share:
        """The smallest makeable decrement: never below the curve, never on top of a recent cut."""
        total = self.sharing.next_below(share, self.goal)
        assert total is not None  # or the plan would have stopped
        here = sum(share)
        under_curve = total < self.grid.units_up(want)
        if total == 0:
            under_curve = want * 2 >= self.grid.mg(self.grid.smallest)
        recent = self._highest(day - self.ceiling.days, day - 1)
        too_soon = total < self._kept(recent) and recent > here
        return share if under_curve or too_soon else self.sharing.shared(share, total)

    def _stop(self, share: Share) -> tuple[Stop | None, int | None]:
        if self._steady_lower(share) is not None:
            return None, None
        lower = self.sharing.next_below(share, self.goal)
        if lower is None:
            return Stop.GOAL, None
        if self.request.finish == "smallest-step":
            return None, None
        if self.request.finish == "stretch" and lower >= max(self._kept(sum(share)), 1):
            return None, None
        return Stop.STUCK, lower

    def _steady_lower(self, share: Share) -> int | None:
        """A lower dose that keeps the rules once this one has been held long enough."""
        return self.sharing.next_below(share, self.steady_low(sum(share)))

    def steady_low(self, here: int) -> int:
        """The lowest total the rules allow from a total that was held long enough, in units."""
        return max(self.goal, self._one_cut_below(here), self._kept(here), 1)

    def _one_cut_below(self, held: int | Fraction) -> int:
        """The lowest dose one asked cut may lead to, rounded up to whole units."""
        known = self._after_cut.get(held)
        if known is None:
            known = self.grid.units_up(self.pace.lowest_after(held * self.grid.unit))
            self._after_cut[held] = known
        return known

    def _kept(self, held: int | Fraction) -> int:
        """The lowest dose the guideline's ceiling allows, rounded up to whole units."""
        share = self.ceiling.kept_share
        above = held.numerator * share.numerator
        return -(-above // (held.denominator * share.denominator))

    def _highest(self, first: int, last: int) -> int | Fraction:
        """The highest dose held on any day from `first` to `last`, in units."""
        found: int | Fraction = 0
        for since, units in reversed(self.history):
            if since <= last:
                found = max(found, units)
            if since <= first:
                break
        else:
            found = max(found, self.history[0][1])
        return found

    def _rest_on_last(self, rows: list[Row]) -> list[Row]:
        """The last dose is kept a whole interval: a plan does not end on the day of a cut."""
        if rows and rows[-1].days < self.request.every_days:
            last = rows[-1]
            rows[-1] = Row(last.day, self.request.every_days, last.asked, last.share)
        return rows
