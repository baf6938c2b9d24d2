"""A plan at the terminal: one line a step, checks not kept, the end, what would help."""

from typing import TYPE_CHECKING

from landward.cli.terminal import harmless, styled, words
from landward.model.said import counted, phrase
from landward.model.taper import DRAFT_WARNING, TaperPlan, TaperStep
from landward.report.taper_words import (
    before_words,
    broken,
    compared_words,
    cut_words,
    date_words,
    day_words,
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
        said = phrase(
            "from {amount} a day, {method}. DRAFT for the prescriber.",
            amount=mg_words(plan.from_mg),
            method=plan.asked or plan.method,
        )
        head.append(" " + words(said)).highlight_words([words(phrase("DRAFT"))], "bold")
    else:
        said = phrase(", {method}. Printed as given.", method=harmless(plan.method))
        head.append(words(said))
    screen.print(head)
    if plan.refused is not None:
        screen.print(
            styled("\n" + phrase("No steps: {reason}.", reason=plan.refused.reason.rstrip(".")))
        )
    if plan.steps:
        screen.print()
        _steps(plan, screen)
        _broken(plan, screen)
    _end(plan, screen)
    _supply(plan, screen)
    for note in plan.notes:
        screen.print(styled("\n" + harmless(note)))
    if verdict is not None and verdict.open_questions and not plan.refused:
        count = len(verdict.open_questions)
        screen.print(
            styled(
                "\n"
                + counted(
                    count,
                    "{count} safety question is not answered (--answered, or landward plan in a "
                    "terminal). Go through it with your prescriber before the first step.",
                    "{count} safety questions are not answered (--answered, or landward plan in a "
                    "terminal). Go through them with your prescriber before the first step.",
                ),
            )
        )
    screen.print(styled("\n" + DRAFT_WARNING + "\n"))


def _steps(plan: TaperPlan, screen: "Console") -> None:
    from rich.table import Table

    table = Table(box=None, padding=(0, 3, 0, 0), header_style="dim", pad_edge=False)
    for name, right in (
        ("  " + phrase("from"), False), (phrase("for"), True), (phrase("a day"), True),
        (phrase("change"), True), (phrase("made from"), False), ("", False),
    ):  # fmt: skip
        table.add_column(name, justify="right" if right else "left", no_wrap=name == "  from")
    before = plan.from_mg
    for step in merged(plan):
        percent = phrase("hold") if step.made_mg == before else cut_words(step)
        table.add_row(
            "  " + date_words(step.start),
            span_words(step),
            mg_words(step.made_mg),
            percent,
            styled(_made_from(plan, step)),
            "*" if broken(step) else "",
        )
        before = step.made_mg
    screen.print(table)


def _made_from(plan: TaperPlan, step: TaperStep) -> str:
    """The doses of a day as they were typed: dose times are a person's own words."""
    if len(plan.times) == len(step.doses) == 1:
        return harmless(_only_pieces(step.doses))
    return harmless(doses_words(step.doses, "\n"))


def _only_pieces(doses: tuple[object, ...]) -> str:
    words = doses_words(doses)  # type: ignore[arg-type]  # one TimedDose
    pieces = words.partition(": ")[2]
    return pieces or (phrase("none") if words == "0 mg" else words)


def _broken(plan: TaperPlan, screen: "Console") -> None:

    counts: dict[str, int] = {}
    for step in plan.steps:
        for line in broken(step):
            counts[line] = counts.get(line, 0) + 1
    if not counts:
        kept = len(plan.steps[0].checks)
        screen.print(
            styled(
                "\n  " + phrase("Each step keeps all {kept} of its checks.", kept=kept), style="dim"
            )
        )
        _compared(plan, screen)
        return
    screen.print(styled("\n  " + phrase("* Checks not kept, to go through with the prescriber:")))
    for line, count in counts.items():
        times = counted(count, "{count} step: {line}", "{count} steps: {line}", line=line)
        screen.print(styled("    " + times))
    _compared(plan, screen)


def _compared(plan: TaperPlan, screen: "Console") -> None:

    if lines := compared_words(plan):
        screen.print(
            styled("\n  " + phrase("Only compared, not asked for; to talk over:"), style="dim")
        )
        for line in lines:
            screen.print(styled("    " + line, style="dim"))


def _end(plan: TaperPlan, screen: "Console") -> None:

    if plan.ends is None:
        helps = plan.refused.would_help if plan.refused else ()
        for line in helps:
            screen.print(styled("  " + line))
        _stay(plan, screen)
        return
    if plan.steps:
        screen.print(
            styled(
                "\n"
                + phrase(
                    "The plan ends at {amount}: {reason}.",
                    amount=_amount(plan),
                    reason=plan.ends.reason,
                )
            )
        )
    _stay(plan, screen)
    for help_ in plan.ends.helps:
        reach, product = mg_words(help_.reaches_mg), help_.product
        screen.print(
            styled(
                "  "
                + (
                    phrase("Would carry it on to {reach}: {product}", reach=reach, product=product)
                    if help_.listed
                    else phrase(
                        "Would carry it on to {reach}: {product} (ask the pharmacist whether it "
                        "may be split)",
                        reach=reach,
                        product=product,
                    )
                )
            )
        )
    if plan.ends.helps:
        screen.print(
            styled(
                "  " + phrase("--finish smallest-step shows the way to 0 with every broken check."),
                style="dim",
            )
        )


def _stay(plan: TaperPlan, screen: "Console") -> None:
    """What the dose stays on, where the plan goes no further."""
    amount = before_words(plan)
    if plan.steps:
        last = plan.steps[-1]
        amount = day_words(last.doses, last.made_mg)
        if not last.made_mg:
            return
    elif not plan.from_mg:
        return
    screen.print(
        styled(
            phrase("Stay on {amount} until you and your prescriber go on together.", amount=amount)
        )
    )


def _amount(plan: TaperPlan) -> str:
    assert plan.ends is not None
    return mg_words(plan.ends.at_mg)


def _supply(plan: TaperPlan, screen: "Console") -> None:
    from rich.table import Table

    if not plan.supply:
        return
    screen.print(
        styled(
            "\n  " + phrase("To order (not a prescription: compare with the order)"), style="dim"
        )
    )
    table = Table(box=None, padding=(0, 3, 0, 0), show_header=False, pad_edge=False)
    first = [line for line in plan.supply if line.since == plan.supply[0].since]
    for line in first:
        table.add_row(
            "  " + phrase("until {day}", day=date_words(line.to)),
            supply_count_words(line),
            product_words(line.product),
        )
    screen.print(table)
    for mark in dict.fromkeys(mark for line in plan.supply for mark in line.marks):
        screen.print(styled("    " + mark, style="dim"))
    if len(plan.supply) > len(first):
        screen.print(styled("    " + phrase("and so on: landward supply PLAN.json"), style="dim"))
