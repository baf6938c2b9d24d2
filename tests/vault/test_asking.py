"""A sealed line never acts for the person unasked: it waits, is shown, is let in or dropped."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jsonschema
import pytest
from nacl.public import PublicKey, SealedBox

from landward.app.diary.profile import read_me
from landward.app.keep.waiting import answer, lines_waiting
from landward.cli.main import run
from landward.model.base import BadInput
from landward.model.day_answers import is_filled_in_later, lasting_origin
from landward.model.entries import Entry
from landward.model.journal import standing
from landward.report.entry_words import came_words
from landward.vault import Vault, asking, inbox, sealed_files
from landward.vault.checking import check_vault
from landward.vault.header import read_header
from landward.vault.merging import merge_vaults
from tests.vault.conftest import NOW, PASSPHRASE, make_entry, make_vault, reopen

FORGED_PROFILE = {
    "kind": "profile",
    "says": {"fields": {"locked_page": "named", "card_outside": "yes", "lock_after_min": "0"}},
    "recorded_at": datetime(2199, 1, 1, tzinfo=UTC),
}


def forge(path: Path, entry: Entry) -> None:
    """What anybody can do who has the folder's public key: no mark, no secret of this machine."""
    header = read_header(path)
    plain = f"landward-inbox 1 {header.vault}\n{entry.to_line()}".encode()
    sealed = SealedBox(PublicKey(bytes.fromhex(header.inbox.public_key))).encrypt(plain)
    inbox.put(path, header.inbox.id, entry.id, bytes(sealed), NOW)


@pytest.fixture
def locked(path: Path) -> Path:
    make_vault(path).lock()
    return path


@pytest.mark.parametrize(
    "says",
    [
        FORGED_PROFILE,
        {"kind": "prescription", "says": {"drug": "diazepam", "dose_mg_per_day": "60"}},
        {"kind": "plan_adopted", "says": {"plan": "{}", "tables_version": "x"}},
    ],
    ids=["profile", "prescription", "plan"],
)
def test_what_would_act_for_the_person_waits(locked: Path, says: dict[str, object]) -> None:
    forge(locked, make_entry(1, **says))
    with reopen(locked) as vault:
        assert vault.entries() == ()
        assert read_me(standing(vault.entries()).entries).settings.lock_after_min == 10
        assert "1 sealed line waits for your yes" in " ".join(vault.notices)
        (line,) = lines_waiting(vault)
        assert line.why == "it would change what the diary goes by"
    assert inbox.waiting(locked) == ()


def test_even_this_installation_waits_where_it_would_act(locked: Path) -> None:
    Vault.seal(locked, make_entry(1, **FORGED_PROFILE), now=NOW)
    with reopen(locked) as vault:
        assert vault.entries() == () and len(asking.waiting(vault)) == 1


def test_an_observation_joins_but_is_dated_no_later_than_it_came(locked: Path) -> None:
    ahead = make_entry(1, recorded_at=NOW + timedelta(days=300), date=NOW.date())
    forge(locked, ahead)
    with reopen(locked) as vault:
        (kept,) = vault.entries()
        assert (kept.id, kept.recorded_at, kept.body) == (ahead.id, NOW, ahead.body)


def test_a_forged_correction_or_retraction_hides_nothing(path: Path) -> None:
    mine = make_entry(1)
    with make_vault(path) as vault:
        vault.append([mine])
    stranger = {"device": "stranger", "replaces": (mine.id,)}
    forge(path, make_entry(2, **stranger))
    forge(path, make_entry(3, kind="retraction", says={}, **stranger))
    with reopen(path) as vault:
        assert standing(vault.entries()).entries == (mine,)
        assert [line.would_replace for line in lines_waiting(vault)] == [("“line 1”",)] * 2


def test_a_forged_correction_of_what_arrived_with_it_waits_too(locked: Path) -> None:
    mine = make_entry(1, device=asking.WHILE_LOCKED)
    Vault.seal(locked, mine, now=NOW)
    forge(locked, make_entry(2, device=asking.WHILE_LOCKED, replaces=(mine.id,)))
    with reopen(locked) as vault:
        assert vault.entries() == (mine,)


def test_this_copys_own_name_proves_nothing(path: Path) -> None:
    with make_vault(path) as vault:
        mine = make_entry(1, device=vault.device)
        vault.append([mine])
    forge(path, make_entry(2, device=mine.device, replaces=(mine.id,)))
    with reopen(path) as vault:
        assert vault.entries() == (mine,)


