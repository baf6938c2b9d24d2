"""`landward lab`: made-up people on and off these drugs, with every assumption named."""

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from landward.cli.terminal import AsJson, at_ends, console, print_json, say, words
from landward.model.base import BadInput
from landward.model.said import phrase
from landward.report.as_json.plain import plain_json, rows_json
from landward.report.lab_words import CAUTION

if TYPE_CHECKING:
    from rich.console import Console

    from landward.app.library.lab import Sensitivity
    from landward.model.course import Course
    from landward.model.knowledge import ModelParameter

_BARS = " ▁▂▃▄▅▆▇█"
_WIDTH = 60
_MANY = 20_000
_SHOWN = 12


def lab(
    scenario: Annotated[str | None, Parameter(help="Which scenario; see --list.")] = None,
    *,
    people: Annotated[int, Parameter(help="How many made-up people.")] = 200,
    seed: Annotated[int | None, Parameter(help="Another draw of people.")] = None,
    structure: Annotated[
        str, Parameter(help="feed-forward, feedback, feelings-together or no-kindling.")
    ] = "feed-forward",
    occupancy: Annotated[
        str, Parameter(help="imaging (few receptors, the default), between or high.")
    ] = "imaging",
    sensitivity: Annotated[
        bool, Parameter(negative="", help="Which assumption moves which result.")
    ] = False,
    sbml: Annotated[
        Path | None, Parameter(help="Write the model as SBML to this file, for any simulator.")
    ] = None,
    parameters: Annotated[
        bool, Parameter(negative="", help="Every constant, its source, and who measured it.")
    ] = False,
    list_: Annotated[bool, Parameter(name="--list", negative="", help="Name them all.")] = False,
    json: AsJson = False,
) -> None:
    """Made-up people on and off these drugs: a model laid open, never a forecast.

    Most of its numbers are assumed, because nobody measured them. It shows which behaviours
    follow from which assumption.

    Examples:

      landward lab --list
      landward lab --parameters
      landward lab abrupt-stop-diazepam
      landward lab once-or-three-times-a-day --people 1000 --json
    """
    from landward.app.library.lab import (
        SEED,
        export_sbml,
        list_parameters,
        list_scenarios,
        run_lab,
        run_sensitivity,
    )

    if parameters:
        _show_parameters(list_parameters(), json=json)
        return
    if list_:
        _list(list_scenarios(), json=json)
        return
    if scenario is None:
        raise BadInput(phrase("which scenario? `landward lab --list` names them all"))
    if sbml is not None:
        from landward.app.keep.write_file import write_file

        text = export_sbml(scenario, variant=structure, occupancy=occupancy)
        say(phrase("written to {sbml}", sbml=write_file(sbml, text.encode())))
        return
    if sensitivity:
        moved = run_sensitivity(scenario, variant=structure, occupancy=occupancy)
        if json:
            print_json(plain_json(moved))
        else:
            show_moves(moved, console())
        return
    if seed is not None and seed < 0:
        raise BadInput(phrase("a seed is a whole number from 0, not {seed}", seed=seed))
    done = 0

    def progress(more: int, total: int) -> None:
        nonlocal done
        done += more
        if total >= _MANY and done * 10 // total > (done - more) * 10 // total:
            say(phrase("{done} of {total} people", done=f"{done:,}", total=f"{total:,}"))

    course = run_lab(
        scenario,
        people=people,
        seed=SEED if seed is None else seed,
        variant=structure,
        occupancy=occupancy,
        progress=progress,
    )
    from landward.report.as_json.lab import as_json

    if json:
        say(CAUTION)
        print_json(as_json(course))
    else:
        show(course, console())


def _list(names: tuple[str, ...], *, json: bool) -> None:
    if json:
        print_json(list(names))
        return
    screen = console()
    for name in names:
        screen.print(name)
    screen.print(f"\n{textwrap.fill(CAUTION, 78)}", style="dim")


_HEADINGS = (
    phrase("model"), phrase("symbol"), phrase("value"), phrase("unit"), phrase("standing"),
    phrase("source"),
)  # fmt: skip


def _show_parameters(rows: "tuple[ModelParameter, ...]", *, json: bool) -> None:
    """The parameter page: what each constant is, and on whose word."""
    if json:
        print_json(rows_json(rows))
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in _HEADINGS:
        table.add_column(name, justify="right" if name == "value" else "left")
    for row in rows:
        ends = f"{row.low:g} to {row.high:g}" if row.low is not None and row.high else ""
        value = ends if row.value is None else f"{row.value:g}"
        unit = "" if row.unit == "1" else row.unit
        table.add_row(row.model, row.symbol, value, unit, row.standing, ", ".join(row.source))
    console().print(table)


