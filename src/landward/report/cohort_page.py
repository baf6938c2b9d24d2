"""The page of a study of many diaries: what was asked, what may be said, what cannot."""

from datetime import date
from typing import Any

from landward.model.released import Release, ReleasedCell, ReleasedMeasure
from landward.report.typesetting import Paper, typeset

TITLES = {
    "prevalence": "How many had it",
    "duration": "How long it went on",
    "course": "The weeks after a cut, against weeks alike",
    "cuts": "Days with it after a cut, against the same people's other days",
    "pace": "Fast and slow cuts",
    "pooled": "Many people's own comparisons",
    "numbness": "By phase",
    "drugs": "Drugs, and how often they are prescribed",
}
HEADS = {
    "prevalence": ("", "asked", "of those asked", "95 %", "of everyone", "if others differ"),
    "drugs": ("", "people", "share", "95 %", "prescribed", "if others differ"),
}
PLAIN_HEADS = ("", "people", "estimate", "95 %", "stands out", "if others differ")
HIDDEN = "too few to show"


def cohort_page(release: Release, *, made_on: date, paper: Paper = "a4") -> bytes:
    """The PDF of a release."""
    return typeset("cohort", page_data(release), date=made_on, paper=paper)


def page_data(release: Release) -> dict[str, Any]:
    """Everything the page says, as the template reads it."""
    rule = release.disclosure
    people = "too few to say" if release.people is None else f"about {release.people}"
    return {
        "title": release.title,
        "question": release.question,
        "made_up": "These people are made up. Nobody here is real." if release.made_up else "",
        "facts": [
            ["People", f"{people}: {_who(release.population)}"],
            *([["Meant", release.intended]] if release.intended else []),
            ["Written down first", release.registered or "no date was given"],
            ["Data", f"{release.source} {release.licence}".strip()],
            ["Worked out by", f"{release.engine}; data {release.data}; study {release.study}"],
            [
                "Shown",
                f"Cells of {rule.cell_min} people or more, rounded to {rule.rounding}. Others are "
                "hidden, and more with them where they could be worked out from what is shown.",
            ],
            [
                "If others differ",
                "What stays possible if people not seen were as unlike these as can be, and people "
                f"who feel it were up to {release.selection_odds:g} times as likely to take part, "
                "or to stay away.",
            ],
        ],
        "measures": [_measure(measure) for measure in release.measures],
        "warning": release.warning,
    }


def _who(population: str) -> str:
    """Who was counted: “country is gb or ie”, or everybody."""
    if population == "all":
        return "everyone in these data"
    return ", and ".join(
        f"{column.replace('_', ' ')} is {values}"
        for column, _, values in (part.partition("=") for part in population.split("; "))
    )


def _measure(measure: ReleasedMeasure) -> dict[str, Any]:
    return {
        "title": TITLES.get(measure.name, measure.name),
        "estimand": f"{measure.estimand} {_settings(measure)}".strip(),
        "assumptions": measure.assumptions,
        "cannot_say": measure.cannot_say,
        "heads": list(HEADS.get(measure.name, PLAIN_HEADS)),
        "rows": [_row(measure.name, cell) for cell in measure.cells],
        "suppressed": (
            f"{measure.suppressed} of {len(measure.cells)} cells are hidden."
            if measure.suppressed
            else ""
        ),
    }


def _settings(measure: ReleasedMeasure) -> str:
    """What the study set for this measure, in words."""
    told = []
    for name, value in measure.settings.items():
        if name not in ("measure", "items", "by"):
            words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            told.append(f"{name.replace('_', ' ')} {words}")
    return f"Here: {'; '.join(told)}." if told else ""


def _row(name: str, cell: ReleasedCell) -> list[str]:
    words = group_words(cell.group)
    if cell.n is None:
        return [words, HIDDEN, "", "", "", ""]
    share = cell.count is not None or name == "numbness"
    fifth = "–"
    if name in HEADS:
        beside = cell.expected if name == "drugs" else cell.of_people
        fifth = _number(beside, True)
    elif cell.claim is not None:
        fifth = "yes" if cell.claim else "no"
    bounds = "–"
    if cell.bounds is not None:
        bounds = _range(*cell.bounds, share)
    between = "–"
    if cell.low is not None and cell.high is not None:
        between = _range(cell.low, cell.high, share)
    return [words, str(cell.n), _number(cell.estimate, share), between, fifth, bounds]


def group_words(group: str) -> str:
    """A group as a reader says it: values, with the column only where it helps."""
    if group == "all":
        return "everyone"
    parts = []
    for part in group.split("; "):
        column, _, value = part.partition("=")
        if (column, value) == ("item", "day") and "; " in group:
            continue  # the title says already that the day's own answer is meant
        told = value if column in ("item", "at") or not value else f"{column} {value}"
        parts.append((told or column).replace("_", " "))
    return ", ".join(parts)


def _number(value: float | None, share: bool) -> str:
    if value is None:
        return "–"
    return f"{100 * value:.0f} %" if share else f"{value:g}".replace("-", "−")


def _range(low: float, high: float, share: bool) -> str:
    if share:
        return f"{100 * low:.0f} to {100 * high:.0f} %".replace("-", "−")
    return f"{low:g} to {high:g}".replace("-", "−")
