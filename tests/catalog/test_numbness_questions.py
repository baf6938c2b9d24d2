"""Questions that tell apart what can numb: each rests on rows there are, and asserts nothing."""

from landward.catalog import load_catalog
from landward.model.numbing import OTHERS


def test_every_question_rests_on_rows_there_are() -> None:
    facts = load_catalog()
    assert facts.numbness_questions
    for row in facts.numbness_questions:
        assert row.rests_on, row.id
        for tie in row.rests_on:
            assert tie in facts.rows_by_id, (row.id, tie)
            assert facts.rows_by_id[tie].usable, (row.id, tie)
        assert row.question.endswith("?")


def test_every_question_stands_beside_a_row_of_the_timeline() -> None:
    beside = {row.beside for row in load_catalog().numbness_questions}
    assert beside <= {"medicine", "sleep_loss", "before", "all", *OTHERS}
    assert set(OTHERS) - beside == {"something_else"}
