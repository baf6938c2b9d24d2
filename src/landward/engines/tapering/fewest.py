"""The same request with as few products as it can do with: fewer boxes, fewer mistakes."""

from fractions import Fraction
from itertools import combinations

from landward.engines.tapering.search import final_mg, search
from landward.model.base import BadInput
from landward.model.taper_request import Ceiling, TaperRequest


def fewest_products(request: TaperRequest, ceiling: Ceiling) -> TaperRequest:
    """The request with the fewest products that still reach the same last dose or a lower one.

    Among equally many, those whose plan stays nearest to the asked curve; then those listed first.
    Today's dose must be makeable from them. Steps may be slower than with all products.
    """
    goal = final_mg(request, ceiling)
    for size in range(1, len(request.preparations)):
        best: tuple[Fraction, TaperRequest] | None = None
        for some in combinations(request.preparations, size):
            fewer = request.model_copy(update={"preparations": some})
            try:
                if final_mg(fewer, ceiling) > goal:
                    continue
            except BadInput:  # today's dose cannot be made from these
                continue
            found = search(fewer, ceiling)
            excess = sum(
                (row.days * (found.grid.mg(row.total) - row.asked) for row in found.rows),
                Fraction(0),
            )
            if best is None or excess < best[0]:
                best = (excess, fewer)
        if best is not None:
            return best[1]
    return request
