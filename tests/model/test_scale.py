import pytest
from hypothesis import given
from hypothesis import strategies as st

from landward.model.base import BadInput
from landward.model.scale import DAY, Scale


@pytest.mark.parametrize(
    "text", ["0..10 better down", "-3..3 better up", "0..4 better up", "1..7 better down"]
)
def test_a_scale_reads_back_as_it_was_written(text: str) -> None:
    assert str(Scale.parse(text)) == text


@pytest.mark.parametrize("text", ["", "0-10", "10..0 better down", "0..10 better sideways", "a..b"])
def test_what_is_no_scale_is_refused(text: str) -> None:
    with pytest.raises((BadInput, ValueError)):
        Scale.parse(text)


@given(st.floats(allow_nan=False))
def test_a_scale_holds_exactly_what_lies_between_its_ends(value: float) -> None:
    assert DAY.holds(value) == (0 <= value <= 10)
