"""Red flags, incidents, driving: stated, sorted by urgency, with the number to call."""

import pytest

from landward.catalog import load_catalog
from landward.engines.safety import driving_notes, incident_steps, read_red_flags
from landward.model.base import BadInput

FACTS = load_catalog()


def test_the_most_urgent_comes_first():
    reading = read_red_flags(
        ["mania_sleep_loss", "ran_out", "flag.seizure"], FACTS.red_flags, "112"
    )
    assert reading.urgency == "emergency"
    assert [f.rule for f in reading.findings] == [
        "flag.seizure", "flag.ran_out", "flag.mania_sleep_loss",
    ]  # fmt: skip
    assert "Call 112 now" in reading.findings[0].plain
    assert reading.findings[0].source == ("ASAM-2025", "FDA-2020-DSC")


def test_nothing_stated_is_not_the_all_clear():
    reading = read_red_flags([], FACTS.red_flags)
    assert reading.urgency is None and reading.findings == ()
    assert "not the same as none being there" in reading.plain


def test_what_no_rule_knows_is_handed_back_and_each_fires_once():
    reading = read_red_flags(["ran_out", "ran_out", "hiccups"], FACTS.red_flags)
    assert len(reading.findings) == 1
    assert reading.unknown == ("hiccups",)


@pytest.mark.parametrize("flag", FACTS.red_flags, ids=lambda flag: flag.id)
def test_no_placeholder_reaches_a_person(flag):
    (finding,) = read_red_flags([flag.id], FACTS.red_flags).findings
    assert "{" not in finding.plain
    assert (flag.level == "emergency") == (
        "emergency" in read_red_flags([flag.id], FACTS.red_flags).plain
    )


@pytest.mark.parametrize("incident", ["ran_out", "vomited_doses", "took_extra", "mixed_alcohol"])
def test_each_incident_of_the_brief_has_sourced_steps_in_order(incident):
    reading = incident_steps(incident, FACTS.incident_steps, "999")
    assert [f.rule for f in reading.steps] == [
        f"inc.{incident}.{n}" for n in range(1, len(reading.steps) + 1)
    ]
    assert all(f.source and "{" not in f.plain for f in reading.steps)
    assert any("999" in f.plain for f in reading.steps)
    assert "Do not stop suddenly" in reading.reminder


def test_an_unknown_incident_names_those_there_are():
    with pytest.raises(BadInput, match="ran_out"):
        incident_steps("ran out", FACTS.incident_steps)


def test_driving_goes_from_general_to_the_limit_of_one_drug():
    # England and Wales since 2015: 550 µg/L for diazepam (PHARMACIST-DRIVE)
    notes = driving_notes(FACTS.driving_facts, country="gb", drug="diazepam")
    assert notes[0].rule == "drive.general.sleepy"
    assert notes[-1].plain.endswith("diazepam 550 µg/L.")
    elsewhere = driving_notes(FACTS.driving_facts, country="NZ", drug="diazepam")
    assert {note.rule.split(".")[1] for note in elsewhere} == {"general"}
