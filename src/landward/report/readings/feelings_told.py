"""What the page of feelings says, one short paragraph a question. No total, no comparison."""

from collections.abc import Iterator, Mapping

from landward.model.feelings import FeelingsReading, PhaseFeelings, Reactivity, Share
from landward.model.questions import FEELINGS, WEEKLY, WORDING_AT_FIRST
from landward.model.readings import AskedIn, DiaryFeelings
from landward.model.said import Words, begun, joined, phrase
from landward.report.pattern_words import FEW_DAYS, named_words, trailing_words
from landward.report.readings.feelings import PHASE_WORDS
from landward.report.words import count_words, date_words, list_words, number_words, points_words

Told = tuple[Words, tuple[Words, ...]]
"""A heading and the lines under it."""

SAME_RANGE = 0.05
"""Two ranges nearer than this share are called about as wide."""


def feelings_told(
    found: DiaryFeelings | None,
    names: Mapping[str, str],
    own_word: Mapping[str, int],
    *,
    symptoms: bool,
) -> tuple[Told, ...]:
    """Every paragraph. `own_word` counts the days the person called calm, numb or low; `symptoms`
    is whether anything but feelings is in the diary.
    """
    if found is None:
        return ()
    reading = found.reading
    return (
        (phrase("Days low in both"), (low_line(reading, own_word),)),
        (phrase("Days that were too much"), (too_much_line(reading),)),
        (phrase("How far it moved"), tuple(_ranges(reading, names))),
        (phrase("After symptoms?"), (lag_line(reading, symptoms=symptoms),)),
        *_phases(reading, names),
        *_asked(found, names),
    )


def _asked(found: DiaryFeelings, names: Mapping[str, str]) -> Iterator[Told]:
    if lines := asked_lines(found, names):
        yield phrase("In which words it was asked"), lines


def asked_lines(found: DiaryFeelings, names: Mapping[str, str]) -> tuple[str, ...]:
    """One line a version of the words; of older answers it says that theirs were not kept."""
    by_wording: dict[str, list[AskedIn]] = {}
    for one in found.asked_in:
        by_wording.setdefault(one.wording, []).append(one)
    lines = []
    for wording, asked in by_wording.items():
        first = min(one.first_day for one in asked)
        last = max(one.last_day for one in asked)
        version, _, language = wording.partition(".")
        when = date_words(first)
        if first != last:
            when = phrase("{first} to {last}", first=date_words(first), last=date_words(last))
        names_said = list_words([named_words(one.item, names) for one in asked])
        if wording:
            said = phrase(
                "Version {version}, language “{language}”, {when}: {items}.",
                version=version, language=language, when=when, items=names_said,
            )  # fmt: skip
        else:
            said = phrase("Not kept, {when}: {items}.", when=when, items=names_said)
        lines.append(said)
    if lines and any(one.wording not in ("", WORDING_AT_FIRST) for one in found.asked_in):
        lines.append(phrase("Answers to other words are a series of their own."))
    return tuple(lines)


def low_line(reading: FeelingsReading, own_word: Mapping[str, int]) -> str:
    """On how many days both were low, and what the person called such days."""
    one = reading.both_low
    if one.n < FEW_DAYS:
        said = phrase("Not enough days yet: both have to be answered on the same day.")
    else:
        said = phrase(
            "Little of either reached you on {share}. A low number does not say why.",
            share=_share(one),
        )
    if not own_word:
        return said
    words = joined(", ", (phrase("{w} {n}", w=w, n=n) for w, n in own_word.items()))
    return phrase("{said} Your own word for days with little: {words}.", said=said, words=words)


def too_much_line(reading: FeelingsReading) -> str:
    """On how many days it was too much to rate."""
    one = reading.too_much
    if not one.n:
        return phrase("No answer to count yet.")
    if not one.share:
        return phrase("None of {n} days with an answer.", n=one.n)
    return phrase("It was too much to rate on {share}.", share=_share(one))


def _share(one: Share) -> str:
    low, high = one.interval or (0.0, 1.0)
    hits = round((one.share or 0.0) * one.n)
    if one.n < FEW_DAYS:
        return phrase("{hits} of {n} days", hits=hits, n=one.n)
    return phrase(
        "{hits} of {n} days (likely {low} to {high} %)",
        hits=hits, n=one.n, low=round(low * 100), high=round(high * 100),
    )  # fmt: skip


