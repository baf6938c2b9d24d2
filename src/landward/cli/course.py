"""`landward course`: every symptom from its beginning on, as text or JSON."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

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

    from landward.model.readings import DiaryCourse


def course(
    *,
    vault: VaultPath,
    item: Annotated[
        list[str] | None, Parameter(help="Read only this item; may be given more than once.")
    ] = None,
    json: AsJson = False,
) -> None:
    """When each symptom came, when it was hardest, when it eased, and which way it is going.

    A trend is only named where the weeks differ more than such weeks do by themselves. It says
    how things went, not how they will go.

    Examples:

      landward course --vault my.vault
      landward course --vault my.vault --item insomnia --item anxiety --json
    """
    from landward.app.read.course import read_course
    from landward.app.read.told import item_names
    from landward.report.as_json.course import as_json

    diary = read_diary(vault)
    with progress("Reading the diary"):
        found = read_course(diary, tuple(item or ()))
    if json:
        print_json(as_json(found))
    else:
        show(found, item_names(diary), console())


def show(found: "DiaryCourse", names: Mapping[str, str], screen: "Console", most: int = 14) -> None:
    """The symptoms as a table, then the sentence."""
    from rich.table import Table

    from landward.report.readings.course import lines, sentence

    screen.print("\n[bold]Course[/bold]\n")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for name in ("  symptom", "days", "hard", "began", "hardest", "eased", "a month"):
        side: Literal["left", "right"] = "right" if name in ("days", "hard") else "left"
        widest = 20 if name == "  symptom" else None
        table.add_column(name, justify=side, no_wrap=True, max_width=widest)
    told = lines(found, names)
    for one in told[:most]:
        table.add_row(
            plain(f"  {one.name}"),
            str(one.answered),
            str(one.severe_days),
            "at start" if one.began == "at the start" else one.began or "–",
            one.hardest or "–",
            one.eased or "–",
            one.way.replace(" points a month", "").replace("under ", "<"),
        )
    screen.print(table)
    if len(told) > most:
        screen.print(f"  and {len(told) - most} more; --json has them all", style="dim")
    screen.print("\n  hard: days in the hardest quarter of the scale", style="dim")
    screen.print(f"\n{plain(sentence(found, names))}\n")
