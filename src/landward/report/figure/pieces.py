"""Pieces of a dose as they lie in the hand: a tablet, a part of one, a capsule, a syringe's mark.

What is taken is drawn with a full line and filled; what stays behind of a split tablet is a broken
line. Nothing is told by colour alone, and each picture says itself in words.
"""

from fractions import Fraction
from math import cos, pi, sin

from landward.model.amounts import exact, exact_text
from landward.model.said import phrase
from landward.model.taper import Piece
from landward.report.figure.marks import Box, Figure, Mark, Path, Words
from landward.report.taper_spoken import spoken_piece

SIDE = 34.0
"""The room of one tablet, both ways."""
RADIUS = 14.0
_LETTERS = 3.6
"""How far below the middle of a sign its letters stand."""
MOST_DRAWN = 6
"""More whole pieces than this are drawn as one and a number."""
BARREL, NARROW = (96.0, 12.0), 26.0
_MARKS = 5


def piece_figures(piece: Piece) -> tuple[Figure, ...]:
    """One picture a tablet or capsule, its part last; one of a syringe for a liquid."""
    if piece.unit == "mL":
        return (_syringe(piece),)
    whole, part = divmod(piece.count, 1)
    strength = exact_text(exact(piece.product.split()[-1]))
    capsule = piece.unit == "cap"
    told = spoken_piece(piece)
    drawn: list[Figure] = []
    if whole > MOST_DRAWN:
        times = Words("words", SIDE - 2, SIDE / 2 + _LETTERS, f"× {whole}")
        one = _solid(strength, capsule=capsule)
        drawn.append(_figure(SIDE + 28, (*one, times), told))
    else:
        drawn += [_figure(SIDE, _solid(strength, capsule=capsule), told)] * int(whole)
    if part:
        drawn.append(_figure(SIDE, _part(part, strength), told))
    return tuple(drawn)


def _figure(width: float, marks: tuple[Mark, ...], told: str) -> Figure:
    return Figure(width, SIDE, marks, told, key="piece", still=True)


def _solid(strength: str, *, capsule: bool) -> tuple[Mark, ...]:
    middle = SIDE / 2
    words = Words("words", middle, middle + _LETTERS, strength, anchor="middle")
    if capsule:
        return (Box("piece", 1, middle - 8, SIDE - 2, 16, 8), words)
    return (Path("piece", _round(1)), words)


def _part(part: Fraction, strength: str) -> tuple[Mark, ...]:
    """The part that is taken, filled; the rest as a broken line."""
    middle = SIDE / 2
    rest = Path("planned", _round(1))
    place = middle - RADIUS / 2 if part <= Fraction(1, 2) else middle
    down = middle - RADIUS / 2.4 if part < Fraction(1, 2) else middle
    words = Words("words small", place, down + _LETTERS, strength, anchor="middle")
    return (rest, Path("piece", _round(float(part), whole=False)), words)


def _round(share: float, *, whole: bool = True) -> str:
    """A disc, or a slice of one that begins at the bottom and goes round by the left."""
    x, y, r = SIDE / 2, SIDE / 2, RADIUS
    if whole:
        return f"M{x - r} {y}A{r} {r} 0 1 1 {x + r} {y}A{r} {r} 0 1 1 {x - r} {y}Z"
    first, last = (pi / 2, pi / 2 + 2 * pi * share) if share != 1 / 4 else (pi, 3 * pi / 2)
    begin = f"{x + r * cos(first):.2f} {y + r * sin(first):.2f}"
    end = f"{x + r * cos(last):.2f} {y + r * sin(last):.2f}"
    return f"M{x} {y}L{begin}A{r} {r} 0 {int(share > 1 / 2)} 1 {end}Z"


def _syringe(piece: Piece) -> Figure:
    """A barrel filled to the mark, the volume beside it."""
    (length, height), top = BARREL, (SIDE - BARREL[1]) / 2 + 5
    full = _scale_end(piece.count)
    filled = float(piece.count / full) * length
    mark = 8 + filled
    ticks = "".join(
        f"M{8 + length * n / _MARKS:.2f} {top}v{-4 if n % _MARKS else -6}"
        for n in range(_MARKS + 1)
    )
    marks: tuple[Mark, ...] = (
        Box("dose", 8, top, filled, height),
        Path("line", f"M8 {top}h{length}v{height}h-{length}ZM0 {top + height / 2}h8"),
        Path("line", f"M{mark:.2f} {top - 7}v{height + 10}M{mark:.2f} {top + height / 2}h"
             f"{length + 14 - filled:.2f}m0 -5v10"),
        Path("thin", ticks),
        Words("words small", min(max(mark, 16), length), 9, f"{exact_text(piece.count)} mL",
              anchor="middle"),
    )  # fmt: skip
    told = phrase("{piece}, drawn up to the mark", piece=spoken_piece(piece))
    return Figure(length + NARROW, SIDE, marks, told, key="piece", still=True)


def _scale_end(ml: Fraction) -> Fraction:
    """The size of the smallest usual syringe that holds a volume."""
    sizes = (Fraction(1), Fraction(3), Fraction(5), Fraction(10), Fraction(20))
    return next((size for size in sizes if ml <= size), ml)
