"""`landward level`: how much of a drug is in the blood over time, in fictional adults."""

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from landward.cli.terminal import AsJson, at_ends, console, print_json, words
from landward.model.said import begun, phrase
from landward.model.stopping import DO_NOT_STOP

if TYPE_CHECKING:
    from rich.console import Console

    from landward.model.course import LevelReading

_BARS = " ▁▂▃▄▅▆▇█"
_WIDTH = 60


def level(
    *,
    drug: Annotated[str, Parameter(help="The drug, by any of its names.")],
    dose: Annotated[str, Parameter(help="The doses, like “10 mg nightly x 28”.")],
    json: AsJson = False,
) -> None:
    """How much of a drug is in the blood over time, and how long it takes to leave.

    Computed for a typical adult from published numbers, with ranges over 500 made-up adults. It
    says nothing about you: people differ several-fold.

    Examples:

      landward level --drug diazepam --dose "10 mg nightly x 28"
      landward level --drug lorazepam --dose "0.5 mg at 08:00 and 22:00 x 10 then nothing x 4"
    """
    from landward.app.library.level import show_level
    from landward.report.as_json.level import as_json

    reading = show_level(drug, dose)
    if json:
        print_json(as_json(reading))
    else:
        show(reading, console())


def show(reading: "LevelReading", screen: "Console") -> None:
    """The same for people: a small picture per substance, then how long it takes to leave."""
    screen.print(
        phrase("{drug}, {dose}: a typical adult, made up", drug=reading.drug, dose=reading.dose),
        style="bold",
    )
    screen.print()
    for one in reading.substances:
        peak = max(one.concentration_ng_ml)
        screen.print(
            "  " + phrase("{name}, highest {peak} ng/ml", name=one.name, peak=f"{peak:.3g}")
        )
        screen.print(f"  {_picture(one.concentration_ng_ml, peak)}", style="dim")
        screen.print(
            "  " + at_ends(phrase("first dose"), _days(one.times_h[-1]), _WIDTH),
            style="dim",
        )
        screen.print()
    low, usual, high = reading.half_life_h
    screen.print(
        _labelled(phrase("Half-life"))
        + phrase(
            "{usual} hours; sources print {low} to {high}",
            usual=f"{usual:g}",
            low=f"{low:g}",
            high=f"{high:g}",
        )
    )
    for share, (quick, middle, slow) in (
        (phrase("a tenth left"), reading.gone_10pct_h),
        (phrase("a hundredth left"), reading.gone_1pct_h),
    ):
        screen.print(
            _labelled(begun(share))
            + phrase(
                "{middle} after the last dose; in 8 of 10 made-up adults {quick} to {slow}",
                middle=_days(middle),
                quick=_days(quick),
                slow=_days(slow),
            )
        )
    screen.print()
    if reading.assumed:
        screen.print(
            phrase("Without a measurement:") + " " + "; ".join(reading.assumed), style="dim"
        )
    screen.print(phrase("Sources:") + " " + ", ".join(reading.sources), style="dim")
    screen.print(
        phrase(
            "This is not about you: it cannot say what is in anyone's blood, nor how they will "
            "feel."
        )
    )
    screen.print(DO_NOT_STOP)


def _picture(levels: tuple[float, ...], peak: float) -> str:
    """The curve in one line of blocks: each shows the highest level of its stretch."""
    if peak <= 0:
        return ""
    size = max(1, -(-len(levels) // _WIDTH))
    heights = [max(levels[k : k + size]) / peak for k in range(0, len(levels), size)]
    return "".join(_BARS[round(height * (len(_BARS) - 1))] for height in heights)


def _days(hours: float) -> str:
    if hours < 48:
        return phrase("{hours} hours", hours=f"{hours:.0f}")
    return phrase("{days} days", days=f"{hours / 24:.0f}")


def _labelled(label: str) -> str:
    return f"{words(label):<17}"
