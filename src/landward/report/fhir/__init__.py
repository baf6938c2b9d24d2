"""A diary as an HL7 FHIR R4 bundle: what a clinic can take in, and nothing it could mistake.

Nothing here is an order, a diagnosis or a cause. Free words never leave the vault.
"""

from landward.report.fhir.bundle import diary_bundle
from landward.report.fhir.request import FhirRequest

__all__ = ["FhirRequest", "diary_bundle"]
