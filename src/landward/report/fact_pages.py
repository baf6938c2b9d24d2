"""The generated reference: Markdown pages of what the tables hold, for people to read and check."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from landward.model.drug_page import DrugPage
from landward.model.drugs import DoseSpan
from landward.model.facts import Fact, Source
from landward.model.guidelines import Guideline, GuidelineRule
from landward.model.knowledge import Claim, PaperValue
from landward.model.safety import Interaction, RedFlag, SupervisionQuestion
from landward.model.stopping import DO_NOT_STOP
from landward.report.fact_sheet import Section, as_markdown, drug_sheet
from landward.report.ledger import ledger

_MADE = (
    "Made from the tables by the program; do not edit. Every row is a draft unless it says more."
)


def drug_page_text(page: DrugPage) -> str:
    """One drug: everything known, the sources as links, what holds for every drug left out."""
    own = tuple(row for row in page.interactions if row.drug)
    sections = drug_sheet(page.model_copy(update={"interactions": own}))[:-1]
    sources = "\n".join(f"* {source_link(source.key)}: {source}" for source in page.sources)
    common = "What holds for every drug of this kind: [taken together](../interactions.md)."
    return f"{as_markdown(sections)}\n{common}\n\n## Sources\n\n{sources}\n\n{_MADE}\n"


def source_link(key: str, up: str = "../") -> str:
    """A link to a source on the page of sources."""
    return f"[{key}]({up}sources.md#{key.lower()})"


def _links(keys: Iterable[str]) -> str:
    return ", ".join(source_link(key, "") for key in keys)


def _page(title: str, sections: Sequence[Section], words: str) -> str:
    first = Section(heading=title, words=(words, _MADE))
    return as_markdown((first, *sections))


def index_text(drugs: Sequence[DrugPage], tables: Mapping[str, int]) -> str:
    """The first page: what there is, and every drug with its typical half-life."""
    pages = "\n".join(
        f"* [{title}]({name})"
        for title, name in (
            ("Claims that circulate, and what we found", "claims.md"),
            ("How sure are these tables?", "sure.md"),
            ("The questions people ask, as pages", "../../library/README.md"),
            ("Dose equivalents, with who says so", "equivalences.md"),
            ("Guidelines as rules", "guidelines.md"),
            ("Taken together", "interactions.md"),
            ("Warning signs and questions before a plan", "safety.md"),
            ("Printed numbers, recomputed", "paper-values.md"),
            ("What is known of each drug, and what is not", "coverage.md"),
            ("Sources, and what was read of each", "sources.md"),
        )
    )
    listed = "\n".join(
        f"* [{page.drug.name}](drugs/{page.drug.id}.md)"
        + (f" ({', '.join(page.names)})" if page.names else "")
        for page in drugs
    )
    counts = ", ".join(f"{rows} in {name.replace('_', ' ')}" for name, rows in tables.items())
    return (
        f"# The facts\n\n{_MADE}\n\nNo clinician has reviewed a row yet. {DO_NOT_STOP}\n\n"
        f"{pages}\n\n## Drugs\n\n{listed}\n\n## Rows\n\n{counts}.\n"
    )


def claims_text(claims: Sequence[Claim]) -> str:
    """The claims ledger, by verdict."""
    sections = []
    for part in ledger(claims):
        rows = [("id", "what was said", "who said it", "what the studies say", "sources", "note")]
        rows += [
            (
                f'<a id="{row.id}"></a>{row.id}',
                row.said,
                row.document,
                row.found,
                _links(row.source),
                row.note,
            )
            for row in part.entries
        ]
        heading = f"{part.heading} ({len(part.entries)})"
        sections.append(Section(heading=heading, words=(part.why,), table=tuple(rows)))
    words = (
        f"{len(claims)} claims from lay documents, in our paraphrase, and what abstracts, pages "
        "and tables we could read say of them. A verdict is about the wording, not about anyone's "
        f"experience. {DO_NOT_STOP}"
    )
    return _page("Claims that circulate", sections, words)


def equivalences_text(spans: Sequence[DoseSpan]) -> str:
    """Every drug's range of doses said to equal 10 mg of diazepam, and every table's number."""
    rows = [("drug", "mg", *("table", "says", "sources", "note"))]
    for span in spans:
        for number, row in enumerate(span.rows):
            first = number == 0
            said = [dose for dose in (row.low, row.value, row.high) if dose is not None]
            told = "–".join(dict.fromkeys(_mg(dose) for dose in (min(said), max(said))))
            if row.value is not None and len(said) > 1:
                told = f"{_mg(row.value)} ({told})"
            if row.diazepam_low_mg != row.diazepam_high_mg:
                told += f" for {_mg(row.diazepam_low_mg)}–{_mg(row.diazepam_high_mg)} mg diazepam"
            ends = dict.fromkeys((_mg(span.low_mg), _mg(span.high_mg)))
            name = f"[{span.drug}](drugs/{span.drug}.md)" if first else ""
            rows.append(
                (
                    name,
                    "–".join(ends) if first else "",
                    row.table,
                    told,
                    _links(row.source),
                    row.note,
                )
            )
    words = (
        "The dose in mg that each table says equals 10 mg of diazepam. Tables disagree; none is "
        "picked. A change of medicine is a prescriber's decision, spread over one to two weeks."
    )
    return _page("Dose equivalents", [Section(heading="By drug", table=tuple(rows))], words)


def _mg(dose: Decimal) -> str:
    text = format(dose, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def guidelines_text(guidelines: Sequence[Guideline]) -> str:
    """Every guideline's rules, with numbers and places."""
    sections = []
    for guide in guidelines:
        rows = [("id", "in plain words", "number", "for", "where")]
        rows += [(r.id, r.plain, _rule_number(r), r.applies_to, r.locator) for r in guide.rules]
        about = f"Source: {_links(guide.source)}. {guide.note}"
        sections.append(Section(heading=guide.title, words=(about,), table=tuple(rows)))
    words = f"Rules in our own words, never a copied sentence. {DO_NOT_STOP}"
    return _page("Guidelines as rules", sections, words)


