"""Every row of DESIGN.md §3's table "what can go wrong", held by a test on a real vault."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from landward.app.transfer.import_diary import import_reading
from landward.app.write.entry import new_entry
from landward.app.write.undo import undo
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, DoseTaken, Note, PlanAdopted, Retraction
from landward.model.diary import fold
from landward.model.entries import Entry
from landward.model.journal import standing
from landward.model.moment import Moment
from landward.model.proposals import FileReading, Proposal
from landward.vault import Vault, merging
from landward.vault.checking import check_vault
from tests.vault.conftest import NOW, make_entry, make_vault, reopen

MOMENT = Moment(at=NOW, zone="Europe/London")


def texts(vault: Vault) -> list[str]:
    return [json.loads(e.body)["text"] for e in standing(vault.entries()).entries]


def check_in(**answers: float) -> CheckIn:
    return CheckIn(
        asked=tuple(answers),
        answers=answers,
        scales=dict.fromkeys(answers, "0..10 better down"),
    )


def about(body: CheckIn | DoseTaken, day: date, **given: object) -> Entry:
    return make_entry(
        0, kind=body.kind, version=body.version, says=json.loads(body.to_json()), date=day, **given
    )


DAY = date(2026, 3, 1)


def test_a_correction_stands_and_the_first_wording_stays_in_the_journal(vault: Vault) -> None:
    first = make_entry(1, says={"text": "2 mg"})
    vault.append([first, make_entry(2, says={"text": "2.5 mg"}, replaces=(first.id,))])
    assert texts(vault) == ["2.5 mg"]
    assert first in vault.entries()


def test_a_retraction_takes_back_and_removes_nothing(vault: Vault) -> None:
    first = make_entry(1)
    vault.append([first, make_entry(2, kind="retraction", says={}, replaces=(first.id,))])
    assert texts(vault) == []
    assert len(vault.entries()) == 2


def test_undo_appends_the_old_body_again(vault: Vault) -> None:
    first = make_entry(1, says={"text": "before"})
    vault.append([first])
    vault.append([make_entry(2, says={"text": "after"}, replaces=(first.id,))])
    undo(vault, MOMENT)
    assert texts(vault) == ["before"]
    assert len(vault.entries()) == 4


def test_undo_works_after_a_clock_ran_ahead(vault: Vault) -> None:
    ahead = NOW + timedelta(days=365 * 80)
    early = make_entry(1, says={"text": "early"})
    skewed = make_entry(2, says={"text": "skewed"}, recorded_at=ahead, date=ahead.date())
    vault.append([early, skewed])
    undo(vault, MOMENT)
    assert texts(vault) == ["early"]
    undo(vault, MOMENT)
    assert texts(vault) == []


def test_clock_skew_only_replaces_decides(vault: Vault) -> None:
    """The correction was written by a device whose clock is a year behind: it still stands."""
    first = make_entry(1, says={"text": "old"})
    skewed = make_entry(
        2, says={"text": "new"}, replaces=(first.id,), recorded_at=NOW - timedelta(days=365)
    )
    vault.append([skewed, first])
    assert texts(vault) == ["new"]


def test_ties_have_one_total_order(vault: Vault) -> None:
    twins = [
        make_entry(1, id=f"{n:032x}", device=device, seq=seq, recorded_at=NOW, date=DAY)
        for n, (device, seq) in enumerate([("b", 1), ("a", 2), ("a", 1), ("a", 1)])
    ]
    vault.append(twins)
    wanted = sorted(twins, key=lambda e: (e.date, e.recorded_at, e.device, e.seq, e.id))
    assert vault.entries() == tuple(wanted)


def test_order_is_the_same_in_sql_and_in_python(vault: Vault) -> None:
    """Fractions of seconds, letters beyond ASCII and years before 1000-based sorting."""
    moments = [NOW, NOW + timedelta(microseconds=1), NOW.replace(microsecond=0), NOW]
    vault.append(
        make_entry(n, recorded_at=at, device=device, date=DAY)
        for n, (at, device) in enumerate(
            (at, device) for at in moments for device in ("z", "é", "Z", "😀", "zz")
        )
    )
    assert list(vault.entries()) == sorted(vault.entries(), key=lambda e: e.order)


def test_two_entries_that_replace_one_are_both_shown_until_one_names_both(vault: Vault) -> None:
    first = make_entry(1, says={"text": "x"})
    left = make_entry(2, says={"text": "left"}, replaces=(first.id,))
    right = make_entry(3, says={"text": "right"}, replaces=(first.id,))
    vault.append([first, left, right])
    assert texts(vault) == ["left", "right"]
    assert standing(vault.entries()).conflicts == (tuple(sorted((left.id, right.id))),)
    vault.append([make_entry(4, says={"text": "both"}, replaces=(left.id, right.id))])
    assert texts(vault) == ["both"]
    assert standing(vault.entries()).conflicts == ()


def test_two_check_ins_on_one_day_merge_by_item_and_are_never_averaged(vault: Vault) -> None:
    morning = about(check_in(day=2, sleep=7), DAY, recorded_at=NOW - timedelta(hours=9))
    evening = about(check_in(day=6), DAY, recorded_at=NOW)
    vault.append([evening, morning])
    merged = fold(vault.entries()).days[DAY]
    assert merged.answers == {"day": 6, "sleep": 7}
    assert merged.differing == {"day"}
    assert len(merged.entry_ids) == 2


def test_doses_are_never_merged(vault: Vault) -> None:
    dose = DoseTaken(drug="diazepam", dose_mg="2")
    vault.append([about(dose, DAY), about(dose, DAY)])
    assert len(list(fold(vault.entries()).of(DoseTaken))) == 2


@pytest.mark.parametrize(("hour", "day"), [(2, date(2026, 7, 1)), (5, date(2026, 7, 2))])
def test_the_day_turns_at_four(vault: Vault, hour: int, day: date) -> None:
    """02:00 in London on 2 July is still the evening of the first; the local day is stored."""
    at = datetime(2026, 7, 2, hour - 1, tzinfo=UTC)
    moment = Moment(at=at, zone="Europe/London")
    vault.append([new_entry(vault, Note(text="awake"), moment.today(), moment)])
    assert vault.entries()[0].date == day


def test_what_was_asked_is_kept_when_pins_change(vault: Vault) -> None:
    vault.append([about(check_in(day=3, tinnitus=4), DAY)])
    vault.append([about(check_in(day=3), DAY + timedelta(days=1))])
    days = fold(vault.entries()).days
    assert days[DAY].asked == {"day", "tinnitus"}
    assert days[DAY + timedelta(days=1)].asked == {"day"}


def test_importing_twice_adds_nothing_and_origin_tells_it_apart(vault: Vault) -> None:
    reading = FileReading(
        source="app",
        zone="Asia/Seoul",
        proposals=(
            Proposal(line=2, row_key="2026-03-01/note", date=DAY, kind="note", body='{"text":"x"}'),
        ),
    )
    assert import_reading(vault, reading, MOMENT).added == 1
    head = vault.head()
    later = Moment(at=NOW + timedelta(days=3), zone="Europe/London")
    assert import_reading(vault, reading, later).added == 0
    assert vault.head() == head
    assert vault.entries()[0].origin == "import:app"


def test_scales_are_stored_as_given(vault: Vault) -> None:
    body = CheckIn(asked=("mood",), answers={"mood": 37}, scales={"mood": "0..100 better up"})
    vault.append([about(body, DAY)])
    day = fold(vault.entries()).days[DAY]
    assert day.answers == {"mood": 37}
    assert day.scales == {"mood": "0..100 better up"}


def test_unknown_kinds_and_newer_versions_are_kept_merged_and_counted(tmp_path: Path) -> None:
    strange = make_entry(1, kind="dream_seed", says={"z": [1, {"deep": None}]})
    newer = make_entry(2, kind="check_in", version=99, says={"shape": "unknown"})
    with make_vault(tmp_path / "a.vault") as one, make_vault(tmp_path / "b.vault") as two:
        one.append([strange, newer])
        merging.merge_vaults(two, one)
        assert {e.to_line() for e in two.entries()} == {strange.to_line(), newer.to_line()}
        assert fold(two.entries()).unknown == 2
        assert check_vault(two, now=NOW).unknown == 2


def test_an_adopted_plan_is_stored_with_its_steps_and_tables_version(vault: Vault) -> None:
    plan = PlanAdopted(plan='{"steps":[{"ideal_mg":"18"}]}', tables_version="2026.1")
    vault.append([new_entry(vault, plan, DAY, MOMENT)])
    kept = json.loads(vault.entries()[0].body)
    assert kept == {"plan": '{"steps":[{"ideal_mg":"18"}]}', "tables_version": "2026.1"}


@pytest.mark.parametrize(
    "name",
    [
        "journal (conflicted copy 2026-11-21).db",
        "journal.sync-conflict-20261121-123000-ABCDEF.db",
        "journal-LAPTOP.db",
    ],
)
def test_conflict_copies_are_noticed_and_merge(path: Path, name: str) -> None:
    with make_vault(path) as vault:
        vault.append([make_entry(1)])
    copy = (path / "journal.db").read_bytes()
    theirs = make_entry(2)
    with reopen(path) as vault:
        vault.append([theirs])
    (path / name).write_bytes((path / "journal.db").read_bytes())
    (path / "journal.db").write_bytes(copy)
    with reopen(path) as vault:
        assert "conflicting copy" in vault.notices[0] and name in vault.notices[0]
        assert theirs not in vault.entries()
        joined = merging.merge_conflict_copy(vault, path / name)
        assert joined.added == 1 and theirs in vault.entries()
        assert merging.merge_conflict_copy(vault, path / name).added == 0


def test_a_body_over_64_kib_is_refused_before_saving(vault: Vault) -> None:
    with pytest.raises(ValueError, match="64 KiB"):
        vault.append([make_entry(1), make_entry(2, says={"text": "x" * 65_536})])
    assert vault.entries() == ()


# ---- merging ------------------------------------------------------------------------------


def test_one_file_imported_on_two_devices_is_one_set_of_lines(tmp_path: Path) -> None:
    body = '{"text":"imported"}'
    shared = "c" * 32
    with make_vault(tmp_path / "a.vault") as one, make_vault(tmp_path / "b.vault") as two:
        first = make_entry(1, id=shared, device=one.device, recorded_at=NOW - timedelta(days=2))
        second = make_entry(1, id=shared, device=two.device, recorded_at=NOW - timedelta(days=1))
        one.append([first.but(body=body)])
        two.append([second.but(body=body)])
        assert merging.merge_vaults(one, two).differing == 0
        merging.merge_vaults(two, one)
        assert one.head() == two.head()
        assert two.entries()[0].recorded_at == NOW - timedelta(days=2)


def test_a_line_edited_between_two_imports_keeps_the_first_and_says_so(tmp_path: Path) -> None:
    shared = "c" * 32
    with make_vault(tmp_path / "a.vault") as one, make_vault(tmp_path / "b.vault") as two:
        one.append([make_entry(1, id=shared, says={"text": "later"})])
        two.append([make_entry(0, id=shared, says={"text": "first"})])
        assert merging.merge_vaults(one, two).differing == 1
        assert texts(one) == ["first"]
        assert check_vault(one, now=NOW).problems == ()


def test_merging_a_vault_with_itself_is_refused(vault: Vault, path: Path) -> None:
    with reopen(path) as again, pytest.raises(BadInput, match="one and the same"):
        merging.merge_vaults(vault, again)


def test_the_journal_itself_is_no_copy(vault: Vault) -> None:
    """Nobody may be told afterwards that the file they named is not needed any more."""
    with pytest.raises(BadInput, match="own journal"):
        merging.merge_conflict_copy(vault, vault.path / "." / "journal.db")


def test_a_strangers_journal_is_no_conflict_copy(vault: Vault, tmp_path: Path) -> None:
    make_vault(tmp_path / "other.vault").lock()
    with pytest.raises(BadInput, match="another vault's, or damaged"):
        merging.merge_conflict_copy(vault, tmp_path / "other.vault" / "journal.db")


# ---- erasing ------------------------------------------------------------------------------


def test_erasing_takes_every_wording_and_no_merge_brings_it_back(tmp_path: Path) -> None:
    from landward.vault.erasure import erase_entries

    first = make_entry(1, says={"text": "first wording"})
    second = make_entry(2, says={"text": "second"}, replaces=(first.id,))
    third = make_entry(3, says={"text": "third"}, replaces=(second.id,))
    other = make_entry(4, says={"text": "stays"})
    with make_vault(tmp_path / "a.vault") as one, make_vault(tmp_path / "b.vault") as two:
        for vault in (one, two):
            vault.append([first, second, third, other])
        gone = erase_entries(one, [second.id])
        assert {entry.id for entry in gone} == {first.id, second.id, third.id}
        assert texts(one) == ["stays"]
        assert merging.merge_vaults(one, two).added == 0
        assert merging.merge_vaults(two, one).erased == 3
        assert texts(one) == texts(two) == ["stays"]
        assert one.head() == two.head()
        assert one.append([second]) == 0
        assert check_vault(one, now=NOW).problems == ()


def test_a_tombstone_holds_nothing_but_an_id(vault: Vault) -> None:
    from landward.vault.erasure import erase_entries

    entry = make_entry(1)
    vault.append([entry])
    erase_entries(vault, [entry.id])
    rows = vault.connection().execute("SELECT * FROM tombstone").fetchall()
    assert rows == [(entry.id,)]


def test_erasing_writes_every_page_anew_and_forgets_earlier_forms(vault: Vault) -> None:
    from landward.vault.erasure import erase_entries

    def pages() -> set[bytes]:
        data = vault.journal.read_bytes()
        return {data[at : at + 4096] for at in range(0, len(data), 4096)}

    vault.append([make_entry(n) for n in range(200)])
    (vault.path / "before-upgrade-2.db").write_bytes(b"an earlier form")
    before = pages()
    erase_entries(vault, [vault.entries()[7].id])
    assert len(vault.entries()) == 199 and not before & pages()
    assert not (vault.path / "before-upgrade-2.db").exists()


def test_retraction_is_a_body_like_any_other() -> None:
    assert Retraction(reason="x").to_json() == '{"reason":"x"}'
