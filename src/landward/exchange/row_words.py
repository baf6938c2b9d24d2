"""What is said of the rows of somebody's table: how many, which columns, what a cell looks like."""

from landward.exchange.text_table import Row
from landward.model.said import counted, phrase


def hint_words(text: str) -> str:
    """What may be behind a cell that is no date."""
    if len(text) == 5 and text.isdecimal() and 20_000 < int(text) < 80_000:
        return phrase(
            "; it looks like a spreadsheet's day number: show the column as a date and save again"
        )
    return "" if text else phrase(" (the cell is empty)")


def listed_words(names: Row, most: int = 12) -> str:
    """The first names of columns."""
    shown = ", ".join(" ".join(name.split())[:40] for name in names[:most])
    return shown + (", …" if len(names) > most else "")


def rows_words(count: int, one: str = "has", many: str = "have") -> str:
    """A number of rows, and its verb."""
    return counted(count, "{count} row {one}", "{count} rows {many}", many=many, one=one)


def kept_apart_words(doubt: str) -> str:
    """A medicine the tables do not know, and what is done with it."""
    return phrase("{doubt}; it is kept as a medicine of its own", doubt=doubt)
