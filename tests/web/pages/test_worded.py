"""A diary answered in words, 0 to 4 and mostly “none”: its own reading comes out of every door."""

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest
from tests.web.app_here import EVENING, PASSPHRASE, TODAY, AppHere

from landward.app.write.entry import new_entry
from landward.cli.main import run
from landward.engines.patterns import read_waves
from landward.engines.patterns.recent import TOO_EARLY_DAYS
from landward.model.bodies import CheckIn, Profile
from landward.vault import Vault

DAYS = 150
FIRST = TODAY - dt.timedelta(days=DAYS - 1)
WAVES = ((40, 54), (100, 112))
WORDS = "0..4 better down"


def worded_days() -> np.ndarray:
    """(days,) more than half “none”, none of it a window; two waves of two weeks."""
    rng = np.random.default_rng(18)
    latent = rng.normal(0.2, 0.6, DAYS)
    for start, end in WAVES:
        latent[start:end] += 2.2
    return np.clip(np.round(latent), 0, 4)


@pytest.fixture
def here(tmp_path: Path):
    app = AppHere(tmp_path)
    with Vault.open(app.path, PASSPHRASE, now=EVENING.at) as vault:
        bodies = [
            CheckIn(asked=("anxiety",), answers={"anxiety": float(hard)}, scales={"anxiety": WORDS})
            for hard in worded_days()
        ]
        vault.append(
            [new_entry(vault, Profile(fields={"spells": "on"}), TODAY, EVENING)]
            + [
                new_entry(vault, body, FIRST + dt.timedelta(days=day), EVENING)
                for day, body in enumerate(bodies)
            ]
        )
    with app:
        app.unlock()
        yield app


def test_the_worded_reading_reaches_terminal_and_page(
    here: AppHere, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hard = worded_days()
    assert np.mean(hard == 0) > 0.5
    wanted = [str(day.state) for day in read_waves(hard, scale=(0, 4)).days][:-TOO_EARLY_DAYS]
    assert "window" not in wanted
    assert wanted != [str(d.state) for d in read_waves(hard).days][:-TOO_EARLY_DAYS]

    page = here.browser.get("/journey?zoom=all").text
    journey = page.split("<h2>Spells</h2>", 1)[1].split("</ul>", 1)[0]
    assert journey.count("Wave, ") == len(WAVES)
    assert "Window" not in journey
    assert ">window</li>" not in page
    here.lock()

    monkeypatch.setenv("LANDWARD_PASSPHRASE", PASSPHRASE)
    capsys.readouterr()
    assert run(["waves", "--vault", str(here.path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [day["state"] for day in found["days"]][:-TOO_EARLY_DAYS] == wanted
    assert {spell["state"] for spell in found["spells"]} == {"wave"}
    waves = [(FIRST + dt.timedelta(days=a)).isoformat() for a, _ in WAVES]
    for spell, true in zip(found["spells"], waves, strict=True):
        low, high = spell["start_interval"]
        assert low <= true <= high, (spell, true)