def test_what_this_installation_sealed_puts_its_own_right(locked: Path) -> None:
    first = make_entry(1, device=asking.WHILE_LOCKED)
    second = make_entry(2, device=asking.WHILE_LOCKED, replaces=(first.id,))
    Vault.seal(locked, first, now=NOW)
    Vault.seal(locked, second, now=NOW)
    with reopen(locked) as vault:
        assert standing(vault.entries()).entries == (second,)
        assert asking.waiting(vault) == ()


def test_an_unsigned_phone_replaces_nothing_not_even_its_own(path: Path) -> None:
    phones = make_entry(1, device="phone-7f3a")
    with make_vault(path) as vault:
        vault.append([phones])
    own = make_entry(3, device="phone-7f3a", replaces=(phones.id,))
    forge(path, own)
    with reopen(path) as vault:
        assert vault.entries() == (phones,)
        assert [(one.entry.id, one.why) for one in asking.waiting(vault)] == [(own.id, "replaces")]


def test_a_line_that_proves_nothing_is_marked_wherever_it_is_seen(locked: Path) -> None:
    forge(locked, make_entry(1, origin="filled in later"))
    Vault.seal(locked, make_entry(2), now=NOW)
    with reopen(locked) as vault:
        first, second = sorted(vault.entries(), key=lambda entry: entry.seq)
    assert first.origin == "unsigned, filled in later" and second.origin == "app"
    assert came_words(first) == "sealed, not from this computer or a paired phone"
    assert came_words(second) == ""
    assert is_filled_in_later(first)  # what it says of its day still counts
    assert lasting_origin(first).startswith("unsigned, filled in later, ")
    again = first.but(origin=f"undo, {lasting_origin(first)}")
    assert came_words(again) == came_words(first)  # an undo does not wash it off


def test_squatted_ids_hide_no_imported_row(path: Path) -> None:
    """Whoever knows the file somebody will import can foresee the ids of its rows."""
    rows = [make_entry(number, origin="import:csv") for number in range(30)]
    make_vault(path).lock()
    for row in rows[:15]:
        forge(
            path, row.but(body='{"text":"nothing was here"}', recorded_at=NOW - timedelta(days=250))
        )
    for row in rows[15:]:
        forge(path, make_entry(1, kind="retraction", says={}, replaces=(row.id,)))
    with reopen(path) as vault:
        assert len(vault.entries()) == 15 and len(asking.waiting(vault)) == 15
        assert vault.append(rows) == 30
        assert set(standing(vault.entries()).entries) == set(rows)
        assert "15 sealed lines lay under the number of what was just saved" in vault.notices[-1]
        whys = Counter(one.why for one in asking.waiting(vault))
        assert whys == {"number": 15, "replaces": 15}
        assert check_vault(vault, now=NOW).problems == ()
        assert vault.append(rows) == 0  # once more changes nothing
        kept = lines_waiting(vault)[0]
        answer(vault, let_in=kept.id)  # and the person may still have the other line
        assert len(vault.entries()) == 31


def test_a_line_under_a_known_number_waits_under_its_own(path: Path) -> None:
    mine = make_entry(1)
    with make_vault(path) as vault:
        vault.append([mine])
    forge(path, mine.but(body='{"text":"something else"}'))
    forge(path, mine)  # the very same line once more is no news
    with reopen(path) as vault:
        assert vault.entries() == (mine,)
        (one,) = asking.waiting(vault)
        assert (one.why, one.entry.id != mine.id) == ("number", True)


def test_a_waiting_line_is_not_hidden_by_one_of_the_same_number(locked: Path) -> None:
    true, false = (make_entry(1, **FORGED_PROFILE) for _ in range(2))
    forge(locked, false.but(id=true.id, body='{"fields":{"lock_after_min":"0"}}'))
    reopen(locked).lock()
    forge(locked, true)
    with reopen(locked) as vault:
        assert len(asking.waiting(vault)) == 2


def test_merging_prefers_what_proves_who_wrote_it(path: Path, tmp_path: Path) -> None:
    true = make_entry(1)
    with make_vault(path) as mine, make_vault(tmp_path / "other") as other:
        other.append([true])
    forge(path, true.but(body='{"text":"false"}', recorded_at=NOW - timedelta(days=250)))
    with reopen(path) as mine, reopen(tmp_path / "other") as other:
        merge_vaults(mine, other)
        assert mine.entries() == (true,)


def test_another_machines_mark_counts_as_anybodys(
    locked: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = make_entry(1, device=asking.WHILE_LOCKED)
    Vault.seal(locked, first, now=NOW)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "elsewhere"))
    Vault.seal(locked, make_entry(2, replaces=(first.id,)), now=NOW)
    monkeypatch.undo()
    with reopen(locked) as vault:
        assert [one.why for one in asking.waiting(vault)] == ["replaces"]


