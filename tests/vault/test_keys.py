import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from landward.model.base import BadInput
from landward.vault import Vault, files, inbox, keys, quiz, rotation, words
from landward.vault.cost import CHEAPEST, FLOOR, Cost, calibrate
from landward.vault.datakey import DataKey
from landward.vault.errors import Damaged, Locked, WrongKey
from landward.vault.repair import repair_from_backup, repair_keys
from landward.vault.slots import make_slot
from tests.vault.conftest import NOW, PASSPHRASE, bytes_of, make_entry, make_vault, reopen


def new_vault(path: Path) -> tuple[Vault, tuple[str, ...]]:
    return Vault.create(path, PASSPHRASE, now=NOW, cost=CHEAPEST)


def change(vault: Vault, passphrase: str = "new one") -> None:
    keys.set_passphrase(vault, passphrase, now=NOW, cost=CHEAPEST)


# ---- passphrase ---------------------------------------------------------------------------


def test_changing_the_passphrase_leaves_no_way_in_with_the_old(path: Path) -> None:
    with make_vault(path) as vault:
        vault.append([make_entry(1)])
        old_box = next(s.box for s in vault.header.slots if s.kind == "passphrase")
        change(vault)
        assert vault.append([make_entry(2)]) == 1
    assert old_box not in (path / "keys.json").read_text()
    with pytest.raises(WrongKey):
        reopen(path)
    with reopen(path, "new one") as vault:
        assert len(vault.entries()) == 2


def test_changing_one_passphrase_leaves_the_others_and_their_names(path: Path) -> None:
    with make_vault(path) as vault:
        keys.add_passphrase(vault, "hers", "my sister", now=NOW, cost=CHEAPEST)
    with reopen(path, "hers") as vault:
        change(vault, "hers now")
        labels = {info.named.label: info.in_use for info in keys.who_can_open(vault)}
    assert labels == {"your passphrase": False, "my sister": True, "recovery words": False}
    reopen(path).lock()


