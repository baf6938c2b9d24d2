"""A plan at the terminal: one line a step, checks not kept, the end, what would help."""

from typing import TYPE_CHECKING

from landward.cli.terminal import harmless
from landward.model.taper import DRAFT_WARNING, TaperPlan, TaperStep
from landward.report.taper_words import (
    broken,
    compared_words,
    cut_words,
    date_words,
    doses_words,
    merged,
    mg_words,
    product_words,
    span_words,
    supply_count_words,
)

if TYPE_CHECKING:
    from rich.console import Console

    from landward.model.safety import SafetyVerdict


def show_plan(plan: TaperPlan, verdict: "SafetyVerdict | None", screen: "Console") -> None:
    """Print a plan for reading."""
    from rich.text import Text

    head = Text("\n").append(plan.drug.capitalize(), style="bold")
    if plan.self_made:
        head.append(f" from {mg_words(plan.from_mg)} a day, {plan.asked or plan.method}. ")
        head.append("DRAFT", style="bold").append(" for the prescriber.")
    else:
        head.append(f", {harmless(plan.method)}. Printed as given.")
    screen.print(head)
    if plan.refused is not None:
        screen.print(Text(f"\nNo steps: {plan.refused.reason.rstrip('.')}."))
    if plan.steps:
        screen.print()
        _steps(plan, screen)
        _broken(plan, screen)
    _end(plan, screen)
    _supply(plan, screen)
    for note in plan.notes:
        screen.print(Text(f"\n{harmless(note)}"))
    if verdict is not None and verdict.open_questions and not plan.refused:
        count = len(verdict.open_questions)
        screen.print(
            Text(
                f"\n{count} safety questions are not answered (--answered, or landward plan in a "
                "terminal). Go through them with your prescriber before the first step.",
            )
        )
    screen.print(Text(f"\n{DRAFT_WARNING}\n"))


def _steps(plan: TaperPlan, screen: "Console") -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    for name, right in (
        ("  from", False), ("for", True), ("a day", True), ("change", True), ("made from", False),
        ("", False),
    ):  # fmt: skip
        table.add_column(name, justify="right" if right else "left", no_wrap=name == "  from")
    before = plan.from_mg
    for step in merged(plan):
        percent = "hold" if step.made_mg == before else cut_words(step)
        table.add_row(
            f"  {date_words(step.start)}",
            span_words(step),
            mg_words(step.made_mg),
            percent,
            Text(_made_from(plan, step)),
            "*" if broken(step) else "",
        )
        before = step.made_mg
    screen.print(table)


def _made_from(plan: TaperPlan, step: TaperStep) -> str:
    """The doses of a day as they were typed: dose times are a person's own words."""
    if len(plan.times) == len(step.doses) == 1:
        return harmless(_only_pieces(step.doses))
    return "\n".join(harmless(line) for line in doses_words(step.doses, "\n").split("\n"))


def _only_pieces(doses: tuple[object, ...]) -> str:
    words = doses_words(doses)  # type: ignore[arg-type]  # one TimedDose
    pieces = words.partition(": ")[2]
    return pieces or ("none" if words == "0 mg" else words)


def _broken(plan: TaperPlan, screen: "Console") -> None:
    from rich.text import Text

    counts: dict[str, int] = {}
    for step in plan.steps:
        for line in broken(step):
            counts[line] = counts.get(line, 0) + 1
    if not counts:
        kept = len(plan.steps[0].checks)
        screen.print(Text(f"\n  Each step keeps all {kept} of its checks.", style="dim"))
        _compared(plan, screen)
        return
    screen.print(Text("\n  * Checks not kept, to go through with the prescriber:"))
    for line, count in counts.items():
        times = "1 step" if count == 1 else f"{count} steps"
        screen.print(Text(f"    {times}: {line}"))
    _compared(plan, screen)


def _compared(plan: TaperPlan, screen: "Console") -> None:
    from rich.text import Text

    if lines := compared_words(plan):
        screen.print(Text("\n  Only compared, not asked for; to talk over:", style="dim"))
        for line in lines:
            screen.print(Text(f"    {line}", style="dim"))


def _end(plan: TaperPlan, screen: "Console") -> None:
    from rich.text import Text

    if plan.ends is None:
        helps = plan.refused.would_help if plan.refused else ()
        for line in helps:
            screen.print(Text(f"  {line}"))
        return
    if plan.steps:
        screen.print(Text(f"\nThe plan ends at {_amount(plan)}: {plan.ends.reason}."))
    for help_ in plan.ends.helps:
        listed = "" if help_.listed else " (ask the pharmacist whether it may be split)"
        reach = mg_words(help_.reaches_mg)
        screen.print(Text(f"  Would carry it on to {reach}: {help_.product}{listed}"))
    if plan.ends.helps:
        screen.print(
            Text(
                "  --finish smallest-step shows the way to 0 with every broken check.", style="dim"
            )
        )


def _amount(plan: TaperPlan) -> str:
    assert plan.ends is not None
    return mg_words(plan.ends.at_mg)


def _supply(plan: TaperPlan, screen: "Console") -> None:
    from rich.table import Table
    from rich.text import Text

    if not plan.supply:
        return
    screen.print(Text("\n  To order (not a prescription: compare with the order)", style="dim"))
    table = Table(box=None, padding=(0, 3, 0, 0), show_header=False, pad_edge=False)
    first = [line for line in plan.supply if line.since == plan.supply[0].since]
    for line in first:
        table.add_row(
            f"  until {date_words(line.to)}", supply_count_words(line), product_words(line.product)
        )
    screen.print(table)
    for mark in dict.fromkeys(mark for line in plan.supply for mark in line.marks):
        screen.print(Text(f"    {mark}", style="dim"))
    if len(plan.supply) > len(first):
        screen.print(Text("    and so on: landward supply PLAN.json", style="dim"))
