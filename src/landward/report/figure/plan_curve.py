"""How a plan would go: the dose as a stair, what was confirmed full, all that is open broken."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from landward.model.said import Said, phrase
from landward.model.taper import TaperPlan
from landward.report.figure.marks import Figure, Mark, Path, Words
from landward.report.taper_words import mg_words
from landward.report.words import date_words

WIDTH, HIGH, TOP, FOOT = 320.0, 130.0, 18.0, 18.0


@dataclass(frozen=True, slots=True)
class _Room:
    first: date
    days: int
    most: Fraction

    def x(self, day: date) -> float:
        return (day - self.first).days / self.days * WIDTH

    def y(self, mg: Fraction) -> float:
        return HIGH - FOOT - float(mg / self.most) * (HIGH - TOP - FOOT)


def plan_curve(plan: TaperPlan, confirmed: int | None = None) -> Figure:
    """The stair of a plan, from the dose it began at. Without a figure at its end: most change."""
    end = plan.steps[-1].end
    most = max([plan.from_mg, *(step.made_mg for step in plan.steps)])
    room = _Room(plan.steps[0].start, max(1, (end - plan.steps[0].start).days), most or Fraction(1))
    stands = len(plan.steps) if confirmed is None else confirmed
    full, broken = _stair(plan, room, stands)
    marks: list[Mark] = [Path("axis", f"M0 {HIGH - FOOT}H{WIDTH}")]
    marks += [Path("dose-edge", full)] if full else []
    marks += [Path("planned", broken)] if broken else []
    marks += [
        Words("words small", 0, room.y(plan.from_mg) - 5, mg_words(plan.from_mg)),
        Words("soft small", 0, HIGH - 4, date_words(room.first, year=False)),
        Words("soft small", 0, HIGH - FOOT - 4, mg_words(Fraction(0))),
    ]
    return Figure(WIDTH, HIGH, tuple(marks), told(plan), key="plan-curve")


def told(plan: TaperPlan) -> Said:
    """The curve in one sentence."""
    return phrase(
        "From {start} down to {last} in {count} lines, each held as long as its line says.",
        start=mg_words(plan.from_mg), last=mg_words(plan.steps[-1].made_mg), count=len(plan.steps),
    )  # fmt: skip


def _stair(plan: TaperPlan, room: _Room, stands: int) -> tuple[str, str]:
    held, parts = plan.from_mg, (["M0 " + _n(room.y(plan.from_mg))], list[str]())
    for number, step in enumerate(plan.steps, start=1):
        part = parts[0] if number <= stands else parts[1]
        if not part:
            part.append(f"M{_n(room.x(step.start))} {_n(room.y(held))}")
        part.append(f"H{_n(room.x(step.start))}V{_n(room.y(step.made_mg))}H{_n(room.x(step.end))}")
        held = step.made_mg
    full = "".join(parts[0]) if stands else ""
    return full, "".join(parts[1])


def _n(value: float) -> str:
    return f"{value:.2f}"
