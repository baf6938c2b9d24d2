"""The few quiet lines a vault has for its person, and only when they are due."""

from datetime import date, datetime

from landward.model.said import phrase
from landward.vault import quiz
from landward.vault.backup import backup_reminder
from landward.vault.vault import Vault


def reminders(vault: Vault, now: datetime, today: date) -> tuple[str, ...]:
    """Recovery words to be asked for again, a backup that grew old; nothing else, and no alarm."""
    said: list[str] = []
    if quiz.due(vault, today) is not None:
        said.append(
            phrase(
                "Are the recovery words where you can find them? `landward vault "
                'remember "{path}"` asks for two.',
                path=vault.path,
            )
        )
    if line := backup_reminder(vault, now=now):
        said.append(line)
    return tuple(said)
