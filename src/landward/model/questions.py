"""The words of an answer, in one place: the same in the app, on the phone's page, on paper."""

from collections.abc import Mapping
from types import MappingProxyType

SEVERITY_WORDS = ("none", "mild", "moderate", "severe", "extreme")
"""A symptom, 0 to 4."""

FEELING_WORDS = ("not at all", "a little", "partly", "mostly", "fully")
"""How far a feeling reached me, 0 to 4."""

DAY_ENDS: Mapping[int, str] = MappingProxyType({0: "no trouble", 5: "hard", 10: "the worst"})
"""How hard the day was, 0 to 10: the words beside some of the numbers."""

SPECIAL_ANSWERS: Mapping[str, str] = MappingProxyType(
    {"too_much": "too much", "no_occasion": "no occasion"}
)
"""Answers in words, beside the numbers, by how they are stored."""
