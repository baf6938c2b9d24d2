"""Change to a longer-acting drug: gather what tables say, let the prescriber pick, step by step."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from landward.app.plan.given import no_drug_as_time
from landward.app.plan.taper import INSTEAD, with_supply
from landward.catalog import Catalog
from landward.engines.safety import read_supervision
from landward.engines.tapering import cross_over
from landward.exchange.plan_file import read_doses
from landward.model.amounts import exact_text, read_mg, short_text
from landward.model.base import BadInput, Frozen
from landward.model.crossover import Crossover, CrossoverRequest, DoseAt, EqualDose, EqualRange
from landward.model.drugs import Equivalence
from landward.model.guidelines import GuidelineRule
from landward.model.preparation import read_preparations
from landward.model.safety import Answer
from landward.model.said import phrase
from landward.model.taper import Refusal

TEN = Fraction(10)
"""Every table states doses beside 10 mg of diazepam."""

FAR = 2
"""A table that says so many times more, or less, than every other stands alone."""


class CrossoverForm(Frozen):
    """What a form or a command line says about a change, as text."""

    drug: str
    doses: str
    products: str
    from_products: str = ""
    """What the old drug is made from: then its pieces and its supply are counted too."""
    to_drug: str = "diazepam"
    every_days: int = 7
    start: date | None = None
    equals: str = ""
    table: str = ""
    because: str = ""
    first: tuple[str, ...] = ()
    in_halves: bool = False


def plan_crossover(
    catalog: Catalog, form: CrossoverForm, answers: dict[str, Answer], today: date
) -> Crossover:
    """The change, or the range to pick from. Raises BadInput for what cannot be used."""
    old, new = catalog.find_drug(form.drug), catalog.find_drug(form.to_drug)
    equal = equal_range(catalog, old.id, new.id)
    per_mg, picked = _picked(form, equal)
    doses = tuple(DoseAt(at=dose.at, mg=dose.mg) for dose in read_doses(form.doses, "--doses"))
    no_drug_as_time(catalog, old.id, [dose.at for dose in doses])
    try:
        request = CrossoverRequest(
            from_drug=old.id, to_drug=new.id, doses=doses, start=form.start or today,
            every_days=form.every_days, preparations=read_preparations(form.products),
            from_preparations=read_preparations(form.from_products) if form.from_products else (),
            per_mg=per_mg, picked_from=picked, first=form.first, in_halves=form.in_halves,
        )  # fmt: skip
    except ValueError as error:
        errors = getattr(error, "errors", None)
        line = str(errors()[0]["msg"] if errors else error)
        raise BadInput(line.removeprefix("Value error, ")) from error
    verdict = read_supervision(answers, catalog.supervision_questions)
    if verdict.with_clinician:
        reasons = "; ".join(finding.plain for finding in verdict.with_clinician)
        rules = ", ".join(finding.rule for finding in verdict.with_clinician)
        refused = Refusal(
            reason=phrase("this is planned together with a clinician. {reasons}", reasons=reasons),
            rule=rules,
            would_help=INSTEAD,
        )
        return Crossover(equal=equal, per_mg=per_mg, picked_from=picked, plan=None, refused=refused)
    found = cross_over(request, equal, switch_rules(catalog, new.id))
    if found.plan is None:
        return found
    return found.model_copy(update={"plan": with_supply(catalog, found.plan)})


def switch_rules(catalog: Catalog, to_drug: str) -> tuple[GuidelineRule, ...]:
    """The guideline rules about a change and about the highest dose of the new drug."""
    return tuple(
        rule
        for rule in catalog.guideline_rules()
        if rule.kind == "switch_days"
        or (rule.kind == "max_daily_mg" and rule.applies_to == to_drug)
        or (rule.kind == "review_days" and rule.applies_to == f"after a change to {to_drug}")
    )


def equal_range(catalog: Catalog, old: str, new: str) -> EqualRange:
    """What every table says 1 mg of the old drug equals. Raises BadInput where none has both."""
    rows = []
    new_rows = {row.table: row for row in _usable(catalog.equivalences(new))}
    for row in _usable(catalog.equivalences(old)):
        other = new_rows.get(row.table)
        if other is not None:
            rows.append(_equal(row, *_span(other)))
        elif new == "diazepam":
            rows.append(_equal(row, TEN, TEN))
    if not rows:
        raise BadInput(
            phrase(
                "no table gives a dose of {new} for {old}; your prescriber decides",
                new=new,
                old=old,
            )
        )
    per_mg = [mg / row.from_mg for row in rows for mg in (row.low_mg, row.high_mg)]
    return EqualRange(
        from_drug=old, to_drug=new, low_per_mg=min(per_mg), high_per_mg=max(per_mg),
        rows=tuple(rows),
    )  # fmt: skip


def _usable(rows: Sequence[Equivalence]) -> list[Equivalence]:
    return [row for row in rows if row.diazepam_low_mg == row.diazepam_high_mg == TEN]


def _span(row: Equivalence) -> tuple[Fraction, Fraction]:
    low, high = row.span_mg
    return Fraction(low), Fraction(high)


def _equal(row: Equivalence, low: Fraction, high: Fraction) -> EqualDose:
    """One table's row: the old drug's printed dose stands for a range of the new one."""
    smallest, largest = _span(row)
    return EqualDose(
        table=row.table,
        from_mg=smallest,
        low_mg=low * smallest / largest,
        high_mg=high,
        source=f"{', '.join(row.source)}, {row.locator}",
    )


def _picked(form: CrossoverForm, equal: EqualRange) -> tuple[Fraction | None, str]:
    """What the prescriber picked: two equal amounts, or one table where it is one number."""
    if form.equals and form.table:
        raise BadInput(phrase("give either --equals or --table, not both"))
    if form.equals:
        per_mg = per_mg_of(form.equals)
        return per_mg, phrase(
            "the prescriber: {equals}{why}",
            equals=form.equals.strip(),
            why=_why(form, equal, per_mg),
        )
    if not form.table:
        return None, ""
    for row in equal.rows:
        if row.table == form.table:
            if row.low_mg != row.high_mg:
                low, high = (
                    exact_text(row.low_mg / row.from_mg),
                    exact_text(row.high_mg / row.from_mg),
                )
                raise BadInput(
                    phrase(
                        "{table} gives a range, {low} to {high} mg for 1 mg: pick with --equals",
                        table=row.table,
                        low=low,
                        high=high,
                    )
                )
            return _of_one_mind(row, equal), row.table
    raise BadInput(
        phrase(
            "no table is called “{table}”; there is {rows}",
            table=form.table,
            rows=", ".join(row.table for row in equal.rows),
        )
    )


def per_mg_of(equals: str) -> Fraction:
    """What “1 mg = 10 mg” puts for 1 mg. Raises BadInput where it cannot be read."""
    left, sign, right = equals.partition("=")
    if not sign:
        raise BadInput(
            phrase("“{equals}”: write what is equal, like “1 mg = 10 mg”", equals=equals)
        )
    return read_mg(right, "equals") / read_mg(left, "equals")


def _why(form: CrossoverForm, equal: EqualRange, per_mg: Fraction) -> str:
    """The prescriber's reason, asked for where no table says such a number, or one alone does."""
    unlike, because = unlike_tables(equal, per_mg), form.because.strip()
    if not unlike:
        return f" ({because})" if because else ""
    if not because:
        raise BadInput(
            phrase(
                "{equals} is {short_text} mg of {to_drug} for 1 mg; {unlike}. If your prescriber "
                "means it, say why with --because; the reason is printed on the plan",
                equals=form.equals.strip(),
                short_text=short_text(per_mg),
                to_drug=equal.to_drug,
                unlike=unlike,
            )
        )
    return phrase(", {unlike}, because: {because}", unlike=unlike, because=because)


