"""A short history for other people on the same way: months since the start, no dates, no names.

Plain text of chosen parts. What a person wrote freely, places, prescribers and days stay away; so
does everything nobody chose.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from statistics import median

from landward.model.base import BadInput
from landward.model.diary import Diary
from landward.model.medicines import MedicineRecord, medicine_record
from landward.model.said import Words, counted, joined, phrase
from landward.model.scale import Scale
from landward.report.words import dose_words, item_words, number_words

PARTS: Mapping[str, Words] = {
    "doses": phrase("doses"),
    "days": phrase("how hard the days were"),
    "symptoms": phrase("symptoms"),
}
"""What may be chosen, in its order."""

MONTH_DAYS = 30.4375
NEEDS = 5
"""A month with fewer answers says nothing."""

MOST_SYMPTOMS = 5


def peers_history(
    diary: Diary, parts: Collection[str], *, last: date, names: dict[str, str]
) -> str:
    """The history up to `last`. Raises BadInput for a part there is not, and for nothing chosen."""
    for part in parts:
        if part not in PARTS:
            raise BadInput(phrase("no part is called “{part}”; there are: ", part=part[:40])
                           + joined(", ", PARTS))  # fmt: skip
    if not parts:
        raise BadInput(phrase("choose at least one part: ") + joined(", ", PARTS))
    days = [day for day in diary.days if day <= last]
    record = medicine_record(diary.lines)
    known = [day for one in record.medicines.values() for day in one.known(last)]
    if not (days or known):
        raise BadInput(phrase("nothing is written in this diary yet"))
    start = min([*days, *known])
    made = {
        "doses": lambda: _doses(record, start, last),
        "days": lambda: _days(diary, start, last),
        "symptoms": lambda: _symptoms(diary, start, last, names),
    }
    lines = [_head(start, last)]
    for part in PARTS:
        if part in parts:
            lines += ["", *made[part]()]
    return "\n".join([*lines, "", *FOOT, ""])


FOOT = (
    phrase("One person’s diary. Other people are different; after is not because."),
    phrase("Do not stop suddenly: it can cause seizures and can kill. Talk to whoever prescribes."),
)


def _head(start: date, last: date) -> Words:
    months = _month(last, start)
    return counted(months, "A diary of {count} month. Month 1 is its first.",
                   "A diary of {count} months. Month 1 is the first.")  # fmt: skip


def _month(day: date, start: date) -> int:
    return int((day - start).days / MONTH_DAYS) + 1


def _doses(record: MedicineRecord, start: date, last: date) -> Iterator[str]:
    yield phrase("Doses that lasted, mg a day:")
    any_level = False
    for drug, medicine in record.medicines.items():
        levels = medicine.levels(last)
        if not levels:
            continue
        any_level = True
        said = [
            phrase("month {month}: {mg}", month=_month(level.first_day, start),
                   mg=dose_words(level.mg))
            for level in levels
        ]  # fmt: skip
        yield phrase("{drug}: {said}", drug=drug, said=joined("; ", said))
    if not any_level:
        yield phrase("none")


def _by_month(diary: Diary, item: str, start: date, last: date) -> dict[int, list[float]]:
    """The answers of each month, on the scale they were last given on; others are left out."""
    given = [
        (day, answers.answers[item], answers.scales[item])
        for day, answers in diary.days.items()
        if day <= last and item in answers.answers
    ]
    found: dict[int, list[float]] = {}
    for day, value, scale in given:
        if scale == given[-1][2]:
            found.setdefault(_month(day, start), []).append(value)
    return {month: values for month, values in found.items() if len(values) >= NEEDS}


def _days(diary: Diary, start: date, last: date) -> Iterator[str]:
    yield phrase("How hard the days were, the middle of each month (0 no trouble, 10 worst):")
    months = _by_month(diary, "day", start, last)
    said = [phrase("month {month}: {middle}", month=month, middle=number_words(median(values)))
            for month, values in sorted(months.items())]  # fmt: skip
    yield joined("; ", said) if said else phrase("too few days")


def _symptoms(diary: Diary, start: date, last: date, names: dict[str, str]) -> Iterator[str]:
    """The table's symptoms with most answers; a symptom in a person's own words stays away."""
    yield phrase("Symptoms, 0 none to 4 extreme, the middle of each month:")
    asked: dict[str, int] = {}
    for day, answers in diary.days.items():
        for item, scale in answers.scales.items():
            if day <= last and item in names and Scale.parse(scale) == Scale(low=0, high=4):
                asked[item] = asked.get(item, 0) + (item in answers.answers)
    most = sorted((item for item in asked if asked[item]), key=lambda one: (-asked[one], one))
    any_said = False
    for item in most[:MOST_SYMPTOMS]:
        months = sorted(_by_month(diary, item, start, last).items())
        if not months:
            continue
        any_said = True
        said = [
            phrase("month {month}: {middle}", month=month, middle=number_words(median(values)))
            for month, values in months
        ]
        yield phrase("{name}: {said}", name=item_words(item, names), said=joined("; ", said))
    if not any_said:
        yield phrase("too few answers")
