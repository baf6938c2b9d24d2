"""What every part of the catalog shares: the folder, and tables read once, on first use."""

from pathlib import Path
from typing import TypeVar

from landward.catalog.read import TABLES, read_rows
from landward.model.base import LandwardError
from landward.model.facts import Fact
from landward.model.said import phrase

Row = TypeVar("Row", bound=Fact)


class Shelf:
    """Tables of one folder. Rows never change; each table is read when it is first asked for."""

    def __init__(self, folder: Path = TABLES) -> None:
        self.folder = folder

    def _rows(self, name: str, model: type[Row]) -> tuple[Row, ...]:
        try:
            return read_rows(self.folder, name, model)
        except (OSError, ValueError) as error:
            raise LandwardError(
                phrase(
                    "the table “{name}” cannot be read; `landward facts check` says where it "
                    "is broken",
                    name=name,
                )
            ) from error
