"""One reading of amounts: what people write on labels and in notes, exact, or refused in words."""

import contextlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landward.model.amounts import as_decimal, exact_text, read_mg, read_number
from landward.model.base import BadInput
from landward.model.large_dose import looks_too_much


@pytest.mark.parametrize(
    ("text", "mg"),
    [
        ("20", "20"), ("20 mg", "20"), ("20MG", "20"), (" 2.5  mg ", "2.5"), ("0,5 mg", "0.5"),
        ("2,5", "2.5"), ("0,125", "0.125"), ("12,75 mg", "12.75"), ("500 micrograms", "0.5"),
        ("500 µg", "0.5"), ("500 μg", "0.5"), ("500mcg", "0.5"), ("62.5 ug", "0.0625"),
        ("½ mg", "0.5"), ("1½ mg", "1.5"), ("1/2 mg", "0.5"), ("1 1/2 mg", "1.5"),
        # a liquid of a stated strength
        ("2.5 mL of 0.4 mg/mL", "1"), ("2,5 ml of 0,4 mg/ml", "1"), ("5 mL of 2 mg/5 mL", "2"),
        ("2 mL (0.4 mg/mL)", "0.8"), ("1 ml of 400 micrograms/ml", "0.4"), ("2mL at 1mg/mL", "2"),
        # tablets and parts of tablets of a stated strength
        ("½ tablet of 5 mg", "2.5"), ("1/2 tablet of 5 mg", "2.5"), ("1½ tablets of 2 mg", "3"),
        ("1 1/2 tablets of 2 mg", "3"), ("half a 5 mg tablet", "2.5"),
        ("half of a 5 mg tablet", "2.5"),
        ("half a tablet of 5 mg", "2.5"), ("a quarter of a 1 mg tablet", "0.25"),
        ("three quarters of a 2 mg tablet", "1.5"), ("one and a half tablets of 2 mg", "3"),
        ("1.5 x 2 mg", "3"), ("1,5 × 2 mg", "3"), ("½ x 0.5 mg", "0.25"),
        ("2 tablets of 5 mg", "10"),
        ("two tablets of 5 mg", "10"), ("a 5 mg tablet", "5"), ("2 tabs (5 mg)", "10"),
        ("3 x 500 micrograms", "1.5"), ("½ tablet of 0,5 mg", "0.25"),
        # drops of a stated size
        ("10 drops of 0.25 mg", "2.5"), ("10 drops of 0.25 mg each", "2.5"),
        ("10 drops, 20 drops = 1 mL of 10 mg/mL", "5"), ("10 drops (1 drop = 0.1 mg)", "1"),
        ("٢٫٥", "2.5"), ("２.５ mg", "2.5"), ("٣", "3"),
        ("10 drops of 10 mg/mL, 20 drops = 1 mL", "5"),
        ("3 drops, 30 drops = 1 ml of 2.5 mg/ml", "0.25"),
    ],
)  # fmt: skip
def test_what_people_write(text: str, mg: str) -> None:
    assert read_mg(text) == Fraction(mg)
    assert as_decimal(read_mg(text)) == Decimal(mg)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("twice a day 5 mg", "not an amount"), ("5 mg twice a day", "not an amount"),
        ("every other day 5 mg", "not an amount"), ("up to 5 mg", "not an amount"),
        ("not 5 mg", "not an amount"), ("5-10 mg", "not a number"), ("~5 mg", "not a number"),
        ("5 mg + 2 mg", "not an amount"), ("1e3", "not a number"), ("2_5", "not a number"),
        ("0x10", "not a number"), ("2٠", "not a number"),
        ("nan", "not an amount"), ("inf mg", "not a number"),
        ("-5", "below zero"), ("0", "is 0"), ("0 mg", "is 0"), ("0 tablets of 5 mg", "is 0"),
        ("½ mL", "a volume"), ("1 1/2 ml", "a volume"), ("½ g", "in grams"), ("1/2 g", "in grams"),
        ("5 g", "in grams"), ("0.5 grams", "in grams"), ("10 mL", "a volume"),
        ("10 millilitres", "a volume"), ("half a tablet", "what strength"),
        ("2 tablets", "what strength"), ("2 tablets 5 mg", "what strength"),
        ("3/2 tablets of 5 mg", "what strength"), ("10 drops", "in a drop"),
        ("10 drops, 0 drops = 1 mL of 10 mg/mL", "in a drop"), ("1,000", "with a point"),
        ("1,000 mg", "with a point"), ("1.000,5", "with a point"), ("1,5,5", "with a point"),
        ("2 5 mg", "not an amount"), ("½", "not a number"),
        ("five", "not an amount"), ("", "not an amount"),
        ("mg", "not a"), ("20000", "more than any dose"), ("3000 x 5 mg", "more than any dose"),
        ("5 mg " * 60, "not an amount"), ("5\u0000", "not a number"),
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_words(text: str, why: str) -> None:
    with pytest.raises(BadInput, match=why) as caught:
        read_mg(text)
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 260


