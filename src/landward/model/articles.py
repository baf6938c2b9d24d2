"""A page of the library: one question, a short answer, and what each sentence rests on."""

from datetime import date
from typing import Literal

from pydantic import Field

from landward.model.base import Frozen
from landward.model.facts import Status

SectionName = Literal[
    "What is known",
    "What is not known",
    "What people say",
    "What may help",
    "When to see a doctor",
]

Topic = Literal["now", "feelings", "body", "way-down", "medicines", "beside", "doctors", "people"]
"""Under what a page stands in the index of questions."""


class ArticleSentence(Frozen):
    """One sentence. `rows` are ids of table rows; a sentence of experience has none."""

    text: str = Field(min_length=1)
    rows: tuple[str, ...] = ()

    @property
    def experience(self) -> bool:
        """Whether it tells what people say, and rests on no row."""
        return not self.rows


class ArticleSection(Frozen):
    """A part of the page under one heading."""

    heading: SectionName
    sentences: tuple[ArticleSentence, ...]


class Article(Frozen):
    """One page, a screen long.

    `question` is the person's; `answer` says it in 25 words at most and rests on `rows`. `found_by`
    are further words it is found by. `ask` is a line to take to a doctor. A `sensitive` page has no
    percentage in its first lines and no related pages; `help_first` opens with Help now. Pages
    `about_body` say when to see a doctor, because not everything is withdrawal. `topic` is the
    heading it stands under in the index.
    """

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{2,60}$")
    question: str = Field(min_length=8, max_length=90)
    answer: str
    rows: tuple[str, ...] = Field(min_length=1)
    found_by: tuple[str, ...] = ()
    ask: str = ""
    related: tuple[str, ...] = ()
    topic: Topic
    sensitive: bool = False
    help_first: bool = False
    about_body: bool
    status: Status
    written_on: date
    sections: tuple[ArticleSection, ...] = ()

    def section(self, heading: str) -> ArticleSection | None:
        """One part of the page by its heading, or None where it has none."""
        return next((part for part in self.sections if part.heading == heading), None)

    @property
    def sentences(self) -> tuple[ArticleSentence, ...]:
        """Every sentence of the page in reading order, the answer first."""
        first = ArticleSentence(text=self.answer, rows=self.rows)
        return (first, *(line for part in self.sections for line in part.sentences))

    @property
    def text(self) -> str:
        """The words of the page as running text, for reading aloud or measuring."""
        return " ".join(line.text for line in self.sentences)