@pytest.mark.parametrize("where", ["write_new", "replace", "sync_folder"])
def test_a_passphrase_change_cut_short_leaves_the_old_or_the_new(
    path: Path, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = make_vault(path)

    def power_off(*_: object) -> None:
        raise KeyboardInterrupt

    if where == "replace":
        monkeypatch.setattr(Path, "replace", power_off)
    else:
        monkeypatch.setattr(files, where, power_off)
    with pytest.raises(KeyboardInterrupt):
        change(vault)
    monkeypatch.undo()
    vault.lock()
    opened = []
    for passphrase in (PASSPHRASE, "new one"):
        try:
            reopen(path, passphrase).lock()
            opened.append(passphrase)
        except WrongKey:
            pass
    assert opened == [PASSPHRASE]  # what could not be finished is put back
    assert [p.name for p in path.iterdir() if "part" in p.name] == []


# ---- recovery words, parts ----------------------------------------------------------------


def test_recovery_words_open_and_a_new_passphrase_can_be_set(path: Path) -> None:
    vault, shown = new_vault(path)
    vault.lock()
    typed = "  1. " + " 2) ".join(word.upper() for word in shown) + "\n"
    with Vault.open_with(path, words.from_words(typed), "recovery", now=NOW) as vault:
        change(vault, "remembered")
    reopen(path, "remembered").lock()
    with pytest.raises(WrongKey):
        reopen(path)
    Vault.open_with(path, words.from_words(" ".join(shown)), "recovery", now=NOW).lock()


def test_the_words_are_nowhere_in_the_files(path: Path) -> None:
    vault, shown = new_vault(path)
    vault.lock()
    files = bytes_of(path)
    own = set(re.findall(rb'"(\w+)":', files["keys.json"]))  # “kind”, “about”: its fields' names
    said = [word.encode() for word in shown if word.encode() not in own]
    assert not [word for word in said if b'"%s"' % word in files["keys.json"]]
    long_words = [word for word in shown if len(word) > 4]
    assert not [word for word in long_words if word.encode() in files["journal.db"].lower()]
    assert words.from_words(" ".join(shown)) not in b"".join(files.values())


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("abandon " * 11 + "zebraa", "word 12, “zebraa”.*did you mean “zebra”"),
        ("abandon " * 12, "one is wrong or two are swapped"),
        ("abandon abandon", "has 12 words; here are 2"),
        ("", "here are 0"),
    ],
)
def test_mistyped_words_are_told_apart(typed: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        words.from_words(typed)


def test_any_two_of_three_parts_open_and_one_does_not(path: Path) -> None:
    with make_vault(path) as vault:
        a, b, c = keys.split_recovery(vault, now=NOW)
    for pair in ([a, b], [c, a], [b, c]):
        Vault.open_with(path, words.from_shares(pair), "split", now=NOW).lock()
    for wrong in ([a], [a, a], [a, b.replace(b.split()[7], "academic")]):
        with pytest.raises((BadInput, WrongKey)):
            Vault.open_with(path, words.from_shares(wrong), "split", now=NOW)


def test_new_parts_and_new_words_replace_the_earlier(path: Path) -> None:
    vault, first = new_vault(path)
    old_parts = keys.split_recovery(vault, now=NOW)
    keys.split_recovery(vault, now=NOW)
    keys.new_recovery_words(vault, now=NOW)
    vault.lock()
    with pytest.raises(WrongKey, match="parts"):
        Vault.open_with(path, words.from_shares(list(old_parts[:2])), "split", now=NOW)
    with pytest.raises(WrongKey, match=r"recovery words do not.*start a new one"):
        Vault.open_with(path, words.from_words(" ".join(first)), "recovery", now=NOW)


def test_the_words_are_asked_for_on_day_one_and_seven_and_then_gone(path: Path) -> None:
    vault, shown = new_vault(path)
    day = NOW.date()
    assert quiz.due(vault, day) is None
    for days in (1, 7):
        places = quiz.due(vault, day + timedelta(days=days))
        assert places is not None and len(places) == 2
        right = tuple(shown[place - 1] for place in places)
        assert not quiz.answer(vault, right[::-1])
        assert quiz.answer(vault, (right[0].upper() + " ", right[1]))
    assert quiz.due(vault, day + timedelta(days=365)) is None
    assert vault.fact(quiz.FACT) is None
    vault.lock()


# ---- slots are bound to their vault, kind and cost ----------------------------------------


def test_a_slot_cannot_be_moved_downgraded_or_renamed(tmp_path: Path) -> None:
    one, two = tmp_path / "one.vault", tmp_path / "two.vault"
    make_vault(one, "mine").lock()
    make_vault(two, "theirs").lock()
    theirs = json.loads((two / "keys.json").read_text())
    original = json.loads((one / "keys.json").read_text())
    slot = original["slots"][0]
    for planted in (
        theirs["slots"][0],
        {**slot, "cost": {"ops": 2, "memory_bytes": 8192}},
        {**slot, "kind": "recovery"},
        {**slot, "id": "0" * 16},
        {**slot, "salt": "0" * 32},
    ):
        (one / "keys.json").write_text(json.dumps({**original, "slots": [planted]}))
        for passphrase in ("mine", "theirs"):
            with pytest.raises((WrongKey, Damaged)):
                reopen(one, passphrase)


def test_a_slot_alone_is_tied_to_its_vault_kind_and_name() -> None:
    """Even before the whole of keys.json is authenticated."""
    key = DataKey.new()
    slot = make_slot("a" * 32, "passphrase", b"mine", key, cost=CHEAPEST)
    opened = slot.open("a" * 32, b"mine")
    assert opened is not None and opened.reveal() == key.reveal()
    assert slot.open("a" * 32, b"another") is None
    assert slot.open("b" * 32, b"mine") is None
    dearer = Cost(ops=2, memory_bytes=8192)
    for changed in ({"kind": "recovery"}, {"id": "0" * 16}, {"cost": dearer}, {"salt": "0" * 32}):
        assert slot.model_copy(update=changed).open("a" * 32, b"mine") is None


def test_a_machine_without_the_memory_still_gets_the_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr("landward.vault.cost.stretch", refuse)
    assert calibrate() == FLOOR


def test_calibration_keeps_the_floor_and_stops_at_the_ceiling() -> None:
    slow = iter(range(0, 10_000, 10))
    assert calibrate(clock_s=lambda: float(next(slow))) == FLOOR
    assert Cost(ops=3, memory_bytes=64 * 1024**2) == FLOOR


# ---- who can open this; removing a key ----------------------------------------------------


def test_there_is_no_second_passphrase_by_default(vault: Vault) -> None:
    assert [info.kind for info in keys.who_can_open(vault)].count("passphrase") == 1


def test_removing_a_key_makes_a_new_data_key(path: Path) -> None:
    with make_vault(path) as vault:
        vault.append([make_entry(n) for n in range(5)])
        keys.add_passphrase(vault, "hers", "my sister", now=NOW, cost=CHEAPEST)
        hers = next(i for i in keys.who_can_open(vault) if i.named.label == "my sister")
        old_key, head = vault.key.reveal(), vault.head()
        old_files = bytes_of(path)
        removal = keys.remove_key(vault, hers.id, PASSPHRASE, now=NOW)
        assert vault.key.reveal() != old_key and vault.head() == head
        assert set(removal.removed) == {"my sister", "recovery words"}
        vault.append([make_entry(6)])
    with pytest.raises(WrongKey):
        reopen(path, "hers")
    Vault.open_with(path, words.from_words(" ".join(removal.recovery_words)), "recovery").lock()
    # Her old keys.json beside the new journal opens nothing either.
    (path / "keys.json").write_bytes(old_files["keys.json"])
    with pytest.raises(Damaged):
        reopen(path, "hers")


def test_removing_the_key_in_hand_or_a_stranger_is_refused(vault: Vault) -> None:
    with pytest.raises(BadInput, match="in your hand"):
        keys.remove_key(vault, vault.slot_id, PASSPHRASE, now=NOW)
    with pytest.raises(BadInput, match="no such key"):
        keys.remove_key(vault, "0" * 16, PASSPHRASE, now=NOW)
    recovery = next(s.id for s in vault.header.slots if s.kind == "recovery")
    with pytest.raises(BadInput, match="does not open"):
        keys.remove_key(vault, recovery, "wrong", now=NOW)


@pytest.mark.parametrize("step", range(1, 9))
def test_a_rotation_cut_short_anywhere_opens_with_everything(
    path: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stop at the n-th durable act (a file written, renamed or a folder synced)."""
    vault = make_vault(path)
    entries = [make_entry(n) for n in range(5)]
    vault.append(entries)
    recovery = next(s.id for s in vault.header.slots if s.kind == "recovery")
    done = 0
    real_replace = Path.replace

    def counting(real: Callable[..., object]) -> Callable[..., object]:
        def act(*given: object) -> object:
            nonlocal done
            done += 1
            if done == step:
                raise KeyboardInterrupt
            return real(*given)

        return act

    monkeypatch.setattr(Path, "replace", counting(real_replace))
    for module in (files, rotation):
        monkeypatch.setattr(module, "sync_folder", counting(files.sync_folder))
    finished = False
    try:
        keys.remove_key(vault, recovery, PASSPHRASE, now=NOW)
        finished = True
    except KeyboardInterrupt:
        pass
    monkeypatch.undo()
    vault.lock()
    assert finished == (step > done)
    with reopen(path) as again:
        assert set(again.entries()) == set(entries)
        assert again.header.previous_key is None
        assert again.append([make_entry(9)]) == 1
    with reopen(path) as again:
        assert len(again.entries()) == 6


def test_a_program_that_had_it_open_is_told_to_unlock_again(path: Path) -> None:
    make_vault(path).lock()
    mine, app = reopen(path), reopen(path)
    recovery = next(s.id for s in mine.header.slots if s.kind == "recovery")
    keys.remove_key(mine, recovery, PASSPHRASE, now=NOW)
    with pytest.raises(Locked, match="unlock it again"):
        app.append([make_entry(1)])
    assert app.locked
    mine.append([make_entry(2)])
    mine.lock()
    with reopen(path) as again:
        assert len(again.entries()) == 1


def test_a_passphrase_changed_elsewhere_does_not_disturb_an_open_vault(path: Path) -> None:
    make_vault(path).lock()
    mine, app = reopen(path), reopen(path)
    change(mine)
    assert app.append([make_entry(1)]) == 1
    mine.lock()
    app.lock()


def test_entries_sealed_before_a_rotation_still_arrive(path: Path) -> None:
    vault = make_vault(path)
    offline = inbox.seal_entry(vault.header.vault, vault.header.inbox, make_entry(3))
    old_box = vault.header.inbox.id
    recovery = next(s.id for s in vault.header.slots if s.kind == "recovery")
    keys.remove_key(vault, recovery, PASSPHRASE, now=NOW)
    inbox.put(path, old_box, "f" * 32, offline, NOW)
    assert vault.drain() == 1
    vault.lock()


# ---- repair -------------------------------------------------------------------------------


def test_altered_keys_are_put_right_from_the_journal(path: Path) -> None:
    vault = make_vault(path)
    keys.open_box(vault, "my sister", now=NOW)
    vault.lock()
    good = (path / "keys.json").read_bytes()
    assert repair_keys(path, PASSPHRASE.encode()) is False
    told = json.loads(good)
    told["inbox"]["public_key"] = "22" * 32
    (path / "keys.json").write_text(json.dumps(told))
    with pytest.raises(Damaged, match="vault repair"):
        reopen(path)
    assert repair_keys(path, PASSPHRASE.encode()) is True
    assert (path / "keys.json").read_bytes() == good
    reopen(path).lock()


def test_older_keys_put_back_are_noticed(path: Path) -> None:
    vault = make_vault(path)
    old = (path / "keys.json").read_bytes()
    change(vault, "new one")
    vault.lock()
    (path / "keys.json").write_bytes(old)
    with reopen(path) as vault:
        assert "older than the journal" in vault.notices[0]
    assert repair_keys(path, PASSPHRASE.encode())
    with pytest.raises(WrongKey):
        reopen(path)
    reopen(path, "new one").lock()


def test_lost_keys_come_back_from_a_backup(path: Path, tmp_path: Path) -> None:
    from landward.vault.backup import make_backup

    vault = make_vault(path)
    made = make_backup(vault, tmp_path / "b.backup", now=NOW)
    vault.append([make_entry(1)])
    vault.lock()
    (path / "keys.json").unlink()
    repair_from_backup(path, made, PASSPHRASE.encode())
    with reopen(path) as vault:
        assert len(vault.entries()) == 1
    make_vault(tmp_path / "other.vault").lock()
    with pytest.raises(Damaged, match="do not open"):
        repair_from_backup(tmp_path / "other.vault", made, PASSPHRASE.encode())
