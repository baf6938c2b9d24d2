"""One person's own rows for a named study. Nothing is sent: the person hands the file over."""

import datetime as dt
import json
from collections.abc import Mapping

from landward.app.diary.profile import read_me
from landward.app.diary.whole import whole_diary
from landward.app.read.feeling_words import asked_in
from landward.app.share.study_keys import person_in, signed, study_key
from landward.catalog import load_catalog
from landward.engines.cohort.give import OwnDay, OwnDoses, OwnFeeling, rows_to_give
from landward.model.base import BadInput
from landward.model.day_answers import DayAnswers
from landward.model.diary import Diary
from landward.model.gift import FIXED, Gift, GivenRows, Withdrawal
from landward.model.medicines import medicine_record
from landward.model.questions import FEELINGS, WEEKLY, WORDING_AT_FIRST
from landward.model.said import phrase
from landward.model.scale import DAY, FEELING, SYMPTOM
from landward.model.study import Study
from landward.vault import Vault

DAY_ITEM = "day"


def preview_gift(vault: Vault, study: Study, today: dt.date) -> GivenRows:
    """Every row that would be given, of days up to today.

    Raises BadInput where the study asks for what it may not.
    """
    if not study.consent_text or not study.consent_version or not study.elements:
        raise BadInput(
            phrase(
                "the study “{id}” says no consent_text, consent_version or elements: "
                "without these nobody can agree to it",
                id=study.id,
            )
        )
    known = load_catalog().symptoms
    for element in study.elements:
        if element not in FIXED and element not in known:
            raise BadInput(
                phrase(
                    "the study asks for “{element}”, which is neither {fixed} nor a symptom "
                    "of the tables. Your own words are never given",
                    element=element,
                    fixed=", ".join(FIXED),
                )
            )
    entries = vault.entries()
    diary = whole_diary(entries, today)
    fields = read_me(entries).fields
    return rows_to_give(_days(diary), _doses(diary), study.elements, fields)


def make_gift(vault: Vault, study: Study, rows: GivenRows) -> Gift:
    """The signed file of what was previewed."""
    key = study_key(vault, study.id, new=True)
    public = key.verify_key.encode().hex()
    gift = Gift(
        study=study.id,
        consent_version=study.consent_version,
        consent_text=study.consent_text,
        person=person_in(study.id, public),
        verify_key=public,
        rows=rows,
    )
    return signed(gift, key)


def make_withdrawal(vault: Vault, study: Study) -> Withdrawal:
    """The signed file that takes a gift back. Raises BadInput where nothing was given."""
    key = study_key(vault, study.id, new=False)
    public = key.verify_key.encode().hex()
    paper = Withdrawal(study=study.id, person=person_in(study.id, public), verify_key=public)
    return signed(paper, key)


def to_file(paper: Gift | Withdrawal) -> bytes:
    """A paper as the bytes of its file."""
    text = json.dumps(paper.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=1)
    return (text + "\n").encode()


def _days(diary: Diary) -> dict[dt.date, OwnDay]:
    """Written days. Answers on other scales than ours, and carried ones, are not given."""
    found = {}
    worded = asked_in(diary)
    for date, day in diary.days.items():
        own = {item: value for item, value in day.answers.items() if item not in day.carried}
        scale = {item: day.scales.get(item, "") for item in own}
        severity = own.get(DAY_ITEM) if scale.get(DAY_ITEM, "") in ("", str(DAY)) else None
        answers = {
            item: value
            for item, value in own.items()
            if item != DAY_ITEM and scale[item] in ("", str(SYMPTOM)) and SYMPTOM.holds(value)
        }
        feelings = _feelings(day, worded.get(date, {}))
        found[date] = OwnDay(severity=severity, answers=answers, feelings=feelings)
    return found


def _feelings(day: DayAnswers, worded: Mapping[str, str]) -> tuple[OwnFeeling, ...]:
    """What was asked of feelings on one day, in the order of the registry; carried answers are
    given as left open.
    """
    found = []
    for item in (*FEELINGS, *WEEKLY):
        if item not in day.asked:
            continue
        value = day.answers.get(item) if day.scales.get(item) in (None, str(FEELING)) else None
        value = None if item in day.carried else value
        said = (
            0 if value is not None
            else 1 if item in day.no_occasion
            else 2 if item in day.too_much
            else 3
        )  # fmt: skip
        wording = worded.get(item, WORDING_AT_FIRST)
        found.append(OwnFeeling(item, said, value, wording))  # type: ignore[arg-type]  # 0 to 3
    return tuple(found)


def _doses(diary: Diary) -> OwnDoses | None:
    """The drug with the most known days: what was taken, and the changes that lasted."""
    record = medicine_record(diary.lines)
    last = diary.last_day
    if not record.taken_drugs or last is None:
        return None
    drug = max(record.taken_drugs, key=lambda name: (len(record.of(name).known(last)), name))
    one = record.of(drug)
    return OwnDoses(
        drug=drug,
        taken_mg=one.known(last),
        changes=[(c.day, c.from_mg, c.to_mg) for c in one.changes(last)],
    )
