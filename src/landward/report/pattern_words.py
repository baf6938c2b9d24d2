"""Readings in one plain sentence each, with dates and coverage; no number that is not there."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from statistics import median

from landward.model.feelings import FeelingsReading, Reactivity, Share
from landward.model.lag import LagEstimate, LagReading
from landward.model.said import begun, phrase
from landward.model.waves import LevelShift, Spell, State, WaveReading
from landward.report.words import (
    count_words,
    date_words,
    item_words,
    list_words,
    number_words,
    points_words,
)

AFTER_IS_NOT_BECAUSE = phrase("After is not because.")


FEW_SPELLS = 3
"""Up to as many are told each with its length, more by what half of them reach."""


def waves_sentence(reading: WaveReading, *, better_up: bool = False) -> str:
    """What the windows and waves of a diary come to, in plain words.

    `better_up` where more is better: the reading has its answers turned over, the words do not.
    """
    known = sum(day.state != State.UNKNOWN for day in reading.days)
    covered = covered_words(reading.answered, len(reading.days), reading.first_day)
    if not known and reading.method == "too sparse":
        return phrase(
            "The answers lie too far apart to tell windows and waves ({covered}).", covered=covered
        )
    if not known:
        return phrase(
            "Not enough days yet to tell windows and waves apart ({covered}).", covered=covered
        )
    windows = [spell for spell in reading.spells if spell.state == State.WINDOW]
    waves = [spell for spell in reading.spells if spell.state == State.WAVE]
    changes = changes_sentence(reading, better_up=better_up)
    taught = taught_words(reading)
    if not windows and not waves:
        if changes:
            return phrase(
                "{changes}{taught} Beside that, no windows or waves ({covered}).",
                changes=changes,
                taught=taught,
                covered=covered,
            )
        return phrase(
            "No windows or waves stand out from the usual ups and downs ({covered}).{taught}",
            covered=covered,
            taught=taught,
        )
    parts = [
        _spells(spells, word) for spells, word in ((windows, "window"), (waves, "wave")) if spells
    ]
    found = {"spells": begun(list_words(parts)), "covered": covered}
    if _alone(windows, waves):
        told = phrase("{spells} stands out from the usual ({covered}).", **found)
    else:
        told = phrase("{spells} stand out from the usual ({covered}).", **found)
    if not changes:
        return phrase("{told}{taught}", told=told, taught=taught)
    return phrase("{told} {changes}{taught}", told=told, changes=changes, taught=taught)


def taught_words(reading: WaveReading) -> str:
    """That a person's own labels set what counts, where they do."""
    if not reading.taught_by:
        return ""
    return phrase(
        " Your own words for {taught_by} set what counts here.",
        taught_by=count_words(reading.taught_by, "day"),
    )


def changes_sentence(reading: WaveReading, *, better_up: bool = False) -> str:
    """Lasting changes of the level, each with the days between which it lies; slow ones as slow.

    `better_up` as in `waves_sentence`.
    """
    parts: list[str] = [_step_words(shift, reading, better_up) for shift in reading.level_shifts]
    for slow in reading.gradual_changes:
        low, high = sorted(abs(end) for end in slow.change_interval)
        parts.append(
            phrase(
                "from {when} to {when_2} it slowly got {way}, by {low} to {high} points",
                when=_when(slow.start, reading),
                when_2=_when(slow.end, reading),
                way=direction_words(slow.change_interval[0] > 0, better_up),
                low=number_words(low),
                high=number_words(high),
            )
        )
    if not parts:
        return ""
    return phrase("{text}.", text=begun(list_words(parts)))


def own_levels(
    shift: LevelShift, scale: tuple[float, float], better_up: bool
) -> tuple[float, float]:
    """The levels before and after in the answers' own direction: readings count up as harder."""
    if not better_up:
        return shift.before, shift.after
    return sum(scale) - shift.before, sum(scale) - shift.after


