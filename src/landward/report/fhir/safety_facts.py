"""Stated safety facts as FHIR AdverseEvents: that it happened and when; no suspect is named."""

from landward.model.bodies import Incident
from landward.report.blocks.safety_strip import SHARED_ONLY_IF_CHOSEN
from landward.report.fhir.parts import Json, new_id
from landward.report.fhir.request import Sending, written_at


def safety_events(sending: Sending) -> list[Json]:
    """One AdverseEvent per stated incident. Thoughts of suicide only where the person chose so."""
    events = []
    for entry, body in sending.diary.of(Incident):
        what = body.what.rsplit(":", 1)[-1].removeprefix("flag.")
        hidden = what in SHARED_ONLY_IF_CHOSEN and not sending.asked.share_suicidal_thoughts
        if hidden or not sending.holds(entry.date):
            continue
        events.append(
            {
                "resourceType": "AdverseEvent",
                "id": new_id("incident", entry.id),
                "actuality": "actual",
                "event": {"text": sending.words(what)},
                "subject": sending.who,
                "recorder": sending.who,
                "date": entry.date.isoformat(),
                "recordedDate": written_at(entry),
            }
        )
    return events
