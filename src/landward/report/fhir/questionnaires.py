"""Questionnaires as FHIR: the answers, and the total as an Observation derived from them."""

from landward.model.bodies import ScaleAnswers
from landward.model.entries import Entry
from landward.report.fhir.answers import observation
from landward.report.fhir.parts import Json, new_id, reference
from landward.report.fhir.request import Sending, written_at


def questionnaire_resources(sending: Sending) -> list[Json]:
    """A QuestionnaireResponse per questionnaire, and an Observation of its total where it has one.

    Answers the person did not choose to share (thoughts of suicide) are left out; the total stays
    as it was scored.
    """
    found: list[Json] = []
    for entry, body in sending.diary.of(ScaleAnswers):
        if sending.holds(entry.date):
            response = _response(sending, entry, body)
            found += [response, *_total(sending, entry, body, response)]
    return found


def _response(sending: Sending, entry: Entry, body: ScaleAnswers) -> Json:
    left_out = sending.asked.left_out
    items = [item for item in body.asked if f"{body.instrument}.{item}" not in left_out]
    response: Json = {
        "resourceType": "QuestionnaireResponse",
        "id": new_id("questionnaire", entry.id),
        "status": "amended" if entry.replaces else "completed",
        "subject": sending.who,
        "author": sending.who,
        "source": sending.who,
        "authored": written_at(entry),
    }
    return response | ({"item": [_item(sending, body, item) for item in items]} if items else {})


def _item(sending: Sending, body: ScaleAnswers, item: str) -> Json:
    known = sending.asked.codes.get(f"{body.instrument}.{item}", ())
    loinc = [code.code for code in known if code.system == "LOINC" and code.usable]
    line: Json = {"linkId": loinc[0] if loinc else item}
    if item in body.answers:
        value = body.answers[item]
        whole = float(value).is_integer()
        line["answer"] = [{"valueInteger": int(value)} if whole else {"valueDecimal": str(value)}]
    return line


def _total(sending: Sending, entry: Entry, body: ScaleAnswers, response: Json) -> list[Json]:
    if body.total is None or not body.total.is_integer():
        return []
    words = f"{sending.words(body.instrument)}, total"
    code = sending.concept(words, f"{body.instrument}.total", "observation")
    frame = observation(sending, new_id("total", entry.id), code, entry.date, entry)
    return [frame | {"valueInteger": int(body.total), "derivedFrom": [reference(response)]}]
