"""`landward lag`: what a diary says about symptoms after dose changes, as text or JSON."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from landward.cli.terminal import AsJson, VaultPath, console, open_vault, print_json, progress
from landward.model.diary import fold

if TYPE_CHECKING:
    from rich.console import Console

    from landward.app.read.lag import DiaryLag


def lag(
    *,
    vault: VaultPath,
    item: Annotated[
        list[str] | None, Parameter(help="Read only this item; may be given more than once.")
    ] = None,
    drug: Annotated[
        str | None, Parameter(help="Which drug, where the diary holds several.")
    ] = None,
    json: AsJson = False,
) -> None:
    """What the diary says about symptoms in the days after dose changes.

    Sizes and lags come as ranges. Most diaries cannot say yet, and then this says so. After is
    not because: a cut and a hard week can have the same reason.

    Examples:

      landward lag --vault my.vault
      landward lag --vault my.vault --item anxiety --json
    """
    from landward.app.read.lag import read_lag

    with open_vault(vault) as journal:
        entries = journal.entries()
    with progress("Reading the diary"):
        found = read_lag(fold(entries), tuple(item or ()), drug)
    if json:
        print_json(as_json(found))
    else:
        show(found, console())


def as_json(found: "DiaryLag") -> dict[str, Any]:
    """The shape of `lag --json`. Sizes: above zero is harder, for every item."""
    from landward.report.pattern_words import lag_sentence

    reading = found.reading
    return {
        "drug": found.drug,
        "half_life_h": reading.half_life_h,
        "coverage": {
            "days": found.days,
            "answered": max(one.answered for one in reading.symptoms),
            "dose_changes": len(reading.changes),
        },
        "dose_changes": [
            (found.first_day + dt.timedelta(days=position)).isoformat()
            for position in reading.changes
        ],
        "prior_lag_days": list(reading.prior_lag_interval),
        "symptoms": [
            {
                "symptom": one.symptom,
                "scale": list(one.scale),
                "better": "up" if one.symptom in found.better_up else "down",
                "answered": one.answered,
                "size": one.size,
                "size_interval": None if one.size_interval is None else list(one.size_interval),
                "lag_days": one.lag_days,
                "lag_interval": None if one.lag_interval is None else list(one.lag_interval),
                "p_value": one.p_value,
                "claimed": one.claimed,
                "standing": one.standing,
            }
            for one in reading.symptoms
        ],
        "sentence": lag_sentence(reading, found.first_day, better_up=found.better_up),
    }


SHORT = {
    "found": "stands out",
    "not enough evidence yet": "not yet",
    "too few days": "few days",
    "too few dose changes": "few changes",
}


def show(found: "DiaryLag", screen: "Console", most: int = 12) -> None:
    """The symptoms as a table, then the sentence."""
    from rich.markup import escape
    from rich.table import Table
    from rich.text import Text

    from landward.report.pattern_words import lag_sentence, range_words
    from landward.report.words import count_words, item_words

    reading = found.reading
    drug = found.drug or "No doses in the diary"
    changes = count_words(len(reading.changes), "dose change")
    screen.print(f"\n[bold]{escape(drug.capitalize())}[/bold], {changes}\n")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for name in ("  symptom", "days", "points", "peak, days", ""):
        table.add_column(name, justify="right" if name == "days" else "left", no_wrap=True)
    ranked = sorted(reading.symptoms, key=lambda one: (not one.claimed, one.p_value or 1.0))
    for one in ranked[:most]:
        size, lags = "–", "–"
        if one.size_interval is not None and one.lag_interval is not None:
            size = range_words(one.size_interval, better_up=one.symptom in found.better_up)
            lags = " to ".join(f"{round(end)}" for end in one.lag_interval)
        name = escape(f"  {item_words(one.symptom)}")
        table.add_row(name, str(one.answered), size, lags, Text(SHORT[one.standing], style="dim"))
    screen.print("  After a usual dose cut:", style="dim")
    screen.print(table)
    if len(ranked) > most:
        screen.print(f"  and {len(ranked) - most} more; --json has them all", style="dim")
    words = lag_sentence(reading, found.first_day, better_up=found.better_up)
    screen.print(f"\n{escape(words)}\n")
