"""Plan lines in words, the same on every sheet, screen and terminal."""

from collections.abc import Iterable
from fractions import Fraction

from landward.model.amounts import exact, exact_text, rounded_text
from landward.model.said import joined, phrase
from landward.model.taper import Piece, SupplyLine, TaperPlan, TaperStep, TimedDose
from landward.report.words import date_words as date_words  # noqa: PLC0414 - papers say it from here

_PARTS = {Fraction(1, 4): "¼", Fraction(1, 2): "½", Fraction(3, 4): "¾"}
_NAMES = {"tab": ("tablet", "tablets"), "cap": ("capsule", "capsules")}
ONE_TIME = "daily"


def amount_words(mg: Fraction) -> str:
    """“2.5 mg”; below 1 mg “500 micrograms”, in full; nothing at all is “none”."""
    if mg == 0:
        return "none"
    if mg < 1:
        micro = exact_text(mg * 1000)
        return (
            phrase("{micro} microgram", micro=micro)
            if micro == "1"
            else phrase("{micro} micrograms", micro=micro)
        )
    return phrase("{exact_text} mg", exact_text=exact_text(mg))


def mg_words(mg: Fraction) -> str:
    """“0.75 mg”: on a plan every dose is in mg, so that one column never changes its unit."""
    return phrase("{exact_text} mg", exact_text=exact_text(mg))


def count_words(count: Fraction) -> str:
    """Tablets as they are counted out: “1 ½”, “3”, “¼”."""
    whole, part = divmod(count, 1)
    sign = _PARTS.get(part)
    if part and sign is None:
        return exact_text(count)
    return joined(" ", (word for word in (str(whole) if whole else "", sign or "") if word)) or "0"


def product_words(product: str) -> str:
    """“tab 0.5” as “0.5 mg tablet”, a liquid as “0.4 mg/mL liquid”: one unit on every line."""
    words = product.split()
    if words[0] == "liquid":
        return phrase("{words} {words_2} liquid", words=words[1], words_2=words[2])
    extended = " extended-release" if words[0] == "er" else ""
    form = _NAMES[words[1] if extended else words[0]][0]
    return phrase(
        "{exact}{extended} {form}", exact=mg_words(exact(words[-1])), extended=extended, form=form
    )


def piece_words(piece: Piece) -> str:
    """One piece: “1 ½ × 5 mg tablet”, “3.5 mL of the 0.4 mg/mL liquid (1.4 mg)”."""
    if piece.unit == "mL":
        return phrase("{piece} liquid ({mg})", piece=_draw_words(piece), mg=mg_words(piece.mg))
    extended = "extended-release " if piece.product.startswith("er ") else ""
    form = _NAMES[piece.unit][0 if piece.count <= 1 else 1]
    strength = mg_words(exact(piece.product.split()[-1]))
    return phrase(
        "{count} × {strength} {extended}{form}",
        count=count_words(piece.count),
        strength=strength,
        extended=extended,
        form=form,
    )


def short_piece_words(piece: Piece) -> str:
    """One piece for a narrow column: “1 ½ × 5 mg”, “3.5 mL of the 0.4 mg/mL”."""
    if piece.unit == "mL":
        return _draw_words(piece)
    extended = " extended-release" if piece.product.startswith("er ") else ""
    strength = mg_words(exact(piece.product.split()[-1]))
    return phrase(
        "{count} × {strength}{extended}",
        count=count_words(piece.count),
        strength=strength,
        extended=extended,
    )


def _draw_words(piece: Piece) -> str:
    """A volume never stands without its bottle: another strength is another dose."""
    return phrase(
        "{exact_text} mL of the {product}",
        exact_text=exact_text(piece.count),
        product=piece.product.removeprefix("liquid "),
    )


def dose_words(dose: TimedDose) -> str:
    """“10 mg” or, where a plan has two drugs, “10 mg diazepam”."""
    return phrase("{made_mg} {drug}", made_mg=mg_words(dose.made_mg), drug=dose.drug).strip()


def day_words(doses: Iterable[TimedDose], made_mg: Fraction) -> str:
    """A day's dose: “10 mg”, or each drug by itself: “2 mg lorazepam + 10 mg diazepam”.

    Two drugs are never added up: `made_mg` then counts one of them as the other.
    """
    totals: dict[str, Fraction] = {}
    for dose in doses:
        totals[dose.drug] = totals.get(dose.drug, Fraction(0)) + dose.made_mg
    if not any(totals):
        return mg_words(made_mg)
    return joined(" + ", (phrase("{made_mg} {drug}", made_mg=mg_words(mg), drug=drug).strip()
                          for drug, mg in totals.items() if mg)) or mg_words(made_mg)  # fmt: skip


