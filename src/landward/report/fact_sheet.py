"""A drug's page as a list of short sections, rendered for the terminal or as Markdown."""

from collections.abc import Sequence
from decimal import Decimal

from landward.model.base import Frozen
from landward.model.drug_page import DrugPage, Stay
from landward.model.drugs import Equivalence, KineticClaim, Product
from landward.model.safety import Interaction
from landward.model.said import Words, joined, phrase
from landward.model.stopping import DO_NOT_STOP


class Section(Frozen):
    """A heading, a line or two of words, and a table (its first row the header) or none."""

    heading: Words
    words: tuple[Words, ...] = ()
    table: tuple[tuple[Words, ...], ...] = ()


PARAMETER_WORDS = {
    "half_life_h": "half-life",
    "clearance_l_h": "clearance",
    "clearance_ml_min": "clearance",
    "clearance_ml_min_kg": "clearance",
    "volume_l": "volume",
    "volume_l_kg": "volume",
    "unbound_volume_l_kg": phrase("volume, unbound"),
    "absorption_rate_per_h": phrase("absorption rate"),
    "tmax_h": phrase("peak after"),
    "lag_h": "lag",
    "bioavailability_percent": "absorbed",
    "protein_binding_percent": phrase("bound to protein"),
    "fraction_to_metabolite": phrase("share made"),
    "metabolite_to_parent_ratio": phrase("times the parent"),
    "accumulation_ratio": "accumulation",
    "steady_state_ng_ml_per_mg_day": phrase("steady level"),
    "cmax_ng_ml": phrase("peak level"),
    "central_volume_l": phrase("volume, central"),
    "peripheral_volume_l": phrase("volume, peripheral"),
    "exchange_clearance_l_h": "exchange",
    "molar_mass_g_mol": phrase("molar mass"),
}
"""What the kinetic parameters are called on a page."""

_ROUTES = {"iv": "into a vein", "oral": phrase("by mouth")}
_NO_KINETICS = phrase(
    "No source with a half-life was found. That is an empty cell, not a short stay."
)
_STAY_WORDS = (
    phrase("Arithmetic from the half-lives: low, typical and high across sources about adults."),
    phrase("It says how long a substance stays, not how long anyone feels anything."),
)
_EQUAL_WORDS = (
    phrase(
        "Tables disagree, and none is picked here. A change of medicine is a prescriber's decision."
    ),
)


NAMES = 24
"""Names shown on a medicine's page; the rest are known to the search and would be a wall."""


def _known_as(names: tuple[str, ...]) -> Words:
    shown, more = joined(", ", names[:NAMES]), len(names) - NAMES
    if more > 0:
        return phrase(
            "Also: {names}, and {more} more that the search knows.", names=shown, more=more
        )
    return phrase("Also: {names}.", names=shown) if names else ""


def drug_sheet(page: DrugPage) -> tuple[Section, ...]:
    """The sections of a drug's page, in reading order; the warning stands first."""
    drug = page.drug
    known_as = _known_as(page.names)
    plan = {"yes": "", "specialist": f"{drug.plan_reason}", "no": drug.plan_reason}[drug.plan]
    kind = phrase(
        "A {drug_class}, mostly used as {article}.",
        drug_class=drug.drug_class,
        article=_article(drug.use),
    )
    acts = (
        phrase("What acts in the body is {acts_as}.", acts_as=drug.acts_as) if drug.acts_as else ""
    )
    words = tuple(text for text in (kind, known_as, acts, plan, DO_NOT_STOP) if text)
    return (
        Section(heading=drug.name, words=words),
        _stays(page.stays),
        _substances(page),
        _kinetics(page),
        _equivalents(page),
        _products(page.products),
        _interactions(page.interactions),
        _sources(page),
    )


def _sources(page: DrugPage) -> Section:
    rows: list[tuple[str, ...]] = [("key", "what", phrase("what was read of it"))]
    rows += [(source.key, str(source), source.read) for source in page.sources]
    return Section(heading="Sources", table=tuple(rows))


def _article(use: str) -> str:
    return phrase("an anxiety medicine") if use == "anxiolytic" else phrase("a sleeping medicine")


def _stays(stays: Sequence[Stay]) -> Section:
    if not stays:
        return Section(heading=phrase("How long it stays"), words=(_NO_KINETICS,))
    rows: list[tuple[str, ...]] = [
        (
            "substance",
            "half-life, h",
            phrase("10 % left after, days"),
            phrase("1 % left after, days"),
        )
    ]
    for stay in stays:
        hours = _range(stay.low_h, stay.typical_h, stay.high_h)
        rows.append(
            (
                stay.substance,
                hours,
                _range(*stay.days_until(0.1)),
                _range(*stay.days_until(0.01)),
            )
        )
    return Section(heading=phrase("How long it stays"), words=_STAY_WORDS, table=tuple(rows))


def _range(low: float, typical: float | None, high: float) -> str:
    ends = f"{low:.3g}–{high:.3g}" if low != high else f"{low:.3g}"
    if typical is None or low == high:
        return ends
    return f"{typical:.3g} ({ends})"


