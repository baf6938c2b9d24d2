"""Shapes and check digits of identifiers of other systems: a slip of one digit is found."""

import re
from collections.abc import Callable

from landward.model.said import phrase

_VERHOEFF_TIMES = (
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210",
)  # fmt: skip
_VERHOEFF_TURN = (
    "0123456789", "1576283094", "5803796142", "8916043527",
    "9453126870", "4286573901", "2793806415", "7046913258",
)  # fmt: skip
_UNII = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def verhoeff_holds(digits: str) -> bool:
    """Whether a number ends in its Verhoeff check digit (SNOMED CT identifiers)."""
    state = 0
    for place, digit in enumerate(reversed(digits)):
        turned = int(_VERHOEFF_TURN[place % 8][int(digit)])
        state = int(_VERHOEFF_TIMES[state][turned])
    return state == 0


def mod10_holds(code: str) -> bool:
    """Whether ``12345-6`` ends in its mod-10 check digit; answers (``LA…``) have another one."""
    if code.startswith("LA"):
        return True
    digits, check = code.split("-")
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += doubled - 9 if doubled > 9 else doubled
    return (10 - total % 10) % 10 == int(check)


def unii_holds(code: str) -> bool:
    """Whether the last of ten characters is the sum of the other nine modulo 36 (FDA UNII)."""
    return _UNII[sum(_UNII.index(letter) for letter in code[:9]) % 36] == code[9]


def _always(_: str) -> bool:
    return True


SYSTEMS: dict[str, tuple[re.Pattern[str], Callable[[str], bool]]] = {
    "ATC": (re.compile(r"[A-Z]\d\d[A-Z]{2}\d\d"), _always),
    "UNII": (re.compile(r"[0-9A-Z]{10}"), unii_holds),
    "RxNorm": (re.compile(r"[1-9]\d{1,7}"), _always),
    "HPO": (re.compile(r"HP:\d{7}"), _always),
    "SYMP": (re.compile(r"SYMP:\d{7}"), _always),
    "SNOMED CT": (re.compile(r"[1-9]\d{5,17}"), verhoeff_holds),
    "LOINC": (re.compile(r"LA\d{1,7}-\d|\d{1,7}-\d"), mod10_holds),
    "ICD-10-CM": (re.compile(r"[A-Z]\d[0-9A-Z](\.[0-9A-Z]{1,4})?"), _always),
    "ICD-10": (re.compile(r"[A-Z]\d\d(\.\d)?"), _always),
    "ICD-11": (re.compile(r"[0-9A-Z]{4}(\.[0-9A-Z]{1,2})?"), _always),
}
"""Every system we hold codes of: the shape of its codes, and its check digit if it has one."""


def code_fault(system: str, code: str) -> str:
    """What is wrong with a code, or an empty text."""
    if system not in SYSTEMS:
        return phrase("“{system}” is not a system we know", system=system)
    shape, holds = SYSTEMS[system]
    if not shape.fullmatch(code):
        return phrase("“{code}” does not look like a code of {system}", code=code, system=system)
    if not holds(code):
        return phrase("the check digit of {system} {code} is wrong", system=system, code=code)
    return ""
