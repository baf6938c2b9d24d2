"""A page of the library, ready to be shown: its sentences, and under which number each rests.

A sentence that rests on a withdrawn row is not shown; what is withdrawn is never used.
"""

from collections.abc import Mapping
from types import MappingProxyType

from landward.model.articles import Article, ArticleSentence, SectionName, Topic
from landward.model.base import Frozen
from landward.model.facts import Fact, Status
from landward.model.said import Words, phrase
from landward.report.row_lines import RowLine, row_line

TOPICS: Mapping[Topic, str] = MappingProxyType(
    {
        "feelings": phrase("Feelings, and feeling nothing"),
        "body": phrase("Sleep and the body"),
        "way-down": phrase("The way down"),
        "medicines": phrase("The medicines"),
        "beside": phrase("Taken together, and daily life"),
        "doctors": phrase("Doctors and therapies"),
        "people": phrase("People and studies"),
        "now": phrase("If it is too much"),
    }
)
"""The headings of the index, in its order."""

HEADINGS: Mapping[SectionName, str] = MappingProxyType(
    {
        "What is known": phrase("What is known"),
        "What is not known": phrase("What is not known"),
        "What people say": phrase("What people say"),
        "What may help": phrase("What may help"),
        "When to see a doctor": phrase("When to see a doctor"),
    }
)
"""The headings of a page."""


class Line(Frozen):
    """One sentence, and the numbers of what it rests on; none for what people say."""

    text: str
    numbers: tuple[int, ...] = ()


class Part(Frozen):
    """A part of a page under its heading."""

    name: SectionName
    heading: Words
    lines: tuple[Line, ...]

    @property
    def folded(self) -> bool:
        """Whether a phone shows it one tap away, so that the page itself is a screen long."""
        return self.name in {"What is not known", "What people say"}


class ArticlePage(Frozen):
    """A page as it is shown. `rests` holds the rows by number, the first as number 1."""

    key: str
    question: str
    answer: Line
    parts: tuple[Part, ...]
    rests: tuple[RowLine, ...]
    ask: str
    help_first: bool
    related: tuple[tuple[str, str], ...]
    """Key and question of each page it leads to."""
    standing: Words


STANDING: Mapping[Status, str] = MappingProxyType(
    {
        Status.DRAFT: phrase("A draft: nobody has read this page a second time."),
        Status.DOUBLE_CHECKED: phrase("Read twice against its rows, not by a clinician."),
        Status.CLINICIAN_REVIEWED: phrase("Reviewed by a clinician."),
        Status.WITHDRAWN: phrase("Withdrawn."),
    }
)
"""How far a page was checked, in words."""

WITHDRAWN = phrase("This answer rested on a row that was withdrawn; it is not shown.")


def article_page(
    article: Article, rows: Mapping[str, Fact], others: Mapping[str, Article]
) -> ArticlePage:
    """A page from an article, the rows it may cite, and the pages it may lead to."""
    stands = {key for key, row in rows.items() if row.usable}
    shown = [line for line in article.sentences if stands.issuperset(line.rows)]
    order = {tie: n for n, tie in enumerate(_ties(shown), start=1)}

    def told(line: ArticleSentence) -> Line:
        return Line(text=line.text, numbers=tuple(order[tie] for tie in line.rows))

    answer = article.sentences[0]
    parts = tuple(
        Part(
            name=part.heading,
            heading=HEADINGS[part.heading],
            lines=tuple(told(line) for line in part.sentences if stands.issuperset(line.rows)),
        )
        for part in article.sections
    )
    return ArticlePage(
        key=article.key,
        question=article.question,
        answer=told(answer) if answer in shown else Line(text=WITHDRAWN),
        parts=tuple(part for part in parts if part.lines),
        rests=tuple(row_line(rows[tie]) for tie in order),
        ask=article.ask,
        help_first=article.help_first,
        related=tuple((key, others[key].question) for key in article.related if key in others),
        standing=STANDING[article.status],
    )


def _ties(lines: list[ArticleSentence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tie for line in lines for tie in line.rows))