def _ranges(reading: FeelingsReading, names: Mapping[str, str]) -> Iterator[str]:
    told = [
        one
        for one in reading.range
        if one.relative_sd is not None and one.item.partition(":")[0] in (*FEELINGS, *WEEKLY)
    ]
    told.sort(key=lambda one: (*FEELINGS, *WEEKLY).index(one.item.partition(":")[0]))
    if not told:
        yield phrase("Not enough days yet.")
        return
    for one in told:
        assert one.relative_sd is not None
        yield phrase(
            "{name}: {share} % of what its mean allows, on {n} days.",
            name=begun(named_words(one.item, names)), share=round(one.relative_sd * 100), n=one.n,
        )  # fmt: skip
    yield phrase("Little movement can be calm as well as numb.")


def lag_line(reading: FeelingsReading, *, symptoms: bool) -> str:
    """By how many days feelings follow symptoms, or why that is not said."""
    if reading.lag_behind_symptoms_days is not None:
        low, high = reading.lag_behind_symptoms_days
        return phrase("{said}. After is not because.", said=begun(trailing_words(low, high)))
    if not symptoms:
        return phrase("Not enough yet: nothing else is in the diary to set beside it.")
    return phrase(
        "Not enough yet. That both got better over months is no answer: only ups and downs that "
        "come back in the other line, some days later, would be one."
    )


def _phases(reading: FeelingsReading, names: Mapping[str, str]) -> Iterator[Told]:
    for part in reading.phases:
        said = [
            joined(" ", filter(None, (_moved(part, item, names), _reached(part, item, names))))
            for item in _items(part)
        ]
        told = tuple(one for one in said if one)
        heading = begun(PHASE_WORDS[part.stretch.name])
        yield heading, told or (phrase("Not enough days yet."),)


def _items(part: PhaseFeelings) -> list[str]:
    """The daily pair where it has a range, else whatever else has one and an answer to events."""
    there = [one.item for one in part.range if one.relative_sd is not None]
    first = [item for item in FEELINGS if item in there]
    return first or [one.item for one in part.reactivity if one.item in there]


def _moved(part: PhaseFeelings, item: str, names: Mapping[str, str]) -> str:
    one = next(each for each in part.range if each.item == item)
    if one.relative_sd is None:
        return ""
    span = ""
    if one.interval is not None:
        low, high = (round(end * 100) for end in one.interval)
        span = phrase(" ({low} to {high})", low=low, high=high)
    return phrase(
        "{name} moved {share} %{span} of what its mean allows.",
        name=begun(named_words(item, names)), share=round(one.relative_sd * 100), span=span,
    )  # fmt: skip


def _reached(part: PhaseFeelings, item: str, names: Mapping[str, str]) -> str:
    one = next((each for each in part.reactivity if each.item == item), None)
    if one is None:
        if item not in FEELINGS:
            return ""
        return phrase("Too few days with an event to say whether it went along with them ({n}).",
                      n=part.events)  # fmt: skip
    return _slope(one)


def _slope(one: Reactivity) -> str:
    low, high = one.interval
    span = phrase("{low} to {high}, {n} days", low=number_words(low), high=number_words(high),
                  n=one.n)  # fmt: skip
    if low <= 0 <= high:
        return phrase("On days with a better event it was much the same ({span}); flat is an "
                      "answer.", span=span)  # fmt: skip
    more = phrase("more") if one.slope > 0 else phrase("less")
    return phrase(
        "With each step that an event was better it was {points} {more} ({span}).",
        points=points_words(abs(one.slope)), more=more, span=span,
    )  # fmt: skip


def first_sentence(found: DiaryFeelings | None, in_words_alone: bool, weeks: int) -> str:
    """What the page opens with."""
    if found is None:
        return phrase("Nothing about feelings is written yet. There is no hurry.")
    if in_words_alone:
        return phrase("Every answer so far was a word, not a number: they stand below as they are.")
    reading = found.reading
    return phrase(
        "{answered} of {days} with an answer about feelings{weeks}. Pleasant and painful stand "
        "apart; nothing is added up, and nobody is compared.",
        answered=reading.answered, days=count_words(reading.days, "day"),
        weeks=phrase(", {n} weekly looks among them", n=weeks) if weeks > 1 else "",
    )  # fmt: skip


def spoken_counts(now: str, words: Mapping[str, int]) -> str:
    """“mostly; 3 times no occasion, once too much”, for one small picture."""
    told = [
        phrase("{word} once", word=word) if n == 1 else phrase("{word} {n} times", word=word, n=n)
        for word, n in words.items()
    ]
    return joined("; ", filter(None, (now, list_words(told))))
