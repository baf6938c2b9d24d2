"""A week on paper, typed back: the sheet's own lines, cell by cell, saved as each day's page is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from landward.app.diary.profile import PlannedDose
from landward.app.write.day_page import DayPage, said_of
from landward.app.write.day_words import DayWords, DoseSaid
from landward.model.amounts import as_decimal, read_mg
from landward.model.base import BadInput
from landward.model.questions import question, scale_of
from landward.model.said import Words, joined, phrase
from landward.model.week_rows import WeekRow

YES = frozenset({"y", "yes", "ok", "x", "+", "✓", "✔"})
NO = frozenset({"n", "no", "none", "0", "-", "–", "—"})
SPECIAL = {"n": "no_occasion", "t": "too_much"}
"""What stands in a cell for the two answers beside the numbers."""
_SIGN = {said: sign for sign, said in SPECIAL.items()}
Cells = Mapping[str, str]
"""What stands in the cells of one day, by the name of their line."""


@dataclass(frozen=True)
class Column:
    """One day read from its cells: its words, whether anything changed, the items that were
    touched, and what does not fit by line.
    """

    words: DayWords
    changed: bool
    touched: frozenset[str]
    wrong: Mapping[str, Words]


def written_cells(rows: Sequence[WeekRow], page: DayPage) -> dict[str, str]:
    """What stands of a day, as it would have been written on the sheet."""
    return {row.name: text for row in rows if (text := _written(row, page.words))}


def _written(row: WeekRow, words: DayWords) -> str:
    if row.of == "sleep":
        return "" if words.sleep_hours is None else f"{words.sleep_hours:g}"
    if row.of == "unwell":
        return "x" if words.mode == "unwell" else ""
    said = said_of(words, row.about) if row.of in ("number", "word") else None
    if said is None or said == "declined":
        return ""
    return _SIGN.get(said, said) if isinstance(said, str) else f"{said:g}"


def foreign_cells(rows: Sequence[WeekRow], page: DayPage) -> frozenset[str]:
    """The lines of a day that hold an answer on another scale than the sheet's: only shown."""
    return frozenset(
        row.name
        for row in rows
        if row.of == "number"
        and row.about in page.words.answers
        and page.words.scale_of(row.about) != str(scale_of(row.about))
    )


def read_column(
    rows: Sequence[WeekRow], page: DayPage, cells: Cells, planned: Sequence[PlannedDose]
) -> Column:
    """One day's cells, laid over the page they were filled with. A line without a cell was not
    there; one that says what it was filled with was not touched. What does not fit is named by
    line, and no words are made of it.
    """
    old, before = page.words, written_cells(rows, page)
    made = _Making({dose.drug: dose.mg_per_day for dose in planned}, sleep_hours=old.sleep_hours)
    wrong: dict[str, Words] = {}
    changed = False
    for row in rows:
        text = cells.get(row.name)
        if text is None or (text := " ".join(text.split())) == before.get(row.name, ""):
            continue
        changed = True
        try:
            made.take(row, text)
        except BadInput as error:
            wrong[row.name] = str(error)
    if made.mode == "unwell" and made.has_answers:
        wrong["unwell"] = phrase("a day is too unwell to write, or has answers: which of both?")
    words = DayWords() if wrong else made.words(rows, cells, old)
    return Column(words, changed, frozenset(made.touched), wrong)


@dataclass
class _Making:
    """The words of a day while its cells are read."""

    planned: Mapping[str, Decimal]
    answers: dict[str, float] = field(default_factory=dict)
    special: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    doses: dict[str, DoseSaid] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    sleep_hours: float | None = None
    mode: str = "answered"

    @property
    def has_answers(self) -> bool:
        return bool(self.answers or self.special or self.choices)

    def take(self, row: WeekRow, text: str) -> None:
        """One cell. Raises BadInput for what no such cell can hold."""
        if row.of == "sleep":
            self.sleep_hours = _number(text, 0, 24) if text else None
        elif row.of == "unwell":
            self.mode = "unwell" if text else "answered"
        elif row.of == "dose":
            if text:
                self.doses[row.about] = _dose(row.about, text, self.planned.get(row.about))
        else:
            self.touched.add(row.about)
            self._item(row, text)

    def _item(self, row: WeekRow, text: str) -> None:
        if not text:
            return
        if row.of == "word":
            self.choices[row.about] = _word(row, text)
        elif question(row.about).special and text.casefold() in SPECIAL:
            self.special.setdefault(SPECIAL[text.casefold()], []).append(row.about)
        else:
            scale = scale_of(row.about)
            self.answers[row.about] = _number(text, scale.low, scale.high)

    def words(self, rows: Sequence[WeekRow], cells: Cells, old: DayWords) -> DayWords:
        """A sheet asks all its numbers: an empty cell is asked, and not answered. What a sheet has
        no line for stays as it was.
        """
        asked = [row.about for row in rows if row.of == "number" and row.name in cells]
        return DayWords.model_validate(
            {
                "asked": tuple(asked) if self.has_answers else (),
                "answers": self.answers,
                "choices": self.choices,
                "no_occasion": tuple(self.special.get("no_occasion", ())),
                "too_much": tuple(self.special.get("too_much", ())),
                "doses": self.doses,
                "sleep_hours": self.sleep_hours,
                "mode": self.mode,
                "tags": old.tags, "note": old.note,
                "event": old.event, "event_valence": old.event_valence,
            }
        )  # fmt: skip


def _number(text: str, low: float, high: float) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise BadInput(
            phrase("“{text}” is no number from {low} to {high}",
                   text=text[:20], low=f"{low:g}", high=f"{high:g}")
        )  # fmt: skip
    return value


def _word(row: WeekRow, text: str) -> str:
    """The answer that begins like this. Raises BadInput where none or several do."""
    answers = question(row.about).answers
    fitting = [one for one in answers if one.casefold().startswith(text.casefold())]
    if len(fitting) != 1:
        said = phrase("“{text}” could be: {answers}. A few letters are enough",
                      text=text[:20], answers=joined(", ", fitting or answers))  # fmt: skip
        raise BadInput(said)
    return fitting[0]


def _dose(drug: str, text: str, planned_mg: Decimal | None) -> DoseSaid:
    if text.casefold() in YES:
        return DoseSaid(answer="as_planned")
    if text.casefold() in NO:
        return DoseSaid(answer="not_taken")
    taken_mg = as_decimal(read_mg(text, drug))
    return DoseSaid(answer="as_planned" if taken_mg == planned_mg else "different",
                    dose_mg=taken_mg)  # fmt: skip
