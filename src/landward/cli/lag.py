"""`landward lag`: what a diary says about symptoms after dose changes, as text or JSON."""

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
    styled,
)
from landward.model.said import begun, phrase

if TYPE_CHECKING:
    from rich.console import Console

    from landward.model.readings import DiaryLag


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
    from landward.app.read.told import item_names
    from landward.report.as_json.lag import as_json

    diary = read_diary(vault)
    with progress(phrase("Reading the diary")):
        found = read_lag(diary, tuple(item_said(diary, one) for one in item or ()), drug)
    if json:
        print_json(as_json(found))
    else:
        show(found, item_names(diary), console())


SHORT = {
    "found": phrase("stands out"),
    phrase("not enough evidence yet"): phrase("not yet"),
    "too few days": phrase("few days"),
    phrase("too few dose changes"): phrase("few changes"),
}


def show(found: "DiaryLag", names: Mapping[str, str], screen: "Console", most: int = 12) -> None:
    """The symptoms as a table, then the sentence."""
    from rich.table import Table

    from landward.report.readings.lag import lines, sentence
    from landward.report.words import count_words

    drug = found.drug or phrase("No doses in the diary")
    changes = count_words(len(found.reading.changes), "dose change")
    screen.print(
        "\n"
        + phrase("[bold]{drug}[/bold], {changes}", drug=plain(begun(drug)), changes=changes)
        + "\n"
    )
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for name in ("  symptom", "days", "points", "peak, days", ""):
        table.add_column(name, justify="right" if name == "days" else "left", no_wrap=True)
    told = lines(found, names)
    for one in told[:most]:
        table.add_row(
            plain(f"  {one.name}"),
            str(one.answered),
            one.size or "–",
            " to ".join(map(str, one.lag_days)) if one.lag_days else "–",
            styled(SHORT[one.standing], style="dim"),
        )
    screen.print("  " + phrase("After a usual dose cut:"), style="dim")
    screen.print(table)
    if len(told) > most:
        screen.print(
            "  " + phrase("and {count} more; --json has them all", count=len(told) - most),
            style="dim",
        )
    screen.print(f"\n{plain(sentence(found, names))}\n")
