from datetime import timedelta
from pathlib import Path

import pytest

from landward.vault import Vault, quiz
from landward.vault.cost import CHEAPEST
from tests.vault.conftest import NOW, PASSPHRASE

DAY = NOW.date()


@pytest.mark.parametrize("wrong", [0, 1])
def test_one_wrong_word_of_the_two_is_told_by_its_place(path: Path, wrong: int) -> None:
    vault, shown = Vault.create(path, PASSPHRASE, now=NOW, cost=CHEAPEST)
    with vault:
        places = quiz.due(vault, DAY + timedelta(days=1))
        assert places is not None
        typed = [shown[place - 1] for place in places]
        typed[wrong] = "lighthouses"
        assert quiz.not_right(vault, tuple(typed)) == (places[wrong],)
        assert quiz.not_right(vault, ()) == places
        assert not quiz.answer(vault, tuple(typed))
        assert quiz.due(vault, DAY + timedelta(days=1)) == places  # asked for still


def test_the_words_are_asked_for_on_the_first_and_the_seventh_day_not_before(path: Path) -> None:
    vault, shown = Vault.create(path, PASSPHRASE, now=NOW, cost=CHEAPEST)
    asked: list[int] = []
    with vault:
        for days in range(10):
            day = DAY + timedelta(days=days)
            if places := quiz.due(vault, day):
                assert quiz.next_on(vault) == day
                asked.append(days)
                assert quiz.answer(vault, tuple(shown[place - 1] for place in places))
        assert asked == [1, 7] and quiz.next_on(vault) is None
