"""`landward helped`: the day after a tag or event next to the day after like days."""

import textwrap
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from landward.cli.terminal import AsJson, VaultPath, console, open_vault, print_json, progress
from landward.model.diary import fold

if TYPE_CHECKING:
    from rich.console import Console

    from landward.app.read.helped import DiaryHelped
    from landward.model.symptom_course import BeforeAfter


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

    with open_vault(vault) as journal:
        entries = journal.entries()
    with progress("Reading the diary"):
        found = read_helped(fold(entries), item)
    if json:
        print_json(as_json(found))
    else:
        show(found, console())


def _sentence(found: "DiaryHelped") -> str:
    from landward.report.course_words import helped_sentence

    return helped_sentence(
        found.reading,
        days=found.days,
        first_day=found.first_day,
        item=found.items[0] if len(found.items) == 1 else "day",
        better_up=found.better_up,
    )


def as_json(found: "DiaryHelped") -> dict[str, Any]:
    """The shape of `helped --json`. Severities and differences: higher is harder."""
    return {
        "coverage": {"days": found.days, "answered": found.reading.answered},
        "items": list(found.items),
        "scale": list(found.scale),
        "better": "up" if found.better_up else "down",
        "tags": [one.model_dump(mode="json") for one in found.reading.tags],
        "false_discoveries": found.reading.false_discoveries,
        "own_words": [one.model_dump(mode="json") for one in found.own_words],
        "sentence": _sentence(found),
    }


def show(found: "DiaryHelped", screen: "Console", most: int = 14) -> None:
    """The tags as a table, the person's own words, then the sentence."""
    from rich.markup import escape
    from rich.table import Table

    from landward.report.words import count_words, date_words

    screen.print("\n[bold]The day after[/bold]")
    compared = sorted((one for one in found.reading.tags if one.p_value is not None), key=_rank)
    if compared:
        screen.print()
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
        for name in ("  tag", "times", "day itself", "day after", "next to like days", ""):
            table.add_column(name, justify="right" if name == "times" else "left", no_wrap=True)
        for one in compared[:most]:
            table.add_row(*(escape(cell) for cell in _row(one, found)))
        screen.print(table)
    rest = len(found.reading.tags) - len(compared[:most])
    if rest:
        few = "too few times yet"
        few += " or further down; --json has them all" if len(compared) > most else ""
        screen.print(f"\n  {count_words(rest, 'other tag')}: {few}", style="dim")
    for own in found.own_words[-3:]:
        when = f"your {own.label} of {date_words(own.first_day)}"
        if own.last_day != own.first_day:
            when += f" to {date_words(own.last_day)}"
        screen.print(f"\n  You wrote ({when}): {escape(own.text)}", style="dim")
    screen.print(f"\n{escape(_sentence(found))}\n")


def _rank(one: "BeforeAfter") -> tuple[bool, float, int, str]:
    p_value = 1.0 if one.p_value is None else one.p_value
    return (not one.stands_out, p_value, -one.times, one.tag)


def _row(one: "BeforeAfter", found: "DiaryHelped") -> tuple[str, ...]:
    from landward.report.pattern_words import direction_words
    from landward.report.words import number_words

    low, high = found.scale
    before, after, difference = one.before or 0.0, one.after or 0.0, one.difference or 0.0
    ends = (low + high - before, low + high - after) if found.better_up else (before, after)
    size = number_words(abs(difference))
    beside = f"{size} {direction_words(difference > 0, found.better_up)}"
    if size == "0":
        beside = "the same"
    return (
        f"  {textwrap.shorten(one.tag, 24, placeholder=' …')}",
        str(one.times),
        number_words(ends[0]),
        number_words(ends[1]),
        beside,
        "stands out" if one.stands_out else "",
    )
