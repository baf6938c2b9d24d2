"""`landward feelings`: emotional range over time, as text or JSON."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from landward.cli.terminal import AsJson, VaultPath, console, open_vault, print_json, progress
from landward.model.diary import fold

if TYPE_CHECKING:
    from rich.console import Console

    from landward.app.read.feelings import DiaryFeelings


def feelings(*, vault: VaultPath, json: AsJson = False) -> None:
    """How much feeling reached you over time, pleasant and painful. Nothing is added up.

    Examples:

      landward feelings --vault my.vault
      landward feelings --vault my.vault --json
    """
    from landward.app.read.feelings import read_feelings

    with open_vault(vault) as journal:
        entries = journal.entries()
    with progress("Reading the diary"):
        found = read_feelings(fold(entries))
    if json:
        print_json(as_json(found))
    else:
        show(found, console())


def as_json(found: "DiaryFeelings") -> dict[str, Any]:
    """The shape of `feelings --json` (DESIGN.md §5)."""
    from landward.report.pattern_words import feelings_sentence

    reading = found.reading
    lag = reading.lag_behind_symptoms_days

    def iso(position: int) -> str:
        return (found.first_day + dt.timedelta(days=position)).isoformat()

    return {
        "coverage": {"days": reading.days, "answered": reading.answered},
        "items": [
            {
                "item": one.item,
                "scale": list(one.scale),
                "series": [
                    {
                        "date": iso(point.position),
                        "value": point.value,
                        "occasion": point.occasion,
                        "too_much": point.too_much,
                    }
                    for point in one.points
                ],
            }
            for one in reading.items
        ],
        "both_low_days": reading.both_low.model_dump(mode="json"),
        "too_much_days": reading.too_much.model_dump(mode="json"),
        "range": [one.model_dump(mode="json") for one in reading.range],
        "reactivity": [one.model_dump(mode="json") for one in reading.reactivity],
        "events": reading.events,
        "lag_behind_symptoms_days": None if lag is None else list(lag),
        "sentence": feelings_sentence(reading, found.first_day),
    }


def show(found: "DiaryFeelings", screen: "Console") -> None:
    """One line per item, then the sentence."""
    from rich.table import Table

    from landward.report.pattern_words import feelings_sentence
    from landward.report.words import item_words, number_words

    reading = found.reading
    screen.print("\n[bold]Feelings[/bold]\n")
    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    for name in ("  feeling", "days", "mean", "scale", "how far it moved"):
        table.add_column(name, justify="right" if name in ("days", "mean") else "left")
    spans = {one.item: one.scale for one in reading.items}
    for one in reading.range:
        low, high = spans[one.item]
        mean = "–" if one.mean is None else number_words(one.mean)
        moved = "not enough days yet" if one.n else "–"
        if one.relative_sd is not None:
            moved = f"{round(one.relative_sd * 100)} % of what this mean allows"
        table.add_row(f"  {item_words(one.item)}", str(one.n), mean, f"{low:g} to {high:g}", moved)
    screen.print(table)
    screen.print(f"\n{feelings_sentence(reading, found.first_day)}\n")
