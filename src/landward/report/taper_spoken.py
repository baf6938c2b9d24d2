"""Pieces as one says them across a kitchen table: “one 5 mg tablet and half a 2 mg tablet”."""

from collections.abc import Iterable
from fractions import Fraction

from landward.model.amounts import exact, exact_text
from landward.model.said import Said, phrase
from landward.model.taper import Piece, TimedDose
from landward.report.taper_words import mg_words

_COUNTS = {
    1: phrase("one"), 2: phrase("two"), 3: phrase("three"), 4: phrase("four"), 5: phrase("five"),
    6: phrase("six"), 7: phrase("seven"), 8: phrase("eight"), 9: phrase("nine"), 10: phrase("ten"),
    11: phrase("eleven"), 12: phrase("twelve"),
}  # fmt: skip
_SOLIDS = {
    "tab": (phrase("{strength} tablet"), phrase("{strength} tablets")),
    "cap": (phrase("{strength} capsule"), phrase("{strength} capsules")),
    "er tab": (
        phrase("{strength} extended-release tablet"), phrase("{strength} extended-release tablets"),
    ),
    "er cap": (
        phrase("{strength} extended-release capsule"),
        phrase("{strength} extended-release capsules"),
    ),
}  # fmt: skip
_PARTS = {
    Fraction(1, 4): (phrase("a quarter of a {piece}"), phrase("{count} and a quarter {pieces}")),
    Fraction(1, 2): (phrase("half a {piece}"), phrase("{count} and a half {pieces}")),
    Fraction(3, 4): (
        phrase("three quarters of a {piece}"), phrase("{count} and three quarters {pieces}"),
    ),
}  # fmt: skip


def spoken_piece(piece: Piece) -> Said:
    """“one and a half 2 mg tablets”, “3.5 mL of the 0.4 mg/mL liquid”."""
    if piece.unit == "mL":
        bottle = piece.product.removeprefix("liquid ")
        return phrase("{ml} mL of the {bottle} liquid", ml=exact_text(piece.count), bottle=bottle)
    strength = mg_words(exact(piece.product.split()[-1]))
    kind = " ".join(piece.product.split()[:-1])
    one, many = (phrase(shape.message, strength=strength) for shape in _SOLIDS[kind])
    whole, part = divmod(piece.count, 1)
    count = _COUNTS.get(int(whole)) or phrase("{count}", count=whole)
    if not part:
        return phrase("{count} {pieces}", count=count, pieces=one if whole == 1 else many)
    shapes = _PARTS.get(part)
    if shapes is None:
        return phrase("{count} × {pieces}", count=exact_text(piece.count), pieces=one)
    if whole:
        return phrase(shapes[1].message, count=count, pieces=many)
    return phrase(shapes[0].message, piece=one)


def largest_first(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces as they are counted out: the strongest tablet first, a liquid last."""
    return tuple(sorted(pieces, key=lambda piece: (piece.unit == "mL", -piece.mg / piece.count)))


def spoken_dose(dose: TimedDose) -> Said:
    """The pieces of one dose time, or its amount where a plan does not say its pieces."""
    if not dose.made_mg:
        return phrase("nothing")
    if not dose.pieces:
        return phrase("{amount}", amount=f"{mg_words(dose.made_mg)} {dose.drug}".strip())
    first, *rest = largest_first(dose.pieces)
    said = spoken_piece(first)
    for piece in rest:
        said = phrase("{first} and {second}", first=said, second=spoken_piece(piece))
    return phrase("{pieces} of {drug}", pieces=said, drug=dose.drug) if dose.drug else said