def test_a_refusal_of_words_shows_how_to_write_it() -> None:
    with pytest.raises(BadInput, match="½ tablet of 5 mg"):
        read_mg("twice a day 5 mg")


def test_a_unit_can_be_asked_for_and_zero_allowed() -> None:
    with pytest.raises(BadInput, match="no unit; write “20 mg”"):
        read_mg("20", unit_needed=True)
    with pytest.raises(BadInput, match="no unit; write “0 mg”"):
        read_mg("0", unit_needed=True, zero=True)
    assert read_mg("0 mg", unit_needed=True, zero=True) == read_mg("0.0", zero=True) == 0


def test_a_third_of_a_tablet_is_exact_in_a_plan_and_refused_where_a_decimal_is_kept() -> None:
    assert read_mg("1/3 tablet of 5 mg") == Fraction(5, 3)
    with pytest.raises(BadInput, match="without an end"):
        as_decimal(read_mg("1/3 tablet of 5 mg"))


AMOUNTS = st.integers(1, 9_999_999).map(lambda n: Fraction(n, 1000))


@given(AMOUNTS, st.sampled_from(["", " mg", "mg"]), st.booleans())
def test_every_plain_amount_is_read_back_exactly(mg: Fraction, unit: str, comma: bool) -> None:
    text = exact_text(mg)
    if comma and len(text.partition(".")[2]) != 3:
        text = text.replace(".", ",")
    assert read_mg(text + unit) == mg


@given(st.integers(1, 40), AMOUNTS.filter(lambda mg: mg < 200), st.sampled_from([1, 2, 4]))
def test_parts_of_tablets_are_the_same_in_every_way_of_writing(
    n: int, mg: Fraction, part: int
) -> None:
    strength, wanted = exact_text(mg), Fraction(n, part) * mg
    whole, rest = divmod(n, part)
    mixed = f"{whole} {rest}/{part}" if whole and rest else f"{rest}/{part}" if rest else str(whole)
    decimal = exact_text(Fraction(n, part))
    for text in (f"{mixed} tablets of {strength} mg", f"{decimal} x {strength} mg"):
        assert read_mg(text) == wanted, text
    assert read_mg(f"{decimal} mL of {strength} mg/mL") == wanted
    assert read_mg(f"{n} drops, {part} drops = 1 mL of {strength} mg/mL") == wanted


@given(st.text(max_size=60))
def test_no_text_crashes_the_reader(text: str) -> None:
    with contextlib.suppress(BadInput):
        assert 0 < read_mg(text) <= 10_000
    with contextlib.suppress(BadInput):
        assert read_number(text, "x") > 0


@pytest.mark.parametrize(
    ("amount", "planned", "prescribed", "question"),
    [
        ("125", "1.25", None, "125 mg? Planned is 1.25 mg a day"),
        ("12.5", "1.25", "20", "12.5 mg? Planned is 1.25 mg a day"),
        ("11", None, "5", "11 mg? Prescribed is 5 mg a day"),
        ("2.5", "1.25", None, ""),
        ("2.51", "1.25", None, "2.51 mg? Planned is 1.25 mg a day"),
        ("500", None, None, ""),
        ("500", "0", None, ""),
        ("1", "0", "0.25", "1 mg? Prescribed is 0.25 mg a day"),
    ],
)
def test_an_amount_above_twice_the_usual_is_asked_about(
    amount: str, planned: str | None, prescribed: str | None, question: str
) -> None:
    found = looks_too_much(
        Decimal(amount), *(None if mg is None else Decimal(mg) for mg in (planned, prescribed))
    )
    assert (found.question if found else "") == question