def _rule_number(rule: GuidelineRule) -> str:
    given = [_mg(n) for n in (rule.low, rule.value, rule.high) if n is not None]
    if not given:
        return ""
    text = f"{'–'.join(given)} {rule.unit}"
    if rule.window_days is not None:
        text += f" in {rule.window_days} d"
    if rule.band_from_mg is not None and rule.band_to_mg is not None:
        text += f", from {_mg(rule.band_from_mg)} to {_mg(rule.band_to_mg)} mg"
    if rule.pace_low_days is not None and rule.pace_high_days is not None:
        text += f", every {rule.pace_low_days}–{rule.pace_high_days} d"
    return text


def interactions_text(rows: Sequence[Interaction]) -> str:
    """What matters beside every drug of the kind, then beside single drugs."""
    order = {"danger": 0, "caution": 1, "none": 2}
    table = [("drug", "with", "how much it matters", "in plain words", "sources", "note")]
    for row in sorted(rows, key=lambda r: (bool(r.drug), r.drug, order[r.severity], r.id)):
        drug = row.drug or "every drug here"
        table.append((drug, row.partner, row.severity, row.plain, _links(row.source), row.note))
    words = "What is not listed is not known to be safe. Ask a pharmacist."
    return _page("Taken together", [Section(heading="Table", table=tuple(table))], words)


def safety_text(flags: Sequence[RedFlag], questions: Sequence[SupervisionQuestion]) -> str:
    """Warning signs and what to do; the questions asked before a plan."""
    signs = [("if a person says", "how soon", "what to do", "sources", "note")]
    signs += [
        (
            flag.statement,
            flag.level.replace("_", " "),
            flag.action.format(emergency="your emergency number"),
            _links(flag.source),
            flag.note,
        )
        for flag in flags
    ]
    asked = [("question", "a yes means", "why", "sources")]
    asked += [
        (row.question, row.if_yes.replace("_", " "), row.why, _links(row.source))
        for row in questions
    ]
    sections = [
        Section(heading="Warning signs", table=tuple(signs)),
        Section(heading="Asked before a plan", table=tuple(asked)),
    ]
    words = f"Rules fire on what a person states. No answer is not a “no”. {DO_NOT_STOP}"
    return _page("Safety", sections, words)


def paper_values_text(rows: Sequence[tuple[PaperValue, tuple[float, ...]]]) -> str:
    """Printed numbers beside the recomputed ones, contradictions first."""
    table = [("source", "what", "check", "recomputed", "agrees")]
    ordered = sorted(rows, key=lambda pair: (pair[0].check_result != "contradicts", pair[0].id))
    for row, numbers in ordered:
        got = ", ".join(f"{number:.4g}" for number in numbers)
        agrees = "yes" if row.check_result == "agrees" else "NO"
        table.append((_links(row.source), row.measure, f"`{row.check}`", got, agrees))
    words = (
        "Every number whose counts are printed beside it, recomputed to the digits printed. "
        "“NO” means that the paper contradicts its own counts."
    )
    return _page("Printed numbers", [Section(heading="Recomputed", table=tuple(table))], words)


def coverage_text(states: Mapping[str, Mapping[str, str]]) -> str:
    """What is known of each drug: filled, empty, or sources that disagree."""
    marks = {"filled": "yes", "empty": "–", "conflicting": "disagree"}
    things = tuple(next(iter(states.values())))
    table = [("drug", *(thing.replace("_", " ") for thing in things))]
    table += [
        (f"[{drug}](drugs/{drug}.md)", *(marks[found[thing]] for thing in things))
        for drug, found in states.items()
    ]
    counts = Counter(state for found in states.values() for state in found.values())
    words = (
        f"{counts['filled']} filled, {counts['empty']} empty (–), {counts['conflicting']} where "
        "sources disagree. An empty cell is a question nobody here could answer from a source."
    )
    return _page("What is known", [Section(heading="By drug", table=tuple(table))], words)


def sources_text(sources: Sequence[Source], rows: Sequence[Fact]) -> str:
    """Every source, what was read of it, and how many rows rest on it."""
    times = Counter(key for row in rows for key in row.source)
    lines = ["# Sources", "", _MADE, ""]
    for source in sorted(sources, key=lambda s: s.key.lower()):
        rests = f"Rows resting on it: {times[source.key]}."
        lines += [f"## {source.key}", "", f"{source}", "", f"Read: {source.read}. {rests}", ""]
    return "\n".join(lines).rstrip() + "\n"
