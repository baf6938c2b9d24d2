"""What is taken beside a drug, by the names on the box."""

import pytest

from landward.catalog import load_catalog
from landward.engines.safety import partner_words, screen_interactions

FACTS = load_catalog()
SEDATIVES = [*FACTS.drugs, *(row.name for row in FACTS.drug_names)]
WORDS = partner_words(FACTS.interaction_words, SEDATIVES)


def screen(drug, *beside):
    return screen_interactions(drug, beside, FACTS.interactions, WORDS)


@pytest.mark.parametrize(
    ("drug", "beside", "rule"),
    [
        ("diazepam", "Oxycodone", "ix.opioids"),
        ("diazepam", " beer ", "ix.alcohol"),
        ("lorazepam", "Valium", "ix.sedatives"),
        ("alprazolam", "ketoconazole", "ix.alprazolam.azoles"),
        ("diazepam", "Carbamazepine", "ix.diazepam.carbamazepine"),
        ("bromazepam", "cimetidine", "ix.bromazepam.cimetidine"),
        ("temazepam", "pregnancy", "ix.pregnancy"),
    ],
)
def test_names_on_the_box_find_their_rule(drug, beside, rule):
    reading = screen(drug, beside)
    assert rule in {finding.rule for finding in reading.findings}
    assert reading.unknown == ()
    assert all(finding.source for finding in reading.findings)


def test_dangers_stand_first():
    reading = screen("diazepam", "omeprazole", "alcohol")
    assert [finding.rule for finding in reading.findings] == [
        "ix.alcohol",
        "ix.diazepam.omeprazole",
    ]


def test_a_rule_for_one_drug_says_nothing_about_another():
    # omeprazole slows diazepam; of lorazepam the tables say nothing, which is not “safe”
    reading = screen("lorazepam", "omeprazole")
    assert reading.findings == ()
    assert reading.unknown == ("omeprazole",)
    assert "does not mean it is safe" in reading.plain


def test_no_change_is_told_as_a_finding_not_as_silence():
    (finding,) = screen("oxazepam", "cimetidine").findings
    assert finding.rule == "ix.oxazepam.cimetidine"


def test_the_drug_itself_beside_itself_is_not_unknown():
    assert screen("diazepam", "diazepam").unknown == ()


def test_nothing_beside_it_gives_nothing():
    reading = screen("diazepam")
    assert reading.findings == () and reading.unknown == ()