def test_a_yes_lets_a_line_in_and_a_no_drops_it(locked: Path) -> None:
    yes, no = make_entry(1, **FORGED_PROFILE), make_entry(2, **FORGED_PROFILE)
    forge(locked, yes)
    forge(locked, no)
    with reopen(locked) as vault:
        assert "Let in" in answer(vault, let_in=yes.id[:12])
        assert "Dropped" in answer(vault, drop=no.id)
        assert [entry.id for entry in vault.entries()] == [yes.id]
        assert lines_waiting(vault) == ()
        for wrong in ("", "zz"):
            with pytest.raises(BadInput):
                answer(vault, let_in=wrong)
    with reopen(locked) as vault:  # nothing comes back
        assert len(vault.entries()) == 1 and asking.waiting(vault) == ()


def test_the_same_line_sent_again_waits_once_and_not_after_a_yes(locked: Path) -> None:
    line = make_entry(1, **FORGED_PROFILE)
    forge(locked, line)
    reopen(locked).lock()
    forge(locked, line)
    with reopen(locked) as vault:
        assert len(asking.waiting(vault)) == 1
        asking.let_in(vault, line.id)
    forge(locked, line)
    with reopen(locked) as vault:
        assert asking.waiting(vault) == () and len(vault.entries()) == 1


