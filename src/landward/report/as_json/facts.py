"""Facts as JSON: exact decimals as strings, dates ISO, the shapes of the design's section 5."""

from collections.abc import Iterable, Mapping
from typing import Any

from landward.model.base import Frozen
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


def check_json(
    report: Frozen, coverage: Mapping[str, Mapping[str, str]], sure: Frozen | None = None
) -> dict[str, Any]:
    """A check report: counts per table and status, errors, warnings, what each drug lacks, and how
    sure the tables are.
    """
    told = None if sure is None else sure.model_dump(mode="json")
    return {**report.model_dump(mode="json"), "coverage": coverage, "sure": told}


def cited_json(name: str, row: Fact | None, sources: Iterable[Source]) -> dict[str, Any]:
    """A row, or a plain source, with the sources behind it."""
    return {
        "id": name,
        "row": None if row is None else row_json(row),
        "sources": [source_json(source) for source in sources],
    }


def hits_json(hits: Iterable[Frozen]) -> dict[str, Any]:
    """What a search found, best first."""
    return {"hits": [hit.model_dump(mode="json") for hit in hits]}
