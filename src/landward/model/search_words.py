"""How people ask: words and turns of phrase beside those that the library uses."""

from typing import Literal

from pydantic import Field, model_validator

from landward.model.base import Frozen
from landward.model.facts import Fact
from landward.model.said import phrase


class SearchWord(Fact):
    """One word or turn of phrase, and what it stands for in a search.

    `same`: one word that is the other, in questions and in what is found. `also`: a word asked that
    may mean another. `asked`: words in a row that mean any of `means`. `help`: words in a row that
    bring help first; they stand for nothing else.
    """

    kind: Literal["same", "also", "asked", "help"]
    said: str = Field(min_length=2)
    means: str = ""

    @model_validator(mode="after")
    def _means_something(self) -> "SearchWord":
        if (self.kind == "help") != (self.means == ""):
            raise ValueError(phrase("only words that bring help first stand for nothing else"))
        if self.kind in {"same", "also"} and " " in self.said:
            raise ValueError(phrase("one word is said; words in a row are “asked”"))
        return self


class Turn(Frozen):
    """Words in a row as they are compared, and the words that they mean."""

    said: tuple[str, ...]
    means: tuple[str, ...] = ()
