"""Make a FHIR bundle of the diary, with the tables' identifiers."""

import datetime as dt
from collections.abc import Sequence

from landward.app.diary.whole import whole_diary
from landward.app.read.names import table_words
from landward.app.share.seen_by import left_out_of, seen_by
from landward.catalog import load_catalog
from landward.model.base import BadInput
from landward.model.diary import Diary
from landward.model.entries import Entry
from landward.model.knowledge import Code
from landward.model.moment import Moment
from landward.model.questions import FEELINGS, INSIDE
from landward.model.readers import Reader
from landward.model.said import phrase
from landward.report.fhir import FhirRequest, diary_bundle
from landward.report.page import kept_span
from landward.version import __version__


def make_fhir(
    entries: Sequence[Entry],
    moment: Moment,
    *,
    first_day: dt.date | None = None,
    last_day: dt.date | None = None,
    share_suicidal_thoughts: bool = False,
    seen: Reader | None = None,
) -> bytes:
    """The bundle of a journal as JSON: up to its last entry, and no day ahead, unless told.

    The patient's id follows from the journal's oldest entry, so bundles of one journal agree. Where
    `seen` is given, nothing leaves that this reader may not see.
    Raises BadInput for an empty diary or a period that ends before it starts.
    """
    diary = whole_diary(entries, moment.today())
    whole = diary
    if seen is not None:  # somebody allowed nothing gets a bundle that says so
        diary = seen_by(diary, seen)
        first_day = max((day for day in (first_day, seen.since) if day), default=None)
        last_day = min((day for day in (last_day, seen.until) if day), default=None)
    last = last_day or min(kept_span(whole)[1], moment.today())
    first = first_day or min([whole.first_day or last, last])
    if first > last:
        raise BadInput(
            phrase("the bundle cannot run from {first} back to {last}", first=first, last=last)
        )
    asked = FhirRequest(
        first_day=first,
        last_day=last,
        made_at=moment.at,
        version=__version__,
        patient_key=min(entries, key=lambda entry: (entry.recorded_at, entry.id)).id,
        names=_sent_words(diary),
        codes=codes_by_subject(),
        left_out=frozenset() if share_suicidal_thoughts else questions_about_suicide(),
        share_suicidal_thoughts=share_suicidal_thoughts,
        withheld=left_out_of(seen) if seen is not None else "",
    )
    return diary_bundle(diary, asked)


def _sent_words(diary: Diary) -> dict[str, str]:
    """The tables' names, and those of our own questions about feelings. Any other item was named by
    the person or by their map of a file: it is numbered, for its words are their own.
    """
    weekly = {item.id: item.id for item in load_catalog().instruments["feelings"].items}
    known = table_words() | weekly | {item: INSIDE[item] for item in FEELINGS}
    asked = [item for day in diary.days.values() for item in sorted(day.asked)]
    own = dict.fromkeys(item for item in asked if item not in known)
    return known | {
        item: phrase("own symptom {number}", number=number) for number, item in enumerate(own, 1)
    }


def codes_by_subject() -> dict[str, tuple[Code, ...]]:
    """Every identifier of the tables, by our name of the thing, in the table's order."""
    found: dict[str, list[Code]] = {}
    for code in load_catalog().code_rows:
        found.setdefault(code.subject, []).append(code)
    return {subject: tuple(codes) for subject, codes in found.items()}


def questions_about_suicide() -> frozenset[str]:
    """The `instrument.item` ids that the tables mark as questions about suicide."""
    instruments = load_catalog().instruments.values()
    return frozenset(f"{i.key}.{i.safety_item}" for i in instruments if i.safety_item)
