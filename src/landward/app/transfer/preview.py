"""What an import would do, for the person to look at before anything is written."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from landward.app.library.known_words import KNOWN
from landward.app.transfer.import_diary import changes_in, entries_of
from landward.model.base import Frozen
from landward.model.bodies import DoseTaken
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.model.proposals import FileReading
from landward.report.entry_words import entry_words
from landward.vault.validate import refuse_unfit


class PreviewLine(Frozen):
    """One entry a file offers: the line of the file, and words to recognise it by."""

    line: int
    day: dt.date
    kind: str
    words: str


class KindCount(Frozen):
    """How many entries of one kind a file offers, about which days."""

    kind: str
    count: int
    first: dt.date
    last: dt.date


class InTheDiary(Frozen):
    """How what a file offers meets what the diary holds."""

    already: int
    other_content: int
    same_day: int
    """New entries about a day that has one of the same kind from elsewhere: both are kept."""


class Preview(Frozen):
    """Everything an import would add, shown beforehand."""

    lines: tuple[PreviewLine, ...]
    counts: tuple[KindCount, ...]
    twice: int
    """Entries that say the same about the same day as one before them in the file. Doses never do:
    three of 0.5 mg are three doses."""


def preview_entries(entries: Sequence[Entry], lines: Iterable[int] | None = None) -> Preview:
    """Look at entries; `lines` are their lines in the file, else they are counted from 1.

    Raises BadInput for an entry that the journal would refuse.
    """
    for entry in entries:
        refuse_unfit(entry)
    numbers = tuple(lines) if lines is not None else tuple(range(1, len(entries) + 1))
    days: dict[str, list[dt.date]] = {}
    for entry in entries:
        days.setdefault(entry.kind, []).append(entry.date)
    said = Counter(
        (entry.date, entry.kind, entry.body) for entry in entries if entry.kind != DoseTaken.kind
    )
    return Preview(
        lines=tuple(
            PreviewLine(
                line=number,
                day=entry.date,
                kind=kind_words(entry.kind),
                words=entry_words(KNOWN.read(entry)),
            )
            for number, entry in zip(numbers, entries, strict=True)
        ),
        counts=tuple(
            KindCount(kind=kind_words(kind), count=len(found), first=min(found), last=max(found))
            for kind, found in sorted(days.items(), key=lambda item: (-len(item[1]), item[0]))
        ),
        twice=sum(count - 1 for count in said.values()),
    )


def proposed(reading: FileReading, there: Iterable[Entry], moment: Moment) -> tuple[Entry, ...]:
    """The entries a foreign file would become beside the entries `there`."""
    return entries_of(reading, there, "preview", moment)


def compare(entries: Iterable[Entry], there: Iterable[Entry]) -> InTheDiary:
    """How `entries`, offered by a file, meet the entries `there` in the diary."""
    known = {entry.id: entry for entry in there}
    have = {(entry.date, entry.kind) for entry in known.values()}
    found = changes_in(entries, known.values())
    return InTheDiary(
        already=found.already,
        other_content=len(found.corrections),
        same_day=sum((e.date, e.kind) in have for e in found.new),
    )


class CorrectionLine(Frozen):
    """What stands in the diary for a row, and what the file says now, in words."""

    day: dt.date
    kind: str
    old: str
    new: str


def corrections_shown(
    entries: Iterable[Entry], there: Iterable[Entry]
) -> tuple[CorrectionLine, ...]:
    """Every row the file says otherwise than before."""
    return tuple(
        CorrectionLine(
            day=one.new.date,
            kind=kind_words(one.new.kind),
            old=_with_day(one.old, one.new.date),
            new=entry_words(KNOWN.read(one.new)),
        )
        for one in changes_in(entries, there).corrections
    )


def _with_day(entry: Entry, day: dt.date) -> str:
    words = entry_words(KNOWN.read(entry))
    return words if entry.date == day else f"{entry.date.isoformat()} {words}"


def kind_words(kind: str) -> str:
    """A kind as people read it: “check-in”, “dose taken”."""
    return "check-in" if kind == "check_in" else kind.replace("_", " ")
