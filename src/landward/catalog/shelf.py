"""What every part of the catalog shares: the folder, and tables read once, on first use."""

import logging
from pathlib import Path
from typing import TypeVar

from landward.catalog.read import TABLES, added_columns, read_rows
from landward.model.base import LandwardError
from landward.model.facts import Fact
from landward.model.said import phrase

Row = TypeVar("Row", bound=Fact)
LOG = logging.getLogger(__name__)
"""For the terminal: what is odd about a table and did not stop it from being read."""


class Shelf:
    """Tables of one folder. Rows never change; each table is read when it is first asked for."""

    def __init__(self, folder: Path = TABLES) -> None:
        self.folder = folder

    def _rows(self, name: str, model: type[Row]) -> tuple[Row, ...]:
        try:
            return read_rows(self.folder, name, model)
        except (OSError, ValueError) as error:
            rows = self._without_added_columns(name, model)
            if rows is not None:
                return rows
            raise LandwardError(
                phrase(
                    "the table “{name}” cannot be read; `landward facts check` says where it "
                    "is broken",
                    name=name,
                )
            ) from error

    def _without_added_columns(self, name: str, model: type[Row]) -> tuple[Row, ...] | None:
        """The rows without columns nobody knows, told by name on the terminal; None if that is not
        what ails them."""
        try:
            aside = added_columns(self.folder, name, model)
            rows = read_rows(self.folder, name, model, aside) if aside else None
        except (OSError, ValueError):
            return None
        if rows is not None:
            named = ", ".join(f"“{column}”" for column in sorted(aside))
            LOG.warning("%s.csv: unknown column %s, passed over", name, named)
        return rows
