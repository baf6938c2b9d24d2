"""Check digits of other systems, on published examples and on slips of them."""

import pytest

from landward.catalog.check_digits import code_fault, mod10_holds, unii_holds, verhoeff_holds


@pytest.mark.parametrize(
    "code",
    # 73211009 diabetes mellitus, 404684003 clinical finding: SNOMED CT's own examples;
    # 2363 is Verhoeff's textbook example (236 with check digit 3)
    ["73211009", "404684003", "2363"],
)
def test_verhoeff_of_published_numbers(code):
    assert verhoeff_holds(code)
    for place in range(len(code) - 1):
        slip = f"{code[:place]}{(int(code[place]) + 1) % 10}{code[place + 1 :]}"
        swap = f"{code[:place]}{code[place + 1]}{code[place]}{code[place + 2 :]}"
        assert not verhoeff_holds(slip)
        assert swap == code or not verhoeff_holds(swap)


@pytest.mark.parametrize("code", ["44261-6", "70274-6", "44249-1", "8867-4", "718-7"])
def test_loinc_of_published_codes(code):
    # 8867-4 heart rate and 718-7 haemoglobin are LOINC's best-known codes
    assert mod10_holds(code)
    digits, check = code.split("-")
    assert not mod10_holds(f"{digits}-{(int(check) + 1) % 10}")


def test_unii_of_published_substances():
    assert unii_holds("R16CO5Y76E")  # aspirin
    assert unii_holds("Q3JTX2Q7TU")  # diazepam
    assert not unii_holds("Q3JTX2Q7UT")


@pytest.mark.parametrize(
    ("system", "code", "part"),
    [
        ("MeSH", "D003975", "not a system we know"),
        ("ATC", "N05BA1", "does not look like"),
        ("RxNorm", "0596", "does not look like"),
        ("ICD-10-CM", "f13.20", "does not look like"),
        ("LOINC", "44261", "does not look like"),
    ],
)
def test_what_is_wrong_is_said(system, code, part):
    assert part in code_fault(system, code)


@pytest.mark.parametrize(
    ("system", "code"),
    [("ATC", "N05BA01"), ("ICD-10-CM", "T42.4X5A"), ("ICD-11", "6C44.13"), ("LOINC", "LA6568-5")],
)
def test_sound_codes_have_no_fault(system, code):
    assert code_fault(system, code) == ""
