"""Printed numbers beside what can be done with them: recomputed, contradicted, or pending."""

from landward.app.share.cohort_facts import held_against
from landward.catalog import load_catalog
from landward.model.knowledge import PaperValue

HELD = {
    "RITVO2023": "prevalence (two denominators) and duration from the last dose at day 365. The "
    "printed shares are of those who had a symptom; of everyone asked they are smaller by the "
    "prevalence. No controls there, none here.",
    "FINLAYSON2022": "prevalence of life-effect items, if a study asks them; same people as Ritvo.",
    "BARKER2004CNS": "nothing: effect sizes against people without the drug, on tests no diary "
    "holds.",
    "BARKER2004ACN": "nothing: tests before and after; numbness by phase is the nearest question.",
    "RICKELS1990II": "pace and drugs; a trial at 25 % a week, which no diary here should repeat.",
    "BENZOSUPPORT": "drugs: its clonazepam share beside prescriptions (FDA2020).",
    "GOODWIN2017": "numbness by phase; another scale, in people on antidepressants.",
}
"""What a cohort of ours would show beside a source: the measure, and what still differs."""


def papers_page() -> str:
    """The page of printed numbers, as Markdown."""
    rows = load_catalog().paper_values
    told = {row.id: held_against(row) for row in rows}
    counts = {said: list(told.values()).count(said) for said in sorted(set(told.values()))}
    lines = [
        "# Printed numbers, held against their own counts",
        "",
        "*Made from `tables/paper_values.csv`; `LANDWARD_SNAPSHOTS=refresh` makes it anew.*",
        "",
        "Per-symptom tables of Ritvo, Barker (effect sizes by domain), Huff and Finlayson could "
        "not be read: abstracts, press and table pages were. Nothing was filled in for them: "
        "**pending source**.",
        "",
        "; ".join(f"{count} {said}" for said, count in counts.items()) + ".",
        "",
        "## What a cohort of ours would show beside them",
        "",
        "| source | measure here, and what still differs |",
        "| --- | --- |",
        *(f"| {source} | {words} |" for source, words in HELD.items()),
        "| Huff (pending source) | course and duration by phase, once its table is readable |",
        "",
        "The headline “more than half, a year or longer” is the clearest case. In made-up people "
        "of whom 50 % ever have a symptom and half of those keep it past some day, *half of those "
        "who had it* is *a quarter of everyone asked*: `cohort run` prints both denominators.",
        "",
        "## Every row",
        "",
        "| row | number | source, as seen | standing |",
        "| --- | --- | --- | --- |",
        *(_line(row, told[row.id]) for row in rows),
        "",
    ]
    return "\n".join(lines)


def _line(row: PaperValue, said: str) -> str:
    number = "" if row.value is None else f"{row.value:g} {row.unit}"
    if row.value is None and row.low is not None and row.high is not None:
        number = f"{row.low:g} to {row.high:g} {row.unit}"
    words = f"{row.measure}: {number or row.value_text}".rstrip(": ").replace("|", ",")
    bold = f"**{said}**" if said.startswith(("contradicts", "pending")) else said
    return f"| `{row.id}` | {words} | {', '.join(row.source)}, {row.locator} | {bold} |"
