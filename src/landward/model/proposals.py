"""What a foreign file offers the diary: proposed entries, refusals and remarks, line by line."""

import datetime as dt

from landward.model.base import Frozen


class Proposal(Frozen):
    """One entry a file would add. `row_key` names its row so that a second import adds nothing."""

    line: int
    row_key: str
    date: dt.date
    kind: str
    version: int = 1
    body: str


class Refusal(Frozen):
    """One line of a file that cannot be used, and why."""

    line: int
    reason: str


class FileReading(Frozen):
    """Everything one file offers. Nothing is written unless `refusals` is empty.

    `source` names where the rows come from (program, study, person) and goes into every id;
    `zone` is the IANA zone the file's dates are in; `remarks` tell what was decided on the way,
    such as which of two rows for one day was used.
    """

    source: str
    zone: str
    proposals: tuple[Proposal, ...]
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[str, ...] = ()
    lines: int = 0
