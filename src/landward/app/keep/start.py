"""Begin a diary: make the vault, write the first facts. Everything but the passphrase may wait."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from landward.app.diary.locked_view import outside_of, save_outside
from landward.app.diary.profile import read_me
from landward.app.diary.setting import pin_fields
from landward.app.keep.passphrase import refuse_weak
from landward.app.write.entry import new_entry
from landward.model.base import Frozen
from landward.model.bodies import Body, Prescription, Profile
from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.cost import Cost


class Beginning(Frozen):
    """What the first page asks. Texts may be empty."""

    drug: str = ""
    own_word: str = ""
    mg_per_day: Decimal | None = None
    times: tuple[str, ...] = ()
    why: str = ""
    before: str = ""
    attempts: str = ""
    country: str = ""
    age_band: str = ""
    symptoms: tuple[str, ...] = ()
    locked_page: str = "plain"


def bodies_of_beginning(said: Beginning, today: dt.date) -> list[Body]:
    """The first entries: the profile, and the prescription if a drug and a dose were given."""
    fields = {
        "country": said.country,
        "age_band": said.age_band,
        "attempts": said.attempts,
        "before": said.before,
        "locked_page": said.locked_page,
        "doses_outside": "yes" if said.locked_page == "named" else "no",
        "setup": today.isoformat(),
        **pin_fields(said.symptoms, {}),
    }
    bodies: list[Body] = [Profile(fields={key: value for key, value in fields.items() if value})]
    if said.drug and said.mg_per_day is not None:
        bodies.append(
            Prescription(
                drug=said.drug.casefold(),
                own_word=said.own_word,
                dose_mg_per_day=said.mg_per_day,
                times=said.times,
                why=said.why,
            )
        )
    return bodies


def start_diary(
    path: Path, passphrase: str, said: Beginning, moment: Moment, *, cost: Cost | None = None
) -> tuple[Vault, tuple[str, ...]]:
    """Make the vault at `path` and write the first facts; returns it open, with its recovery words.

    Raises BadInput where something is there already or the passphrase protects nothing.
    """
    refuse_weak(passphrase, sure=True)
    bodies = bodies_of_beginning(said, moment.today())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    vault, words = Vault.create(path, passphrase, now=moment.at, cost=cost)
    entries = [new_entry(vault, body, moment.today(), moment) for body in bodies]
    vault.append(entries)
    save_outside(path, outside_of(read_me(entries), moment.today()))
    return vault, words
