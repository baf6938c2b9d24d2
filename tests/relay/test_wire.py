"""Frames come back as they went; a byte too many or few is refused, never misread."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landward.relay.refused import RelayRefused
from landward.relay.wire import (
    CLASSES,
    MOST_BYTES,
    MOST_FRAMES,
    Frame,
    PutAnswer,
    beside,
    hash_of,
    packed,
    packed_answers,
    parcels,
    size_class,
    unpacked,
    unpacked_answers,
)

IDS = st.binary(min_size=16, max_size=16).map(bytes.hex)
FRAMES = st.lists(
    st.builds(Frame, st.integers(0, 2**63), IDS, st.binary(max_size=600)), max_size=12
)


@given(FRAMES)
def test_frames_come_back(frames: list[Frame]) -> None:
    assert unpacked(packed(frames)) == tuple(frames)


@given(FRAMES.filter(bool), st.data())
def test_a_body_cut_short_is_refused(frames: list[Frame], data: st.DataObject) -> None:
    whole = packed(frames)
    ends, at = {0}, 0
    for frame in frames:
        at += 28 + len(frame.data)
        ends.add(at)
    cut = data.draw(st.sampled_from(sorted(set(range(len(whole))) - ends)))
    with pytest.raises(RelayRefused, match="malformed"):
        unpacked(whole[:cut])


@given(st.lists(st.builds(PutAnswer, IDS, st.integers(0, 999), st.integers(0, 2**63))))
def test_answers_come_back(answers: list[PutAnswer]) -> None:
    assert unpacked_answers(packed_answers(answers)) == tuple(answers)


def test_there_are_twelve_sizes_and_each_length_has_the_smallest_that_holds_it() -> None:
    assert (len(CLASSES), CLASSES[0], CLASSES[-1]) == (12, 512, 1 << 20)
    assert [size_class(n) for n in (0, 512, 513, 1 << 20)] == [512, 512, 1024, 1 << 20]
    with pytest.raises(RelayRefused, match="size"):
        size_class((1 << 20) + 1)


@given(st.lists(st.integers(0, 1 << 20), max_size=30))
def test_parcels_keep_every_frame_in_order_and_fit(lengths: list[int]) -> None:
    frames = [Frame(0, f"{n:032x}", bytes(length)) for n, length in enumerate(lengths)]
    made = list(parcels(frames))
    assert [frame for parcel in made for frame in parcel] == frames
    for parcel in made:
        assert len(parcel) <= MOST_FRAMES
        assert len(packed(parcel)) <= MOST_BYTES + CLASSES[-1] or len(parcel) == 1


def test_a_thousand_and_more_small_blobs_are_several_requests() -> None:
    frames = [Frame(0, f"{n:032x}", b"") for n in range(MOST_FRAMES + 1)]
    assert [len(parcel) for parcel in parcels(frames)] == [MOST_FRAMES, 1]
    with pytest.raises(RelayRefused, match="malformed"):
        unpacked(packed(frames))


def test_a_token_is_known_by_the_hash_of_its_bytes() -> None:
    # SHA-256 of 32 zero bytes (FIPS 180-4; any implementation).
    wanted = "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925"
    assert hash_of("00" * 32) == wanted
    for wrong in ("", "0" * 63, "0" * 62 + "G0", "é" * 64):
        with pytest.raises(RelayRefused, match="malformed"):
            hash_of(wrong)


def test_a_further_shelf_begins_as_the_first() -> None:
    assert beside("ab" * 16, "cd" * 16) == "ab" + "cd" * 15
