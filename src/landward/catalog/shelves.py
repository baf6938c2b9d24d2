"""All shelves of the tables side by side, with the sources their rows name."""

from functools import cached_property

from landward.catalog.drugs import DrugShelf
from landward.catalog.knowledge import KnowledgeShelf
from landward.catalog.read import read_sources
from landward.catalog.safety import SafetyShelf
from landward.model.facts import Source


class Shelves(DrugShelf, SafetyShelf, KnowledgeShelf):
    """Drugs, safety and knowledge of one folder."""

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every source by its key."""
        return read_sources(self.folder)