def test_waiting_lines_are_shown_and_answered_in_the_terminal(
    locked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANDWARD_PASSPHRASE", PASSPHRASE)
    forge(locked, make_entry(1, **FORGED_PROFILE))
    assert run(["vault", "waiting", str(locked)]) == 0
    shown = capsys.readouterr().out
    assert "it would change what the diary goes by" in shown
    assert run(["vault", "waiting", str(locked), "--drop", shown.split()[0]]) == 0
    assert "Dropped: the profile" in capsys.readouterr().out
    assert run(["vault", "waiting", str(locked)]) == 0
    assert "No line waits" in capsys.readouterr().out


HUGE = {
    "a dose that takes minutes to write out": (
        "dose_taken",
        '{"dose_mg":"0e-999999999","drug":"x"}',
    ),
    "a dose with a huge power": ("dose_taken", '{"dose_mg":"1e99999","drug":"x"}'),
    "four hundred digits": ("profile", '{"fields":{"lock_after_min":"' + "9" * 400 + '"}}'),
    "a scale's total": ("scale", '{"instrument":"phq9","total":1e308}'),
    "a plan's amount": (
        "plan_adopted",
        '{"plan":"{\\"drug\\":\\"x\\",\\"steps\\":[{\\"made_mg\\":\\"1e9999999\\"}]}",'
        '"tables_version":"x"}',
    ),
    "names nested deeply": ("profile", '{"fields":{"names":"' + "[" * 60 + "]" * 60 + '"}}'),
    "a body nested deeply": ("nobody_knows", '{"a":' + "[" * 60 + "]" * 60 + "}"),
}


@pytest.mark.parametrize("what", HUGE)
def test_what_is_small_to_write_and_large_to_work_with_never_gets_in(
    locked: Path, what: str
) -> None:
    kind, body = HUGE[what]
    bad = make_entry(1, kind=kind, body=body)
    with pytest.raises(BadInput):
        Vault.seal(locked, bad, now=NOW)
    forge(locked, bad)
    forge(locked, make_entry(2))
    with reopen(locked) as vault:
        assert [entry.seq for entry in vault.entries()] == [2]
        assert asking.waiting(vault) == ()
        with pytest.raises(BadInput):
            vault.append([bad])


def test_a_merge_takes_in_no_malformed_line(path: Path, tmp_path: Path) -> None:
    from landward.vault import merging, rows
    from landward.vault.database import writing

    good, bad = make_entry(1), make_entry(2, kind="note", body='{"wrong":1}')
    other = make_vault(tmp_path / "other")
    other.append([good])
    with writing(other.connection(), other.journal):
        rows.insert(other.connection(), [rows.row_of(bad)])
    with make_vault(path) as vault:
        joined = merging.merge_vaults(vault, other)
        assert (joined.added, joined.refused) == (1, 1)
        assert vault.entries() == (good,)
    other.lock()


def test_a_line_about_a_day_ahead_waits(locked: Path) -> None:
    ahead = {"kind": "dose_taken", "says": {"dose_mg": "400", "drug": "x"}}
    tomorrow, later = NOW.date() + timedelta(days=1), NOW.date() + timedelta(days=3)
    forge(locked, make_entry(1, date=later, **ahead))
    forge(locked, make_entry(2, date=NOW.date(), **ahead))
    with reopen(locked) as vault:
        assert [entry.seq for entry in vault.entries()] == [2]
        (line,) = lines_waiting(vault)
        assert (line.day, line.why) == (later, "it is about a day that lies ahead")
    assert tomorrow < later


def test_a_note_of_fifty_digits_is_a_note(locked: Path) -> None:
    note = make_entry(1, says={"text": "9" * 50})
    Vault.seal(locked, note, now=NOW)
    with reopen(locked) as vault:
        assert vault.entries() == (note,)


def test_what_could_not_be_read_is_shown_tried_again_and_dropped(path: Path) -> None:
    from landward.app.keep.waiting import drop_set_aside, set_aside, try_again

    make_vault(path).lock()
    box = read_header(path).inbox.id
    for name, what in ((box, b"junk"), ("f" * 16, b"for a key that is gone")):
        (path / sealed_files.FOLDER / f"{name}.{'b' * 32}.00000000.sealed").write_bytes(what)
    (path / sealed_files.FOLDER / f"{box}.{'c' * 32}.00000000.sealed").mkdir()
    (path / "journal.db-journal.aside").write_bytes(b"old")
    with reopen(path) as vault:
        assert "3 sealed entries could not be read and are kept apart" in vault.notices[0]
        there = {one.why: one for one in set_aside(vault)}
        assert set(there) == {"unread", "no key", "no file", "rollback"}
        assert try_again(vault, NOW) == "Tried again: still unread."
        assert {one.why for one in set_aside(vault)} == set(there)
        for name in ("../keys.json", "keys.json", "", "unreadable"):
            with pytest.raises(BadInput, match="is set aside; nothing was changed"):
                drop_set_aside(vault, name)
        assert drop_set_aside(vault, there["no key"].name) == "Dropped: one."
        assert len(set_aside(vault)) == 3
        assert drop_set_aside(vault, "all") == "Dropped: 3 that could not be read."
        assert set_aside(vault) == ()
    assert reopen(path).notices == ()


def test_the_command_tells_programs_of_all_three(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What waits, what could not be read, and what is still sealed, in the shape of the schema."""
    schemas = Path(__file__).parents[2] / "docs" / "reference" / "schemas"
    schema = json.loads((schemas / "vault-waiting.json").read_text("utf-8"))
    make_vault(path).lock()
    forge(path, make_entry(1, kind="profile", says={"fields": {"lock_after_min": "0"}}))
    box = read_header(path).inbox.id
    (path / sealed_files.FOLDER / f"{box}.{'b' * 32}.0.sealed").write_bytes(b"x")
    monkeypatch.setenv("LANDWARD_PASSPHRASE", PASSPHRASE)
    run(["vault", "waiting", str(path)])
    capsys.readouterr()
    monkeypatch.setattr(sealed_files, "MOST_AT_ONCE", 0)  # so that what comes now stays sealed
    Vault.seal(path, make_entry(2), now=NOW)
    run(["vault", "waiting", str(path), "--json"])
    told = json.loads(capsys.readouterr().out)
    jsonschema.validate(told, schema)
    assert [line["kind"] for line in told["lines"]] == ["profile"]
    assert [one["why"] for one in told["set_aside"]] == ["unread"]
    assert told["still_sealed"] == 1


def test_a_line_that_opens_now_joins_when_it_is_tried_again(path: Path) -> None:
    from landward.app.keep.waiting import set_aside, try_again

    make_vault(path).lock()
    Vault.seal(path, make_entry(1), now=NOW)
    (sealed,) = inbox.waiting(path)
    place = path / sealed_files.FOLDER / sealed_files.SET_ASIDE
    place.mkdir()
    sealed.rename(place / sealed.with_suffix(".rejected").name)
    with reopen(path) as vault:
        assert vault.entries() == ()
        assert try_again(vault, NOW) == "Tried again: 1 joined the diary."
        assert len(vault.entries()) == 1 and set_aside(vault) == ()


def test_the_command_lists_and_drops_what_could_not_be_read(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_vault(path).lock()
    (path / sealed_files.FOLDER / f"{read_header(path).inbox.id}.{'b' * 32}.0.sealed").write_bytes(
        b"x"
    )
    monkeypatch.setenv("LANDWARD_PASSPHRASE", PASSPHRASE)
    run(["vault", "waiting", str(path)])
    assert "a sealed file that could not be read; 1 bytes" in capsys.readouterr().out
    run(["vault", "waiting", str(path), "--drop-aside", "all"])
    assert capsys.readouterr().out == "Dropped: one.\nNo line waits for your yes.\n"
