"""`landward waves`: the windows and waves of a diary, as text or JSON."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from landward.cli.terminal import (
    AsJson,
    VaultPath,
    console,
    item_said,
    print_json,
    read_diary,
    reading_diary,
    styled,
)
from landward.model.said import phrase
from landward.model.waves import State

if TYPE_CHECKING:
    from rich.console import Console

    from landward.model.readings import DiaryWaves


def waves(
    *,
    vault: VaultPath,
    item: Annotated[
        str | None, Parameter(help="One item, such as anxiety. Else the day as a whole.")
    ] = None,
    first: Annotated[dt.date | None, Parameter(name="--from", help="First day to read.")] = None,
    last: Annotated[dt.date | None, Parameter(name="--until", help="Last day to read.")] = None,
    json: AsJson = False,
) -> None:
    """Windows, waves and lasting changes in the diary, with its gaps shown.

    A window is a run of days clearly easier than your own usual, a wave clearly harder. The
    newest three days carry no label: it is too early to say.

    Examples:

      landward waves --vault my.vault
      landward waves --vault my.vault --item anxiety --json
    """
    from landward.app.read.waves import read_waves
    from landward.report.as_json.waves import as_json

    diary = read_diary(vault)
    with reading_diary():
        found = read_waves(diary, item and item_said(diary, item), first, last)
    if json:
        print_json(as_json(found))
    else:
        show(found, console())


STYLES = {"○": "bold yellow", "▓": "blue", "·": "dim", "?": "dim"}


def show(found: "DiaryWaves", screen: "Console") -> None:
    """The calendar strip, the spells as a table, and the sentence."""

    from landward.report.calendar_strip import month_rows
    from landward.report.readings.waves import sentence

    reading = found.reading
    days = len(reading.days)
    said = phrase(
        "[bold]{what}[/bold], {first} to {last}: {answered} of {days} days answered.",
        what=found.what.capitalize(),
        first=reading.date_of(0).isoformat(),
        last=reading.date_of(days - 1).isoformat(),
        answered=reading.answered,
        days=days,
    )
    screen.print("\n" + said + "\n")
    screen.print(styled(f"  {'':8}1        10        20        30", style="dim"))
    for row in month_rows(reading, found.too_early):
        line = styled(f"  {row.month:%Y-%m} ")
        for sign in row.signs:
            line.append(sign, style=STYLES.get(sign))
        screen.print(line)
    screen.print(
        styled(
            "\n  " + phrase("○ window   ▓ wave   · usual   ? too early to say   blank: no entry"),
            style="dim",
        )
    )
    _spells(found, screen)
    screen.print(f"\n{sentence(found)}\n")


def _spells(found: "DiaryWaves", screen: "Console", most: int = 8) -> None:
    from rich.table import Table

    spells = found.reading.spells
    if not spells:
        return
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    for name in ("  spell", "from", "to", "days", "against your usual"):
        table.add_column(name, justify="right" if name == "days" else "left")
    for spell in spells[-most:]:
        word = "easier" if spell.state == State.WINDOW else "harder"
        table.add_row(
            f"  {spell.state}",
            found.reading.date_of(spell.start).isoformat(),
            found.reading.date_of(spell.end).isoformat(),
            str(spell.days),
            f"{abs(spell.amplitude):.1f} points {word}",
        )
    screen.print()
    if len(spells) > most:
        screen.print(
            "  " + phrase("The latest {most} of {count} spells:", most=most, count=len(spells)),
            style="dim",
        )
    screen.print(table)
