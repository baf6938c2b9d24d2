"""Every kind there is, by name."""

from collections.abc import Callable, Mapping

from kinds import cells, dates, tables
from kinds.small import Small

KINDS: Mapping[str, Callable[[], list[Small]]] = {
    "separators": tables.separators,
    "letters": tables.letters,
    "lines that are no day": tables.other_lines,
    "dates": dates.orders,
    "clocks": dates.clocks,
    "numbers": cells.numbers,
    "words as levels": cells.words_as_levels,
    "hours of sleep": cells.sleep,
    "amounts": cells.amounts,
    "long form": cells.long_form,
    "several rows a day": cells.several_a_day,
}