def show(course: "Course", screen: "Console") -> None:
    """The same for people: the story, one line of blocks per curve, what was shown."""
    screen.print(course.title, style="bold")
    screen.print(textwrap.fill(f"{course.person}. {course.story}", 78))
    for arm in course.arms:
        screen.print(f"\n{arm.name}", style="bold")
        if course.arms[0].stop_day < len(course.days) - 1:
            screen.print(
                "  " + phrase("last dose before day {stop_day}", stop_day=arm.stop_day), style="dim"
            )
        for name in ("concentration", "tone", "withdrawal", "blunting"):
            middle = [band[1] for band in arm.curves[name]]
            screen.print(f"  {name:<14}{_picture(middle, *_ends(course, name))}")
        screen.print(
            f"  {'':<14}"
            + at_ends(phrase("day 0"), phrase("day {day}", day=course.days[-1]), _WIDTH),
            style="dim",
        )
    screen.print(
        "\n"
        + phrase(
            "What it shows ({people} made-up people, the middle one)", people=f"{course.people:,}"
        ),
        style="bold",
    )
    for check in course.checks:
        word = (
            phrase("yes")
            if check.shown
            else phrase("not reached")
            if check.known_miss
            else phrase("no")
        )
        basis = (
            phrase("measured: {basis}", basis=check.basis)
            if check.measured
            else phrase("not measured: {basis}", basis=check.basis)
        )
        said = phrase(
            "{behaviour}: {word} ({found}; {basis})",
            behaviour=check.behaviour,
            word=word,
            found=check.found,
            basis=basis,
        )
        screen.print(textwrap.fill(words(said), 78, initial_indent="  ", subsequent_indent="    "))
    screen.print()
    told = (
        phrase("Asserted without measurements in people:")
        + " "
        + "; ".join(course.unmeasured)
        + "."
    )
    assumed = f"{len(course.assumed)} assumptions. {_grouped(course.assumed)}."
    for text in (told, assumed):
        screen.print(textwrap.fill(text, 78), style="dim")
    screen.print(textwrap.fill(CAUTION, 78))


def show_moves(moved: "Sensitivity", screen: "Console") -> None:
    """A line for each number: the outcomes with half of it and with twice of it."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(phrase("half … twice"), style="dim")
    for outcome in moved.outcomes:
        table.add_column(outcome.replace("_", " "), justify="right", no_wrap=True)
    table.add_row("as it is", *(_number(value) for value in moved.typical), style="bold")
    for what, halved, doubled in moved.moves[:_SHOWN]:
        pairs = zip(halved, doubled, strict=True)
        table.add_row(
            what.replace("_", " "), *(f"{_number(low)} … {_number(high)}" for low, high in pairs)
        )
    screen.print(table)
    screen.print(
        "\n" + phrase("Days count from the first day without the drug; – is not reached."),
        style="dim",
    )
    screen.print(phrase("The rest moves less; --json has all of it."), style="dim")
    screen.print(textwrap.fill(CAUTION, 78))


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2g}"


def _ends(course: "Course", name: str) -> tuple[float, float]:
    """The lowest and highest middle over all arms, zero included: arms share one scale."""
    middles = [band[1] for arm in course.arms for band in arm.curves[name]]
    return min(0.0, *middles), max(0.0, *middles)


def _picture(values: list[float], low: float, high: float) -> str:
    """A curve in one line of blocks between two ends."""
    cells = min(_WIDTH, len(values))
    if high - low < 1e-12:
        return "·" * cells
    parts = [
        values[len(values) * k // cells : len(values) * (k + 1) // cells] for k in range(cells)
    ]
    steps = len(_BARS) - 1
    return "".join(_BARS[round((max(part) - low) / (high - low) * steps)] for part in parts)


def _grouped(assumed: tuple[str, ...]) -> str:
    """The assumptions behind their headings: “adaptation: a1, a2; diazepam: …”."""
    groups: dict[str, list[str]] = {}
    for one in assumed:
        head, _, what = one.partition(": ")
        groups.setdefault(head, []).append(what)
    return "; ".join(f"{head}: {', '.join(whats)}" for head, whats in groups.items())
