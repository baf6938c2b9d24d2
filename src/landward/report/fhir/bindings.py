"""What the resource classes do not check: codes bound to HL7's own lists, and our promises.

fhir.resources knows structure and cardinality but accepts any word where R4 requires one of a list.
"""

from collections.abc import Iterator

from landward.model.base import LandwardError
from landward.report.fhir.parts import SYSTEMS, UCUM, Json

REQUIRED: dict[tuple[str, str], frozenset[str]] = {
    ("Bundle", "type"): frozenset({"collection"}),
    ("Composition", "status"): frozenset({"preliminary"}),
    ("Observation", "status"): frozenset({"final", "amended"}),
    ("MedicationStatement", "status"): frozenset({"completed", "unknown", "not-taken"}),
    ("MedicationRequest", "status"): frozenset({"draft"}),
    ("MedicationRequest", "intent"): frozenset({"proposal"}),
    ("CarePlan", "status"): frozenset({"draft"}),
    ("CarePlan", "intent"): frozenset({"proposal"}),
    ("QuestionnaireResponse", "status"): frozenset({"completed", "amended"}),
    ("AdverseEvent", "actuality"): frozenset({"actual"}),
}
"""Resource and element -> the words we send, a part of those R4 allows; plans are drafts only."""

TIMING = frozenset({"MORN", "NOON", "AFT", "EVE", "NIGHT", "HS"})
UNITS_OF_TIME = frozenset({"d"})
UNITS = frozenset({"mg", "d", "h", "{score}"})
"""The UCUM units we send: of a dose, of a rate's day, of sleep, of an answer in parts."""

DEVICE_NAMES = frozenset({"user-friendly-name"})
HL7 = "http://terminology.hl7.org/CodeSystem/"
ALLOWED_CODES = {
    f"{HL7}observation-category": frozenset({"survey"}),
    f"{HL7}data-absent-reason": frozenset({"asked-declined", "not-applicable"}),
    f"{HL7}provenance-participant-type": frozenset({"author", "assembler"}),
    f"{HL7}list-empty-reason": frozenset({"withheld"}),
}
RESOURCES = frozenset(
    {
        "Patient", "Composition", "Device", "Provenance", "MedicationStatement",
        "MedicationRequest", "CarePlan", "Observation", "QuestionnaireResponse", "AdverseEvent",
    }
)  # fmt: skip
"""No Condition is among them: a diary does not diagnose, and being used to a medicine that was
prescribed is not a disorder. No order is either."""


def check_bundle(bundle: Json) -> None:
    """Raises LandwardError with the first thing that is not as R4 or this project demands."""
    for fault in faults(bundle):
        raise LandwardError(f"the FHIR bundle is not as it must be: {fault}")


def faults(bundle: Json) -> Iterator[str]:
    """Everything that is not as it must be, in words."""
    resources = [entry["resource"] for entry in bundle["entry"]]
    known = {entry["fullUrl"] for entry in bundle["entry"]}
    if len(known) != len(resources):
        yield "two resources share one id"
    for resource in (bundle, *resources):
        kind = resource["resourceType"]
        if resource is not bundle and kind not in RESOURCES:
            yield f"{kind} is not sent from here"
        for (owner, element), words in REQUIRED.items():
            if owner == kind and resource.get(element) not in words:
                yield f"{kind}.{element} is {resource.get(element)!r}"
        if kind == "MedicationRequest" and resource.get("reportedBoolean") is not True:
            yield "MedicationRequest.reportedBoolean is not true"
    for resource in resources:
        yield from _inside(resource, known, resource["resourceType"])


def _inside(value: object, known: set[str], path: str) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _inside(inner, known, path)
        return
    if not isinstance(value, dict):
        return
    system, code = value.get("system"), value.get("code")
    if isinstance(system, str) and system != UCUM:
        allowed = ALLOWED_CODES.get(system)
        if allowed is None and system not in SYSTEMS.values():
            yield f"{path} names the system {system}"
        if allowed is not None and code not in allowed:
            yield f"{path} holds {code!r}, not a word of {system}"
    target = value.get("reference")
    if isinstance(target, str) and target not in known:
        yield f"{path} points to {target}, which is not in the bundle"
    if any(word not in TIMING for word in value.get("when", ())):
        yield f"{path} has a dose time {value['when']!r}"
    if "periodUnit" in value and value["periodUnit"] not in UNITS_OF_TIME:
        yield f"{path} has the unit of time {value['periodUnit']!r}"
    if system == UCUM and code not in UNITS:
        yield f"{path} has the unit {code!r}"
    if path == "Device.deviceName" and value.get("type") not in DEVICE_NAMES:
        yield f"{path}.type is {value.get('type')!r}"
    for key, inner in value.items():
        yield from _inside(inner, known, f"{path}.{key}")
