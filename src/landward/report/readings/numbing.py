"""What can numb, in words: since when each is there, and whether before the medicine."""

import datetime as dt

from landward.model.medicines import Medicine
from landward.model.numbing import BEFORE, ToldStretch
from landward.model.said import Words, joined, phrase
from landward.report.words import date_words, dose_words

CAUTION = phrase(
    "Side by side, and no more than that: nothing here says which of them it is. Several can be "
    "true at once."
)


def stretch_words(one: ToldStretch) -> Words:
    """“3 Mar 2026 to now; so before the medicine: not known; my words”."""
    since = date_words(one.since) if one.since else phrase("not known since when")
    until = date_words(one.until) if one.until else phrase("now")
    when = phrase("{since} to {until}", since=since, until=until)
    parts = (when if one.dated else "", before_words(one.before), one.words)
    return joined("; ", (part for part in parts if part))


def before_words(before: str) -> Words:
    """Whether it was so before the medicine."""
    return phrase("so before the medicine: {answer}", answer=BEFORE.get(before, BEFORE[""]))


def drug_words(drug: Medicine, last_day: dt.date) -> Words:
    """“1 mg since 3 Mar 2026, now 0.35 mg since 1 Nov 2026; 9 lasting doses in all”."""
    levels = drug.levels(last_day)
    if not levels:
        return phrase("no lasting dose written")
    first, now = levels[0], levels[-1]
    said = phrase("{mg} mg since {day}", mg=dose_words(first.mg), day=date_words(first.first_day))
    if len(levels) == 1:
        return said
    return phrase(
        "{said}, now {mg} mg since {day}; {n} lasting doses in all",
        said=said, mg=dose_words(now.mg), day=date_words(now.first_day), n=len(levels),
    )  # fmt: skip
