"""`landward course`: every symptom from its beginning on, as text or JSON."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from landward.cli.terminal import AsJson, VaultPath, console, open_vault, print_json, progress
from landward.model.diary import fold

if TYPE_CHECKING:
    from rich.console import Console

    from landward.app.read.course import DiaryCourse
    from landward.model.symptom_course import SymptomCourse


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

    with open_vault(vault) as journal:
        entries = journal.entries()
    with progress("Reading the diary"):
        found = read_course(fold(entries), tuple(item or ()))
    if json:
        print_json(as_json(found))
    else:
        show(found, console())


def _sentence(found: "DiaryCourse") -> str:
    from landward.report.course_words import course_sentence

    return course_sentence(
        found.symptoms,
        answered=found.answered,
        days=found.days,
        first_day=found.first_day,
        better_up=found.better_up,
    )


def as_json(found: "DiaryCourse") -> dict[str, Any]:
    """The shape of `course --json`. Trends: above zero is harder."""

    def iso(position: int | None) -> str | None:
        day = found.date_of(position)
        return None if day is None else day.isoformat()

    return {
        "coverage": {"days": found.days, "answered": found.answered},
        "symptoms": [
            {
                "symptom": one.symptom,
                "scale": list(one.scale),
                "better": "up" if one.symptom in found.better_up else "down",
                "answered": one.answered,
                "onset": iso(one.onset),
                "from_start": one.from_start,
                "peak": iso(one.peak),
                "easing": iso(one.easing),
                "severe_days": one.severe_days,
                "trend": one.trend,
                "trend_per_month": one.trend_per_month,
                "trend_interval": None if one.trend_interval is None else list(one.trend_interval),
            }
            for one in found.symptoms
        ],
        "sentence": _sentence(found),
    }


def show(found: "DiaryCourse", screen: "Console", most: int = 14) -> None:
    """The symptoms as a table, then the sentence."""
    from rich.table import Table

    screen.print("\n[bold]Course[/bold]\n")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    for name in ("  symptom", "days", "hard", "began", "hardest", "eased", "a month"):
        side: Literal["left", "right"] = "right" if name in ("days", "hard") else "left"
        widest = 20 if name == "  symptom" else None
        table.add_column(name, justify=side, no_wrap=True, max_width=widest)
    for one in found.symptoms[:most]:
        table.add_row(*_row(one, found))
    screen.print(table)
    if len(found.symptoms) > most:
        screen.print(f"  and {len(found.symptoms) - most} more; --json has them all", style="dim")
    screen.print("\n  hard: days in the hardest quarter of the scale", style="dim")
    screen.print(f"\n{_sentence(found)}\n")


def _row(one: "SymptomCourse", found: "DiaryCourse") -> tuple[str, ...]:
    from landward.report.words import date_words, item_words

    def day(position: int | None) -> str:
        when = found.date_of(position)
        if when is None:
            return "–"
        short = date_words(when, year=False)
        return f"{short} {when:%y}" if found.days > 300 else short

    return (
        f"  {item_words(one.symptom)}",
        str(one.answered),
        str(one.severe_days),
        "at start" if one.from_start else day(one.onset),
        day(one.peak),
        day(one.easing),
        _trend(one, better_up=one.symptom in found.better_up),
    )


def _trend(one: "SymptomCourse", *, better_up: bool) -> str:
    from landward.report.course_words import trend_words
    from landward.report.words import number_words

    if one.trend == "too few days" or one.trend_per_month is None:
        return "few days"
    if one.trend == "no clear trend":
        return "not clear"
    size = abs(one.trend_per_month)
    text = number_words(size) if size >= 0.05 else "<0.1"
    return f"{text} {trend_words(one.trend == 'harder', better_up)}"
