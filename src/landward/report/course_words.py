"""A symptom's course and what went before easier days, in plain words. “After”, never “because”."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from landward.model.said import begun, phrase
from landward.model.symptom_course import BeforeAfter, HelpedReading, SymptomCourse
from landward.report.pattern_words import AFTER_IS_NOT_BECAUSE, covered_words, direction_words
from landward.report.pattern_words import named_words as named
from landward.report.words import count_words, list_words, number_words, points_words

MOST_NAMED = 4
"""More items than this are counted rather than named."""

VERB = {"easier": "got", "up": "went", "harder": "got", "down": "went"}
"""The ways a symptom can go, in the order they are told, each with its verb."""


def course_sentence(
    courses: Sequence[SymptomCourse],
    *,
    answered: int,
    days: int,
    first_day: date | None = None,
    better_up: Collection[str] = (),
    names: Mapping[str, str] | None = None,
) -> str:
    """Which way the symptoms went over the whole diary, and how many cannot be told."""
    covered = covered_words(answered, days, first_day)
    known = [one for one in courses if one.trend != "too few days"]
    if not known:
        return phrase(
            "Not enough days yet to say which way symptoms are going ({covered}).", covered=covered
        )
    groups: dict[str, list[str]] = {}
    for one in known:
        if one.trend != "no clear trend":
            word = trend_words(one.trend == "harder", one.symptom in better_up)
            groups.setdefault(word, []).append(named(one.symptom, names))
    parts = [
        _moved(groups[word], phrase("{verb} {word}", verb=VERB[word], word=word))
        for word in VERB
        if word in groups
    ]
    unclear = len(known) - sum(len(group) for group in groups.values())
    if not parts:
        who = (
            phrase("It shows")
            if len(known) == 1
            else phrase("All {known} items show", known=len(known))
        )
        return phrase("{who} no clear trend, up or down ({covered}).", who=who, covered=covered)
    text = list_words(parts)
    rest = phrase(
        " {unclear} {value} no clear trend.",
        unclear=count_words(unclear, "other"),
        value=phrase("shows") if unclear == 1 else phrase("show"),
    )
    return phrase(
        "{text} over time ({covered}).{value}",
        text=begun(text),
        covered=covered,
        value=rest if unclear else "",
    )


def trend_words(harder: bool, better_up: bool) -> str:
    """“harder” or “easier”; “down” or “up” for what is better when there is more of it."""
    if better_up:
        return "down" if harder else "up"
    return "harder" if harder else "easier"


def _moved(group: list[str], moved: str) -> str:
    if len(group) > MOST_NAMED:
        return phrase("{group} items {moved}", group=len(group), moved=moved)
    return phrase("{group} {moved}", group=list_words(group), moved=moved)


def helped_sentence(
    reading: HelpedReading,
    *,
    days: int,
    first_day: date | None = None,
    item: str = "day",
    better_up: bool = False,
    names: Mapping[str, str] | None = None,
) -> str:
    """The tags after which the next day stands out from the days after like days."""
    covered = covered_words(reading.answered, days, first_day)
    if not reading.tags:
        return phrase(
            "No tags or events yet, so there is nothing to compare ({covered}).", covered=covered
        )
    compared = [one for one in reading.tags if one.standing == "compared"]
    if not compared:
        return phrase(
            "Not enough days yet with the same tag: it takes ten days with it and ten "
            "without, each with the days around it answered ({covered}).",
            covered=covered,
        )
    found = [one for one in compared if one.stands_out]
    if not found:
        looked = phrase("None of {compared} tags stands out", compared=len(compared))
        if len(compared) == 1:
            looked = phrase("“{tag}” does not stand out", tag=compared[0].tag)
        return phrase(
            "{looked}: the day after was much the same as after days like it without the "
            "tag ({covered}).{travels_words}",
            looked=looked,
            covered=covered,
            travels_words=_travels_words(compared),
        )
    parts = [_after(one, better_up) for one in found]
    return phrase(
        "Next to days like it without the tag, {named} was {parts} ({covered}). "
        "{after_is_not_because}{travels_words}",
        named=named(item, names),
        parts=list_words(parts),
        covered=covered,
        after_is_not_because=AFTER_IS_NOT_BECAUSE,
        travels_words=_travels_words([one for one in compared if not one.stands_out]),
    )


def _travels_words(tags: Sequence[BeforeAfter]) -> str:
    """Tags that keep to some days, so that what follows those days is not told apart from them."""
    kept = [one for one in tags if one.travels_with]
    if not kept or len(kept) > MOST_NAMED:
        return ""
    parts = [
        phrase("“{tag}” comes with {travels_with}", tag=one.tag, travels_with=one.travels_with)
        for one in kept
    ]
    text = list_words(parts)
    return phrase(
        " {text}: what follows such days anyway is taken out.",
        text=begun(text),
    )


def _after(one: BeforeAfter, better_up: bool) -> str:
    size = one.difference or 0.0
    low, high = one.interval or (0.0, 0.0)
    if size < 0:
        low, high = -high, -low
    word = direction_words(size > 0, better_up)
    return phrase(
        "{points_words} {word} on the day after “{tag}” ({low} to {high}, {times})",
        points_words=points_words(abs(size)),
        word=word,
        tag=one.tag,
        low=number_words(low),
        high=number_words(high),
        times=count_words(one.times, "time"),
    )
