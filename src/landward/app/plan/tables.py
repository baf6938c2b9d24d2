"""What the planner needs from the tables, as the engine wants it: limit, rules, products."""

from collections.abc import Sequence
from fractions import Fraction

from landward.catalog import Catalog
from landward.model.amounts import exact_text
from landward.model.base import BadInput
from landward.model.drugs import Drug, Product
from landward.model.guidelines import GuidelineRule
from landward.model.preparation import Form, Preparation
from landward.model.said import phrase
from landward.model.taper_request import Band, Ceiling

CEILING = "asam2025.ceiling"
"""The rule no self-made step breaks."""

USUAL_MARK_ML = Fraction(1, 10)
"""The mark assumed of a syringe for a liquid that is only suggested."""

_INSOMNIA = {"insomnia", "medicine licensed for insomnia"}
_ANXIETY = {"medicine licensed for anxiety"}


def ceiling(catalog: Catalog) -> Ceiling:
    """The guideline's limit on how far a dose may fall in how many days."""
    rule = catalog.rule(CEILING)
    if rule.value is None or rule.window_days is None:
        raise BadInput(
            phrase(
                "the guideline rule “{ceiling}” has no number; run `landward facts check`",
                ceiling=CEILING,
            )
        )
    return Ceiling(
        percent=Fraction(rule.value),
        days=rule.window_days,
        rule=rule.id,
        source=", ".join(rule.source),
    )


def groups(drug: Drug) -> frozenset[str]:
    """The words by which guideline rules address this drug."""
    use = _INSOMNIA if drug.use == "hypnotic" else _ANXIETY
    return frozenset({"all", "all, at first", drug.id, *use})


def step_rules(catalog: Catalog, drug: Drug) -> tuple[GuidelineRule, ...]:
    """Every guideline rule a step of this drug can be held against.

    `cut_mg` rows are left out: they tell the step of a printed example, not a limit.
    """
    kinds = {"max_cut_percent", "cut_percent", "mg_band", "pace_days", "max_daily_mg"}
    spoken_of = groups(drug)
    return tuple(
        rule
        for rule in catalog.guideline_rules()
        if rule.kind in kinds and rule.applies_to in spoken_of
    )


def bands(catalog: Catalog, drug: Drug) -> tuple[Band, ...]:
    """The published steps by dose band, the gentler end of each range; empty if there are none."""
    found = []
    for rule in catalog.guideline_rules("mg_band"):
        smallest = rule.low if rule.low is not None else rule.value
        if rule.applies_to == drug.id and smallest is not None and rule.band_to_mg is not None:
            above, cut = Fraction(rule.band_to_mg), Fraction(smallest)
            found.append(Band(above_mg=above, cut_mg=cut))
    return tuple(found)


def shelf(catalog: Catalog, drug: Drug, country: str | None = None) -> tuple[Preparation, ...]:
    """The products of a drug that swallowing people can be given, each once."""
    found: dict[str, Preparation] = {}
    for row in catalog.products(drug.id, country):
        item = _preparation(row)
        if item is not None:
            kept = found.get(item.bottle)
            if kept is None or item.smallest_mg < kept.smallest_mg:
                found[item.bottle] = item
    return tuple(sorted(found.values(), key=lambda item: (item.form, item.strength_mg, item.name)))


def _preparation(row: Product) -> Preparation | None:
    if row.route != "oral":
        return None
    strength = Fraction(row.strength)
    extended = row.extended_release == "yes"
    if row.form == "tablet":
        parts = (row.parts or 2) if row.may_be_split == "yes" and not extended else 1
        return Preparation(
            form=Form.TABLET, strength_mg=strength, parts=parts, extended_release=extended
        )
    if row.form == "capsule":
        return Preparation(form=Form.CAPSULE, strength_mg=strength, extended_release=extended)
    if row.form in {"oral solution", "oral suspension"}:
        return Preparation(form=Form.LIQUID, strength_mg=strength, mark_ml=USUAL_MARK_ML)
    return None


def supply_marks(
    catalog: Catalog, drug: Drug, preparations: Sequence[Preparation]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Words for the pharmacist by product: always, and where the product is split."""
    rows = catalog.products(drug.id)
    always: dict[str, tuple[str, ...]] = {}
    when_split: dict[str, tuple[str, ...]] = {}
    for item in preparations:
        same = [row for row in rows if _same(row, item)]
        if not same:
            always[item.bottle] = (
                phrase("not in our tables: it may be unlicensed or made to order"),
            )
        elif not any(row.may_be_split == "yes" for row in same):
            only_no = {row.may_be_split for row in same} == {"no"}
            when_split[item.bottle] = (
                phrase("this tablet is not made to be split")
                if only_no
                else phrase("no source says this tablet may be split: ask the pharmacist"),
            )
        else:
            notes = [part.strip() for row in same for part in row.note.split(";")]
            licence = [note for note in notes if "licence" in note.lower()]
            when_split[item.bottle] = tuple(dict.fromkeys(licence))
    return always, when_split


def _same(row: Product, item: Preparation) -> bool:
    made = _preparation(row)
    return made is not None and made.bottle == item.bottle


def longest_supply_days(catalog: Catalog, drug: Drug, country: str | None) -> GuidelineRule | None:
    """The rule on how many days one prescription may cover in a country, where one is known."""
    spoken_of = groups(drug)
    rules = [
        rule
        for rule in catalog.guideline_rules("supply_max_days")
        if rule.country == (country or "") and rule.applies_to in spoken_of
    ]
    return min(rules, key=lambda rule: rule.value or 0) if rules else None


def tables_version(catalog: Catalog) -> str:
    """Which tables a plan was made with: the rule files' count and the package version."""
    from landward.version import __version__

    return f"landward {__version__}, {len(catalog.guideline_rules())} guideline rules"


def high_dose_words(catalog: Catalog, drug: Drug, dose_mg: Fraction) -> str | None:
    """A sentence where every table puts the dose above a guideline's specialist limit."""
    span = catalog.dose_span(drug.id)
    for rule in catalog.guideline_rules("specialist_above_mg"):
        if span is None or rule.value is None:
            continue
        low, high = dose_mg * 10 / Fraction(span.high_mg), dose_mg * 10 / Fraction(span.low_mg)
        if low > Fraction(rule.value):
            return phrase(
                "{exact_text} mg is put at {exact_text_2} to {exact_text_3} mg of "
                "diazepam. {plain} ({source})",
                exact_text=exact_text(dose_mg),
                exact_text_2=exact_text(low, 1),
                exact_text_3=exact_text(high, 1),
                plain=rule.plain,
                source=", ".join(rule.source),
            )
    return None
