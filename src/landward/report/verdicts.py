"""The verdicts of the claims ledger in words, in the order of its page, and what each rests on."""

from collections.abc import Mapping
from types import MappingProxyType

from landward.model.knowledge import Verdict
from landward.model.said import phrase

VERDICTS: Mapping[Verdict, str] = MappingProxyType(
    {
        "supported": phrase("Supported"),
        "partly": phrase("Partly supported"),
        "contested": phrase("Contested: good sources disagree"),
        "not_supported": phrase("Not supported as worded"),
        "no_study_found": phrase("No study found: that is about studies, not about you"),
        "not_checkable": phrase("Cannot be checked"),
        "not_checked": phrase("Not looked up yet"),
    }
)
"""How the verdicts read."""

WHY: Mapping[Verdict, str] = MappingProxyType(
    {
        "supported": phrase(
            "A study of people, a guideline or a label says it as worded, and none that we found "
            "says otherwise."
        ),
        "partly": phrase("A narrower form of it is so. The finding says which."),
        "contested": phrase("Two sources that we found disagree."),
        "not_supported": phrase(
            "Sources that we found say otherwise, or the one it names does not say it."
        ),
        "no_study_found": phrase(
            "We looked, and found no study of people. What you feel is not less true for that."
        ),
        "not_checkable": phrase(
            "It is an opinion, a theory or a motive: no study could settle it."
        ),
        "not_checked": phrase("Nobody here has looked yet."),
    }
)
"""Why a claim has its verdict: the one rule that holds for all of them."""
