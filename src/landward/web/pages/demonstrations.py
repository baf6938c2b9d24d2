"""The two doors that need nobody's diary: a fictional person, and a published one."""

import secrets
from pathlib import Path

from landward.app.keep.vault import CHEAPEST, Vault
from landward.app.share import demo as show_demo
from landward.app.share.fictional import DAYS, RETURNS, STILL, WHOSE, Story, fictional_entries
from landward.model.moment import Moment
from landward.model.said import phrase
from landward.web.http.diary_sessions import DiarySession

FICTIONAL = (
    "fictional",
    phrase("Look around"),
    phrase(
        "A fictional person fourteen months into a clonazepam taper, made by our own generator."
    ),
)
FICTIONAL_STILL = (
    "fictional-still",
    phrase("Another fictional person"),
    phrase("On the same way down; feeling has not come back so far. By our own generator."),
)
PUBLISHED = (
    "published",
    phrase("A published diary"),
    phrase("One real person’s answers, published for research and shown with their licence."),
)
PUBLISHED_LABEL = phrase(
    "A published diary, not yours: one person with panic disorder (Jang et "
    "al. 2024, CC BY 4.0). What you write here is thrown away."
)


def fictional_room(
    folder: Path, moment: Moment, days: int = DAYS, story: Story = RETURNS
) -> DiarySession:
    """A vault of its own with the fictional diary up to yesterday, new on every run."""
    path, passphrase = _fresh(folder, "look-around"), secrets.token_urlsafe(24)
    # The passphrase is random and forgotten with this run, so stretching it would only cost time.
    vault, _ = Vault.create(path, passphrase, now=moment.at, cost=CHEAPEST)
    with vault:
        vault.append(fictional_entries(vault, moment, days, story=story))
    return DiarySession("fictional", path, WHOSE, passphrase)


def still_room(folder: Path, moment: Moment, days: int = DAYS) -> DiarySession:
    """As `fictional_room`, for the person whose feeling has not come back so far."""
    made = fictional_room(folder, moment, days, STILL)
    return DiarySession("fictional-still", made.path, STILL.whose, made.passphrase)


def published_room(examples: Path, folder: Path, moment: Moment) -> DiarySession:
    """A vault with the published diary Landward ships. Raises BadInput if it is absent."""
    made = show_demo.build_demo(examples, _fresh(folder, "published"), moment)
    return DiarySession("published", made.vault, PUBLISHED_LABEL, show_demo.PASSPHRASE)


def _fresh(folder: Path, name: str) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{name}-{secrets.token_hex(4)}"
