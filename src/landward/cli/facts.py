"""`landward facts check | show | cite | search`: the reviewed tables, from a terminal."""

import shutil
import sys
from collections import Counter
from datetime import date
from typing import Annotated

from cyclopts import App, Parameter

from landward.app.library.facts import (
    check_facts,
    cite_fact,
    facts_coverage,
    facts_sureness,
    find_facts,
    show_drug,
)
from landward.cli.terminal import AsJson, print_json, tell
from landward.model.said import phrase
from landward.report.as_json.facts import check_json, cited_json, drug_json, hits_json, row_json
from landward.report.fact_sheet import drug_sheet
from landward.report.fact_text import as_text, for_terminal

app = App(
    name="facts",
    help="Every drug, symptom, guideline and claim as a row with its source.",
    help_format="plaintext",
)
FAILED = 1


@app.command
def check(
    *,
    release: Annotated[
        bool, Parameter(negative="", help="Old crisis lines are errors, as before a release.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Check every table: sources, numbers, codes, arithmetic. Exit 1 if anything is wrong.

    Examples:

      landward facts check
      landward facts check --release --json
    """
    report = check_facts(date.today(), release=release)
    if json:
        print_json(check_json(report, facts_coverage(report), facts_sureness(report)))
    else:
        tell(f"{'table':24}{'rows':>6}{'draft':>8}{'double-checked':>16}{'withdrawn':>11}")
        for name, count in report.tables.items():
            tell(
                f"{name:24}{count.rows:>6}{count.draft:>8}{count.double_checked:>16}"
                f"{count.withdrawn:>11}"
            )
        known = facts_coverage(report).values()
        states = Counter(state for things in known for state in things.values())
        told = ", ".join(f"{states[state]} {state}" for state in ("filled", "empty", "conflicting"))
        if known:
            tell("\n" + phrase("Of what is worth knowing about each drug: {told}.", told=told))
        sure = facts_sureness(report)
        if sure is not None:
            tell(sure.plain)
            tell(phrase("The last reading is of {day}.", day=sure.last_reading))
        tell(phrase("No row was reviewed by a clinician yet."))
        for line in (*report.errors, *report.warnings):
            print(line, file=sys.stderr)
        tell(
            phrase(
                "{errors} errors, {warnings} warnings.",
                errors=len(report.errors),
                warnings=len(report.warnings),
            )
        )
    if report.errors:
        sys.exit(FAILED)


@app.command
def show(
    name: str,
    *,
    all_: Annotated[
        bool, Parameter(name="--all", negative="", help="Notes and full sources too.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Show a drug by any of its names; a misspelling is understood where it is clear.

    Examples:

      landward facts show clonazepam
      landward facts show Xanax --json
    """
    page = show_drug(name)
    if json:
        print_json(drug_json(page))
        return
    sheet = drug_sheet(page)
    print(as_text(sheet if all_ else for_terminal(sheet), _width()), end="")


@app.command
def cite(name: str, *, json: AsJson = False) -> None:
    """Show a source, or the sources behind a row, and what was read of each.

    Examples:

      landward facts cite ASAM-2025
      landward facts cite eq.clonazepam.ashton2002
    """
    row, sources = cite_fact(name)
    if json:
        print_json(cited_json(name, row, sources))
        return
    if row is not None:
        told = row_json(row)
        room = max(len(field) for field in told) + 2
        for field, value in told.items():
            if value not in ("", None, []):
                text = ", ".join(value) if isinstance(value, list) else value
                tell(f"{field:{room}}{text}")
        tell()
    for source in sources:
        tell(f"{source.key}\n  {source}")
        tell("  " + phrase("Read: {day}", day=source.read))


@app.command
def search(*words: str, limit: int = 12, json: AsJson = False) -> None:
    """Search drugs, symptoms as people say them, claims, guideline rules and sources.

    Examples:

      landward facts search brain zaps
      landward facts search "slow taper"
    """
    hits = find_facts(" ".join(words), limit)
    if json:
        print_json(hits_json(hits))
        return
    if not hits:
        tell(phrase("Nothing fits these words. Try fewer, or plainer ones."))
    room = max((len(hit.id) for hit in hits), default=0) + 2
    for hit in hits:
        line = f"{hit.kind:12}{hit.id:{room}}{hit.line}"
        tell(line if len(line) <= _width() else f"{line[: _width() - 1]}…")


def _width() -> int:
    """The width of the terminal, kept where lines stay readable."""
    return min(max(shutil.get_terminal_size((100, 24)).columns, 60), 120)
