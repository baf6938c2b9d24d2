"""A phone through a relay: paired by four words, nothing lost on the way, nothing counted twice."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.app.phone.memory_relay import MemoryRelay, TestPhone, utc
from tests.making import entry

from landward.app.diary.open_diary import OpenDiary
from landward.app.phone.relay_shelf import (
    confirm_phone,
    look_for_hello,
    pair_phone,
    phone_of,
    phones,
    refuse_phone,
    remove_phone,
    sync_phones,
)
from landward.app.share.for_phone import face_for_phone
from landward.model.base import BadInput
from landward.model.bodies import CheckIn, Note, Prescription, Profile
from landward.model.entries import Entry
from landward.model.moment import Moment
from landward.vault import Vault
from landward.vault.cost import CHEAPEST
from landward.vault.phone_shelf import CLASSES, from_code, to_code

ADDRESS = "https://relay.example"


def hard(day: int, key: str) -> Entry:
    body = CheckIn(asked=("day",), answers={"day": 7}, scales={"day": "0..10 better down"},
                   note="Wiatr 🌊 zolpidem")  # fmt: skip
    return entry(body, dt.date(2026, 3, day), key=key)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made, _ = Vault.create(tmp_path / "my.vault", "a quiet shore", now=utc(), cost=CHEAPEST)
    profile = Profile(fields={"country": "GB", "pins": "insomnia", "card": "Diazepam 9 mg"})
    drug = Prescription(drug="diazepam", dose_mg_per_day="9.5")
    made.append([entry(profile, key="me"), entry(drug, key="drug")])
    with made:
        yield made


@pytest.fixture
def relay() -> MemoryRelay:
    return MemoryRelay()


class Home:
    """The computer with its diary."""

    def __init__(self, vault: Vault, relay: MemoryRelay) -> None:
        self.vault, self.relay = vault, relay
        self.diary = OpenDiary(vault)
        self.shelf, self.token = relay.open()
        self.hour = 10

    def pair(self) -> TestPhone:
        made = pair_phone(self.vault, self.relay, self.shelf, self.token, ADDRESS, utc(9))
        phone = TestPhone(self.relay, made.code)
        phone.hello()
        self.say_yes(phone)
        return phone

    def say_yes(self, phone: TestPhone) -> None:
        shelf = phone.keys.shelf
        asked = look_for_hello(self.vault, self.relay, shelf, utc(9))
        confirm_phone(self.vault, shelf, asked.words, utc(9))

    def sync(self) -> list[str]:
        """One sync; what it told."""
        self.hour = min(self.hour + 1, 23)

        def face():  # type: ignore[no-untyped-def]
            self.diary.refresh()
            moment = Moment(at=utc(self.hour), zone="Europe/London")
            return face_for_phone(self.diary, moment, with_sheet=False)

        done = sync_phones(self.vault, self.relay, face, utc(self.hour))
        self.diary.refresh()
        return [line for one in done for line in (*one.told, one.trouble) if line]

    def notes(self) -> list[str]:
        return [one.origin for one in self.vault.entries() if one.kind == "check_in"]


@pytest.fixture
def home(vault: Vault, relay: MemoryRelay) -> Home:
    return Home(vault, relay)


def test_a_code_forgives_the_hand_and_notices_a_slip() -> None:
    root = bytes(range(17))
    code = to_code(root)
    assert code == "0004-1061-050R-3GG2-8A1C-60T3-GY08"[:0] + code
    assert len(code.replace("-", "")) == 28
    assert from_code(code.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == root
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    with pytest.raises(BadInput, match="28 letters and digits"):
        from_code(wrong)


def test_a_phone_is_let_in_by_its_four_words_and_its_lines_are_believed(home: Home) -> None:
    phone = home.pair()
    (known,) = phones(home.vault)
    assert known.is_paired and known.label == "Android"
    assert known.url == f"{ADDRESS}/phone/#{known.code}"
    phone.write(hard(1, "a"))
    assert home.sync() == []
    assert home.notes() == ["app"]  # signed by a paired phone: unmarked
    assert phone.face()[0]["taken"] == {phone.device: [1, []]}
    left = home.relay.shelves[phone.keys.shelf]
    assert len(left.blobs) == 1, "the line was removed and one face lies there"


def test_before_the_yes_a_line_waits_at_the_relay_and_nothing_is_shown(home: Home) -> None:
    made = pair_phone(home.vault, home.relay, home.shelf, home.token, ADDRESS, utc(9))
    phone = TestPhone(home.relay, made.code)
    phone.write(hard(1, "a"))
    phone.hello()
    assert home.sync() == []
    assert home.notes() == []
    assert phone.face()[0]["parts"] == [0, 0]
    home.say_yes(phone)
    home.sync()
    assert home.notes() == ["app"], "it is this phone's, now that it is known"


def test_whoever_found_the_code_can_claim_no_line_of_the_phone(home: Home) -> None:
    phone = home.pair()
    finder = TestPhone(home.relay, phones(home.vault)[0].code)
    finder.device = phone.device  # the name is no secret: it stands before each line
    finder.write(hard(2, "x"), number=7, without=(1, 2, 3))
    home.sync()
    assert home.notes() == ["unsigned, app"], "it joins, marked"
    assert phone.face()[0]["taken"] == {}, "the phone lets go of nothing because of it"


def test_what_was_carried_home_is_not_waited_for(home: Home) -> None:
    phone = home.pair()
    phone.write(hard(2, "a"), number=3, without=(1, 2))
    assert home.sync() == []
    assert phone.face()[0]["taken"] == {phone.device: [3, []]}


def test_a_copy_of_the_diary_on_another_machine_knows_the_phone(
    home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    phone = home.pair()
    phone.write(hard(2, "a"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    home.sync()
    assert home.notes() == ["app"]


def test_other_words_let_nobody_in_and_a_no_is_remembered(home: Home) -> None:
    made = pair_phone(home.vault, home.relay, home.shelf, home.token, ADDRESS, utc(9))
    thief = TestPhone(home.relay, made.code)
    thief.hello()
    asked = look_for_hello(home.vault, home.relay, made.shelf, utc(9))
    mine = TestPhone(home.relay, made.code)
    mine.hello()
    with pytest.raises(BadInput, match="not the words"):
        confirm_phone(home.vault, made.shelf, ("some", "other", "four", "words"), utc(9))
    newer = look_for_hello(home.vault, home.relay, made.shelf, utc(9))
    with pytest.raises(BadInput, match="compare the new ones"):
        confirm_phone(home.vault, made.shelf, asked.words, utc(9))
    assert newer.words != asked.words
    refuse_phone(home.vault, made.shelf)
    home.sync()
    assert phone_of(home.vault, made.shelf).asks is not None, "the other one still asks"
    refuse_phone(home.vault, made.shelf)
    home.sync()
    assert phone_of(home.vault, made.shelf).asks is None
    assert not phone_of(home.vault, made.shelf).is_paired


def test_nothing_is_doubled_wherever_a_visit_breaks_off(home: Home) -> None:
    phone = home.pair()
    wanted = 0
    for breaks in range(9):
        day = 2 + breaks
        for key in ("a", "b"):
            phone.write(hard(day, f"{day}{key}"))
            wanted += 1
        home.relay.breaks_after = breaks
        home.sync()
        home.relay.breaks_after = None
        home.sync()
        assert len(home.notes()) == wanted
        assert phone.face()[0]["taken"] == {phone.device: [wanted, []]}
        assert len(home.relay.shelves[phone.keys.shelf].blobs) == 1


def test_a_missing_line_an_older_copy_and_a_strange_blob_are_said(home: Home) -> None:
    phone = home.pair()
    phone.write(hard(2, "a"))
    home.sync()
    phone.write(hard(3, "b"), put=False)
    with home.relay.older(phone.keys.shelf):
        phone.write(hard(4, "c"))
        assert "1 earlier line of this phone has not come" in home.sync()[0]
    home.relay.put(phone.keys.shelf, phone.keys.write, "ab" * 16, b"x" * 512)
    told = home.sync()
    assert any("older copy" in line for line in told), told
    assert any("1 piece on this phone’s shelf was not sealed by it" in line for line in told), told
    assert len(home.notes()) == 2, "what is in the diary stays"
    phone.write(hard(3, "b"), number=2)
    assert not any("has not come" in line for line in home.sync())
    assert phone.face()[0]["taken"] == {phone.device: [3, []]}


def test_a_blob_moved_to_another_place_or_shelf_is_nobodys(home: Home) -> None:
    one, two = home.pair(), home.pair()
    blob = one.write(hard(2, "a"))
    data = home.relay.shelves[one.keys.shelf].blobs[blob].data
    home.relay.put(one.keys.shelf, one.keys.write, "cd" * 16, data)
    home.relay.put(two.keys.shelf, two.keys.write, blob, data)
    told = home.sync()
    assert sum("not sealed by it" in line for line in told) == 2
    assert len(home.notes()) == 1


def test_a_phone_that_was_cleared_comes_back_with_the_same_code(home: Home) -> None:
    phone = home.pair()
    phone.write(hard(2, "a"))
    home.sync()
    phone.write(hard(3, "b"))
    again = TestPhone(home.relay, phones(home.vault)[0].code)  # its browser knows only the code
    again.hello()
    again.write(hard(4, "c"))
    home.sync()
    assert home.notes() == ["app", "app"], "its earlier lines are believed still"
    assert phone_of(home.vault, again.keys.shelf).words, "four words wait for a yes"
    confirm_phone(
        home.vault, again.keys.shelf, phone_of(home.vault, again.keys.shelf).words, utc(12)
    )
    again.write(hard(5, "d"))
    home.sync()
    assert home.notes() == ["app", "app", "app", "app"]
    assert again.read(0)["form"] is not None
    assert again.read(1)["card"] == "Diazepam 9 mg"


def test_what_is_shown_is_sealed_to_the_phone_and_put_only_where_it_changed(home: Home) -> None:
    phone = home.pair()
    home.sync()
    before = dict(home.relay.shelves[phone.keys.shelf].blobs)
    home.sync()
    assert home.relay.shelves[phone.keys.shelf].blobs == before, "nothing new, nothing put"
    home.diary.append([entry(Note(text="more"), dt.date(2026, 3, 1), key="n"), hard(1, "x")])
    home.sync()
    after = home.relay.shelves[phone.keys.shelf].blobs
    assert len(after) == 1 and after != before
    outside, inside = phone.read(0), phone.read(1)
    assert "pictures" not in outside and "Diazepam" not in str(outside), "named only by choice"
    assert outside["help"]["crisis"]["lines"][0]["phone"] == "999"
    assert inside["pictures"][0]["svg"].startswith("<svg")
    assert "can kill" in inside["form"]["do_not_stop"]
    assert all(len(blob.data) in CLASSES for blob in after.values())
    for word in (b"iazepam", b"insomnia", b"Wiatr", b"2026", b"pocket", b"landward", b"zolpidem"):
        assert word not in home.relay.everything()


def test_a_phone_that_is_removed_writes_no_more(home: Home) -> None:
    phone, other = home.pair(), home.pair()
    phone.write(hard(2, "a"))
    done = remove_phone(home.vault, home.relay, phone.keys.shelf, utc(13))
    assert (done.new, done.trouble, home.notes()) == (1, "", ["app"])
    assert phone.keys.shelf not in home.relay.shelves
    assert [one.shelf for one in phones(home.vault)] == [other.keys.shelf]
    home.relay.breaks_after = 0
    gone = remove_phone(home.vault, home.relay, other.keys.shelf, utc(13))
    home.relay.breaks_after = None
    assert gone.trouble and not phone_of(home.vault, other.keys.shelf).is_paired
    assert remove_phone(home.vault, home.relay, other.keys.shelf, utc(14)).trouble == ""
    assert phones(home.vault) == ()


def test_one_phones_trouble_stops_no_other(home: Home) -> None:
    lost, fine = home.pair(), home.pair()
    del home.relay.shelves[lost.keys.shelf]
    fine.write(hard(2, "a"))
    assert home.sync() == ["the relay knows no such shelf"]
    assert len(home.notes()) == 1


def test_a_phone_that_could_not_be_made_leaves_nothing(home: Home) -> None:
    for breaks in range(2):
        home.relay.breaks_after = breaks
        with pytest.raises(BadInput, match="does not answer"):
            pair_phone(home.vault, home.relay, home.shelf, home.token, ADDRESS, utc(9))
        home.relay.breaks_after = None
        assert phones(home.vault) == ()
