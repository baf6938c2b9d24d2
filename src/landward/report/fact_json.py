"""Facts as JSON: exact decimals as strings, dates ISO, the shapes of the design's section 5."""

from typing import Any

from landward.model.drug_page import DrugPage
from landward.model.facts import Fact, Source


def row_json(row: Fact) -> dict[str, Any]:
    """One row as it stands in its table."""
    return row.model_dump(mode="json")


def source_json(source: Source) -> dict[str, str]:
    """One source, and what was read of it."""
    return source.model_dump(mode="json")


def drug_json(page: DrugPage) -> dict[str, Any]:
    """A drug's page: every row, and how long each substance stays."""
    span = page.span
    return {
        "drug": row_json(page.drug),
        "names": list(page.names),
        "half_life_h": [
            {
                "substance": stay.substance,
                "low": stay.low_h,
                "typical": stay.typical_h,
                "high": stay.high_h,
                "gone_10pct_days": list(stay.days_until(0.1)),
                "gone_1pct_days": list(stay.days_until(0.01)),
            }
            for stay in page.stays
        ],
        "equals_10_mg_diazepam": None
        if span is None
        else {
            "low_mg": str(span.low_mg),
            "high_mg": str(span.high_mg),
            "rows": [row_json(row) for row in span.rows],
        },
        "metabolites": [row_json(row) for row in page.metabolites],
        "pathways": [row_json(row) for row in page.pathways],
        "kinetics": [row_json(row) for row in page.kinetics],
        "products": [row_json(row) for row in page.products],
        "interactions": [row_json(row) for row in page.interactions],
        "codes": [row_json(row) for row in page.codes],
        "sources": [source_json(source) for source in page.sources],
    }
