"""Every kind there is, by name."""

from collections.abc import Callable, Mapping

from kinds import (
    across,
    cells,
    databases,
    dates,
    diaries,
    nights,
    rows,
    strangers,
    tables,
    trackers,
)
from kinds.small import Small

KINDS: Mapping[str, Callable[[], list[Small]]] = {
    "separators": tables.separators,
    "letters": tables.letters,
    "lines that are no day": tables.other_lines,
    "dates": dates.orders,
    "clocks": dates.clocks,
    "numbers": cells.numbers,
    "words as levels": cells.words_as_levels,
    "hours of sleep": cells.sleep,
    "amounts": cells.amounts,
    "long form": rows.long_form,
    "several rows a day": rows.several_a_day,
    "days across": across.across,
    "Daylio": diaries.daylio,
    "Fitbit": nights.fitbit,
    "Fitbit, UserSleeps": strangers.user_sleeps,
    "years first": strangers.years_first,
    "zones after a clock": strangers.zones_after_a_clock,
    "what disks leave": strangers.what_disks_leave,
    "Apple Health": nights.apple_health,
    "Health Connect": databases.health_connect,
    "medTimer": trackers.medtimer,
    "Track & Graph": trackers.track_and_graph,
    "Loop Habit": trackers.loop_habits,
}
