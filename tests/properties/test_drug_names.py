"""One slip of the pen never turns one drug into another."""

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from landward.catalog import load_catalog
from landward.catalog.names import fold, slips
from landward.model.base import BadInput

FACTS = load_catalog()
NAMES = sorted(
    {(drug.name, drug.id) for drug in (*FACTS.drugs.values(), *FACTS.other_drugs.values())}
    | {(row.name.lower(), row.drug) for row in FACTS.drug_names if row.kind != "combination"}
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


EXACT = {fold(name): drug for name, drug in NAMES}


@settings(deadline=None)  # a slow machine fails no test
@given(slipped())
def test_a_single_slip_finds_the_drug_or_asks(case):
    word, drug = case
    try:
        found = FACTS.find_drug(word).id
    except BadInput:
        return
    # a slip may hit another name to the letter (Xanor, Xanax): then that is what was written
    assert found == EXACT.get(fold(word), drug)


@settings(deadline=None)  # a slow machine fails no test
@given(st.sampled_from([name for name, _ in NAMES]))
def test_every_name_of_the_tables_means_itself(name):
    reading = FACTS.read_name(name)
    assert reading.kind in {"drug", "no_figures"}
    assert reading.drug == EXACT[fold(name)]


@settings(deadline=None)  # a slow machine fails no test
@given(st.text(string.ascii_lowercase, min_size=1, max_size=14))
def test_a_word_that_is_near_nothing_is_nothing(word):
    reading = FACTS.read_name(word)
    if reading.kind == "drug":
        assert any(slips(fold(word), name, 2) <= 2 for name in EXACT)