def unlike_tables(equal: EqualRange, per_mg: Fraction) -> str:
    """How a number stands against the tables, where it needs a reason; "" where it needs none.

    It needs one where no table says it, and where a single table does from which every other is
    `FAR` away: a wide range of one table is not seen to be alone.
    """
    if not equal.low_per_mg <= per_mg <= equal.high_per_mg:
        return phrase("the tables say {span}", span=_span_words(equal.rows))
    saying = [row for row in equal.rows if _low(row) <= per_mg <= _high(row)]
    others = [row for row in equal.rows if row not in saying]
    if len(saying) > 1 or len(others) < 2 or not _far_from_all(per_mg, others):
        return ""
    if not saying:
        return phrase("the tables say {span}", span=_span_words(equal.rows))
    return phrase(
        "only {table} says so, every other table {span}",
        table=saying[0].table,
        span=_span_words(others),
    )


def _far_from_all(per_mg: Fraction, rows: Sequence[EqualDose]) -> bool:
    return all(per_mg >= FAR * _high(row) or per_mg * FAR <= _low(row) for row in rows)


def _low(row: EqualDose) -> Fraction:
    return row.low_mg / row.from_mg


def _high(row: EqualDose) -> Fraction:
    return row.high_mg / row.from_mg


def _span_words(rows: Sequence[EqualDose]) -> str:
    low, high = short_text(min(map(_low, rows))), short_text(max(map(_high, rows)))
    return low if low == high else phrase("{low} to {high}", low=low, high=high)


def _of_one_mind(row: EqualDose, equal: EqualRange) -> Fraction:
    """A table's number, unless it disagrees with every other table at least twofold."""
    per_mg = _low(row)
    others = [other for other in equal.rows if other.table != row.table]
    if len(others) > 1 and _far_from_all(per_mg, others):
        raise BadInput(
            phrase(
                "{table} puts {short_text} mg of {to_drug} for 1 mg of {from_drug}; all "
                "other tables {span}. It cannot be picked by its name: your prescriber picks "
                "with --equals and --because",
                table=row.table,
                short_text=short_text(per_mg),
                to_drug=equal.to_drug,
                from_drug=equal.from_drug,
                span=_span_words(others),
            )
        )
    return per_mg
