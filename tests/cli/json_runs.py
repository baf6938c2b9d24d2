"""Every command that prints JSON, run on one small diary: what the schemas are held against."""

import json
import secrets
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np

from landward.app.share.cohort_make import make_cohort
from landward.app.together.host import refused
from landward.cli import together
from landward.cli.main import run
from landward.engines.cohort.made_up import Truth
from landward.model.bodies import Body, CheckIn, DoseTaken, Event, Feelings, Prescription, UserLabel
from landward.model.moment import Moment
from landward.relay.invitations import new_code
from landward.relay.local import LocalHost
from landward.relay.store import Store, create
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from making import entry

FIRST = date(2026, 1, 1)
STUDY = Path(__file__).parents[2] / "examples" / "studies" / "first-study.toml"
PRODUCTS = "tab 2 half, tab 5, liquid 0.4 mg/mL mark 0.1 mL"
PLAN = ("plan", "--drug", "diazepam", "--dose", "5", "--method", "percent-current", "--rate", "10",
        "--every", "14d", "--products", PRODUCTS, "--start", "2026-01-05")  # fmt: skip

RUNS: dict[str, tuple[tuple[str, ...], ...]] = {
    "doses": (("doses", "--vault", "V"), ("doses", "--vault", "V", "--until", "2026-01-02")),
    "waves": (("waves", "--vault", "V"), ("waves", "--vault", "V", "--item", "insomnia")),
    "lag": (("lag", "--vault", "V"),),
    "course": (("course", "--vault", "V"),),
    "helped": (("helped", "--vault", "V"),),
    "feelings": (("feelings", "--vault", "V"),),
    "plan": (
        PLAN,
        (*PLAN, "--finish", "smallest-step"),
        ("plan", "schedule", "nice-cks"),
    ),
    "supply": (("supply", "PLAN"),),
    "crossover": (
        ("crossover", "--drug", "lorazepam", "--doses", "morning 1 mg, night 1 mg", "--products",
         "tab 2 half, tab 5", "--equals", "1 mg = 10 mg", "--start", "2026-01-05"),
        ("crossover", "--drug", "lorazepam", "--doses", "night 1 mg", "--products", "tab 5",
         "--start", "2026-01-05"),
    ),
    "level": (("level", "--drug", "diazepam", "--dose", "10 mg nightly x 28"),),
    "lab-list": (("lab", "--list"),),
    "lab": (("lab", "abrupt-stop-lorazepam", "--people", "40"),),
    "library-list": (("library", "list"),),
    "library-read": (("library", "read", "suicide"), ("library", "read", "does", "it", "last")),
    "library-claims": (("library", "claims"),),
    "library-sure": (("library", "sure"),),
    "facts-check": (("facts", "check"),),
    "facts-show": (("facts", "show", "diazepam"), ("facts", "show", "zopiclone")),
    "facts-cite": (("facts", "cite", "ASAM-2025"), ("facts", "cite", "eq.clonazepam.ashton2002")),
    "facts-search": (("facts", "search", "brain", "zaps"),),
    "crisis": (("crisis", "GB"),),
    "vault-check": (("vault", "check", "V"),),
    "vault-waiting": (("vault", "waiting", "V"),),
    "vault-keys": (("vault", "keys", "V"),),
    "settings": (("settings", "--vault", "V"),),
    "relay-sync": (
        ("relay", "join", "https://relay.example", "CODE", "--name", "desk", "--yes",
         "--vault", "V"),
        ("relay", "sync", "--vault", "V"),
    ),
    "relay-devices": (("relay", "devices", "--vault", "V"),),
    "relay-phone-list": (("relay", "phone", "list", "--vault", "V"),),
    "give": (("give", "STUDY", "--vault", "V", "-o", "GIFT"),),
    "cohort-check": (("cohort", "check", "COHORT"),),
    "cohort-run": (("cohort", "run", "STUDY", "--data", "COHORT"),),
}  # fmt: skip
"""Schema name -> the command lines whose output it describes. V is the diary, PLAN a plan file,
COHORT made-up people, STUDY a study of them, GIFT a file to write.
"""


def bodies(rng: np.random.Generator) -> list[tuple[date, Body]]:
    """Four months: a wave, a gap, a cut, tags, weekly statements, an own label."""
    said: list[tuple[date, Body]] = [
        (FIRST, Prescription(drug="diazepam", dose_mg_per_day=Decimal(10), supply_mg=Decimal(400)))
    ]
    for day in range(120):
        if 80 <= day < 84:
            continue
        on = FIRST + timedelta(days=day)
        hard = int(np.clip(round(5 + rng.normal(0, 0.7) + 3 * (50 <= day < 62)), 0, 10))
        asked = ("day", "insomnia", "pleasant", "painful")
        no_occasion = ("pleasant",) if day % 9 == 0 else ()
        answers = {
            "day": hard,
            "insomnia": hard // 3,
            "pleasant": day % 3,
            "painful": (day + 1) % 3,
        }
        answers = {item: value for item, value in answers.items() if item not in no_occasion}
        scales = {"day": "0..10 better down", "insomnia": "0..4 better down",
                  "pleasant": "0..4 better up", "painful": "0..4 better up"}  # fmt: skip
        said.append((on, CheckIn(
            asked=asked,
            answers=answers,
            scales={item: scales[item] for item in answers},
            no_occasion=no_occasion,
            tags=("walk",) if day % 4 == 0 else (),
        )))  # fmt: skip
        dose = Decimal(10) if day < 60 else Decimal(9)
        said.append((on, DoseTaken(drug="diazepam", dose_mg=dose, day_total=True)))
        if day % 7 == 0:
            said.append((on, Feelings(
                asked=("joy",), answers={"joy": 1 + day % 3}, scales={"joy": "0..4 better up"}
            )))  # fmt: skip
            said.append((on, Event(what="visit", valence=1)))
    until = FIRST + timedelta(days=58)
    said.append((FIRST + timedelta(days=50),
                 UserLabel(label="wave", until=until, helped="rest")))  # fmt: skip
    return said


def small_vault(folder: Path, moment: Moment) -> Path:
    """The diary on disk, opened by the passphrase “pw”."""
    vault, _ = Vault.create(folder / "v", "pw", now=moment.at, cost=CHEAPEST)
    entries = [
        entry(body, day, key=str(number))
        for number, (day, body) in enumerate(bodies(np.random.default_rng(1)))
    ]
    vault.append(entries)
    vault.lock()
    return folder / "v"


def relay_here(folder: Path) -> str:
    """From now on every address is a relay in `folder`; an invitation to it."""
    create(folder, 1)
    store = Store(folder)
    together.dial = lambda _: LocalHost(store, refusal=refused)  # type: ignore[assignment]
    code = new_code(secrets.token_bytes)
    store.invite(code)
    return code


def outputs(name: str, vault: Path, plan: Path, out: Callable[[], str]) -> list[object]:
    """What every command line of one schema printed. `out` gives stdout since it was last asked."""
    found = []
    there = {"V": vault, "PLAN": plan, "COHORT": vault.parent / "made-up",
             "GIFT": vault.parent / "gift.json", "STUDY": STUDY}  # fmt: skip
    if name.startswith("cohort") and not there["COHORT"].exists():
        make_cohort(80, 1, there["COHORT"], truth=Truth(weeks=26))
    if name == "relay-sync":
        there["CODE"] = relay_here(vault.parent / "relay")
    for words in RUNS[name]:
        arguments = [str(there.get(word, word)) for word in words]
        out()
        assert run([*arguments, "--json"]) == 0, arguments
        found.append(json.loads(out()))
    return found
