"""What is to be sent of a diary, and the handful of things every part of the bundle needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from landward.model.diary import Diary
from landward.model.entries import Entry
from landward.model.medicines import MedicineRecord, medicine_record
from landward.report.fhir.parts import Codes, Json, concept, reference


@dataclass(frozen=True, slots=True)
class FhirRequest:
    """What to send of a diary, and the moment the bundle is made at (with its zone).

    `patient_key` stands for the person and nothing else, and is the same for every bundle of one
    journal: two people must never share it. `names` gives items their words and `codes` their
    identifiers elsewhere; `left_out` are answers to questionnaires (`instrument.item`) that are
    not sent.
    """

    first_day: date
    last_day: date
    made_at: datetime
    version: str
    patient_key: str
    names: Mapping[str, str] = field(default_factory=dict)
    codes: Codes = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()
    share_suicidal_thoughts: bool = False
    withheld: str = ""
    """What stays away from this reader by choice, in words; the bundle says so."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A diary on its way: the journal's fold, the patient it is about, and what was asked for."""

    diary: Diary
    patient: Json
    asked: FhirRequest
    medicines: MedicineRecord = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Read the medicine record once."""
        object.__setattr__(self, "medicines", medicine_record(self.diary.lines))

    @property
    def who(self) -> Json:
        """A reference to the patient, who is subject, performer and author of everything here."""
        return reference(self.patient)

    def holds(self, day: date) -> bool:
        """Whether a day is in the period asked for."""
        return self.asked.first_day <= day <= self.asked.last_day

    def words(self, item: str) -> str:
        """What an item is called."""
        return self.asked.names.get(item, item.rsplit(":", 1)[-1].replace("_", " "))

    def concept(self, text: str, subject: str, *kinds: str) -> Json:
        """Words for a thing with its identifiers elsewhere, limited to kinds of subject."""
        return concept(text, subject, self.asked.codes, *kinds)


def written_at(entry: Entry) -> str:
    """When an entry was written, as a FHIR instant."""
    return instant(entry.recorded_at)


def instant(moment: datetime) -> str:
    """A moment to the second, with its zone."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
