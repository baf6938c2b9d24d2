"""A file somebody chose on screen: what it is, what it would bring, and bringing it in."""

import datetime as dt
from collections.abc import Mapping
from concurrent.futures import Executor, Future
from pathlib import Path

from landward.app.library.known_words import KNOWN
from landward.app.transfer.foreign import (
    foreign_columns,
    read_foreign,
    read_foreign_table,
    recognised,
)
from landward.app.transfer.import_diary import (
    ImportResult,
    changes_in,
    circumstances,
    import_reading,
    large_doses,
)
from landward.app.transfer.preview import corrections_shown, kind_words, proposed
from landward.app.transfer.suggest_map import (
    Columns,
    as_before,
    chosen_from,
    remember_map,
    rules_of,
)
from landward.model.base import BadInput, Frozen
from landward.model.moment import Moment
from landward.model.proposals import FileReading
from landward.model.said import phrase
from landward.report.entry_words import entry_words
from landward.vault import Vault

MOST_DAYS = 40
"""Days shown of a longer file: the first half of them and the last."""

CSV = "csv"
LARGE_BYTES = 20 * 1024**2
"""From this size on nobody waits for the page: it says that the file is being read."""


class DayLine(Frozen):
    """One entry a file offers, as it is shown."""

    line: int
    kind: str
    words: str
    state: str
    """new, same or different."""

    old: str = ""


class DayLines(Frozen):
    """What a file says about one day."""

    day: dt.date
    lines: tuple[DayLine, ...]


class Look(Frozen):
    """What a chosen file would bring."""

    kind: str
    new: int
    same: int
    different: int
    days: tuple[DayLines, ...]
    days_not_shown: int
    first: dt.date | None
    last: dt.date | None
    large: tuple[str, ...]


class ChosenFile:
    """One file between being chosen and being brought in."""

    def __init__(self, path: Path, name: str) -> None:
        self.path, self.name = path, name
        self.answers: dict[str, str] = {}
        self.chosen: Columns | None = None
        self.reading: FileReading | None = None
        self.kind = _kind_of(path, name)
        self.is_large = path.stat().st_size > LARGE_BYTES
        self._problem: BadInput | None = None
        self._coming: Future[object] | None = None
        self.megabytes = path.stat().st_size // 1024**2
        self.percent: int | None = None

    @property
    def is_table(self) -> bool:
        """Whether its columns have to be chosen by the person."""
        return self.kind == CSV

    def columns(self, vault: Vault) -> Columns:
        """Its columns, with what is chosen for them."""
        if self.chosen is None:
            self.chosen = as_before(foreign_columns(self.path), vault)
        return self.chosen

    def choose(self, vault: Vault, said: Mapping[str, str]) -> None:
        """Take over what a form says of the columns, and the answers."""
        if self.is_table:
            self.chosen = chosen_from(self.columns(vault), said)
        self.answers |= {name.removeprefix("answer "): words for name, words in said.items()
                         if name.startswith("answer ") and words.strip()}  # fmt: skip
        self.reading, self._problem, self._coming = None, None, None
        self.percent = None

    @property
    def needs_choices(self) -> bool:
        """Whether nothing can be read before the person chose its columns."""
        return self.is_table and self.chosen is None

    @property
    def is_being_read(self) -> bool:
        """Whether it is still being read elsewhere."""
        return self._coming is not None and not self._coming.done()

    def begin(self, elsewhere: Executor, moment: Moment) -> "Future[object] | None":
        """Read it in another thread, so that no page has to wait. None where there is nothing to
        wait for: a large file is looked at again.
        """
        if self.needs_choices or self.reading is not None or self._problem is not None:
            return None
        if self._coming is None:
            self._coming = elsewhere.submit(self._read_quietly, moment)
        return None if self.is_large else self._coming

    def _read_quietly(self, moment: Moment) -> object:
        try:
            self.read(moment)
        except BadInput as error:
            self._problem = error
        return None

    def read(self, moment: Moment) -> FileReading:
        """What it offers. Raises BadInput."""
        if self._problem is not None:
            raise self._problem
        if self.reading is None:
            around = circumstances(moment, self.answers)
            if self.is_table:
                if self.chosen is None:
                    raise BadInput(phrase("choose its columns first"))
                self.reading = read_foreign_table(
                    self.path, rules_of(self.chosen, moment.zone), around, self._hear
                )
            else:
                self.reading = read_foreign(self.path, self.kind, around, self._hear)
        return self.reading

    def _hear(self, percent: int) -> None:
        self.percent = percent

    def look(self, vault: Vault, moment: Moment) -> Look:
        """What it would bring, day by day. Raises BadInput."""
        reading = self.read(moment)
        there = vault.entries()
        entries = proposed(reading, there, moment)
        found = changes_in(entries, there)
        new = {entry.id for entry in found.new}
        old_words = {
            (one.new.date, one.new.kind, one.new.body): shown.old
            for one, shown in zip(found.corrections, corrections_shown(entries, there), strict=True)
        }
        by_day: dict[dt.date, list[DayLine]] = {}
        for entry, proposal in zip(entries, reading.proposals, strict=True):
            old = old_words.get((entry.date, entry.kind, entry.body), "")
            state = "new" if entry.id in new else "different" if old else "same"
            by_day.setdefault(entry.date, []).append(
                DayLine(line=proposal.line, kind=kind_words(entry.kind),
                        words=entry_words(KNOWN.read(entry)), state=state, old=old)
            )  # fmt: skip
        days = [DayLines(day=day, lines=tuple(by_day[day])) for day in sorted(by_day)]
        # What differs is always shown: it is what somebody has to decide about.
        ends = {one.day for one in (*days[: MOST_DAYS // 2], *days[-MOST_DAYS // 2 :])}
        kept = tuple(
            one
            for one in days
            if one.day in ends or any(line.state == "different" for line in one.lines)
        )
        return Look(
            kind=self.kind,
            new=len(new),
            same=found.already,
            different=len(found.corrections),
            days=kept,
            days_not_shown=len(days) - len(kept),
            first=days[0].day if days else None,
            last=days[-1].day if days else None,
            large=large_doses(entries, there),
        )

    def bring_in(
        self, vault: Vault, moment: Moment, *, leave_out: bool, correct: bool
    ) -> ImportResult:
        """Write it: all of it or nothing. Raises BadInput."""
        result = import_reading(
            vault, self.read(moment), moment, leave_out=leave_out, correct=correct
        )
        if self.chosen is not None:
            remember_map(vault, self.chosen)
        return result


def _kind_of(path: Path, name: str) -> str:
    found = recognised(path, name)
    if found is not None:
        return found
    if path.suffix.lower() in (".zip", ".xlsx", ".ods", ".pdf", ".jpg", ".png"):
        raise BadInput(
            phrase(
                "{name} is no file of a program that can be read, and no table of text; "
                "a spreadsheet can be saved as “CSV UTF-8”",
                name=name,
            )
        )
    return CSV