def _step_words(shift: LevelShift, reading: WaveReading, better_up: bool) -> str:
    before, after = own_levels(shift, reading.scale, better_up)
    found = {
        "when": _when(shift.index, reading),
        "when_2": _when(shift.interval[0], reading),
        "when_3": _when(shift.interval[1], reading),
        "before": number_words(before),
        "after": number_words(after),
        "way": direction_words(shift.after > shift.before, better_up),
    }
    if shift.stays:
        return phrase(
            "about {when} (between {when_2} and {when_3}) it got {way}, from about {before} to "
            "{after}, and stayed so",
            **found,
        )
    return phrase(
        "about {when} (between {when_2} and {when_3}) it got {way}, from about {before} to "
        "{after}, then slowly went back",
        **found,
    )


def _when(position: int, reading: WaveReading) -> str:
    if reading.first_day is None:
        return phrase("day {position}", position=position + 1)
    return date_words(reading.date_of(position))


def _alone(windows: Sequence[Spell], waves: Sequence[Spell]) -> bool:
    return len(windows) + len(waves) == 1


def _spells(spells: Sequence[Spell], word: str) -> str:
    lengths = [spell.days for spell in spells]
    if len(spells) == 1:
        if word == "window":
            return phrase("one window of {days}", days=_days(lengths[0]))
        return phrase("one wave of {days}", days=_days(lengths[0]))
    many = len(spells)
    if many <= FEW_SPELLS:
        each = list_words([f"{length}" for length in sorted(lengths)])
        if word == "window":
            return phrase("{many} windows of {each} days", many=many, each=each)
        return phrase("{many} waves of {each} days", many=many, each=each)
    days = _days(median(lengths))
    if word == "window":
        return phrase("{many} windows, half of them {days} or longer,", many=many, days=days)
    return phrase("{many} waves, half of them {days} or longer,", many=many, days=days)


def _days(length: float) -> str:
    return phrase("1 day") if length == 1 else phrase("{length} days", length=f"{length:g}")


def covered_words(answered: int, days: int, first_day: date | None) -> str:
    """“200 of 239 days answered”, with the dates where they are known."""
    text = phrase("{answered} of {days} answered", answered=answered, days=count_words(days, "day"))
    if first_day is None or not days:
        return text
    if days == 1:
        return phrase("{text}, {first_day}", text=text, first_day=date_words(first_day))
    last = first_day + timedelta(days=days - 1)
    return phrase(
        "{text}, {first_day} to {last}",
        text=text,
        first_day=date_words(first_day),
        last=date_words(last),
    )


def named_words(item: str, names: Mapping[str, str] | None = None) -> str:
    """An item inside a sentence."""
    base, _, wording = item.rpartition(":")
    if base and wording[:1].isdigit() and "." in wording:
        return phrase("{name}, in earlier words", name=named_words(base, names))
    return phrase("the day as a whole") if item == "day" else item_words(item, dict(names or {}))


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
        return phrase(
            "{low} {below} to {high} {above}", low=low, below=below, high=high, above=above
        )
    harder = span[1] + span[0] > 0
    ends = (low, high) if harder else (high, low)
    return phrase(
        "{ends} to {ends_2} {direction_words}",
        ends=ends[0],
        ends_2=ends[1],
        direction_words=direction_words(harder, better_up),
    )


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
        return phrase("Not enough days yet to say anything about symptoms after dose changes.")
    widest = max(reading.symptoms, key=lambda one: (one.answered, one.symptom))
    covered = covered_words(widest.answered, widest.days, first_day)
    changes = len(reading.changes)
    if all(one.standing == "too few dose changes" for one in reading.symptoms):
        return phrase(
            "Not enough dose changes yet to say anything about what follows them "
            "({changes}; {covered}).{slopes_words}",
            changes=count_words(changes, "dose change"),
            covered=covered,
            slopes_words=_slopes_words(reading),
        )
    if same := next((o.standing for o in reading.symptoms if o.standing in SAME_WORDS), None):
        return phrase(
            "The dose changes {same_words}, so what follows them cannot be told apart from "
            "that, and nothing is said about it ({covered}).",
            same_words=SAME_WORDS[same],
            covered=covered,
        )
    if all(one.size is None for one in reading.symptoms):
        return phrase(
            "Not enough days yet to say anything about what follows dose changes ({covered}).",
            covered=covered,
        )
    if not reading.found:
        return phrase(
            "Not enough evidence yet: in the days after {changes}, no symptom stands out "
            "from its own ups and downs ({covered}).",
            changes=count_words(changes, "dose change"),
            covered=covered,
        )
    parts = [_after(one, names, one.symptom in better_up) for one in reading.found]
    return phrase(
        "In the days after a usual dose cut, {parts}, over {changes} ({covered}). "
        "{after_is_not_because}",
        parts=list_words(parts),
        changes=count_words(changes, "dose change"),
        covered=covered,
        after_is_not_because=AFTER_IS_NOT_BECAUSE,
    )


