"""What a reader may not see never leaves: not in a letter, a bundle, a table, a sealed file."""

import base64
import datetime as dt
import json
import re

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from tests.report.looking import flat
from tests.report.people import LAST, START, Pen, rich_entries

from landward.app.share.fhir import make_fhir
from landward.app.share.letter import make_letter
from landward.app.share.report import for_reader, make_report, report_context
from landward.app.share.sealed_file import new_passcode, sealed_report
from landward.app.share.seen_by import seen_by
from landward.model.bodies import (
    CheckIn,
    DoseTaken,
    Feelings,
    Incident,
    Note,
    PlanAdopted,
    Prescription,
    Profile,
    ScaleAnswers,
    Sleep,
)
from landward.model.diary import Diary, fold
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.model.readers import EVERYTHING, Reader, reader_body
from landward.model.safety_questions import safety_body
from landward.report.appendices.all_parts import PARTS
from landward.report.blocks.safety_strip import SAFETY
from landward.report.letter_kinds import KINDS

MOMENT = Moment(at=dt.datetime(2026, 3, 26, 12, tzinfo=dt.UTC), zone="UTC")
TODAY = dt.date(2026, 3, 26)
NOTE = "at my sister's in the rain"


def entries(*readers: Reader) -> list[Entry]:
    pen = Pen()
    pen.entries = rich_entries()
    pen.write(Note(text=NOTE), LAST)
    pen.write(Profile(fields={"attempts": f"2019, {NOTE}"}), LAST)
    for reader in readers:
        pen.write(reader_body(reader), LAST)
    return pen.entries


def diary(*readers: Reader) -> Diary:
    return fold(entries(*readers))


NARROW = {
    ("doses",): (DoseTaken, Prescription, PlanAdopted),
    ("taper",): (DoseTaken, Prescription, PlanAdopted),
    ("feelings",): (Feelings,),
    ("everyday",): (Sleep, ScaleAnswers),
    ("symptoms", "chart", "days", "feelings"): (CheckIn, Feelings),
}


@pytest.mark.parametrize("hidden", NARROW)
def test_a_hidden_part_takes_its_entries_with_it_and_nothing_else(hidden: tuple[str, ...]) -> None:
    left = seen_by(diary(), Reader(name="A", hidden=hidden))
    kinds = {type(body) for _, body in left.lines}
    assert not kinds & set(NARROW[hidden])
    everything = {type(body) for _, body in diary().lines}
    assert kinds == everything - set(NARROW[hidden])


def test_a_hidden_symptom_leaves_the_day_and_a_hidden_chart_leaves_the_symptom() -> None:
    for hidden, gone, stays in (("symptoms", "insomnia", "day"), ("chart", "day", "insomnia")):
        left = seen_by(diary(), Reader(name="A", hidden=(hidden,)))
        asked = {item for _, body in left.of(CheckIn) for item in (*body.asked, *body.answers)}
        assert gone not in asked and stays in asked


def test_days_outside_are_gone_and_what_holds_since_before_stays() -> None:
    since = LAST - dt.timedelta(days=9)
    left = seen_by(diary(), Reader(name="A", since=since, until=LAST))
    days = {
        e.date for e, body in left.lines if not isinstance(body, Profile | Prescription | Incident)
    }
    assert min(days) == since and len(left.days) <= 10
    assert any(True for _ in left.of(Prescription))


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_holds_no_dose_and_no_word_that_is_hidden_and_says_so(kind: str) -> None:
    reader = Reader(name="Ana", hidden=("doses", "taper", "changes"), own_words=False)
    found = for_reader(diary(reader), "ana", None)
    letter = flat(make_letter(diary(reader), today=TODAY, prescriber="Ana", kind=kind, seen=found))
    assert "7 mg" not in letter and "diazepam" not in letter and NOTE not in letter
    assert "Left out by choice: " in letter
    whole = flat(make_letter(diary(), today=TODAY, prescriber="Ana", kind=kind))
    assert "Left out by choice" not in whole
    assert kind == "questions" or "diazepam" in whole


def test_a_letter_for_somebody_allowed_nothing_says_so() -> None:
    nothing = Reader(name="Work", hidden=(EVERYTHING,), own_words=False)
    found = for_reader(diary(nothing), "Work", None)
    letter = flat(make_letter(diary(nothing), today=TODAY, prescriber="Work", seen=found))
    assert "Everything that may be left out was left out by choice." in letter


