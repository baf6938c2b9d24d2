"""Lines forged from the model's own schema: a share of `benchmarks/vault/forged.py`."""

import datetime as dt
from pathlib import Path

import pytest

from landward.app.keep.waiting import answer, lines_waiting
from landward.app.share.fictional import fictional_entries
from landward.model.bodies import KINDS
from landward.model.entries import Entry
from landward.model.journal import standing
from landward.vault import Vault, asking
from landward.vault.validate import is_fit, refuse_unbounded
from tests.vault.conftest import NOW, make_entry, make_vault, reopen
from tests.vault.test_asking import forge
from tests.web import app_here
from tests.web.app_here import EVENING, TODAY, AppHere

BENCH = Path(__file__).parents[2] / "benchmarks" / "vault"
LINES = 600


@pytest.fixture
def forging(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(BENCH))
    import forging

    return forging


def test_forged_lines_of_every_kind_break_no_page_and_act_on_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, forging
) -> None:
    import forged

    app = AppHere(tmp_path)
    with Vault.open(app.path, app_here.PASSPHRASE, now=EVENING.at) as vault:
        vault.append(fictional_entries(vault, EVENING, 40))
        mine = tuple(entry.id for entry in standing(vault.entries()).entries)
    monkeypatch.setattr(forged, "PASSPHRASE", app_here.PASSPHRASE)
    before = forged.what_acts(app.path, mine, EVENING)
    forging.leave(app.path, forging.lines(LINES, TODAY, known=mine))
    app.unlock()
    assert forged.what_acts(app.path, mine, EVENING) == before
    assert app.room.diary is not None
    vault = app.room.diary.vault
    came = {entry.kind for entry in vault.entries() if entry.id not in mine}
    waits = lines_waiting(vault)
    assert came | {one.kind for one in waits} >= set(KINDS)
    assert len(waits) > 40
    let_in = 0
    for pages in (
        forged.addresses(TODAY),
        ["/today", "/journey", "/doses", "/report", "/settings"],
    ):
        for address in pages:
            assert app.browser.get(address).status_code < 500, address
        for one in waits if not let_in else ():  # and a yes to all of them breaks nothing either
            answer(vault, let_in=one.id)
            let_in += 1


def test_a_forger_makes_every_kind_sound_and_hostile(forging) -> None:
    fit: dict[str, set[bool]] = {}
    for line in forging.lines(800, NOW.date()):
        try:
            entry = Entry.from_line(line)
        except (ValueError, RecursionError, OverflowError):
            continue
        fit.setdefault(entry.kind, set()).add(is_fit(entry))
    assert {kind for kind, seen in fit.items() if seen == {True, False}} >= set(KINDS)


ANOTHER_SCALE = {"asked": ["day"], "answers": {"day": 3}, "scales": {"day": "0..4 better up"}}


def test_a_sealed_answer_on_another_scale_waits(path: Path) -> None:
    """One such line left every reading of that question without a scale, and so without a page."""
    make_vault(path).lock()
    forge(path, make_entry(1, kind="check_in", says=ANOTHER_SCALE, version=1))
    own = ANOTHER_SCALE | {"scales": {"day": "0..10 better down"}}
    forge(path, make_entry(2, kind="check_in", says=own, version=1))
    with reopen(path) as vault:
        assert [entry.seq for entry in vault.entries()] == [2]
        (one,) = lines_waiting(vault)
        assert one.why == "it answers on a scale this diary does not ask on"


def test_what_can_never_be_let_in_is_set_aside_and_does_not_wait(path: Path) -> None:
    make_vault(path).lock()
    far = dt.date(2199, 12, 31)
    forge(path, make_entry(1, date=far, recorded_at=dt.datetime(2199, 12, 31, tzinfo=dt.UTC)))
    forge(path, make_entry(2, date=NOW.date() + dt.timedelta(days=300)))
    with reopen(path) as vault:
        (one,) = asking.waiting(vault)
        assert one.entry.seq == 2
        asking.let_in(vault, one.entry.id)
        assert "1 sealed entry could not be read" in " ".join(vault.notices)


def test_brackets_in_a_note_are_words() -> None:
    refuse_unbounded('{"text":"' + "[{" * 400 + '\\"[[["}', amounts=False)
    with pytest.raises(ValueError, match="nested too deeply"):
        refuse_unbounded('{"text":' + "[" * 33 + "]" * 33 + "}", amounts=False)


@pytest.mark.parametrize("number", ["9" * 41, "1e31", "-1E+99", "0." + "3" * 40])
def test_a_number_too_long_to_be_one_is_refused_wherever_it_stands(number: str) -> None:
    with pytest.raises(ValueError, match="too long"):
        refuse_unbounded(f'{{"a":[{number}]}}', amounts=False)
