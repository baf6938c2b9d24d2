"""Make week sheets to fill in by hand, with the person's own pinned symptoms."""

import datetime as dt

from landward.app.read.names import words_for
from landward.model.bodies import Profile
from landward.model.diary import Diary
from landward.model.medicines import medicine_record
from landward.model.questions import chosen
from landward.model.said import ENGLISH, Catalogue
from landward.report.week_sheet import week_sheet_pdf, week_sheets


def make_sheet(
    diary: Diary | None, *, today: dt.date, start: dt.date | None = None, weeks: int = 1,
    catalogue: Catalogue = ENGLISH,
) -> bytes:  # fmt: skip
    """The sheets as PDF; without a diary the symptoms are empty lines. Raises BadInput."""
    sheets = week_sheets(
        pinned(diary) if diary else (),
        start=start,
        weeks=weeks,
        asked=chosen(_field(diary, "asked")) if diary else (),
        drugs=_drugs(diary, start or today) if diary else (),
    )
    return week_sheet_pdf(sheets, today=today, catalogue=catalogue)


def pinned(diary: Diary) -> tuple[str, ...]:
    """The pinned symptoms in the person's own words, in their order."""
    items = _field(diary, "pins")
    names = words_for(diary)
    return tuple(names.get(item, item.rsplit(":", 1)[-1].replace("_", " ")) for item in items)


def _drugs(diary: Diary, day: dt.date) -> tuple[str, ...]:
    """The drugs that are planned or prescribed by that day."""
    record = medicine_record(diary.lines)
    found = {}
    for drug, medicine in record.medicines.items():
        planned = medicine.planned_mg(day)
        found[drug] = (medicine.prescribed_mg(day) or 0) if planned is None else planned
    return tuple(drug for drug, mg in found.items() if mg)


def _field(diary: Diary, name: str) -> list[str]:
    """The words in a field of the profile, as last written."""
    said = [body.fields[name] for _, body in diary.of(Profile) if name in body.fields]
    return said[-1].split() if said else []
