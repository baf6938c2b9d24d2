"""The page of a study of many diaries: what was asked, what may be said, what cannot."""

from datetime import date
from typing import Any

from landward.model.released import Release, ReleasedCell, ReleasedMeasure
from landward.model.said import ENGLISH, Catalogue, joined, phrase
from landward.report.typesetting import Paper, typeset

TITLES = {
    "prevalence": phrase("How many had it"),
    "duration": phrase("How long it went on"),
    "course": phrase("The weeks after a cut, against weeks alike"),
    "cuts": phrase("Days with it after a cut, against the same people's other days"),
    "pace": phrase("Fast and slow cuts"),
    "pooled": phrase("Many people's own comparisons"),
    "numbness": phrase("By phase"),
    "drugs": phrase("Drugs, and how often they are prescribed"),
}
HEADS = {
    "prevalence": ("", "asked", "of those asked", "95 %", "of everyone", "if others differ"),
    "drugs": ("", "people", "share", "95 %", "prescribed", "if others differ"),
}
PLAIN_HEADS = (
    "", phrase("people"), phrase("estimate"), "95 %", phrase("stands out"),
    phrase("if others differ"),
)  # fmt: skip
HIDDEN = phrase("too few to show")


def cohort_page(
    release: Release, *, made_on: date, paper: Paper = "a4", catalogue: Catalogue = ENGLISH
) -> bytes:
    """The PDF of a release."""
    return typeset("cohort", page_data(release), date=made_on, paper=paper, catalogue=catalogue)


def page_data(release: Release) -> dict[str, Any]:
    """Everything the page says, as the template reads it."""
    rule = release.disclosure
    people = (
        phrase("too few to say")
        if release.people is None
        else phrase("about {count}", count=release.people)
    )
    return {
        "title": release.title,
        "question": release.question,
        "made_up": phrase("These people are made up. Nobody here is real.")
        if release.made_up
        else "",
        "facts": [
            [phrase("People"), joined(": ", (people, _who(release.population)))],
            *([[phrase("Meant"), release.intended]] if release.intended else []),
            [phrase("Written down first"), release.registered or phrase("no date was given")],
            [phrase("Data"), f"{release.source} {release.licence}".strip()],
            [
                phrase("Worked out by"),
                phrase(
                    "{engine}; data {data}; study {study}",
                    engine=release.engine,
                    data=release.data,
                    study=release.study,
                ),
            ],
            [
                phrase("Shown"),
                phrase(
                    "Cells of {cell_min} people or more, rounded to {rounding}. Others are hidden, "
                    "and more with them where they could be worked out from what is shown.",
                    cell_min=rule.cell_min,
                    rounding=rule.rounding,
                ),
            ],
            [
                phrase("If others differ"),
                phrase(
                    "What stays possible if people not seen were as unlike these as can be, and "
                    "people who feel it were up to {selection_odds} times as likely to take part, "
                    "or to stay away.",
                    selection_odds=f"{release.selection_odds:g}",
                ),
            ],
        ],
        "measures": [_measure(measure) for measure in release.measures],
        "warning": release.warning,
    }


def _who(population: str) -> str:
    """Who was counted: “country is gb or ie”, or everybody."""
    if population == "all":
        return phrase("everyone in these data")
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
            phrase(
                "{hidden} of {cells} cells are hidden.",
                hidden=measure.suppressed,
                cells=len(measure.cells),
            )
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
    return phrase("Here: {settings}.", settings="; ".join(told)) if told else ""


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
