"""`landward doses`: what was planned, taken, settled and changed, and how long the supply lasts."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from landward.cli.terminal import (
    AsJson,
    VaultPath,
    console,
    moment,
    plain,
    print_json,
    read_diary,
    words,
)
from landward.model.base import BadInput
from landward.model.said import joined, phrase
from landward.model.stopping import DO_NOT_STOP

if TYPE_CHECKING:
    from rich.console import Console

    from landward.model.medicines import Medicine, MedicineRecord

SHOWN_DAYS = 14


def doses(
    *,
    vault: VaultPath,
    first: Annotated[
        dt.date | None, Parameter(name="--from", help="First day listed; else the first entry.")
    ] = None,
    last: Annotated[
        dt.date | None,
        Parameter(name="--until", help="The day it is about; the last entry if not given."),
    ] = None,
    json: AsJson = False,
) -> None:
    """What was planned, taken and settled, drug by drug; the last lasting change; the supply.

    The settled dose is the one that lasts: single days and what was taken as needed never move it,
    and stand beside it. On the screen only the last two weeks are listed, unless --from says more.

    Examples:

      landward doses --vault my.vault
      landward doses --vault my.vault --from 2026-01-01 --json
    """
    from landward.model.medicines import medicine_record
    from landward.report.as_json.doses import as_json
    from landward.report.page import kept_span

    diary = read_diary(vault)
    earliest, latest = kept_span(diary)
    end = last or min(latest, moment(vault).today())
    start = first or min(earliest, end)
    if end < start:
        raise BadInput(
            phrase("the end ({end}) is before the start ({start})", end=end, start=start)
        )
    record = medicine_record(diary.lines)
    if json:
        print_json(as_json(record, start, end))
    else:
        shown = start if first else max(start, end - dt.timedelta(days=SHOWN_DAYS - 1))
        show(record, shown, end, console())


def show(record: "MedicineRecord", first: dt.date, last: dt.date, screen: "Console") -> None:
    """One paragraph and one table of days for each drug."""
    if not record.drugs:
        screen.print("\n" + phrase("No dose, plan or prescription is written yet.") + "\n")
    for medicine in record.medicines.values():
        _show_one(medicine, first, last, screen)


def _show_one(medicine: "Medicine", first: dt.date, last: dt.date, screen: "Console") -> None:
    from rich.table import Table

    from landward.report.blocks.doses import day_words, dose_row, stop_words
    from landward.report.words import date_words, dose_words

    row = dose_row(medicine, first, last)
    screen.print(joined("", ("\n[bold]", plain(row.drug), "[/bold], ", date_words(last), "\n")))
    if days := medicine.stopped_days(last):
        said = stop_words(medicine.drug, days)
        screen.print("  " + phrase("Planned days not taken: {days}.", days=plain(said)))
        screen.print("  " + DO_NOT_STOP + "\n")
    supply = joined("", (row.supply, " (", row.supply_note, ")")) if row.supply_note else row.supply
    for name, told in (
        (phrase("taken now"), row.taken_now),
        (phrase("planned"), row.planned),
        (phrase("prescribed"), row.prescribed),
        (phrase("last change"), row.last_change),
        (phrase("supply"), supply),
    ):
        screen.print(f"  {words(name):<12} " + plain(told))
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    for name in ("  " + phrase("day"), phrase("taken"), phrase("as needed")):
        table.add_column(name)
    for number in range((last - first).days + 1):
        dose = medicine.on(first + dt.timedelta(days=number))
        needed = dose.as_needed_mg
        unknown = "?" if dose.lines and needed is None else ""
        table.add_row(f"  {dose.day}", day_words(dose), dose_words(needed) if needed else unknown)
    screen.print()
    screen.print(table)
