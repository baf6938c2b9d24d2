"""The words people read: kind, plain, and never an order or an amount to take."""

import re

import pytest

from landward.catalog import load_catalog

FACTS = load_catalog()
AVOID = re.compile(
    r"relaps|fail|\bclean\b|complian|detox|brain damage|recovery date|caused by|addict|abuse",
    re.IGNORECASE,
)
READ_BY_PEOPLE = [
    *((row.id, f"{row.statement} {row.action}") for row in FACTS.red_flags),
    *((row.id, f"{row.question} {row.why}") for row in FACTS.supervision_questions),
    *((row.id, row.plain) for row in FACTS.incident_steps),
    *((row.id, row.plain) for row in FACTS.dependence_rules),
    *((row.id, row.plain) for row in FACTS.driving_facts),
    *((row.id, row.plain) for row in FACTS.interactions),
    *((rule.id, rule.plain) for rule in FACTS.guideline_rules()),
    *((drug.id, drug.plan_reason) for drug in FACTS.drugs.values()),
    *((item.id, item.text) for item in FACTS.instrument("feelings").items),
]


@pytest.mark.parametrize(("row", "text"), READ_BY_PEOPLE, ids=[row for row, _ in READ_BY_PEOPLE])
def test_words_do_not_hurt_and_sentences_are_short(row, text):
    assert not AVOID.search(text), text
    longest = max((len(part.split()) for part in re.split(r"[.:;?!]", text)), default=0)
    assert longest <= 32, text


@pytest.mark.parametrize("row", [*FACTS.red_flags, *FACTS.incident_steps], ids=lambda row: row.id)
def test_no_step_names_an_amount_to_take(row):
    text = getattr(row, "action", "") or row.plain
    assert not re.search(r"\d+(\.\d+)?\s*(mg|mcg|ml|tablet)", text, re.IGNORECASE)


def test_every_guideline_says_what_was_read_of_it():
    for guideline in FACTS.guidelines:
        assert guideline.note, guideline.key
