"""What is true of made-up people, in words: what each measure should find."""

from landward.engines.cohort.made_up import ITEM_IDS, NUMB, RISK, SPELL, Truth

HORIZONS_DAYS = (28, 91, 182, 365)


def truth_in_words(truth: Truth) -> str:
    """A page of Markdown: for each measure, what is true, and in whom. Nobody in it is real."""
    spell, risk, numb = ITEM_IDS[SPELL], ITEM_IDS[RISK], ITEM_IDS[NUMB]
    before, cutting, stopped = truth.numb
    stays = ", ".join(f"{_share(truth.still_there(day))} at day {day}" for day in HORIZONS_DAYS)
    rows = [
        (f"prevalence of {spell}", f"{_share(truth.had)} have it at some time: in half of the "
         f"people {_share(truth.had_by_trait()[0])}, in the half who fare worse "
         f"{_share(truth.had_by_trait()[1])}. Every item but {risk} and {numb} is the same"),
        (f"duration of {spell}", f"of those who had it, still there: {stays}"),
        ("course, week 0", f"the day's answer is {truth.cut_effect:g} points harder in the week of "
         "a cut and in the one after, then as before"),
        (f"cuts and {risk}", f"{truth.cut_ratio:g} times as many days with it in the week of a cut "
         "and the one after"),
        ("pace", f"after four weeks with a cut above 15 %, the next four are {truth.pace_effect:g} "
         "points harder than after a smaller one"),
        ("pooled", f"{truth.cut_effect:g} points, as in course; people differ around it. It may "
         f"read a little high here, since {truth.carry_over:g} of a hard week goes on into the "
         "next"),
        (f"numbness ({numb})", f"{_share(before)} of days before the first cut, {_share(cutting)} "
         f"while cutting, {_share(stopped)} once stopped"),
        ("drugs", "what drug somebody takes changes nothing"),
    ]  # fmt: skip
    lines = [
        "# What is true of these made-up people",
        "",
        "A measure is right when its interval holds the number here (19 times in 20). Nobody here",
        "is real. `truth.json` beside this page holds the settings they were made up with.",
        "",
        "| measure | what is true |",
        "| --- | --- |",
        *(f"| {name} | {words} |" for name, words in rows),
        "",
        f"A question is answered on {_share(truth.asked)} of days; {_share(truth.never_asked)} of",
        "people were never asked it. " + _who_is_seen(truth),
        "",
    ]
    return "\n".join(lines)


def _who_is_seen(truth: Truth) -> str:
    told = []
    if truth.leaving:
        told.append("People who fare worse leave three times as often.")
    if truth.join_odds != 1:
        told.append(f"The odds of joining are {truth.join_odds:g} times higher if one fares worse.")
    return " ".join(told) or "Nobody leaves or joins because of how they fare."


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"
