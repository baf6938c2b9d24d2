"""When each step of a plan begins and how long it lasts: evenly, or with a pause after a few cuts.

A pause only makes a step longer. The days of a step depend on its number alone, so the proof that
one pass finds the lowest plan (see `search`) holds for it as it stands.
"""

from dataclasses import dataclass

from landward.model.taper_request import TaperRequest


@dataclass(frozen=True, slots=True)
class Timetable:
    """Steps of `step_days`; after every `cuts` of them the last is held `pause_days` longer.

    Day 0 is the day of the first cut, step 0 the step that begins on it. `cuts` 0: no pauses.
    """

    step_days: int
    cuts: int = 0
    pause_days: int = 0

    def starts(self, step: int) -> int:
        """The first day of a step."""
        return step * self.step_days + (step // self.cuts * self.pause_days if self.cuts else 0)

    def lasts(self, step: int) -> int:
        """How many days a step is held, its pause included."""
        return self.starts(step + 1) - self.starts(step)

    def step_on(self, day: int) -> int:
        """The step of a day; below 0 for days before the first."""
        if not self.cuts or day < 0:
            return day // self.step_days
        rounds, within = divmod(day, self.cuts * self.step_days + self.pause_days)
        return rounds * self.cuts + min(within // self.step_days, self.cuts - 1)


def timetable_of(request: TaperRequest, step_days: int) -> Timetable:
    """The timetable a request asks for."""
    return Timetable(step_days, request.cuts, request.pause_days if request.cuts else 0)
