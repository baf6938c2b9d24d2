"""Readings in one plain sentence each, with dates and coverage; no number that is not there."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from statistics import median

from landward.model.feelings import FeelingsReading, Reactivity, Share
from landward.model.lag import LagEstimate, LagReading
from landward.model.waves import Spell, State, WaveReading
from landward.report.words import (
    count_words,
    date_words,
    item_words,
    list_words,
    number_words,
    points_words,
)

AFTER_IS_NOT_BECAUSE = "After is not because."


def waves_sentence(reading: WaveReading) -> str:
    """What the windows and waves of a diary come to, in plain words."""
    known = sum(day.state != State.UNKNOWN for day in reading.days)
    covered = covered_words(reading.answered, len(reading.days), reading.first_day)
    if not known and reading.method == "too sparse":
        return f"The answers lie too far apart to tell windows and waves ({covered})."
    if not known:
        return f"Not enough days yet to tell windows and waves apart ({covered})."
    windows = [spell for spell in reading.spells if spell.state == State.WINDOW]
    waves = [spell for spell in reading.spells if spell.state == State.WAVE]
    changes = changes_sentence(reading)
    taught = taught_words(reading)
    if not windows and not waves:
        if changes:
            return f"{changes}{taught} Beside that, no windows or waves ({covered})."
        return f"No windows or waves stand out from the usual ups and downs ({covered}).{taught}"
    parts = [
        _spells(spells, word) for spells, word in ((windows, "window"), (waves, "wave")) if spells
    ]
    text = f"{' and '.join(parts)} stand{'s' if _alone(windows, waves) else ''} out from the usual"
    told = f"{text[0].upper()}{text[1:]} ({covered})."
    return f"{told}{' ' if changes else ''}{changes}{taught}"


def taught_words(reading: WaveReading) -> str:
    """That a person's own labels set what counts, where they do."""
    if not reading.taught_by:
        return ""
    return f" Your own words for {count_words(reading.taught_by, 'day')} set what counts here."


def changes_sentence(reading: WaveReading) -> str:
    """Lasting changes of the level, each with the days between which it lies; slow ones as slow."""
    parts = [
        f"about {_when(shift.index, reading)} (between {_when(shift.interval[0], reading)} and "
        f"{_when(shift.interval[1], reading)}) the level went from {number_words(shift.before)} to "
        f"{number_words(shift.after)} and stayed"
        for shift in reading.level_shifts
    ]
    for slow in reading.gradual_changes:
        low, high = sorted(abs(end) for end in slow.change_interval)
        parts.append(
            f"from {_when(slow.start, reading)} to {_when(slow.end, reading)} it "
            f"{'rose' if slow.change_interval[0] > 0 else 'fell'} slowly, by "
            f"{number_words(low)} to {number_words(high)} points"
        )
    if not parts:
        return ""
    text = list_words(parts)
    return f"{text[0].upper()}{text[1:]}."


def _when(position: int, reading: WaveReading) -> str:
    if reading.first_day is None:
        return f"day {position + 1}"
    return date_words(reading.date_of(position))


def _alone(windows: Sequence[Spell], waves: Sequence[Spell]) -> bool:
    return len(windows) + len(waves) == 1


def _spells(spells: Sequence[Spell], word: str) -> str:
    lengths = [spell.days for spell in spells]
    if len(spells) == 1:
        return f"one {word} of {_days(lengths[0])}"
    return f"{len(spells)} {word}s, half of them {_days(median(lengths))} or longer"


def _days(length: float) -> str:
    return "1 day" if length == 1 else f"{length:g} days"


def covered_words(answered: int, days: int, first_day: date | None) -> str:
    """“200 of 239 days answered”, with the dates where they are known."""
    text = f"{answered} of {count_words(days, 'day')} answered"
    if first_day is None or not days:
        return text
    if days == 1:
        return f"{text}, {date_words(first_day)}"
    last = first_day + timedelta(days=days - 1)
    return f"{text}, {date_words(first_day)} to {date_words(last)}"


def named_words(item: str, names: Mapping[str, str] | None = None) -> str:
    """An item inside a sentence."""
    return "the day as a whole" if item == "day" else item_words(item, dict(names or {}))


def direction_words(harder: bool, better_up: bool) -> str:
    """“harder” or “easier”; “lower” or “higher” for what is better when there is more of it."""
    if better_up:
        return "lower" if harder else "higher"
    return "harder" if harder else "easier"


def range_words(span: tuple[float, float], *, better_up: bool = False) -> str:
    """A range of points with its directions: “0.3 easier to 1.2 harder”, “0.2 to 0.9 harder”."""
    low, high = (number_words(abs(end)) for end in span)
    if span[0] < 0 < span[1] and low != "0" and high != "0":
        below, above = direction_words(False, better_up), direction_words(True, better_up)
        return f"{low} {below} to {high} {above}"
    harder = span[1] + span[0] > 0
    ends = (low, high) if harder else (high, low)
    return f"{ends[0]} to {ends[1]} {direction_words(harder, better_up)}"


