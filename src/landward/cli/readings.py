"""Commands made from declared readings: the sentence, its parts, `--json`. One file for all."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from landward.app.read.cards import CARDS, Card, reading_of
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
from landward.model.said import joined, phrase

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from landward.report.blocks.shape import Table
    from landward.report.readings.telling import Telling

MOST_ROWS = 14
"""More rows than this are in `--json`."""

Item = Annotated[str | None, Parameter(help="One item, such as anxiety. Else the day as a whole.")]
Items = Annotated[
    list[str] | None, Parameter(help="Read only this item; may be given more than once.")
]


def __getattr__(name: str) -> Callable[..., None]:
    """The command of a declared reading, made when it is called."""
    card = CARDS.get(name)
    if card is None or not card.declared:
        raise AttributeError(name)
    return command_of(card)


def command_of(card: Card) -> Callable[..., None]:
    """The command of one reading, with the options it takes and its own help."""
    reading = reading_of(card)

    def with_nothing(*, vault: VaultPath, json: AsJson = False) -> None:
        _run(card, vault, (), json)

    def with_item(*, vault: VaultPath, item: Item = None, json: AsJson = False) -> None:
        _run(card, vault, (item,) if item else (), json)

    def with_items(*, vault: VaultPath, item: Items = None, json: AsJson = False) -> None:
        _run(card, vault, tuple(item or ()), json)

    made = {"nothing": with_nothing, "item": with_item, "items": with_items}[reading.takes]
    made.__doc__, made.__name__ = reading.help, card.name
    return made


def _run(card: Card, vault: "Path", items: tuple[str, ...], json: bool) -> None:
    from landward.app.read.told import item_names

    reading, diary = reading_of(card), read_diary(vault)
    asked = tuple(item_said(diary, one) for one in items)
    given: dict[str, tuple[Any, ...]] = {"nothing": (), "item": asked[:1], "items": (asked,)}
    with progress(phrase("Reading the diary")):
        found = reading.read(diary, *given[reading.takes])
    if json:
        print_json(reading.as_json(found))
    else:
        show(reading.tell(found, item_names(diary)), console())


def show(telling: "Telling", screen: "Console") -> None:
    """The parts, how to read them, then the sentence."""
    screen.print(joined("", ("\n[bold]", plain(telling.title), "[/bold]\n")))
    for part in telling.parts:
        if part.title:
            screen.print(f"  {part.title}\n", style="dim")
        if part.shape.kind == "table":
            _table(part.shape, screen)
        else:
            _lines(part.shape.said, screen)
        screen.print()
    if telling.note and telling.parts:
        screen.print(f"  {telling.note}\n", style="dim")
    screen.print(f"{plain(telling.sentence)}\n")


def _lines(said: "Sequence[str]", screen: "Console") -> None:
    for line in said[:MOST_ROWS]:
        screen.print(f"  {plain(line)}")
    if len(said) > MOST_ROWS:
        screen.print(
            "  " + phrase("and {count} more; --json has them all", count=len(said) - MOST_ROWS),
            style="dim",
        )


def _table(shape: "Table", screen: "Console") -> None:
    from rich.table import Table as Grid

    grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for number, column in enumerate(shape.columns):
        grid.add_column(
            column.head if number else f"  {column.head}",
            justify="right" if column.right else "left",
            no_wrap=True,
            max_width=26 if column.share else None,
        )
    for row in shape.rows[:MOST_ROWS]:
        words = [cell.words for cell in row.cells]
        grid.add_row(plain(f"  {words[0]}"), *map(plain, words[1:]))
    screen.print(grid)
    if len(shape.rows) > MOST_ROWS:
        screen.print(
            "  "
            + phrase("and {count} more; --json has them all", count=len(shape.rows) - MOST_ROWS),
            style="dim",
        )
