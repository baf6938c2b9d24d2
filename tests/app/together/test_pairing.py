"""Who is let in: only the device whose words were compared, only by the device whose code it is."""

import secrets

import pytest
from tests.app.together.in_memory import NOW, MemoryBook, MemoryHost
from tests.app.together.sets import ADDRESS, new_set

from landward.app.together.codes import (
    close_message,
    code_of,
    is_pairing_code,
    secret_in,
    words_of,
)
from landward.app.together.host import HostRefused
from landward.app.together.membership import MOST_DEVICES, clean_label, new_device
from landward.app.together.pairing import (
    Offer,
    ask_to_be_let_in,
    let_in,
    look_for_answer,
    look_for_newcomer,
    offer_pairing,
)
from landward.app.together.sync import joined, membership_of
from landward.model.base import BadInput


def test_a_code_can_be_typed_as_people_type() -> None:
    secret = secrets.token_bytes(16)
    code = code_of(secret)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert secret_in(typed) == secret and is_pairing_code(typed)
    assert not is_pairing_code("7QKD-M2XA-0V9S-3RTB")  # an operator's invitation


@pytest.mark.parametrize("place", range(0, 34, 5))
def test_one_wrong_sign_is_noticed_before_anything_is_sent(place: int) -> None:
    code = code_of(bytes(range(16)))
    wrong = "Z" if code[place] != "Z" else "Y"
    for typed in (code[:place] + wrong + code[place + 1 :], code[:-1], code + "0", "ÄÖ" * 14):
        with pytest.raises(BadInput, match="a sign of this code is wrong"):
            secret_in(typed)


def test_somebody_who_saw_the_code_shows_other_words() -> None:
    """A thief of the code answers first: the words on the two screens differ."""
    devices = new_set(1)
    offer = offer_pairing(devices.books[0], devices.host)
    thief = MemoryBook()
    ask_to_be_let_in(thief, devices.host, ADDRESS, offer.code, "laptop", NOW)
    seen = look_for_newcomer(devices.host, offer)
    mine, _, _ = new_device("laptop", NOW)
    assert seen is not None and seen.words != words_of(offer.secret, mine)
    with pytest.raises(HostRefused):  # and the person's own device is told that somebody was first
        ask_to_be_let_in(MemoryBook(), devices.host, ADDRESS, offer.code, "laptop", NOW)


def test_without_the_persons_yes_nothing_is_given() -> None:
    devices = new_set(1)
    offer = offer_pairing(devices.books[0], devices.host)
    newcomer = MemoryBook()
    request = ask_to_be_let_in(newcomer, devices.host, ADDRESS, offer.code, "phone", NOW)
    assert look_for_answer(newcomer, devices.host, NOW, request) is None
    assert membership_of(newcomer) is None


def test_an_answer_from_another_device_is_refused() -> None:
    """Whoever knows the code and the meeting, even the relay, cannot lead a newcomer elsewhere."""
    devices, evil = new_set(1), new_set(1, person="another")
    offer = offer_pairing(devices.books[0], devices.host)
    newcomer = MemoryBook()
    request = ask_to_be_let_in(newcomer, devices.host, ADDRESS, offer.code, "phone", NOW)
    asks = look_for_newcomer(devices.host, offer)
    assert asks is not None
    evil.host.meetings[offer.meeting] = {}
    for opening in (offer.opening, secrets.token_bytes(32)):
        evil.host.meetings[offer.meeting] = {}
        let_in(evil.books[0], evil.host, NOW, Offer(offer.secret, opening), asks)
        with pytest.raises(BadInput, match="not from the device that showed the code"):
            look_for_answer(newcomer, evil.host, NOW, request)
    assert membership_of(newcomer) is None


def test_bytes_that_are_no_message_are_refused() -> None:
    devices = new_set(1)
    offer = offer_pairing(devices.books[0], devices.host)
    meeting = devices.host.meetings[offer.meeting]
    for message in (b"", secrets.token_bytes(4096), close_message(offer.secret, "b", b"[1]"),
                    close_message(offer.secret, "a", b"{}")):  # fmt: skip
        meeting["b"] = message
        with pytest.raises(BadInput, match="nobody was let in"):
            look_for_newcomer(devices.host, offer)


def test_letting_in_can_be_asked_again_after_a_line_broke_off() -> None:
    devices = new_set(1)
    old = devices.books[0]
    offer = offer_pairing(old, devices.host)
    newcomer = MemoryBook()
    request = ask_to_be_let_in(newcomer, devices.host, ADDRESS, offer.code, "phone", NOW)
    asks = look_for_newcomer(devices.host, offer)
    assert asks is not None
    honest = devices.host.meet_put
    devices.host.meet_put = lambda *_: (_ for _ in ()).throw(HostRefused("unreachable", "no"))  # type: ignore[method-assign]
    with pytest.raises(HostRefused):
        let_in(old, devices.host, NOW, offer, asks)
    devices.host.meet_put = honest  # type: ignore[method-assign]
    let_in(old, devices.host, NOW, offer, asks)
    assert look_for_answer(newcomer, devices.host, NOW, request) is not None
    assert len(joined(old).members) == 2


def test_the_message_holds_the_largest_set() -> None:
    devices = new_set(1)
    me = joined(devices.books[0])
    others = tuple(
        new_device("ß" * 12 + "字" * 12, NOW)[0] for _ in range(MOST_DEVICES - len(me.members) - 1)
    )
    full = me.but(members=(*me.members, *others))
    devices.books[0].kept["together"] = full.to_text()
    devices.add("the tenth")
    assert len(joined(devices.books[1]).members) == MOST_DEVICES
    with pytest.raises(BadInput, match="at most 10 devices"):
        offer_pairing(devices.books[0], devices.host)


def test_names_of_devices_are_plain() -> None:
    assert clean_label("  my\tlap\x1b[2Jtop ") == "my lap[2Jtop" or clean_label("a\x1bb") == "ab"
    for label in ("", " \n", "x" * 25):
        with pytest.raises(BadInput, match="1 to 24 letters"):
            clean_label(label)


def test_what_a_meeting_carries_says_nothing() -> None:
    """One size each way, whatever is said; two meetings never look alike."""
    host = MemoryHost()
    seen = set()
    for label in ("a", "a name as long as it gets"[:24]):
        devices = new_set(1)
        offer = offer_pairing(devices.books[0], devices.host)
        ask_to_be_let_in(MemoryBook(), devices.host, ADDRESS, offer.code, label, NOW)
        message = devices.host.meetings[offer.meeting]["b"]
        assert len(message) == 4096 and label.encode() * 3 not in message
        seen |= {message[:32], offer.meeting}
    assert len(seen) == 4 and not host.meetings


def test_a_set_remembered_by_a_newer_landward_is_said() -> None:
    devices = new_set(1)
    text = devices.books[0].kept["together"]
    devices.books[0].kept["together"] = text.replace('{"address"', '{"aaa":1,"address"')
    with pytest.raises(BadInput, match="newer Landward"):
        devices.sync(0)