SAME_WORDS = {
    "same as weekdays": phrase("came on the same weekday, week after week"),
    "same as a rhythm": phrase("came about once a month, as some rhythms of the body do"),
}


def _slopes_words(reading: LagReading) -> str:
    if not reading.slow_slopes:
        return ""
    days = count_words(sum(last - first + 1 for first, last, _ in reading.slow_slopes), "day")
    return phrase(
        " Over {days} the dose changed in steps too small to look at one by one.", days=days
    )


def _after(one: LagEstimate, names: Mapping[str, str] | None, better_up: bool) -> str:
    size, span = one.size or 0.0, one.size_interval or (0.0, 0.0)
    lag, reach = one.lag_days or 0.0, one.lag_interval or (0.0, 0.0)
    low, high = span if size > 0 else (-span[1], -span[0])
    return phrase(
        "{named_words} was about {points_words} {direction_words} ({low} to {high}), "
        "most of all about {lag} later ({reach} to {reach_2})",
        named_words=named_words(one.symptom, names),
        points_words=points_words(abs(size)),
        direction_words=direction_words(size > 0, better_up),
        low=number_words(low),
        high=number_words(high),
        lag=count_words(round(lag), "day"),
        reach=round(reach[0]),
        reach_2=round(reach[1]),
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
    parts: list[str] = []
    if reading.both_low.n >= FEW_DAYS:
        parts.append(
            phrase(
                "pleasant and painful feelings were both low on {share}",
                share=_share(reading.both_low),
            )
        )
    if reading.too_much.n >= FEW_DAYS and reading.too_much.share:
        parts.append(phrase("it was too much to rate on {share}", share=_share(reading.too_much)))
    parts += [_reaction(one, names) for one in reading.reactivity if one.interval[0] > 0]
    if reading.lag_behind_symptoms_days is not None:
        low, high = reading.lag_behind_symptoms_days
        parts.append(trailing_words(low, high))
    if not parts:
        return phrase("Not enough days yet to say how feelings moved ({covered}).", covered=covered)
    return phrase("{text} ({covered}).", text=begun(list_words(parts)), covered=covered)


def _reaction(one: Reactivity, names: Mapping[str, str] | None) -> str:
    low, high = one.interval
    return phrase(
        "{named_words} was about {points_words} higher for each step that an event was "
        "more pleasant ({low} to {high}, on {n} days with events)",
        named_words=named_words(one.item, names),
        points_words=points_words(one.slope),
        low=number_words(low),
        high=number_words(high),
        n=one.n,
    )


def _share(share: Share) -> str:
    low, high = share.interval or (0.0, 1.0)
    hits = round((share.share or 0.0) * share.n)
    return phrase(
        "{hits} of {n} days (likely {low} to {high} %)",
        hits=hits,
        n=share.n,
        low=round(low * 100),
        high=round(high * 100),
    )


def trailing_words(low: float, high: float) -> str:
    """By how many days feelings moved after symptoms, or before them."""
    if low > 0:
        return phrase(
            "feelings moved about {low} to {high} days after symptoms did",
            low=f"{low:g}",
            high=f"{high:g}",
        )
    if high < 0:
        return phrase(
            "feelings moved about {value} to {value_2} days before symptoms did",
            value=f"{-high:g}",
            value_2=f"{-low:g}",
        )
    return phrase("feelings and symptoms moved at about the same time")
