"""The pages a person can read: the index by question, one page. No diary is needed."""

from collections import Counter

from landward.catalog import Catalog, load_catalog
from landward.catalog.sureness import how_sure
from landward.model.base import Frozen
from landward.model.row_readings import Sureness
from landward.model.said import Words
from landward.report.article_page import TOPICS, ArticlePage, article_page
from landward.report.ledger import LedgerPart, ledger


class Question(Frozen):
    """A page by its question."""

    key: str
    question: str


class Topic(Frozen):
    """Questions under one heading of the index."""

    name: str
    heading: Words
    questions: tuple[Question, ...]


class TableStatus(Frozen):
    """How many rows of a table have which status."""

    table: str
    rows: int
    double_checked: int
    draft: int
    withdrawn: int


def index_of_questions(catalog: Catalog | None = None) -> tuple[Topic, ...]:
    """Every page that can be read, by topic; inside a topic in order of the alphabet."""
    articles = (catalog or load_catalog()).library.articles.values()
    found = (
        Topic(
            name=name,
            heading=heading,
            questions=tuple(
                Question(key=article.key, question=article.question)
                for article in sorted(articles, key=lambda one: (one.question, one.key))
                if article.topic == name
            ),
        )
        for name, heading in TOPICS.items()
    )
    return tuple(topic for topic in found if topic.questions)


def unread_pages(catalog: Catalog | None = None) -> tuple[str, ...]:
    """Files of pages that cannot be read and are left out, by name."""
    return (catalog or load_catalog()).library.unread


def read_page(key: str, catalog: Catalog | None = None) -> ArticlePage:
    """One page. Raises BadInput if there is none of that name."""
    facts = catalog or load_catalog()
    article = facts.library.article(key)
    return article_page(article, facts.rows_by_id, facts.library.articles)


def claims_ledger(catalog: Catalog | None = None) -> tuple[LedgerPart, ...]:
    """The claims ledger, by verdict."""
    return ledger((catalog or load_catalog()).claims)


def sureness(catalog: Catalog | None = None) -> Sureness:
    """How sure the tables are: rows by status, the last reading, the last sample."""
    return how_sure(catalog or load_catalog())


def table_statuses(catalog: Catalog | None = None) -> tuple[TableStatus, ...]:
    """Every table with its rows by status, in order of the alphabet."""
    found = []
    for name, rows in sorted((catalog or load_catalog()).rows_by_table.items()):
        by = Counter(row.status.value for row in rows)
        found.append(
            TableStatus(
                table=name.replace("_", " "),
                rows=len(rows),
                double_checked=by["double-checked"],
                draft=by["draft"],
                withdrawn=by["withdrawn"],
            )
        )
    return tuple(found)
