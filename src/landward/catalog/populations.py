"""Whom a kinetic claim is about: a span "for adults" leaves out illness and old age."""

from landward.model.drugs import KineticClaim

_OTHER_PEOPLE = (
    "older",
    "over 65",
    "kidney failure",
    "cirrhosis",
    "matched for age",
)


def about_adults(claim: KineticClaim) -> bool:
    """Whether a claim belongs in a span about adults; the others stand beside it in the table."""
    return not any(word in claim.population for word in _OTHER_PEOPLE)
