"""What a foreign file offers the diary: proposed entries, refusals and remarks, line by line."""

import datetime as dt
from collections.abc import Sequence

from pydantic import model_validator

from landward.model.base import Frozen
from landward.model.said import Words, phrase


class Proposal(Frozen):
    """One entry a file would add. `row_key` names its row so that a second import adds nothing."""

    line: int
    row_key: str
    date: dt.date
    kind: str
    version: int = 1
    body: str


class Refusal(Frozen):
    """One line of a file that cannot be used, and why. Lines are counted as an editor does."""

    line: int
    reason: Words


class FileQuestion(Frozen):
    """Something a file does not say and nobody may guess: which day 03/04 is, how much one is."""

    id: str
    words: Words
    choices: tuple[str, ...] = ()
    """What may be answered; empty where the answer is in the person's own words."""

    example: str = ""


class FileReading(Frozen):
    """Everything one file offers. Nothing is written while `refusals` or `questions` are open.

    `source` names where the rows come from (program, study, person) and goes into every id;
    `zone` is the zone the file's dates are in; `remarks` tell what was decided on the way and why,
    such as which of two rows for one day was used.

    Every row of the file has one fate, and the sum is checked: `lines` rows were read, `used` of
    them went into a proposal, `same` say again what another row says, `left_out` cannot be used
    and are told in `remarks`, and the rest stand in `refusals`.
    """

    source: str
    zone: str
    proposals: tuple[Proposal, ...]
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[Words, ...] = ()
    questions: tuple[FileQuestion, ...] = ()
    lines: int = 0
    used: int = 0
    same: int = 0
    left_out: int = 0
    across: bool = False
    """Its rows are columns of the file: `line` counts columns."""

    @model_validator(mode="after")
    def _no_row_is_lost(self) -> "FileReading":
        fates = self.used + self.same + self.left_out + len(self.refusals)
        if fates != self.lines:
            raise ValueError(
                phrase(
                    "{lines} rows were read, and {fates} are accounted for",
                    lines=self.lines,
                    fates=fates,
                )
            )
        return self

    @property
    def refused(self) -> int:
        """Rows that cannot be used, whether the person is asked about them or only told."""
        return self.left_out + len(self.refusals)

    def where(self, line: int) -> str:
        """“line 4”, or “column D” where days stand across."""
        return named_place(line, across=self.across)


def named_place(line: int, *, across: bool = False) -> str:
    """“line 4”, or “column D” where days stand across."""
    return (
        phrase("column {letters}", letters=_letters(line))
        if across
        else phrase("line {line}", line=line)
    )


def named_places(lines: Sequence[int], *, across: bool = False) -> str:
    """“on lines 2, 3 and 4”, “in columns B and C”."""
    parts = [_letters(line) if across else str(line) for line in lines]
    listed = " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
    return (
        phrase("in columns {listed}", listed=listed)
        if across
        else phrase("on lines {listed}", listed=listed)
    )


def _letters(column: int) -> str:
    """A column as a spreadsheet names it: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
