"""What an item is called at the start of a line: the person's own words before the tables'."""

from collections.abc import Mapping

from landward.model.said import begun
from landward.report.pattern_words import named_words


def item_named(item: str, names: Mapping[str, str] | None = None) -> str:
    """An item with a capital first letter, as a line of a table or a list begins."""
    words = named_words(item, names)
    return begun(words)
