"""`landward helped`: the day after a tag or event next to the day after like days."""

import textwrap
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from landward.cli.terminal import (
    AsJson,
    VaultPath,
    console,
    item_said,
    plain,
    print_json,
    progress,
    read_diary,
)

if TYPE_CHECKING:
    from rich.console import Console

    from landward.model.readings import DiaryHelped


def helped(
    *,
    vault: VaultPath,
    item: Annotated[
        str | None, Parameter(help="One item, such as anxiety. Else the day as a whole.")
    ] = None,
    json: AsJson = False,
) -> None:
    """How the day after a tag or event was, next to the day after days like it without the tag.

    Hard days ease by themselves, so before and after alone would praise everything. It takes ten
    days with a tag and ten without. After is not because: both can have the same reason.

    Examples:

      landward helped --vault my.vault
      landward helped --vault my.vault --item insomnia --json
    """
    from landward.app.read.helped import read_helped
    from landward.app.read.told import item_names
    from landward.report.as_json.helped import as_json

    diary = read_diary(vault)
    with progress("Reading the diary"):
        found = read_helped(diary, item and item_said(diary, item))
    if json:
        print_json(as_json(found))
    else:
        show(found, item_names(diary), console())


def show(found: "DiaryHelped", names: Mapping[str, str], screen: "Console", most: int = 14) -> None:
    """The tags as a table, the person's own words, then the sentence."""
    from rich.table import Table

    from landward.report.readings.helped import lines, sentence
    from landward.report.words import count_words, date_words

    screen.print("\n[bold]The day after[/bold]")
    told = lines(found)
    compared = [one for one in told if one.beside]
    if compared:
        screen.print()
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        for name in ("  tag", "times", "day itself", "day after", "next to like days", ""):
            table.add_column(name, justify="right" if name == "times" else "left", no_wrap=True)
        for one in compared[:most]:
            tag = f"  {textwrap.shorten(one.tag, 24, placeholder=' …')}"
            cells = (tag, str(one.times), one.day, one.day_after, one.beside)
            table.add_row(*map(plain, cells), "stands out" if one.stands_out else "")
        screen.print(table)
    rest = len(told) - len(compared[:most])
    if rest:
        few = "too few times yet"
        few += " or further down; --json has them all" if len(compared) > most else ""
        screen.print(f"\n  {count_words(rest, 'other tag')}: {few}", style="dim")
    for own in found.own_words[-3:]:
        when = f"your {own.label} of {date_words(own.first_day)}"
        if own.last_day != own.first_day:
            when += f" to {date_words(own.last_day)}"
        screen.print(f"\n  You wrote ({when}): {plain(own.text)}", style="dim")
    screen.print(f"\n{plain(sentence(found, names))}\n")
