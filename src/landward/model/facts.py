"""What every reviewed row carries: a permanent id, its source, where in it, how far checked."""

from enum import StrEnum

from pydantic import Field

from landward.model.base import Frozen


class Status(StrEnum):
    """How far a row was checked. Nobody here is a clinician: nothing is clinician-reviewed yet."""

    DRAFT = "draft"
    DOUBLE_CHECKED = "double-checked"
    CLINICIAN_REVIEWED = "clinician-reviewed"
    WITHDRAWN = "withdrawn"


class Fact(Frozen):
    """One row of a reviewed table.

    `source` holds keys of `references.bib`; `locator` says where in the source (table, page,
    section); `licence` under what terms the row may be passed on; `note` what a reader must know.
    A withdrawn row stays in its table as a warning and is never used.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_.\-]{1,95}$")
    source: tuple[str, ...] = Field(min_length=1)
    locator: str = Field(min_length=1)
    licence: str = Field(min_length=1)
    status: Status
    note: str = ""

    @property
    def usable(self) -> bool:
        """Whether the row may be used (it was not withdrawn)."""
        return self.status is not Status.WITHDRAWN


class Source(Frozen):
    """One entry of `references.bib`. `read` says exactly what was read of it."""

    key: str
    kind: str = ""
    title: str
    author: str = ""
    year: str = ""
    where: str = ""
    read: str = ""

    @property
    def opened(self) -> bool:
        """Whether it was opened by whoever wrote its rows, or only quoted by somebody else."""
        return "not opened" not in self.read

    def __str__(self) -> str:
        lead = ". ".join(part for part in (self.author, self.title) if part)
        year = f" ({self.year})" if self.year else ""
        where = f". {self.where}" if self.where else ""
        return f"{lead}{year}{where}"
