"""`landward sheet`: a week on paper."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from landward.app.diary.whole import whole_diary
from landward.cli.terminal import catalogue, moment, open_vault, seen_today, tell
from landward.model.said import phrase


def sheet(
    *,
    output: Annotated[Path, Parameter(name=("-o", "--output"), help="The PDF to write.")],
    vault: Annotated[
        Path | None, Parameter(help="A diary, for its pinned symptoms. Else empty lines.")
    ] = None,
    start: Annotated[dt.date | None, Parameter(help="First day. Undated if not given.")] = None,
    weeks: Annotated[int, Parameter(help="How many weeks, one A5 page each.")] = 1,
) -> None:
    """Print a week to fill in by hand, for days when a screen is too much.

    Examples:

      landward sheet -o week.pdf
      landward sheet -o weeks.pdf --vault my.vault --start 2026-03-30 --weeks 4
    """
    from landward.app.keep.write_file import write_file
    from landward.app.share.week_sheet import make_sheet

    diary = None
    if vault is not None:
        with open_vault(vault) as journal:
            diary = seen_today(whole_diary(journal.entries(), moment(vault).today()))
    write_file(
        output,
        make_sheet(
            diary, today=moment(vault).today(), start=start, weeks=weeks, catalogue=catalogue()
        ),
    )
    tell(phrase("Wrote {output}.", output=output))
