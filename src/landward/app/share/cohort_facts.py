"""What the reviewed tables say that a study needs: prescription shares, and printed numbers."""

from landward.catalog import load_catalog, recompute
from landward.model.base import BadInput
from landward.model.knowledge import PaperValue
from landward.model.said import phrase


def prescription_shares(source: str) -> dict[str, float]:
    """Percent of prescriptions by drug, as one source prints them: rows ending in a drug's name.

    Raises BadInput if the tables hold fewer than two drugs of that source.
    """
    catalog = load_catalog()
    drugs = {drug.id for drug in catalog.drugs.values()}
    found = {}
    for row in catalog.paper_values:
        word = row.measure.split()[-1].casefold()
        if source in row.source and row.unit == "percent" and row.value and word in drugs:
            found[word] = row.value
    if len(found) < 2:
        raise BadInput(
            phrase(
                "the tables hold no prescription shares of “{source}” (see paper_values.csv)",
                source=source,
            )
        )
    return found


def held_against(row: PaperValue) -> str:
    """What can be done with a printed number: recomputed, contradicted, or pending its source."""
    done = recompute(row)
    if done is not None:
        return (
            phrase("agrees with its own counts")
            if done.agrees
            else phrase("contradicts its own counts")
        )
    if row.value is None and row.low is None and not row.value_text:
        return phrase("pending source")
    return phrase("no counts printed beside it")