def test_a_bundle_holds_its_readers_days_and_parts_and_says_what_is_withheld() -> None:
    since = LAST - dt.timedelta(days=27)
    reader = Reader(name="Ana", hidden=("doses", "everyday"), since=since)
    whole = json.loads(make_fhir(entries(), MOMENT))
    bundle = json.loads(make_fhir(entries(reader), MOMENT, seen=for_reader(
        diary(reader), "Ana", None)))  # fmt: skip
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    everything = {entry["resource"]["resourceType"] for entry in whole["entry"]}
    assert {"MedicationStatement", "QuestionnaireResponse"} <= everything
    assert not {"MedicationStatement", "MedicationRequest", "QuestionnaireResponse"} & set(kinds)
    days = re.findall(r'"effectiveDateTime": "(.*?)"', json.dumps(bundle))
    assert days and min(days) >= since.isoformat()
    (patient,) = [e["resource"]["id"] for e in bundle["entry"]
                  if e["resource"]["resourceType"] == "Patient"]  # fmt: skip
    assert patient in json.dumps(whole)  # the same person as in every other bundle
    (note,) = [s for s in bundle["entry"][0]["resource"]["section"] if "emptyReason" in s]
    assert note["emptyReason"]["coding"][0]["code"] == "withheld"
    assert "Left out by choice" in note["text"]["div"]


def test_a_bundle_and_a_sealed_file_for_somebody_allowed_nothing_say_so() -> None:
    """Not that the diary is empty."""
    pen = Pen()
    pen.entries = [e for e in entries() if e.kind not in ("incident", "profile")]
    nothing = Reader(name="Work", hidden=(EVERYTHING,), own_words=False)
    pen.write(reader_body(nothing), LAST)
    found = for_reader(fold(pen.entries), "Work", None)
    bundle = json.loads(make_fhir(pen.entries, MOMENT, seen=found))
    kinds = {entry["resource"]["resourceType"] for entry in bundle["entry"]}
    assert kinds == {"Composition", "Patient", "Device", "Provenance"}
    (section,) = bundle["entry"][0]["resource"]["section"]
    assert "Everything that may be left out" in section["text"]["div"]
    code = new_passcode()
    page = report_context(fold(pen.entries), reader="Work")
    inside = unsealed(sealed_report(pen.entries, page, MOMENT, code), code.plain)
    assert set(inside) == {"report.pdf", "diary.fhir.json"}
    assert "diazepam" not in inside["diary.fhir.json"].decode()


def test_a_sealed_file_holds_only_what_its_page_shows() -> None:
    reader = Reader(name="Ana", hidden=("doses", "feelings"), own_words=False,
                    since=LAST - dt.timedelta(days=27))  # fmt: skip
    page = report_context(diary(reader), reader="Ana")
    code = new_passcode()
    inside = unsealed(sealed_report(entries(reader), page, MOMENT, code), code.plain)
    assert set(inside) == {"report.pdf", "diary.fhir.json"}
    text = inside["diary.fhir.json"].decode()
    assert "diazepam" not in text and "joy" not in text and NOTE not in text
    days = re.findall(r'"effectiveDateTime": "(.*?)"', text)
    assert days and min(days) >= (LAST - dt.timedelta(days=27)).isoformat()
    whole = unsealed(sealed_report(entries(), report_context(diary()), MOMENT, code), code.plain)
    assert set(whole) == {"report.pdf", "doses_by_day.csv", "diary.fhir.json"}
    assert NOTE not in whole["diary.fhir.json"].decode()


def test_a_page_of_some_days_holds_no_word_of_the_days_before() -> None:
    pen = Pen()
    pen.entries = entries(Reader(name="Ana", since=LAST - dt.timedelta(days=9)))
    pen.write(Note(text="before all that"), START)
    page = report_context(
        fold(pen.entries), reader="Ana", appendices=[name for name in PARTS if name != "sources"]
    )
    text = page.model_dump_json()
    assert "before all that" not in text and "Only days from 16 Mar 2026" in text
    assert "10 mg" not in text and "2025" not in text
    assert "Only days from 16 Mar 2026" in flat(make_report(page, today=TODAY))


def test_a_safety_fact_of_earlier_days_stays_on_a_page_of_few_days() -> None:
    """Left out it would read as “not asked”, which says less than is known."""
    pen = Pen()
    pen.entries = entries(Reader(name="Ana", since=LAST - dt.timedelta(days=5)))
    pen.write(safety_body({"fall": "yes", "seizure": "no"}), LAST - dt.timedelta(days=20))
    strip = SAFETY.of(report_context(fold(pen.entries), reader="Ana"))
    assert strip is not None
    assert [fact.name for fact in strip.recorded].count("Fall") == 1
    assert any("seizure" in names for _, names in strip.said_no)
    assert "seizure" not in strip.not_asked


def unsealed(page: bytes, plain: bytes) -> dict[str, bytes]:
    """What the page's own script does, in Python."""
    found = re.search(r'\{"salt".*?\}', page.decode())
    assert found is not None
    box = json.loads(found[0])
    salt, nonce, text = (base64.b64decode(box[name]) for name in ("salt", "nonce", "sealed"))
    key = PBKDF2HMAC(SHA256(), 32, salt, box["rounds"]).derive(plain)
    inside = json.loads(AESGCM(key).decrypt(nonce, text, None))
    return {one["name"]: base64.b64decode(one["data"]) for one in inside["files"]}
