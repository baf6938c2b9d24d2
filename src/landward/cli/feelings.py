"""`landward feelings`: emotional range over time, as text or JSON."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from landward.cli.terminal import (
    AsJson,
    VaultPath,
    console,
    plain,
    print_json,
    progress,
    read_diary,
)

if TYPE_CHECKING:
    from rich.console import Console

    from landward.model.readings import DiaryFeelings


def feelings(*, vault: VaultPath, json: AsJson = False) -> None:
    """How much feeling reached you over time, pleasant and painful. Nothing is added up.

    Examples:

      landward feelings --vault my.vault
      landward feelings --vault my.vault --json
    """
    from landward.app.read.feelings import read_feelings
    from landward.app.read.told import item_names
    from landward.report.as_json.feelings import as_json

    diary = read_diary(vault)
    with progress("Reading the diary"):
        found = read_feelings(diary)
    if json:
        print_json(as_json(found))
    else:
        show(found, item_names(diary), console())


def show(found: "DiaryFeelings", names: Mapping[str, str], screen: "Console") -> None:
    """One line per item, then the sentence."""
    from rich.table import Table

    from landward.report.readings.feelings import lines, sentence

    screen.print("\n[bold]Feelings[/bold]\n")
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    for name in ("  feeling", "days", "mean", "scale", "how far it moved"):
        table.add_column(name, justify="right" if name in ("days", "mean") else "left")
    for one in lines(found, names):
        low, high = one.scale
        row = (f"  {one.name}", str(one.days), one.mean or "–", f"{low:g} to {high:g}")
        table.add_row(*map(plain, row), one.moved or "–")
    screen.print(table)
    screen.print(f"\n{plain(sentence(found, names))}\n")
