"""One slip of the pen never turns one drug into another."""

import string

from hypothesis import given
from hypothesis import strategies as st

from landward.catalog import load_catalog
from landward.model.base import BadInput

FACTS = load_catalog()
NAMES = sorted(
    {(drug.name, drug.id) for drug in FACTS.drugs.values()}
    | {(row.name.lower(), row.drug) for row in FACTS.drug_names}
)


@st.composite
def slipped(draw):
    name, drug = draw(st.sampled_from(NAMES))
    place = draw(st.integers(0, len(name) - 1))
    letter = draw(st.sampled_from(string.ascii_lowercase))
    kind = draw(st.sampled_from(["left out", "added", "changed", "swapped"]))
    before, after = name[:place], name[place + 1 :]
    word = {
        "left out": before + after,
        "added": before + letter + name[place:],
        "changed": before + letter + after,
        "swapped": before + after[:1] + name[place] + after[1:],
    }[kind]
    return word, drug


@given(slipped())
def test_a_single_slip_finds_the_drug_or_asks(case):
    word, drug = case
    try:
        found = FACTS.find_drug(word).id
    except BadInput:
        return
    assert found == drug