def _substances(page: DrugPage) -> Section:
    paths = [f"{row.pathway} ({row.role})" for row in page.pathways]
    words = (
        (phrase("Cleared by: {paths}.", paths=joined(", ", paths)),)
        if paths
        else (phrase("How it is cleared: not seen."),)
    )
    rows = [("substance", "acts", "note", "source")]
    rows += [(row.metabolite, row.active, row.note, _keys(row.source)) for row in page.metabolites]
    table = tuple(rows) if page.metabolites else ()
    return Section(heading=phrase("What the body makes of it"), words=words, table=table)


def _kinetics(page: DrugPage) -> Section:
    rows = [("", "number", "of", "about", "source", "status", "note")]
    for row in page.kinetics:
        chosen = " *" if row.is_default else ""
        about = joined(
            ", ", (part for part in (_ROUTES.get(row.route, ""), row.population) if part)
        )
        unit = "" if row.unit == "1" else f" {row.unit}"
        rows.append(
            (
                f"{PARAMETER_WORDS.get(row.parameter, row.parameter)}{chosen}",
                f"{_number(row)}{unit}",
                row.substance,
                about,
                _keys(row.source),
                row.status.value,
                row.note,
            )
        )
    if not page.kinetics:
        return Section(
            heading=phrase("Kinetics, one claim per row"), words=(phrase("None was found."),)
        )
    words = (phrase("A star marks the claim to compute with; the others stand beside it."),)
    return Section(heading=phrase("Kinetics, one claim per row"), words=words, table=tuple(rows))


def _number(row: KineticClaim | Equivalence) -> str:
    low, value, high = (_plain(number) for number in (row.low, row.value, row.high))
    if low and high:
        return f"{value} ({low}–{high})" if value else f"{low}–{high}"
    ends = (
        phrase("from {low}", low=low) if low else phrase("up to {high}", high=high) if high else ""
    )
    return f"{value} ({ends})" if value and ends else value or ends


def _plain(number: float | Decimal | None) -> str:
    if number is None:
        return ""
    text = format(number, "f") if isinstance(number, Decimal) else f"{number:.10g}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _equivalents(page: DrugPage) -> Section:
    if page.span is None:
        return Section(
            heading=phrase("Said to equal 10 mg of diazepam"), words=(phrase("No table has it."),)
        )
    rows = [("table", "mg", phrase("against diazepam, mg"), "source", "status")]
    for row in page.span.rows:
        against = [_plain(row.diazepam_low_mg), _plain(row.diazepam_high_mg)]
        rows.append(
            (
                row.table,
                _number(row),
                joined("–", dict.fromkeys(against)),
                _keys(row.source),
                row.status.value,
            )
        )
    low, high = _plain(page.span.low_mg), _plain(page.span.high_mg)
    line = (
        phrase("From {low} to {high} mg, depending on the table.", low=low, high=high)
        if low != high
        else f"{low} mg."
    )
    return Section(
        heading=phrase("Said to equal 10 mg of diazepam"),
        words=(line, *_EQUAL_WORDS),
        table=tuple(rows),
    )


def _products(products: Sequence[Product]) -> Section:
    grouped: dict[tuple[str, ...], list[Product]] = {}
    for row in sorted(products, key=lambda p: (p.country or "~", p.form, p.strength, p.id)):
        form = row.form if row.route == "oral" else f"{row.form}, {row.route}"
        form += phrase(", extended release") if row.extended_release == "yes" else ""
        may = "" if row.may_be_split == "not_applicable" else str(row.may_be_split)
        parts = phrase(", {parts} parts", parts=row.parts) if row.parts else ""
        line = (
            row.country or phrase("not known"),
            form,
            row.unit,
            f"{may}{parts}",
            _keys(row.source),
        )
        grouped.setdefault((*line, row.note), []).append(row)
    rows: list[tuple[str, ...]] = [
        ("country", "form", "strengths", phrase("may be split"), "source", "note")
    ]
    for (country, form, unit, split, keys, note), same in grouped.items():
        strengths = joined(", ", (_plain(row.strength) for row in same))
        rows.append((country, form, f"{strengths} {unit}", split, keys, note))
    if not products:
        return Section(
            heading=phrase("What a pharmacy can give"), words=(phrase("None was found."),)
        )
    return Section(heading=phrase("What a pharmacy can give"), table=tuple(rows))


def _interactions(rows: Sequence[Interaction]) -> Section:
    order = {"danger": 0, "caution": 1, "none": 2}
    ordered = sorted(rows, key=lambda row: (order[row.severity], not row.drug, row.id))
    table: list[tuple[str, ...]] = [("with", "", phrase("in plain words"), "source")]
    table += [(row.partner, row.severity, row.plain, _keys(row.source)) for row in ordered]
    words = (phrase("What is not listed is not known to be safe. Ask a pharmacist."),)
    return Section(heading=phrase("Taken together with"), words=words, table=tuple(table))


def _keys(source: Sequence[str]) -> str:
    return joined(", ", source)


def as_markdown(sections: Sequence[Section]) -> str:
    """The sections as one Markdown page, the first heading on top level."""
    lines: list[str] = []
    for number, section in enumerate(sections):
        lines += [f"{'#' if number == 0 else '##'} {section.heading}", ""]
        for words in section.words:
            lines += [words, ""]
        if section.table:
            head, *rows = section.table
            lines += [_md_row(head), _md_row(["---"] * len(head)), *map(_md_row, rows), ""]
    return joined("\n", lines).rstrip() + "\n"


def _md_row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
