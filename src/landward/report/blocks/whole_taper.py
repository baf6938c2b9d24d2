"""The whole taper in a thin strip: every known dose since the record begins, the days below shaded.

A chart of twelve weeks shows twelve quiet weeks where the taper lay before them; this is where the
taper is.
"""

from datetime import date
from itertools import pairwise

from landward.model.base import Frozen
from landward.model.medicines import Medicine
from landward.model.said import Words, counted, joined, phrase
from landward.report.blocks.block import Block
from landward.report.blocks.doses import drugs_shown
from landward.report.blocks.scope import Scope
from landward.report.blocks.shape import Picture
from landward.report.words import date_words, dose_words, shortened

MOST_DRUGS = 2
JOINED_DAYS = 4
"""Two known days so far apart at most are drawn as one line; else a gap stays: a line through days
nobody wrote of would be read as doses that were taken."""


class Held(Frozen):
    """An amount from one day to another, both included, as days from the first of the strip."""

    start: int
    end: int
    mg: float


class StripLine(Frozen):
    """One drug's way through the strip."""

    drug: str
    held: tuple[Held, ...]
    most: str
    """The largest amount, in words."""


class TaperStrip(Frozen):
    """The strip: its days, its lines, from where on the chart below shows the same days."""

    first_day: date
    last_day: date
    shaded_from: int
    """How many days from the first; 0 where the chart below shows them all."""
    lines: tuple[StripLine, ...]
    sentence: Words

    @property
    def days(self) -> int:
        """Calendar days drawn."""
        return (self.last_day - self.first_day).days + 1


def taper_strip(scope: Scope) -> TaperStrip | None:
    """The strip; None where the dose of no day is known."""
    last = scope.last_day
    drugs = [drug for drug in drugs_shown(scope) if scope.medicine(drug).known(last)][:MOST_DRUGS]
    if not drugs:
        return None
    first = min(min(scope.medicine(drug).known(last)) for drug in drugs)
    return TaperStrip(
        first_day=first,
        last_day=last,
        shaded_from=max(0, (scope.first_day - first).days),
        lines=tuple(_line(scope.medicine(drug), first, last) for drug in drugs),
        sentence=phrase(
            "{drugs}.", drugs=joined(". ", (_said(scope.medicine(drug), last) for drug in drugs))
        ),
    )


def _line(medicine: Medicine, first: date, last: date) -> StripLine:
    known = medicine.known(last)
    held: list[Held] = []
    for day, mg in known.items():
        place = (day - first).days
        near = held and place - held[-1].end <= JOINED_DAYS
        if near and held[-1].mg == float(mg):
            held[-1] = held[-1].model_copy(update={"end": place})
        else:
            held.append(Held(start=place, end=place, mg=float(mg)))
    return StripLine(
        drug=shortened(medicine.drug, 24),
        held=tuple(_touching(held)),
        most=dose_words(max(known.values())),
    )


def _touching(held: list[Held]) -> list[Held]:
    """Each amount drawn up to the next one where they are near: the days between are few."""
    found = [
        one.model_copy(update={"end": after.start - 1})
        if 1 < after.start - one.end <= JOINED_DAYS
        else one
        for one, after in pairwise(held)
    ]
    return [*found, *held[-1:]]


def _said(medicine: Medicine, last: date) -> Words:
    """“diazepam: 10 mg on 3 Feb 2026, 7 mg on 25 Mar 2026; 5 lasting changes, 4 down, 1 up”."""
    known = medicine.known(last)
    first, latest = min(known), max(known)
    changes = medicine.changes(last)
    down = sum(change.to_mg < change.from_mg for change in changes)
    up = sum(change.to_mg > change.from_mg for change in changes)
    drug = shortened(medicine.drug, 24)
    if first == latest:
        return phrase("{drug}: {mg} mg on {day}, the only known day", drug=drug,
                      mg=dose_words(known[first]), day=date_words(first))  # fmt: skip
    if not changes:
        return phrase("{drug}: {old} mg on {day}, {new} mg on {last}; no lasting change", drug=drug,
                      old=dose_words(known[first]), day=date_words(first),
                      new=dose_words(known[latest]), last=date_words(latest))  # fmt: skip
    return counted(
        len(changes),
        "{drug}: {old} mg on {day}, {new} mg on {last}; {count} lasting change, {ways}",
        "{drug}: {old} mg on {day}, {new} mg on {last}; {count} lasting changes, {ways}",
        drug=drug, old=dose_words(known[first]), day=date_words(first),
        new=dose_words(known[latest]), last=date_words(latest), ways=_ways(down, up),
    )  # fmt: skip


def _ways(down: int, up: int) -> Words:
    said = [phrase("{down} down", down=down)] if down else []
    return joined(", ", [*said, phrase("{up} up", up=up)] if up else said)


def _shown(strip: TaperStrip | None, _rows: int) -> Picture:
    assert strip is not None, "an empty block is not shown"
    note = phrase("Shaded: the weeks below.") if strip.shaded_from else ""
    return Picture(key="taper", title=phrase("The whole taper"), sentence=strip.sentence, note=note)


TAPER = Block[TaperStrip | None](
    name="taper",
    title="",
    words=phrase("the whole taper"),
    build=taper_strip,
    show=_shown,
    nothing=None,
)
