"""The library as JSON: pages, the index, the claims ledger, how sure the tables are."""

from collections.abc import Iterable, Sequence
from typing import Any

from landward.model.base import Frozen
from landward.model.row_readings import Sureness
from landward.report.article_page import ArticlePage
from landward.report.ledger import LedgerPart


def index_json(topics: Iterable[tuple[str, str, Sequence[Frozen]]]) -> dict[str, Any]:
    """Topics by name and heading, each with its questions."""
    return {
        "topics": [
            {
                "name": name,
                "heading": heading,
                "questions": [one.model_dump(mode="json") for one in questions],
            }
            for name, heading, questions in topics
        ]
    }


def page_json(page: ArticlePage) -> dict[str, Any]:
    """One page; the numbers of a line are those of `rests`, the first being 1."""
    return page.model_dump(mode="json")


def ledger_json(parts: Iterable[LedgerPart]) -> dict[str, Any]:
    """The claims ledger by verdict."""
    return {"parts": [part.model_dump(mode="json") for part in parts]}


def sure_json(sure: Sureness) -> dict[str, Any]:
    """How sure the tables are."""
    return sure.model_dump(mode="json")