def lag_sentence(
    reading: LagReading,
    first_day: date | None = None,
    names: Mapping[str, str] | None = None,
    better_up: Collection[str] = (),
) -> str:
    """What a diary says about symptoms after dose changes; mostly that it cannot say yet.

    `better_up` names the items of which more is better; their readings are turned over.
    """
    if not reading.symptoms:
        return "Not enough days yet to say anything about symptoms after dose changes."
    widest = max(reading.symptoms, key=lambda one: (one.answered, one.symptom))
    covered = covered_words(widest.answered, widest.days, first_day)
    changes = len(reading.changes)
    if all(one.standing == "too few dose changes" for one in reading.symptoms):
        return (
            "Not enough dose changes yet to say anything about what follows them "
            f"({count_words(changes, 'dose change')}; {covered}).{_slopes_words(reading)}"
        )
    if same := next((o.standing for o in reading.symptoms if o.standing in SAME_WORDS), None):
        return (
            f"The dose changes {SAME_WORDS[same]}, so what follows them cannot be told apart from "
            f"that, and nothing is said about it ({covered})."
        )
    if all(one.size is None for one in reading.symptoms):
        return f"Not enough days yet to say anything about what follows dose changes ({covered})."
    if not reading.found:
        return (
            f"Not enough evidence yet: in the days after {count_words(changes, 'dose change')}, no "
            f"symptom stands out from its own ups and downs ({covered})."
        )
    parts = [_after(one, names, one.symptom in better_up) for one in reading.found]
    return (
        f"In the days after a usual dose cut, {list_words(parts)}, over "
        f"{count_words(changes, 'dose change')} ({covered}). {AFTER_IS_NOT_BECAUSE}"
    )


SAME_WORDS = {
    "same as weekdays": "came on the same weekday, week after week",
    "same as a rhythm": "came about once a month, as some rhythms of the body do",
}


def _slopes_words(reading: LagReading) -> str:
    if not reading.slow_slopes:
        return ""
    days = count_words(sum(last - first + 1 for first, last, _ in reading.slow_slopes), "day")
    return f" Over {days} the dose changed in steps too small to look at one by one."


def _after(one: LagEstimate, names: Mapping[str, str] | None, better_up: bool) -> str:
    size, span = one.size or 0.0, one.size_interval or (0.0, 0.0)
    lag, reach = one.lag_days or 0.0, one.lag_interval or (0.0, 0.0)
    low, high = span if size > 0 else (-span[1], -span[0])
    return (
        f"{named_words(one.symptom, names)} was about {points_words(abs(size))} "
        f"{direction_words(size > 0, better_up)} ({number_words(low)} to {number_words(high)}), "
        f"most of all about {count_words(round(lag), 'day')} later "
        f"({round(reach[0])} to {round(reach[1])})"
    )


FEW_DAYS = 14
"""Fewer days than this give no share in a sentence."""


def feelings_sentence(
    reading: FeelingsReading,
    first_day: date | None = None,
    names: Mapping[str, str] | None = None,
) -> str:
    """How often both kinds of feeling were low, what moved with events, what trails symptoms."""
    covered = covered_words(reading.answered, reading.days, first_day)
    parts = []
    if reading.both_low.n >= FEW_DAYS:
        parts.append(f"pleasant and painful feelings were both low on {_share(reading.both_low)}")
    if reading.too_much.n >= FEW_DAYS and reading.too_much.share:
        parts.append(f"it was too much to rate on {_share(reading.too_much)}")
    parts += [_reaction(one, names) for one in reading.reactivity if one.interval[0] > 0]
    if reading.lag_behind_symptoms_days is not None:
        low, high = reading.lag_behind_symptoms_days
        parts.append(_trailing(low, high))
    if not parts:
        return f"Not enough days yet to say how feelings moved ({covered})."
    text = list_words(parts)
    return f"{text[0].upper()}{text[1:]} ({covered})."


def _reaction(one: Reactivity, names: Mapping[str, str] | None) -> str:
    low, high = one.interval
    return (
        f"{named_words(one.item, names)} was about {points_words(one.slope)} higher for each step "
        f"that an event was more pleasant ({number_words(low)} to {number_words(high)}, on "
        f"{one.n} days with events)"
    )


def _share(share: Share) -> str:
    low, high = share.interval or (0.0, 1.0)
    hits = round((share.share or 0.0) * share.n)
    return f"{hits} of {share.n} days (likely {round(low * 100)} to {round(high * 100)} %)"


def _trailing(low: float, high: float) -> str:
    if low > 0:
        return f"feelings moved about {low:g} to {high:g} days after symptoms did"
    if high < 0:
        return f"feelings moved about {-high:g} to {-low:g} days before symptoms did"
    return "feelings and symptoms moved at about the same time"
