from datetime import timedelta

from landward.vault import Vault, quiz
from landward.vault.checking import check_vault
from landward.vault.reminders import reminders
from tests.vault.conftest import NOW, make_entry


def test_nothing_is_said_on_the_first_day(vault: Vault) -> None:
    assert reminders(vault, NOW, NOW.date()) == ()


def test_the_words_are_asked_for_until_they_were_given(vault: Vault) -> None:
    later = NOW + timedelta(days=1)
    (line,) = reminders(vault, later, later.date())
    assert "landward vault remember" in line
    vault.remember(quiz.FACT, None)
    assert reminders(vault, later, later.date()) == ()


def test_an_old_backup_is_one_quiet_line_and_in_the_check(vault: Vault) -> None:
    vault.remember(quiz.FACT, None)
    vault.append([make_entry(1)])
    later = NOW + timedelta(days=20)
    (line,) = reminders(vault, later, later.date())
    assert line == "There is no backup yet: `landward vault backup FILE` makes one."
    assert check_vault(vault, now=later).remarks == (line,)
