"""The day after a tag, next to the day after like days, as a sentence and lines."""

from collections.abc import Mapping

from landward.model.base import Frozen
from landward.model.readings import DiaryHelped, OwnWords
from landward.model.said import Words, phrase
from landward.model.symptom_course import BeforeAfter
from landward.report.blocks.shape import Column, Lines, Table, row
from landward.report.course_words import helped_sentence
from landward.report.pattern_words import direction_words
from landward.report.readings.telling import Part, Telling
from landward.report.words import count_words, date_words, number_words

HEADS = (
    Column(head=phrase("tag"), share=1),
    Column(head=phrase("times"), right=True),
    Column(head=phrase("day itself")),
    Column(head=phrase("day after")),
    Column(head=phrase("next to like days")),
    Column(head=phrase("stands out")),
)


class HelpedLine(Frozen):
    """One tag in words; `day` is empty where there were too few times to compare."""

    tag: Words
    times: int
    day: Words
    """The mean of the days with the tag, on the scale as it was answered."""
    day_after: Words
    beside: Words
    """“1.2 easier” than the day after like days without the tag, or “the same”."""
    stands_out: bool


def sentence(found: DiaryHelped, names: Mapping[str, str] | None = None) -> str:
    """What the comparison comes to, in one sentence."""
    return helped_sentence(
        found.reading,
        days=found.days,
        first_day=found.first_day,
        item=found.items[0] if len(found.items) == 1 else "day",
        better_up=found.better_up,
        names=names,
    )


def lines(found: DiaryHelped) -> tuple[HelpedLine, ...]:
    """Every tag: what stands out first, then what was compared, then by how often, then by name."""
    return tuple(_line(one, found) for one in sorted(found.reading.tags, key=_order))


def _order(one: BeforeAfter) -> tuple[bool, bool, int, str]:
    return (not one.stands_out, one.difference is None, -one.times, one.tag)


def _line(one: BeforeAfter, found: DiaryHelped) -> HelpedLine:
    if one.difference is None or one.before is None or one.after is None:
        return HelpedLine(
            tag=one.tag, times=one.times, day="", day_after="", beside="", stands_out=False
        )
    low, high = found.scale
    ends = (one.before, one.after)
    if found.better_up:  # read turned over; told as it was answered
        ends = (low + high - one.before, low + high - one.after)
    size = number_words(abs(one.difference))
    return HelpedLine(
        tag=one.tag,
        times=one.times,
        day=number_words(ends[0]),
        day_after=number_words(ends[1]),
        beside=phrase("the same")
        if size == "0"
        else phrase(
            "{size} {value}", size=size, value=direction_words(one.difference > 0, found.better_up)
        ),
        stands_out=one.stands_out,
    )


def tell(found: DiaryHelped, names: Mapping[str, str]) -> Telling:
    """The sentence; the person's own words; what was compared; what came too few times."""
    told = lines(found)
    compared = tuple(
        row(one.tag, str(one.times), one.day, one.day_after, one.beside, _standing(one))
        for one in told
        if one.beside
    )
    few = tuple(
        phrase("{tag}: {times}", tag=one.tag, times=count_words(one.times, "time"))
        for one in told
        if not one.beside
    )
    own = tuple(_own(words) for words in found.own_words[::-1])
    parts = (
        Part(title=phrase("What I wrote had helped"), shape=Lines(said=own)) if own else None,
        Part(title=phrase("After my tags and events"), shape=Table(columns=HEADS, rows=compared))
        if compared
        else None,
        Part(title=phrase("Written too few times to compare"), shape=Lines(said=few), folded=True)
        if few
        else None,
    )
    return Telling(
        title=phrase("The day after"),
        sentence=sentence(found, names),
        caution=phrase(
            "After is not because. Hard days ease by themselves, so each tag is set beside "
            "days just as hard without it."
        ),
        parts=tuple(part for part in parts if part),
        note=phrase("It takes ten days with a tag and ten without."),
    )


def _standing(one: HelpedLine) -> str:
    return "yes" if one.stands_out else "no"


def _own(words: OwnWords) -> str:
    when: str = phrase(
        "My {label} of {first_day}", label=words.label, first_day=date_words(words.first_day)
    )
    if words.last_day != words.first_day:
        when += phrase(" to {last_day}", last_day=date_words(words.last_day))
    return phrase("{when}: {text}", when=when, text=words.text)