def two_drugs(plan: TaperPlan) -> bool:
    """Whether a line holds another drug than the plan's own: then no curve or sum can be drawn."""
    doses = (*plan.before, *(dose for step in plan.steps for dose in step.doses))
    return any(dose.drug not in ("", plan.drug) for dose in doses)


def plan_name(plan: TaperPlan) -> str:
    """What a plan is of: “diazepam”, or of a change-over “lorazepam to diazepam”."""
    old = [dose.drug for dose in plan.before if dose.drug not in ("", plan.drug)]
    return phrase("{old} to {new}", old=old[0], new=plan.drug) if old else plan.drug


def before_words(plan: TaperPlan) -> str:
    """What is taken before the first line."""
    return day_words(plan.before, plan.from_mg)


def supply_product_words(line: SupplyLine) -> str:
    """“5 mg tablet”, and of which drug where a plan has two."""
    if not line.drug:
        return product_words(line.product)
    return phrase("{drug}, {product}", drug=line.drug, product=product_words(line.product))


def doses_words(doses: Iterable[TimedDose], between: str = "; ") -> str:
    """The doses of a day with their pieces: “morning 8 mg: 4 × 2 mg; night 10 mg: 2 × 5 mg”."""
    parts = []
    for dose in doses:
        at = "" if dose.at == ONE_TIME else phrase("{at} ", at=dose.at)
        text = phrase("{at}{dose}", at=at, dose=dose_words(dose))
        if dose.pieces:
            text += ": " + joined(" + ", (short_piece_words(piece) for piece in dose.pieces))
        parts.append(text)
    return between.join(parts) or "none"


def cut_words(step: TaperStep) -> str:
    """“−10.0 %”, “hold” where the dose stays, “+5.0 %” where a given plan rises."""
    if step.cut_percent == 0:
        return "hold"
    sign = "−" if step.cut_percent > 0 else "+"
    return phrase(
        "{sign}{rounded_text} %", sign=sign, rounded_text=rounded_text(abs(step.cut_percent), 1)
    )


def span_words(step: TaperStep) -> str:
    """How long a step lasts."""
    return "1 day" if step.days == 1 else phrase("{days} days", days=step.days)


def supply_count_words(line: SupplyLine) -> str:
    """“42 tablets”, “100 mL”, with whole packs where their size is known."""
    if line.unit == "mL":
        text = phrase("{exact_text} mL", exact_text=exact_text(line.count))
    else:
        one, many = _NAMES.get(line.unit, (line.unit, line.unit))
        text = phrase(
            "{exact_text} {one}",
            exact_text=exact_text(line.count),
            one=one if line.count == 1 else many,
        )
    if line.packs is not None:
        text += phrase(
            " ({packs} {words})",
            packs=line.packs,
            words=phrase("pack") if line.packs == 1 else phrase("packs"),
        )
    return text


def broken(step: TaperStep) -> list[str]:
    """The rules a step does not keep, each with its source."""
    return [
        phrase("{rule} ({source})", rule=check.rule, source=check.source)
        for check in step.checks
        if not check.ok
    ]


def merged(plan: TaperPlan) -> list[TaperStep]:
    """Steps with the same doses one after another as one line; the asked curve is then the last."""
    rows: list[TaperStep] = []
    for step in plan.steps:
        last = rows[-1] if rows else None
        if last is not None and _alike(last, step) and last.end == step.start:
            longer = {"days": last.days + step.days, "ideal_mg": step.ideal_mg}
            rows[-1] = last.model_copy(update=longer)
        else:
            rows.append(step)
    return rows


def _alike(last: TaperStep, step: TaperStep) -> bool:
    return last.doses == step.doses and last.words == step.words


def compared_words(plan: TaperPlan) -> list[str]:
    """Guideline rows the plan was only compared with, where it does not keep them in every step.

    A row that is not kept is no fault of the plan: it was not asked for. It is for the talk.
    """
    asked = {check.rule for step in plan.steps for check in step.checks}
    return [
        phrase(
            "{rule} ({source}): kept in {kept} of {of} steps",
            rule=row.rule,
            source=row.source,
            kept=row.kept,
            of=row.of,
        )
        for row in plan.compared
        if row.kept < row.of and row.rule not in asked
    ]
