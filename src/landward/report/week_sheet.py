"""A week on paper, A5: the same questions as the diary, for days when a screen is too much."""

from collections.abc import Sequence
from datetime import date, timedelta

from landward.model.base import BadInput, Frozen
from landward.model.questions import Question
from landward.model.said import ENGLISH, Catalogue, Words, phrase
from landward.model.week_rows import week_rows
from landward.report.typesetting import typeset
from landward.report.words import SHORT_WEEKDAYS, date_words

MOST_WEEKS = 26
SYMPTOM_LINES = 3


class SheetRow(Frozen):
    """One line to fill in, with the scale it is answered on."""

    label: Words
    scale: Words


class WeekSheet(Frozen):
    """One page: seven days, dated or not."""

    title: Words
    days: tuple[Words, ...]
    rows: tuple[SheetRow, ...]


def week_sheets(
    symptoms: Sequence[str] = (),
    *,
    start: date | None = None,
    weeks: int = 1,
    asked: Sequence[Question] = (),
    drugs: Sequence[str] = (),
) -> tuple[WeekSheet, ...]:
    """Sheets for some weeks. `symptoms` are the person's pinned ones in their own words, `asked`
    the questions they chose beside the usual ones, `drugs` those with a dose of their own.

    Undated without `start`; empty lines stand where fewer than three symptoms are pinned. Raises
    BadInput for more weeks than a booklet holds.
    """
    if not 1 <= weeks <= MOST_WEEKS:
        raise BadInput(
            phrase(
                "a booklet holds 1 to {most_weeks} weeks, not {weeks}",
                most_weeks=MOST_WEEKS,
                weeks=weeks,
            )
        )
    names = [*symptoms, *[""] * SYMPTOM_LINES][: max(SYMPTOM_LINES, len(symptoms))]
    lines = week_rows([(f"line {place}", name) for place, name in enumerate(names)], asked, drugs)
    rows = tuple(SheetRow(label=line.label, scale=line.scale) for line in lines)
    return tuple(_week(rows, start, number) for number in range(weeks))


def _week(rows: tuple[SheetRow, ...], start: date | None, number: int) -> WeekSheet:
    if start is None:
        return WeekSheet(title=phrase("A week on paper"), days=SHORT_WEEKDAYS, rows=rows)
    first = start + timedelta(days=7 * number)
    days = [first + timedelta(days=place) for place in range(7)]
    title = f"{date_words(days[0])} to {date_words(days[-1])}"
    words = tuple(SHORT_WEEKDAYS[day.weekday()] + f" {day.day}" for day in days)
    return WeekSheet(title=title, days=words, rows=rows)


def week_sheet_pdf(
    sheets: Sequence[WeekSheet], *, today: date, catalogue: Catalogue = ENGLISH
) -> bytes:
    """The sheets as an A5 PDF, one page a week."""
    data = {"weeks": [sheet.model_dump() for sheet in sheets]}
    return typeset("week", data, date=today, paper="a5", catalogue=catalogue)
